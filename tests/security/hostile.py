"""Input that nobody means well with, and what every answer to it must be."""

from collections.abc import Iterator
from typing import Any

import httpx

ERROR = {"error", "code", "details", "timestamp"}
JSON = "application/json"
DEEP = 100_000
LARGE = 3 * 1024 * 1024

BODIES: dict[str, tuple[str, bytes]] = {
    "nothing": (JSON, b""),
    "cut off": (JSON, b'{"name": "a'),
    "null": (JSON, b"null"),
    "a list": (JSON, b'[{"name": "a"}]'),
    "a text": (JSON, b'"name"'),
    "a number": (JSON, b"1"),
    "NaN": (JSON, b'{"name": NaN, "version": Infinity}'),
    "no UTF-8": (JSON, b'{"name": "\xff\xfe"}'),
    "UTF-16": (JSON, '{"name": "a"}'.encode("utf-16")),
    "NUL": (JSON, b'{"name": "a\\u0000b", "\\u0000": 1, "text": "\\u0000"}'),
    "a raw NUL": (JSON, b'{"name": "a\x00b"}'),
    "half a character": (JSON, b'{"name": "\\ud800", "text": "\\udfff", "\\ud800": 1}'),
    "deep lists": (JSON, b"[" * DEEP + b"]" * DEEP),
    "deep objects": (JSON, b'{"a":' * DEEP + b"1" + b"}" * DEEP),
    "deep in a field": (JSON, b'{"name": ' + b"[" * 900 + b"]" * 900 + b"}"),
    "a long number": (JSON, b'{"id": ' + b"9" * 5000 + b"}"),
    "a number beyond floats": (JSON, b'{"id": 1e400, "version": -1e400}'),
    "the same name twice": (JSON, b'{"name": "a", "name": {"b": 1}}'),
    "plain text": ("text/plain", b'{"name": "a"}'),
    "an entity": (
        "application/xml",
        b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
    ),
    "a form": ("application/x-www-form-urlencoded", b"name=a&name=b"),
    "a form without its boundary": ("multipart/form-data", b"--x\r\n\r\n--x--"),
    "a broken form": ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data"),
    "a file of nothing": (
        "multipart/form-data; boundary=x",
        b'--x\r\nContent-Disposition: form-data; name="file"; filename="../\x00.csv"\r\n\r\n'
        b"\x00\xff\r\n--x--\r\n",
    ),
    "broken YAML": ("application/yaml", b"a: [\n\xff: *x"),
    "YAML that grows": (
        "application/yaml",
        b"a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\nd: [*c,*c]",
    ),
    "an unknown charset": ("application/json; charset=no-such-thing", b'{"name": "a"}'),
    "a type that is none": ("????", b"{}"),
    "three megabytes": (JSON, b'{"name": "' + b"a" * LARGE + b'"}'),
    "three megabytes of spaces": (JSON, b" " * LARGE),
}

VALUES: tuple[Any, ...] = (
    None,
    True,
    -1,
    0,
    2**31,
    2**63,
    2**70,
    1e308,
    -0.5,
    "",
    " ",
    "a\u0000b",
    "\ud800",
    "a" * 70_000,
    "٣٤",
    "\u202etxt.exe",
    "'; DROP TABLE x; --",
    "{{7*7}}${7*7}{% debug %}",
    "../../../../etc/passwd",
    "=HYPERLINK(1)",
    "a\r\nBcc: b@example.com",
    "0001-01-01T00:00:00Z",
    "9999-12-31T23:59:59.999999+14:00",
    "9999-12-31T23:59:59.999999-14:00",
    "2030-11-24T10:00:00+23:30",
    "2026-02-30",
    "P999999999999D",
    "-PT1S",
    "1e999",
    "NaN",
    [],
    [[[]]],
    ["a"] * 5000,
    {},
    {"": {"$ne": None}},
    {"__proto__": 1, "password": 1},
)


def queries(names: list[str]) -> Iterator[dict[str, str]]:
    """Yield query strings with one hostile value for each parameter, known or not."""
    for value in VALUES:
        if not isinstance(value, (list, dict)):
            text = "" if value is None else str(value)[:300]
            sendable = text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
            yield dict.fromkeys([*names, "page", "page_size", "cursor", "ordering"], sendable)


def faults_of(answer: httpx.Response, *, is_foreign: bool = False) -> list[str]:
    """What is wrong with an answer, whatever was asked."""
    found = []
    if answer.status_code >= 500:
        found.append(f"{answer.status_code}")
    if not 200 <= answer.status_code < 600 or answer.status_code in range(300, 400):
        found.append(f"a status of {answer.status_code}")
    if answer.status_code >= 400 and not is_foreign:
        found += _faults_of_error(answer)
    if "x-request-id" not in answer.headers:
        found.append("no X-Request-ID")
    return found


def _faults_of_error(answer: httpx.Response) -> list[str]:
    kind = answer.headers.get("content-type", "")
    if not kind.startswith(JSON):
        return [f"an error as {kind or 'nothing'}"]
    try:
        body = answer.json()
    except ValueError:
        return ["an error that is no JSON"]
    if not isinstance(body, dict) or not body.keys() >= ERROR:
        return [f"an error body of {str(body)[:100]}"]
    if not (isinstance(body["details"], dict) and body["error"] and body["code"].isupper()):
        return [f"an error body with {str(body)[:200]}"]
    return ["a trace of the code"] if "Traceback" in answer.text else []
