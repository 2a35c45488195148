from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest

from notification_service.email import digests
from notification_service.email import services as email
from notification_service.email.models import Email, State
from notification_service.email.services import Wanted
from notification_service.inbox import services as inbox
from notification_service.inbox.services import Alert
from notification_service.preferences.digest import Every, next_digest
from notification_service.preferences.quiet import QuietHours
from notification_service.templates import catalog

URL = "/api/v2/preferences/"
NIGHT = QuietHours(start=time(22), end=time(7), timezone="Europe/Madrid")


@pytest.mark.parametrize(
    ("at", "over_at"),
    [
        ("2026-01-15T20:59:00Z", "2026-01-15T20:59:00Z"),
        ("2026-01-15T21:00:00Z", "2026-01-16T06:00:00Z"),
        ("2026-01-16T05:59:59Z", "2026-01-16T06:00:00Z"),
        ("2026-01-16T06:00:00Z", "2026-01-16T06:00:00Z"),
        ("2026-07-15T20:30:00Z", "2026-07-16T05:00:00Z"),
        ("2026-03-28T22:00:00Z", "2026-03-29T05:00:00Z"),
        ("2026-10-24T21:00:00Z", "2026-10-25T06:00:00Z"),
    ],
)
def test_quiet_hours_end_in_the_persons_own_time_also_when_clocks_change(
    at: str, over_at: str
) -> None:
    assert NIGHT.over_at(datetime.fromisoformat(at)) == datetime.fromisoformat(over_at)


def test_quiet_hours_within_a_day() -> None:
    lunch = QuietHours(start=time(12), end=time(13, 30), timezone="UTC")
    noon = datetime(2026, 5, 1, 12, tzinfo=UTC)
    assert lunch.over_at(noon) == noon + timedelta(hours=1, minutes=30)
    assert lunch.over_at(noon - timedelta(seconds=1)) == noon - timedelta(seconds=1)


@pytest.mark.django_db
class TestApi:
    def test_everything_is_on_before_anybody_chose(self, ana: Any) -> None:
        body = ana.get(URL).json()
        assert list(body["channels"]) == list(catalog.TYPES)
        assert all(each["email"] and each["in_app"] for each in body["channels"].values())
        assert body["quiet_hours"] is None

    def test_choices_are_saved_as_a_whole(self, ana: Any) -> None:
        wanted = {
            "channels": {"mention": {"email": False}, "sla_warning": {"in_app": False}},
            "quiet_hours": {"start": "22:00", "end": "07:00"},
            "timezone": "Europe/Madrid",
        }
        body = ana.put(URL, wanted).json()
        assert body["message"]
        assert (
            body["channels"]["mention"] | {"email": False, "in_app": True}
            == (body["channels"]["mention"])
        )
        assert body["quiet_hours"] == {"start": "22:00", "end": "07:00"}
        body.pop("message")
        assert ana.get(URL).json() == body
        assert ana.put(URL, {}).json()["channels"]["mention"]["email"] is True

    @pytest.mark.parametrize(
        ("wanted", "field"),
        [
            ({"channels": {"otp": {"email": False}}}, "channels.otp"),
            ({"channels": {"no_such": {}}}, None),
            ({"timezone": "Mars/Olympus"}, "timezone"),
            ({"timezone": "../../etc/passwd"}, "timezone"),
            ({"quiet_hours": {"start": "22:00", "end": "22:00"}}, "quiet_hours"),
            ({"quiet_hours": {"start": "22:00"}}, "quiet_hours.end"),
            ({"quiet_hours": {"start": "25:00", "end": "07:00"}}, "quiet_hours.start"),
        ],
    )
    def test_what_makes_no_sense_is_a_400(
        self, ana: Any, wanted: dict[str, Any], field: str | None
    ) -> None:
        answer = ana.put(URL, wanted)
        assert answer.status_code == 400
        if field:
            assert answer.json()["details"]["field"] == field

    def test_not_without_a_token(self, anonymous: Any) -> None:
        assert anonymous.get(URL).status_code == 401
        assert anonymous.put(URL, {}).status_code == 401


