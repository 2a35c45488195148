"""The states of a task, as a table and a check."""

from enum import StrEnum

from servicekit.errors import Conflict


class State(StrEnum):
    """Where a task stands."""

    PENDING = "pending"
    IN_PROGRESS = "in_progress"
    ON_HOLD = "on_hold"
    PENDING_EXTERNAL = "pending_external"
    COMPLETED = "completed"
    CLOSED = "closed"


MOVES: dict[State, frozenset[State]] = {
    State.PENDING: frozenset({State.IN_PROGRESS, State.ON_HOLD, State.PENDING_EXTERNAL}),
    State.IN_PROGRESS: frozenset(
        {State.PENDING, State.COMPLETED, State.ON_HOLD, State.PENDING_EXTERNAL}
    ),
    State.ON_HOLD: frozenset({State.PENDING, State.IN_PROGRESS}),
    State.PENDING_EXTERNAL: frozenset({State.PENDING, State.IN_PROGRESS}),
    State.COMPLETED: frozenset({State.CLOSED, State.IN_PROGRESS}),
    State.CLOSED: frozenset(),
}
OPEN = frozenset(State) - {State.COMPLETED, State.CLOSED}
WORKABLE = frozenset({State.PENDING, State.IN_PROGRESS})


class TransitionNotAllowed(Conflict):
    code = "TRANSITION_NOT_ALLOWED"
    message = "A task that is {current} cannot become {target}."


def may_move(current: State, target: State) -> bool:
    """Whether the table allows this move."""
    return target in MOVES[current]


def check_move(current: State, target: State) -> None:
    """Raise TransitionNotAllowed unless the table allows this move."""
    if not may_move(current, target):
        raise TransitionNotAllowed(current=current.value, target=target.value)
