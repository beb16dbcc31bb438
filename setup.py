"""Only what ``pyproject.toml`` cannot say: the catalogues' folder and message extraction."""

from setuptools import find_namespace_packages, setup

DATA = ("ckanext.rgpd.assets*", "ckanext.rgpd.migration*", "ckanext.rgpd.templates*")

setup(
    # The catalogues live at the top of the repository, where CKAN's translators look for
    # them, and are installed as a package so that they travel in the wheel.
    packages=[
        *find_namespace_packages(include=["ckanext.rgpd", "ckanext.rgpd.*"], exclude=DATA),
        "ckanext.rgpd.i18n",
    ],
    package_dir={"ckanext": "ckanext", "ckanext.rgpd.i18n": "i18n"},
    message_extractors={
        "ckanext": [
            ("**.py", "python", None),
            ("**.js", "javascript", None),
            ("**/templates/**.html", "ckan", None),
        ],
    },
)
