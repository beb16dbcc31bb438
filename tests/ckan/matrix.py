"""The matrix: ways in × states × people × doors. What each cell must show is said here, once.

Every content that comes in carries canaries: its bytes, rows, name, description and address hold
a word of their own. ``test_matrix.py`` brings each content in, in each state, then tries every
door as everybody, and looks for these words in all that comes back, headers included.

The rule (``expected``):

* released: everybody who may read the dataset meets what the door ``shows``;
* in any other state: nobody but those in charge meets anything at all;
* those in charge have the bytes themselves in every state (``Door.in_charge``).

What is left out of the product, and why, is what ``why_not`` says: the states that a way has not
(``Way.states``, ``Way.why``), the doors that a kind of content has not (``Door.of``), and those
that give what another gives, tried for one way in of each kind (``Door.few``).

Two variables of the environment choose what is walked:

* ``RGPD_MATRIX=whole`` walks all of it; ``brief`` one way in of each kind, and is the default;
* ``RGPD_MATRIX_STORAGE=legacy``, the default, has CKAN keep resources as files below
  ``ckan.storage_path``; ``layer`` in its file layer, which CKAN 2.11 has not.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from itertools import product
from typing import Any

import ckan.plugins.toolkit as tk
from ckan.common import config

# --- People, beside anonymous

STRANGERS = ("anonymous", "user", "member", "other_editor", "collaborating_member")
IN_CHARGE = ("editor", "collaborator", "dpo", "sysadmin")
PEOPLE = (*STRANGERS, *IN_CHARGE)

# --- States

PENDING = "pending"
SCANNING = "scanning"
QUARANTINED = "quarantined"
BLOCKED = "blocked"
RELEASED = "released"
REPLACED = "re-uploaded after release"
DELETED = "deleted"
STATES = (PENDING, SCANNING, QUARANTINED, BLOCKED, RELEASED, REPLACED, DELETED)

#: Other extensions are loaded by the configuration file.
LOADED = tk.aslist(config["ckan.plugins"])

WHOLE = {"whole": True, "brief": False}[os.environ.get("RGPD_MATRIX", "brief")]
LAYER = {"layer": True, "legacy": False}[os.environ.get("RGPD_MATRIX_STORAGE", "legacy")]

# --- Kinds of content, and what of it carries a canary

FILE, LINK, ROWS = "file", "link", "rows"
BYTES, ADDRESS, NAME, TEXT = "bytes", "address", "name", "text"


@dataclass(frozen=True)
class Way:
    """A way in. ``bring`` is called with the walk and a case; once more for a replacement."""

    name: str
    kind: str
    bring: Callable[[Any, Any], None]
    #: ``nothing`` is there before; or an ``empty`` resource, or a ``released`` one.
    on: str = "nothing"
    #: Whether a release opens it at all; what never opens is a stranger's in no state.
    opens: bool = True
    #: What is done with the dataset once everything is in it.
    then: Callable[[Any, str], None] | None = None
    states: tuple[str, ...] = STATES
    private: bool = False
    #: Nobody is told of it: no version waits until the worker looks, and it is closed meanwhile.
    untold: bool = False
    #: Its canary is in the bytes alone: what is said of the resource is open by right.
    only_bytes: bool = False
    #: Those in charge, where the dataset has changed hands.
    in_charge: tuple[str, ...] = IN_CHARGE
    #: Why not all states, or why it never opens.
    why: str = ""
    #: The actions and routes of ``surface.py`` that it walks and that its name does not name.
    walks: str = ""


def _resource(action: str) -> Callable[[Any, Any], None]:
    def bring(walk: Any, case: Any) -> None:
        walk.act(action, id=case.id, **case.texts(), upload=case.file())

    return bring


def _dataset(action: str) -> Callable[[Any, Any], None]:
    """The whole list of resources, one of them with new bytes, as an update of a dataset has it."""

    def bring(walk: Any, case: Any) -> None:
        new = {"id": case.id, **case.texts(), "upload": case.file()}
        walk.act_on_list(action, case, new)

    return bring


def _new_file(walk: Any, case: Any) -> None:
    walk.new(case, upload=case.file())


def _new_link(walk: Any, case: Any) -> None:
    walk.new(case, url=case.address())


def _harvested(walk: Any, case: Any) -> None:
    walk.act_on_list(
        "package_update", case, {"id": case.id, **case.texts(), "url": case.address()}, harvest=True
    )


WAYS = (
    Way("resource_create", FILE, _new_file),
    Way(
        "the form of a new resource",
        FILE,
        lambda walk, case: walk.form(case),
        walks="dataset_resource.new dataset_resource.edit resource.new resource.edit",
    ),
    Way("resource_update", FILE, _resource("resource_update"), on="empty"),
    Way("resource_patch of what was released", FILE, _resource("resource_patch"), on="released"),
    Way("package_update with the file inside", FILE, _dataset("package_update"), on="empty"),
    Way("package_patch with the file inside", FILE, _dataset("package_patch"), on="released"),
    Way("package_revise, update", FILE, lambda walk, case: walk.revise(case), on="empty"),
    Way("package_revise, extend", FILE, lambda walk, case: walk.revise_extend(case)),
    Way(
        "private, then made public by package_patch",
        FILE,
        _new_file,
        private=True,
        then=lambda walk, id: walk.act("package_patch", id=id, private=False),
    ),
    Way(
        "private, then made public by bulk_update_public",
        FILE,
        _new_file,
        private=True,
        then=lambda walk, id: walk.bulk_public(id),
    ),
    Way("draft, then active", FILE, _new_file, then=lambda walk, id: walk.draft_and_back(id)),
    Way(
        "moved to another organisation",
        FILE,
        _new_file,
        then=lambda walk, id: walk.move(id),
        in_charge=("other_editor", "collaborator", "dpo", "sysadmin"),
    ),
    Way(
        "url_type turned to link and back",
        FILE,
        lambda walk, case: walk.toggle(case),
        on="released",
        opens=False,
        why="the bytes were given up when the resource became a link",
    ),
    Way(
        "bytes changed in CKAN's storage by hand",
        FILE,
        lambda walk, case: walk.by_hand(case),
        on="released",
        opens=False,
        only_bytes=True,
        states=(RELEASED,),
        why="the other states hold no bytes in CKAN's storage; see the next way",
    ),
    Way(
        "bytes put into CKAN's storage by hand under a closed resource",
        FILE,
        lambda walk, case: walk.smuggle(case),
        opens=False,
        states=(PENDING, SCANNING),
        why="what is read afterwards is the escrow, whose bytes are not these",
    ),
    Way(
        "the identifier of a deleted resource used again",
        FILE,
        lambda walk, case: walk.reuse(case),
        states=(DELETED,),
        why="it is refused for a resource that lives",
    ),
    Way("resource_create with an address", LINK, _new_link),
    Way("resource_update with an address", LINK, lambda walk, case: walk.relink(case), on="empty"),
    Way("a file cleared for an address", LINK, lambda walk, case: walk.clear(case), on="released"),
    Way("harvested: package_update without permissions", LINK, _harvested, on="empty"),
    Way(
        "package_create with resources inside",
        LINK,
        lambda walk, case: walk.inline(case),
        states=(PENDING, SCANNING, QUARANTINED, BLOCKED, RELEASED, DELETED),
        why="a dataset is created once; the ways that replace a link are above",
    ),
    Way("datastore_create on a resource", ROWS, lambda walk, case: walk.rows(case), on="empty"),
    Way("datastore_create with the resource inside", ROWS, lambda walk, case: walk.table(case)),
    Way("datastore_upsert", ROWS, lambda walk, case: walk.upsert(case), on="table"),
    Way(
        "Table Designer, a row's form",
        ROWS,
        lambda walk, case: walk.row_form(case),
        on="table",
        walks="tabledesigner.add_row",
    ),
    Way(
        "rows that an engine copies past every action, as XLoader does",
        ROWS,
        lambda walk, case: walk.copy_rows(case),
        on="table",
        untold=True,
    ),
    Way(
        "DataPusher's rows and its callback",
        ROWS,
        lambda walk, case: walk.datapusher(case),
        on="empty",
        walks="datapusher_hook",
    ),
)


#: One way in of each kind: the brief walk's, and those that all doors are tried for. Of rows, the
#: way that nobody is told of.
STANDS_FOR = (
    next(way for way in WAYS if way.kind == FILE),
    next(way for way in WAYS if way.kind == LINK),
    next(way for way in WAYS if way.untold),
)


def ways() -> tuple[Way, ...]:
    """The ways in that this run walks."""
    return WAYS if WHOLE else STANDS_FOR


@dataclass(frozen=True)
class Door:
    """A way out. ``open`` is called with the walk, a user's name and what the door is asked for."""

    name: str
    #: ``portal``: one answer for all; ``dataset`` and ``resource``: one for each.
    of_each: str
    open: Callable[[Any, str, Any], Any]
    #: What everybody meets there of a released content.
    shows: tuple[str, ...] = ()
    #: What those in charge meet there in every state but deleted.
    in_charge: tuple[str, ...] = ()
    #: Which kinds of content have this door at all.
    of: tuple[str, ...] = (FILE, LINK, ROWS)
    #: Why it is tried for ``STANDS_FOR`` only, the other ways being left out.
    few: str = ""
    #: The actions and routes of ``surface.py`` that this door walks.
    walks: str = ""


