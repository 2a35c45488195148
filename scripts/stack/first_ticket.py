"""The proof at the end of `scripts/up`: a help-desk ticket becomes an agent's task."""

from __future__ import annotations

import time
from typing import Any

import httpx

from stack.environment import demo_password
from stack.instance import Instance
from stack.say import Refused

LIMIT_S = 30.0
TICKET = {
    "title": "Printer on the second floor does not print",
    "description": "It says 'paper jam', but there is no paper in it.",
    "category": "IT Support",
    "sub_category": "Network",
    "department": "Operations",
    "priority": "medium",
    "requester_email": "first.ticket@example.org",
    "requester_name": "First Ticket",
}


def send(instance: Instance) -> dict[str, Any]:
    """File one ticket at the mock help desk and wait until it is somebody's task.

    Raises Refused when that takes longer than 30 s or a service answers with an error.
    """
    desk = f"http://127.0.0.1:{instance.ports['ticket']}"
    workflow = f"http://127.0.0.1:{instance.ports['workflow']}"
    try:
        bearer = {"Authorization": f"Bearer {_access_token(instance)}"}
        with httpx.Client(timeout=10, headers=bearer, trust_env=False) as client:
            filed = client.post(f"{desk}/api/tickets/", json=TICKET)
            filed.raise_for_status()
            number = _number(filed.json())
            return _task_of(client, workflow, number)
    except httpx.HTTPStatusError as error:
        raise Refused(
            f"the first ticket failed: {error.request.url} answered "
            f"{error.response.status_code}: {error.response.text[:500]}"
        ) from error
    except httpx.TransportError as error:
        raise Refused(f"the first ticket failed: {error}") from error


def _access_token(instance: Instance) -> str:
    reply = httpx.post(
        f"http://127.0.0.1:{instance.ports['auth']}/token/",
        json={"username": "admin", "password": demo_password()},
        timeout=10,
        trust_env=False,
    )
    reply.raise_for_status()
    return str(reply.json()["access"])


def _number(ticket: dict[str, Any]) -> str:
    for name in ("ticket_id", "ticket_number", "number"):
        if name in ticket:
            return str(ticket[name])
    raise Refused(f"the help desk's answer has no ticket number: {ticket}")


def _task_of(client: httpx.Client, workflow: str, number: str) -> dict[str, Any]:
    deadline = time.monotonic() + LIMIT_S
    while time.monotonic() < deadline:
        reply = client.get(f"{workflow}/tasks/", params={"search": number})
        reply.raise_for_status()
        for task in reply.json()["results"]:
            if task["external_ticket_id"] == number and task["assigned_user"]:
                return dict(task)
        time.sleep(0.1)
    raise Refused(f"ticket {number} is nobody's task after {LIMIT_S:.0f} s; see scripts/logs")
