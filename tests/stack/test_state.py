"""What an instance keeps, what its status tells, and how a test run is summed up."""

import json
from pathlib import Path

import pytest
from stack import ports, status
from stack.instance import Instance, load
from stack.outcome import TOLD_WHOLE, Failure, Outcome, read_junit, table
from stack.say import Refused

KEYS = {
    "profile", "gateway", "services", "amqp", "databases", "redis", "mail", "simulators",
    "password", "users",
}  # fmt: skip
SERVICE_NAMES = {"auth", "workflow", "messaging", "notification", "ticket"}


def test_secrets_are_made_once_and_kept_for_the_owner_only(instance: Instance) -> None:
    first = instance.secret("one")
    assert load(instance.dir).secret("one") == first
    assert (instance.dir / "state.json").stat().st_mode & 0o077 == 0


def test_only_one_door_works_on_an_instance_at_a_time(instance: Instance) -> None:
    with (
        instance.lock(),
        pytest.raises(Refused, match="another scripts/ command"),
        load(instance.dir).lock(),
    ):
        pass


def test_the_status_has_every_promised_address(instance: Instance) -> None:
    ports.choose(instance, [*ports.DOCUMENTED, *ports.INTERNAL], held=())
    told = status.addresses(instance)
    assert told.keys() >= KEYS
    assert told["services"].keys() == told["databases"].keys() == SERVICE_NAMES
    assert told["amqp"].keys() == {"hdts", "operator", "management"}
    assert told["mail"]["kind"] == "maildev"
    assert {"username": "l1.ana", "roles": ["tts:L1 Support"]} in told["users"]
    json.dumps(told)


def test_a_status_with_a_dead_process_is_not_healthy() -> None:
    running = {"state": "running"}
    assert status.is_healthy({"processes": {"a": running, "b": running}})
    assert not status.is_healthy({"processes": {"a": running, "b": {"state": "backoff"}}})


JUNIT = """<testsuites><testsuite tests="5" failures="1" errors="1" skipped="1">
<testcase classname="tests.test_one" name="test_good"/>
<testcase classname="tests.test_one" name="test_bad"><failure message="no">def it():
E  assert 1 == 2</failure></testcase>
<testcase classname="tests.test_one" name="test_late"><error message="no database"/></testcase>
</testsuite></testsuites>"""


def test_a_report_is_counted(tmp_path: Path) -> None:
    report = tmp_path / "report.xml"
    report.write_text(JUNIT)
    outcome = read_junit("part", report, code=1, seconds=1.0)
    assert (outcome.passed, outcome.failed, outcome.skipped) == (2, 2, 1)


def test_what_failed_stands_by_name_and_reason_before_the_sums(tmp_path: Path) -> None:
    report = tmp_path / "report.xml"
    report.write_text(JUNIT)
    text = table([read_junit("part", report, code=1, seconds=1.0), Outcome("two", passed=1)])
    failed, _, sums = text.partition("passed  failed")
    assert "FAILED part: tests.test_one › test_bad\n    def it():\n    E  assert 1 == 2" in failed
    assert "FAILED part: tests.test_one › test_late\n    no database" in failed
    assert "test_good" not in failed
    assert sums.splitlines()[-1] == "3 passed, 2 failed"


def test_of_many_failures_the_names_are_told() -> None:
    many = tuple(Failure(f"test_{place}", "for this reason") for place in range(50))
    text = table([Outcome("part", failed=50, failures=many)])
    assert text.count("FAILED part: test_") == 50
    assert text.count("for this reason") == TOLD_WHOLE


@pytest.mark.parametrize("code", [1, 2, 3, 137])
def test_a_runner_that_dies_without_a_report_has_failed(tmp_path: Path, code: int) -> None:
    outcome = read_junit("part", tmp_path / "missing.xml", code=code, seconds=1.0)
    assert not outcome.is_good
    assert f"ended with {code}" in outcome.note


def test_the_last_line_is_the_sum() -> None:
    text = table([Outcome("one", passed=2), Outcome("two", passed=3, failed=1)])
    assert text.splitlines()[-1] == "5 passed, 1 failed"
