"""The catalogues, installed as the package ``ckanext.rgpd.i18n``."""
