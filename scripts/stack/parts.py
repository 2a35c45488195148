"""The parts of the tests: what each one needs, and how it runs."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from stack import frontend, install, node, postgres, rabbitmq, redis_server
from stack.environment import service_url
from stack.instance import ROOT, Instance
from stack.lanes import timed
from stack.machine import VENV, machine
from stack.outcome import Outcome, read_junit
from stack.services import BY_FOLDER, Service

NO_TESTS = 5  # pytest's exit code when it collected nothing
KIT = Service("kit", "servicekit", "kit", "/kit", 6)
TEST_REDIS_ASIDE = 8  # database numbers 9–14: the stack itself has 1–5
NOTHING, SERVERS, STACK = "nothing", "servers", "stack"


@dataclass(frozen=True)
class Part:
    """One row of the summary."""

    name: str
    needs: str
    run: Callable[[Instance, Path], Outcome]
    tests: tuple[Path, str] | None = None  # a folder and what tests in it are called
    is_apart: bool = False  # shares nothing with others that are: they may run at the same time

    @property
    def is_empty(self) -> bool:
        """Whether there is no test yet for which anything would have to be started."""
        return self.tests is not None and not any(self.tests[0].rglob(self.tests[1]))


def of_service(folder: str) -> Part:
    """The pytest run of one service, in its own process with its own settings."""
    service = BY_FOLDER.get(folder, KIT)

    def run(instance: Instance, reports: Path) -> Outcome:
        rabbitmq.make_vhost(instance, f"test_{service.name}")
        return pytest(
            folder,
            [],
            reports=reports,
            cwd=ROOT / folder,
            env=test_environment(instance, service),
        )

    return Part(folder, SERVERS, run, is_apart=True)


def test_environment(instance: Instance, service: Service) -> dict[str, str]:
    """What a service's own tests read: real servers, a vhost and databases of their own."""
    vhost = f"test_{service.name}"
    settings = "settings" if service is KIT else f"{service.folder}.settings"
    return machine() | {
        "TTS_PROFILE": "test",
        "DJANGO_SETTINGS_MODULE": settings,
        "SECRET_KEY": instance.secret("test-secret-key"),
        "DATABASE_URL": postgres.tester_url(instance, service.database),
        "AMQP_URL": rabbitmq.url(instance, "operator", vhost=vhost),
        "AMQP_MANAGEMENT_URL": rabbitmq.management_url(instance),
        "REDIS_URL": redis_server.url(instance, service.redis_db + TEST_REDIS_ASIDE),
        "PUBLIC_URL": "http://127.0.0.1:1000",
        "PUBLIC_PREFIX": service.prefix,
        "ALLOWED_HOSTS": "*",
        "AUTH_URL": service_url(instance, "auth"),
        "AUTH_JWKS_URL": f"{service_url(instance, 'auth')}/.well-known/jwks.json",
    }


def pytest(
    name: str, arguments: list[str], *, reports: Path, cwd: Path, env: dict[str, str]
) -> Outcome:
    """Run pytest with its output passed through; no tests at all is said, not failed."""
    report = reports / f"{name}.xml"
    report.unlink(missing_ok=True)
    command = [sys.executable, "-m", "pytest", "-q", f"--junitxml={report}", *arguments]
    code, seconds = timed(command, cwd=cwd, env=env)
    if code == NO_TESTS:
        return Outcome(name, seconds=seconds, note="no tests yet")
    return read_junit(name, report, code=code, seconds=seconds)


def whole_system(name: str, *, needs: str) -> Part:
    """The pytest run of a folder of tests/, with the running instance's addresses."""

    def run(instance: Instance, reports: Path) -> Outcome:
        arguments = ["-p", "no:django", f"tests/{name}"]
        return pytest(name, arguments, reports=reports, cwd=ROOT, env=stack_environment(instance))

    return Part(name, needs, run, tests=(ROOT / "tests" / name, "test_*.py"))


def stack_environment(instance: Instance) -> dict[str, str]:
    """What whole-system tests read; every address stands in the status file."""
    return machine() | {
        "TTS_INSTANCE_DIR": str(instance.dir),
        "TTS_STATUS_FILE": str(instance.status_file),
        "PYTHONPATH": str(ROOT / "scripts"),
    }


def _contracts(instance: Instance, reports: Path) -> Outcome:
    """The committed schemas and samples are what the code says."""
    started = time.monotonic()
    command = [str(VENV / "python"), "-m", "servicekit.contracts.export", "--check"]
    code, _ = timed(command, cwd=ROOT, env=machine())
    exported = Outcome("contracts", passed=int(code == 0), failed=int(code != 0))
    part = whole_system("contracts", needs=NOTHING)
    tests = Outcome("contracts") if part.is_empty else part.run(instance, reports)
    return Outcome(
        "contracts",
        passed=exported.passed + tests.passed,
        failed=exported.failed + tests.failed,
        skipped=tests.skipped,
        seconds=time.monotonic() - started,
    )


def _frontend(_: Instance, reports: Path) -> Outcome:
    if not frontend.exists():
        return Outcome("frontend", note="no tests yet")
    started = time.monotonic()
    frontend.ensure_built()
    frontend.ensure_installed()
    npm = node.npm()
    env = node.environment()
    steps = [
        timed([npm, "run", step], cwd=frontend.HOME, env=env)
        for step in ("lint", "typecheck", "size")
    ]
    report = reports / "frontend.xml"
    report.unlink(missing_ok=True)
    reporters = ["--reporter=default", "--reporter=junit", f"--outputFile.junit={report}"]
    code, _seconds = timed([npm, "run", "test", "--", *reporters], cwd=frontend.HOME, env=env)
    unit = read_junit("frontend", report, code=code, seconds=0)
    return Outcome(
        "frontend",
        passed=unit.passed + sum(code == 0 for code, _ in steps),
        failed=unit.failed + sum(code != 0 for code, _ in steps),
        skipped=unit.skipped,
        seconds=time.monotonic() - started,
        note="lint, types and sizes count as one each",
    )


def _e2e(instance: Instance, reports: Path) -> Outcome:
    frontend.ensure_installed()
    report = reports / "e2e.xml"
    report.unlink(missing_ok=True)
    chromium = str(install.find(install.CHROMIUM))
    env = (
        node.environment()
        | stack_environment(instance)
        | {
            "PATH": node.environment()["PATH"],
            "CHROMIUM_PATH": chromium,
            "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD": "1",
            "PLAYWRIGHT_JUNIT_OUTPUT_FILE": str(report),
        }
    )
    npx = node.npx()
    # results of its own: another run beside this one clears the usual folder
    output = f"--output={reports / 'e2e'}"
    command = [npx, "playwright", "test", "--reporter=list,junit", output]
    code, seconds = timed(command, cwd=frontend.HOME, env=env)
    return read_junit("e2e", report, code=code, seconds=seconds)


# Of those that run side by side, the long ones first.
PARTS = (
    of_service("servicekit"),
    of_service("workflow_api"),
    of_service("auth_service"),
    Part("frontend", NOTHING, _frontend, is_apart=True),
    of_service("messaging_service"),
    of_service("notification_service"),
    of_service("ticket_service"),
    Part("contracts", NOTHING, _contracts),
    whole_system("architecture", needs=NOTHING),
    whole_system("stack", needs=NOTHING),
    whole_system("journeys", needs=STACK),
    Part("e2e", STACK, _e2e, tests=(ROOT / "tests" / "e2e", "*.spec.ts")),
    whole_system("security", needs=STACK),
    whole_system("chaos", needs=STACK),
)
