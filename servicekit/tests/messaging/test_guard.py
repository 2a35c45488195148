"""The guard answers every input, and lets only well-formed messages pass."""

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servicekit.messaging import guard

TASKS = frozenset({"kit.good"})
GOOD_HEADERS = {"task": "kit.good", "id": "12345678-abcd", "lang": "py", "eta": None}
EMBED = {"callbacks": None, "errbacks": None, "chain": None, "chord": None}


def body(kwargs: object = None, args: object = None, embed: object = None) -> bytes:
    parts = [[] if args is None else args, {} if kwargs is None else kwargs]
    return json.dumps([*parts, EMBED if embed is None else embed]).encode()


def admit(raw: object, **changes: Any) -> guard.Admitted:
    parts: dict[str, Any] = {
        "content_type": "application/json",
        "content_encoding": "utf-8",
        "headers": GOOD_HEADERS,
        "tasks": TASKS,
    }
    return guard.admit(body=raw, **(parts | changes))


def nested(levels: int) -> object:
    value: object = "x"
    for _ in range(levels):
        value = [value]
    return value


def test_a_stock_celery_message_passes() -> None:
    admitted = admit(body({"subject": "S"}))
    assert admitted.task == "kit.good"
    assert admitted.kwargs == {"subject": "S"}


MALFORMED: dict[str, tuple[bytes, dict[str, Any], str]] = {
    "no headers": (body(), {"headers": None}, "BAD_HEADERS"),
    "headers are a list": (body(), {"headers": []}, "BAD_HEADERS"),
    "compressed": (body(), {"headers": GOOD_HEADERS | {"compression": "gzip"}}, "COMPRESSED"),
    "no content type": (body(), {"content_type": None}, "BAD_CONTENT_TYPE"),
    "pickle": (b"\x80", {"content_type": "application/x-python-serialize"}, "BAD_CONTENT_TYPE"),
    "binary encoding": (body(), {"content_encoding": "binary"}, "BAD_ENCODING"),
    "no encoding": (body(), {"content_encoding": None}, "BAD_ENCODING"),
    "no task": (body(), {"headers": {"id": "12345678"}}, "UNKNOWN_TASK"),
    "task is a number": (body(), {"headers": GOOD_HEADERS | {"task": 5}}, "UNKNOWN_TASK"),
    "task of another queue": (body(), {"headers": GOOD_HEADERS | {"task": "x"}}, "UNKNOWN_TASK"),
    "no id": (body(), {"headers": {"task": "kit.good"}}, "BAD_ID"),
    "short id": (body(), {"headers": GOOD_HEADERS | {"id": "1"}}, "BAD_ID"),
    "unsafe id": (body(), {"headers": GOOD_HEADERS | {"id": "../../etc/passwd"}}, "BAD_ID"),
    "long id": (body(), {"headers": GOOD_HEADERS | {"id": "a" * 65}}, "BAD_ID"),
    "eta": (body(), {"headers": GOOD_HEADERS | {"eta": "2999-01-01T00:00:00"}}, "SCHEDULED"),
    "expires": (body(), {"headers": GOOD_HEADERS | {"expires": "2999"}}, "SCHEDULED"),
    "empty": (b"", {}, "BAD_JSON"),
    "not utf-8": (b"\xff\xfe", {}, "BAD_UTF8"),
    "not JSON": (b"[[], {}", {}, "BAD_JSON"),
    "NaN": (b'[[], {"a": NaN}, {}]', {}, "BAD_JSON"),
    "a number beyond all": (b'[[], {"a": 1e999}, {}]', {}, "BAD_TEXT"),
    "null": (b"null", {}, "BAD_BODY"),
    "object": (b"{}", {}, "BAD_BODY"),
    "number": (b"5", {}, "BAD_BODY"),
    "two parts": (b"[[], {}]", {}, "BAD_BODY"),
    "four parts": (b"[[], {}, {}, {}]", {}, "BAD_BODY"),
    "kwargs are a list": (b"[[], [], {}]", {}, "BAD_BODY"),
    "positional arguments": (body(args=[1]), {}, "BAD_BODY"),
    "callbacks": (body(embed=EMBED | {"callbacks": [{"task": "x"}]}), {}, "BAD_BODY"),
    "chain": (body(embed={"chain": [{"task": "x"}]}), {}, "BAD_BODY"),
    "too large": (body({"a": "x" * guard.MAX_BODY_BYTES}), {}, "TOO_LARGE"),
    "too deep": (body({"a": nested(20)}), {}, "TOO_DEEP"),
    "deeper than the parser": (b"[" * 100_000 + b"]" * 100_000, {}, "TOO_DEEP"),
    "U+0000": (body({"a": "x\x00y"}), {}, "BAD_TEXT"),
    "U+0000 in a key": (body({"a\x00": 1}), {}, "BAD_TEXT"),
    "lone surrogate": (b'[[], {"a": "\\ud800"}, {}]', {}, "BAD_TEXT"),
    "huge number": (b'[[], {"a": ' + b"9" * 5000 + b"}, {}]", {}, "BAD_JSON"),
}


@pytest.mark.parametrize("name", MALFORMED)
def test_each_malformed_message_is_refused_with_its_reason(name: str) -> None:
    raw, changes, code = MALFORMED[name]
    with pytest.raises(guard.Malformed) as refused:
        admit(raw, **changes)
    assert refused.value.code == code
    assert refused.value.reason


def test_there_are_at_least_thirty_kinds() -> None:
    assert len(MALFORMED) >= 30


def test_twenty_levels_are_not_too_deep() -> None:
    assert admit(body({"a": nested(17)})).kwargs


json_values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(raw=st.binary() | json_values.map(lambda value: json.dumps(value).encode()))
def test_any_body_is_admitted_or_refused_and_nothing_else(raw: bytes) -> None:
    with suppress(guard.Malformed):
        assert admit(raw).task in TASKS


@given(
    headers=st.dictionaries(st.text(), json_values | st.binary()) | json_values,
    content_type=json_values,
)
def test_any_headers_are_answered(headers: object, content_type: object) -> None:
    with suppress(guard.Malformed):
        assert admit(body(), headers=headers, content_type=content_type).task in TASKS


@given(value=st.dictionaries(st.text() | st.binary() | st.integers(), json_values | st.binary()))
def test_headers_are_made_storable(value: object) -> None:
    stored = json.dumps(guard.plain(value))
    assert "\\u0000" not in stored
