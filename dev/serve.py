"""Serves the portal of a CKAN configuration file: ``serve.py INI PORT``."""

from __future__ import annotations

import sys

import waitress
from ckan.cli import load_config
from ckan.config.middleware import make_app
from ckan.lib.i18n import build_js_translations

if __name__ == "__main__":
    application = make_app(load_config(sys.argv[1]))
    build_js_translations()
    waitress.serve(application, host="127.0.0.1", port=int(sys.argv[2]), threads=8, ident=None)
