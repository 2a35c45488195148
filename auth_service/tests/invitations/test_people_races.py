"""Races for links, registrations and imports, on real PostgreSQL."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from auth_service.accounts import services as accounts
from auth_service.accounts.models import User
from auth_service.audit.actors import OPERATOR, Actor
from auth_service.invitations import services
from auth_service.invitations.models import Registration
from servicekit.contracts import SendEmail
from servicekit.errors import DomainError
from servicekit.testing.races import race

pytestmark = pytest.mark.django_db(transaction=True)
Person = Callable[..., User]
SECRET = "Quite-A-Long-Secret-9"


def outcome(work: Callable[[], object]) -> int:
    try:
        work()
    except DomainError as refusal:
        return refusal.status
    return 201


def test_of_two_who_accept_one_invitation_one_gets_in(
    person: Person, at: datetime, outbox_of: Any
) -> None:
    root = person("root", is_superuser=True)
    by = Actor(user_id=root.pk, username="root", is_superuser=True)
    names = {"first_name": "", "last_name": ""}
    services.invite(email="ana@example.com", **names, role_ids=[], by=by, at=at)
    token = outbox_of(SendEmail)[-1].context["invitation_url"].partition("=")[2]
    chosen = iter(["ana", "ben"])

    def accept() -> object:
        return services.accept(
            token=token, username=next(chosen), password=SECRET, by=Actor(), at=at
        )

    assert sorted(race(*[lambda: outcome(accept)] * 2)) == [201, 400]
    assert User.objects.count() == 2


def test_of_two_invitations_of_one_address_one_is_sent(person: Person, at: datetime) -> None:
    root = person("root", is_superuser=True)
    by = Actor(user_id=root.pk, username="root", is_superuser=True)
    wanted = {"email": "a@example.com", "first_name": "", "last_name": "", "role_ids": []}
    results = race(*[lambda: outcome(lambda: services.invite(**wanted, by=by, at=at))] * 4)
    assert sorted(results) == [201, 409, 409, 409]


def test_of_two_who_approve_one_registration_one_does(
    builtin: None, at: datetime, outbox_of: Any
) -> None:
    wanted = {"username": "ana", "email": "ana@example.com", "password": SECRET}
    services.register(**wanted, first_name="", last_name="", by=Actor(), at=at)
    row = Registration.objects.get()

    def approve() -> object:
        return services.approve(registration_id=row.pk, role_ids=[], by=OPERATOR, at=at)

    assert sorted(race(*[lambda: outcome(approve)] * 2)) == [201, 409]
    assert User.objects.count() == 1


def test_of_two_registrations_of_one_address_one_waits(builtin: None, at: datetime) -> None:
    names = iter(["ana", "ben", "cho", "dee"])

    def register() -> object:
        wanted = {"username": next(names), "email": "ana@example.com", "password": SECRET}
        services.register(**wanted, first_name="", last_name="", by=Actor(), at=at)
        return None

    assert race(*[lambda: outcome(register)] * 4) == [201] * 4
    assert Registration.objects.count() == 1


def test_of_two_who_spend_one_reset_link_one_sets_the_password(
    person: Person, at: datetime, outbox_of: Any
) -> None:
    user = person("ana")
    accounts.ask_for_reset(email="ana@example.com", by=Actor(), at=at)
    token = outbox_of(SendEmail)[-1].context["reset_url"].partition("=")[2]
    secrets = iter([f"{SECRET}-a", f"{SECRET}-b"])

    def reset() -> object:
        return accounts.reset_password(token=token, password=next(secrets), by=Actor(), at=at)

    assert sorted(race(*[lambda: outcome(reset)] * 2)) == [201, 400]
    before = user.token_version
    user.refresh_from_db()
    assert user.token_version == before + 1


def test_imports_do_not_mix(builtin: None, at: datetime) -> None:
    lines = [f"n{n},n{n}@example.com" for n in range(40)]
    data = "\n".join(["username,email", *lines]).encode()

    def run() -> object:
        return accounts.import_people(data=data, dry_run=False, by=OPERATOR, at=at)

    results = race(*[lambda: outcome(run)] * 3)
    assert set(results) <= {201, 409}
    assert results.count(201) >= 1
    assert User.objects.count() == 40
