"""Processes and servers die while tickets flow: nothing lost, nothing doubled, all comes back."""

import os
import random
import signal
import time
import uuid
from collections.abc import Callable

import httpx
import pytest
from running import System, eventually

SEED = int(os.environ.get("CHAOS_SEED", "20261124"))
APPS = [
    "workflow-worker",
    "workflow-relay",
    "workflow-web",
    "workflow-sweeper",
    "notification-worker",
    "notification-relay",
    "notification-web",
    "notification-mailer",
    "messaging-worker",
    "messaging-relay",
    "messaging-web",
    "ticket-worker",
    "ticket-relay",
    "auth-relay",
    "auth-web",
]
SERVERS = ["rabbitmq", "postgres", "redis"]


def live_pid(system: System, name: str) -> int:
    """Return the pid of a process as it is now, 0 while there is none."""
    process = system.now()["processes"].get(name, {})
    return int(process.get("pid") or 0) if process.get("state") == "running" else 0


def publish_for(system: System, seconds: float, *, run: str) -> set[str]:
    """Publish ten tickets a second, again and again until the broker takes each."""
    numbers: set[str] = set()
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        number = f"{run}-{len(numbers)}"
        publish_surely(system, number)
        numbers.add(number)
        time.sleep(0.1)
    return numbers


def publish_surely(system: System, number: str) -> None:
    """Publish with the same message id until it is taken, as a careful help desk does."""
    message_id = str(uuid.uuid5(uuid.NAMESPACE_URL, number))
    give_up = time.monotonic() + 60
    while True:
        try:
            system.publish(number, message_id=message_id)
        except Exception:
            if time.monotonic() > give_up:
                raise
            time.sleep(0.5)
        else:
            return


def assert_exactly_once(system: System, run: str, numbers: set[str]) -> None:
    """Compare sets at the end: tickets, tasks, open assignments, alerts, mails, help desk."""
    tickets = "SELECT external_id FROM tasks_ticket WHERE external_id LIKE %s"
    like = f"{run}-%"

    def arrived() -> bool:
        return {row[0] for row in system.rows("workflow", tickets, like)} >= numbers

    eventually(arrived, within_s=90, what="every ticket is there")
    per_ticket = (
        "SELECT t.external_id, count(DISTINCT k.number), count(a.id)"
        " FROM tasks_ticket t JOIN tasks_task k ON k.ticket_id = t.id"
        " LEFT JOIN tasks_assignment a ON a.task_id = k.number"
        " WHERE t.external_id LIKE %s GROUP BY 1"
    )
    rows = system.rows("workflow", per_ticket, like)
    assert {row[0] for row in rows} == numbers
    assert {(tasks, assignments) for _, tasks, assignments in rows} == {(1, 1)}
    alerts = (
        "SELECT related_ticket_number, count(*) FROM alerts_inappnotification"
        " WHERE related_ticket_number LIKE %s AND notification_type = 'task_assignment' GROUP BY 1"
    )
    eventually(
        lambda: len(system.rows("notification", alerts, like)) == len(numbers),
        within_s=60,
        what="every alert is there",
    )
    assert {count for _, count in system.rows("notification", alerts, like)} == {1}


@pytest.mark.parametrize("name", APPS)
def test_a_killed_process_loses_and_doubles_nothing(system: System, name: str) -> None:
    run = f"kill-{name}-{uuid.uuid4().hex[:6]}"
    before = eventually(lambda: live_pid(system, name), what=f"{name} runs")
    numbers = publish_for(system, 1, run=run)
    os.kill(before, signal.SIGKILL)
    numbers |= publish_for(system, 2, run=f"{run}-b")
    eventually(
        lambda: live_pid(system, name) not in (0, before), within_s=30, what=f"{name} is back"
    )
    assert_exactly_once(system, run, numbers)


@pytest.mark.parametrize("name", SERVERS)
def test_a_killed_server_loses_and_doubles_nothing(system: System, name: str) -> None:
    run = f"down-{name}-{uuid.uuid4().hex[:6]}"
    before = eventually(lambda: live_pid(system, name), what=f"{name} runs")
    numbers = publish_for(system, 1, run=run)
    os.kill(before, signal.SIGKILL)
    codes = requests_while(system, lambda: live_pid(system, name) in (0, before))
    numbers |= publish_for(system, 2, run=f"{run}-b")
    assert 500 not in codes
    eventually(lambda: is_ready(system), within_s=30, what="all services are ready again")
    assert_exactly_once(system, run, numbers)


def requests_while(system: System, is_down: Callable[[], bool]) -> set[int]:
    """Return the status codes that callers see during the fault; 30 s at the most."""
    codes, until = set(), time.monotonic() + 30
    while is_down() and time.monotonic() < until:
        answer = system.admin.http.get("/workflow/tasks/")
        codes.add(answer.status_code)
        time.sleep(0.1)
    return codes


def is_ready(system: System) -> bool:
    services = system.status["services"].values()
    try:
        return all(httpx.get(f"{url}/readyz/", timeout=5).status_code == 200 for url in services)
    except httpx.HTTPError:
        return False


def test_workers_killed_again_and_again_mid_work(system: System) -> None:
    dice, run = random.Random(SEED), f"storm-{uuid.uuid4().hex[:6]}"
    numbers: set[str] = set()
    for number in range(200):
        publish_surely(system, f"{run}-{number}")
        numbers.add(f"{run}-{number}")
    for _ in range(20):
        pid = live_pid(system, "workflow-worker")
        if pid:
            os.kill(pid, signal.SIGKILL)
        time.sleep(dice.uniform(0.3, 1.5))
    assert_exactly_once(system, run, numbers)