def _action(name: str, **data: Any) -> Callable[[Any, str, Any], Any]:
    """An action; its values are formatted with the case's or dataset's own."""

    def open_it(walk: Any, who: str, what: Any) -> Any:
        filled = {
            key: value.format(x=what) if isinstance(value, str) else value
            for key, value in data.items()
        }
        return walk.ask(who, name, filled)

    open_it.__name__ = name
    return open_it


def _page(url: str, post: dict[str, str] | None = None) -> Callable[[Any, str, Any], Any]:
    def open_it(walk: Any, who: str, what: Any) -> Any:
        return walk.fetch(who, url.format(x=what), post)

    return open_it


#: More than there are, where an action would give the first few only.
ALL = 10_000
SEEN = (NAME, TEXT, ADDRESS)
DRAWN = "a page drawn from the answers of actions that are tried for every way in"
SAME = "another address of a download that is tried for every way in"
SOLR_FIELDS = "id,name,res_name,res_url,res_description,data_dict,validated_data_dict"
SQL = 'SELECT * FROM "{x.id}"'
DOWNLOAD = "/dataset/{x.dataset}/resource/{x.id}/download"

PORTAL_DOORS = (
    Door("package_search", "portal", _action("package_search", rows=ALL), SEEN),
    Door(
        "package_search with fields of the index",
        "portal",
        _action("package_search", rows=ALL, fl=SOLR_FIELDS),
        (NAME, TEXT),
    ),
    Door(
        "package_search by what resources say",
        "portal",
        _action(
            "package_search",
            rows=0,
            **{"facet.field": ["res_name", "res_url", "res_description"], "facet.limit": -1},
        ),
    ),
    Door("package_search over the API", "portal", _page("/api/action/package_search?rows=1000"), SEEN, walks="api.action"),
    Door("resource_search by name", "portal", _action("resource_search", query="name:nom-"), SEEN),
    Door("resource_search by description", "portal", _action("resource_search", query="description:texte-"), SEEN),
    Door("resource_search by address", "portal", _action("resource_search", query="url:adresse-"), (ADDRESS,), of=(LINK,)),
    Door("current_package_list_with_resources", "portal", _action("current_package_list_with_resources", limit=ALL), SEEN),
    Door("organization_show", "portal", _action("organization_show", id="{x.organisation}", include_datasets=True)),
    Door("group_show", "portal", _action("group_show", id="{x.group}", include_datasets=True)),
    Door("group_package_show", "portal", _action("group_package_show", id="{x.group}", limit=ALL), SEEN),
    Door("user_show", "portal", _action("user_show", id="{x.publisher}", include_datasets=True)),
    Door("organization_activity_list", "portal", _action("organization_activity_list", id="{x.organisation}", limit=ALL), in_charge=(NAME,)),
    Door("group_activity_list", "portal", _action("group_activity_list", id="{x.group}", limit=ALL), in_charge=(NAME,)),
    Door("user_activity_list", "portal", _action("user_activity_list", id="{x.publisher}", limit=ALL), in_charge=(NAME,)),
    Door("recently_changed_packages_activity_list", "portal", _action("recently_changed_packages_activity_list", limit=ALL), in_charge=(NAME,)),
    Door("dashboard_activity_list", "portal", _action("dashboard_activity_list", limit=ALL)),
    Door("home", "portal", _page("/"), walks="home.index"),
    Door("the list of datasets", "portal", _page("/dataset/"), walks="dataset.search"),
    Door("an organisation's page", "portal", _page("/organization/{x.organisation}"), walks="organization.read"),
    Door("a group's page", "portal", _page("/group/{x.group}"), walks="group.read"),
    Door("a user's page", "portal", _page("/user/{x.publisher}"), walks="user.read"),
    Door("one's own datasets", "portal", _page("/dashboard/datasets"), walks="dashboard.datasets"),
    Door("news", "portal", _page("/dashboard/"), walks="activity.dashboard"),
    Door("an organisation's activity", "portal", _page("/organization/activity/{x.organisation}"), walks="activity.organization_activity"),
    Door("a group's activity", "portal", _page("/group/activity/{x.group}"), walks="activity.group_activity"),
    Door("a user's activity", "portal", _page("/user/activity/{x.publisher}"), walks="activity.user_activity"),
    Door("feed of all", "portal", _page("/feeds/dataset.atom"), walks="feeds.general"),
    Door("feed of a search", "portal", _page("/feeds/custom.atom?q=*:*"), walks="feeds.custom"),
    Door("feed of an organisation", "portal", _page("/feeds/organization/{x.organisation}.atom"), walks="feeds.organization"),
    Door("feed of a group", "portal", _page("/feeds/group/{x.group}.atom"), walks="feeds.group"),
    Door("feed of a tag", "portal", _page("/feeds/tag/matrice.atom"), walks="feeds.tag"),
    Door("rgpd_inventory_list", "portal", _action("rgpd_inventory_list")),
    Door("statistics", "portal", _page("/stats"), walks="stats.index"),
)  # fmt: skip

