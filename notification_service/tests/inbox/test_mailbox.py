from datetime import datetime
from functools import partial

import pytest
from django.db import IntegrityError, connection, transaction

from notification_service.inbox import services
from notification_service.inbox.models import InAppNotification, Mailbox
from notification_service.inbox.services import Alert
from servicekit.testing.races import race

ALERT = Alert(subject="S", message="M", notification_type="system")


@pytest.mark.django_db
def test_an_alert_for_several_people_goes_once_to_each(now: datetime) -> None:
    rows = services.create_alerts(user_ids=[3, 1, 3, 2], alert=ALERT, at=now)
    assert sorted(row.user_id for row in rows) == [1, 2, 3]
    assert all(row.id for row in rows)


@pytest.mark.django_db
def test_the_counters_agree_with_the_alerts_after_anything(now: datetime) -> None:
    rows = [services.create_alerts(user_ids=[1], alert=ALERT, at=now)[0] for _ in range(5)]
    services.mark(notification_id=rows[1].id, user_id=1, is_read=True, at=now)
    services.mark(notification_id=rows[1].id, user_id=1, is_read=True, at=now)
    services.mark_all_read(user_id=1, at=now)
    services.mark(notification_id=rows[2].id, user_id=1, is_read=False, at=now)
    services.create_alerts(user_ids=[1], alert=ALERT, at=now)
    _counters_agree(1)


@pytest.mark.django_db
def test_the_database_refuses_a_read_alert_without_a_time(now: datetime) -> None:
    services.create_alerts(user_ids=[1], alert=ALERT, at=now)
    with pytest.raises(IntegrityError), transaction.atomic():
        InAppNotification.objects.update(is_read=True)


@pytest.mark.django_db(transaction=True)
def test_alerts_and_marks_at_the_same_time_keep_count_and_order(now: datetime) -> None:
    def work(number: int) -> None:
        for turn in range(10):
            services.create_alerts(user_ids=[1, 2], alert=ALERT, at=now)
            if number % 2 and turn % 3 == 0:
                services.mark_all_read(user_id=1, at=now)

    race(*(partial(work, number) for number in range(8)))
    for user_id in (1, 2):
        seqs = InAppNotification.objects.filter(user_id=user_id).order_by("seq")
        assert list(seqs.values_list("seq", flat=True)) == list(range(1, 81))
        _counters_agree(user_id)


@pytest.mark.django_db
def test_unread_alerts_are_found_by_the_partial_index(now: datetime) -> None:
    for _ in range(50):
        services.create_alerts(user_ids=range(1, 41), alert=ALERT, at=now)
    InAppNotification.objects.exclude(seq=50).update(is_read=True, read_at=now)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE alerts_inappnotification")
        cursor.execute(
            "EXPLAIN SELECT * FROM alerts_inappnotification"
            " WHERE user_id = 7 AND NOT is_read ORDER BY id DESC LIMIT 10"
        )
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "alert_unread_of_user" in plan


def _counters_agree(user_id: int) -> None:
    box = Mailbox.objects.get(user_id=user_id)
    alerts = InAppNotification.objects.filter(user_id=user_id)
    assert box.total == alerts.count()
    assert box.unread == alerts.filter(is_read=False).count()
    assert box.head_seq == alerts.order_by("-seq")[0].seq
