"""The gate with a real Redis and an application that echoes what it gets."""
# mypy: allow-untyped-calls
# asgiref's communicator has no types.

import asyncio
import json
from collections.abc import Callable
from typing import Any

import pytest
from asgiref.testing import ApplicationCommunicator
from gating import ANA, OURS, PING, opened, run, said, socket, ticket

from servicekit.live import tickets
from servicekit.testing.worker import PATIENCE_S

pytestmark = pytest.mark.usefixtures("live_redis")


def test_a_ticket_opens_its_socket_and_tells_who_it_is() -> None:
    async def scenario() -> None:
        ana = socket(ticket())
        assert await opened(ana) == {"type": "websocket.accept", "subprotocol": "tts.v1"}
        assert (await said(ana, '{"type": "x"}'))["text"] == 'l1.ana: {"type": "x"}'

    run(scenario)


def test_the_principal_survives_the_way_through_redis() -> None:
    value = ticket()
    assert asyncio.run(tickets.redeem(value, "/ws/echo/1/", OURS)) == ANA


@pytest.mark.parametrize(
    "refused",
    [
        lambda: socket(None),
        lambda: socket("invented"),
        lambda: socket(ticket(), path="/ws/echo/2/"),
        lambda: socket(ticket(), origin="http://evil.example"),
        lambda: socket(ticket(), origin="null"),
        lambda: socket(ticket(), origin="http://127.0.0.1:1001"),
        lambda: socket(ticket(), origin="http://[broken"),
        lambda: socket(ticket(origin=OURS), origin=None),
        lambda: socket(ticket(), protocol="other.v1"),
    ],
    ids=[
        "no ticket",
        "invented ticket",
        "ticket of another path",
        "foreign origin",
        "null origin",
        "other port",
        "broken origin",
        "origin dropped",
        "no protocol",
    ],
)
def test_it_refuses_before_accept(refused: Callable[[], ApplicationCommunicator]) -> None:
    async def scenario() -> None:
        assert (await opened(refused()))["type"] == "websocket.close"

    run(scenario)


def test_a_ticket_opens_only_once() -> None:
    async def scenario() -> None:
        value = ticket()
        assert (await opened(socket(value)))["type"] == "websocket.accept"
        assert (await opened(socket(value)))["type"] == "websocket.close"

    run(scenario)


def test_a_ticket_misused_on_another_path_is_spent() -> None:
    async def scenario() -> None:
        value = ticket()
        assert (await opened(socket(value, path="/ws/echo/2/")))["type"] == "websocket.close"
        assert (await opened(socket(value)))["type"] == "websocket.close"

    run(scenario)


def test_a_client_without_origin_gets_in_with_a_ticket_of_its_own() -> None:
    async def scenario() -> None:
        value = ticket(origin=None)
        assert (await opened(socket(value, origin=None)))["type"] == "websocket.accept"

    run(scenario)


@pytest.mark.parametrize(
    "garbage", ["", "x", "[]", "1", '"a"', "{}", '{"type": 1}', "[" * 5000, '{"type":']
)
def test_garbage_is_answered_and_the_socket_lives_on(garbage: str) -> None:
    async def scenario() -> None:
        ana = socket(ticket())
        await opened(ana)
        answer = json.loads((await said(ana, garbage))["text"])
        assert (answer["type"], answer["code"]) == ("error", "VALIDATION_ERROR")
        assert "l1.ana" in (await said(ana, '{"type": "x"}'))["text"]

    run(scenario)


def test_binary_frames_are_answered_too() -> None:
    async def scenario() -> None:
        ana = socket(ticket())
        await opened(ana)
        await ana.send_input({"type": "websocket.receive", "bytes": b"\x00\xff"})
        assert json.loads((await ana.receive_output(PATIENCE_S))["text"])["type"] == "error"

    run(scenario)


def test_ping_is_answered_by_the_gate() -> None:
    async def scenario() -> None:
        ana = socket(ticket())
        await opened(ana)
        assert json.loads((await said(ana, PING))["text"]) == {"type": "pong"}

    run(scenario)


def test_no_socket_opens_while_redis_is_away(settings: Any) -> None:
    value = ticket()
    settings.LIVE_REDIS_URL = "redis://127.0.0.1:1/0"

    async def scenario() -> None:
        assert (await opened(socket(value)))["type"] == "websocket.close"

    run(scenario)
