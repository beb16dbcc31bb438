"""Brings every content of ``matrix.py`` in, and opens every door."""

from __future__ import annotations

import contextlib
import json
import re
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from random import choices
from types import SimpleNamespace
from typing import Any

import ckan.model as ckan_model
import ckan.plugins.toolkit as tk
import sqlalchemy as sa
from ckan.tests import factories

from ckanext.rgpd import escrow, gate, jobs, table_reading
from ckanext.rgpd.core import scan
from ckanext.rgpd.model import Version
from ckanext.rgpd.model.version import PENDING, SCANNING
from tests.ckan import made, matrix

WORD = re.compile(r"(octets|adresse|nom|texte)-([bcdfghjkmnpqrstvwz]{12})")
KIND = {
    "octets": matrix.BYTES,
    "adresse": matrix.ADDRESS,
    "nom": matrix.NAME,
    "texte": matrix.TEXT,
}
CARRIES = {
    matrix.FILE: {matrix.BYTES, matrix.NAME, matrix.TEXT},
    matrix.LINK: {matrix.BYTES, matrix.ADDRESS, matrix.NAME, matrix.TEXT},
    matrix.ROWS: {matrix.BYTES, matrix.NAME, matrix.TEXT},
}
PERSONAL = (matrix.QUARANTINED, matrix.BLOCKED)
OPENED = (matrix.RELEASED, matrix.REPLACED, matrix.DELETED)
REFUSALS = (tk.NotAuthorized, tk.ObjectNotFound, tk.ValidationError)
FIELDS = [{"id": name, "type": "text"} for name in ("lieu", "repere", "nir")]


def new_word() -> str:
    """A canary that no detector takes for anything."""
    return "".join(choices("bcdfghjkmnpqrstvwz", k=12))


@dataclass
class Case:
    """One content: a way in and a state."""

    way: matrix.Way
    state: str
    dataset: str
    package_id: str
    server: str
    id: str = ""
    view: str = "none"
    words: list[str] = field(default_factory=lambda: [new_word()])
    activity: str = ""
    first_activity: str = ""
    elsewhere: str = ""
    open_table: str = ""

    @property
    def word(self) -> str:
        return self.words[-1]

    @property
    def alias(self) -> str:
        return f"alias_{self.words[0]}"

    @property
    def location(self) -> str:
        return f"{self.id[:3]}/{self.id[3:6]}/{self.id[6:]}"

    @property
    def text(self) -> str:
        return "" if self.way.only_bytes else f"texte-{self.word}"

    def texts(self) -> dict[str, str]:
        return {"name": f"nom-{self.word}", "description": self.text}

    def address(self) -> str:
        return f"{self.server}/adresse-{self.word}.csv"

    def records(self) -> list[dict[str, str]]:
        nir = made.SECRETS[0] if self.state in PERSONAL else ""
        return [{"lieu": "Piscine", "repere": f"octets-{self.word}", "nir": nir}]

    def content(self) -> str:
        rows = [("lieu", "repere", "nir"), *(tuple(row.values()) for row in self.records())]
        return made.csv_text(rows)

    def file(self) -> Any:
        return made.upload(self.content(), "donnees.csv")


class Remote(BaseHTTPRequestHandler):
    """A server elsewhere, whose files links point to."""

    def do_GET(self) -> None:
        body = WORD.sub(r"octets-\2", self.path).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/csv")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)

    do_HEAD = do_GET  # noqa: N815 - as the standard library asks

    def log_message(self, *_args: Any) -> None:
        """Nothing."""


