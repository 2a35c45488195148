"""The relay publishes each committed message at least once, under the same id, and loses none."""

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone
from kit_app.celery import app
from kit_app.contracts import Good, Nowhere
from kit_app.models import Effect, has_more_effects
from kit_app.wire import QUEUES, environment

from servicekit import outbox
from servicekit.inbox.models import InboxMessage
from servicekit.messaging.publisher import Publisher
from servicekit.outbox import services
from servicekit.outbox.models import OutboxMessage
from servicekit.outbox.relay import Relay
from servicekit.testing.broker import Broker
from servicekit.testing.races import race
from servicekit.testing.worker import PATIENCE_S, process, wait_until, worker_command

pytestmark = pytest.mark.django_db(transaction=True)
RELAY = [sys.executable, "-m", "django", "relay"]


@pytest.fixture(autouse=True)
def queues(broker: Broker) -> Broker:
    broker.declare(*QUEUES)
    return broker


@pytest.fixture
def relay() -> Iterator[Relay]:
    made = Relay(app)
    yield made
    made.close()


def record(*subjects: str) -> None:
    with transaction.atomic():
        outbox.record(*(Good(subject=each) for each in subjects))


def test_recording_outside_a_transaction_is_refused() -> None:
    with pytest.raises(transaction.TransactionManagementError):
        outbox.record(Good(subject="x"))


def test_recording_many_costs_one_statement(
    django_assert_num_queries: Callable[[int], Any],
) -> None:
    with transaction.atomic(), django_assert_num_queries(1):
        outbox.record(*(Good(subject=str(number)) for number in range(5)))


def test_a_message_of_a_rolled_back_transaction_is_never_published(
    relay: Relay, queues: Broker
) -> None:
    with transaction.atomic():
        outbox.record(Good(subject="x"))
        transaction.set_rollback(True)
    assert relay.publish_batch() == 0
    assert queues.count("kit.good") == 0


def test_a_batch_is_published_confirmed_and_marked(relay: Relay, queues: Broker) -> None:
    record(*map(str, range(250)))
    assert (relay.publish_batch(), relay.publish_batch(), relay.publish_batch()) == (200, 50, 0)
    assert queues.count("kit.good") == 250
    assert not OutboxMessage.objects.filter(published_at=None).exists()
    sent = queues.take("kit.good")
    assert sent.headers["id"] == str(OutboxMessage.objects.order_by("id")[0].message_id)
    assert sent.properties["delivery_mode"] == 2


def test_a_message_to_a_queue_that_does_not_exist_stays_and_stops_no_other(
    relay: Relay, queues: Broker
) -> None:
    with transaction.atomic():
        outbox.record(Nowhere(), Good(subject="x"))
    relay.publish_batch()
    assert queues.count("kit.good") == 1
    left = OutboxMessage.objects.get(published_at=None)
    assert "does not exist" in left.last_error
    assert left.next_attempt_at > timezone.now()


def test_rows_that_commit_late_are_published_although_their_ids_are_lower(
    relay: Relay, queues: Broker
) -> None:
    begun, may_commit = threading.Event(), threading.Event()

    def commit_late() -> None:
        with transaction.atomic():
            outbox.record(Good(subject="late"))
            begun.set()
            assert may_commit.wait(PATIENCE_S)

    def publish_early() -> None:
        assert begun.wait(PATIENCE_S)
        record("early")
        relay.publish_batch()
        may_commit.set()

    race(commit_late, publish_early)
    relay.publish_batch()
    assert queues.count("kit.good") == 2


def test_two_relays_publish_each_message_once(queues: Broker) -> None:
    record(*map(str, range(300)))

    def drain() -> None:
        with closing(Relay(app)) as one:
            while one.publish_batch():
                pass

    race(drain, drain)
    assert queues.count("kit.good") == 300


def test_a_relay_killed_between_confirm_and_commit_publishes_again_under_the_same_id(
    queues: Broker,
) -> None:
    class Killed(BaseException):
        pass

    class DiesAfterConfirm(Publisher):
        def publish_all(self, batch: Any) -> dict[int, str]:
            super().publish_all(batch)
            raise Killed

    record("x")
    with closing(Relay(app, publisher=DiesAfterConfirm)) as dying, pytest.raises(Killed):
        dying.publish_batch()
    with closing(Relay(app)) as next_one:
        next_one.publish_batch()
    assert queues.take("kit.good").headers["id"] == queues.take("kit.good").headers["id"]


def test_killed_relays_and_lost_connections_lose_nothing_and_double_no_effect(
    queues: Broker,
) -> None:
    with process(*worker_command("kit_app.celery", *QUEUES), **environment()):
        for round_number in range(3):
            record(*(f"{round_number}-{number}" for number in range(300)))
            with process(*RELAY, start_new_session=True, **environment()) as running:
                before = 300 * round_number
                wait_until(partial(has_more_effects, than=before))
                os.killpg(running.pid, signal.SIGKILL)
        with process(*RELAY, **environment()):
            record("after")
            wait_until(lambda: Effect.objects.filter(subject="after").exists())
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
            queues.close_all_other_connections()
            record("after the connections were lost")
            wait_until(lambda: Effect.objects.count() == 902, what="all effects")
    assert InboxMessage.objects.count() == 902


def test_old_published_messages_are_purged_and_waiting_ones_kept(relay: Relay) -> None:
    record("old", "new")
    relay.publish_batch()
    record("waiting")
    long_ago = timezone.now() - services.KEEP_PUBLISHED * 2
    OutboxMessage.objects.filter(kwargs__subject="old").update(published_at=long_ago)
    assert services.purge(at=timezone.now()) == 1
    assert OutboxMessage.objects.count() == 2
