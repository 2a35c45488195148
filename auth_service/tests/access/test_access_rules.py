"""Pure rules about who may change which roles."""

import pytest

from auth_service.access import rules
from auth_service.audit.actors import OPERATOR, Actor
from servicekit.errors import Forbidden, Invalid

TTS_ADMIN = Actor(user_id=1, username="a", admin_of=frozenset({"tts"}))


def test_an_administrator_administers_his_own_system_only() -> None:
    rules.check_administers(TTS_ADMIN, system="tts")
    with pytest.raises(Forbidden):
        rules.check_administers(TTS_ADMIN, system="hdts")


def test_nobody_changes_his_own_roles_but_an_operator_is_nobody() -> None:
    rules.check_not_self(TTS_ADMIN, user_id=2)
    rules.check_not_self(OPERATOR, user_id=1)
    with pytest.raises(rules.NotYourself):
        rules.check_not_self(TTS_ADMIN, user_id=1)


@pytest.mark.parametrize(
    "name", ["tasks.view", "tasks:read", "view_tasks", "MANAGE-USERS", "*a"[1:]]
)
def test_ordinary_permission_names_are_accepted(name: str) -> None:
    rules.check_permissions([name], systems=["tts", "hdts"])


@pytest.mark.parametrize("name", ["", " tasks", "1x", "a b", "hdts:tasks.view", "tts:x", "a" * 101])
def test_permission_names_of_another_system_or_shape_are_refused(name: str) -> None:
    with pytest.raises(Invalid):
        rules.check_permissions([name], systems=["tts", "hdts"])


def test_the_permissions_of_other_systems_are_marked_as_theirs() -> None:
    assert rules.qualified("tasks.view", system="tts") == "tasks.view"
    assert rules.qualified("tasks.view", system="hdts") == "hdts:tasks.view"
