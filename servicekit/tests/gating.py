"""Sockets behind the gate, with an application that echoes what it gets."""
# mypy: allow-untyped-calls
# asgiref's communicator has no types.

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from asgiref.testing import ApplicationCommunicator

from servicekit.auth import Principal
from servicekit.live import SocketGate, tickets
from servicekit.testing.worker import PATIENCE_S

OURS = "http://127.0.0.1:1000"
PING = '{"type": "ping"}'
ANA = Principal(
    user_id=7,
    username="l1.ana",
    roles=frozenset({("tts", "L1 Support")}),
    expires_at=datetime.now(UTC) + timedelta(hours=1),
)


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
