"""The process table, the supervisor's settings, and how leftovers are known."""

import configparser
import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from stack import launch, ports, processes, supervisor
from stack.environment import Scale, of_service
from stack.instance import Instance
from stack.processes import Process, apps
from stack.say import Refused
from stack.services import BY_NAME, SERVICES
from stack.up import _counts

ONE_EACH = Scale(workers={}, concurrency={})


@pytest.fixture
def settled(instance: Instance) -> Instance:
    ports.choose(instance, [*ports.DOCUMENTED, *ports.INTERNAL], held=())
    return instance


def _command(instance: Instance, name: str, scale: Scale = ONE_EACH) -> list[str]:
    return next(each.command for each in apps(instance, scale) if each.name == name)


def test_every_service_has_a_web_process_and_a_relay(settled: Instance) -> None:
    names = {process.name for process in apps(settled, ONE_EACH)}
    for service in SERVICES:
        assert {f"{service.name}-web", f"{service.name}-relay"} <= names
        assert (f"{service.name}-worker" in names) == bool(service.queues)


def test_more_workers_are_processes_of_their_own(settled: Instance) -> None:
    scale = Scale(workers={"workflow": 4}, concurrency={"workflow": 1})
    names = [process.name for process in apps(settled, scale)]
    assert [name for name in names if name.startswith("workflow-worker")] == [
        "workflow-worker",
        "workflow-worker-2",
        "workflow-worker-3",
        "workflow-worker-4",
    ]
    command = _command(settled, "workflow-worker-3", scale)
    assert command[command.index("-c") + 1] == "1"
    assert "workflow-3@%h" in command


def test_sockets_are_served_by_daphne_and_plain_rest_by_gunicorn(settled: Instance) -> None:
    assert _command(settled, "messaging-web")[0].endswith("/daphne")
    assert _command(settled, "workflow-web")[0].endswith("/gunicorn")


def test_processes_work_with_the_app_role_and_migrations_with_the_owner(
    settled: Instance,
) -> None:
    service = BY_NAME["workflow"]
    at_work = of_service(settled, service, kind="web")["DATABASE_URL"]
    migrating = of_service(settled, service, kind="command", migrating=True)["DATABASE_URL"]
    assert at_work.startswith("postgresql://workflowmanagement:")
    assert migrating.startswith("postgresql://workflowmanagement_owner:")


def test_no_two_services_share_a_secret_key_or_a_database(settled: Instance) -> None:
    environments = [of_service(settled, service, kind="web") for service in SERVICES]
    for name in ("SECRET_KEY", "DATABASE_URL", "REDIS_URL", "PUBLIC_PREFIX"):
        assert len({environment[name] for environment in environments}) == len(SERVICES)


def test_the_supervisors_table_reads_back_and_tells_no_secret(settled: Instance) -> None:
    table = apps(settled, ONE_EACH)
    supervisor.write_table(settled, table)
    path = supervisor.conf(settled)
    parsed = configparser.RawConfigParser()
    parsed.read(path)
    for process in table:
        entry = parsed[f"program:{process.name}"]
        command = shlex.split(entry["command"].replace("%%", "%"))
        assert command[-len(process.command) :] == process.command
        assert entry["autorestart"] == "true"
        assert entry["stopsignal"] == process.stop_signal
    assert not [secret for secret in settled.secrets.values() if secret in path.read_text()]
    assert path.stat().st_mode & 0o077 == 0


def test_a_changed_environment_changes_the_entry(settled: Instance) -> None:
    def entry(value: str) -> str:
        process = Process("one", ["true"], settled.dir, {"SETTING": value})
        return supervisor._entry(settled, process)

    assert entry("old") != entry("new")
    assert entry("old") == entry("old")


def test_leftovers_are_known_by_their_mark_and_ended(tmp_path: Path) -> None:
    mark = {"TTS_INSTANCE": str(tmp_path), "TTS_PROCESS": "sleeper"}
    ours = subprocess.Popen(["sleep", "60"], env=os.environ | mark)
    strangers = subprocess.Popen(["sleep", "60"])
    try:
        while not Path(f"/proc/{ours.pid}/comm").read_text().startswith("sleep"):
            pass
        assert launch.leftovers(str(tmp_path)) == [ours.pid]
        assert launch.leftovers(str(tmp_path), "sleeper") == [ours.pid]
        assert launch.leftovers(str(tmp_path), "another") == []
        launch.end([ours.pid], patience_s=5)
        assert ours.wait(5) != 0
        assert strangers.poll() is None
    finally:
        ours.kill()
        strangers.kill()
        ours.wait()
        strangers.wait()


def test_launch_becomes_the_process_with_its_own_environment_only(settled: Instance) -> None:
    shown = "import os; print(sorted(os.environ))"
    assert launched(settled, shown) == "['LC_ALL', 'ONLY', 'TTS_HOMES']"


@pytest.mark.parametrize("niceness", [0, 19])
def test_who_yields_has_a_session_of_its_own_that_is_nice(settled: Instance, niceness: int) -> None:
    alone = "os.getsid(0) == os.getpid() == os.getpgid(0)"
    is_alone, nice = launched(
        settled, f"import os; print({alone}, os.nice(0))", niceness=niceness
    ).split()
    assert (is_alone, int(nice)) == (str(niceness > 0), min(os.nice(0) + niceness, 19))


def test_the_session_of_who_yields_is_nice_where_sessions_share(settled: Instance) -> None:
    # "/autogroup-12 nice 19"; no such file, or nothing in it, where the kernel has no autogroups
    shown = "import pathlib; print(pathlib.Path('/proc/self/autogroup').read_text())"
    if not os.access("/proc/self/autogroup", os.W_OK):
        pytest.skip("this kernel does not share the processor between sessions")
    of_session = launched(settled, shown, niceness=19).split()
    assert of_session[1:] in ([], ["nice", "19"])


def test_who_only_hears_of_a_ticket_yields_to_intake(settled: Instance) -> None:
    niceness = {each.name: each.niceness for each in apps(settled, ONE_EACH)}
    assert {niceness[name] for name in ("workflow-worker", "workflow-relay", "workflow-web")} == {0}
    followers = ("messaging-worker", "notification-worker", "notification-mailer", "ticket-worker")
    assert {niceness[name] for name in followers} == {processes.LAST}


def launched(instance: Instance, code: str, *, niceness: int = 0) -> str:
    """What a supervised process prints that runs this code."""
    command = [sys.executable, "-c", code]
    environment = {"TTS_HOMES": str(instance.dir), "ONLY": "this", "LC_ALL": "C.UTF-8"}
    process = Process("one", command, instance.dir, environment, niceness=niceness)
    supervisor.write_table(instance, [process])
    entries = configparser.RawConfigParser()
    entries.read(supervisor.conf(instance))
    return subprocess.run(
        shlex.split(entries["program:one"]["command"]),
        capture_output=True,
        text=True,
        check=True,
        process_group=0,  # as the supervisor starts it
    ).stdout.strip()


@pytest.mark.parametrize("pair", ["workflow", "workflow=0", "workflow=x", "nobody=2"])
def test_an_impossible_scale_is_refused(pair: str) -> None:
    with pytest.raises(Refused, match="is not SERVICE=COUNT"):
        _counts([pair])
