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

    async def frame(self, kind: str, timeout_s: float = 3) -> Frame:
        """Return the next frame of a kind; others are skipped."""
        async with asyncio.timeout(timeout_s):
            while True:
                got = await self._next(timeout_s)
                if got["type"] == kind:
                    return got

    async def frames(self, kind: str, count: int) -> list[Frame]:
        return [await self.frame(kind) for _ in range(count)]

    async def is_silent(self, *kinds: str, for_s: float = 0.3) -> bool:
        """Return whether no frame of these kinds comes for a while."""
        try:
            async with asyncio.timeout(for_s):
                while True:
                    if (await self._next(for_s + 1))["type"] in kinds:
                        return False
        except TimeoutError:
            return True

    async def _next(self, timeout_s: float) -> Frame:
        message = await self._communicator.receive_output(timeout_s)
        assert message["type"] == "websocket.send", message
        frame: Frame = json.loads(message["text"])
        return frame

    async def closed_with(self, timeout_s: float = 3) -> int:
        """Return the code with which the server closes."""
        async with asyncio.timeout(timeout_s):
            while True:
                message = await self._communicator.receive_output(timeout_s)
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
    answer = await communicator.receive_output(5)
    if answer["type"] != "websocket.accept":
        await communicator.send_input({"type": "websocket.disconnect", "code": 1006})
        await communicator.wait()
        raise Refused(answer)
    try:
        yield Wire(communicator)
    finally:
        await communicator.send_input({"type": "websocket.disconnect", "code": 1000})
        await communicator.wait()


@database_sync_to_async
def write(by: Principal, text: str = "hello", **fields: Any) -> Comment:
    """Write a comment as the API does."""
    from django.utils import timezone  # noqa: PLC0415

    body = {"ticket_id": 1, "parent_id": None, "visibility": "public", "mentions": []} | fields
    return services.write_comment(text=text, by=by, at=timezone.now(), **body)


def run(scenario: Callable[[], Awaitable[None]]) -> None:
    """Run one scenario in a loop of its own, 30 s at most."""

    async def bounded() -> None:
        async with asyncio.timeout(30):
            await scenario()

    asyncio.run(bounded())
