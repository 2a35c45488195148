"""What the services that verify tokens hear when access ends before its time."""

from collections.abc import Callable
from datetime import datetime

import pytest

from auth_service.accounts.models import User
from auth_service.tokens import revocation, sessions
from auth_service.tokens.models import End, Session
from servicekit.contracts import TokensRevoked
from servicekit.outbox.models import OutboxMessage

pytestmark = pytest.mark.django_db
Person = Callable[..., User]


def heard() -> list[tuple[int, int, str | None]]:
    told = OutboxMessage.objects.filter(task=TokensRevoked.TASK, queue=TokensRevoked.QUEUE)
    bodies = [row.kwargs for row in told.order_by("pk")]
    return [(each["user_id"], each["version"], each.get("session_id")) for each in bodies]


def begin(user: User, at: datetime) -> Session:
    return sessions.begin(user_id=user.pk, client=sessions.Client(), at=at).session


def test_ending_everything_raises_the_version_and_is_heard_once(
    person: Person, at: datetime
) -> None:
    user = person("ana")
    begin(user, at)
    begin(user, at)
    before = user.token_version
    told_before = len(heard())
    assert revocation.end_tokens(user, at=at) == 2
    assert heard()[told_before:] == [(user.pk, before + 1, None)]
    assert not Session.objects.filter(ended_at=None).exists()
    assert User.objects.get(pk=user.pk).token_version == before + 1


def test_the_end_of_one_session_names_it_and_is_told_once(person: Person, at: datetime) -> None:
    user = person("ana")
    session, other = begin(user, at), begin(user, at)
    told_before = len(heard())
    assert sessions.end(session_id=session.pk, reason=End.ADMIN, at=at)
    assert not sessions.end(session_id=session.pk, reason=End.ADMIN, at=at)
    assert heard()[told_before:] == [(user.pk, 0, str(session.pk))]
    assert Session.objects.get(ended_at=None) == other


def test_ending_the_others_keeps_this_one(person: Person, at: datetime) -> None:
    user = person("ana")
    kept = begin(user, at)
    begin(user, at)
    begin(person("ben"), at)
    ended = revocation.end_others(user_id=user.pk, kept=kept.pk, reason=End.SIGNED_OUT, at=at)
    assert ended == 1
    assert set(Session.objects.filter(ended_at=None).values_list("user__username", flat=True)) == {
        "ana",
        "ben",
    }


def test_every_service_that_verifies_tokens_gets_a_copy(person: Person, at: datetime) -> None:
    user = person("ana")
    OutboxMessage.objects.all().delete()
    revocation.revoke_tokens(user)
    assert OutboxMessage.objects.filter(task=TokensRevoked.TASK).count() == 4
