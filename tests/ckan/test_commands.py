"""``ckan rgpd``: the administrator's commands."""

from __future__ import annotations

import json

from ckan.cli.cli import ckan

from ckanext.rgpd import gate
from tests.ckan import made


def test_status_counts_files(cli, released, held):
    rows = json.loads(cli.invoke(ckan, ["rgpd", "status", "--format", "json"]).output)

    by_state = {(row["state"], row["outcome"]) for row in rows}
    assert ("released", "publish") in by_state
    assert ("held", "quarantine") in by_state
    assert "released" in cli.invoke(ckan, ["rgpd", "status"]).output


def test_scan_queues_closed_files_again(cli, held, read_files):
    answer = cli.invoke(ckan, ["rgpd", "scan", held["id"]])

    assert answer.exit_code == 0
    assert "1 scans queued" in answer.output
    read_files()
    assert not gate.is_open(held["id"])


def test_scan_leaves_released_files_alone(cli, released):
    answer = cli.invoke(ckan, ["rgpd", "scan", released["id"]])

    assert "0 scans queued" in answer.output
    assert gate.is_open(released["id"])


def test_scan_wants_to_know_what(cli):
    assert cli.invoke(ckan, ["rgpd", "scan"]).exit_code == 2


def test_worker_reads_what_waits(cli, add_file):
    resource = add_file(made.CLEAN)

    cli.invoke(ckan, ["rgpd", "worker", "--burst"])

    assert gate.is_open(resource["id"])
