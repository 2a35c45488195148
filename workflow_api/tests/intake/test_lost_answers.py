"""Whatever is lost on the way, or comes twice or at once: one complete set of effects."""

import itertools
import random
from collections import Counter

import pytest
from celery.exceptions import Reject
from django.db import OperationalError, connection
from world import deliver, inbox_row, role, ticket_data, workflow

from servicekit.contracts import AssignmentNotification
from servicekit.inbox.models import InboxMessage
from servicekit.outbox.models import OutboxMessage
from servicekit.testing.races import race, spread
from workflow_api.audit.models import AuditRow
from workflow_api.roles.models import Role
from workflow_api.tasks.models import Assignment, Task, TaskEvent, Ticket

pytestmark = pytest.mark.django_db(transaction=True)


def test_500_tickets_over_four_agents_are_125_each_and_redelivery_adds_nothing(outbox_of):
    agents = role(3, "L1 Support", 11, 12, 13, 14)
    role(2, "Ticket Coordinator", 9, 10)
    workflow([{"name": "Triage", "role": agents}], [("Triage", None, "forward")])
    messages = [(f"message-{n:06}", ticket_data(f"HDTS-{n}")) for n in range(500)]

    def call(message_id, data):
        return lambda: deliver(data, message_id=message_id)

    spread([call(*each) for each in messages], over=4)
    again = messages * 9
    random.Random(2).shuffle(again)
    spread([call(*each) for each in again], over=4)

    counted = Counter(Assignment.objects.values_list("person_id", flat=True))
    assert counted == dict.fromkeys((11, 12, 13, 14), 125)
    assert Counter(Task.objects.values_list("owner_id", flat=True)) == {9: 250, 10: 250}
    assert Task.objects.count() == Ticket.objects.count() == 500
    told = Counter(each.task_id for each in outbox_of(AssignmentNotification))
    assert (len(told), set(told.values())) == (500, {1})
    assert InboxMessage.objects.filter(deliveries=10, outcome="done").count() == 500


@pytest.mark.parametrize("k", range(1, 12))
def test_a_failure_of_the_kth_statement_leaves_one_complete_set_of_effects(it_support, k):
    deliver(ticket_data("HDTS-before"))
    counts = effects()
    seen = itertools.count(1)

    def fail_at_k(execute, sql, params, many, context):
        if next(seen) == k:
            execute(sql, params, many, context)
            raise OperationalError(f"statement {k} was lost")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(fail_at_k):
        deliver(ticket_data("HDTS-1"), message_id="message-kth")

    assert next(seen) > k
    assert effects() == [each * 2 for each in counts]
    assert inbox_row("message-kth").outcome == "done"
    assert Role.objects.get(role_id=3).next_turn == 2


def test_a_commit_whose_answer_is_lost_is_not_repeated(it_support, monkeypatch):
    commit, lost = connection.commit, itertools.count()

    def commit_and_lose_the_answer():
        commit()
        if not next(lost):
            raise OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr(connection, "commit", commit_and_lose_the_answer)
    deliver(ticket_data("HDTS-1"), message_id="message-lost")

    assert effects() == [1, 1, 1, 2, 2, 3]
    assert inbox_row("message-lost").outcome == "done"


def effects():
    """Count every row that receiving a ticket makes."""
    made = (Ticket, Task, Assignment, TaskEvent, AuditRow, OutboxMessage)
    return [each.objects.count() for each in made]


def test_a_worker_that_dies_before_the_commit_leaves_nothing_but_the_attempt(it_support):
    class Killed(BaseException):
        pass

    def die_at_the_outbox(execute, sql, params, many, context):
        if "outbox" in sql:
            raise Killed
        return execute(sql, params, many, context)

    with pytest.raises(Killed), connection.execute_wrapper(die_at_the_outbox):
        deliver(ticket_data("HDTS-1"), message_id="message-dead")
    assert effects() == [0] * 6
    assert inbox_row("message-dead").outcome == "received"

    deliver(ticket_data("HDTS-1"), message_id="message-dead")

    assert effects() == [1, 1, 1, 2, 2, 3]
    assert inbox_row("message-dead").attempts == 2


def test_an_attempt_that_a_dying_server_lost_is_begun_again(it_support):
    statements = itertools.count()

    def die(execute, sql, params, many, context):
        if "outbox" in sql and not next(statements):
            raise OperationalError("server closed the connection unexpectedly")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(die):
        deliver(ticket_data("HDTS-1"), message_id="message-gone", sleep=forget_the_attempt)

    assert effects() == [1, 1, 1, 2, 2, 3]
    assert inbox_row("message-gone").outcome == "done"


def test_a_message_whose_attempt_was_lost_before_it_was_parked_is_handed_back(it_support):
    def fail(execute, sql, params, many, context):
        if "outbox" in sql:
            raise ZeroDivisionError("a bug")
        if "'parked'" in sql or "parked" in map(str, params or ()):
            forget_the_attempt()
        return execute(sql, params, many, context)

    with pytest.raises(Reject) as rejected, connection.execute_wrapper(fail):
        deliver(ticket_data("HDTS-1"), message_id="message-gone")

    assert rejected.value.requeue
    assert effects() == [0] * 6


def forget_the_attempt(_: float = 0) -> None:
    """Leave of an attempt what a server keeps that dies before it reaches the disk: nothing."""
    InboxMessage.objects.all().delete()


def test_simultaneous_messages_of_one_new_ticket_make_one_task(it_support):
    data = ticket_data("HDTS-1")

    messages = race(*[lambda n=n: deliver(data, message_id=f"message-{n:04}") for n in range(8)])

    outcomes = Counter(inbox_row(each).outcome for each in messages)
    assert outcomes == {"done": 1, "duplicate": 7}
    assert Role.objects.get(role_id=3).next_turn == 1
