"""ws/notifications/: a person's alerts as they come.

Frames out: `connection_established{last_seq}`, `unread{count}`, `notification{notification, seq}`,
`heartbeat{head_seq}`, `pong`, `error`. Frames in: `ping`, `resume{seq}`.
"""

import asyncio
import contextlib
from typing import Any, Final

import structlog
from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncJsonWebsocketConsumer
from django.conf import settings
from django.db import Error as DatabaseError
from redis.exceptions import RedisError

from notification_service.inbox import selectors
from notification_service.inbox.models import Mailbox
from notification_service.inbox.serializers import AlertOut
from servicekit.auth import Principal
from servicekit.live import error_frame

from .pokes import group_of

PAGE: Final = 100
UNREACHABLE: Final = (RedisError, OSError, TimeoutError)
log = structlog.get_logger(__name__)


class NotificationsConsumer(AsyncJsonWebsocketConsumer):
    """One socket of one person; the database is the log, pokes only say that it has grown."""

    async def connect(self) -> None:
        """Join the group first, then look where the log stands: nothing falls in between.

        While Redis or the database is away the socket is refused with 403.
        """
        principal: Principal = self.scope["principal"]  # type: ignore[typeddict-item]  # the gate's
        self._user_id = principal.user_id
        self._lock = asyncio.Lock()
        self._unread: int | None = None
        try:
            await self.channel_layer.group_add(group_of(self._user_id), self.channel_name)
            self._sent_seq = (await self._mailbox()).head_seq
        except (DatabaseError, *UNREACHABLE) as error:
            log.warning("socket_refused", error=repr(error))
            await self.close()
            return
        await self.accept()
        await self.send_json({"type": "connection_established", "last_seq": self._sent_seq})
        await self._catch_up()
        self._heart = asyncio.create_task(self._beat())

    async def disconnect(self, code: int) -> None:
        """Leave the group and stop the heartbeat."""
        try:
            await self.channel_layer.group_discard(group_of(self._user_id), self.channel_name)
        except UNREACHABLE as error:
            log.warning("group_not_left", error=repr(error))
        heart: asyncio.Task[None] | None = getattr(self, "_heart", None)
        if heart is not None:
            heart.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await heart

    async def receive_json(self, content: dict[str, Any], **kwargs: Any) -> None:
        """Answer `resume{seq}` with everything after it; anything else is an error."""
        seq = content.get("seq")
        if content["type"] != "resume":
            await self.send_json(error_frame("VALIDATION_ERROR", "There is no such frame."))
        elif not isinstance(seq, int) or isinstance(seq, bool) or seq < 0:
            await self.send_json(error_frame("VALIDATION_ERROR", "`seq` is a number from 0 on."))
        else:
            async with self._lock:
                self._sent_seq = min(seq, self._sent_seq)
            await self._catch_up()

    async def alerts_changed(self, event: dict[str, Any]) -> None:
        """Somebody wrote into this person's mailbox."""
        await self._catch_up()

    async def _catch_up(self) -> None:
        """Send every alert after the last one sent, and the count of unread ones if it changed.

        While the database is away nothing is sent: the next heartbeat looks again.
        """
        try:
            await self._send_news()
        except DatabaseError as error:
            log.warning("socket_waits", error=repr(error))

    async def _send_news(self) -> None:
        async with self._lock:
            while frames := await self._frames_after(self._sent_seq):
                for frame in frames:
                    await self.send_json(frame)
                    self._sent_seq = int(frame["seq"])
            unread = (await self._mailbox()).unread
            if unread != self._unread:
                await self.send_json({"type": "unread", "count": unread})
                self._unread = unread

    async def _beat(self) -> None:
        """Tell the client every 15 s where the log stands, having sent what a lost poke left."""
        while True:
            await asyncio.sleep(settings.LIVE_HEARTBEAT_S)
            await self._catch_up()
            await self.send_json({"type": "heartbeat", "head_seq": self._sent_seq})

    @database_sync_to_async
    def _mailbox(self) -> Mailbox:
        return selectors.mailbox_of(user_id=self._user_id)

    @database_sync_to_async
    def _frames_after(self, seq: int) -> list[dict[str, Any]]:
        alerts = selectors.alerts_after(user_id=self._user_id, seq=seq, limit=PAGE)
        return [
            {"type": "notification", "notification": AlertOut(alert).data, "seq": alert.seq}
            for alert in alerts
        ]
