"""From a published ticket to an assigned task with its in-app notification: how long, how many.

Tickets are published with stock Celery: paced, at 100/s, in one burst; both databases are watched
until every ticket has its assignment and its notification. The same run measures the ceiling:
no-op Celery tasks from the same RabbitMQ on the same machine with as many worker processes.
Ends with 1 when a ticket was lost, doubled or invented, p95 of the paced part is above 2 s, or
assignment falls behind 100/s (its p95 then grows above 2 s).
"""

import argparse
import json
import os
import platform
import sys
import time
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import _ceiling
import _cpu
from _publish import publish, sender
from _stack import NotRunning, Stack, running
from _watch import ASSIGNED, NOTIFIED, Watch

RESULTS = Path(__file__).resolve().parent / "results"
TARGET_P95_S = 2.0
TARGET_RATE = 100.0  # tickets a second that two worker processes must keep up with
SETTLING_S = 2.0  # long enough for a second effect of the last ticket to show


@dataclass(frozen=True)
class Difference:
    """Sets compared at the end: what was sent against what is there."""

    lost_assignments: int
    lost_notifications: int
    doubled_assignments: int
    doubled_notifications: int
    invented: int


@dataclass(frozen=True)
class Part:
    """One series of tickets and what became of it; times in seconds, rates a second."""

    tickets: int
    published_rate: float
    assigned_rate: float
    drained_rate: float
    cpu_ms_per_ticket: dict[str, float]
    to_assigned: dict[str, float]
    to_notified: dict[str, float]
    to_notified_by_row_time: dict[str, float]
    difference: Difference

    @property
    def is_exact(self) -> bool:
        """Whether every ticket had its effects exactly once."""
        return not any(asdict(self.difference).values())


def run_part(stack: Stack, *, tickets: int, rate: float | None, patience_s: float) -> Part:
    """Publish tickets and watch them until all have arrived or patience ends."""
    prefix = f"BENCH-{uuid4().hex[:8]}-"
    ids = [f"{prefix}{number:06}" for number in range(tickets)]
    before = _cpu.seconds(stack.pids)
    with (
        Watch(stack.workflow_database, ASSIGNED, prefix) as assigned,
        Watch(stack.notification_database, NOTIFIED, prefix) as notified,
        sender(stack.hdts_url) as send,
    ):
        sent = publish(send, ids, rate=rate)
        deadline = time.monotonic() + patience_s
        while time.monotonic() < deadline:
            if len(assigned.seen) >= tickets and len(notified.seen) >= tickets:
                break
            time.sleep(0.05)
        time.sleep(SETTLING_S)
    cpu = _cpu.per_ticket_ms(before, _cpu.seconds(stack.pids), tickets=tickets)
    return _part(sent, assigned, notified, cpu=cpu)


def _part(
    sent: dict[str, float], assigned: Watch, notified: Watch, *, cpu: dict[str, float]
) -> Part:
    span = max(sent.values()) - min(sent.values())
    return Part(
        tickets=len(sent),
        published_rate=_round((len(sent) - 1) / span if span else 0.0),
        assigned_rate=_round(_drained_rate(sorted(assigned.seen.values()))),
        drained_rate=_round(_drained_rate(sorted(notified.seen.values()))),
        cpu_ms_per_ticket=cpu,
        to_assigned=_percentiles(sent, assigned.seen),
        to_notified=_percentiles(sent, notified.seen, assigned.seen),
        to_notified_by_row_time=_percentiles(sent, notified.stamped, assigned.stamped),
        difference=_difference(set(sent), assigned, notified),
    )


def _difference(sent: set[str], assigned: Watch, notified: Watch) -> Difference:
    assignments, notifications = assigned.per_ticket, notified.per_ticket
    return Difference(
        lost_assignments=len(sent - assignments.keys()),
        lost_notifications=len(sent - notifications.keys()),
        doubled_assignments=sum(count > 1 for count in assignments.values()),
        doubled_notifications=sum(count > 1 for count in notifications.values()),
        invented=len((assignments.keys() | notifications.keys()) - sent),
    )


def _percentiles(sent: dict[str, float], *ends: dict[str, float]) -> dict[str, float]:
    """Return p50, p95, p99 and the maximum of the time to the last of `ends`."""
    complete = [ticket for ticket in sent if all(ticket in end for end in ends)]
    waits = sorted(max(end[ticket] for end in ends) - sent[ticket] for ticket in complete)
    if not waits:
        return {}
    ranks = {"p50": 0.50, "p95": 0.95, "p99": 0.99, "max": 1.0}
    return {name: _round(waits[int(rank * (len(waits) - 1))]) for name, rank in ranks.items()}


def _drained_rate(moments: list[float]) -> float:
    """Return arrivals a second between the first and the last tenth of them."""
    low, high = len(moments) // 10, len(moments) - 1 - len(moments) // 10
    if high <= low or moments[high] == moments[low]:
        return 0.0
    return (high - low) / (moments[high] - moments[low])


def _round(number: float) -> float:
    return round(number, 3)


