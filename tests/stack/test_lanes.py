"""Parts that run side by side: all run, in what they print each line has a name."""

import os
import sys
import threading
from dataclasses import dataclass
from pathlib import Path

import pytest
from stack import lanes


@dataclass(frozen=True)
class Named:
    """Something with a name."""

    name: str


def test_two_run_at_a_time_and_answer_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1, 2})
    both = threading.Barrier(2, timeout=30)

    def meet(one: Named) -> str:
        both.wait()
        return one.name

    each = [Named(name) for name in "abcd"]
    assert lanes.side_by_side(each, meet) == ["a", "b", "c", "d"]


def test_one_processor_runs_one_after_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0})
    threads = lanes.side_by_side([Named("a"), Named("b")], lambda _: threading.current_thread())
    assert threads == [threading.current_thread()] * 2


def test_lines_are_named_and_exit_codes_kept(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1})

    def say(one: Named) -> int:
        code = f"import sys; print('one'); print('two', file=sys.stderr); sys.exit({len(one.name)})"
        command = [sys.executable, "-c", code]
        return lanes.timed(command, cwd=tmp_path, env=dict(os.environ))[0]

    assert lanes.side_by_side([Named("x"), Named("yy")], say) == [1, 2]
    lines = [line.split("|") for line in capfd.readouterr().out.splitlines()]
    assert sorted((name.strip(), text.strip()) for name, text in lines) == [
        ("x", "one"),
        ("x", "two"),
        ("yy", "one"),
        ("yy", "two"),
    ]


def test_a_single_part_is_run_as_it_is(capfd: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    command = [sys.executable, "-c", "print('plain')"]
    run = lanes.side_by_side(
        [Named("x")], lambda _: lanes.timed(command, cwd=tmp_path, env=dict(os.environ))[0]
    )
    assert (run, capfd.readouterr().out) == ([0], "plain\n")
