"""Every route × every method × every kind of caller answers as the table says."""

import json
import os
import subprocess
import sys
from pathlib import Path

import httpx
import matrix
import pytest
from conftest import People
from matrix import CALLERS, PREFIXES, Row
from running import System

ROOT = Path(__file__).parents[2]
ENDS_THE_SESSION = {"/logout/", "/api/v1/sessions/end-all/"}
ERROR = {"error", "code", "details", "timestamp"}


def routes_of(service: str) -> list[str]:
    """Ask the service's own URL resolver, in a process with the service's settings."""
    env = {
        name: value for name, value in os.environ.items() if not name.startswith(("TTS_", "PYTEST"))
    }
    values = {
        "DJANGO_SETTINGS_MODULE": f"{service}.settings",
        "TTS_PROFILE": "test",
        "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nothing",
        "REDIS_URL": "redis://127.0.0.1:1/0",
        "AMQP_URL": "amqp://127.0.0.1:1//",
        "AUTH_URL": "http://127.0.0.1:1",
        "SIGNING_KEY_SECRET": "only to read the routes",
    }
    done = subprocess.run(
        [sys.executable, Path(__file__).with_name("routes.py")],
        env=env | values,
        cwd=ROOT / service,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: list[str] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("service", PREFIXES)
def test_every_route_has_a_row_and_every_row_a_route(service: str) -> None:
    listed = sorted(row.name for row in matrix.rows() if row.service == service)
    assert listed == routes_of(service)


@pytest.mark.parametrize("row", matrix.rows(), ids=lambda row: f"{row.service} {row.name}")
def test_each_caller_gets_what_the_table_says(row: Row, people: People) -> None:
    got = tuple(
        str(_ask(row, people.client(kind, audience=row.service)).status_code) for kind in CALLERS
    )
    assert got == row.statuses


def test_refusals_bear_the_error_body(people: People) -> None:
    for row in matrix.rows():
        if "metrics" in row.route or row.route.startswith(("/ams/", "/bms/")):
            continue
        for kind in ("anonymous", "disabled"):
            answer = _ask(row, people.client(kind, audience=row.service))
            if answer.status_code >= 400:
                assert answer.json().keys() >= ERROR, f"{kind} {row.name}: {answer.text[:200]}"


def test_a_disabled_account_opens_nothing_anywhere_within_thirty_seconds(people: People) -> None:
    assert people.disabled.get("/workflow/tasks/").json()["code"] == "TOKEN_EXPIRED"


def _ask(row: Row, http: httpx.Client) -> httpx.Response:
    headers = {}
    if row.route in ENDS_THE_SESSION:
        headers["Authorization"] = ""  # the callers are needed for the rows to come
    body: dict[str, str] | None = None if row.method in ("GET", "DELETE") else {}
    return http.request(row.method, row.path, json=body, headers=headers)


def test_the_gateway_and_the_services_own_port_agree(system: System, people: People) -> None:
    for row in matrix.rows():
        if row.method == "GET" and row.route != "/metrics":
            prefix = PREFIXES[row.service]
            address = system.status["services"][row.service.split("_")[0]]
            direct = httpx.get(address + row.path.removeprefix(prefix), trust_env=False)
            assert direct.status_code == _ask(row, people.anonymous).status_code, row.name