def measure(options: argparse.Namespace, stack: Stack) -> dict[str, Any]:
    """Run the paced part, the burst and the ceiling; shows each and returns the report."""
    processes = options.processes or stack.worker_processes
    report: dict[str, Any] = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": {"cpus": os.cpu_count(), "system": platform.platform(), "load": os.getloadavg()},
        "worker_processes": processes,
        "parts": {},
    }
    series = {
        "paced": (int(options.rate * options.seconds), options.rate),
        "sustained": (int(TARGET_RATE * options.sustained), TARGET_RATE),
        "burst": (options.burst, None),
    }
    for name, (tickets, rate) in series.items():
        if tickets:
            _say(f"{name}: {tickets} tickets, {f'{rate:g} a second' if rate else 'at once'} …")
            part = run_part(stack, tickets=tickets, rate=rate, patience_s=options.patience)
            report["parts"][name] = part
            show_part(name, part)
    if options.ceiling:
        _say(f"ceiling: {options.ceiling} no-op tasks …")
        ceiling = _ceiling.measure(
            stack.operator_url, messages=options.ceiling, processes=processes
        )
        report["ceiling_rate"] = _round(ceiling)
        print(f"ceiling: {ceiling:.0f} no-op tasks a second, {processes} worker processes")
    if "burst" in report["parts"] and options.ceiling:
        report["ratio"] = _round(report["parts"]["burst"].drained_rate / ceiling)
        print(f"ratio: {report['ratio']:.3f} of the ceiling")
    return report


def verdict(report: dict[str, Any]) -> list[str]:
    """Return what is not as it must be, in sentences."""
    faults = [
        f"{name}: {asdict(part.difference)}"
        for name, part in report["parts"].items()
        if not part.is_exact
    ]
    paced = report["parts"].get("paced")
    p95 = paced.to_notified.get("p95") if paced else None
    if p95 is not None and p95 > TARGET_P95_S:
        faults.append(f"paced: p95 is {p95} s, above {TARGET_P95_S} s")
    sustained = report["parts"].get("sustained")
    p95 = sustained.to_assigned.get("p95") if sustained else None
    if p95 is not None and p95 > TARGET_P95_S:
        faults.append(f"sustained: assignment falls behind, p95 is {p95} s")
    return faults


def show_part(name: str, part: Part) -> None:
    """Print one part for people."""
    print(f"{name}: {part.tickets} tickets, published {part.published_rate:.1f}/s")
    print(
        f"  assigned, notified            {part.assigned_rate:8.1f} /s {part.drained_rate:8.1f} /s"
    )
    spent = "  ".join(f"{name} {value:.1f}" for name, value in part.cpu_ms_per_ticket.items())
    print(f"  CPU, ms a ticket              {sum(part.cpu_ms_per_ticket.values()):8.1f}: {spent}")
    print(f"  to assigned task              {_line(part.to_assigned)}")
    print(f"  to assigned and notified      {_line(part.to_notified)}")
    print(f"  the same by the rows' times   {_line(part.to_notified_by_row_time)}")
    print("  " + "  ".join(f"{key} {value}" for key, value in asdict(part.difference).items()))


def _line(percentiles: dict[str, float]) -> str:
    return "  ".join(f"{name} {value:6.3f} s" for name, value in percentiles.items()) or "none"


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


def _keep(report: dict[str, Any]) -> Path:
    RESULTS.mkdir(exist_ok=True)
    parts = {name: asdict(part) for name, part in report["parts"].items()}
    path = RESULTS / f"intake-{report['at'][:10]}.json"
    path.write_text(json.dumps(report | {"parts": parts}, indent=1) + "\n")
    return path


def arguments() -> argparse.Namespace:
    """Return the command line."""
    parser = argparse.ArgumentParser(prog="scripts/bench intake", description=__doc__)
    add = parser.add_argument
    add("--rate", type=float, default=20, metavar="N", help="tickets a second, paced (20)")
    add("--seconds", type=float, default=60, metavar="S", help="length of the paced part (60)")
    add("--sustained", type=float, default=30, metavar="S", help="length at 100/s, 0 for none (30)")
    add("--burst", type=int, default=1000, metavar="N", help="tickets at once, 0 for none (1000)")
    add("--ceiling", type=int, default=10_000, metavar="N", help="no-op tasks, 0 for none (10000)")
    add("--processes", type=int, metavar="N", help="no-op worker processes (as many as run)")
    add("--patience", type=float, default=120, metavar="S", help="wait for the last ticket (120)")
    add("--no-file", action="store_true", help="do not write benchmarks/results/")
    return parser.parse_args()


def main() -> int:
    """Measure, print, keep."""
    options = arguments()
    try:
        stack = running()
    except NotRunning as exc:
        _say(f"intake: {exc}")
        return 2
    report = measure(options, stack)
    if not options.no_file:
        print(f"written to {_keep(report).relative_to(RESULTS.parent.parent)}")
    faults = verdict(report)
    for fault in faults:
        _say(f"not as it must be: {fault}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
