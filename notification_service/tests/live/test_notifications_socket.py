from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from websockets.exceptions import InvalidStatus

from notification_service.inbox import services
from notification_service.inbox.services import Alert
from notification_service.live import pokes

pytestmark = pytest.mark.django_db(transaction=True)
Open = Callable[..., Any]


def give(*user_ids: int, subject: str = "New", at: datetime) -> None:
    alert = Alert(subject=subject, message="m", notification_type="system", related_task_id="T-1")
    services.create_alerts(user_ids=user_ids, alert=alert, at=at)


@contextmanager
def database_away() -> Iterator[None]:
    """Let every read of the running service fail."""
    with connection.cursor() as cursor:
        for table in ("alerts_mailbox", "alerts_inappnotification"):
            cursor.execute(f"ALTER TABLE {table} RENAME TO {table}_away")
        try:
            yield
        finally:
            for table in ("alerts_mailbox", "alerts_inappnotification"):
                cursor.execute(f"ALTER TABLE {table}_away RENAME TO {table}")


def test_it_says_where_the_log_stands_and_then_what_comes(open_socket: Open, now: datetime) -> None:
    give(1, at=now)
    ana = open_socket(user_id=1)
    assert ana.wire.subprotocol == "tts.v1"
    assert ana.frame() == {"type": "connection_established", "last_seq": 1}
    assert ana.frame() == {"type": "unread", "count": 1}
    give(1, subject="Fresh", at=now)
    frame = ana.frame("notification")
    assert (frame["seq"], frame["notification"]["subject"]) == (2, "Fresh")
    assert frame["notification"]["related_task_id"] == "T-1"
    assert ana.frame("unread")["count"] == 2


def test_reading_in_one_tab_changes_the_count_in_the_other(
    open_socket: Open, now: datetime
) -> None:
    give(1, at=now)
    ana = open_socket(user_id=1)
    assert ana.frame("unread")["count"] == 1
    services.mark_all_read(user_id=1, at=now)
    assert ana.frame("unread")["count"] == 0


def test_nobody_hears_of_somebody_elses_alerts(open_socket: Open, now: datetime) -> None:
    ana, ben = open_socket(user_id=1), open_socket(user_id=2)
    give(2, subject="Only for Ben", at=now)
    assert ben.frame("notification")["notification"]["subject"] == "Only for Ben"
    seen = [ana.frame()["type"] for _ in range(4)]
    assert "notification" not in seen


def test_who_was_cut_off_gets_everything_after_the_last_seq(
    open_socket: Open, now: datetime
) -> None:
    for number in range(150):
        give(1, subject=f"N{number}", at=now)
    ana = open_socket(user_id=1)
    ana.say(type="resume", seq=20)
    assert [ana.frame("notification")["seq"] for _ in range(130)] == list(range(21, 151))


def test_an_alert_whose_poke_was_lost_comes_with_the_next_heartbeat(
    open_socket: Open, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana = open_socket(user_id=1)
    ana.frame("unread")
    monkeypatch.setattr(pokes, "poke", lambda user_ids: None)
    give(1, subject="Late", at=now)
    assert ana.frame("notification")["notification"]["subject"] == "Late"
    assert ana.frame("heartbeat")["head_seq"] == 1


def test_the_socket_outlives_a_database_that_is_away(open_socket: Open, now: datetime) -> None:
    give(1, at=now)
    ana = open_socket(user_id=1)
    ana.frame("unread")
    with database_away():
        ana.say(type="resume", seq=0)
        pokes.poke([1])
        for _ in range(2):
            assert ana.frame()["type"] == "heartbeat"
    assert ana.frame("notification")["seq"] == 1


def test_without_the_database_a_socket_is_refused_and_not_broken(open_socket: Open) -> None:
    with database_away(), pytest.raises(InvalidStatus, match="403"):
        open_socket(user_id=1)
    assert open_socket(user_id=1).frame()["type"] == "connection_established"


def test_a_poke_that_cannot_be_sent_harms_nothing(now: datetime, settings: Any) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    give(1, at=now)
    assert services.mark_all_read(user_id=1, at=now) == 1


def test_frames_that_make_no_sense_are_answered_and_survived(open_socket: Open) -> None:
    ana = open_socket(user_id=1)
    for frame in ({"type": "dance"}, {"type": "resume"}, {"type": "resume", "seq": -1}):
        ana.say(**frame)
        assert ana.frame("error")["code"] == "VALIDATION_ERROR"
    ana.say(type="ping")
    ana.frame("pong")


@pytest.mark.parametrize("ticket", ["", "forged"])
def test_without_a_good_ticket_the_socket_is_refused(open_socket: Open, ticket: str) -> None:
    with pytest.raises(InvalidStatus, match="403"):
        open_socket(ticket=ticket)


def test_a_ticket_opens_once_and_only_its_own_path(
    open_socket: Open, ticket_for: Callable[..., str]
) -> None:
    value = ticket_for()
    open_socket(ticket=value)
    with pytest.raises(InvalidStatus, match="403"):
        open_socket(ticket=value)
    with pytest.raises(InvalidStatus, match="403"):
        open_socket(ticket=ticket_for(path="ws/comments/1/"))
    with pytest.raises(InvalidStatus, match="403"):
        open_socket(ticket=ticket_for(path="ws/other/"), path="ws/other/")


def test_no_ticket_without_a_token(anonymous: Any) -> None:
    assert anonymous.post("/ws-ticket/", {"path": "ws/notifications/"}).status_code == 401
