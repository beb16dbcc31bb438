"""Finds personal data and says what French law makes of it; needs no CKAN.

Importing this package loads neither spaCy nor Presidio: :func:`scan` does, when there is text to read.
"""
