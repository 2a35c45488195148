"""One warning and one breach for each task, on time, told to whom it concerns."""

import threading
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from world import NOW, deliver, role, ticket_data, workflow

from servicekit.contracts import AssignmentNotification, BulkCreateNotifications
from servicekit.sweeps.management.commands.sweep import run_sweep
from servicekit.testing.races import race
from servicekit.testing.worker import PATIENCE_S
from workflow_api.audit import verification as audit
from workflow_api.audit.models import AuditRow
from workflow_api.roles.models import Member
from workflow_api.sla import services
from workflow_api.tasks.models import Task, TaskEvent

SECOND = timedelta(seconds=1)


@pytest.fixture
def task(db: None) -> Task:
    """A task that Ana (11) holds, with Olga (9) as its owner and one admin (1)."""
    role(1, "Admin", 1)
    role(2, "Ticket Coordinator", 9)
    workflow([{"name": "Triage", "role": role(3, "L1 Support", 11)}], [("Triage", None, "forward")])
    deliver(ticket_data("HDTS-1", priority="high"))
    return Task.objects.get()


def kinds() -> list[str]:
    found = TaskEvent.objects.filter(kind__startswith="sla_").order_by("id")
    return list(found.values_list("kind", flat=True))


def people(outbox_of: Any, kind: str) -> list[list[int]]:
    told = [m for m in outbox_of(BulkCreateNotifications) if m.notification_type == kind]
    return [message.user_ids for message in told]


def sweep_at(*moments: datetime) -> None:
    for moment in moments:
        services.sweep(at=moment)


@pytest.mark.django_db
def test_nothing_happens_before_80_percent(task: Task) -> None:
    assert services.sweep(at=task.sla_warn_at - SECOND) == 0
    assert kinds() == []


@pytest.mark.django_db
def test_one_warning_then_one_breach_however_often_it_is_swept(task: Task, outbox_of: Any) -> None:
    sweep_at(task.sla_warn_at, task.sla_warn_at + SECOND, task.sla_deadline - SECOND)
    assert kinds() == ["sla_warning"]
    sweep_at(task.sla_deadline, task.sla_deadline + SECOND, task.sla_deadline + timedelta(days=9))
    assert kinds() == ["sla_warning", "sla_breach"]
    assert people(outbox_of, "sla_warning") == [[9, 11]]
    assert people(outbox_of, "sla_breach") == [[1, 9, 11]]
    rows = AuditRow.objects.filter(action__startswith="sla_").order_by("seq")
    assert [(row.action, row.new_value) for row in rows] == [
        ("sla_warning", "at_risk"),
        ("sla_breach", "breached"),
    ]
    assert audit.verify(at=NOW).alteration is None


@pytest.mark.django_db
def test_after_an_outage_only_the_breach_is_told(task: Task) -> None:
    sweep_at(task.sla_deadline + timedelta(hours=1), task.sla_deadline + timedelta(hours=2))
    assert kinds() == ["sla_breach"]
    task.refresh_from_db()
    assert task.sla_warned_at == task.sla_breached_at


@pytest.mark.django_db
def test_a_clock_that_stands_still_warns_nobody(task: Task) -> None:
    Task.objects.update(state="on_hold", paused_at=task.created_at)
    assert services.sweep(at=task.sla_deadline + SECOND) == 0


@pytest.mark.django_db
def test_a_task_of_nobody_is_told_to_the_admins(task: Task, outbox_of: Any) -> None:
    Task.objects.update(assignee=None, owner=None)
    services.sweep(at=task.sla_warn_at)
    assert people(outbox_of, "sla_warning") == [[1]]


@pytest.mark.django_db
def test_looking_for_due_tasks_costs_two_statements_and_uses_the_indexes(
    task: Task, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(2) as captured:
        services.sweep(at=task.created_at)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        plans = []
        for query in captured:
            cursor.execute(f"EXPLAIN {query['sql']}")
            plans.append("\n".join(row[0] for row in cursor.fetchall()))
    assert "task_breach_due" in plans[0]
    assert "task_warning_due" in plans[1]


@pytest.mark.django_db(transaction=True)
def test_a_task_that_somebody_works_on_is_left_to_the_next_sweep(task: Task) -> None:
    locked, done = threading.Event(), threading.Event()

    def work() -> None:
        with transaction.atomic():
            Task.objects.select_for_update().get()
            locked.set()
            assert done.wait(PATIENCE_S)

    def sweep() -> int:
        assert locked.wait(PATIENCE_S)
        try:
            return services.sweep(at=task.sla_deadline)
        finally:
            done.set()

    assert race(work, sweep) == [None, 0]
    assert services.sweep(at=task.sla_deadline) == 1
    assert kinds() == ["sla_breach"]


@pytest.mark.django_db(transaction=True)
def test_two_sweepers_at_once_tell_once(task: Task) -> None:
    race(*[lambda: services.sweep(at=task.sla_warn_at)] * 4)
    assert kinds() == ["sla_warning"]


@pytest.mark.django_db(transaction=True)
def test_every_sweep_of_the_settings_can_be_run(settings: Any, task: Task) -> None:
    assert [run_sweep(name, at=task.created_at) for name in settings.SWEEPS] == [True] * len(
        settings.SWEEPS
    )


@pytest.fixture
def escalating(db: None) -> Task:
    """A task that Ana (11) works on; overdue, its step goes to the lead (31)."""
    role(1, "Admin", 1)
    lead = role(5, "Team Lead", 31)
    step = {"name": "Triage", "role": role(3, "L1 Support", 11), "escalate_to": lead}
    workflow([step], [("Triage", None, "forward")])
    deliver(ticket_data("HDTS-1", priority="high"))
    Task.objects.update(state="in_progress", started_at=Task.objects.get().created_at)
    return Task.objects.get()


@pytest.mark.django_db
def test_an_overdue_step_goes_once_to_the_role_that_it_escalates_to(
    escalating: Task, outbox_of: Any
) -> None:
    sweep_at(escalating.sla_deadline, escalating.sla_deadline + timedelta(days=1))
    task = Task.objects.get()
    assert (task.assignee_id, task.current_role_id, task.state) == (31, 5, "pending")
    assert task.version == escalating.version + 1
    held = list(task.assignments.order_by("id").values_list("person_id", "outcome"))
    assert held == [(11, "escalated"), (31, "")]
    told = [m for m in outbox_of(AssignmentNotification) if m.user_id == 31]
    assert [message.notification_type for message in told] == ["task_escalation"]
    assert AuditRow.objects.filter(action="task_escalated").count() == 1
    assert audit.verify(at=NOW).alteration is None


@pytest.mark.django_db
def test_an_overdue_step_stays_where_nobody_can_take_it(escalating: Task) -> None:
    Member.objects.filter(person=31).update(is_active=False)
    sweep_at(escalating.sla_deadline)
    task = Task.objects.get()
    assert (task.assignee_id, task.version) == (11, escalating.version)
    assert TaskEvent.objects.filter(kind="not_escalated").count() == 1


@pytest.mark.django_db
def test_a_warning_makes_no_open_page_old(task: Task) -> None:
    sweep_at(task.sla_warn_at)
    assert Task.objects.get().version == task.version


@pytest.mark.django_db(transaction=True)
def test_of_four_sweepers_at_once_one_escalates(escalating: Task) -> None:
    race(*[lambda: services.sweep(at=escalating.sla_deadline)] * 4)
    assert kinds() == ["sla_breach"]
    assert TaskEvent.objects.filter(kind="escalated").count() == 1
    assert Task.objects.get().assignments.filter(closed_at=None).count() == 1
