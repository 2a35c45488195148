"""Statements sent together keep the promises of statements sent one by one."""

from collections.abc import Callable

import pytest
from django.db import DataError, connection, transaction
from django.utils import timezone
from kit_app.models import Effect

from servicekit.inbox.models import InboxMessage
from servicekit.outbox.models import OutboxMessage
from servicekit.writes import commit_so_far, ended_by_commit, insert, pipelined, until_commit

pytestmark = pytest.mark.django_db(transaction=True)
TOO_LONG = "x" * 101


def test_insert_writes_given_values_and_those_of_the_database() -> None:
    at = timezone.now()
    given = OutboxMessage(task="a", queue="q", kwargs={"n": [1]}, headers={}, created_at=at)
    insert([given, OutboxMessage(task="b", queue="q", kwargs={}, headers={})])
    insert([])

    first, second = OutboxMessage.objects.order_by("task")
    assert (first.message_id, first.kwargs, first.created_at) == (given.message_id, {"n": [1]}, at)
    assert second.created_at >= at
    assert not given._state.adding


def test_insert_keeps_the_key_where_there_is_one() -> None:
    insert([InboxMessage(id=4_711, task="a", message_id="m")])
    assert InboxMessage.objects.get().id == 4_711


def test_a_pipeline_within_another_ends_with_it() -> None:
    with transaction.atomic():
        with pytest.raises(DataError), transaction.atomic(), pipelined():
            _within_a_pipeline([TOO_LONG, "sent, and not looked at"])
        insert([Effect(subject="after")])
    assert list(Effect.objects.values_list("subject", flat=True)) == ["after"]


def test_the_last_statements_are_stored_by_the_commit() -> None:
    with ended_by_commit(), transaction.atomic():
        insert([Effect(subject="first")])
        with until_commit():
            insert([Effect(subject="last")])
    assert connection.get_autocommit()
    assert Effect.objects.count() == 2
    assert Effect.objects.filter(subject="last").update(subject="least") == 1


def test_an_error_of_the_last_statements_undoes_the_transaction() -> None:
    with pytest.raises(DataError), ended_by_commit(), transaction.atomic():
        _at_the_end(["first", TOO_LONG])
    assert connection.get_autocommit()
    assert not Effect.objects.exists()
    insert([Effect(subject="the connection is as good as new")])
    assert Effect.objects.count() == 1


def test_an_exception_after_the_last_statements_undoes_the_transaction() -> None:
    with pytest.raises(ZeroDivisionError), ended_by_commit(), transaction.atomic():
        _at_the_end(["first", "last"], then=lambda: 1 / 0)
    assert not Effect.objects.exists()
    assert connection.get_autocommit()


def test_without_a_transaction_that_waits_for_it_the_end_is_the_end_of_the_block() -> None:
    with transaction.atomic():
        with pytest.raises(DataError), transaction.atomic(), until_commit():
            insert([Effect(subject=TOO_LONG)])
        insert([Effect(subject="after")])
    assert Effect.objects.count() == 1


def test_what_was_committed_so_far_outlives_the_transaction() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        _commit_between("before", "after")
    assert list(Effect.objects.values_list("subject", flat=True)) == ["before"]


def test_within_another_transaction_it_outlives_the_inner_one() -> None:
    with transaction.atomic():
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            _commit_between("before", "after")
        assert list(Effect.objects.values_list("subject", flat=True)) == ["before"]
        transaction.set_rollback(True)
    assert not Effect.objects.exists()


def _commit_between(first: str, second: str) -> None:
    insert([Effect(subject=first)])
    commit_so_far()
    insert([Effect(subject=second)])
    raise ZeroDivisionError


def _within_a_pipeline(subjects: list[str]) -> None:
    for subject in subjects:
        with pipelined():
            insert([Effect(subject=subject)])


def _at_the_end(subjects: list[str], then: Callable[[], object] = bool) -> None:
    insert([Effect(subject=subject) for subject in subjects[:-1]])
    with until_commit():
        insert([Effect(subject=subjects[-1])])
    then()
