"""Finds personal data and says what French law makes of it; needs no CKAN.

Importing this package loads neither spaCy nor Presidio: a scan does, when there is text to read.
"""
