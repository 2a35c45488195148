"""`scripts/test`: private servers of its own, the parts in order, one table at the end."""

from __future__ import annotations

import argparse
import os
import traceback
from collections.abc import Callable
from pathlib import Path

from stack import ports, supervisor
from stack.down import down
from stack.environment import Scale
from stack.instance import DEFAULT_DIR, Instance, load, prepare
from stack.outcome import Outcome, table
from stack.parts import NOTHING, PARTS, STACK, Part
from stack.say import Refused, note, stage
from stack.services import SERVICES
from stack.up import await_slow_servers, settle_ports, start_servers, up

# Exactness is proven with four worker processes; one slot each, so that each can be killed alone.
FOUR_WORKERS = Scale(workers={"workflow": 4}, concurrency={"workflow": 1})
ONE_SERVICE_NEEDS = ["postgres", "redis", "amqp", "amqp-management", *ports.INTERNAL]


def do_test(arguments: list[str]) -> int:
    """Run the tests, or the named parts of them, on private servers of their own."""
    names = [part.name for part in PARTS]
    parser = argparse.ArgumentParser(prog="scripts/test", description=do_test.__doc__)
    parser.add_argument("part", nargs="*", help=f"one or more of {', '.join(names)}")
    parser.add_argument("--keep", action="store_true", help="leave the servers running")
    options = parser.parse_args(arguments)
    unknown = set(options.part) - set(names)
    if unknown:
        raise Refused(f"no such part: {', '.join(sorted(unknown))}; there are {', '.join(names)}")
    chosen = [part for part in PARTS if not options.part or part.name in options.part]
    outcomes = run_parts(chosen, keep=options.keep)
    print(table(outcomes), flush=True)
    return 0 if all(each.is_good for each in outcomes) else 1


def test_dir() -> Path:
    """The folder of the tests' own instance."""
    return Path(os.environ.get("TTS_TEST_INSTANCE_DIR", DEFAULT_DIR / "test")).resolve()


def run_parts(chosen: list[Part], *, keep: bool) -> list[Outcome]:
    """Run the parts one after the other, and stop what was started for them."""
    instance = load(test_dir())
    prepare(instance)
    reports = instance.dir / "reports"
    reports.mkdir(exist_ok=True)
    started: set[str] = set()
    try:
        return [_run(part, instance, reports=reports, started=started) for part in chosen]
    finally:
        if started and not keep:
            _stop(instance)


def on_a_stack(run: Callable[[Instance, Path], Outcome]) -> Outcome:
    """Run one thing against the tests' own stack, started for it and stopped after it."""
    return run_parts([Part("chaos", STACK, run)], keep=False)[0]


def _run(part: Part, instance: Instance, *, reports: Path, started: set[str]) -> Outcome:
    note(f"\n=== {part.name}")
    if part.is_empty:
        return Outcome(part.name, note="no tests yet")
    try:
        if part.needs != NOTHING and not started.intersection({part.needs, STACK}):
            _start(part.needs, instance)
            started.add(part.needs)
        return part.run(instance, reports)
    except Refused as refusal:
        note(f"{part.name}: {refusal}")
        return Outcome(part.name, failed=1, note="could not run, see above")
    except Exception:
        traceback.print_exc()
        return Outcome(part.name, failed=1, note="could not run, see above")


def _start(needs: str, instance: Instance) -> None:
    if needs == STACK:
        up(instance, FOUR_WORKERS)
        return
    with instance.lock(), stage("servers for the tests"):
        settle_ports(instance, [*ONE_SERVICE_NEEDS, *(service.name for service in SERVICES)])
        start_servers(instance, mailing=None)
        await_slow_servers(instance, whole=False)


def _stop(instance: Instance) -> None:
    if supervisor.is_running(instance):
        down(instance)
