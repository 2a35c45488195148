"""Races on real PostgreSQL: threads, a barrier, one connection each."""

import threading
from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

import pytest
from django.db import connection

from auth_service.accounts.models import User
from auth_service.audit.models import AuditEntry
from auth_service.tokens import services, sessions
from auth_service.tokens.keyring import Keyring
from auth_service.tokens.models import RefreshToken, Session, SigningKey
from servicekit.errors import Unauthenticated

pytestmark = pytest.mark.django_db(transaction=True)
Person = Callable[..., User]
T = TypeVar("T")
CALLERS = 50


def at_once(work: Callable[[], T], *, callers: int) -> list[T]:
    """Run `work` in so many threads, all of them released together."""
    barrier = threading.Barrier(callers)
    results: list[T] = []

    def run() -> None:
        connection.ensure_connection()
        barrier.wait(30)
        try:
            results.append(work())
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(callers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(results) == callers
    return results


def test_of_fifty_refreshes_at_once_exactly_one_wins(person: Person, at: datetime) -> None:
    user = person("ana", ("tts", "L1 Support"))
    client = sessions.Client()
    token = sessions.begin(user_id=user.pk, client=client, at=at).token

    def refresh() -> bool:
        try:
            services.refresh(token=token, client=client, at=at)
        except Unauthenticated:
            return False
        return True

    results = at_once(refresh, callers=CALLERS)
    assert results.count(True) == 1
    assert RefreshToken.objects.count() == 2
    assert Session.objects.get().end_reason == "reuse"
    assert AuditEntry.objects.filter(action="refresh_token_reused").count() == 1


def test_twenty_processes_that_need_the_first_key_make_one(at: datetime) -> None:
    kids = at_once(lambda: Keyring().signing(at=at)[0], callers=20)
    assert len(set(kids)) == 1
    assert SigningKey.objects.count() == 1
