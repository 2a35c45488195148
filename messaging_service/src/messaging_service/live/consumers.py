"""The sockets of a ticket. They carry what the database holds; pokes only say when to look."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any, ParamSpec, TypeVar

import structlog
from channels.consumer import get_handler_name
from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncWebsocketConsumer
from django.conf import settings
from django.db import Error as DatabaseError
from redis.exceptions import RedisError

from messaging_service.tickets.access import TicketNotFound, is_agent
from servicekit.auth import Principal
from servicekit.live import error_frame

from . import presence
from .pokes import group_of
from .shared_reads import SharedReads
from .streams import BATCH, CommentStream, Frames, Stream, TicketStream, check

ACCESS_LOST, INTERNAL_ERROR = 4403, 4500
PRESENCE_DELAY_S = 1.0
Frame = dict[str, Any]
shared: SharedReads[Frames] = SharedReads()
P = ParamSpec("P")
T = TypeVar("T")
UNREACHABLE = (RedisError, OSError, TimeoutError)
log = structlog.get_logger(__name__)


class LiveConsumer(AsyncWebsocketConsumer):
    """One socket on one ticket.

    On connect it joins the group first and reads the head after, so that nothing falls between.
    `sent_seq` is the last seq that the client was sent; whoever changes it holds the lock.
    """

    stream: Stream

    async def dispatch(self, message: dict[str, Any]) -> None:
        """Call the handler without the detour of Channels through its one thread.

        There it closes old database connections before every message; our reads do that
        themselves, and 50 sockets waiting for one thread are what makes a busy ticket slow.
        """
        await getattr(self, get_handler_name(message))(message)

    async def connect(self) -> None:
        """Accept the socket of somebody who may read the ticket, else refuse it with 403."""
        scope: dict[str, Any] = {**self.scope}
        self.by: Principal = scope["principal"]
        self.ticket_id: int = scope["url_route"]["kwargs"]["ticket_id"]
        self.group = group_of(self.stream.KIND, self.ticket_id)
        self.lock = asyncio.Lock()
        self.people: list[dict[str, Any]] = []
        self.tasks: list[asyncio.Task[None]] = []
        try:
            await self.channel_layer.group_add(self.group, self.channel_name)
            self.sent_seq: int = await _in_thread(self.stream.head, self.ticket_id, self.by)
        except (TicketNotFound, DatabaseError, *UNREACHABLE) as reason:
            log.info("socket_refused", group=self.group, reason=repr(reason))
            await self.close(ACCESS_LOST)
            return
        await self.accept()
        await self._say({"type": "connection_established", "last_seq": self.sent_seq})
        self.tasks.append(asyncio.create_task(self._beat()))
        await presence.enter(self.group, self.channel_name, self.by)
        await self._tell({"type": "live.presence"})

    async def disconnect(self, code: int) -> None:
        """Leave the group."""
        for task in self.tasks:
            task.cancel()
        if self.tasks:
            await presence.leave(self.group, self.channel_name, self.by)
            await self._tell({"type": "live.presence"})
        try:
            await self.channel_layer.group_discard(self.group, self.channel_name)
        except UNREACHABLE as error:
            log.warning("group_not_left", group=self.group, error=repr(error))

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        """Do what a client's frame asks for; the gate has seen to it that it is an object."""
        frame: Frame = json.loads(text_data or "{}")
        handlers: dict[str, Callable[[Frame], Awaitable[None]]] = {
            "resume": self._resume,
            "typing": self._type,
        }
        handler = handlers.get(frame["type"])
        if handler is None:
            await self._say(error_frame("UNKNOWN_TYPE", "Known types: ping, resume, typing."))
        else:
            await handler(frame)

    async def live_poke(self, poke: dict[str, Any]) -> None:
        """Look into the database unless what the poke tells of has been sent already."""
        if poke["seq"] > self.sent_seq:
            await self._catch_up(up_to=poke["seq"])

    async def live_typing(self, event: dict[str, Any]) -> None:
        """Show that somebody else is typing."""
        if event["user_id"] != self.by.user_id:
            await self._say({**event, "type": "typing"})

    async def live_presence(self, event: dict[str, Any]) -> None:
        """Look, a second later, who is there: many come and go together after a restart."""
        is_due = len(self.tasks) > 1 and not self.tasks[1].done()
        if not is_due:
            self.tasks[1:] = [asyncio.create_task(self._show_people(PRESENCE_DELAY_S))]

    async def _resume(self, frame: Frame) -> None:
        seq = frame.get("seq")
        if not isinstance(seq, int) or isinstance(seq, bool) or seq < 0:
            await self._say(error_frame("VALIDATION_ERROR", "seq is a whole number from 0."))
            return
        async with self.lock:
            self.sent_seq = min(seq, self.sent_seq)
        await self._catch_up()

    async def _type(self, frame: Frame) -> None:
        is_typing = frame.get("is_typing", True)
        if not isinstance(is_typing, bool):
            await self._say(error_frame("VALIDATION_ERROR", "is_typing is true or false."))
            return
        who = {"user_id": self.by.user_id, "username": self.by.username}
        await self._tell({"type": "live.typing", **who, "is_typing": is_typing})

    async def _catch_up(self, up_to: int | None = None) -> None:
        """Send everything after `sent_seq`; what a poke told of (`up_to`) is read once for all."""
        try:
            async with self.lock:
                more = True
                while more:
                    frames = await self._frames(up_to)
                    for seq, text in frames:
                        await self.send(text_data=text)
                        self.sent_seq = seq
                        await asyncio.sleep(0)  # daphne's send never waits; let others have a turn
                    more = len(frames) == BATCH
        except DatabaseError as error:
            log.warning("socket_waits", group=self.group, error=repr(error))

    async def _frames(self, up_to: int | None) -> Frames:
        after, with_internal = self.sent_seq, is_agent(self.by)

        async def read() -> Frames:
            return await _in_thread(
                self.stream.after, self.ticket_id, after, with_internal=with_internal
            )

        if up_to is None:
            return await read()
        return await shared.get((self.group, after, up_to, with_internal), read)

    async def _beat(self) -> None:
        """Every 15 s: read what a lost poke should have told, check access, give the head.

        A socket whose heart stops is closed: its client comes back and resumes.
        """
        try:
            while True:
                await asyncio.sleep(settings.LIVE_HEARTBEAT_S)
                await self._check_access()
                await self._catch_up()
                await self._say({"type": "heartbeat", "head_seq": self.sent_seq})
                await presence.enter(self.group, self.channel_name, self.by)
                await self._show_people()
        except Exception:
            log.exception("heart_stopped", group=self.group)
            await self.close(INTERNAL_ERROR)

    async def _check_access(self) -> None:
        try:
            await _in_thread(check, self.ticket_id, self.by)
        except TicketNotFound:
            await self.close(ACCESS_LOST)
        except DatabaseError as error:
            log.warning("socket_waits", group=self.group, error=repr(error))

    async def _show_people(self, delay_s: float = 0) -> None:
        await asyncio.sleep(delay_s)
        people = await presence.people(self.group)
        if people != self.people:
            self.people = people
            await self._say({"type": "presence", "users": people})

    async def _tell(self, message: dict[str, Any]) -> None:
        try:
            await self.channel_layer.group_send(self.group, message)
        except UNREACHABLE as error:
            log.warning("group_not_told", group=self.group, error=repr(error))

    async def _say(self, frame: Frame) -> None:
        body = json.dumps({"ticket_id": self.ticket_id, **frame}, ensure_ascii=False)
        await self.send(text_data=body)


async def _in_thread(query: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    # Not thread-sensitive: sockets must not wait for each other's reads in one thread.
    return await database_sync_to_async(query, thread_sensitive=False)(*args, **kwargs)


class CommentsConsumer(LiveConsumer):
    """ws/comments/{ticket_id}/"""

    stream = CommentStream()


class TicketConsumer(LiveConsumer):
    """ws/tickets/{ticket_id}/"""

    stream = TicketStream()
