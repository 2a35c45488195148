"""A revoked token opens nothing any more, although its signature is good."""

from collections.abc import Callable

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from servicekit.auth.revoked import FRESH_S, revocations
from servicekit.contracts import TokensRevoked
from servicekit.revocation.models import Revocation
from servicekit.revocation.services import KEEP, purge, revoke

pytestmark = pytest.mark.django_db
Clients = Callable[..., APIClient]


def hear(*, user_id: int = 7, version: int = 2, session_id: str | None = None) -> None:
    revoke(
        TokensRevoked(user_id=user_id, version=version, session_id=session_id), at=timezone.now()
    )
    revocations.read(fresh_for_s=60)


def test_every_token_of_an_older_version_is_refused(api_as: Clients) -> None:
    hear(user_id=7, version=2)
    answer = api_as(user_id=7, ver=1).get("/effects/")
    assert (answer.status_code, answer.json()["code"]) == (401, "TOKEN_EXPIRED")
    assert api_as(user_id=7, ver=2).get("/effects/").status_code == 200
    assert api_as(user_id=8, ver=1).get("/effects/").status_code == 200


def test_only_the_ended_session_is_refused(api_as: Clients) -> None:
    hear(user_id=7, version=0, session_id="gone")
    assert api_as(user_id=7, sid="gone").get("/effects/").status_code == 401
    assert api_as(user_id=7, sid="here").get("/effects/").status_code == 200


def test_old_news_replaces_no_newer_one(api_as: Clients) -> None:
    hear(version=5)
    hear(version=3)
    assert Revocation.objects.get().version == 5
    assert api_as(user_id=7, ver=4).get("/effects/").status_code == 401


def test_what_was_read_counts_for_five_seconds(api_as: Clients) -> None:
    client = api_as(user_id=7)
    revocations.read()
    Revocation.objects.create(user_id=7, version=9, revoked_at=timezone.now())
    assert client.get("/effects/").status_code == 200
    revocations.forget(fresh_for_s=-FRESH_S)
    assert client.get("/effects/").status_code == 401


def test_revocations_are_dropped_when_no_token_can_be_that_old() -> None:
    hear()
    assert purge(at=timezone.now() + KEEP / 2) == 0
    assert purge(at=timezone.now() + KEEP * 2) == 1
