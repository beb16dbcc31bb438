"""The plugin: registers what the other modules hold, and nothing else."""

from __future__ import annotations

from typing import Any

import ckan.plugins as plugins
import ckan.plugins.toolkit as tk
from ckan.common import CKANConfig
from ckan.lib.plugins import DefaultTranslation
from ckan.types import Context

from ckanext.rgpd import (
    compliance,
    config,
    fields,
    index,
    jobs,
    links,
    portal_rules,
    start,
    uploader,
    versions,
)
from ckanext.rgpd.logic import action, permissions
from ckanext.rgpd.metadata import facets


@tk.blanket.blueprints
@tk.blanket.cli
@tk.blanket.config_declarations
@tk.blanket.helpers
class RgpdPlugin(plugins.SingletonPlugin, DefaultTranslation):
    """Holds personal data back at the portal's door until the law lets it go."""

    plugins.implements(plugins.IActions)
    plugins.implements(plugins.IAuthFunctions)
    plugins.implements(plugins.IConfigurable)
    plugins.implements(plugins.IConfigurer)
    plugins.implements(plugins.IFacets, inherit=True)
    plugins.implements(plugins.IMiddleware, inherit=True)
    plugins.implements(plugins.IPackageController, inherit=True)
    plugins.implements(plugins.ITranslation)
    plugins.implements(plugins.IUploader, inherit=True)

    # IActions
    def get_actions(self) -> dict[str, Any]:
        """Ours, and those of CKAN that we stand before."""
        return action.get_actions()

    # IAuthFunctions
    def get_auth_functions(self) -> dict[str, Any]:
        """Ours, and those of CKAN that we narrow."""
        return permissions.get_auth_functions()

    # IConfigurer
    def update_config(self, config: CKANConfig) -> None:
        """Templates, assets and defaults."""
        tk.add_template_directory(config, "templates")
        tk.add_resource("assets", "rgpd")
        start.set_defaults(config)

    # IConfigurable
    def configure(self, _config: CKANConfig) -> None:
        """Refuse what would open the gate; hear of commits, to queue scans; take detectors in."""
        config.refuse_wrong()
        links.refuse_unsafe()
        portal_rules.add_detectors()
        jobs.listen()

    # IMiddleware
    def make_middleware(self, app: Any, config: CKANConfig) -> Any:
        """All plugins are loaded and nobody is served yet."""
        start.refuse_open_gate()
        return app

    # IPackageController
    def after_dataset_create(self, context: Context, pkg_dict: dict[str, Any]) -> None:
        """Fields and links of a dataset that is being created."""
        fields.store_new(pkg_dict["id"])
        versions.follow_dataset(pkg_dict["id"])

    def after_dataset_update(self, context: Context, pkg_dict: dict[str, Any]) -> None:
        """What no uploader saw: links, removed and taken-over resources."""
        versions.follow_dataset(pkg_dict["id"])

    def after_dataset_show(self, context: Context, pkg_dict: dict[str, Any]) -> None:
        """Add our fields; hide what is closed to the caller."""
        compliance.dress_dataset(context, pkg_dict)

    def after_dataset_search(
        self, search_results: dict[str, Any], search_params: dict[str, Any]
    ) -> dict[str, Any]:
        """Hide what is closed to the reader, whoever called the search."""
        compliance.hide_in_search(search_results["results"])
        facets.name_values(search_results.get("search_facets") or {})
        return search_results

    def before_dataset_index(self, pkg_dict: dict[str, Any]) -> dict[str, Any]:
        """Keep closed resources out of what can be searched."""
        return index.leave_out_closed(pkg_dict)

    # IFacets
    def dataset_facets(self, facets_dict: Any, package_type: str) -> Any:
        """Ours on the search page."""
        return facets.add(facets_dict)

    def organization_facets(
        self, facets_dict: Any, organization_type: str, package_type: str | None
    ) -> Any:
        """Ours on an organisation's page."""
        return facets.add(facets_dict)

    def group_facets(self, facets_dict: Any, group_type: str, package_type: str | None) -> Any:
        """Ours on a group's page."""
        return facets.add(facets_dict)

    # IUploader
    def get_resource_uploader(self, data_dict: dict[str, Any]) -> Any:
        """The escrow, for every read and write."""
        return uploader.for_resource(data_dict)

    # ITranslation
    def i18n_directory(self) -> str:
        """Where the catalogues are installed."""
        return start.catalogues()

    def i18n_locales(self) -> list[str]:
        """The languages that the extension speaks."""
        return ["en", "fr"]
