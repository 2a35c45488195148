"""Idempotency-Key: the same key and body give the same answer, whatever the network did."""

import functools
import hashlib
import hmac
import json
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from operator import itemgetter
from typing import Any

from django.conf import settings
from django.db import transaction
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from servicekit.errors import IdempotencyMismatch, Invalid

KEEP = timedelta(days=1)
HEADER = "Idempotency-Key"
View = Callable[..., Response]
IDEMPOTENCY_KEY = OpenApiParameter(
    HEADER,
    str,
    OpenApiParameter.HEADER,
    description="The same key and body have one effect and one answer, however often they come.",
)


def idempotent(view: View) -> View:
    """Decorate a POST method that creates something.

    The key's row, the effect and the stored answer are one transaction; a second caller with
    the same key waits for the first. Another body or query under the same key → 422.
    """
    return _once(view, shown_once=())


def idempotent_without(*shown_once: str) -> Callable[[View], View]:
    """As `idempotent`, for answers with secrets: these fields are not kept, nor repeated."""
    return functools.partial(_once, shown_once=shown_once)


def _once(view: View, *, shown_once: tuple[str, ...]) -> View:
    @extend_schema(parameters=[IDEMPOTENCY_KEY])
    @functools.wraps(view)
    def run(self: Any, request: Request, *args: Any, **kwargs: Any) -> Response:
        key = request.headers.get(HEADER, "")
        if not key:
            return view(self, request, *args, **kwargs)
        if len(key) > 200 or not key.isprintable():
            raise Invalid(f"{HEADER} must be at most 200 printable characters.", field=HEADER)
        with transaction.atomic():
            answer = functools.partial(view, self, request, *args, **kwargs)
            return _answer_once(key, request, answer, shown_once=shown_once)

    return run


def _answer_once(
    key: str, request: Request, answer: Callable[[], Response], *, shown_once: tuple[str, ...]
) -> Response:
    from .models import IdempotencyKey  # noqa: PLC0415  # models load after the apps

    identity = {"caller": getattr(request.user, "key", "anonymous"), "key": key}
    fingerprint = _fingerprint(request)
    row = IdempotencyKey(**identity, fingerprint=fingerprint)
    IdempotencyKey.objects.bulk_create([row], ignore_conflicts=True)
    stored = IdempotencyKey.objects.select_for_update().get(**identity)
    if stored.fingerprint != fingerprint:
        raise IdempotencyMismatch(field=HEADER)
    if stored.status is not None:
        return Response(stored.body, status=stored.status, headers={"Idempotency-Replayed": "true"})
    response = answer()
    stored.status = response.status_code
    body = json.loads(JSONRenderer().render(response.data) or b"null")
    stored.body = (
        {name: body[name] for name in body if name not in shown_once} if shown_once else body
    )
    stored.save(update_fields=["status", "body"])
    return response


def _fingerprint(request: Request) -> str:
    # Keyed: bodies may hold passwords, whose bare digest could be guessed from a stolen table.
    start = f"{request.method} {request.get_full_path()}\n".encode()
    digest = hmac.new(settings.SECRET_KEY.encode(), start, hashlib.sha256)
    if request.content_type and request.content_type.startswith("multipart/"):
        for part in _parts(request):
            digest.update(len(part).to_bytes(8) + part)
    else:
        digest.update(request._request.body)
    return digest.hexdigest()


def _parts(request: Request) -> Iterator[bytes]:
    """Yield what a form says, field by field: its raw bytes differ by the boundary each time."""
    for name, values in sorted(request.POST.lists()):
        yield json.dumps([name, values]).encode()
    for name, files in sorted(request.FILES.lists(), key=itemgetter(0)):
        for file in files:
            yield json.dumps([name, file.name, file.content_type]).encode()
            content = hashlib.sha256()
            for chunk in file.chunks():
                content.update(chunk)
            file.seek(0)
            yield content.digest()


def purge(*, at: datetime) -> int:
    """Delete keys older than a day; returns the number of rows."""
    from .models import IdempotencyKey  # noqa: PLC0415

    return IdempotencyKey.objects.filter(created_at__lt=at - KEEP).delete()[0]