@pytest.mark.django_db
class TestEffect:
    def test_a_mail_that_is_not_wanted_is_logged_and_not_sent(
        self, ana: Any, now: datetime
    ) -> None:
        ana.put(URL, {"channels": {"mention": {"email": False}}})
        by_id = Wanted(to="x@example.com", user_id=1, notification_type="mention", source="t")
        by_address = Wanted(to="L1.Ana@example.com", notification_type="mention", source="t")
        other = Wanted(to="ben@example.com", notification_type="mention", source="t")
        states = [email.queue_mail(each, at=now).state for each in (by_id, by_address, other)]
        assert states == [State.SUPPRESSED, State.SUPPRESSED, State.QUEUED]
        assert email.claim_due(limit=9, at=now) == [Email.objects.latest("id")]

    def test_an_alert_that_is_not_wanted_is_not_made(self, ana: Any, now: datetime) -> None:
        ana.put(URL, {"channels": {"mention": {"in_app": False}}})
        alert = Alert(subject="s", message="m", notification_type="mention")
        assert inbox.alert_people(user_ids=[1, 2], alert=alert, at=now) == 1

    def test_quiet_hours_put_mail_off_but_never_a_code(self, ana: Any) -> None:
        ana.put(URL, {"quiet_hours": {"start": "22:00", "end": "07:00"}})
        at = datetime(2026, 5, 1, 23, tzinfo=UTC)
        put_off, at_once = (
            email.queue_mail(
                Wanted(to="l1.ana@example.com", notification_type=name, source="t"), at=at
            )
            for name in ("mention", "otp")
        )
        assert put_off.next_attempt_at == datetime(2026, 5, 2, 7, tzinfo=UTC)
        assert at_once.next_attempt_at == at


@pytest.mark.parametrize(
    ("after", "every", "due"),
    [
        ("2026-05-01T10:20:30Z", "hourly", "2026-05-01T11:00:00Z"),
        ("2026-05-01T10:00:00Z", "hourly", "2026-05-01T11:00:00Z"),
        ("2026-05-01T05:59:59Z", "daily", "2026-05-01T06:00:00Z"),
        ("2026-05-01T06:00:00Z", "daily", "2026-05-02T06:00:00Z"),
        ("2026-10-24T12:00:00Z", "daily", "2026-10-25T07:00:00Z"),
    ],
)
def test_a_digest_is_due_in_the_persons_own_time(after: str, every: Every, due: str) -> None:
    found = next_digest(
        after=datetime.fromisoformat(after),
        every=every,
        daily_at=time(8),
        timezone="Europe/Madrid",
    )
    assert found == datetime.fromisoformat(due)


@pytest.mark.django_db
def test_a_digest_collects_what_came_since_and_lets_urgent_mail_pass(ana: Any) -> None:
    ana.put(URL, {"digest": "hourly"})
    at = datetime(2026, 5, 1, 10, 20, tzinfo=UTC)

    def queue(name: str, **context: str) -> Email:
        wanted = Wanted(to="l1.ana@example.com", notification_type=name, source="t")
        return email.queue_mail(replace(wanted, context=context), at=at)

    held = [queue("mention", task_id="T-7"), queue("comment_added"), queue("task_assignment")]
    assert {mail.state for mail in held} == {State.HELD}
    assert queue("sla_breach").state == queue("otp").state == State.QUEUED
    assert digests.bundle_next(at=at) is None
    digest = digests.bundle_next(at=at + timedelta(minutes=40))
    assert digest is not None
    assert (digest.state, digest.subject) == (State.QUEUED, "3 notifications from Service Desk")
    assert "mentioned you on T-7" in digest.text
    assert set(digest.bundled.values_list("id", flat=True)) == {mail.id for mail in held}
    assert digests.bundle_next(at=at + timedelta(minutes=41)) is None


@pytest.mark.django_db
@pytest.mark.parametrize("letter", ["я", "票", "🎫", "&", '"', "<"])
def test_a_digest_of_the_longest_subjects_goes_out_whole(ana: Any, letter: str) -> None:
    ana.put(URL, {"digest": "hourly"})
    at = datetime(2026, 5, 1, 10, 20, tzinfo=UTC)
    wanted = Wanted(
        to="l1.ana@example.com",
        notification_type="task_assignment",
        context={"task_title": letter * 200},
        source="t",
    )
    for _ in range(digests.MAX_ITEMS + 1):
        email.queue_mail(wanted, at=at)

    bundled = []
    while (mail := digests.bundle_next(at=at + timedelta(hours=1))) is not None:
        bundled.append(mail)
    assert not Email.objects.filter(state=State.HELD).exists()
    assert sum(max(1, mail.bundled.count()) for mail in bundled) == digests.MAX_ITEMS + 1


@pytest.mark.django_db
def test_a_digest_of_one_is_that_mail_itself(ana: Any) -> None:
    ana.put(URL, {"digest": "daily", "digest_at": "08:00"})
    at = datetime(2026, 5, 1, 10, tzinfo=UTC)
    wanted = Wanted(to="l1.ana@example.com", notification_type="mention", source="t")
    mail = email.queue_mail(wanted, at=at)
    assert mail.next_attempt_at == datetime(2026, 5, 2, 8, tzinfo=UTC)
    assert digests.bundle_next(at=at + timedelta(days=1)) == mail
    mail.refresh_from_db()
    assert mail.state == State.QUEUED
