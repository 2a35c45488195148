"""Who may read a ticket's comments, and who may write them; pure."""

from types import SimpleNamespace

import pytest
from people import ANA, FOREIGN, OWNER, person

from messaging_service.tickets.access import NotAnAgent, check_may_write, may_read
from servicekit.auth import Principal

TICKET = SimpleNamespace(participants=[ANA], owner_id=OWNER, role_names=["L2 Support"])


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        (person(ANA), True),
        (person(OWNER), True),
        (person(FOREIGN, "Admin"), True),
        (person(FOREIGN, "L2 Support"), True),
        (person(FOREIGN, "L1 Support"), False),
        (person(FOREIGN), False),
        (Principal(user_id=FOREIGN, username="x", roles=frozenset({("hdts", "Admin")})), False),
        (Principal(user_id=FOREIGN, username="x", roles=frozenset({("ams", "L2 Support")})), False),
    ],
)
def test_who_may_read(who: Principal, expected: bool) -> None:
    assert may_read(who, TICKET) is expected


def test_a_ticket_without_people_is_for_admins_only() -> None:
    nobody = SimpleNamespace(participants=[], owner_id=None, role_names=[])
    assert not may_read(person(FOREIGN, "L1 Support"), nobody)
    assert may_read(person(FOREIGN, "Admin"), nobody)


def test_only_holders_of_a_tts_role_write() -> None:
    check_may_write(person(ANA, "L1 Support"))
    with pytest.raises(NotAnAgent):
        check_may_write(person(OWNER))
