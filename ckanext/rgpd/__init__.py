"""Holds personal data back at the door of a CKAN portal until the law lets it go."""