def serve_remote() -> str:
    """Starts the server elsewhere; gives its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Remote)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}"


class Walk:
    """All contents of the matrix, and the doors as its people open them."""

    def __init__(self, people: Any, app: Any, token_of: Any) -> None:
        self.app, self.token_of = app, token_of
        self.users = self._users(people)
        self.publisher, self.server = self.users["editor"], serve_remote()
        self.organisation = people.organisation
        self.group = factories.Group(user=people.publisher)
        self.cases: list[Case] = []
        self.faults: list[str] = []
        self.walked = 0

    def _users(self, people: Any) -> dict[str, Any]:
        return {
            "anonymous": None,
            "user": people.outsider,
            "member": people.member,
            "editor": people.publisher,
            "other_editor": people.other_editor,
            "collaborator": factories.User(),
            "collaborating_member": factories.User(),
            "dpo": people.dpo,
            "sysadmin": people.admin,
        }

    # --- Setting up

    def set_up(self) -> None:
        """Brings every content in and takes it to its state."""
        scan.preload()
        self.elsewhere = factories.Dataset(user=self.users["sysadmin"])["name"]
        self.open_table = self._open_table()
        for way in matrix.ways():
            package_id = self._dataset(way)
            for state in way.states:
                case = Case(way, state, package_id, package_id, self.server)
                case.open_table, case.elsewhere = self.open_table, self.elsewhere
                self.cases.append(case)
                self._take_to_state(case)
            if way.then:
                way.then(self, package_id)
            self._note_activities(package_id)
        self.by_word = {word: case for case in self.cases for word in case.words}

    def _dataset(self, way: matrix.Way) -> str:
        dataset = factories.Dataset(
            owner_org=self.organisation["id"],
            user=self.publisher,
            license_id="lov2",
            maintainer_email="service@exemple.fr",
            private=way.private,
            tags=[{"name": "matrice"}],
            groups=[{"id": self.group["id"]}],
        )
        for who, capacity in (("collaborator", "editor"), ("collaborating_member", "member")):
            self.as_admin(
                "package_collaborator_create",
                id=dataset["id"],
                user_id=self.users[who]["id"],
                capacity=capacity,
            )
        return str(dataset["id"])

    def _open_table(self) -> str:
        dataset = factories.Dataset(
            owner_org=self.organisation["id"], user=self.publisher, license_id="lov2"
        )
        answer = self.act(
            "datastore_create",
            resource={"package_id": dataset["id"]},
            fields=FIELDS,
            records=[{"lieu": "Stade", "repere": "", "nir": ""}],
        )
        self._read(answer["resource_id"])
        return str(answer["resource_id"])

    def _take_to_state(self, case: Case) -> None:
        self._lay_ground(case)
        case.way.bring(self, case)
        self._add_what_derives(case)
        if case.state == matrix.SCANNING:
            for version in Version.current(case.id):
                if version.state == PENDING:
                    version.state = SCANNING
            ckan_model.Session.commit()
        elif case.state != matrix.PENDING:
            self._read(case.id)
        if case.state in OPENED and case.way.opens:
            self._decide(case, "release")
        elif case.state == matrix.BLOCKED:
            self._decide(case, "refuse")
        if case.state == matrix.REPLACED:
            case.words.append(new_word())
            case.way.bring(self, case)
        elif case.state == matrix.DELETED and case.id:
            self.act("resource_delete", id=case.id)

    def _lay_ground(self, case: Case) -> None:
        """What is there before: it says nothing that is looked for."""
        if case.way.on == "empty":
            answer = self.act("resource_create", package_id=case.package_id, name="vide")
            case.id = answer["id"]
        elif case.way.on == "released":
            file = made.upload(made.never_read(), "avant.csv")
            answer = self.act(
                "resource_create", package_id=case.package_id, name="avant", upload=file
            )
            case.id = answer["id"]
            self._read(case.id)
        elif case.way.on == "table":
            designed = "Table Designer" in case.way.name
            url_type = "tabledesigner" if designed else "datastore"
            answer = self.act(
                "resource_create",
                package_id=case.package_id,
                name="avant",
                url_type=url_type,
                url="avant",
            )
            case.id = answer["id"]
            self.act(
                "datastore_create",
                resource_id=case.id,
                force=True,
                fields=[{**f, "tdtype": "text"} for f in FIELDS] if designed else FIELDS,
                aliases=case.alias,
                records=[{"lieu": "Stade", "repere": "", "nir": ""}],
            )
            self._read(case.id)

    def _add_what_derives(self, case: Case) -> None:
        """A view and a task, as other plugins leave them; each says the case's word."""
        kind = "datatables_view" if case.way.kind == matrix.ROWS else "text_view"
        view = self.as_admin(
            "resource_view_create",
            resource_id=case.id,
            view_type=kind,
            title="vue",
            description=case.text,
        )
        case.view = view["id"]
        self.as_admin(
            "task_status_update",
            entity_id=case.id,
            entity_type="resource",
            task_type="essai",
            key="essai",
            value=case.text,
            state="error",
            error="{}",
            last_updated="2026-01-01",
        )

    def _read(self, resource_id: str) -> None:
        """The worker's job on all that waits of a resource, in this process."""
        table_reading.take_up()
        ckan_model.Session.commit()
        for version in Version.current(resource_id):
            if version.state in (PENDING, SCANNING):
                jobs.scan_version(version.id)

    def _decide(self, case: Case, decision: str) -> None:
        """A reviewer refuses, or releases what no scan could read (links)."""
        current = Version.current(case.id)
        if decision == "refuse" or any(version.state != "released" for version in current):
            tk.get_action("rgpd_decision_create")(
                {"user": self.users["dpo"]["name"]},
                {"resource_id": case.id, "decision": decision, "reason": "Pour l’essai."},
            )

    def _note_activities(self, package_id: str) -> None:
        mine = [case for case in self.cases if case.package_id == package_id]
        name = self.as_admin("package_show", id=package_id)["name"]
        listed = self.as_admin("package_activity_list", id=package_id, limit=matrix.ALL)
        for case in mine:
            case.dataset = name
            case.activity, case.first_activity = listed[0]["id"], listed[-1]["id"]

    def not_in_state(self) -> list[str]:
        """The contents that did not come into the state that their cells are named after."""
        meant = {
            matrix.PENDING: {"pending"},
            matrix.SCANNING: {"scanning"},
            matrix.QUARANTINED: {"held"},
            matrix.BLOCKED: {"held"},
            matrix.RELEASED: {"released"},
            matrix.REPLACED: {"pending"},
            matrix.DELETED: set(),
        }
        wrong = []
        for case in self.cases:
            found = {version.state for version in Version.current(case.id)}
            agrees = found - {"released"} == meant[case.state] - {"released"}
            opened = gate.is_open(case.id) == (case.state == matrix.RELEASED)
            if case.way.opens and not (opened and (agrees or case.way.untold)):
                wrong.append(f"{case.way.name} | {case.state}: {sorted(found)}")
        return wrong

    # --- Ways in

    def act(self, action: str, **data: Any) -> Any:
        """An action in the publisher's name."""
        return tk.get_action(action)({"user": self.publisher["name"]}, data)

    def as_admin(self, action: str, **data: Any) -> Any:
        """An action in a sysadmin's name."""
        return tk.get_action(action)({"user": self.users["sysadmin"]["name"]}, data)

    def new(self, case: Case, **fields: Any) -> None:
        """A new resource; the second time, another content for the same."""
        if case.id:
            self.act("resource_update", id=case.id, **case.texts(), **fields)
        else:
            fields["package_id"] = case.package_id
            case.id = self.act("resource_create", **case.texts(), **fields)["id"]

    def form(self, case: Case) -> None:
        """CKAN's own form, sent by the publisher's browser."""
        url = f"/dataset/{case.package_id}/resource/new"
        if case.id:
            url = f"/dataset/{case.package_id}/resource/{case.id}/edit"
        data = {**case.texts(), "id": "", "save": "go-dataset-complete", "url": "donnees.csv"}
        data.update(url_type="upload", upload=(case.file().stream, "donnees.csv"))
        self.app.post(url, data=data, headers=self._headers("editor"), follow_redirects=False)
        found = self.act("package_show", id=case.package_id)["resources"]
        case.id = next(r["id"] for r in found if r["name"] == f"nom-{case.word}")

    def act_on_list(self, action: str, case: Case, new: Any, harvest: bool = False) -> None:
        """An update of the whole dataset in which one resource is new."""
        package = self.act("package_show", id=case.package_id)
        resources = [new if r["id"] == case.id else r for r in package["resources"]]
        context: Any = {"user": self.publisher["name"], "ignore_auth": harvest}
        data = {"id": case.package_id, "resources": resources}
        tk.get_action(action)(context, {**package, **data} if action == "package_update" else data)

    def revise(self, case: Case) -> None:
        self.act(
            "package_revise",
            match={"id": case.package_id},
            **{
                f"update__resources__{case.id[:8]}": case.texts(),
                f"update__resources__{case.id[:8]}__upload": case.file(),
            },
        )

    def revise_extend(self, case: Case) -> None:
        if case.id:
            self.revise(case)
            return
        answer = self.act(
            "package_revise",
            match={"id": case.package_id},
            update__resources__extend=[case.texts()],
            **{"update__resources__-1__upload": case.file()},
        )
        case.id = answer["package"]["resources"][-1]["id"]

    def bulk_public(self, package_id: str) -> None:
        org = self.organisation["id"]
        ckan_model.Session.remove()  # as in a request of its own: CKAN 2.11 writes past the session
        self.as_admin("bulk_update_public", datasets=[package_id], org_id=org)

    def draft_and_back(self, package_id: str) -> None:
        for state in ("draft", "active"):
            self.as_admin("package_patch", id=package_id, state=state)

    def move(self, package_id: str) -> None:
        """Only a reviewer takes closed contents to another organisation."""
        other = self.users["other_editor"]
        target = tk.get_action("organization_list_for_user")({"user": other["name"]}, {})[0]
        tk.get_action("package_patch")(
            {"user": self.users["sysadmin"]["name"]}, {"id": package_id, "owner_org": target["id"]}
        )

    def toggle(self, case: Case) -> None:
        link = {"url_type": "", "url": case.address()}
        self.act("resource_patch", id=case.id, **case.texts(), **link)
        self.act("resource_patch", id=case.id, url_type="upload", url="avant.csv")

    def by_hand(self, case: Case) -> None:
        """Other bytes, as many as before, over those that were released."""
        self._overwrite(case, escrow.ordinary_bytes(case.id).read())

    def smuggle(self, case: Case) -> None:
        self.new(case, upload=made.upload(made.never_read(), "donnees.csv"))
        self._overwrite(case, b"")

    def _overwrite(self, case: Case, before: bytes) -> None:
        content = case.content().encode().ljust(len(before))[: len(before) or None]
        ordinary = escrow.ordinary_uploader({"id": case.id})
        storage = getattr(ordinary, "storage", None)
        if storage:
            from ckan.lib import files

            location = ordinary.get_path(case.id)
            with contextlib.suppress(files.exc.MissingFileError):
                storage.remove(files.FileData(location))
            storage.upload(location, files.make_upload(content))
            return
        place = Path(ordinary.get_path(case.id))
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)

    def reuse(self, case: Case) -> None:
        """In a dataset of another organisation, once the first is deleted."""
        self.new(case, upload=case.file())
        self._read(case.id)
        self._add_what_derives(case)
        self.act("resource_delete", id=case.id)
        other = factories.Dataset(user=self.users["other_editor"])
        with contextlib.suppress(tk.ValidationError):
            tk.get_action("resource_create")(
                {"user": self.users["other_editor"]["name"]},
                {"package_id": other["id"], "id": case.id, "url": "x", "url_type": "upload"},
            )
        ckan_model.Session.rollback()

    def relink(self, case: Case) -> None:
        self.act("resource_update", id=case.id, url=case.address(), **case.texts())

    def clear(self, case: Case) -> None:
        fields = {"clear_upload": "true", "url_type": "", "url": case.address()}
        self.act("resource_update", id=case.id, **fields, **case.texts())

    def inline(self, case: Case) -> None:
        """A dataset of its own, created with its link in it."""
        resource = {"url": case.address(), **case.texts()}
        package = factories.Dataset(
            owner_org=self.organisation["id"],
            user=self.publisher,
            license_id="lov2",
            groups=[{"id": self.group["id"]}],
            resources=[resource],
        )
        self.as_admin(
            "package_collaborator_create",
            id=package["id"],
            user_id=self.users["collaborator"]["id"],
            capacity="editor",
        )
        case.id, case.package_id = package["resources"][0]["id"], package["id"]
        case.dataset = package["id"]
        self._note_activities(package["id"])

    def rows(self, case: Case) -> None:
        self.act("resource_patch", id=case.id, **case.texts())
        self.act(
            "datastore_create",
            resource_id=case.id,
            force=True,
            fields=FIELDS,
            aliases=case.alias,
            records=case.records(),
        )

    def table(self, case: Case) -> None:
        if case.id:
            self.rows(case)
            return
        answer = self.act(
            "datastore_create",
            resource={"package_id": case.package_id, **case.texts()},
            fields=FIELDS,
            aliases=case.alias,
            records=case.records(),
        )
        case.id = answer["resource_id"]

    def upsert(self, case: Case) -> None:
        self.act("resource_patch", id=case.id, **case.texts())
        fields = {"method": "insert", "records": case.records()}
        self.act("datastore_upsert", resource_id=case.id, force=True, **fields)

    def row_form(self, case: Case) -> None:
        self.act("resource_patch", id=case.id, **case.texts())
        values = case.records()[0].values()
        data = {f"col__{number}__value": value for number, value in enumerate(values)}
        url = f"/dataset/{case.package_id}/tabledesigner/{case.id}/add-row"
        self.app.post(url, data=data, headers=self._headers("editor"), follow_redirects=False)

    def copy_rows(self, case: Case) -> None:
        from ckanext.datastore.backend.postgres import get_write_engine

        self.act("resource_patch", id=case.id, **case.texts())
        insert = f'INSERT INTO "{case.id}" (lieu, repere, nir) VALUES (:lieu, :repere, :nir)'
        with get_write_engine().begin() as connection:
            connection.execute(sa.text(insert), case.records()[0])

    def datapusher(self, case: Case) -> None:
        self.rows(case)
        task = {"entity_id": case.id, "entity_type": "resource", "task_type": "datapusher"}
        self.as_admin(
            "task_status_update", **task, key="datapusher", value="{}", state="pending", error="{}"
        )
        metadata = {"resource_id": case.id}
        self.as_admin("datapusher_hook", metadata=metadata, status="complete")

    # --- Doors

    def ask(self, who: str, action: str, data: dict[str, Any]) -> str:
        """An action's answer as text; a refusal's, too."""
        user = self.users[who]
        context: Any = {"user": user["name"] if user else "", "ignore_auth": False}
        try:
            return json.dumps(tk.get_action(action)(context, data), default=str)
        except REFUSALS as refusal:
            ckan_model.Session.rollback()
            return str(refusal)

    def fetch(self, who: str, url: str, post: dict[str, str] | None = None) -> str:
        """A page with its headers as text."""
        options: Any = {"headers": self._headers(who), "follow_redirects": False}
        try:
            method = self.app.post if post else self.app.get
            answer = method(url, data=post, **options)
        except tk.ObjectNotFound as missing:
            # CKAN's download of a table view lets this pass for a table that is gone.
            return str(missing)
        except Exception as fault:  # noqa: BLE001 - it must not hide what the other doors show
            self.faults.append(f"{type(fault).__name__}: {url} as {who}: {fault}")
            return ""
        if answer.status_code >= 500:
            self.faults.append(f"{answer.status_code}: {url} as {who}")
        return f"{answer.headers}\n{answer.body}"

    def _headers(self, who: str) -> dict[str, str]:
        user = self.users[who]
        return {"Authorization": self.token_of(user["name"])} if user else {}

    def pass_through(self, door: matrix.Door) -> Outcome:
        """Opens a door as everybody, for all that it is there for."""
        outcome = Outcome()
        for who in matrix.PEOPLE:
            for target, cases in self._targets(door):
                found = self._words(door.open(self, who, target))
                for case in cases:
                    outcome.judge(case, who, door, found)
        return outcome

    def _words(self, text: str) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for kind, word in WORD.findall(text):
            found.setdefault(word, set()).add(KIND[kind])
        return found

    def _targets(self, door: matrix.Door) -> list[tuple[Any, list[Case]]]:
        cases = [case for case in self.cases if not matrix.why_not(case.way, case.state, door)]
        if door.of_each == "resource":
            return [(case, [case]) for case in cases]
        if door.of_each == "dataset":
            groups: dict[str, list[Case]] = {}
            for case in cases:
                groups.setdefault(case.dataset, []).append(case)
            return [(group[0], group) for group in groups.values()]
        names = SimpleNamespace(
            organisation=self.organisation["name"],
            group=self.group["name"],
            publisher=self.publisher["name"],
        )
        return [(names, cases)]


@dataclass
class Outcome:
    """How many cells were tried, and what was wrong in them."""

    cells: int = 0
    wrong: list[str] = field(default_factory=list)

    def judge(self, case: Case, who: str, door: matrix.Door, found: dict[str, set[str]]) -> None:
        """Compares what was met of a case with the rule."""
        self.cells += 1
        must, may_more = matrix.expected(case.way, case.state, who, door)
        must &= CARRIES[case.way.kind]
        met = found.get(case.word, set())
        old = set().union(*(found.get(word, set()) for word in case.words[:-1]), set())
        cell = f"{case.way.name} | {case.state} | {who} | {door.name}"
        if not may_more and (met | old):
            self.wrong.append(f"LEAK {cell}: {sorted(met | old)}")
        if must - met:
            self.wrong.append(f"MISSING {cell}: {sorted(must - met)}")
        if may_more and who not in case.way.in_charge and old:
            self.wrong.append(f"OLD {cell}: {sorted(old)}")
