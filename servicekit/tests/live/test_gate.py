"""The gate with a real Redis and an application that echoes what it gets."""
# mypy: allow-untyped-calls
# asgiref's communicator has no types.

import asyncio
import json
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from asgiref.testing import ApplicationCommunicator

from servicekit.auth import Principal
from servicekit.auth.revoked import revocations
from servicekit.live import SocketGate, gate, tickets
from servicekit.testing.worker import PATIENCE_S

OURS = "http://127.0.0.1:1000"
PING = '{"type": "ping"}'
ANA = Principal(
    user_id=7,
    username="l1.ana",
    roles=frozenset({("tts", "L1 Support")}),
    expires_at=datetime.now(UTC) + timedelta(hours=1),
)


@pytest.fixture(autouse=True)
def _settings(settings: Any) -> None:
    import os  # noqa: PLC0415

    settings.LIVE_REDIS_URL = os.environ["REDIS_URL"]


async def echo(scope: Any, receive: Any, send: Any) -> None:
    """Accept, then send every text back, with the name of the principal."""
    assert (await receive())["type"] == "websocket.connect"
    await send({"type": "websocket.accept"})
    while (message := await receive())["type"] == "websocket.receive":
        text = f"{scope['principal'].username}: {message['text']}"
        await send({"type": "websocket.send", "text": text})


def socket(
    value: str | None,
    *,
    app: Any = None,
    path: str = "/ws/echo/1/",
    origin: str | None = OURS,
    protocol: str = "tts.v1",
) -> ApplicationCommunicator:
    protocols = [protocol, *([f"ticket.{value}"] if value is not None else [])]
    headers = [(b"origin", origin.encode())] if origin is not None else []
    scope = {"type": "websocket", "path": path, "headers": headers, "subprotocols": protocols}
    return ApplicationCommunicator(app or SocketGate(echo), scope)


async def opened(communicator: ApplicationCommunicator) -> dict[str, Any]:
    await communicator.send_input({"type": "websocket.connect"})
    return dict(await communicator.receive_output(PATIENCE_S))


async def said(communicator: ApplicationCommunicator, text: str) -> dict[str, Any]:
    await communicator.send_input({"type": "websocket.receive", "text": text})
    return dict(await communicator.receive_output(PATIENCE_S))


def ticket(path: str = "ws/echo/1/", origin: str | None = OURS, who: Principal = ANA) -> str:
    return tickets.issue(who, path, origin)[0]


def run(scenario: Callable[[], Awaitable[None]]) -> None:
    asyncio.run(scenario())  # type: ignore[arg-type]


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


def test_the_sixth_socket_of_a_user_is_refused_until_one_closes() -> None:
    async def scenario() -> None:
        app = SocketGate(echo)
        five = [socket(ticket(), app=app) for _ in range(5)]
        for each in five:
            assert (await opened(each))["type"] == "websocket.accept"
        assert (await opened(socket(ticket(), app=app)))["type"] == "websocket.close"
        await five[0].send_input({"type": "websocket.disconnect", "code": 1001})
        await five[0].wait(PATIENCE_S)
        assert (await opened(socket(ticket(), app=app)))["type"] == "websocket.accept"

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


def test_a_frame_over_16_kib_closes_the_socket() -> None:
    async def scenario() -> None:
        ana = socket(ticket())
        await opened(ana)
        frame = json.dumps({"type": "x", "pad": "é" * 9000}, ensure_ascii=False)
        answer = await said(ana, frame)
        assert answer == {"type": "websocket.close", "code": gate.TOO_BIG}

    run(scenario)


def test_the_21st_frame_within_the_window_closes_the_socket(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(gate, "WINDOW_S", 3600.0)

    async def scenario() -> None:
        ana = socket(ticket())
        await opened(ana)
        for _ in range(20):
            await said(ana, PING)
        answer = json.loads((await said(ana, PING))["text"])
        assert answer["code"] == "RATE_LIMIT_EXCEEDED"
        assert (await ana.receive_output(PATIENCE_S))["code"] == gate.TOO_FAST

    run(scenario)


def test_the_socket_closes_when_the_token_expires() -> None:
    async def accept(scope: Any, receive: Any, send: Any) -> None:
        """Accept; from then on the token has a moment left."""
        await receive()
        await send({"type": "websocket.accept"})
        end = datetime.now(UTC) + timedelta(seconds=0.1)
        object.__setattr__(scope["principal"], "expires_at", end)
        await receive()

    async def scenario() -> None:
        short = socket(ticket(), app=SocketGate(accept))
        await opened(short)
        assert await short.receive_output(PATIENCE_S) == {
            "type": "websocket.close",
            "code": gate.TOKEN_EXPIRED,
        }

    run(scenario)


def test_a_client_that_does_not_read_is_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "SEND_DEADLINE_S", 0.2)

    async def scenario() -> None:
        scope = socket(ticket()).scope
        messages = iter([{"type": "websocket.connect"}])

        async def receive() -> Any:
            return next(messages)

        async def never(message: Any) -> None:
            await asyncio.Event().wait()

        async with asyncio.timeout(PATIENCE_S):
            await SocketGate(echo)(scope, receive, never)

    run(scenario)


def test_no_socket_opens_while_redis_is_away(settings: Any) -> None:
    value = ticket()
    settings.LIVE_REDIS_URL = "redis://127.0.0.1:1/0"

    async def scenario() -> None:
        assert (await opened(socket(value)))["type"] == "websocket.close"

    run(scenario)


@pytest.mark.django_db(transaction=True)
def test_a_socket_closes_when_its_token_is_revoked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "LOOK_S", 0.05)

    async def run() -> dict[str, Any]:
        value, _ = await asyncio.to_thread(tickets.issue, ANA, "ws/echo/1/", OURS)
        communicator = socket(value)
        await opened(communicator)
        assert "hello" in (await said(communicator, '{"type": "hello"}'))["text"]
        revocations._versions = {ANA.user_id: ANA.version + 1}
        return dict(await communicator.receive_output(PATIENCE_S))

    assert asyncio.run(run()) == {"type": "websocket.close", "code": gate.TOKEN_EXPIRED}


@pytest.mark.django_db(transaction=True)
def test_a_client_that_talks_all_the_time_is_closed_too_when_its_token_is_revoked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(gate, "LOOK_S", 0.2)
    monkeypatch.setattr(gate, "WINDOW_S", 0.0)  # as many frames as one likes

    async def run() -> dict[str, Any]:
        value, _ = await asyncio.to_thread(tickets.issue, ANA, "ws/echo/1/", OURS)
        communicator = socket(value)
        await opened(communicator)
        revocations._versions = {ANA.user_id: ANA.version + 1}
        async with asyncio.timeout(PATIENCE_S):
            while (answer := await said(communicator, PING))["type"] != "websocket.close":
                pass
        return answer

    assert asyncio.run(run()) == {"type": "websocket.close", "code": gate.TOKEN_EXPIRED}
