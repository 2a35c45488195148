"""Messages from a stock Celery producer through a real broker and a real worker."""

import random
import subprocess
import uuid
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest
from celery import Celery
from django.conf import settings
from django.db import connection

from notification_service.email.mailer import Mailer
from notification_service.email.models import Email
from notification_service.inbox import services
from notification_service.inbox.models import InAppNotification
from servicekit.contracts import AssignmentNotification
from servicekit.inbox.models import InboxMessage
from servicekit.testing.broker import Broker
from servicekit.testing.worker import django_database_url, process, wait_until, worker_command

DEFAULT, INAPP = "notification-queue-default", "inapp-notification-queue"
pytestmark = pytest.mark.django_db(transaction=True)
Send = Callable[..., str]


@pytest.fixture
def send(broker: Broker) -> Iterator[Send]:
    """Publish as a producer does that has never seen our code."""
    broker.declare(DEFAULT, INAPP)
    producer = Celery(broker=settings.AMQP_URL)

    def publish(task: str, queue: str, message_id: str = "", **kwargs: Any) -> str:
        sent = message_id or str(uuid.uuid4())
        producer.send_task(task, kwargs=kwargs, queue=queue, task_id=sent, ignore_result=True)
        return sent

    yield publish
    producer.close()


@pytest.fixture
def worker(send: Send) -> Iterator[subprocess.Popen[bytes]]:
    url = django_database_url(str(connection.settings_dict["NAME"]))
    command = worker_command("notification_service.celery", DEFAULT, INAPP, concurrency=2)
    with process(*command, DATABASE_URL=url, PROCESS_KIND="worker") as running:
        yield running


def outcome_of(message_id: str) -> InboxMessage | None:
    finished = InboxMessage.objects.exclude(outcome="received")
    return finished.filter(message_id=message_id).first()


def assignment(**more: Any) -> dict[str, Any]:
    return {
        "user_id": 5,
        "task_id": "T-1",
        "task_title": "Printer on fire",
        "role_name": "L1 Support",
        "user_email": "l1.ben@example.com",
        "user_name": "Ben Ito",
        "ticket_number": "HDTS-1",
        **more,
    }


@pytest.mark.usefixtures("worker")
def test_an_assignment_sent_ten_times_is_one_alert_and_one_mail(
    send: Send, mailer: Mailer, mail_server: Any
) -> None:
    ids = [str(uuid.uuid4()) for _ in range(20)]
    deliveries = ids * 10
    random.Random(7).shuffle(deliveries)
    for message_id in deliveries:
        body = assignment(task_id=f"T-{ids.index(message_id)}")
        send("task.send_assignment_notification", DEFAULT, message_id, **body)
    wait_until(lambda: sum(InboxMessage.objects.values_list("deliveries", flat=True)) == 200)
    while mailer.send_due():
        pass
    alerts = InAppNotification.objects.filter(user_id=5)
    assert sorted(alerts.values_list("related_task_id", flat=True)) == sorted(
        f"T-{number}" for number in range(20)
    )
    assert len(mail_server.received_by("l1.ben@example.com")) == 20
    assert len({message["Message-ID"] for message in mail_server.received}) == 20
    assert "Printer on fire" in alerts[0].subject
    assert mail_server.received[0]["Subject"].startswith("New task: Printer on fire")


@pytest.mark.usefixtures("worker")
def test_every_contract_does_its_work(send: Send) -> None:
    words = {"subject": "Hello", "message": "World", "notification_type": "mention"}
    one = send("notifications.create_inapp_notification", INAPP, user_id=1, **words)
    wait_until(lambda: outcome_of(one) is not None)
    alert = InAppNotification.objects.get(user_id=1)
    many = send("notifications.bulk_create_notifications", INAPP, user_ids=[2, 3, 2], **words)
    read = send("notifications.mark_notification_read", INAPP, user_id=1, notification_id=alert.id)
    mail = send(
        "notifications.send_email",
        DEFAULT,
        to="x@example.com",
        notification_type="otp",
        context={"otp_code": "402718"},
    )
    for message_id in (many, read, mail):
        wait_until(lambda: outcome_of(message_id) is not None)  # noqa: B023
        assert outcome_of(message_id).outcome == "done"  # type: ignore[union-attr]
    assert InAppNotification.objects.filter(user_id__in=[2, 3]).count() == 2
    alert.refresh_from_db()
    assert alert.is_read
    assert "402718" in Email.objects.get(recipient="x@example.com").text


BAD = [
    (
        "notifications.send_email",
        DEFAULT,
        {"to": "x@example.com", "notification_type": "no_such", "context": {}},
        ("INVALID_PAYLOAD", "notification_type"),
    ),
    (
        "notifications.send_email",
        DEFAULT,
        {"to": "x@example.com\r\nBcc: y@example.com", "notification_type": "otp"},
        ("HEADER_INJECTION", "Line breaks"),
    ),
    (
        "notifications.send_email",
        DEFAULT,
        {"to": "nobody", "notification_type": "otp"},
        ("ADDRESS_INVALID", "e-mail address"),
    ),
    (
        "notifications.send_email",
        DEFAULT,
        {"to": "x@example.com", "notification_type": "otp", "context": {"x": "y" * 70_000}},
        ("VALIDATION_ERROR", "65536"),
    ),
    (
        "notifications.mark_notification_read",
        INAPP,
        {"user_id": 1, "notification_id": 999},
        ("RESOURCE_NOT_FOUND", "999"),
    ),
    (
        "task.send_assignment_notification",
        DEFAULT,
        {"user_id": 0, "task_id": "T-1", "task_title": "x", "role_name": "y"},
        ("INVALID_PAYLOAD", "user_id"),
    ),
]


@pytest.mark.usefixtures("worker")
def test_what_cannot_be_done_is_parked_with_its_reason_and_the_worker_goes_on(
    send: Send, broker: Broker
) -> None:
    sent = [(send(task, queue, **body), expected) for task, queue, body, expected in BAD]
    for message_id, (code, reason) in sent:
        wait_until(lambda: outcome_of(message_id) is not None)  # noqa: B023
        row = outcome_of(message_id)
        assert row is not None
        assert (row.outcome, row.code) == ("parked", code)
        assert reason in row.reason
    dead = f"{DEFAULT}_DLQ", f"{INAPP}_DLQ"
    wait_until(lambda: sum(map(broker.count, dead)) == len(BAD))
    assert not Email.objects.exists()
    good = send(
        "notifications.create_inapp_notification", INAPP, user_id=1, subject="s", message="m"
    )
    wait_until(lambda: outcome_of(good) is not None)


def test_a_bad_address_costs_the_mail_but_not_the_alert(now: datetime) -> None:
    news = AssignmentNotification(**assignment(user_email="not an address"))
    fault = services.announce_assignment(news, source="m-1", at=now)
    assert fault is not None
    assert fault.code == "ADDRESS_INVALID"
    assert InAppNotification.objects.count() == 1
    assert not Email.objects.exists()


def test_without_an_address_there_is_an_alert_and_no_mail(now: datetime) -> None:
    news = AssignmentNotification(**assignment(user_email=""))
    assert services.announce_assignment(news, source="m-1", at=now) is None
    assert InAppNotification.objects.count() == 1
    assert not Email.objects.exists()
