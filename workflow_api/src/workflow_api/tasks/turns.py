"""Whose turn it is: exact round robin over the active members of a role.

The role row is the lock and its `next_turn` the cursor: whoever assigns holds the row until
commit, so two never see the same order. The pick is a statement of its own after the lock,
because PostgreSQL takes the snapshot of a statement before it waits.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Self

from django.db import connection

from workflow_api.roles.models import Person

from .models import OPEN_STATES

ROUND_ROBIN, LEAST_LOADED = "round_robin", "least_loaded"

_LOCK = """
SELECT role_id, system = 'tts' AND name = %(also)s FROM roles_role
WHERE is_active AND (role_id = ANY(%(role_ids)s) OR (system = 'tts' AND name = %(also)s))
ORDER BY role_id
FOR NO KEY UPDATE
"""

_TAKE = """
WITH picked AS (
    SELECT r.role_id, r.next_turn, m.id, m.person_id
    FROM roles_role r
    CROSS JOIN LATERAL (
        SELECT m.id, m.person_id FROM roles_member m
        WHERE m.role_id = r.role_id AND m.is_active
        ORDER BY {load} m.last_turn NULLS FIRST, m.person_id
        LIMIT 1
    ) m
    WHERE r.role_id = ANY(%(role_ids)s)
), moved AS (
    UPDATE roles_role r SET next_turn = p.next_turn + 1 FROM picked p WHERE r.role_id = p.role_id
), turned AS (
    UPDATE roles_member m SET last_turn = p.next_turn FROM picked p
    WHERE m.id = p.id AND m.is_active
    RETURNING m.id
)
SELECT p.role_id, p.person_id, who.username, who.email, who.full_name,
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
class LockedRoles:
    """Roles that nobody else assigns from until commit; `named` is the one asked for by name."""

    ids: frozenset[int]
    named: int | None


def lock_roles(role_ids: Collection[int], *, also: str = "") -> LockedRoles:
    """Lock the active ones of these roles, and the tts role named `also`, until commit.

    Locks are taken in the order of the ids, so two callers cannot deadlock.
    """
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, {"role_ids": list(role_ids), "also": also})
        rows = cursor.fetchall()
    named = [role_id for role_id, is_named in rows if is_named]
    return LockedRoles(
        ids=frozenset(role_id for role_id, _ in rows), named=named[0] if named else None
    )


def take_turns(role_ids: Collection[int], *, by_load: Collection[int] = ()) -> dict[int, Candidate]:
    """Give one turn in each of these locked roles; a role without active members is left out.

    In the roles `by_load` the fewest open tasks come first, then the turn decides. A member who
    is withdrawn while we wait for the row loses the turn, and the next one has it.
    """
    taken: dict[int, Candidate] = {}
    waiting = set(role_ids)
    while waiting:
        rows = _take(waiting, by_load=by_load)
        taken |= {role_id: candidate for role_id, candidate, turned in rows if turned}
        waiting = {role_id for role_id, _, turned in rows if not turned}
    return taken


def take_turn(role_id: int, *, strategy: str = ROUND_ROBIN) -> Candidate | None:
    """Lock a role and give one turn in it; None when nobody is eligible."""
    locked = lock_roles([role_id]).ids
    by_load = locked if strategy == LEAST_LOADED else frozenset()
    return take_turns(locked, by_load=by_load).get(role_id)


def _take(
    role_ids: Collection[int], *, by_load: Collection[int]
) -> list[tuple[int, Candidate, bool]]:
    params: dict[str, Any] = {"role_ids": list(role_ids)}
    load = ""
    if by_load:
        load = _LOAD
        params |= {"by_load": list(by_load), "open_states": OPEN_STATES}
    with connection.cursor() as cursor:
        cursor.execute(_TAKE.format(load=load), params)
        return [
            (
                role_id,
                Candidate(user_id=user_id, username=username, email=email, full_name=full_name),
                turned,
            )
            for role_id, user_id, username, email, full_name, turned in cursor.fetchall()
        ]
