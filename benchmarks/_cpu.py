"""Who spent the processor's time: user and system seconds of each process and all below it."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


def seconds(pids: Mapping[str, int]) -> dict[str, float]:
    """Return the seconds that each named process and its descendants have used so far."""
    return {name: _with_children(pid) for name, pid in pids.items()}


def per_ticket_ms(
    before: Mapping[str, float], after: Mapping[str, float], *, tickets: int
) -> dict[str, float]:
    """Return milliseconds a ticket by process, the dearest first, those without any left out."""
    spent = {name: 1000 * (after[name] - before.get(name, 0.0)) / tickets for name in after}
    ranked = sorted(spent.items(), key=lambda item: -item[1])
    return {name: round(value, 2) for name, value in ranked if value >= 0.05}


def below(pid: int) -> Iterator[int]:
    """Yield every living descendant of a process."""
    for child in children(pid):
        yield child
        yield from below(child)


def children(pid: int) -> list[int]:
    """Return the living children of a process; none when it has ended."""
    try:
        threads = list(Path(f"/proc/{pid}/task").iterdir())
        return [
            int(each) for thread in threads for each in (thread / "children").read_text().split()
        ]
    except OSError:
        return []


def _with_children(pid: int) -> float:
    return sum(_own(each) for each in (pid, *below(pid)))


def _own(pid: int) -> float:
    """Return user and system time, with that of ended and awaited children (proc(5), stat)."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(int(each) for each in fields[11:15]) / TICKS
