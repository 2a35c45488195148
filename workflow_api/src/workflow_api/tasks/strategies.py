"""How a workflow finds the person for a step. Pure; the expressions are for the pick in turns.py.

A strategy is an order among the members who are eligible: what it ranks alike, the turn decides.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Strategy:
    """`preference` is SQL about the member `m` for the work asked for; smallest first.

    Without it the strategy gives no work by itself: a step waits for who claims it.
    """

    name: str
    preference: str | None
    reason: str

    @property
    def gives_work(self) -> bool:
        return self.preference is not None


# A task that is split shows one holder of its branches; the others hold theirs by the branch.
_OPEN_EFFORT = """(
    SELECT coalesce(sum(h.weight), 0) FROM tasks_task t
    JOIN tasks_assignment h
        ON h.task_id = t.number AND h.person_id = m.person_id AND h.closed_at IS NULL
    WHERE t.assignee_id = m.person_id AND t.state = ANY(%(open_states)s)
) + (
    SELECT coalesce(sum(h.weight), 0) FROM tasks_branch b
    JOIN tasks_task t ON t.number = b.task_id AND t.assignee_id IS DISTINCT FROM m.person_id
    JOIN tasks_assignment h ON h.task_id = b.task_id AND h.step_id = b.current_step_id
        AND h.person_id = m.person_id AND h.closed_at IS NULL
    WHERE b.assignee_id = m.person_id AND b.state IN ('pending', 'in_progress')
)"""

# The same step before the same role, the latest before earlier ones; 2^62 is above any id.
_HELD_BEFORE = """(
    SELECT -coalesce(max(h.id + CASE WHEN h.step_id = %(step_id)s
                                THEN 4611686018427387904 ELSE 0 END), 0)
    FROM tasks_task t JOIN tasks_assignment h ON h.task_id = t.number
    WHERE t.ticket_id = %(ticket_id)s AND h.person_id = m.person_id AND h.role_id = m.role_id
)"""

ROUND_ROBIN = Strategy(
    name="round_robin", preference="0", reason="it was their turn: the longest ago assigned is next"
)
LEAST_LOADED = Strategy(
    name="least_loaded",
    preference=_OPEN_EFFORT,
    reason="they held the least open effort, and among equals it was their turn",
)
STICKY = Strategy(
    name="sticky",
    preference=_HELD_BEFORE,
    reason="who held this step or role of the ticket before comes first, else the turn decides",
)
MANUAL = Strategy(
    name="manual", preference=None, reason="the workflow leaves its steps to be claimed"
)
STRATEGIES = {each.name: each for each in (ROUND_ROBIN, LEAST_LOADED, STICKY, MANUAL)}


def strategy_of(name: str) -> Strategy:
    """Return the strategy of that name. Raises KeyError for an unknown one."""
    return STRATEGIES[name]
