"""Processes and servers die while tickets flow: nothing lost, nothing doubled, all comes back."""

import os
import random
import signal
import threading
import time
import uuid
from collections.abc import Callable

import httpx
import pytest
from running import System, eventually

SEED = int(os.environ.get("CHAOS_SEED", "20261124"))
APPS = [
    "workflow-worker",
    "workflow-worker-4",
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
WORKERS = ["workflow-worker", *(f"workflow-worker-{number}" for number in (2, 3, 4))]
SERVERS = ["rabbitmq", "postgres", "redis"]


def live_pid(system: System, name: str) -> int:
    """Return the pid of a process as it is now, 0 while there is none."""
    process = system.now()["processes"].get(name, {})
    return int(process.get("pid") or 0) if process.get("state") == "running" else 0


class Flow(threading.Thread):
    """Five tickets a second, each published until the broker has confirmed it."""

    def __init__(self, system: System, run: str) -> None:
        super().__init__(name=run)
        self._system = system
        self._ending = threading.Event()
        self.failure: Exception | None = None
        self.numbers: set[str] = set()

    def run(self) -> None:
        """Publish until the block ends."""
        try:
            while not self._ending.wait(0.2):
                number = f"{self.name}-{len(self.numbers)}"
                publish_surely(self._system, number)
                self.numbers.add(number)
        except Exception as exc:
            self.failure = exc

    def __enter__(self) -> "Flow":
        """Begin to publish."""
        self.start()
        return self

    def go_on(self, count: int) -> None:
        """Wait until so many more tickets have been published."""
        wanted = len(self.numbers) + count
        eventually(
            lambda: self.failure or len(self.numbers) >= wanted,
            within_s=90,
            what=f"{count} more tickets are published",
        )

    def __exit__(self, *_: object) -> None:
        """Stop, and fail the test when publishing failed for good."""
        self._ending.set()
        self.join(90)
        assert not self.is_alive()
        assert self.failure is None, self.failure


def publish_surely(system: System, number: str) -> None:
    """Publish with the same message id until it is confirmed, as a careful help desk does."""
    message_id = str(uuid.uuid5(uuid.NAMESPACE_URL, number))
    give_up = time.monotonic() + 60
    while True:
        try:
            system.publish(number, message_id=message_id, by=system.careful_help_desk)
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

    eventually(arrived, within_s=180, what="every ticket is there")
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
        within_s=180,
        what="every alert is there",
    )
    assert {count for _, count in system.rows("notification", alerts, like)} == {1}


def kill(system: System, name: str) -> None:
    """Kill a process without warning and return when the supervisor has started another."""
    before = eventually(lambda: live_pid(system, name), what=f"{name} runs")
    os.kill(before, signal.SIGKILL)
    eventually(
        lambda: live_pid(system, name) not in (0, before), within_s=90, what=f"{name} is back"
    )


def test_each_process_is_killed_while_tickets_flow(system: System) -> None:
    with Flow(system, f"kill-{uuid.uuid4().hex[:6]}") as flow:
        for name in APPS:
            kill(system, name)
    assert_exactly_once(system, flow.name, flow.numbers)


@pytest.mark.parametrize("name", SERVERS)
def test_a_killed_server_costs_no_ticket_and_no_error_of_ours(system: System, name: str) -> None:
    with Flow(system, f"down-{name}-{uuid.uuid4().hex[:6]}") as flow:
        before = eventually(lambda: live_pid(system, name), what=f"{name} runs")
        flow.go_on(5)
        os.kill(before, signal.SIGKILL)
        codes = requests_while(system, lambda: live_pid(system, name) in (0, before))
        eventually(lambda: is_ready(system), within_s=90, what="all services are ready again")
        flow.go_on(5)
    assert 500 not in codes
    assert_exactly_once(system, flow.name, flow.numbers)


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
        pid = live_pid(system, dice.choice(WORKERS))
        if pid:
            os.kill(pid, signal.SIGKILL)
        time.sleep(dice.uniform(0.3, 1.5))
    assert_exactly_once(system, run, numbers)
