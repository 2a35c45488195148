"""Whether a message was signed by a help desk that we know. Pure.

`x-hdts-sig` is `v1=` and the hex HMAC-SHA256, under the key that `x-hdts-kid` names, over
`x-hdts-ts`, the Celery id and the canonical JSON of the ticket, joined by dots. The time is
signed but not compared with ours: a message may wait in the queue for as long as we are down,
and the ledger accepts each id once.
"""

import hashlib
import hmac
import json
from collections.abc import Mapping
from enum import StrEnum

VERSION = "v1="
KEY_ID, TIME, SIGNATURE = "x-hdts-kid", "x-hdts-ts", "x-hdts-sig"


class Mode(StrEnum):
    """What is asked of a message: nothing, no wrong signature, or a good one."""

    OFF = "off"
    OBSERVE = "observe"
    REQUIRE = "require"


class Verdict(StrEnum):
    UNSIGNED = "unsigned"
    GOOD = "good"
    UNKNOWN_KEY = "unknown_key"
    WRONG = "wrong"


def canonical(ticket_data: object) -> str:
    """Return the JSON that is signed: keys sorted, no spaces, no escapes beyond JSON's own."""
    return json.dumps(ticket_data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def sign(ticket_data: object, *, key: str, timestamp: str, message_id: str) -> str:
    """Return the value of `x-hdts-sig`."""
    text = f"{timestamp}.{message_id}.{canonical(ticket_data)}"
    return VERSION + hmac.new(key.encode(), text.encode(), hashlib.sha256).hexdigest()


def verdict(
    headers: Mapping[str, object],
    ticket_data: object,
    *,
    message_id: str,
    keys: Mapping[str, str],
) -> Verdict:
    """Return what the signature headers are worth; never raises."""
    if not any(name in headers for name in (KEY_ID, TIME, SIGNATURE)):
        return Verdict.UNSIGNED
    key = keys.get(str(headers.get(KEY_ID)))
    if key is None:
        return Verdict.UNKNOWN_KEY
    expected = sign(ticket_data, key=key, timestamp=str(headers.get(TIME)), message_id=message_id)
    given = str(headers.get(SIGNATURE))
    is_good = hmac.compare_digest(expected.encode(), given.encode("utf-8", "replace"))
    return Verdict.GOOD if is_good else Verdict.WRONG


def is_acceptable(found: Verdict, mode: Mode) -> bool:
    """Whether a message with this verdict may be worked in this mode."""
    if mode is Mode.OFF or found is Verdict.GOOD:
        return True
    return mode is Mode.OBSERVE and found is Verdict.UNSIGNED
