"""Races between administrators, on real PostgreSQL."""

import itertools
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from auth_service.access import services
from auth_service.access.models import Membership, Role
from auth_service.accounts import services as accounts
from auth_service.accounts.models import User
from auth_service.audit.actors import OPERATOR
from servicekit.contracts import RoleSync, UserSystemRoleSync
from servicekit.errors import DomainError
from servicekit.testing.races import race

pytestmark = pytest.mark.django_db(transaction=True)
Person = Callable[..., User]


def succeeds(work: Callable[..., object], **given: Any) -> bool:
    try:
        work(**given)
    except DomainError:
        return False
    return True


def test_of_ten_who_give_the_same_role_one_does(
    person: Person, at: datetime, outbox_of: Any
) -> None:
    user, role = person("ana"), Role.objects.get(name="L1 Support")
    wanted = {"user_id": user.pk, "role_id": role.pk, "system": "tts", "by": OPERATOR, "at": at}
    results = race(*[lambda: succeeds(services.grant_role, **wanted)] * 10)
    assert results.count(True) == 1
    assert Membership.objects.count() == 1
    assert [each.version for each in outbox_of(UserSystemRoleSync)] == [1, 2]


def test_versions_rise_one_by_one_under_ten_writers(
    person: Person, at: datetime, outbox_of: Any
) -> None:
    user, names = person("ana"), itertools.count()

    def rename() -> None:
        accounts.update_user(
            user_id=user.pk, changes={"first_name": f"N{next(names)}"}, by=OPERATOR, at=at
        )

    race(*[rename] * 10)
    told = outbox_of(UserSystemRoleSync)
    assert sorted(each.version for each in told) == list(range(1, 12))
    latest = max(told, key=lambda each: each.version)
    user.refresh_from_db()
    assert (latest.version, latest.full_name) == (user.version, user.full_name)


def test_a_role_is_either_given_or_retired(person: Person, at: datetime, outbox_of: Any) -> None:
    user = person("ana")
    role = services.create_role(
        system="tts", name="Brief", description="", permissions=[], by=OPERATOR, at=at
    )
    turns = itertools.count()

    def give_or_retire() -> bool:
        common: dict[str, Any] = {"role_id": role.pk, "by": OPERATOR, "at": at}
        if next(turns) % 2:
            return succeeds(services.retire_role, **common)
        return succeeds(services.grant_role, **common, user_id=user.pk, system="tts")

    results = race(*[give_or_retire] * 8)
    role.refresh_from_db()
    assert results.count(True) == 1
    assert role.is_active == Membership.objects.filter(role=role).exists()
    assert (outbox_of(RoleSync)[-1].action == "delete") == (not role.is_active)


def test_two_who_make_sure_of_the_built_in_roles_make_them_once(at: datetime) -> None:
    race(*[lambda: services.ensure_builtin(at=at)] * 4)
    assert Role.objects.filter(is_builtin=True).count() == 9
