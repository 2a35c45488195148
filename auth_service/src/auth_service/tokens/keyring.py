"""The keys of this installation: made on first need, rotated ahead of time, held in memory."""

import threading
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from auth_service.audit.actors import OPERATOR, Actor
from auth_service.audit.services import record
from servicekit.errors import Conflict

from . import keys
from .claims import ACCESS_LIFETIME
from .models import SigningKey

REREAD_AFTER = timedelta(seconds=30)
JWKS_CACHED_FOR = timedelta(minutes=5)
LEAD = JWKS_CACHED_FOR + REREAD_AFTER + timedelta(minutes=1)
LEEWAY = timedelta(minutes=1)
KEY_TABLE_LOCK = 0x7453_4B45


class RotationPending(Conflict):
    message = "Key {kid} is published already and signs from {signs_from}."


@dataclass(frozen=True)
class _Held:
    keys: list[keys.Key]
    read_at: datetime


class Keyring:
    """A copy of the key table, read again every 30 s; safe to share between threads."""

    def __init__(self) -> None:
        self._held: _Held | None = None
        self._private: dict[str, RSAPrivateKey] = {}
        self._lock = threading.Lock()

    def signing(self, *, at: datetime) -> tuple[str, RSAPrivateKey]:
        """The kid and the private key to sign with. Raises KeySealBroken."""
        key = keys.signing(self._keys(at=at), at=at)
        if key is None:
            raise RuntimeError("no signing key has begun")
        if key.kid not in self._private:
            self._private[key.kid] = keys.unseal(
                key.sealed_private_key, kid=key.kid, secret=settings.SIGNING_KEY_SECRET
            )
        return key.kid, self._private[key.kid]

    def published(self, *, at: datetime) -> list[dict[str, Any]]:
        """The public keys, as `/.well-known/jwks.json` shows them."""
        return [key.public_jwk for key in keys.published(self._keys(at=at), at=at)]

    def forget(self) -> None:
        """Read the table again at the next use."""
        with self._lock:
            self._held = None
            self._private.clear()

    def _keys(self, *, at: datetime) -> list[keys.Key]:
        held = self._held
        if held is None or abs(at - held.read_at) >= REREAD_AFTER:
            with self._lock:
                held = self._held = _Held(_stored(at=at) or [_first_key(at=at)], at)
        return held.keys


keyring = Keyring()


def jwks() -> dict[str, Any]:
    """The published keys as a document; Auth verifies its own tokens with it (no HTTP)."""
    return {"keys": keyring.published(at=timezone.now())}


@transaction.atomic
def rotate(*, by: Actor, at: datetime) -> SigningKey:
    """Publish a new key that signs in 6½ minutes, when every verifier has had time to read it.

    The old key stays published until its last token is over. The key table is locked until
    commit. Raises RotationPending.
    """
    _lock_keys()
    newest = SigningKey.objects.order_by("signs_from").last()
    if newest and newest.signs_from > at:
        raise RotationPending(kid=newest.kid, signs_from=newest.signs_from.isoformat())
    key = _create(signs_from=at + LEAD if newest else at - LEEWAY, at=at)
    until = key.signs_from + REREAD_AFTER + ACCESS_LIFETIME + LEEWAY
    SigningKey.objects.filter(published_until=None).exclude(pk=key.pk).update(published_until=until)
    record("signing_key_created", subject=f"key:{key.kid}", by=by, at=at)
    return key


def tend(*, at: datetime) -> None:
    """Sweep: there is a key, and none that nothing valid is signed with any more."""
    keyring.signing(at=at)
    SigningKey.objects.filter(published_until__lt=at).delete()


def _stored(*, at: datetime) -> list[keys.Key]:
    return [_loaded(row) for row in SigningKey.objects.order_by("signs_from")]


def _first_key(*, at: datetime) -> keys.Key:
    with transaction.atomic():
        _lock_keys()
        row = SigningKey.objects.order_by("signs_from").last()
        if row is None:
            row = _create(signs_from=at - LEEWAY, at=at)
            record("signing_key_created", subject=f"key:{row.kid}", by=OPERATOR, at=at)
    return _loaded(row)


def _create(*, signs_from: datetime, at: datetime) -> SigningKey:
    private = keys.new_private_key()
    public = keys.jwk(private.public_key())
    kid = public["kid"]
    return SigningKey.objects.create(
        kid=kid,
        sealed_private_key=keys.seal(private, kid=kid, secret=settings.SIGNING_KEY_SECRET),
        public_jwk=public,
        created_at=at,
        signs_from=signs_from,
    )


def _loaded(row: SigningKey) -> keys.Key:
    return keys.Key(
        kid=row.kid,
        signs_from=row.signs_from,
        published_until=row.published_until,
        sealed_private_key=bytes(row.sealed_private_key),
        public_jwk=row.public_jwk,
    )


def _lock_keys() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '15s'")  # making a key takes a second or two
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [KEY_TABLE_LOCK])
