"""What others hear: versions, the reconcile, and that it leaves through the real broker."""

from collections.abc import Callable
from datetime import datetime
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction

from auth_service.access import services
from auth_service.access.builtin import ROLES
from auth_service.access.models import Membership, Role
from auth_service.accounts.models import User
from auth_service.audit.actors import OPERATOR
from servicekit.contracts import RoleSync, UserSystemRoleSync
from servicekit.outbox.models import OutboxMessage

pytestmark = pytest.mark.django_db
Person = Callable[..., User]


def test_the_reconcile_repeats_every_role_and_person_as_they_are(
    person: Person, at: datetime, outbox_of: Any
) -> None:
    ana = person("ana", ("tts", "L1 Support"), ("ams", "Admin"))
    gone = services.create_role(
        system="tts", name="Gone", description="", permissions=[], by=OPERATOR, at=at
    )
    services.retire_role(role_id=gone.pk, by=OPERATOR, at=at)
    OutboxMessage.objects.all().delete()
    call_command("sync_roles", stdout=StringIO())
    roles = {each.role_id: each for each in outbox_of(RoleSync)}
    people = outbox_of(UserSystemRoleSync)
    assert len(roles) == sum(map(len, ROLES.values())) + 1
    assert (roles[gone.pk].action, roles[gone.pk].version) == ("delete", 2)
    assert {each.action for each in roles.values()} == {"update", "delete"}
    assert [(each.user_id, each.version) for each in people] == [(ana.pk, 3)]
    assert {(each.system, each.role_name) for each in people[0].system_roles} == {
        ("tts", "L1 Support"),
        ("ams", "Admin"),
    }


def test_the_reconcile_costs_the_same_statements_for_many(
    person: Person, at: datetime, django_assert_max_num_queries: Any
) -> None:
    for number in range(12):
        person(f"p{number}", ("tts", "L1 Support"), password=None)
    services.reconcile(at=at)
    with django_assert_max_num_queries(50):
        services.reconcile(at=at)


def test_a_suspended_membership_is_told_as_inactive_and_grants_nothing(
    person: Person, at: datetime, outbox_of: Any
) -> None:
    ana = person("ana", ("tts", "L1 Support"))
    held = Membership.objects.get(user=ana)
    services.suspend_membership(assignment_id=held.pk, by=OPERATOR, at=at)
    assert [each.is_active for each in outbox_of(UserSystemRoleSync)[-1].system_roles] == [False]
    ana.refresh_from_db()
    assert ana.token_version == 2
    services.grant_role(user_id=ana.pk, role_id=held.role_id, system="tts", by=OPERATOR, at=at)
    assert [each.is_active for each in outbox_of(UserSystemRoleSync)[-1].system_roles] == [True]
    assert Membership.objects.count() == 1


def test_a_change_that_fails_is_not_told(person: Person, at: datetime) -> None:
    ana = person("ana")
    before = OutboxMessage.objects.count()
    l1 = Role.objects.get(name="L1 Support")
    wanted = {"user_id": ana.pk, "role_id": l1.pk, "system": "tts"}
    with transaction.atomic():
        services.grant_role(**wanted, by=OPERATOR, at=at)
        transaction.set_rollback(True)
    assert OutboxMessage.objects.count() == before


def test_roles_of_systems_that_the_contract_does_not_know_stay_here(
    person: Person, at: datetime, outbox_of: Any
) -> None:
    services.create_system(slug="crm", name="CRM", description="", by=OPERATOR, at=at)
    person("ana", ("crm", "Admin"))
    services.reconcile(at=at)
    assert {each.system for each in outbox_of(RoleSync)} == {"tts", "hdts", "ams", "bms"}
    assert all(each.system_roles == [] for each in outbox_of(UserSystemRoleSync))


def test_built_in_roles_are_made_once_and_corrected(
    builtin: None, at: datetime, outbox_of: Any
) -> None:
    before = len(outbox_of(RoleSync))
    services.ensure_builtin(at=at)
    assert len(outbox_of(RoleSync)) == before
    Role.objects.filter(name="L1 Support").update(permissions=["everything"])
    services.ensure_builtin(at=at)
    corrected = Role.objects.get(name="L1 Support")
    assert "everything" not in corrected.permissions
    assert corrected.version == 2
    assert outbox_of(RoleSync)[-1].version == 2
