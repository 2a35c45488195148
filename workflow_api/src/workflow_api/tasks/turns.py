"""Whose turn it is: exact round robin over the active members of a role.

The role row is the lock and its `next_turn` the cursor: whoever assigns holds the row until
commit, so two never see the same order. The pick is a statement of its own after the lock,
because PostgreSQL takes the snapshot of a statement before it waits.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any, Self

from django.db import connection

from servicekit.writes import pipelined
from workflow_api.roles.models import Person

from .models import OPEN_STATES

ROUND_ROBIN, LEAST_LOADED = "round_robin", "least_loaded"

_LOCK = """
SELECT role_id FROM roles_role
WHERE is_active AND (role_id = ANY(%(role_ids)s) OR (system = 'tts' AND name = %(also)s))
ORDER BY role_id
FOR NO KEY UPDATE
"""

_TAKE = """
WITH picked AS (
    SELECT r.role_id, r.system = 'tts' AND r.name = %(also)s AS is_named, r.next_turn,
           m.id, m.person_id
    FROM roles_role r
    CROSS JOIN LATERAL (
        SELECT m.id, m.person_id FROM roles_member m
        WHERE m.role_id = r.role_id AND m.is_active
        ORDER BY {load} m.last_turn NULLS FIRST, m.person_id
        LIMIT 1
    ) m
    WHERE r.is_active
      AND (r.role_id = ANY(%(role_ids)s) OR (r.system = 'tts' AND r.name = %(also)s))
), moved AS (
    UPDATE roles_role r SET next_turn = p.next_turn + 1 FROM picked p WHERE r.role_id = p.role_id
), turned AS (
    UPDATE roles_member m SET last_turn = p.next_turn FROM picked p
    WHERE m.id = p.id AND m.is_active
    RETURNING m.id
)
SELECT p.role_id, p.is_named, p.person_id, who.username, who.email, who.full_name,
       EXISTS (SELECT 1 FROM turned t WHERE t.id = p.id)
FROM picked p JOIN roles_person who ON who.user_id = p.person_id
"""

_LOAD = """
CASE WHEN r.role_id = ANY(%(by_load)s) THEN (
    SELECT count(*) FROM tasks_task t
    WHERE t.assignee_id = m.person_id AND t.state = ANY(%(open_states)s)
) ELSE 0 END,
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Somebody whose turn it is, with what a notification needs."""

    user_id: int
    username: str
    email: str
    full_name: str

    @classmethod
    def of(cls, person: Person) -> Self:
        return cls(
            user_id=person.user_id,
            username=person.username,
            email=person.email,
            full_name=person.full_name,
        )

    @property
    def name(self) -> str:
        return self.full_name or self.username


@dataclass(frozen=True, slots=True, kw_only=True)
class Turns:
    """Who has the turn in each role; `named` is the one in the tts role asked for by name."""

    by_role: dict[int, Candidate]
    named: Candidate | None = None


def take_turns(
    role_ids: Collection[int], *, also: str = "", by_load: Collection[int] = ()
) -> Turns:
    """Lock the active ones of these roles, and the tts role named `also`; give a turn in each.

    The locks last until commit and are taken in the order of the ids, so two callers cannot
    deadlock. A role without active members is left out. In the roles `by_load` the fewest open
    tasks come first, then the turn decides. A member who is withdrawn while we wait for the row
    loses the turn, and the next one has it.
    """
    rows = _lock_and_take(role_ids, also=also, by_load=by_load)
    waiting = {row.role_id for row in rows if not row.was_given}
    while waiting:
        again = _lock_and_take(waiting, also="", by_load=by_load)
        names = {row.role_id for row in rows if row.is_named}
        rows += [replace(row, is_named=row.role_id in names) for row in again]
        waiting = {row.role_id for row in again if not row.was_given}
    given = [row for row in rows if row.was_given]
    named = next((row.candidate for row in given if row.is_named), None)
    return Turns(by_role={row.role_id: row.candidate for row in given}, named=named)


def take_turn(role_id: int, *, strategy: str = ROUND_ROBIN) -> Candidate | None:
    """Lock a role and give one turn in it; None when nobody is eligible."""
    by_load = [role_id] if strategy == LEAST_LOADED else []
    return take_turns([role_id], by_load=by_load).by_role.get(role_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    role_id: int
    is_named: bool
    candidate: Candidate
    was_given: bool


def _lock_and_take(role_ids: Collection[int], *, also: str, by_load: Collection[int]) -> list[_Row]:
    """Send both statements at once: the second sees what the first waited for."""
    params: dict[str, Any] = {"role_ids": list(role_ids), "also": also}
    load = ""
    if by_load:
        load = _LOAD
        params |= {"by_load": list(by_load), "open_states": OPEN_STATES}
    with connection.cursor() as locking, connection.cursor() as taking, pipelined():
        locking.execute(_LOCK, params)
        taking.execute(_TAKE.format(load=load), params)
        return [
            _Row(
                role_id=role_id,
                is_named=is_named,
                candidate=Candidate(
                    user_id=user_id, username=username, email=email, full_name=full_name
                ),
                was_given=was_given,
            )
            for role_id, is_named, user_id, username, email, full_name, was_given in (
                taking.fetchall()
            )
        ]
