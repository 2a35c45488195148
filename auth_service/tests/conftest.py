"""What all tests of the Auth Service share."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from django.contrib.auth.hashers import make_password
from django.utils import timezone
from rest_framework.test import APIClient

from auth_service.access import services as access
from auth_service.access.models import Role
from auth_service.accounts import services as accounts
from auth_service.accounts.first import ensure_roles
from auth_service.accounts.models import User
from auth_service.audit.actors import OPERATOR
from auth_service.tokens import keys as key_rules
from auth_service.tokens import limits, sessions
from auth_service.tokens import services as token_services
from auth_service.tokens.keyring import keyring
from servicekit.auth import keys as verifier

pytest_plugins = ["servicekit.testing.plugin"]

AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
PASSWORD = "Correct-Horse-7-Staple"
OWN_PAGE = {"X-Requested-With": "tts"}  # what our own pages send


@cache
def _one_key() -> RSAPrivateKey:
    return generate_private_key(public_exponent=65537, key_size=key_rules.BITS)


@cache
def _hash_of(password: str) -> str:
    return make_password(password)


@pytest.fixture(autouse=True)
def _fresh_keys(monkeypatch: pytest.MonkeyPatch, _believe_test_keys: None) -> None:
    """One key pair for all tests (a new one costs half a second); nothing is remembered."""
    monkeypatch.setattr(key_rules, "new_private_key", _one_key)
    monkeypatch.setattr(verifier, "REFETCH_S", 0)
    keyring.forget()


@pytest.fixture(autouse=True)
def _nobody_locked() -> None:
    redis = limits._redis()
    for key in redis.scan_iter("auth:*"):
        redis.delete(key)


@pytest.fixture
def at() -> datetime:
    return AT


@pytest.fixture
def builtin(db: None) -> None:
    access.ensure_builtin(at=AT)


@pytest.fixture
def person(builtin: None) -> Callable[..., User]:
    """Return a maker of people: `person("ana", ("tts", "L1 Support"))`."""

    def make(
        username: str, *roles: tuple[str, str], password: str | None = PASSWORD, **fields: Any
    ) -> User:
        user = accounts.create_user(
            username=username,
            email=fields.pop("email", f"{username}@example.com"),
            first_name=fields.pop("first_name", ""),
            last_name=fields.pop("last_name", ""),
            password=None,
            by=OPERATOR,
            at=AT,
            **fields,
        )
        if password:
            User.objects.filter(pk=user.pk).update(password=_hash_of(password))
        ensure_roles(user, roles=roles, at=AT)
        user.refresh_from_db()
        return user

    return make


@pytest.fixture
def signed_in() -> Callable[[User], APIClient]:
    """Return a maker of clients with a real session of that person."""

    def make(user: User) -> APIClient:
        now = timezone.now()
        issued = sessions.begin(user_id=user.pk, client=sessions.Client(), at=now)
        token = token_services._access_token(user, session=issued.session.pk, at=now)
        client = APIClient(raise_request_exception=False)
        client.credentials(HTTP_AUTHORIZATION=f"Bearer {token}")
        return client

    return make


@pytest.fixture
def admin(person: Callable[..., User], signed_in: Callable[[User], APIClient]) -> APIClient:
    return signed_in(person("tts.admin", ("tts", "Admin")))


@pytest.fixture
def ams_admin(person: Callable[..., User], signed_in: Callable[[User], APIClient]) -> APIClient:
    return signed_in(person("ams.admin", ("ams", "Admin")))


@pytest.fixture
def agent(person: Callable[..., User], signed_in: Callable[[User], APIClient]) -> APIClient:
    return signed_in(person("tts.agent", ("tts", "L1 Support")))


@pytest.fixture
def role(builtin: None) -> Callable[[str, str], Role]:
    """Return a finder of roles: `role("tts", "L1 Support")`."""

    def find(system: str, name: str) -> Role:
        return Role.objects.get(system__slug=system, name=name, is_active=True)

    return find