DATASET_DOORS = (
    Door("package_show", "dataset", _action("package_show", id="{x.dataset}"), SEEN, (NAME,)),
    Door("rgpd_compliance_show", "dataset", _action("rgpd_compliance_show", id="{x.dataset}"), (NAME,)),
    Door("package_activity_list", "dataset", _action("package_activity_list", id="{x.dataset}", limit=ALL), in_charge=(NAME,)),
    Door("activity_show", "dataset", _action("activity_show", id="{x.activity}", include_data=True)),
    Door("activity_data_show", "dataset", _action("activity_data_show", id="{x.activity}")),
    Door("activity_data_show, its dataset", "dataset", _action("activity_data_show", id="{x.activity}", object_type="package")),
    Door("activity_diff", "dataset", _action("activity_diff", id="{x.activity}", object_type="package", diff_type="unified")),
    Door("the dataset's page", "dataset", _page("/dataset/{x.dataset}"), (NAME,), few=DRAWN, walks="dataset.read"),
    Door("the dataset's resources", "dataset", _page("/dataset/resources/{x.dataset}"), few=DRAWN, walks="dataset.resources"),
    Door("the dataset's activity", "dataset", _page("/dataset/activity/{x.dataset}"), few=DRAWN, walks="activity.package_activity"),
    Door("the dataset as it was", "dataset", _page("/dataset/{x.dataset}/history/{x.activity}"), few=DRAWN, walks="activity.package_history"),
    Door("what changed", "dataset", _page("/dataset/changes/{x.activity}"), few=DRAWN, walks="activity.package_changes"),
    Door("what changed between two", "dataset", _page("/dataset/changes_multiple?old_id={x.first_activity}&new_id={x.activity}"), few=DRAWN, walks="activity.package_changes_multiple"),
)  # fmt: skip

