"""The replica ends the same in whatever order Auth's news arrive."""

from itertools import permutations
from typing import Any

import pytest
from builders import AT, person, role
from django.db import connection

from servicekit.auth import Principal
from servicekit.contracts import RoleSync, SystemRole, UserSystemRoleSync
from workflow_api.audit.models import AuditRow
from workflow_api.roles import selectors, services
from workflow_api.roles.models import Member, Person, Role
from workflow_api.roles.services import Applied

pytestmark = pytest.mark.django_db


def news_of_role(version: int, **values: Any) -> RoleSync:
    named = {"role_id": 7, "name": "L1", "system": "tts", "version": version}
    return RoleSync(**named | values)


def news_of_ana(version: int, *role_ids: int, **values: Any) -> UserSystemRoleSync:
    held = [SystemRole(system="tts", role_id=each, role_name=f"R{each}") for each in role_ids]
    named = {"user_id": 11, "username": "ana", "system_roles": held, "version": version}
    return UserSystemRoleSync(**named | values)


def apply(message: RoleSync | UserSystemRoleSync) -> Applied:
    if isinstance(message, RoleSync):
        return services.apply_role(message, at=AT)
    return services.apply_person(message, at=AT)


def state() -> tuple[Any, ...]:
    return (
        list(Role.objects.order_by("pk").values_list("role_id", "name", "is_active", "version")),
        list(Person.objects.values_list("user_id", "username", "is_active", "version")),
        sorted(Member.objects.filter(is_active=True).values_list("role_id", "person_id")),
    )


def _forget_the_trail() -> None:
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE audit_auditrow")


def test_every_order_of_the_news_gives_the_same_replica() -> None:
    news = [
        news_of_role(1, name="L1"),
        news_of_role(2, name="First line"),
        news_of_ana(1, 7),
        news_of_ana(2, 7, 8),
    ]
    results = []
    for order in permutations(news):
        Member.objects.all().delete()
        Person.objects.all().delete()
        Role.objects.all().delete()
        _forget_the_trail()
        for message in order:
            apply(message)
        results.append(state())
    assert results[0][0][0] == (7, "First line", True, 2)
    assert results[0][2] == [(7, 11), (8, 11)]
    assert all(result == results[0] for result in results)


def test_a_role_named_by_a_person_first_is_a_placeholder_until_its_own_news() -> None:
    apply(news_of_ana(1, 7))
    assert Role.objects.get(pk=7).version == 0
    assert selectors.is_member(role_id=7, user_id=11)
    apply(news_of_role(1, name="L1 Support"))
    assert Role.objects.get(pk=7).name == "L1 Support"
    assert selectors.is_member(role_id=7, user_id=11)


def test_older_news_changes_nothing() -> None:
    apply(news_of_role(5, name="New"))
    assert apply(news_of_role(4, name="Old")) is Applied.STALE
    apply(news_of_ana(5, 7))
    assert apply(news_of_ana(4)) is Applied.STALE
    assert Role.objects.get(pk=7).name == "New"
    assert selectors.is_member(role_id=7, user_id=11)


def test_the_same_news_again_changes_nothing_and_leaves_no_trail() -> None:
    apply(news_of_ana(1, 7))
    rows = AuditRow.objects.count()
    assert apply(news_of_ana(1, 7)) is Applied.UNCHANGED
    assert AuditRow.objects.count() == rows


def test_the_same_news_again_heals_a_lost_membership() -> None:
    apply(news_of_ana(1, 7))
    Member.objects.all().delete()
    assert apply(news_of_ana(1, 7)) is Applied.CHANGED
    assert selectors.is_member(role_id=7, user_id=11)


def test_memberships_are_replaced_and_keep_their_place_in_the_round() -> None:
    apply(news_of_ana(1, 7, 8))
    Member.objects.filter(role=7).update(last_turn=42)
    apply(news_of_ana(2, 8, 9))
    assert not selectors.is_member(role_id=7, user_id=11)
    apply(news_of_ana(3, 7))
    assert selectors.active_member(role_id=7, user_id=11).last_turn == 42
    assert not selectors.is_member(role_id=8, user_id=11)


def test_only_active_roles_of_tts_count() -> None:
    held = [
        SystemRole(system="ams", role_id=20, role_name="Admin"),
        SystemRole(system="tts", role_id=21, role_name="Gone", is_active=False),
    ]
    apply(news_of_ana(1, system_roles=held))
    assert not Member.objects.exists()


def test_somebody_disabled_is_no_member_until_enabled_again() -> None:
    apply(news_of_ana(1, 7))
    apply(news_of_ana(2, 7, is_active=False))
    assert not selectors.is_member(role_id=7, user_id=11)
    apply(news_of_ana(3, 7))
    assert selectors.is_member(role_id=7, user_id=11)


def test_a_retired_role_has_no_active_member() -> None:
    apply(news_of_role(1))
    apply(news_of_ana(1, 7))
    apply(news_of_role(2, action="delete"))
    assert not selectors.is_member(role_id=7, user_id=11)
    assert selectors.staffed([7]) == set()


def test_the_trail_says_who_joined_and_left() -> None:
    apply(news_of_role(1, name="L1"))
    apply(news_of_ana(1, 7))
    apply(news_of_ana(2))
    rows = AuditRow.objects.filter(subject="person:11").order_by("seq")
    assert [(row.action, row.old_value, row.new_value) for row in rows] == [
        ("person_created", None, None),
        ("person_changed", None, "R7"),
        ("person_changed", "L1", None),
    ]


def test_a_caller_holds_what_the_replica_says_but_nothing_without_a_role_in_the_token(
    django_assert_num_queries: Any,
) -> None:
    person(11, "ana", role(7, "L1"), role(8, "L2"))
    roles_in_token = frozenset({("tts", "L1")})
    assert selectors.role_ids_of(Principal(user_id=11, username="ana", roles=roles_in_token)) == {
        7,
        8,
    }
    with django_assert_num_queries(0):
        roleless = Principal(user_id=11, username="ana", roles=frozenset({("hdts", "L1")}))
        assert selectors.role_ids_of(roleless) == set()
