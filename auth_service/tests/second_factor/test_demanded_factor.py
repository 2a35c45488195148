"""Roles that demand a second factor: without one they open nothing but the way to get one."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import jwt
import pytest
from conftest import PASSWORD
from django.utils import timezone
from rest_framework.test import APIClient
from second_factors import app_code, with_app

from auth_service.access.models import Role
from auth_service.accounts.models import User
from auth_service.tokens.models import Session

pytestmark = pytest.mark.django_db
Person = Callable[..., User]
FindRole = Callable[[str, str], Role]


@pytest.fixture
def demanded(role: FindRole) -> Role:
    l1 = role("tts", "L1 Support")
    Role.objects.filter(pk=l1.pk).update(requires_second_factor=True)
    return l1


def sign_in(client: APIClient, name: str = "ana") -> dict[str, str]:
    answer = client.post("/token/", {"username": name, "password": PASSWORD})
    assert answer.status_code == 200
    return dict(answer.json())


def claims(token: str) -> dict[str, Any]:
    return dict(jwt.decode(token, options={"verify_signature": False}))


def test_such_a_session_carries_no_rights_and_opens_the_setup_only(
    anonymous: APIClient, person: Person, demanded: Role
) -> None:
    person("ana", ("tts", "L1 Support"))
    tokens = sign_in(anonymous)
    assert claims(tokens["access"])["roles"] == claims(tokens["access"])["permissions"] == []
    bearer = {"Authorization": f"Bearer {tokens['access']}"}
    for path in ("/api/v1/users/me/", "/api/v1/sessions/", "/api/v1/roles/"):
        answer = anonymous.get(path, headers=bearer)
        assert (answer.status_code, answer.json()["code"]) == (403, "SECOND_FACTOR_REQUIRED")
    assert anonymous.get("/api/v1/2fa/", headers=bearer).json()["required"] is True
    assert anonymous.post("/logout/", headers=bearer).status_code == 200


def test_setting_it_up_opens_the_rest(anonymous: APIClient, person: Person, demanded: Role) -> None:
    person("ana", ("tts", "L1 Support"))
    tokens = sign_in(anonymous)
    bearer = {"Authorization": f"Bearer {tokens['access']}"}
    setup = anonymous.post("/api/v1/2fa/totp/setup/", {"password": PASSWORD}, headers=bearer)
    code = app_code(secret=setup.json()["secret"])
    body = {"password": PASSWORD, "code": code}
    enabled = anonymous.post("/api/v1/2fa/totp/enable/", body, headers=bearer)
    assert enabled.status_code == 200
    fresh = anonymous.post("/token/refresh/", {"refresh": tokens["refresh"]}).json()
    assert claims(fresh["access"])["roles"] == [{"system": "tts", "role": "L1 Support"}]
    bearer = {"Authorization": f"Bearer {fresh['access']}"}
    assert anonymous.get("/api/v1/users/me/", headers=bearer).status_code == 200


def test_demanding_it_takes_the_rights_of_those_without_one(
    admin: APIClient, anonymous: APIClient, person: Person, role: FindRole, settings: Any
) -> None:
    for name in ("ana", "ben"):
        person(name, ("tts", "L1 Support"))
    tokens = {name: sign_in(anonymous, name) for name in ("ana", "ben")}
    with_app(User.objects.get(username="ben"), settings.SIGNING_KEY_SECRET)
    path = f"/api/v1/roles/{role('tts', 'L1 Support').pk}/"
    answer = admin.patch(path, {"requires_second_factor": True})
    assert (answer.status_code, answer.json()["requires_second_factor"]) == (200, True)
    for name in ("ana", "ben"):
        bearer = {"Authorization": f"Bearer {tokens[name]['access']}"}
        assert anonymous.get("/api/v1/users/me/", headers=bearer).json()["code"] == "TOKEN_EXPIRED"
    fresh = {
        name: anonymous.post("/token/refresh/", {"refresh": each["refresh"]}).json()
        for name, each in tokens.items()
    }
    assert claims(fresh["ana"]["access"])["roles"] == []
    assert claims(fresh["ben"]["access"])["roles"] == [{"system": "tts", "role": "L1 Support"}]


def test_demanding_it_needs_a_recent_password(admin: APIClient, role: FindRole) -> None:
    path = f"/api/v1/roles/{role('tts', 'L1 Support').pk}/"
    Session.objects.update(proved_at=timezone.now() - timedelta(minutes=16))
    answer = admin.patch(path, {"requires_second_factor": True})
    assert (answer.status_code, answer.json()["code"]) == (403, "REAUTHENTICATION_REQUIRED")
    assert admin.patch(path, {"requires_second_factor": False}).status_code != 403
    assert admin.post("/api/v1/reauthenticate/", {"password": PASSWORD}).status_code == 200
    assert admin.patch(path, {"requires_second_factor": True}).status_code == 200


def test_another_systems_administrator_demands_nothing(
    ams_admin: APIClient, role: FindRole
) -> None:
    path = f"/api/v1/roles/{role('tts', 'L1 Support').pk}/"
    assert ams_admin.patch(path, {"requires_second_factor": True}).status_code == 403
    assert not Role.objects.filter(requires_second_factor=True).exists()


def test_the_django_admin_is_closed_as_well(client: Any, person: Person, role: FindRole) -> None:
    person("boss", ("tts", "Admin"))
    Role.objects.filter(pk=role("tts", "Admin").pk).update(requires_second_factor=True)
    form = {"username": "boss", "password": PASSWORD, "next": "/admin/"}
    assert client.post("/admin/login/", form).status_code == 200
    assert client.get("/admin/").status_code == 302
