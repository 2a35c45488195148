"""What lists, details and searches cost at 10,000, 100,000 and 1,000,000 tickets.

Makes a database for each size on the running PostgreSQL, fills it, and asks the real views in this
process, size by size in turn, so that a busy machine slows all alike. Beside each request stands
the time of its SQL statements alone. The databases are dropped at the end.
Ends with 1 when the 95th percentile at the greatest size is more than 1.3 times that at the
smallest, or a search takes more than 300 ms.
"""

import argparse
import gc
import json
import os
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import django
import psycopg
from _fill import fill
from _requests import CALLERS, CELLS, Caller, Cell, Costs, measure
from _stack import ROOT, NotRunning, state
from psycopg import sql

RESULTS = Path(__file__).resolve().parent / "results"
SIZES = (10_000, 100_000, 1_000_000)
TARGET_RATIO = 1.3
TARGET_SEARCH_MS = 300
BYTES_A_TICKET = 8_000
NAME = "tts_bench_reads_{}"
WARM_UP = 2
Table = dict[str, dict[str, dict[str, float]]]


def set_up(server: str, redis: str) -> None:
    """Be the Workflow API, with tokens of our own and no limit to requests."""
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "workflow_api.settings",
        "TTS_PROFILE": "test",
        "SECRET_KEY": "a key for a process that keeps no secret 0123456789",
        "DATABASE_URL": server,
        "AMQP_URL": "amqp://nobody@127.0.0.1:9//",
        "REDIS_URL": redis,
        "AUTH_URL": "http://127.0.0.1:9",
        "AUTH_JWKS_URL": "http://127.0.0.1:9/.well-known/jwks.json",
        "PUBLIC_URL": "http://127.0.0.1:1000",
        "PUBLIC_PREFIX": "/workflow",
        "ALLOWED_HOSTS": "*",
    }
    django.setup()


@contextmanager
def databases(server: str, sizes: list[int], *, seed: int, keep: bool) -> Iterator[dict[int, Any]]:
    """Yield a Django connection to a filled database of each size; dropped at the end."""
    from django.core.management import call_command  # noqa: PLC0415  # after set-up
    from django.db import connections  # noqa: PLC0415

    made: dict[int, Any] = {}
    is_whole = False
    try:
        for size in sizes:
            name = NAME.format(size)
            _check_room(size)
            is_new = _create(server, name, anew=not keep)
            made[size] = connections.create_connection("default")
            made[size].settings_dict = _as_web(made[size].settings_dict) | {"NAME": name}
            connections["default"] = made[size]
            if is_new:
                began = time.monotonic()
                call_command("migrate", verbosity=0)
                fill(urlsplit(server)._replace(path=f"/{name}").geturl(), size, seed=seed)
                say(f"filled {size:,} tickets in {time.monotonic() - began:.0f} s")
        is_whole = True
        yield made
    finally:
        for size, connection in made.items():
            connection.close()
            if not (keep and is_whole):
                _drop(server, NAME.format(size))


def _as_web(settings: dict[str, Any]) -> dict[str, Any]:
    """Return the settings of a connection with what web processes add, save the pool."""
    options = settings["OPTIONS"]
    alone = f"{options['options']} -c max_parallel_workers_per_gather=0"
    return settings | {"OPTIONS": options | {"options": alone}}


def _check_room(size: int) -> None:
    free = shutil.disk_usage("/").free
    if free < size * BYTES_A_TICKET * 2:
        raise NotRunning(f"{size:,} tickets need more than the {free >> 30} GiB that are free")


def _create(server: str, name: str, *, anew: bool) -> bool:
    """Make a database, unless one is there and kept; returns whether it is new."""
    if anew:
        _drop(server, name)
    with psycopg.connect(server, autocommit=True) as connection:
        known = "SELECT 1 FROM pg_database WHERE datname = %s"
        if connection.execute(known, [name]).fetchone():
            return False
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    return True


def _drop(server: str, name: str) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
        connection.execute(drop.format(sql.Identifier(name)))


def run(made: dict[int, Any], cells: list[Cell], *, rounds: int) -> Table:
    """Ask every cell of every size in turn; returns the costs by cell and size."""
    from django.db import connections  # noqa: PLC0415  # after set-up

    from servicekit.auth.keys import keys  # noqa: PLC0415
    from servicekit.auth.revoked import revocations  # noqa: PLC0415
    from servicekit.testing.tokens import jwks  # noqa: PLC0415

    revocations.forget(fresh_for_s=86_400)
    callers = {name: Caller(name) for name in CALLERS}
    gc.collect()
    gc.freeze()
    table: Table = {}
    for cell in cells:
        keys.preload(jwks())  # none are fetched when these grow old
        costs = {size: Costs() for size in made}
        for turn in range(-WARM_UP, rounds):
            for size, connection in made.items():
                connections["default"] = connection
                kept = costs[size] if turn >= 0 else Costs()
                measure(cell, callers[cell.caller], size, kept)
        table[str(cell)] = {str(size): each.summary() for size, each in costs.items()}
        say(line(str(cell), table[str(cell)]))
    return table


