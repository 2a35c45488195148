"""The sockets, frame by frame, with real Redis and PostgreSQL."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from channels.db import database_sync_to_async
from django.db import OperationalError
from django.utils import timezone
from people import ANA, BEN, FOREIGN, OWNER, person
from wire import Refused, run, wire, write

from messaging_service.comments import services
from messaging_service.live import pokes, streams
from messaging_service.tickets.models import Ticket
from servicekit.auth import Principal

pytestmark = pytest.mark.django_db(transaction=True)
COMMENTS, TICKET = "/ws/comments/1/", "/ws/tickets/1/"


def test_it_greets_with_the_ticket_and_the_last_seq(ticket: Ticket, ana: Principal) -> None:
    async def scenario() -> None:
        await write(ana)
        async with wire(COMMENTS, ana) as socket:
            hello = await socket.frame("connection_established")
            assert (hello["ticket_id"], hello["last_seq"]) == (1, 1)

    run(scenario)


@pytest.mark.parametrize("path", [COMMENTS, TICKET, "/ws/comments/999/", "/ws/nothing/1/", "/x/"])
def test_a_stranger_is_refused_before_accept(ticket: Ticket, path: str) -> None:
    async def scenario() -> None:
        with pytest.raises(Refused):
            async with wire(path, person(FOREIGN, "L1 Support")):
                pass

    run(scenario)


def test_a_ticket_id_beyond_the_database_is_refused(ticket: Ticket, ana: Principal) -> None:
    async def scenario() -> None:
        with pytest.raises(Refused):
            async with wire(f"/ws/comments/{2**64}/", ana):
                pass

    run(scenario)


def test_every_change_arrives_live_and_in_order(
    ticket: Ticket, ana: Principal, ben: Principal
) -> None:
    async def scenario() -> None:
        async with wire(COMMENTS, ben) as socket:
            comment = await write(ana, "first")
            await write(ben, "reply", parent_id=comment.pk)
            at, rest = timezone.now(), {"comment_id": comment.pk, "by": ana}
            edit = database_sync_to_async(services.edit_comment)
            await edit(text="1st", mentions=None, at=at, **rest)
            await database_sync_to_async(services.rate_comment)(value=1, at=at, **rest)
            await database_sync_to_async(services.delete_comment)(at=at, **rest)
            got = await socket.frames("comment_update", 5)
            assert [(each["seq"], each["action"]) for each in got] == [
                (1, "create"),
                (2, "reply"),
                (3, "update"),
                (4, "rate"),
                (5, "delete"),
            ]
            assert got[1]["comment"]["parent_id"] == comment.pk
            assert got[4]["comment"]["is_deleted"]

    run(scenario)


def test_resume_brings_everything_after_a_seq_the_last_included(
    ticket: Ticket, ana: Principal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streams, "BATCH", 4)
    monkeypatch.setattr("messaging_service.live.consumers.BATCH", 4)

    async def scenario() -> None:
        for number in range(10):
            await write(ana, f"c{number}")
        async with wire(COMMENTS, ana) as socket:
            await socket.say({"type": "resume", "seq": 3})
            got = await socket.frames("comment_update", 7)
            assert [each["seq"] for each in got] == [4, 5, 6, 7, 8, 9, 10]
            await write(ana, "live")
            assert (await socket.frame("comment_update"))["seq"] == 11
            await socket.say({"type": "resume", "seq": 2**70})
            await write(ana, "next")
            assert (await socket.frame("comment_update"))["seq"] == 12

    run(scenario)


@pytest.mark.parametrize("seq", [-1, "1", 1.5, None, True, [], {}])
def test_a_resume_with_nonsense_is_answered_with_an_error(
    ticket: Ticket, ana: Principal, seq: object
) -> None:
    async def scenario() -> None:
        async with wire(COMMENTS, ana) as socket:
            await socket.say({"type": "resume", "seq": seq})
            assert (await socket.frame("error"))["code"] == "VALIDATION_ERROR"
            await socket.say({"type": "ping"})
            await socket.frame("pong")

    run(scenario)


@pytest.mark.parametrize("garbage", ["nonsense", "[]", '{"type":"live.poke","seq":1}', '{"a":1}'])
def test_garbage_is_answered_with_an_error(ticket: Ticket, ana: Principal, garbage: str) -> None:
    async def scenario() -> None:
        async with wire(COMMENTS, ana) as socket:
            await socket.say(garbage)
            await socket.frame("error")
            await socket.say({"type": "ping"})
            await socket.frame("pong")

    run(scenario)


def test_an_owner_never_sees_internal_changes_and_is_never_behind(
    ticket: Ticket, ana: Principal, settings: Any
) -> None:
    settings.LIVE_HEARTBEAT_S = 0.3
    owner = person(OWNER)

    async def scenario() -> None:
        await write(ana, "public")
        await write(ana, "internal", visibility="internal")
        async with wire(COMMENTS, owner) as socket:
            assert (await socket.frame("connection_established"))["last_seq"] == 1
            await write(ana, "internal too", visibility="internal")
            assert (await socket.frame("heartbeat"))["head_seq"] == 1
            await write(ana, "public too")
            await socket.say({"type": "resume", "seq": 0})
            seqs = [each["seq"] for each in await socket.frames("comment_update", 2)]
            assert seqs in ([1, 4], [4, 1])
            assert (await socket.frame("heartbeat"))["head_seq"] == 4

    run(scenario)


def test_the_heartbeat_heals_a_lost_poke(
    ticket: Ticket, ana: Principal, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.LIVE_HEARTBEAT_S = 0.5
    monkeypatch.setattr(pokes, "poke", lambda *args: None)

    async def scenario() -> None:
        async with wire(COMMENTS, ana) as socket:
            await write(ana, "unheard of")
            assert (await socket.frame("comment_update"))["comment"]["text"] == "unheard of"
            assert (await socket.frame("heartbeat"))["head_seq"] == 1

    run(scenario)


def test_the_socket_outlives_a_database_that_is_away(
    ticket: Ticket, ana: Principal, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.LIVE_HEARTBEAT_S = 0.3
    after, failures = streams.CommentStream.after, iter([True, True, True])

    def flaky(self: Any, *args: Any, **kwargs: Any) -> Any:
        if next(failures, False):
            raise OperationalError("away")
        return after(self, *args, **kwargs)

    monkeypatch.setattr(streams.CommentStream, "after", flaky)

    async def scenario() -> None:
        async with wire(COMMENTS, ana) as socket:
            await write(ana)
            assert (await socket.frame("comment_update"))["seq"] == 1

    run(scenario)


def test_a_socket_is_closed_when_access_goes(ticket: Ticket, ana: Principal, settings: Any) -> None:
    settings.LIVE_HEARTBEAT_S = 0.3

    async def scenario() -> None:
        async with wire(COMMENTS, person(FOREIGN, "L2 Support")) as socket:
            await database_sync_to_async(Ticket.objects.filter(pk=1).update)(role_names=["Other"])
            assert await socket.closed_with() == 4403

    run(scenario)


def test_a_ticket_update_carries_the_newest_state(
    ticket: Ticket, ana: Principal, make_ticket: Callable[..., Ticket]
) -> None:
    async def scenario() -> None:
        async with wire(TICKET, ana) as socket:
            hello = await socket.frame("connection_established")
            assert hello["last_seq"] == 1
            await database_sync_to_async(make_ticket)(version=2, status="completed")
            update = await socket.frame("ticket_update")
            assert (update["seq"], update["ticket"]["status"]) == (2, "completed")
            await socket.say({"type": "resume", "seq": 0})
            assert (await socket.frame("ticket_update"))["seq"] == 2

    run(scenario)


def test_presence_shows_who_comes_and_goes(ticket: Ticket, ana: Principal, ben: Principal) -> None:
    async def scenario() -> None:
        async with wire(COMMENTS, ana) as socket:
            assert [each["user_id"] for each in (await socket.frame("presence"))["users"]] == [ANA]
            async with wire(COMMENTS, ben):
                users = (await socket.frame("presence"))["users"]
                assert [each["user_id"] for each in users] == [ANA, BEN]
            assert [each["user_id"] for each in (await socket.frame("presence"))["users"]] == [ANA]

    run(scenario)


def test_typing_is_shown_to_the_others_only(ticket: Ticket, ana: Principal, ben: Principal) -> None:
    async def scenario() -> None:
        async with wire(COMMENTS, ana) as anas, wire(COMMENTS, ben) as bens:
            await anas.say({"type": "typing"})
            typing = await bens.frame("typing")
            assert (typing["user_id"], typing["username"]) == (ANA, "l1.ana")
            await bens.say({"type": "typing"})
            assert (await anas.frame("typing"))["user_id"] == BEN

    run(scenario)


@pytest.mark.parametrize(
    "is_typing", ["NaN", "1e999", str(10**30), '"\\ud800"', "null", '"yes"', "[[]]", '{"a": 1}']
)
def test_what_is_no_yes_or_no_is_not_passed_on_as_typing(
    ticket: Ticket, ana: Principal, ben: Principal, is_typing: str
) -> None:
    async def scenario() -> None:
        async with wire(COMMENTS, ana) as anas, wire(COMMENTS, ben) as bens:
            await anas.say(f'{{"type": "typing", "is_typing": {is_typing}}}')
            assert (await anas.frame("error"))["code"] == "VALIDATION_ERROR"
            await anas.say({"type": "typing", "is_typing": False})
            assert (await bens.frame("typing"))["is_typing"] is False

    run(scenario)


def test_a_catch_up_costs_three_statements_however_much_it_brings(
    ticket: Ticket, ana: Principal, django_assert_num_queries: Any
) -> None:
    async def fill() -> None:
        for number in range(30):
            await write(ana, f"c{number}")

    asyncio.run(fill())
    with django_assert_num_queries(3):
        assert len(streams.CommentStream().after(1, 0, with_internal=True)) == 30
