"""Whose turn it is: the pick among the active members of a role, with what it was decided by.

The role row is the lock and its `next_turn` the cursor: whoever assigns holds the row until
commit, so two never see the same order. The pick is a statement of its own after the lock,
because PostgreSQL takes the snapshot of a statement before it waits. Who declares somebody absent
locks the same rows, so that nothing is given to the absent.
"""

import json
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Self

from django.db import connection

from servicekit.writes import pipelined
from workflow_api.roles.models import Person
from workflow_api.sla import selectors as calendars

from .models import OPEN_STATES, UNDER_WAY
from .strategies import ROUND_ROBIN, Strategy, strategy_of

NOTED_CANDIDATES = 50

_LOCK = """
SELECT role_id FROM roles_role
WHERE is_active AND (role_id = ANY(%(role_ids)s) OR (system = 'tts' AND name = %(also)s))
ORDER BY role_id
FOR NO KEY UPDATE
"""

# A member whose working hours nobody has looked up yet stops the pick in that role: the row comes
# back with the calendars that are wanted, and nothing has moved.
_TAKE = """
WITH considered AS (
    SELECT r.role_id, r.system = 'tts' AND r.name = %(also)s AS is_named, r.next_turn,
           m.id, m.person_id, m.last_turn, a.calendar_id, a.substitute_id,
           CASE WHEN a.absent_from <= %(at)s
                     AND (a.absent_until IS NULL OR a.absent_until > %(at)s) THEN 'absent'
                WHEN a.calendar_id = ANY(%(closed)s) THEN 'off_hours'
                WHEN a.max_open_tasks IS NULL THEN NULL
                WHEN a.max_open_tasks <= (
                    SELECT count(*) FROM (
                        SELECT t.number FROM tasks_task t
                        WHERE t.assignee_id = m.person_id AND t.state = ANY(%(open_states)s)
                        UNION
                        SELECT b.task_id FROM tasks_branch b
                        WHERE b.assignee_id = m.person_id AND b.state = ANY(%(under_way)s)
                    ) held
                ) THEN 'at_capacity'
           END AS skip,
           {preference} AS preference
    FROM roles_role r
    JOIN roles_member m ON m.role_id = r.role_id AND m.is_active
    LEFT JOIN roles_availability a ON a.person_id = m.person_id
    WHERE r.is_active
      AND (r.role_id = ANY(%(role_ids)s) OR (r.system = 'tts' AND r.name = %(also)s))
), ranked AS (
    SELECT c.*, s.person_id AS stand_in, s.id AS stand_in_member,
           row_number() OVER (
               PARTITION BY c.role_id
               ORDER BY c.skip IS NOT NULL AND s.id IS NULL,
                        coalesce(s.preference, c.preference), c.last_turn NULLS FIRST, c.person_id
           ) AS place
    FROM considered c
    LEFT JOIN considered s ON c.skip = 'absent' AND s.skip IS NULL
                          AND s.role_id = c.role_id AND s.person_id = c.substitute_id
), summary AS (
    SELECT role_id, bool_or(is_named) AS is_named,
           array_agg(DISTINCT calendar_id) FILTER (
               WHERE calendar_id IS NOT NULL AND calendar_id <> ALL(%(known)s)
           ) AS unknown,
           jsonb_agg(
               jsonb_strip_nulls(jsonb_build_object(
                   'user_id', person_id, 'skip', skip, 'stand_in', stand_in,
                   'preference', preference, 'last_turn', last_turn
               )) ORDER BY place
           ) FILTER (WHERE place <= %(noted)s) AS candidates
    FROM ranked GROUP BY role_id
), picked AS (
    SELECT k.role_id, k.next_turn, k.id, k.stand_in_member,
           coalesce(k.stand_in, k.person_id) AS person_id
    FROM ranked k JOIN summary s ON s.role_id = k.role_id AND s.unknown IS NULL
    WHERE k.place = 1 AND (k.skip IS NULL OR k.stand_in IS NOT NULL)
), moved AS (
    UPDATE roles_role r SET next_turn = p.next_turn + 1 FROM picked p WHERE r.role_id = p.role_id
), turned AS (
    UPDATE roles_member m
    SET last_turn = CASE WHEN m.id = p.id THEN p.next_turn ELSE m.last_turn END
    FROM picked p
    WHERE m.id IN (p.id, p.stand_in_member) AND m.is_active
    RETURNING m.id
)
SELECT s.role_id, s.is_named, who.user_id, who.username, who.email, who.full_name,
       p.role_id IS NULL
           OR (EXISTS (SELECT 1 FROM turned t WHERE t.id = p.id)
               AND (p.stand_in_member IS NULL
                    OR EXISTS (SELECT 1 FROM turned t WHERE t.id = p.stand_in_member))),
       s.unknown, s.candidates
FROM summary s
LEFT JOIN picked p ON p.role_id = s.role_id
LEFT JOIN roles_person who ON who.user_id = p.person_id
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
class Pick:
    """Who was chosen, if anybody, and what that was decided by, as it is stored."""

    candidate: Candidate | None
    decision: dict[str, Any]

    @classmethod
    def nobody(cls, strategy: Strategy) -> Self:
        """Nobody, because there is nobody to consider or the strategy gives no work."""
        return cls(candidate=None, decision=_decision(strategy.name, None, []))

    @classmethod
    def by_hand(cls, candidate: Candidate, how: str, *, by: int | None) -> Self:
        """Somebody whom a person chose: `how` says by which act."""
        decision = _decision(how, candidate.user_id, [])
        return cls(candidate=candidate, decision=decision | {"by": by})

    @property
    def is_pool(self) -> bool:
        """Whether nobody was looked for: the step waits for who claims it."""
        strategy = str(self.decision["strategy"])
        return self.candidate is None and not strategy_of(strategy).gives_work


@dataclass(frozen=True, slots=True, kw_only=True)
class Turns:
    """Who has the turn in each role; `named` is the one in the tts role asked for by name."""

    by_role: dict[int, Pick]
    named: Candidate | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What somebody is looked for: at what time, how, and for which step of which ticket."""

    at: datetime
    strategy: str = ROUND_ROBIN.name
    ticket_id: int | None = None
    step_id: int | None = None


