"""What a message must be before Celery may see it. Pure, total: every input gives an answer.

A stock worker exits on five kinds of malformed message and loses undecodable ones; so nothing
reaches it that is not exactly of this form (docs/design, "Broker and Celery").
"""

import json
import re
from collections.abc import Container
from dataclasses import dataclass
from typing import Any

from servicekit.contracts import UnsafeText, check_text

MAX_BODY_BYTES = 256 * 1024
MAX_DEPTH = 20
_SAFE_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{7,63}")


class Malformed(Exception):
    """The message is refused; `code` for machines, `reason` for people."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


@dataclass(frozen=True, kw_only=True)
class Admitted:
    """The parts of a good message that are passed on."""

    task: str
    message_id: str
    kwargs: dict[str, Any]
    headers: dict[str, Any]


def admit(
    *,
    body: object,
    content_type: object,
    content_encoding: object,
    headers: object,
    tasks: Container[str],
) -> Admitted:
    """Return the parts of a well-formed message for one of `tasks`; raises Malformed."""
    if not isinstance(headers, dict):
        raise Malformed("BAD_HEADERS", "the message has no headers")
    if headers.get("compression"):
        raise Malformed("COMPRESSED", "compressed bodies are not accepted")
    raw = _raw_body(body)
    if content_type != "application/json":
        raise Malformed("BAD_CONTENT_TYPE", f"content type is {content_type!r:.80}, not JSON")
    if str(content_encoding).lower() not in {"utf-8", "utf8"}:
        raise Malformed("BAD_ENCODING", f"content encoding is {content_encoding!r:.80}, not utf-8")
    task = headers.get("task")
    if not isinstance(task, str) or task not in tasks:
        raise Malformed("UNKNOWN_TASK", f"no task {task!r:.120} is consumed from this queue")
    message_id = headers.get("id")
    if not isinstance(message_id, str) or not _SAFE_ID.fullmatch(message_id):
        raise Malformed("BAD_ID", "header id must be 8 to 64 letters, digits, . _ : or -")
    if headers.get("eta") or headers.get("expires"):
        raise Malformed("SCHEDULED", "eta, countdown and expires are not accepted")
    return Admitted(
        task=task, message_id=message_id, kwargs=_kwargs(_decoded(raw)), headers=plain(headers)
    )


def _raw_body(body: object) -> bytes:
    raw = body.encode("utf-8", "surrogatepass") if isinstance(body, str) else body
    if not isinstance(raw, bytes | bytearray | memoryview):
        raise Malformed("BAD_BODY", "the body is not bytes")
    if len(raw) > MAX_BODY_BYTES:
        raise Malformed("TOO_LARGE", f"the body has {len(raw)} bytes, more than {MAX_BODY_BYTES}")
    return bytes(raw)


def _decoded(raw: bytes) -> object:
    try:
        value = json.loads(raw.decode("utf-8"), parse_constant=_refuse_constant)
        check_depth(value)
        check_text(value)
    except UnicodeDecodeError as exc:
        raise Malformed("BAD_UTF8", f"the body is not utf-8: {exc.reason}") from exc
    except RecursionError as exc:
        raise Malformed("TOO_DEEP", f"the body nests deeper than {MAX_DEPTH}") from exc
    except UnsafeText as exc:
        raise Malformed("BAD_TEXT", str(exc)) from exc
    except ValueError as exc:
        raise Malformed("BAD_JSON", f"the body is not JSON: {exc}") from exc
    return value


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def check_depth(value: object, *, limit: int = MAX_DEPTH) -> None:
    """Raise Malformed when lists and objects nest deeper than `limit`; the body itself is one."""
    level = [value]
    for _ in range(limit + 1):
        level = [
            inner
            for item in level
            if isinstance(item, dict | list)
            for inner in (item.values() if isinstance(item, dict) else item)
        ]
        if not any(isinstance(item, dict | list) for item in level):
            return
    raise Malformed("TOO_DEEP", f"the body nests deeper than {limit}")


def _kwargs(body: object) -> dict[str, Any]:
    match body:
        case [[], dict() as kwargs, dict() as embed]:
            pass
        case [[_, *_], dict(), dict()]:
            raise Malformed("BAD_BODY", "positional arguments are not accepted, use kwargs")
        case _:
            raise Malformed("BAD_BODY", "the body is not [[], {kwargs}, {embed}] (protocol 2)")
    if any(embed.values()):
        raise Malformed("BAD_BODY", "callbacks, errbacks, chains and chords are not accepted")
    return kwargs


def plain(value: object, *, depth: int = 4) -> Any:
    """Return `value` as something jsonb can hold: AMQP tables may carry bytes, dates, anything."""
    if isinstance(value, dict) and depth:
        return {text(key): plain(item, depth=depth - 1) for key, item in list(value.items())[:60]}
    if isinstance(value, list | tuple) and depth:
        return [plain(item, depth=depth - 1) for item in value[:60]]
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int) and abs(value) < 2**63:
        return value
    return text(value)


def text(value: object, *, longest: int = 500) -> str:
    """Return any value as text that PostgreSQL can hold, of at most `longest` characters."""
    read = value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
    return read[:longest].replace("\x00", "�").encode("utf-8", "replace").decode("utf-8")
