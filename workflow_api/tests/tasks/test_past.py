"""A task as it was: each moment of its life is read back from the audit rows."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest
from django.db import transaction
from rest_framework.test import APIClient
from splitting import forking, go
from trails import unguarded
from world import NOW, principal, received

from workflow_api.audit.models import AuditRow
from workflow_api.roles.models import Member
from workflow_api.sla import services as sla
from workflow_api.tasks import past, services
from workflow_api.tasks.api.past import PastTaskOut
from workflow_api.tasks.loading import locked_known_ticket
from workflow_api.tasks.models import Branch, Task
from workflow_api.tasks.routing import Action
from workflow_api.tasks.states import State

pytestmark = pytest.mark.django_db

ADMIN = principal(1, "Admin")
MINUTE = timedelta(minutes=1)
SHOWN = set(past.REMEMBERED)


def revise(*, task_id: str, at: datetime, **written: Any) -> None:
    """Let the help desk change what it wrote."""
    ticket = Task.objects.get(number=task_id.removeprefix("T-")).ticket
    with transaction.atomic():
        ticket, task, frozen = locked_known_ticket(
            source=ticket.source, external_id=ticket.external_id, at=at
        )
        services.revise_ticket(ticket, task, frozen, written=written, at=at)


def cancel(*, task_id: str, at: datetime) -> None:
    """Let the help desk take the ticket back."""
    ticket = Task.objects.get(number=task_id.removeprefix("T-")).ticket
    with transaction.atomic():
        found = locked_known_ticket(source=ticket.source, external_id=ticket.external_id, at=at)
        services.cancel_ticket(*found, at=at)


def nobody_is_left(*, task_id: str, at: datetime) -> None:
    Member.objects.filter(role__name="L2 Support").update(is_active=False)


def somebody_comes(*, task_id: str, at: datetime) -> None:
    Member.objects.filter(role__name="L2 Support").update(is_active=True)
    services.assign_waiting(at=at)


def overdue(*, task_id: str, at: datetime) -> None:
    sla.sweep(at=at)


def life(ways: dict[str, int]) -> list[Callable[..., Any]]:
    """Return the acts of a long life, one a minute; what is overdue needs a day."""
    by = {"by": ADMIN, "notes": "because"}
    go = services.take_transition
    return [
        partial(services.start_task, **by),
        partial(services.hold_task, **by),
        partial(revise, priority="urgent"),
        partial(services.resume_task, **by),
        partial(services.transfer_task, user_id=12, **by),
        partial(services.escalate_task, **by),
        partial(revise, title="Another title"),
        nobody_is_left,
        partial(go, transition_id=ways["Triage>Analysis"], **by),
        somebody_comes,
        partial(services.wait_for_external, **by),
        partial(services.resume_task, target=State.IN_PROGRESS, **by),
        partial(services.put_back_task, **by),
        overdue,
        partial(services.decide_task, action=Action.REJECT, **by),
        partial(go, transition_id=ways["Triage>Analysis"], **by),
        partial(go, transition_id=ways["Analysis>Confirm"], **by),
        partial(services.start_task, **by),
        partial(services.decide_task, action=Action.COMPLETE, **by),
        partial(services.reopen_task, **by),
        partial(services.assign_task, user_id=12, **by),
        cancel,
    ]


WAYS_OF_A_SPLIT = [
    ("Ask>Check", 11),
    ("Check>Prove", 21),
    ("Order>Hand over", 31),
    ("Prove>Hand over", 22),
]


def under_way(branches: Iterable[Branch]) -> list[dict[str, Any]]:
    return sorted(map(past.facts_of_branch, branches), key=lambda each: each["id"])


def shown(found: past.PastTask | Task) -> dict[str, Any]:
    return past.facts_of(found.task if isinstance(found, past.PastTask) else found)


def test_each_moment_of_a_long_life_is_told_as_it_was(support: Any, task: Task) -> None:
    remembered = [(task.created_at, shown(task))]
    at = task.created_at
    for act in life(support.ways):
        at += timedelta(days=3) if act is overdue else MINUTE
        act(task_id=task.task_id, at=at)
        remembered.append((at, shown(Task.objects.get(pk=task.pk))))
    assert remembered[-1][1]["state"] == State.CLOSED
    assert len({facts["version"] for _, facts in remembered}) >= len(remembered) - 2
    for at, facts in remembered:
        for moment in (at, at + MINUTE / 2):
            assert shown(past.task_as_of(task.task_id, at=moment, by=ADMIN, now=NOW)) == facts


def test_the_branches_of_a_task_that_was_split_are_told_as_they_were() -> None:
    made = forking()
    task = received()
    at, remembered = task.created_at, []
    for way, by in WAYS_OF_A_SPLIT:
        at += MINUTE
        go(task, made, way, by, at=at)
        remembered.append((at, under_way(Branch.objects.filter(task=task, ended_at=None))))
    assert [len(branches) for _, branches in remembered] == [2, 2, 1, 0]
    for at, branches in remembered:
        found = past.task_as_of(task.task_id, at=at, by=ADMIN, now=NOW)
        assert under_way(found.branches) == branches
    assert past.task_as_of(task.task_id, at=task.created_at, by=ADMIN, now=NOW).branches == []


def test_branches_are_answered_over_http(admin: APIClient) -> None:
    made = forking()
    task = received()
    go(task, made, "Ask>Check", 11, at=task.created_at + MINUTE)
    body = admin.get(f"/tasks/{task.task_id}/as-of/", {"at": "2099-01-01"}).json()
    shown_now = admin.get(f"/tasks/{task.task_id}/").json()["branches"]
    assert body["branches"] == shown_now
    assert [each["step_name"] for each in shown_now] == ["Check", "Order"]


def test_every_change_of_what_is_shown_is_in_the_rows(support: Any, task: Task) -> None:
    """Read from the rows alone, the present is what the table says."""
    assert shown(past.task_as_of(task.task_id, at=task.created_at, by=ADMIN, now=NOW)) == shown(
        task
    )
    rows = AuditRow.objects.filter(task_id=task.task_id).order_by("seq")
    assert set(rows[len(rows) - 1].details["task"]) == SHOWN


def test_acts_that_began_out_of_order_never_make_a_state_that_was_not(task: Task) -> None:
    """An act reads the clock before it waits for the lock: a row may be earlier than the last."""
    first, second = task.created_at + 2 * MINUTE, task.created_at + MINUTE
    services.start_task(task_id=task.task_id, by=ADMIN, at=first)
    services.hold_task(task_id=task.task_id, by=ADMIN, at=second, notes="because")

    def state(at: datetime) -> str:
        return past.task_as_of(task.task_id, at=at, by=ADMIN, now=NOW).task.state

    assert state(second + MINUTE / 2) == State.PENDING
    assert state(first) == State.ON_HOLD


def test_it_is_answered_over_http(ana: APIClient, task: Task, support: Any) -> None:
    at = task.created_at + MINUTE
    services.start_task(task_id=task.task_id, by=principal(11, "L1 Support"), at=at)
    before = ana.get(f"/tasks/{task.task_id}/as-of/", {"at": task.created_at.isoformat()}).json()
    after = ana.get(f"/tasks/{task.task_id}/as-of/", {"at": at.isoformat()}).json()
    assert set(before) == set(PastTaskOut().fields)
    assert (before["status"], before["started_at"], before["version"]) == ("pending", None, 1)
    assert (after["status"], after["version"]) == ("in_progress", 2)
    assert after["current_step_name"] == "Triage"
    assert after["role"] == "L1 Support"
    assert after["assigned_user"]["username"] == "user11"
    assert after["owner"]["user_id"] == 9
    assert after["workflow_version"] == 1
    assert after["sla_state"] == "ok"
    row = AuditRow.objects.filter(task_id=task.task_id).order_by("-seq")[0]
    assert after["last_row"]["hash"] == row.hash
    assert after["last_row"]["action"] == "task_started"


def test_before_it_was_created_there_was_no_task(ana: APIClient, task: Task) -> None:
    early = task.created_at - timedelta(microseconds=1)
    answer = ana.get(f"/tasks/{task.task_id}/as-of/", {"at": early.isoformat()})
    assert answer.status_code == 404
    assert answer.json()["error"].startswith(f"Task {task.task_id} did not exist")


@pytest.mark.parametrize("at", ["", "yesterday", "2026-13-01", "2026-01-01T25:00", "a\0b", "1e400"])
def test_what_is_no_moment_is_a_400(ana: APIClient, task: Task, at: str) -> None:
    answer = ana.get(f"/tasks/{task.task_id}/as-of/", {"at": at})
    assert answer.status_code == 400
    assert answer.json()["code"] == "VALIDATION_ERROR"


@pytest.mark.parametrize("at", ["0001-01-01", "9999-12-31T23:59:59Z", "2099-01-01"])
def test_the_ends_of_time_are_moments(ana: APIClient, task: Task, at: str) -> None:
    status = ana.get(f"/tasks/{task.task_id}/as-of/", {"at": at}).status_code
    assert status == (404 if at.startswith("0001") else 200)


def test_who_may_not_read_the_task_may_not_read_its_past(
    dee: APIClient, api_as: Any, anonymous: APIClient, task: Task
) -> None:
    at = {"at": task.created_at.isoformat()}
    stranger = api_as(user_id=50, username="user50", roles=(("tts", "Warehouse"),))
    path = f"/tasks/{task.task_id}/as-of/"
    assert [each.get(path, at).status_code for each in (dee, stranger, anonymous)] == [
        200,
        404,
        401,
    ]
    assert dee.get("/tasks/T-999/as-of/", at).status_code == 404
    assert dee.get("/tasks/nonsense/as-of/", at).status_code == 404


def test_from_rows_that_were_altered_nothing_is_told(ana: APIClient, task: Task) -> None:
    with unguarded() as cursor:
        cursor.execute(
            'UPDATE audit_auditrow SET details = \'{"task": {"created_at": "never"}}\' '
            "WHERE task_id = %s AND seq = 2",
            [task.task_id],
        )
    answer = ana.get(f"/tasks/{task.task_id}/as-of/", {"at": "2099-01-01"})
    assert (answer.status_code, answer.json()["code"]) == (409, "TRAIL_ALTERED")


def test_the_number_of_queries_does_not_grow_with_the_life(
    ana: APIClient, task: Task, django_assert_max_num_queries: Any
) -> None:
    for number in range(1, 20):
        act = services.hold_task if number % 2 else services.resume_task
        at = task.created_at + number * MINUTE
        act(task_id=task.task_id, by=ADMIN, at=at, notes="because")
    with django_assert_max_num_queries(12):
        ana.get(f"/tasks/{task.task_id}/as-of/", {"at": "2099-01-01"})
