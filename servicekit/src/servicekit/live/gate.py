"""The ASGI gate in front of every consumer: who gets in, how much, for how long."""

import asyncio
import json
from collections import Counter, deque
from collections.abc import Awaitable, Callable, MutableMapping
from datetime import UTC, datetime
from typing import Any

import structlog
from channels.db import database_sync_to_async
from django.conf import settings
from django.db import Error as DatabaseError
from redis.exceptions import RedisError

from servicekit.auth import Principal
from servicekit.auth.revoked import revocations

from . import tickets
from .origins import is_allowed

SUBPROTOCOL = "tts.v1"
MAX_FRAME_BYTES, MAX_FRAMES, WINDOW_S, SEND_DEADLINE_S = 16 * 1024, 20, 10.0, 5.0
LOOK_S = 10.0  # how often it is asked whether the token has been revoked
# Daphne closes with 1000 or 3000–4999 only.
TOKEN_EXPIRED, REFUSED, TOO_BIG, TOO_FAST = 4401, 4403, 4413, 4429

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[..., Awaitable[None]]  # what an ASGI server or router takes and is
log = structlog.get_logger(__name__)


def error_frame(code: str, error: str) -> dict[str, str]:
    """Return the frame that tells a client what was wrong with its own."""
    return {"type": "error", "code": code, "error": error}


async def refuse(scope: Message, receive: Receive, send: Send) -> None:
    """Answer the handshake with HTTP 403."""
    await receive()
    await send({"type": "websocket.close", "code": REFUSED})


class SocketGate:
    """Let in who has an allowed Origin and a one-time ticket for this path; see the package."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._open: Counter[int] = Counter()

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        who = await _admitted(scope)
        if who is None or self._open[who.user_id] >= getattr(settings, "LIVE_SOCKETS_PER_USER", 5):
            return await refuse(scope, receive, send)
        self._open[who.user_id] += 1
        pipe = _Pipe(receive, send, who=who)
        try:
            await self._app({**scope, "principal": who}, pipe.receive, pipe.send)
        except _ClientDeafError:
            log.info("socket_dropped", reason="the client does not read")
        finally:
            self._open[who.user_id] -= 1
            self._open += Counter()  # drops the zeros


class _ClientDeafError(Exception):
    """A client did not take a frame within the deadline."""


class _Pipe:
    """Stands between server and consumer: limits what comes in, bounds what goes out."""

    def __init__(self, receive: Receive, send: Send, *, who: Principal) -> None:
        self._receive, self._send, self._who = receive, send, who
        self._seen: deque[float] = deque([-WINDOW_S] * MAX_FRAMES, maxlen=MAX_FRAMES)
        self._is_closed = False
        self._look_at = asyncio.get_running_loop().time() + LOOK_S

    async def receive(self) -> Message:
        """Return the next message that a consumer should see."""
        while True:
            if self._patience_s() == 0:
                await self._look()
            try:
                async with asyncio.timeout(self._patience_s()):
                    message = await self._receive()
            except TimeoutError:
                continue
            if message["type"] != "websocket.receive" or await self._is_for_consumer(message):
                return message

    async def send(self, message: Message) -> None:
        """Pass a message on within the deadline."""
        if message["type"] == "websocket.accept":
            message = {**message, "subprotocol": SUBPROTOCOL}
        try:
            async with asyncio.timeout(SEND_DEADLINE_S):
                await self._send(message)
        except TimeoutError as error:
            raise _ClientDeafError from error
        except RuntimeError as error:  # autobahn's Disconnected: the news of it is on its way
            log.debug("frame_not_sent", reason=repr(error))

    async def _is_for_consumer(self, message: Message) -> bool:
        data = message.get("bytes") or (message.get("text") or "").encode(errors="surrogatepass")
        now = asyncio.get_running_loop().time()
        if len(data) > MAX_FRAME_BYTES:
            await self._close(TOO_BIG)
        elif now - self._seen[0] < WINDOW_S:
            await self._say(error_frame("RATE_LIMIT_EXCEEDED", "Too many frames."))
            await self._close(TOO_FAST)
        else:
            self._seen.append(now)
            kind = _kind(message)
            if kind is None:
                await self._say(error_frame("VALIDATION_ERROR", "Send a JSON object with a type."))
            elif kind == "ping":
                await self._say({"type": "pong"})
            return kind not in (None, "ping")
        return False

    async def _say(self, frame: dict[str, str]) -> None:
        await self.send({"type": "websocket.send", "text": json.dumps(frame)})

    def _left_s(self) -> float:
        return (self._who.expires_at - datetime.now(UTC)).total_seconds()

    def _patience_s(self) -> float | None:
        """Return how long to wait for a message before the next look, however many come."""
        if self._is_closed:
            return None
        until_look = self._look_at - asyncio.get_running_loop().time()
        return max(0.0, min(until_look, self._left_s()))

    async def _look(self) -> None:
        self._look_at = asyncio.get_running_loop().time() + LOOK_S
        if await self._is_over():
            await self._close(TOKEN_EXPIRED)

    async def _is_over(self) -> bool:
        if self._left_s() <= 0:
            return True
        try:
            return await database_sync_to_async(revocations.cover)(self._who)
        except DatabaseError as error:
            log.warning("revocations_not_read", error=repr(error))
            return False

    async def _close(self, code: int) -> None:
        self._is_closed = True
        await self.send({"type": "websocket.close", "code": code})


def _kind(message: Message) -> str | None:
    try:
        frame = json.loads(message.get("text") or "")
    except (ValueError, RecursionError):
        return None
    kind = frame.get("type") if isinstance(frame, dict) else None
    return kind if isinstance(kind, str) else None


async def _admitted(scope: Message) -> Principal | None:
    origins = [value.decode("latin1") for name, value in scope["headers"] if name == b"origin"]
    values = [name[7:] for name in scope["subprotocols"] if name.startswith("ticket.")]
    if len(origins) > 1 or not is_allowed(*origins):
        return None
    if SUBPROTOCOL not in scope["subprotocols"] or len(values) != 1:
        return None
    try:
        return await tickets.redeem(values[0], scope["path"], *origins)
    except RedisError as error:
        log.warning("socket_refused", reason="Redis is away", error=repr(error))
        return None
