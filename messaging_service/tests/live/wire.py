"""A socket inside the test process: the whole ASGI application, gate included."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

from asgiref.sync import sync_to_async
from asgiref.testing import ApplicationCommunicator
from channels.db import database_sync_to_async

from messaging_service.comments import services
from messaging_service.comments.models import Comment
from servicekit.auth import Principal
from servicekit.live import tickets
from servicekit.testing.worker import PATIENCE_S

ORIGIN = "http://127.0.0.1:1000"
Frame = dict[str, Any]


class Refused(Exception):
    """The socket was refused before accept."""


class Wire:
    """One open socket."""

    def __init__(self, communicator: ApplicationCommunicator) -> None:
        self._communicator = communicator

    async def say(self, frame: object) -> None:
        text = frame if isinstance(frame, str) else json.dumps(frame)
        await self._communicator.send_input({"type": "websocket.receive", "text": text})

    async def frame(self, kind: str) -> Frame:
        """Return the next frame of a kind; others are skipped."""
        async with asyncio.timeout(PATIENCE_S):
            while True:
                message = await self._communicator.receive_output(PATIENCE_S)
                assert message["type"] == "websocket.send", message
                got: Frame = json.loads(message["text"])
                if got["type"] == kind:
                    return got

    async def frames(self, kind: str, count: int) -> list[Frame]:
        return [await self.frame(kind) for _ in range(count)]

    async def closed_with(self) -> int:
        """Return the code with which the server closes."""
        async with asyncio.timeout(PATIENCE_S):
            while True:
                message = await self._communicator.receive_output(PATIENCE_S)
                if message["type"] == "websocket.close":
                    return int(message["code"])


@asynccontextmanager
async def wire(path: str, who: Principal) -> AsyncIterator[Wire]:
    """Open a socket with a fresh ticket; raises Refused."""
    from messaging_service.asgi import application  # noqa: PLC0415  needs the apps

    value, _ = await sync_to_async(tickets.issue)(who, path, ORIGIN)
    # Not the communicator of channels.testing: it keeps database connections open.
    scope = {
        "type": "websocket",
        "path": path,
        "headers": [(b"origin", ORIGIN.encode())],
        "subprotocols": ["tts.v1", f"ticket.{value}"],
    }
    communicator = ApplicationCommunicator(application, scope)
    await communicator.send_input({"type": "websocket.connect"})
    answer = await communicator.receive_output(PATIENCE_S)
    if answer["type"] != "websocket.accept":
        await communicator.send_input({"type": "websocket.disconnect", "code": 1006})
        await communicator.wait(PATIENCE_S)
        raise Refused(answer)
    try:
        yield Wire(communicator)
    finally:
        await communicator.send_input({"type": "websocket.disconnect", "code": 1000})
        await communicator.wait(PATIENCE_S)


@database_sync_to_async
def write(by: Principal, text: str = "hello", **fields: Any) -> Comment:
    """Write a comment as the API does."""
    from django.utils import timezone  # noqa: PLC0415

    body = {"ticket_id": 1, "parent_id": None, "visibility": "public", "mentions": []} | fields
    return services.write_comment(text=text, by=by, at=timezone.now(), **body)


def run(scenario: Callable[[], Awaitable[None]]) -> None:
    """Run one scenario in a loop of its own, until patience is at its end."""

    async def bounded() -> None:
        async with asyncio.timeout(PATIENCE_S):
            await scenario()

    asyncio.run(bounded())
