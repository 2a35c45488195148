"""Pure rules about names and accounts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auth_service.accounts import names, rules
from auth_service.audit.actors import Actor
from servicekit.errors import Conflict, Forbidden, Invalid

ADMIN = Actor(user_id=1, admin_of=frozenset({"tts"}))
OTHER_ADMIN = Actor(user_id=2, admin_of=frozenset({"ams"}))
SUPERUSER = Actor(user_id=3, is_superuser=True)


@pytest.mark.parametrize("name", ["ana", "l1.ana", "A-b_c+d", "9lives"])
def test_plain_names_are_accepted(name: str) -> None:
    names.check_username(name)


@pytest.mark.parametrize("name", ["", ".ana", "a@b", "a b", "аna", "ana\n", "a" * 151])
def test_names_that_could_be_mistaken_are_refused(name: str) -> None:
    with pytest.raises(Invalid):
        names.check_username(name)


@given(st.text())
def test_folding_twice_is_folding_once(name: str) -> None:
    assert names.folded(names.folded(name)) == names.folded(name)


def test_only_administrators_of_tts_administer_people() -> None:
    rules.check_may_change(ADMIN, is_superuser=False)
    with pytest.raises(Forbidden):
        rules.check_may_change(OTHER_ADMIN, is_superuser=False)


def test_only_a_superuser_changes_a_superuser_or_a_password() -> None:
    rules.check_may_change(SUPERUSER, is_superuser=True)
    rules.check_may_set_password(SUPERUSER, user_id=9)
    rules.check_may_set_password(ADMIN, user_id=1)
    with pytest.raises(rules.NotYourAccountToChange):
        rules.check_may_change(ADMIN, is_superuser=True)
    with pytest.raises(Forbidden):
        rules.check_may_set_password(ADMIN, user_id=9)


def test_nobody_locks_himself_out() -> None:
    with pytest.raises(Conflict):
        rules.check_may_deactivate(ADMIN, user_id=1)
