"""Races on real PostgreSQL: threads, a barrier, one connection each."""

from collections.abc import Callable
from datetime import datetime

import pytest

from auth_service.accounts.models import User
from auth_service.audit.models import AuditEntry
from auth_service.tokens import services, sessions
from auth_service.tokens.keyring import Keyring
from auth_service.tokens.models import RefreshToken, Session, SigningKey
from servicekit.errors import Unauthenticated
from servicekit.testing.races import race

pytestmark = pytest.mark.django_db(transaction=True)
Person = Callable[..., User]
CALLERS = 50


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

    results = race(*[refresh] * CALLERS)
    assert results.count(True) == 1
    assert RefreshToken.objects.count() == 2
    assert Session.objects.get().end_reason == "reuse"
    assert AuditEntry.objects.filter(action="refresh_token_reused").count() == 1


def test_twenty_processes_that_need_the_first_key_make_one(at: datetime) -> None:
    kids = race(*[lambda: Keyring().signing(at=at)[0]] * 20)
    assert len(set(kids)) == 1
    assert SigningKey.objects.count() == 1