RESOURCE_DOORS = (
    Door("resource_show", "resource", _action("resource_show", id="{x.id}"), SEEN, (NAME,)),
    Door("resource_view_list", "resource", _action("resource_view_list", id="{x.id}"), (TEXT,)),
    Door("resource_view_show", "resource", _action("resource_view_show", id="{x.view}"), (TEXT,)),
    Door("task_status_show", "resource", _action("task_status_show", entity_id="{x.id}", task_type="essai", key="essai"), (TEXT,)),
    Door("download of a link", "resource", _page(DOWNLOAD), (ADDRESS,), (ADDRESS,), of=(LINK,)),
    Door("download", "resource", _page(DOWNLOAD + "/donnees.csv"), (BYTES,), (BYTES,), of=(FILE,), walks="dataset_resource.download resource.download"),
    Door("download without a name", "resource", _page(DOWNLOAD), (BYTES,), of=(FILE,), few=SAME),
    Door("download under another dataset", "resource", _page("/dataset/{x.elsewhere}/resource/{x.id}/download/x"), (BYTES,), of=(FILE,), few=SAME),
    Door("CKAN's storage folder", "resource", _page("/uploads/{x.id}"), of=(FILE,), walks="static"),
    Door("the escrow's folder", "resource", _page("/uploads/../rgpd_escrow/{x.id}"), of=(FILE,)),
    Door("public download", "resource", _page("/file/public-download/resources/{x.location}"), of=(FILE,), walks="file.public_download"),
    Door("the resource's page", "resource", _page("/dataset/{x.dataset}/resource/{x.id}"), (NAME,), few=DRAWN, walks="dataset_resource.read resource.read"),
    Door("a view's page", "resource", _page("/dataset/{x.dataset}/resource/{x.id}/view/{x.view}"), few=DRAWN, walks="dataset_resource.view resource.view"),
    Door("how it was anonymised", "resource", _page("/dataset/{x.dataset}/resource/{x.id}/rgpd/methods"), few=DRAWN, walks="rgpd.methods"),
    Door("how it was anonymised, as text", "resource", _page("/dataset/{x.dataset}/resource/{x.id}/rgpd/methods.md"), few=DRAWN, walks="rgpd.methods_markdown"),
    Door("the resource as it was", "resource", _page("/dataset/{x.dataset}/resources/{x.id}/history/{x.activity}"), few=DRAWN, walks="activity.resource_history"),
    Door("how far the scan is", "resource", _page("/dataset/{x.dataset}/resource/{x.id}/rgpd/status"), few=DRAWN, walks="rgpd.status"),
    Door("proxy", "resource", _page("/dataset/{x.dataset}/resource/{x.id}/proxy"), (BYTES,), of=(LINK,), walks="resource_proxy.proxy_view"),
    Door("datastore_search", "resource", _action("datastore_search", resource_id="{x.id}"), (BYTES,), of=(ROWS,)),
    Door("datastore_search by alias", "resource", _action("datastore_search", resource_id="{x.alias}"), of=(ROWS,)),
    Door("datastore_search_sql", "resource", _action("datastore_search_sql", sql=SQL), (BYTES,), of=(ROWS,)),
    Door("datastore_search_sql, a join", "resource", _action("datastore_search_sql", sql='SELECT b.* FROM "{x.open_table}" a, "{x.id}" b'), (BYTES,), of=(ROWS,)),
    Door("datastore_info", "resource", _action("datastore_info", id="{x.id}"), of=(ROWS,)),
    Door("dump", "resource", _page("/datastore/dump/{x.id}"), (BYTES,), of=(ROWS,), walks="datastore.dump"),
    Door("how to use the DataStore", "resource", _page("/datastore/api_info/{x.id}"), of=(ROWS,), few=DRAWN, walks="datastore.api_info"),
    Door("table view", "resource", _page("/datatables/ajax/{x.view}", {"draw": "1", "start": "0", "length": "100", "search[value]": "", "filters": ""}), (BYTES,), of=(ROWS,), walks="datatablesview.ajax"),
    Door("table view, download", "resource", _page("/datatables/filtered-download/{x.view}", {"format": "csv", "params": '{"search": {"value": ""}, "order": [], "columns": [], "visible": []}', "filters": ""}), of=(ROWS,), walks="datatablesview.filtered_download"),
)  # fmt: skip

