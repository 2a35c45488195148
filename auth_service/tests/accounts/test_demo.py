"""The demo data and the first administrator."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from rest_framework.test import APIClient

from auth_service.access.models import Membership
from auth_service.accounts.demo import PEOPLE
from auth_service.accounts.models import User
from servicekit.outbox.models import OutboxMessage

pytestmark = pytest.mark.django_db


def seed() -> None:
    call_command("seed_demo", stdout=StringIO())


def test_the_demo_people_can_sign_in_with_their_roles(anonymous: APIClient) -> None:
    seed()
    assert {each.username for each in PEOPLE} == {
        *("admin", "coordinator", "l1.ana", "l1.ben", "l1.cho"),
        *("l2.dee", "l2.eli", "asset.fay", "budget.gus"),
    }
    body = {"username": "l1.ana", "password": "Demo-Passw0rd!"}
    token = anonymous.post("/token/", body).json()["access"]
    me = anonymous.get("/api/v1/users/me/", headers={"Authorization": f"Bearer {token}"}).json()
    assert [each["role_name"] for each in me["roles"]] == ["L1 Support"]
    assert User.objects.get(username="admin").is_superuser


def test_seeding_again_changes_nothing() -> None:
    seed()
    counts = (User.objects.count(), Membership.objects.count(), OutboxMessage.objects.count())
    seed()
    assert counts == (
        User.objects.count(),
        Membership.objects.count(),
        OutboxMessage.objects.count(),
    )


def test_production_has_no_demo_people(settings: Any) -> None:
    settings.PROFILE = "production"
    with pytest.raises(CommandError):
        seed()
    assert not User.objects.exists()


def test_the_first_administrator_administers_every_system(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TTS_ADMIN_PASSWORD", "A-Long-Enough-Secret-1")
    call_command("create_admin", "root", "root@example.com", stdout=StringIO())
    root = User.objects.get()
    assert root.is_superuser
    assert root.memberships.count() == 4
    monkeypatch.setenv("TTS_ADMIN_PASSWORD", "short")
    with pytest.raises(CommandError):
        call_command("create_admin", "other", "other@example.com")
