"""`scripts/bench` and `scripts/chaos`: measurements and breakage, each against a whole stack."""

from __future__ import annotations

import argparse
import os
import sys

from stack import supervisor
from stack.instance import ROOT, load
from stack.outcome import table
from stack.parts import pytest, stack_environment
from stack.say import Refused
from stack.testing import on_a_stack

BENCHMARKS = ROOT / "benchmarks"


def do_bench(arguments: list[str]) -> int:
    """Run a load generator against the running stack."""
    known = sorted(path.stem for path in BENCHMARKS.glob("[!_]*.py"))
    parser = argparse.ArgumentParser(prog="scripts/bench", description=do_bench.__doc__)
    parser.add_argument("benchmark", choices=known)
    parser.add_argument("arguments", nargs=argparse.REMAINDER)
    options = parser.parse_args(arguments)
    instance = load()
    if not supervisor.is_running(instance):
        raise Refused("not running; start it with scripts/up")
    program = str(BENCHMARKS / f"{options.benchmark}.py")
    os.environ.update(stack_environment(instance))
    os.execv(sys.executable, [sys.executable, program, *options.arguments])


def do_chaos(arguments: list[str]) -> int:
    """Break a private stack in every way; arguments go to pytest."""
    folder = ROOT / "tests" / "chaos"
    if not folder.is_dir():
        raise Refused("there is no tests/chaos")
    outcome = on_a_stack(
        lambda instance, reports: pytest(
            "chaos",
            ["-p", "no:django", "tests/chaos", *arguments],
            reports=reports,
            cwd=ROOT,
            env=stack_environment(instance) | {"TTS_CHAOS": "long"},
        )
    )
    print(table([outcome]))
    return 0 if outcome.is_good else 1