def faults(table: Table) -> list[str]:
    """Return what misses its target."""
    found = []
    for name, sizes in table.items():
        ratio, last = growth(sizes, "p95_ms"), list(sizes.values())[-1]
        if ratio > TARGET_RATIO:
            found.append(f"{name}: {ratio:.2f} times the smallest")
        if "search" in name and last["p95_ms"] > TARGET_SEARCH_MS:
            found.append(f"{name}: {last['p95_ms']:.0f} ms")
    return found


def growth(sizes: dict[str, dict[str, float]], what: str) -> float:
    """Return how many times the greatest size costs what the smallest does."""
    costs = [each[what] for each in sizes.values()]
    return costs[-1] / costs[0]


def line(name: str, sizes: dict[str, dict[str, float]]) -> str:
    """Return one row of the table."""
    shown = ("p50_ms", "p95_ms", "cpu_p95_ms", "sql_p95_ms")
    cells = ["".join(f"{each[what]:7.1f}" for what in shown) for each in sizes.values()]
    queries = list(sizes.values())[-1]["queries"]
    ratios = f"{growth(sizes, 'p95_ms'):6.2f}{growth(sizes, 'cpu_p50_ms'):6.2f}"
    return f"{name:42}{queries:3.0f} |{' |'.join(cells)} |{ratios}"


def heading(sizes: list[int]) -> str:
    """Return the head of the table."""
    cells = [f"{f'{size:,} tickets':>28}" for size in sizes]
    columns = ["    p50    p95 cpu95  sql95 "] * len(sizes)
    first = f"{'':42}    |{' |'.join(cells)} | ratio of"
    return f"{first}\n{'request, times in ms':42}  q |{' |'.join(columns)} |   p95 cpu50"


def kept(table: Table, *, rounds: int) -> Table:
    """Write what was measured into the day's file; returns all that it has."""
    path = RESULTS / f"reads-{datetime.now(UTC):%Y-%m-%d}.json"
    before: Table = json.loads(path.read_text())["cells"] if path.exists() else {}
    found = {str(cell): (before | table).get(str(cell)) for cell in CELLS}
    cells = {name: sizes for name, sizes in found.items() if sizes}
    told = {
        "rounds": rounds,
        "processors": os.cpu_count(),
        "load_average": os.getloadavg()[1],
        "missed": faults(cells),
        "cells": cells,
    }
    path.write_text(json.dumps(told, indent=1) + "\n")
    say(f"kept in {path.relative_to(ROOT)}")
    return cells


def say(text: str) -> None:
    """Print at once."""
    print(text, flush=True)


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="scripts/bench reads", description=__doc__)
    add = parser.add_argument
    add("--sizes", type=int, nargs="+", default=list(SIZES), metavar="TICKETS")
    add("--rounds", type=int, default=60, help="requests of each kind at each size")
    add(
        "--only",
        nargs="+",
        default=[""],
        metavar="TEXT",
        help="requests whose name has one of these texts; the file keeps the day's others",
    )
    add("--seed", type=int, default=4)
    add("--keep", action="store_true", help="leave the databases, and use those that were left")
    add("--server", help="PostgreSQL superuser's address where scripts/up did not start it")
    add("--redis", default="redis://127.0.0.1:9/0", help="with --server: where calls are counted")
    add("--no-file", action="store_true", help="print only")
    return parser.parse_args()


def main() -> int:
    """Fill, measure, print, keep the result; 1 when something is too slow."""
    wanted = arguments()
    try:
        running = {} if wanted.server else state()
        server = wanted.server or running["database_superuser"]
        set_up(server, wanted.redis if wanted.server else running["redis_databases"]["workflow"])
        cells = [cell for cell in CELLS if any(text in str(cell) for text in wanted.only)]
        sizes = sorted(wanted.sizes)
        with databases(server, sizes, seed=wanted.seed, keep=wanted.keep) as made:
            say(heading(sizes))
            table = run(made, cells, rounds=wanted.rounds)
    except NotRunning as exc:
        print(f"bench reads: {exc}", file=sys.stderr)
        return 2
    if not wanted.no_file:
        table = kept(table, rounds=wanted.rounds)
    missed = faults(table)
    for fault in missed:
        say(f"too slow: {fault}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
