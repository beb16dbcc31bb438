"""Every address by which somebody else might get at a closed file, its rows or its name."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from playwright.sync_api import APIResponse, Page

#: A public dataset of the demonstration.
OTHER = "toilettes-publiques"


@dataclass(frozen=True)
class Target:
    """A closed resource, as its publisher knows it."""

    dataset: dict[str, Any]
    resource: dict[str, Any]
    sha256: str
    activities: list[str] = field(default_factory=list)
    views: list[str] = field(default_factory=list)

    @property
    def file_name(self) -> str:
        name: str = self.resource["url"].rpartition("/")[2]
        return name


def target(publisher: Any, resource_id: str) -> Target:
    """All that the publisher (a ``ckanapi`` portal) can tell of a resource."""
    resource = publisher.action.resource_show(id=resource_id)
    dataset = publisher.action.package_show(id=resource["package_id"])
    activities = publisher.action.package_activity_list(id=dataset["id"])
    views = publisher.action.resource_view_list(id=resource_id)
    report = publisher.action.rgpd_report_show(resource_id=resource_id)["reports"][0]
    return Target(
        dataset,
        resource,
        report["sha256"],
        [activity["id"] for activity in activities],
        [view["id"] for view in views],
    )


def files(target: Target) -> list[str]:
    """Where the bytes might be asked for: by CKAN's routes and where they lie on the disk."""
    id, name, sha = target.resource["id"], target.file_name, target.sha256
    place = f"{id[:3]}/{id[3:6]}/{id[6:]}"
    datasets = (target.dataset["name"], target.dataset["id"], OTHER)
    return [
        *(f"/dataset/{dataset}/resource/{id}/download" for dataset in datasets),
        *(f"/dataset/{dataset}/resource/{id}/download/{name}" for dataset in datasets),
        f"/dataset/{datasets[0]}/resource/{id}/download/other.txt",
        f"/en/dataset/{datasets[0]}/resource/{id}/download/{name}",
        f"/uploads/{name}",
        f"/uploads/{place}",
        f"/uploads/resources/{place}",
        f"/uploads/%2e%2e/resources/{place}",
        f"/uploads/%2e%2e/rgpd_escrow/{sha[:2]}/{sha[2:4]}/{sha}",
        f"/rgpd_escrow/{sha[:2]}/{sha[2:4]}/{sha}",
        f"/file/download/{id}",
        f"/file/public-download/resources/{place}",
        f"/file/public-download/resource/{place}",
    ]


def rows(target: Target) -> list[str]:
    """Where the DataStore's rows might be asked for."""
    id = target.resource["id"]
    sql = quote(f'SELECT * FROM "{id}"')
    return [
        f"/api/3/action/datastore_search?resource_id={id}",
        f"/api/3/action/datastore_search_sql?sql={sql}",
        f"/api/3/action/datastore_info?id={id}",
        f"/datastore/dump/{id}",
        f"/datastore/dump/{id}?format=json",
        f"/dataset/dictionary/{target.dataset['name']}/{id}",
        f"/dataset/{target.dataset['name']}/dictionary/{id}",
    ]


def handling(target: Target) -> list[str]:
    """What only those in charge of the file may open."""
    id, name = target.resource["id"], target.dataset["name"]
    return [
        f"/dataset/{name}/resource/{id}/rgpd",
        f"/en/dataset/{name}/resource/{id}/rgpd",
        f"/dataset/{name}/resource/{id}/rgpd/status",
        f"/dataset/{name}/resource/{id}/edit",
        f"/dataset/edit/{name}",
        "/rgpd/review",
        f"/api/3/action/rgpd_status_show?resource_id={id}",
        f"/api/3/action/rgpd_report_show?resource_id={id}",
        f"/api/3/action/rgpd_register_list?resource_id={id}",
        "/api/3/action/rgpd_review_list",
        *(f"/dataset/changes/{activity}" for activity in target.activities),
        *(f"/dataset/{name}/history/{activity}" for activity in target.activities),
        *(f"/dataset/{name}/resources/{id}/history/{activity}" for activity in target.activities),
        *(f"/api/3/action/activity_data_show?id={activity}" for activity in target.activities),
        *(
            f"/api/3/action/activity_diff?id={activity}&object_type=package&diff_type=unified"
            for activity in target.activities
        ),
    ]


