"""The table of states, under every question."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow_api.tasks.states import MOVES, OPEN, State, TransitionNotAllowed, check_move

STATES = st.sampled_from(list(State))
ALLOWED = {
    ("pending", "in_progress"),
    ("pending", "on_hold"),
    ("pending", "pending_external"),
    ("in_progress", "pending"),
    ("in_progress", "completed"),
    ("in_progress", "on_hold"),
    ("in_progress", "pending_external"),
    ("on_hold", "pending"),
    ("on_hold", "in_progress"),
    ("pending_external", "pending"),
    ("pending_external", "in_progress"),
    ("completed", "closed"),
    ("completed", "in_progress"),
}


@given(STATES, STATES)
def test_exactly_the_moves_of_the_contract_are_allowed(current, target):
    if (current.value, target.value) in ALLOWED:
        check_move(current, target)
    else:
        with pytest.raises(TransitionNotAllowed):
            check_move(current, target)


@given(st.lists(STATES, min_size=1))
def test_nothing_leaves_closed_and_only_work_is_completed(targets):
    state = State.PENDING
    for target in targets:
        if target in MOVES[state]:
            assert state is not State.CLOSED
            assert target is not State.COMPLETED or state is State.IN_PROGRESS
            state = target


def test_every_open_state_leads_to_work():
    for state in OPEN - {State.IN_PROGRESS}:
        assert State.IN_PROGRESS in MOVES[state]
