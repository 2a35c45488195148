"""The service as it runs: daphne, HTTP and sockets from outside."""

import asyncio
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import websockets
from people import ANA, FOREIGN
from server import OwnRedis, daphne
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import InvalidStatus

from messaging_service.tickets.models import Ticket
from servicekit.testing.worker import PATIENCE_S

pytestmark = pytest.mark.django_db(transaction=True)
http = httpx.Client(timeout=PATIENCE_S)
ORIGIN = "http://127.0.0.1:1000"
PATH = "ws/comments/1/"
HEARTBEAT_S = 4


@pytest.fixture
def host(db: None, ticket: Ticket, transactional_db: None) -> Iterator[str]:
    with daphne() as running:
        yield running


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def socket_ticket(host: str, token: str, path: str = PATH, origin: str | None = ORIGIN) -> str:
    headers = bearer(token) | ({"Origin": origin} if origin else {})
    answer = http.post(f"http://{host}/ws-ticket/", json={"path": path}, headers=headers)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["ticket"])


def open_socket(
    host: str, ticket: str | None, path: str = PATH, origin: str | None = ORIGIN
) -> connect:
    protocols = ["tts.v1", *([f"ticket.{ticket}"] if ticket else [])]
    return connect(
        f"ws://{host}/{path}", subprotocols=protocols, origin=origin, open_timeout=PATIENCE_S
    )


async def frame(socket: ClientConnection, kind: str) -> dict[str, Any]:
    async with asyncio.timeout(PATIENCE_S):
        while True:
            got: dict[str, Any] = json.loads(await socket.recv())
            if got["type"] == kind:
                return got


def refusal(*args: Any, **kwargs: Any) -> int:
    """Return the HTTP status of a refused handshake."""

    async def scenario() -> int:
        try:
            async with open_socket(*args, **kwargs):
                return 101
        except InvalidStatus as refused:
            return refused.response.status_code

    return asyncio.run(scenario())


def test_whoever_must_not_get_in_is_refused_before_accept(
    host: str, token_for: Callable[..., str]
) -> None:
    ana = token_for(user_id=ANA)
    stranger = token_for(user_id=FOREIGN)
    used = socket_ticket(host, ana)
    assert refusal(host, used) == 101
    assert refusal(host, used) == 403
    assert refusal(host, None) == 403
    assert refusal(host, "invented") == 403
    assert refusal(host, socket_ticket(host, stranger)) == 403
    assert refusal(host, socket_ticket(host, ana, "ws/tickets/1/")) == 403
    assert refusal(host, socket_ticket(host, ana), origin="http://evil.example") == 403
    assert refusal(host, socket_ticket(host, ana), origin=None) == 403
    assert refusal(host, socket_ticket(host, ana, "ws/nothing/"), "ws/nothing/") == 403
    assert refusal(host, socket_ticket(host, ana, origin=None), origin=None) == 101


def test_a_comment_written_by_http_is_live_at_once(
    ticket: Ticket, token_for: Callable[..., str]
) -> None:
    ana = token_for(user_id=ANA)

    async def scenario(host: str) -> None:
        async with open_socket(host, socket_ticket(host, ana)) as socket:
            assert socket.subprotocol == "tts.v1"
            assert (await frame(socket, "connection_established"))["last_seq"] == 0
            await post(host, ana, "now")
            update = await frame(socket, "comment_update")
            assert (update["comment"]["text"], update["action"]) == ("now", "create")

    with daphne(LIVE_HEARTBEAT_S="3600") as host:
        asyncio.run(scenario(host))


def test_garbage_on_the_wire_never_crashes_it(host: str, token_for: Callable[..., str]) -> None:
    ana = token_for(user_id=ANA)

    async def scenario() -> None:
        async with open_socket(host, socket_ticket(host, ana)) as socket:
            garbage = ["", "x", b"\x00\xff", "[]", '{"type":"resume","seq":"x"}', '{"type":"?"}']
            for each in [*garbage, '{"type":"live.poke"}', "[" * 10_000]:
                await socket.send(each)
                await frame(socket, "error")
            await socket.send('{"type":"ping"}')
            await frame(socket, "pong")
            await socket.send(json.dumps({"type": "x", "pad": "y" * 20_000}))
            with pytest.raises(websockets.ConnectionClosedError) as closed:
                await frame(socket, "never")
            assert closed.value.rcvd is not None
            assert closed.value.rcvd.code == 4413

    asyncio.run(scenario())


def test_the_prefix_works_and_so_does_the_root(host: str, token_for: Callable[..., str]) -> None:
    headers = bearer(token_for(user_id=ANA))
    for prefix in ("", "/messaging"):
        answer = http.get(f"http://{host}{prefix}/api/comments/?ticket_id=1", headers=headers)
        assert answer.status_code == 200
        assert http.get(f"http://{host}{prefix}/health/").json()["service"] == "messaging_service"


async def post(host: str, token: str, text: str) -> None:
    async with httpx.AsyncClient(timeout=PATIENCE_S) as client:
        body = {"ticket_id": 1, "text": text}
        url = f"http://{host}/api/comments/"
        answer = await client.post(url, json=body, headers=bearer(token))
        assert answer.status_code == 201, answer.text


async def comes_before_a_heartbeat(
    socket: ClientConnection, host: str, token: str, *, seq: int
) -> bool:
    """Write a comment; returns whether it came sooner than the next heartbeat could bring it."""
    clock = asyncio.get_running_loop()
    await frame(socket, "heartbeat")
    began = clock.time()
    await post(host, token, "after")
    assert (await frame(socket, "comment_update"))["seq"] == seq
    return clock.time() - began < HEARTBEAT_S / 2


def test_a_redis_restart_loses_no_comment(
    ticket: Ticket, token_for: Callable[..., str], tmp_path: Path
) -> None:
    redis = OwnRedis(tmp_path)
    redis.start()
    ana = token_for(user_id=ANA)

    async def scenario(host: str) -> None:
        async with open_socket(host, socket_ticket(host, ana)) as socket:
            await post(host, ana, "before")
            await frame(socket, "comment_update")
            redis.kill()
            await post(host, ana, "while Redis is away")
            update = await frame(socket, "comment_update")
            assert update["comment"]["text"] == "while Redis is away"
            redis.start()
            async with asyncio.timeout(PATIENCE_S):
                last = 3
                while not await comes_before_a_heartbeat(socket, host, ana, seq=last):
                    last += 1
        async with open_socket(host, socket_ticket(host, ana)) as fresh:
            assert (await frame(fresh, "connection_established"))["last_seq"] == last

    try:
        with daphne(REDIS_URL=redis.url, LIVE_HEARTBEAT_S=str(HEARTBEAT_S)) as host:
            asyncio.run(scenario(host))
    finally:
        redis.kill()


@pytest.mark.parametrize(
    ("kind", "extra"),
    [
        ("multipart/form-data", {}),
        ("multipart/form-data; boundary=x", {}),
        ("application/json", {f"X-{n}": "a" for n in range(600)}),
        ("application/json", {f"X-{n}": "a" * 4000 for n in range(5)}),
    ],
)
def test_what_the_server_would_refuse_by_itself_gets_an_answer_of_ours(
    host: str, token_for: Callable[..., str], kind: str, extra: dict[str, str]
) -> None:
    headers = bearer(token_for(user_id=ANA)) | {"Content-Type": kind} | extra
    path = f"http://{host}/api/comments/1/attachments/"
    answer = http.post(path, content=b"--x\r\n\r\n--x--", headers=headers)
    assert 400 <= answer.status_code < 500
    assert answer.json().keys() >= {"error", "code", "details", "timestamp"}
