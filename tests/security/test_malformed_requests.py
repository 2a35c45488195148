"""What is hardly HTTP: the gateway refuses it with the error body that everything has."""

import json
import socket
from urllib.parse import urlsplit

import httpx
import pytest
from conftest import People
from hostile import faults_of
from running import System

PATHS = ("/auth/api/v1/users/", "/workflow/tasks/", "/messaging/api/comments/")
HEAD = "Host: tts\r\nConnection: close\r\n\r\n"
RAW = {
    "a header with a space": f"GET {{path}} HTTP/1.1\r\nBad Header: 1\r\n{HEAD}",
    "no Host": "GET {path} HTTP/1.1\r\nConnection: close\r\n\r\n",
    "a Host that is none": "GET {path} HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n",
    "a length that is none": f"POST {{path}} HTTP/1.1\r\nContent-Length: abc\r\n{HEAD}",
    "two lengths": f"POST {{path}} HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n{HEAD}",
    "a length and chunks": (
        f"POST {{path}} HTTP/1.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n{HEAD}0\r\n"
    ),
    "NUL in the path": f"GET {{path}}\0 HTTP/1.1\r\n{HEAD}",
    "no escape": f"GET {{path}}%zz/ HTTP/1.1\r\n{HEAD}",
    "above the root": f"GET {{path}}../../../../../etc/passwd HTTP/1.1\r\n{HEAD}",
    "an unknown method": f"BREW {{path}} HTTP/1.1\r\n{HEAD}",
    "TRACE": f"TRACE {{path}} HTTP/1.1\r\n{HEAD}",
    "an unknown version": f"GET {{path}} HTTP/9.9\r\n{HEAD}",
    "a NUL in a header": f"GET {{path}} HTTP/1.1\r\nX-Note: a\0b\r\n{HEAD}",
}


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("what", RAW)
def test_what_is_no_request_gets_the_error_body(system: System, what: str, path: str) -> None:
    status, kind, body = _sent(system, RAW[what].format(path=path).encode())
    assert 400 <= status < 500
    assert kind == "application/json", body
    assert json.loads(body).keys() >= {"error", "code", "details", "timestamp"}


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("length", [3_900, 4_200, 6_800, 7_200, 9_000, 60_000])
def test_long_lines_and_headers_get_it_too(people: People, path: str, length: int) -> None:
    text = "a" * length
    long_query = people.admin.get(path, params={"search": text, "ticket_id": text[:3000]})
    long_header = people.admin.get(path, headers={"X-Note": text})
    many_headers = people.admin.get(path, headers={f"X-{n}": "a" for n in range(length // 100)})
    for answer in (long_query, long_header, many_headers):
        assert faults_of(answer) == []


@pytest.mark.parametrize("path", PATHS)
def test_more_than_the_gateway_takes_in_gets_it_too(people: People, path: str) -> None:
    try:
        answer = people.admin.post(path, content=b"a" * (13 * 1024 * 1024))
    except httpx.WriteError:
        return  # hung up on while it was still talking
    assert (answer.status_code, answer.headers["Content-Type"]) == (413, "application/json")
    assert faults_of(answer) == []


def _sent(system: System, raw: bytes) -> tuple[int, str, str]:
    where = urlsplit(system.gateway)
    with socket.create_connection((where.hostname or "", where.port or 80), 10) as line:
        line.sendall(raw)
        data = b""
        while part := line.recv(65_536):
            data += part
    head, _, body = data.decode().partition("\r\n\r\n")
    lines = head.split("\r\n")
    kind = [each for each in lines if each.lower().startswith("content-type:")]
    text = body[body.index("{") : body.rindex("}") + 1] if "{" in body else body
    return int(lines[0].split()[1]), kind[0].partition(":")[2].strip() if kind else "", text
