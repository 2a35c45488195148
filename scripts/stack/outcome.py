"""What a part of the tests or a step of the checks came to, and the table at the end."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as Xml


@dataclass(frozen=True)
class Outcome:
    """Counts of one part; `note` says what the counts do not."""

    name: str
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    seconds: float = 0.0
    note: str = ""

    @property
    def is_good(self) -> bool:
        return self.failed == 0


def read_junit(name: str, report: Path, *, code: int, seconds: float) -> Outcome:
    """The counts of a JUnit report; a run that failed without a failed test counts as one."""
    total = failed = skipped = 0
    if report.exists():
        root = Xml.parse(report).getroot()  # noqa: S314 -- our own runner wrote it just now
        for suite in root.iter("testsuite"):
            total += int(suite.get("tests", 0))
            failed += int(suite.get("failures", 0)) + int(suite.get("errors", 0))
            skipped += int(suite.get("skipped", 0))
    if code != 0 and failed == 0:
        return Outcome(name, failed=1, seconds=seconds, note=f"the runner ended with {code}")
    return Outcome(
        name, passed=total - failed - skipped, failed=failed, skipped=skipped, seconds=seconds
    )


def table(outcomes: list[Outcome]) -> str:
    """One line a part, and the sum as the last line."""
    lines = ["", f"{'part':<22}{'passed':>8}{'failed':>8}{'skipped':>9}{'time':>10}"]
    for each in outcomes:
        lines.append(
            f"{each.name:<22}{each.passed:>8}{each.failed:>8}{each.skipped:>9}"
            f"{each.seconds:>8.0f} s  {each.note}".rstrip()
        )
    passed = sum(each.passed for each in outcomes)
    failed = sum(each.failed for each in outcomes)
    return "\n".join([*lines, "", f"{passed} passed, {failed} failed"])
