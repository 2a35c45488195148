"""The doors: what each command in scripts/ takes and does."""

from __future__ import annotations

import argparse
import json
import os
import sys
from typing import NoReturn

from stack import django, status, supervisor
from stack.checks import do_check, do_fix
from stack.down import down
from stack.instance import load
from stack.say import Refused, note, stage
from stack.services import BY_NAME
from stack.testing import do_test
from stack.tools import do_bench, do_chaos
from stack.up import report, scale_of, up


def do_up(arguments: list[str]) -> int:
    """Start everything (again)."""
    parser = argparse.ArgumentParser(prog="scripts/up", description=do_up.__doc__)
    add = parser.add_argument
    add("--workers", nargs="+", default=[], metavar="SERVICE=N", help="worker processes")
    add("--concurrency", nargs="+", default=[], metavar="SERVICE=N", help="slots of each")
    add("--no-ticket", action="store_true", help="do not file a first ticket")
    options = parser.parse_args(arguments)
    instance = load()
    task = up(instance, scale_of(options), ticket=not options.no_ticket)
    print(report(instance, task))
    return 0


def do_down(arguments: list[str]) -> int:
    """Stop what `scripts/up` started, and nothing else."""
    argparse.ArgumentParser(prog="scripts/down", description=do_down.__doc__).parse_args(arguments)
    down(load())
    return 0


def do_status(arguments: list[str]) -> int:
    """Say what runs and where; fails when anything does not."""
    parser = argparse.ArgumentParser(prog="scripts/status", description=do_status.__doc__)
    parser.add_argument("--json", action="store_true", help="one object with every address")
    as_json = parser.parse_args(arguments).json
    instance = load()
    if not supervisor.is_running(instance):
        note("not running; start it with scripts/up")
        return 1
    state = status.whole(instance)
    print(json.dumps(state, indent=1) if as_json else status.table(state))
    return 0 if status.is_healthy(state) else 1


def do_logs(arguments: list[str]) -> NoReturn:
    """Show the logs of one process, or the last lines of all."""
    parser = argparse.ArgumentParser(prog="scripts/logs", description=do_logs.__doc__)
    parser.add_argument("process", nargs="?")
    parser.add_argument("-f", "--follow", action="store_true")
    parser.add_argument("-n", "--lines", default="50")
    options = parser.parse_args(arguments)
    known = sorted(path.stem for path in load().log_dir.glob("*.log"))
    if options.process and options.process not in known:
        raise Refused(f"no log of '{options.process}'; there are: {', '.join(known)}")
    chosen = [options.process] if options.process else known
    files = [str(load().log_dir / f"{name}.log") for name in chosen]
    follow = ["-F"] if options.follow else []
    os.execvp("tail", ["tail", "-n", options.lines, *follow, *files])


def do_seed(arguments: list[str]) -> int:
    """Write the demo data again; what is there stays."""
    argparse.ArgumentParser(prog="scripts/seed", description=do_seed.__doc__).parse_args(arguments)
    instance = load()
    if not supervisor.is_running(instance):
        raise Refused("not running; start it with scripts/up")
    for name in ("auth", "workflow"):
        with stage(f"demo data of {name}"):
            django.seed(instance, BY_NAME[name], always=True)
    return 0


def main() -> int:
    """Open the door that the first argument names."""
    doors = {
        "up": do_up,
        "down": do_down,
        "status": do_status,
        "logs": do_logs,
        "seed": do_seed,
        "test": do_test,
        "check": do_check,
        "fix": do_fix,
        "bench": do_bench,
        "chaos": do_chaos,
    }
    name, *arguments = sys.argv[1:]
    try:
        return doors[name](arguments)
    except Refused as refusal:
        note(f"\n{name}: {refusal}")
        return 1
    except KeyboardInterrupt:
        return 130