#: Doors of other extensions, for a portal that loads these (``bash dev/test neighbours``).
OF_NEIGHBOURS = {
    "dcat": (
        Door("catalogue", "portal", _page("/catalog.jsonld?rows=1000"), SEEN, walks="dcat.read_catalog"),
        Door("dcat_catalog_show", "portal", _page("/api/action/dcat_catalog_show?format=ttl"), SEEN, walks="dcat_catalog_show"),
        Door("dcat_catalog_search", "portal", _page("/api/action/dcat_catalog_search?q=*:*&format=xml"), SEEN, walks="dcat_catalog_search"),
        Door("dcat_datasets_list", "portal", _page("/api/action/dcat_datasets_list"), SEEN, walks="dcat_datasets_list"),
        Door("catalogue in DCAT's JSON", "portal", _page("/dcat.json"), SEEN, walks="dcat_json_interface.dcat_json"),
        Door("dcat_dataset_show", "dataset", _action("dcat_dataset_show", id="{x.dataset}", format="n3"), SEEN),
        Door("description", "dataset", _page("/dataset/{x.dataset}.ttl"), SEEN, walks="dcat.read_dataset"),
        Door("description for machine learning", "dataset", _page("/dataset/{x.dataset}/croissant.jsonld"), SEEN, walks="croissant.read_dataset_croissant"),
    ),
    "harvest": (
        Door("the list of sources", "portal", _page("/harvest/"), walks="harvest.search"),
        Door("a dataset as a source", "dataset", _page("/harvest/{x.dataset}"), few=DRAWN, walks="harvest.read"),
        Door("a source's resources", "dataset", _page("/harvest/resources/{x.dataset}"), few=DRAWN, walks="harvest.resources"),
        Door("a source's resource", "resource", _page("/harvest/{x.dataset}/resource/{x.id}"), few=DRAWN, walks="harvest_resource.read"),
        Door("a source's view", "resource", _page("/harvest/{x.dataset}/resource/{x.id}/view/{x.view}"), few=DRAWN, walks="harvest_resource.view"),
        Door("a source's download", "resource", _page("/harvest/{x.dataset}/resource/{x.id}/download/x"), (BYTES,), of=(FILE,), walks="harvest_resource.download"),
    ),
}  # fmt: skip

