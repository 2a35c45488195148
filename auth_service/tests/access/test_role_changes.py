"""What a role grants has changed: tokens that say otherwise end, everywhere."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from auth_service.access import services
from auth_service.access.builtin import ROLES
from auth_service.access.models import Membership, Role
from auth_service.access.services import holders
from auth_service.accounts.models import User
from auth_service.audit.actors import OPERATOR
from servicekit.contracts import TokensRevoked
from servicekit.testing.races import race

pytestmark = pytest.mark.django_db
Person = Callable[..., User]


@pytest.fixture
def brief(builtin: None, at: datetime) -> Role:
    return services.create_role(
        system="tts", name="Brief", description="", permissions=["a"], by=OPERATOR, at=at
    )


def give(role: Role, *users: User, at: datetime) -> None:
    for user in users:
        services.grant_role(user_id=user.pk, role_id=role.pk, system="tts", by=OPERATOR, at=at)


def change(role: Role, *, at: datetime, **wanted: Any) -> Role:
    given: dict[str, Any] = {"name": None, "description": None, "permissions": None} | wanted
    return services.update_role(role_id=role.pk, **given, by=OPERATOR, at=at)


def versions() -> dict[str, int]:
    return dict(User.objects.values_list("username", "token_version"))


@pytest.mark.parametrize(
    ("wanted", "ends"),
    [
        ({"permissions": ["a", "b"]}, True),
        ({"permissions": []}, True),
        ({"name": "Short"}, True),
        ({"permissions": ["a"]}, False),
        ({"description": "What it is for."}, False),
    ],
)
def test_tokens_of_the_holders_end_when_what_they_carry_changes(
    brief: Role, person: Person, at: datetime, outbox_of: Any, wanted: Any, ends: bool
) -> None:
    ana, ben, sleeping = person("ana"), person("ben"), person("cho")
    give(brief, ana, sleeping, at=at)
    Membership.objects.filter(user=sleeping).update(is_active=False)
    before = versions()
    change(brief, at=at, **wanted)
    after = versions()
    assert after["ana"] - before["ana"] == int(ends)
    assert (after["ben"], after["cho"]) == (before["ben"], before["cho"])
    told = [(each.user_id, each.version) for each in outbox_of(TokensRevoked)]
    assert told == ([(ana.pk, after["ana"])] if ends else [])
    assert ben.pk not in dict(told)


def test_a_token_of_before_is_refused_at_once_and_a_fresh_one_has_the_rights_of_now(
    brief: Role, person: Person, signed_in: Callable[[User], APIClient], at: datetime
) -> None:
    user = person("ana")
    give(brief, user, at=at)
    client = signed_in(user)
    assert client.get("/api/v1/users/me/").status_code == 200
    change(brief, at=at, permissions=["b"])
    assert client.get("/api/v1/users/me/").json()["code"] == "TOKEN_EXPIRED"
    user.refresh_from_db()
    assert signed_in(user).get("/api/v1/users/me/").status_code == 200


def test_a_release_that_changes_a_built_in_role_counts_too(
    person: Person, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    person("ana", ("tts", "L1 Support"))
    before = versions()
    wanted = ROLES | {"tts": ROLES["tts"] | {"L1 Support": ("First line.", ["tasks.view"])}}
    monkeypatch.setattr("auth_service.access.services.builtin.ROLES", wanted)
    services.ensure_builtin(at=at)
    assert versions() == {"ana": before["ana"] + 1}


def test_a_large_role_is_done_in_batches(
    brief: Role, at: datetime, outbox_of: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(holders, "BATCH", 10)
    people = User.objects.bulk_create(
        User(username=f"n{n}", email=f"n{n}@example.com") for n in range(35)
    )
    Membership.objects.bulk_create(Membership(user=each, role=brief) for each in people)
    with CaptureQueriesContext(connection) as seen:
        change(brief, at=at, permissions=["b"])
    assert len(seen) < 20
    assert User.objects.filter(token_version=2).count() == 10
    holders.revoke_remaining(at=at)
    assert User.objects.filter(token_version=2).count() == 35
    assert len({each.user_id for each in outbox_of(TokensRevoked)}) == 35
    assert not Role.objects.exclude(revoked_up_to=None).exists()


def test_a_change_in_the_middle_of_another_starts_again(
    brief: Role, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(holders, "BATCH", 10)
    people = User.objects.bulk_create(
        User(username=f"n{n}", email=f"n{n}@example.com") for n in range(25)
    )
    Membership.objects.bulk_create(Membership(user=each, role=brief) for each in people)
    change(brief, at=at, permissions=["b"])
    change(brief, at=at, permissions=["c"])
    holders.revoke_remaining(at=at)
    assert set(User.objects.values_list("token_version", flat=True)) == {2, 3}
    assert User.objects.filter(token_version=3).count() == 10


@pytest.mark.django_db(transaction=True)
def test_many_changes_at_once_end_tokens_as_often(
    brief: Role, person: Person, at: datetime
) -> None:
    other = services.create_role(
        system="tts", name="Other", description="", permissions=[], by=OPERATOR, at=at
    )
    people = [person(f"n{n}") for n in range(5)]
    for role in (brief, other):
        give(role, *people, at=at)
    turns = iter(range(8))

    def run() -> None:
        turn = next(turns)
        change(brief if turn % 2 else other, at=at, permissions=[f"p{turn}"])

    race(*[run] * 8)
    assert set(versions().values()) == {9}
