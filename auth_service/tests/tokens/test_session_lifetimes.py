"""How long a family lives, with the time passed in."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from auth_service.accounts.models import User
from auth_service.tokens import sessions
from auth_service.tokens.models import End, Session
from auth_service.tokens.sessions import Client, Issued, Refusal

pytestmark = pytest.mark.django_db
Person = Callable[..., User]
DAY = timedelta(days=1)


def turn(token: str, at: datetime) -> Issued | Refusal:
    return sessions.rotate(token=token, client=Client(), at=at)


def test_a_token_idle_for_a_day_has_expired(person: Person, at: datetime) -> None:
    begun = sessions.begin(user_id=person("ana").pk, client=Client(), at=at)
    assert turn(begun.token, at + DAY) is Refusal.EXPIRED


def test_a_family_in_use_ends_after_seven_days(person: Person, at: datetime) -> None:
    issued: Issued | Refusal = sessions.begin(user_id=person("ana").pk, client=Client(), at=at)
    hours = 0
    while isinstance(issued, Issued):
        hours += 12
        token, issued = issued.token, turn(issued.token, at + timedelta(hours=hours))
    assert issued is Refusal.EXPIRED
    assert hours == 7 * 24
    assert turn(token, at + timedelta(hours=hours - 1)) is not Refusal.REUSED


def test_an_expired_token_that_was_spent_is_still_a_reuse(person: Person, at: datetime) -> None:
    begun = sessions.begin(user_id=person("ana").pk, client=Client(), at=at)
    turn(begun.token, at)
    assert turn(begun.token, at + 2 * DAY) is Refusal.REUSED


def test_an_unknown_token_is_refused(db: None, at: datetime) -> None:
    assert turn("made-up", at) is Refusal.UNKNOWN
    assert turn("\ud800", at) is Refusal.UNKNOWN


def test_all_sessions_of_one_person_end_and_no_others(person: Person, at: datetime) -> None:
    ana, ben = person("ana"), person("ben")
    for user in (ana, ana, ben):
        sessions.begin(user_id=user.pk, client=Client(user_agent="x" * 999), at=at)
    assert sessions.end_all(user_id=ana.pk, reason=End.DEACTIVATED, at=at) == 2
    assert list(Session.objects.filter(ended_at=None).values_list("user", flat=True)) == [ben.pk]


def test_old_sessions_are_discarded_a_month_after_their_end(person: Person, at: datetime) -> None:
    sessions.begin(user_id=person("ana").pk, client=Client(), at=at)
    sessions.discard_old(at=at + 36 * DAY)
    assert Session.objects.count() == 1
    sessions.discard_old(at=at + 38 * DAY)
    assert Session.objects.count() == 0
