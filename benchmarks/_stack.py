"""The running stack as `scripts/status --json` tells it; addresses come from nowhere else."""

import json
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from _cpu import below, children

ROOT = Path(__file__).resolve().parent.parent
WORKER = "workflow-worker"


class NotRunning(Exception):
    """There is nothing to measure."""


@dataclass(frozen=True)
class Stack:
    """What a benchmark must know of the stack."""

    hdts_url: str
    operator_url: str
    workflow_database: str
    notification_database: str
    worker_processes: int
    pids: dict[str, int]


def state() -> dict[str, Any]:
    """Return everything that the running stack tells of itself; raises NotRunning."""
    done = subprocess.run(  # noqa: S603  # our own script
        [ROOT / "scripts" / "status", "--json"], capture_output=True, text=True, check=False
    )
    try:
        told: dict[str, Any] = json.loads(done.stdout)
        told["processes"].items()
    except (ValueError, KeyError, TypeError, AttributeError) as exc:
        raise NotRunning(done.stderr.strip() or "scripts/status tells no addresses") from exc
    return told


def running() -> Stack:
    """Return the running stack; raises NotRunning."""
    told = state()
    processes = told["processes"]
    return Stack(
        hdts_url=told["amqp"]["hdts"],
        operator_url=told["amqp"]["operator"],
        workflow_database=told["databases"]["workflow"],
        notification_database=told["databases"]["notification"],
        worker_processes=max(1, sum(_pool_sizes(processes))),
        pids={name: int(each["pid"]) for name, each in processes.items() if each.get("pid")},
    )


def _pool_sizes(processes: dict[str, dict[str, Any]]) -> Iterator[int]:
    """Yield the number of pool processes of each workflow worker: the leaves below its pid."""
    for name, process in processes.items():
        if name.startswith(WORKER) and process.get("pid"):
            yield sum(1 for pid in below(int(process["pid"])) if not children(pid))
