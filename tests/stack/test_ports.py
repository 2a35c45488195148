"""A documented port is used when free; a taken one is named, left alone and stepped around."""

import os
import socket
from collections.abc import Iterator

import pytest
from stack import ports
from stack.instance import Instance, load


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        yield holder.getsockname()[1]


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
    chosen = ports.choose(instance, ["redis"], keep=False)["redis"]
    assert chosen != taken
    assert ports.trouble(chosen) is None
    assert f"port {taken} is taken by" in capsys.readouterr().err


def test_a_running_instance_keeps_its_ports(instance: Instance, taken: int) -> None:
    instance.ports["redis"] = taken
    assert ports.choose(instance, ["redis"], keep=True)["redis"] == taken


def test_two_names_never_share_a_port(instance: Instance) -> None:
    chosen = ports.choose(instance, [*ports.DOCUMENTED, *ports.INTERNAL], keep=False)
    assert len(set(chosen.values())) == len(chosen)


def test_the_choice_is_remembered(instance: Instance) -> None:
    chosen = ports.choose(instance, ["redis"], keep=False)["redis"]
    assert load(instance.dir).ports["redis"] == chosen


def test_an_instance_beside_the_default_one_stays_off_the_documented_ports(
    instance: Instance,
) -> None:
    chosen = ports.choose(instance, list(ports.DOCUMENTED), keep=False)
    assert not set(chosen.values()) & set(ports.DOCUMENTED.values())
