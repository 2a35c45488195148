"""50 clients cut at random while 500 comments are written: everybody ends with all, in order."""

import asyncio
import json
import random
import threading
from collections.abc import Callable
from typing import Any

import pytest
from channels.db import database_sync_to_async
from django.utils import timezone
from people import person
from server import daphne
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException
from wire import ORIGIN

from messaging_service.comments import services
from messaging_service.comments.models import Event
from messaging_service.tickets.models import Ticket
from servicekit.auth import Principal
from servicekit.live import tickets
from servicekit.testing.races import race
from servicekit.testing.worker import PATIENCE_S

pytestmark = pytest.mark.django_db(transaction=True)
CLIENTS, CUTS, COMMENTS, WRITERS = 50, 4, 500, 2
PATH = "ws/comments/1/"
CROWD = [person(100 + number, "L1 Support") for number in range(CLIENTS)]


class Cut(Exception):
    """The network broke, as the dice wanted."""


class Client:
    """A client as contracts.md wants it: it knows its seq and resumes from there."""

    def __init__(self, host: str, who: Principal, dice: random.Random) -> None:
        self.host, self.who, self.dice = host, who, dice
        self.got: list[dict[str, Any]] = []
        self.cuts_to_come = sorted(dice.sample(range(COMMENTS - 1), CUTS))

    async def run(self) -> None:
        while len(self.got) < COMMENTS:
            try:
                await self._connection()
            except (Cut, WebSocketException, OSError, TimeoutError):
                await asyncio.sleep(self.dice.uniform(0, 0.5))

    async def _connection(self) -> None:
        value, _ = await asyncio.to_thread(tickets.issue, self.who, PATH, ORIGIN)
        protocols = ["tts.v1", f"ticket.{value}"]
        url = f"ws://{self.host}/{PATH}"
        # Patient, because 50 clients and the server share the machine with whatever else runs.
        patience = {"open_timeout": PATIENCE_S, "ping_interval": None, "compression": None}
        async with connect(url, subprotocols=protocols, origin=ORIGIN, **patience) as socket:
            await self._resume(socket)
            try:
                while len(self.got) < COMMENTS:
                    await self._take(socket, json.loads(await socket.recv()))
            except Cut:
                socket.transport.abort()
                raise

    async def _take(self, socket: ClientConnection, frame: dict[str, Any]) -> None:
        if frame["type"] == "comment_update" and frame["seq"] == len(self.got) + 1:
            self.got.append(frame)
            if self.cuts_to_come and len(self.got) > self.cuts_to_come[0]:
                self.cuts_to_come.pop(0)
                raise Cut
        elif frame["type"] == "heartbeat" and frame["head_seq"] > len(self.got):
            await self._resume(socket)

    async def _resume(self, socket: ClientConnection) -> None:
        await socket.send(json.dumps({"type": "resume", "seq": len(self.got)}))


def write_all(name: str) -> None:
    """Write one writer's share."""
    by = person(100, "L1 Support", username=name)
    for number in range(COMMENTS // WRITERS):
        write_one(by, f"{name} {number}")


def write_one(by: Principal, text: str) -> None:
    services.write_comment(
        ticket_id=1,
        text=text,
        parent_id=None,
        visibility="public",
        mentions=[],
        by=by,
        at=timezone.now(),
    )


def test_nobody_misses_a_comment(make_ticket: Callable[..., Ticket]) -> None:
    make_ticket(participants=[each.user_id for each in CROWD])
    seed = random.SystemRandom().randrange(10**6)
    print(f"seed {seed}")
    dice = random.Random(seed)

    async def scenario(host: str) -> list[Client]:
        clients = [Client(host, who, random.Random(dice.random())) for who in CROWD]
        write = database_sync_to_async(write_all, thread_sensitive=False)
        async with asyncio.timeout(300):  # some 20 s on two idle cores
            await asyncio.gather(
                *(write(f"writer {number}") for number in range(WRITERS)),
                *(client.run() for client in clients),
            )
        return clients

    with daphne(LIVE_HEARTBEAT_S="3") as host:
        clients = asyncio.run(scenario(host))
    texts = [
        event.comment.text for event in Event.objects.select_related("comment").order_by("seq")
    ]
    assert len(texts) == COMMENTS
    for client in clients:
        assert [frame["seq"] for frame in client.got] == list(range(1, COMMENTS + 1))
        assert [frame["comment"]["text"] for frame in client.got] == texts
    assert not any(client.cuts_to_come for client in clients)


def test_two_writers_leave_no_gap_at_any_moment(ticket: Ticket) -> None:
    """What anybody can see is always 1..n: so the order of seq is the order of commits."""
    by, is_enough = person(3, "L1 Support"), threading.Event()

    def write() -> None:
        while not is_enough.is_set():
            write_one(by, "hello")

    def look() -> None:
        looks, seqs = 0, list[int]()
        try:
            while looks < 20 or len(seqs) < 120:
                seqs = list(Event.objects.order_by("seq").values_list("seq", flat=True))
                assert seqs == list(range(1, len(seqs) + 1))
                looks += 1
        finally:
            is_enough.set()

    race(write, write, look)
    assert Event.objects.count() == Ticket.objects.get().head_seq >= 120
