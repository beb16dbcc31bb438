"""The portal as the clients of :mod:`bench.faults` see it."""

from __future__ import annotations

import io
import time
from pathlib import Path
from typing import Any

import requests

TIMEOUT = 30

#: What an anonymous reader may ask; ``{dataset}`` and ``{id}`` are of some file.
DOORS = (
    "/api/3/action/package_search?rows=200",
    "/api/3/action/package_search?q=CANARI&rows=200",
    "/api/3/action/package_show?id={dataset}",
    "/api/3/action/resource_show?id={id}",
    "/api/3/action/resource_search?query=name:donnees",
    "/api/3/action/current_package_list_with_resources?limit=200",
    "/api/3/action/package_activity_list?id={dataset}",
    "/api/3/action/recently_changed_packages_activity_list",
    "/api/3/action/resource_view_list?id={id}",
    "/api/3/action/datastore_search?resource_id={id}",
    "/api/3/action/rgpd_compliance_show?id={dataset}",
    "/dataset/{dataset}",
    "/dataset/{dataset}/resource/{id}",
    "/dataset/{dataset}/resource/{id}/download/donnees.csv",
    "/dataset/{dataset}/resource/{id}/download",
    "/dataset/activity/{dataset}",
    "/datastore/dump/{id}",
    "/feeds/dataset.atom",
    "/dataset/?q=CANARI",
)


class Portal:
    """Requests in the names of a publisher, a reviewer and nobody."""

    def __init__(self, env: Path) -> None:
        lines = env.read_text().splitlines()
        values = dict(line.split("=", 1) for line in lines if "=" in line)
        self.url = values["CKAN_URL"]
        self.publisher = {"Authorization": values["PUBLISHER_TOKEN"]}
        self.dpo = {"Authorization": values["DPO_TOKEN"]}

    def action(self, name: str, headers: dict[str, str], files: Any = None, /, **data: Any) -> Any:
        """The result of an action; none where it is refused."""
        url = f"{self.url}/api/3/action/{name}"
        kind: dict[str, Any] = {"data": data, "files": files} if files else {"json": data}
        answer = requests.post(url, headers=headers, timeout=TIMEOUT, **kind)
        return answer.json()["result"] if answer.ok else None

    def wait(self, seconds: float) -> None:
        """Return once the portal answers again."""
        until = time.monotonic() + seconds
        while time.monotonic() < until and not self._answers():
            time.sleep(1)

    def _answers(self) -> bool:
        try:
            url = f"{self.url}/api/3/action/status_show"
            return requests.get(url, timeout=TIMEOUT).ok
        except requests.RequestException:
            return False

    def ensure_dataset(self, name: str) -> None:
        """Make the dataset unless it is there."""
        if self.action("package_show", self.publisher, id=name) is None:
            fields = {"owner_org": "mairie-exemple", "license_id": "lov2", "title": "Pannes"}
            self.action("package_create", self.publisher, name=name, **fields)

    def upload(self, dataset: str, content: bytes, id: str | None) -> str | None:
        """The id of the resource that took the file; none where it was refused."""
        files = {"upload": ("donnees.csv", io.BytesIO(content))}
        if id:
            result = self.action("resource_patch", self.publisher, files, id=id)
        else:
            result = self.action(
                "resource_create", self.publisher, files, package_id=dataset, name="donnees.csv"
            )
        return result["id"] if result else None

    def release(self, id: str) -> bool:
        """Whether the reviewer's release was taken."""
        status = self.action("rgpd_status_show", self.dpo, resource_id=id)
        if not status or not status["versions"]:
            return False
        version_id = status["versions"][0]["version_id"]
        data = {"decision": "release", "reason": "Essai.", "version_id": version_id}
        return self.action("rgpd_decision_create", self.dpo, resource_id=id, **data) is not None

    def status(self, id: str) -> Any:
        """Where a resource stands; none if it is not there."""
        return self.action("rgpd_status_show", self.publisher, resource_id=id)

    def own(self, id: str) -> bytes | None:
        """The bytes as their publisher is given them."""
        resource = self.action("resource_show", self.publisher, id=id)
        if not resource:
            return None
        answer = requests.get(resource["url"], headers=self.publisher, timeout=TIMEOUT)
        return answer.content if answer.ok else None

    def download(self, dataset: str, id: str) -> bytes | None:
        """The bytes as anybody is given them."""
        url = f"{self.url}/dataset/{dataset}/resource/{id}/download/donnees.csv"
        answer = requests.get(url, timeout=TIMEOUT)
        return answer.content if answer.ok else None

    def read(self, door: str, dataset: str, id: str) -> str:
        """What a door says to anybody."""
        return requests.get(self.url + door.format(dataset=dataset, id=id), timeout=TIMEOUT).text