def take_turns(role_ids: Collection[int], *, work: Work, also: str = "") -> Turns:
    """Lock the active ones of these roles, and the tts role named `also`; give a turn in each.

    The locks last until commit and are taken in the order of the ids, so two callers cannot
    deadlock. A role without active members is left out; one whose members are all skipped has a
    pick of nobody. The strategy holds in `role_ids`, the turn alone decides in `also`. A member
    who is withdrawn while we wait for the row loses the turn, and the next one has it.
    """
    asked = _Asked(work=work, also=also)
    rows = _settled(role_ids, asked)
    waiting = {row.role_id for row in rows if not row.was_given}
    while waiting:
        names = {row.role_id for row in rows if row.is_named}
        again = _settled(waiting, replace(asked, also=""))
        rows = [row for row in rows if row.role_id not in waiting]
        rows += [replace(row, is_named=row.role_id in names) for row in again]
        waiting = {row.role_id for row in again if not row.was_given}
    named = next((row.candidate for row in rows if row.is_named), None)
    return Turns(by_role={row.role_id: row.pick(work.strategy) for row in rows}, named=named)


def take_turn(role_id: int, *, work: Work) -> Pick:
    """Lock a role and give one turn in it, unless the strategy leaves work to be claimed."""
    strategy = strategy_of(work.strategy)
    if not strategy.gives_work:
        return Pick.nobody(strategy)
    taken = take_turns([role_id], work=work)
    return taken.by_role.get(role_id, Pick.nobody(strategy))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    work: Work
    also: str
    known: frozenset[int] = frozenset()
    closed: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    role_id: int
    is_named: bool
    candidate: Candidate | None
    was_given: bool
    unknown: list[int] = field(default_factory=list)
    candidates: list[dict[str, Any]] = field(default_factory=list)

    def pick(self, strategy: str) -> Pick:
        chosen = self.candidate.user_id if self.candidate else None
        decision = _decision(strategy, chosen, self.candidates)
        return Pick(candidate=self.candidate, decision=decision)


def _decision(strategy: str, chosen: int | None, candidates: list[Any]) -> dict[str, Any]:
    return {"strategy": strategy, "chosen": chosen, "candidates": candidates}


def _settled(role_ids: Collection[int], asked: _Asked) -> list[_Row]:
    """Lock and take, looking up the working hours of members who have any."""
    rows = _lock_and_take(role_ids, asked)
    unknown = {each for row in rows for each in row.unknown}
    if not unknown:
        return rows
    settled = [row for row in rows if not row.unknown]
    names = {row.role_id for row in rows if row.is_named}
    again = replace(
        asked,
        also="",
        known=asked.known | unknown,
        closed=asked.closed | calendars.closed_at(unknown, at=asked.work.at),
    )
    later = _settled([row.role_id for row in rows if row.unknown], again)
    return settled + [replace(row, is_named=row.role_id in names) for row in later]


def _lock_and_take(role_ids: Collection[int], asked: _Asked) -> list[_Row]:
    """Send both statements at once: the second sees what the first waited for."""
    work, preference = asked.work, strategy_of(asked.work.strategy).preference or "0"
    if preference != ROUND_ROBIN.preference:
        preference = f"CASE WHEN r.role_id = ANY(%(role_ids)s) THEN {preference} ELSE 0 END"
    params: dict[str, Any] = {
        "role_ids": list(role_ids),
        "also": asked.also,
        "at": work.at,
        "ticket_id": work.ticket_id,
        "step_id": work.step_id,
        "known": list(asked.known),
        "closed": list(asked.closed),
        "open_states": OPEN_STATES,
        "under_way": UNDER_WAY,
        "noted": NOTED_CANDIDATES,
    }
    with connection.cursor() as locking, connection.cursor() as taking, pipelined():
        locking.execute(_LOCK, params)
        taking.execute(_TAKE.format(preference=preference), params)
        return [_row_of(*row) for row in taking.fetchall()]


def _row_of(role_id: int, is_named: bool, user_id: int | None, *rest: Any) -> _Row:
    username, email, full_name, was_given, unknown, candidates = rest
    chosen = None
    if user_id is not None:
        chosen = Candidate(user_id=user_id, username=username, email=email, full_name=full_name)
    return _Row(
        role_id=role_id,
        is_named=is_named,
        candidate=chosen,
        was_given=was_given,
        unknown=unknown or [],
        candidates=json.loads(candidates) if isinstance(candidates, str) else candidates,
    )
