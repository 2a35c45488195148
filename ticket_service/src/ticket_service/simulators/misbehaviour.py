"""How a simulator fails on purpose, around the work it would have done."""

import time
from collections.abc import Callable, Iterator
from datetime import datetime

from django.db import connection
from django.http import HttpResponse, JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from . import services
from .answers import Answer
from .models import Mode, Simulator

SLOW_MS = 3_000
TIMEOUT_MS = 35_000  # clients give up after 30 s
HUGE_CHUNK = b"x" * 1024 * 1024
HUGE_CHUNKS = 32
DELAYS_MS = {Mode.SLOW: SLOW_MS, Mode.TIMEOUT: TIMEOUT_MS}


def behaving(
    *, name: str, refusal: Answer, work: Callable[[], Answer], at: datetime
) -> HttpResponseBase:
    """Answer one call as the simulator's switch says.

    `refusal` is its polite no. No transaction is open and no connection held while it waits.
    """
    switch = services.next_call(name=name, at=at)
    instead = INSTEAD.get(Mode(switch.mode))
    answer = None if instead or switch.mode == Mode.REFUSE else work()
    _pause(switch)
    if instead:
        return instead()
    if switch.mode == Mode.LOST:
        return _error()
    return JsonResponse((answer or refusal).body, status=(answer or refusal).status)


def _pause(switch: Simulator) -> None:
    wait_ms = switch.delay_ms or DELAYS_MS.get(Mode(switch.mode), 0)
    if not wait_ms:
        return
    if not connection.in_atomic_block:
        connection.close()  # back to the pool
    time.sleep(wait_ms / 1000)


def _error() -> HttpResponse:
    return JsonResponse({"error": "Internal error 0x8007000E."}, status=500)


def _unavailable() -> HttpResponse:
    answer = JsonResponse({"error": "Maintenance window."}, status=503)
    answer["Retry-After"] = "5"
    return answer


def _garbage() -> HttpResponse:
    body = b'{"status": "confirmed", \xff\xfe"reservation_id'
    return HttpResponse(body, content_type="application/json")


def _lying() -> HttpResponse:
    return JsonResponse({"ok": True, "approved": "perhaps", "status": ["confirmed"]})


def _huge() -> StreamingHttpResponse:
    return StreamingHttpResponse(_huge_body(), content_type="application/json")


def _huge_body() -> Iterator[bytes]:
    yield b'{"status": "confirmed", "notes": "'
    for _ in range(HUGE_CHUNKS):
        yield HUGE_CHUNK
    yield b'"}'


def _page() -> HttpResponse:
    return HttpResponse("<html><body><h1>Sign in</h1></body></html>", content_type="text/html")


def _unauthorized() -> HttpResponse:
    answer = JsonResponse({"error": "invalid_token"}, status=401)
    answer["WWW-Authenticate"] = 'Bearer error="invalid_token"'
    return answer


INSTEAD: dict[Mode, Callable[[], HttpResponseBase]] = {
    Mode.ERROR: _error,
    Mode.UNAVAILABLE: _unavailable,
    Mode.GARBAGE: _garbage,
    Mode.LYING: _lying,
    Mode.HUGE: _huge,
    Mode.WRONG_CONTENT_TYPE: _page,
    Mode.BAD_TOKEN: _unauthorized,
}
