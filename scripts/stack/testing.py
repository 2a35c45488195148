"""`scripts/test`: private servers of its own, its parts, one table at the end."""

from __future__ import annotations

import argparse
import os
import threading
import traceback
from collections.abc import Callable
from pathlib import Path

from stack import ports, supervisor
from stack.down import down
from stack.environment import Scale
from stack.instance import DEFAULT_DIR, Instance, load, prepare
from stack.lanes import side_by_side
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
    """Run those that are apart side by side, then the others in turn; stop what was started."""
    instance = load(test_dir())
    prepare(instance)
    (instance.dir / "reports").mkdir(exist_ok=True)
    run = _Run(instance)
    try:
        apart = side_by_side([part for part in chosen if part.is_apart], run)
        return [*apart, *(run(part) for part in chosen if not part.is_apart)]
    finally:
        if run.started and not keep:
            _stop(instance)


def on_a_stack(run: Callable[[Instance, Path], Outcome]) -> Outcome:
    """Run one thing against the tests' own stack, started for it and stopped after it."""
    return run_parts([Part("chaos", STACK, run)], keep=False)[0]


class _Run:
    """Runs parts against one instance, and starts what they need before the first that needs it."""

    def __init__(self, instance: Instance) -> None:
        self.started: set[str] = set()
        self._instance = instance
        self._starting = threading.Lock()

    def __call__(self, part: Part) -> Outcome:
        note(f"\n=== {part.name}")
        if part.is_empty:
            return Outcome(part.name, note="no tests yet")
        try:
            with self._starting:
                self._start(part.needs)
            return part.run(self._instance, self._instance.dir / "reports")
        except Refused as refusal:
            note(f"{part.name}: {refusal}")
            return Outcome(part.name, failed=1, note="could not run, see above")
        except Exception:
            traceback.print_exc()
            return Outcome(part.name, failed=1, note="could not run, see above")

    def _start(self, needs: str) -> None:
        if needs != NOTHING and not self.started.intersection({needs, STACK}):
            _start(needs, self._instance)
            self.started.add(needs)


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