def pages(target: Target) -> list[str]:
    """What others may open, and where the closed resource must not show."""
    id, name = target.resource["id"], target.dataset["name"]
    query = f"q=name:{name}"
    return [
        f"/dataset/{name}",
        f"/en/dataset/{name}",
        f"/dataset/?{query}",
        f"/dataset/resources/{name}",
        f"/dataset/{name}/resource/{id}",
        f"/dataset/{name}/resource/{id}/view",
        f"/dataset/{name}/resource/{id}/views",
        f"/dataset/{name}/resource/{id}/embed",
        *(f"/dataset/{name}/resource/{id}/view/{view}" for view in target.views),
        f"/dataset/activity/{name}",
        f"/dataset/changes_multiple?new_id={target.activities[0]}&old_id={target.activities[-1]}",
        "/organization/mairie-exemple",
        "/organization/activity/mairie-exemple",
        "/user/publisher",
        "/user/activity/publisher",
        "/feeds/dataset.atom",
        "/feeds/organization/mairie-exemple.atom",
        f"/feeds/custom.atom?{query}",
        f"/api/3/action/package_show?id={name}",
        f"/api/3/action/package_show?id={name}&use_default_schema=true&include_plugin_data=true",
        f"/api/3/action/package_search?{query}",
        f"/api/3/action/package_search?{query}&use_default_schema=true&include_drafts=true",
        f"/api/3/action/package_search?{query}&fl=*",
        f"/api/3/action/package_search?{query}&fl=data_dict,validated_data_dict,res_url,res_name",
        f"/api/3/action/package_search?{query}&facet.field=[%22res_url%22,%22res_name%22]",
        f"/api/3/action/package_autocomplete?q={name}",
        "/api/3/action/current_package_list_with_resources?limit=20",
        "/api/3/action/organization_show?id=mairie-exemple&include_datasets=true",
        "/api/3/action/resource_search?query=name:.csv",
        "/api/3/action/resource_search?query=url:/",
        f"/api/3/action/resource_search?query=id:{id}",
        f"/api/3/action/resource_show?id={id}",
        f"/api/3/action/resource_view_list?id={id}",
        *(f"/api/3/action/resource_view_show?id={view}" for view in target.views),
        f"/api/3/action/package_activity_list?id={name}&include_data=true",
        *(f"/api/3/action/activity_show?id={a}&include_data=true" for a in target.activities),
        "/api/3/action/organization_activity_list?id=mairie-exemple",
        "/api/3/action/recently_changed_packages_activity_list",
        "/api/3/action/user_activity_list?id=publisher",
        f"/api/3/action/rgpd_compliance_show?id={name}",
        "/api/3/action/datastore_search?resource_id=_table_metadata",
    ]


def ajax(page: Page, view: str) -> APIResponse:
    """What the table on a resource's page asks its server for."""
    token = page.locator("meta[name=_csrf_token]").get_attribute("content")
    form = {"draw": "1", "search[value]": "", "start": "0", "length": "10"}
    return page.request.post(
        f"/datatables/ajax/{view}", form=form, headers={"X-CSRFToken": token or ""}
    )


def answers(page: Page, addresses: Iterable[str]) -> Iterable[tuple[str, APIResponse]]:
    """What the person of this page gets at each address; redirections are not followed."""
    for address in addresses:
        yield address, page.request.get(address, max_redirects=0)


def revealed(target: Target, secrets: Iterable[str], address: str, body: str) -> list[str]:
    """What an answer gives away of a closed file; what the address itself says is no news."""
    resource = target.resource
    forbidden = [
        *secrets,
        target.file_name,
        target.sha256,
        f"{resource['id']}/download",
        json.dumps(resource["description"]) if resource.get("description") else target.file_name,
    ]
    return [text for text in forbidden if text in body and text not in address]
