"""Tickets that no workflow fits run once one does: the oldest first, and none waits for ever."""

from datetime import timedelta

import pytest
from django.utils import timezone
from world import NOW, role, workflow

from servicekit.errors import Conflict
from workflow_api.intake import selectors
from workflow_api.intake.services import healing, match_waiting
from workflow_api.tasks.models import Task, Ticket, TicketState

pytestmark = pytest.mark.django_db


@pytest.fixture
def few_at_once(monkeypatch):
    monkeypatch.setattr(selectors, "TICKETS_AT_ONCE", 3)


def waiting(count, *, category, first=0, sub_category="Odd"):
    Ticket.objects.bulk_create(
        Ticket(
            external_id=f"{category}-{sub_category}-{number}",
            title="Waits",
            category=category.format(number),
            sub_category=sub_category,
            priority="high",
            content_hash="x",
            state=TicketState.UNMATCHED,
            received_at=NOW + timedelta(minutes=first + number),
        )
        for number in range(count)
    )


def deploy(category, **values):
    return workflow(
        [{"name": "Do", "role": role(3, "L1 Support", 11), "is_end": True}],
        category=category,
        **{"sub_category": ""} | values,
    )


def healed():
    return list(Task.objects.order_by("number").values_list("ticket__received_at", flat=True))


def test_more_kinds_than_are_looked_at_at_once_keep_no_ticket_waiting(few_at_once):
    waiting(600, category="Kind {}")
    waiting(1, category="Printer", first=1000)
    deploy("printer")

    assert match_waiting(at=timezone.now()) == 1
    assert Ticket.objects.get(category="Printer").state == TicketState.RUNNING


def test_the_oldest_of_all_kinds_run_first_and_the_rest_with_the_next_calls(few_at_once):
    waiting(4, category="Late", first=10)
    waiting(4, category="Early")
    deploy("Late")
    deploy("EARLY", sub_category="odd")

    counts = [match_waiting(at=timezone.now()) for _ in range(4)]

    assert counts == [3, 3, 2, 0]
    assert healed() == sorted(healed())
    assert len(healed()) == 8


def test_a_workflow_in_which_no_run_begins_keeps_no_other_waiting(few_at_once, monkeypatch):
    waiting(8, category="Broken")
    waiting(2, category="Whole", first=100)
    deploy("Broken")
    deploy("Whole")
    monkeypatch.setattr(healing, "FAILURES_A_CALL", 2)
    begin = healing.tasks.run_unmatched

    def run(ticket_id, *, version, at):
        if version.category == "Broken":
            tried.append(ticket_id)
            raise Conflict("The calendar of this workflow is broken.")
        return begin(ticket_id, version=version, at=at)

    tried: list[int] = []
    monkeypatch.setattr(healing.tasks, "run_unmatched", run)

    assert match_waiting(at=timezone.now()) == 2
    assert len(tried) == 2
    assert Ticket.objects.filter(category="Whole", state=TicketState.RUNNING).count() == 2


def test_of_two_workflows_that_fit_the_nearer_one_is_run():
    waiting(2, category="Both", sub_category="Near")
    deploy("Both")
    near = deploy("Both", sub_category="near")

    assert match_waiting(at=timezone.now()) == 2
    assert set(Task.objects.values_list("workflow", flat=True)) == {near.workflow.workflow_id}


def test_a_paused_workflow_fits_nothing():
    waiting(1, category="Paused")
    deploy("Paused", deployed=False)

    assert match_waiting(at=timezone.now()) == 0
