"""What ends a socket, or keeps it from opening: too many, too much, too late, revoked."""
# mypy: allow-untyped-calls
# asgiref's communicator has no types.

import asyncio
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from gating import ANA, OURS, PING, echo, opened, run, said, socket, ticket

from servicekit.auth.revoked import revocations
from servicekit.live import SocketGate, gate, tickets
from servicekit.testing.worker import PATIENCE_S

pytestmark = pytest.mark.usefixtures("live_redis")


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
