"""Two administrators rotate one key at the same moment: one gets a new one."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from conftest import AT

from auth_service.accounts.models import User
from auth_service.audit.actors import OPERATOR
from auth_service.credentials import services
from auth_service.credentials.models import Kind, Secret
from servicekit.testing.races import race

pytestmark = pytest.mark.django_db(transaction=True)


def test_rotating_one_key_twice_at_once_makes_one_new_key(person: Callable[..., User]) -> None:
    made = services.create(kind=Kind.API_KEY, name="CI", scopes=["users:read"], by=OPERATOR, at=AT)
    seen = services.current_secret(Kind.API_KEY, made.credential.pk)

    def rotate() -> str:
        try:
            shown = services.rotate(
                kind=Kind.API_KEY,
                credential_id=made.credential.pk,
                by=OPERATOR,
                at=AT + timedelta(minutes=1),
                current=seen,
            )
        except services.RotatedJustNow:
            return ""
        return shown.secret

    secrets = sorted(race(*[rotate] * 2))
    assert secrets[0] == ""
    assert secrets[1].startswith(made.credential.public_id)
    assert Secret.objects.filter(valid_until=None).count() == 1
    assert Secret.objects.count() == 2
