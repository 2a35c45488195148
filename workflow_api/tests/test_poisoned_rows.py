"""A row that the database refuses keeps no sweep from the others, and is tried again later."""

from datetime import timedelta

import pytest
from django.db.models import F
from django.utils import timezone
from world import NOW, deliver, received, role, ticket_data, ticket_of, workflow

from workflow_api.audit.models import AuditRow
from workflow_api.intake.selectors import waiting_updates
from workflow_api.intake.services import apply_waiting_updates, healing, match_waiting
from workflow_api.roles.models import Member
from workflow_api.sla.services import sweep
from workflow_api.tasks import services
from workflow_api.tasks.models import Task, Ticket
from workflow_api.tasks.services import draining, leaving, owning

pytestmark = pytest.mark.django_db

SECOND = timedelta(seconds=1)
MATCHED = {"category": "Lamps"}


def soon():
    """Return a moment at which what comes now is nearly due."""
    return timezone.now() + timedelta(hours=7)


def poison(*rows):
    """Let the next entry of their trails collide with one that is there."""
    for row in rows:
        row.refresh_from_db()
        seq = row.audit_seq + 1
        AuditRow.objects.create(subject=row.audit_subject, seq=seq, at=NOW, hash="x", action="x")


def cure(row):
    type(row).objects.filter(pk=row.pk).update(audit_seq=F("audit_seq") + 1)


@pytest.fixture(autouse=True)
def definition():
    role(1, "Admin", 1)
    role(2, "Ticket Coordinator", 9)
    return workflow([{"name": "Triage", "role": role(3, "L1 Support", 11), "is_end": True}])


def lost_holders():
    tasks = [received() for _ in range(3)]
    Member.objects.filter(person=11).update(is_active=False)
    role(3, "L1 Support", 12)
    return tasks


def lost_owners():
    tasks = [received() for _ in range(3)]
    Member.objects.filter(person=9).update(is_active=False)
    role(2, "Ticket Coordinator", 10)
    return tasks


def waiting_tasks():
    Member.objects.filter(person=11).update(is_active=False)
    tasks = [received() for _ in range(3)]
    Member.objects.filter(person=11).update(is_active=True)
    return tasks


def due_tasks():
    return [received() for _ in range(3)]


def unmatched_tickets():
    ids = [f"LAMP-{number}" for number in range(3)]
    for each in ids:
        deliver(ticket_data(each, **MATCHED))
    workflow([{"name": "Change", "role": role(3, "L1 Support"), "is_end": True}], **MATCHED)
    return [ticket_of(each) for each in ids]


def updated_tickets():
    ids = [f"LATE-{number}" for number in range(3)]
    for each in ids:
        deliver(ticket_data(each, event="update", title="New", revision=2))
    for each in ids:
        deliver(ticket_data(each, revision=1))
    return [ticket_of(each) for each in ids]


@pytest.mark.parametrize(
    ("made", "call"),
    [
        (lost_holders, services.pass_on),
        (lost_owners, services.pass_on_ownership),
        (waiting_tasks, services.assign_waiting),
        (due_tasks, sweep),
        (unmatched_tickets, match_waiting),
        (updated_tickets, apply_waiting_updates),
    ],
    ids=lambda each: each.__name__,
)
def test_the_others_are_done_and_it_is_once_it_can_be(made, call):
    first, *_ = made()
    poison(first)
    at = soon()

    assert call(at=at) == 2
    assert call(at=at) == 0  # it is not even tried
    cure(first)
    assert call(at=at + SECOND) == 1
    assert call(at=at + 2 * SECOND) == 0


@pytest.mark.parametrize(
    ("made", "call", "module"),
    [
        (lost_holders, services.pass_on, leaving),
        (lost_owners, services.pass_on_ownership, owning),
        (waiting_tasks, services.assign_waiting, draining),
    ],
    ids=lambda each: each.__name__.rpartition(".")[-1],
)
def test_more_of_them_than_are_looked_at_at_once_starve_nobody(made, call, module, monkeypatch):
    monkeypatch.setattr(module, "AT_ONCE", 2)
    tasks = made()
    poison(*tasks[:2])

    assert sum(call(at=soon()) for _ in range(2)) == 1


def test_a_workflow_in_which_many_fail_runs_what_is_behind_them(monkeypatch):
    monkeypatch.setattr(healing, "FAILURES_A_CALL", 2)
    tickets = unmatched_tickets()
    poison(*tickets[:2])

    assert [match_waiting(at=soon()) for _ in range(2)] == [0, 1]
    assert Task.objects.get().ticket_id == tickets[2].pk
    assert Ticket.objects.filter(state="unmatched").count() == 2


def test_what_waits_still_says_so(definition):
    first, *_ = updated_tickets()
    poison(first)

    apply_waiting_updates(at=soon())

    assert [row.subject for row in waiting_updates()] == [first.external_id]
