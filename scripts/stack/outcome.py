"""What a part of the tests or a step of the checks came to, and the table at the end."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as Xml

from stack.shell import end_of

TOLD_WHOLE = 8  # failures; of more than these only the names are repeated
LINES_OF_ONE = 30  # the end of what a failed test printed: its error and where it arose
_FAILED = {"failure", "error"}  # elements of a JUnit report


@dataclass(frozen=True)
class Failure:
    """A test that failed or could not run, and the end of what its runner said of it."""

    test: str
    why: str


@dataclass(frozen=True)
class Outcome:
    """Counts of one part; `note` says what the counts do not."""

    name: str
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    seconds: float = 0.0
    note: str = ""
    failures: tuple[Failure, ...] = ()

    @property
    def is_good(self) -> bool:
        return self.failed == 0


def read_junit(name: str, report: Path, *, code: int, seconds: float) -> Outcome:
    """What a JUnit report says; a run that failed without a failed test counts as one."""
    total = failed = skipped = 0
    failures: list[Failure] = []
    if report.exists():
        root = Xml.parse(report).getroot()  # noqa: S314 -- our own runner wrote it just now
        for suite in root.iter("testsuite"):
            total += int(suite.get("tests", 0))
            failed += int(suite.get("failures", 0)) + int(suite.get("errors", 0))
            skipped += int(suite.get("skipped", 0))
        failures = [told for case in root.iter("testcase") for told in _failures(case)]
    if code != 0 and failed == 0:
        return Outcome(name, failed=1, seconds=seconds, note=f"the runner ended with {code}")
    return Outcome(
        name,
        passed=total - failed - skipped,
        failed=failed,
        skipped=skipped,
        seconds=seconds,
        failures=tuple(failures),
    )


def _failures(case: Xml.Element) -> list[Failure]:
    test = f"{case.get('classname', '')} › {case.get('name', '')}"
    said = [told.text or told.get("message") or "" for told in case if told.tag in _FAILED]
    return [Failure(test, end_of(text.rstrip(), LINES_OF_ONE)) for text in said]


def table(outcomes: list[Outcome]) -> str:
    """What failed, then one line a part, and the sum as the last line.

    The failures are repeated here because whoever reads the end of a long log has not seen them.
    """
    lines = ["", *_told(outcomes)]
    lines.append(f"{'part':<22}{'passed':>8}{'failed':>8}{'skipped':>9}{'time':>10}")
    for each in outcomes:
        lines.append(
            f"{each.name:<22}{each.passed:>8}{each.failed:>8}{each.skipped:>9}"
            f"{each.seconds:>8.0f} s  {each.note}".rstrip()
        )
    passed = sum(each.passed for each in outcomes)
    failed = sum(each.failed for each in outcomes)
    return "\n".join([*lines, "", f"{passed} passed, {failed} failed"])


def _told(outcomes: list[Outcome]) -> list[str]:
    lines: list[str] = []
    all_of_them = [(part.name, failure) for part in outcomes for failure in part.failures]
    for place, (part, failure) in enumerate(all_of_them):
        lines.append(f"FAILED {part}: {failure.test}")
        if place < TOLD_WHOLE:
            lines += [f"    {line}" for line in failure.why.splitlines()] + [""]
    return lines
