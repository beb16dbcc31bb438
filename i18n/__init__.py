"""The catalogues, installed as the package ``ckanext.rgpd.i18n``."""

import os


def directory() -> str:
    """The folder that holds the catalogues, however the extension was installed."""
    return os.path.dirname(os.path.abspath(__file__))