DOORS = (
    *PORTAL_DOORS,
    *DATASET_DOORS,
    *RESOURCE_DOORS,
    *(door for plugin, doors in OF_NEIGHBOURS.items() if plugin in LOADED for door in doors),
)

TAKES_AWAY = "hides, deletes or takes away: nothing comes in"

#: What ``surface.py`` says that it writes or is gated, that nothing above walks, and why.
NOT_WALKED = {
    "bulk_update_delete": TAKES_AWAY,
    "bulk_update_private": TAKES_AWAY,
    "dataset.delete": TAKES_AWAY,
    "dataset_purge": TAKES_AWAY,
    "datastore_delete": TAKES_AWAY,
    "datastore_records_delete": TAKES_AWAY,
    "package_delete": TAKES_AWAY,
    "resource_delete": "a state of every way",
    "dataset.edit": "the dataset's own form has no resource; package_update is a way",
    "dataset.new": "the dataset's own form has no resource; package_create is a way",
    "package_owner_org_update": "test_moves.py; a dataset that package_patch moved is a way",
    "package_resource_reorder": "package_patch with the same resources in another order",
    "datapusher_submit": "asks a service to read a file; what it brings is a way",
    "datastore_function_create": "a sysadmin's trigger; rows written past every action are a way",
    "datastore_function_delete": "a sysadmin's trigger; rows written past every action are a way",
    "datastore.dictionary": "descriptions of columns by datastore_create, which is a way",
    "tabledesigner.tabledesigner": "columns by datastore_create, which is a way",
    "tabledesigner.edit_row": "the same form and action as those of a new row",
    "file_create": "test_file_layer.py: no resource's storage takes it",
    "file_register": "test_file_layer.py: no resource's storage takes it",
    "file_ownership_transfer": "test_file_layer.py: what no scan reads is for its owner's editors",
    "file_show": "test_file_layer.py, with the other doors of CKAN 2.12's file layer",
    "file.download": "test_file_layer.py",
    "file.trusted_download": "test_file_layer.py",
    "activity.group_changes": "changes of a group, which holds no resource",
    "activity.group_changes_multiple": "changes of a group, which holds no resource",
    "activity.organization_changes": "changes of an organisation, which holds no resource",
    "activity.organization_changes_multiple": "changes of an organisation, which holds no resource",
}


#: Errors of CKAN's own pages, which then show nothing: 2.11's template of what changed cannot name
#: the licence of a copy that has none.
FAULTS_OF_CKAN = ("TypeError: /dataset/changes",)


def expected(way: Way, state: str, who: str, door: Door) -> tuple[set[str], bool]:
    """What must be met of a content at a door, and whether anything else of it may be."""
    in_charge = who in way.in_charge
    # The portal's lists of activity say what was done where the dataset was then.
    there = state != DELETED and not (way.then and door.of_each == "portal")
    held = set(door.in_charge) if in_charge and way.opens and there else set()
    if way.opens and state == RELEASED:
        return held | set(door.shows), True
    return held, in_charge


NO_DOOR = "contents of this kind have no such door"
BRIEF = "another way in of the same kind stands for this one; the whole walks it"


def why_not(way: Way, state: str, door: Door) -> str:
    """Why this run leaves cells out; nothing where it walks them."""
    if way.kind not in door.of:
        return NO_DOOR
    if state not in way.states:
        return f"{way.name}: {way.why}"
    if way not in ways():
        return BRIEF
    return door.few if way not in STANDS_FOR else ""


def cells() -> Counter[str]:
    """How many cells there are, by the reason why they are left out: under nothing, the walked."""
    return Counter(why_not(*cell) for cell in product(WAYS, STATES, DOORS) for _who in PEOPLE)
