"""One row that fails is put off, for longer each time, and what concerns all rows is raised."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, InterfaceError, OperationalError
from structlog.testing import capture_logs
from world import NOW

from servicekit.errors import Conflict
from workflow_api import attempts
from workflow_api.attempts import Attempts


class Deadlock(Exception):
    sqlstate = "40P01"


def failing(exc: Exception) -> Any:
    def act() -> bool:
        raise exc

    return act


def deadlocked() -> bool:
    raise OperationalError("deadlock detected") from Deadlock()


@pytest.fixture
def each() -> Attempts:
    return Attempts("row_failed")


def after(seconds: float) -> Any:
    return NOW + timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("act", "level"),
    [
        (failing(Conflict("No.")), "warning"),
        (failing(IntegrityError("duplicate key")), "error"),
        (failing(ZeroDivisionError()), "error"),
        (deadlocked, "warning"),
    ],
)
def test_what_is_wrong_with_one_row_is_logged_with_the_row(each, act, level) -> None:
    with capture_logs() as logs:
        assert each.attempt(7, act, at=NOW, failed=False) is False

    assert [(log["event"], log["log_level"], log["row"]) for log in logs] == [
        ("row_failed", level, 7)
    ]
    assert each.put_off(at=NOW) == {7}


@pytest.mark.parametrize("exc", [OperationalError("server closed"), InterfaceError("closed")])
def test_a_database_that_is_away_ends_the_call_and_the_next_begins_with_others(each, exc) -> None:
    with pytest.raises(type(exc)):
        each.attempt(7, failing(exc), at=NOW, failed=False)

    assert each.put_off(at=NOW) == {7}


def test_each_wait_is_twice_the_last_up_to_ten_minutes(each) -> None:
    at, waits = NOW, []
    for _ in range(14):
        each.attempt(7, failing(Conflict()), at=at, failed=False)
        start = at
        while each.put_off(at=at):
            at += timedelta(seconds=1)
        waits.append((at - start).total_seconds())

    assert waits == [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 600, 600, 600, 600]


def test_what_succeeds_is_forgotten(each) -> None:
    for _ in range(3):
        each.attempt(7, failing(Conflict()), at=NOW, failed=False)
    assert each.attempt(7, lambda: "done", at=after(60), failed="") == "done"

    each.attempt(7, failing(Conflict()), at=after(60), failed=False)

    assert each.put_off(at=after(60)) == {7}
    assert each.put_off(at=after(61)) == set()


def test_only_so_many_failures_are_remembered(each, monkeypatch) -> None:
    monkeypatch.setattr(attempts, "REMEMBERED", 3)
    for row in range(5):
        each.attempt(row, failing(Conflict()), at=NOW, failed=False)

    assert each.put_off(at=NOW) == {2, 3, 4}
