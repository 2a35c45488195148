"""A documented port is used when free; a taken one is named, left alone and stepped around."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator

import pytest
from stack import ports
from stack.instance import Instance, load


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.socket() as holder:
        port = next(port for port in range(27100, 27200) if ports.trouble(port) is None)
        holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        holder.bind(("127.0.0.1", port))
        holder.listen()
        yield port


def test_a_free_port_has_no_trouble(taken: int) -> None:
    assert ports.trouble(taken) is not None
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        free = probe.getsockname()[1]
    assert ports.trouble(free) is None


def test_a_taken_port_is_named_with_its_holder(taken: int) -> None:
    assert f"(pid {os.getpid()})" in (ports.trouble(taken) or "")


def test_a_taken_port_is_stepped_around_and_said(
    instance: Instance, taken: int, capsys: pytest.CaptureFixture[str]
) -> None:
    instance.ports["redis"] = taken
    chosen = ports.choose(instance, ["redis"], held=())["redis"]
    assert chosen != taken
    assert ports.trouble(chosen) is None
    assert f"port {taken} is taken by" in capsys.readouterr().err


def test_a_port_that_another_command_has_settled_on_is_stepped_around(
    instance: Instance, capsys: pytest.CaptureFixture[str]
) -> None:
    instance.ports["redis"] = settled = next(filter(ports.is_free, range(27300, 27400)))
    other = "import socket, sys; s = socket.socket(socket.AF_UNIX); s.bind(chr(0) + sys.argv[1])"
    command = [sys.executable, "-c", f"{other}; print('settled', flush=True); sys.stdin.read()"]
    with subprocess.Popen(
        [*command, f"tts-port-{settled}"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"settled\n"
        assert ports.choose(instance, ["redis"], held=())["redis"] != settled
        process.communicate()
    assert f"port {settled} is about to be used" in capsys.readouterr().err
    instance.ports["redis"] = settled
    assert ports.choose(instance, ["redis"], held=())["redis"] == settled


def test_a_running_instance_keeps_its_ports(instance: Instance, taken: int) -> None:
    instance.ports["redis"] = taken
    assert ports.choose(instance, ["redis"], held={"redis"})["redis"] == taken


def test_a_running_instance_chooses_anew_for_what_does_not_run(
    instance: Instance, taken: int
) -> None:
    instance.ports["gateway"] = taken
    assert ports.choose(instance, ["gateway"], held={"redis"})["gateway"] != taken


def test_two_names_never_share_a_port(instance: Instance) -> None:
    chosen = ports.choose(instance, [*ports.DOCUMENTED, *ports.INTERNAL], held=())
    assert len(set(chosen.values())) == len(chosen)


def test_the_choice_is_remembered(instance: Instance) -> None:
    chosen = ports.choose(instance, ["redis"], held=())["redis"]
    assert load(instance.dir).ports["redis"] == chosen


def test_an_instance_beside_the_default_one_stays_off_the_documented_ports(
    instance: Instance,
) -> None:
    chosen = ports.choose(instance, list(ports.DOCUMENTED), held=())
    assert not set(chosen.values()) & set(ports.DOCUMENTED.values())


def test_no_server_listens_where_outgoing_connections_take_their_ports(
    instance: Instance,
) -> None:
    instance.ports["amqp-management"] = 35672
    chosen = ports.choose(instance, [*ports.DOCUMENTED, *ports.INTERNAL], held=())
    assert max(chosen.values()) < ports.EPHEMERAL
