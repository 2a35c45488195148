"""Writes to machines' credentials, and the tokens that they get."""

import hashlib
import secrets
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from auth_service.audit.actors import Actor
from auth_service.audit.services import record
from auth_service.tokens.claims import signed
from auth_service.tokens.keyring import keyring
from servicekit.auth.principal import CLIENT
from servicekit.errors import Conflict, Forbidden, Invalid, NotFound, Unauthenticated

from . import rules
from .models import Credential, Kind, Secret

GRACE = timedelta(hours=24)
TOKEN_LIFETIME = timedelta(minutes=5)
USE_NOTED_EVERY = timedelta(minutes=1)


class UnknownClient(Unauthenticated):
    message = "The client or its secret is not known."


class RotatedJustNow(Conflict):
    message = "Somebody else has rotated this secret just now."


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A credential with the secret that is shown this once."""

    credential: Credential
    secret: str


@transaction.atomic
def create(
    *,
    kind: Kind,
    name: str,
    scopes: Sequence[str],
    audiences: Sequence[str] = (),
    expires_at: datetime | None = None,
    by: Actor,
    at: datetime,
) -> Shown:
    """Make a key or a client. Raises Forbidden, Invalid."""
    rules.check_administers_machines(by)
    if expires_at is not None and expires_at <= at:
        raise Invalid("This time is over already.", field="expires_at")
    credential = Credential.objects.create(
        kind=kind,
        public_id=_public_id(kind),
        name=name,
        audiences=sorted(set(audiences)),
        scopes=sorted(set(scopes)),
        expires_at=expires_at,
        created_at=at,
        created_by_id=by.user_id,
    )
    subject = f"credential:{credential.public_id}"
    record(f"{kind}_created", subject=subject, by=by, at=at, name=name, scopes=credential.scopes)
    return Shown(credential=credential, secret=_new_secret(credential, at=at))


@transaction.atomic
def rotate(
    *,
    kind: Kind,
    credential_id: int,
    by: Actor,
    at: datetime,
    grace: timedelta = GRACE,
    current: int | None = None,
) -> Shown:
    """Make a new secret; the old one is good for the grace. Without any, all old ones are void.

    The credential is locked until commit. `current` is the id of the secret that the caller saw:
    of two who rotate at once, one wins. Raises Forbidden, NotFound, Conflict, RotatedJustNow.
    """
    rules.check_administers_machines(by)
    credential = _locked(kind, credential_id)
    old = credential.secrets.get(valid_until=None)
    if current is not None and old.pk != current:
        raise RotatedJustNow
    if not grace:
        credential.secrets.filter(valid_until__gt=at).update(valid_until=at)
    old.valid_until = at + grace
    old.save(update_fields=["valid_until"])
    subject, hours = f"credential:{credential.public_id}", grace / timedelta(hours=1)
    record(f"{kind}_rotated", subject=subject, by=by, at=at, grace_hours=hours)
    return Shown(credential=credential, secret=_new_secret(credential, at=at))


def current_secret(kind: Kind, credential_id: int) -> int | None:
    """The id of the secret that counts before a rotation; None for an unknown credential."""
    found = Secret.objects.filter(
        credential__kind=kind, credential_id=credential_id, valid_until=None
    )
    return found.values_list("pk", flat=True).first()


@transaction.atomic
def revoke(*, kind: Kind, credential_id: int, by: Actor, at: datetime) -> None:
    """Withdraw a credential for good; locked until commit. Raises Forbidden, NotFound, Conflict."""
    rules.check_administers_machines(by)
    credential = _locked(kind, credential_id)
    credential.revoked_at = at
    credential.save(update_fields=["revoked_at"])
    record(f"{kind}_revoked", subject=f"credential:{credential.public_id}", by=by, at=at)


def recognised(*, secret: str, public_id: str | None, at: datetime) -> Credential:
    """The standing credential of a secret; an API key comes without a `public_id`.

    Raises UnknownClient, the same for everything that can be wrong.
    """
    found = (
        Secret.objects.select_related("credential")
        .filter(
            Q(valid_until=None) | Q(valid_until__gt=at),
            Q(credential__expires_at=None) | Q(credential__expires_at__gt=at),
            secret_sha256=_sha256(secret),
            credential__revoked_at=None,
            credential__kind=Kind.API_KEY if public_id is None else Kind.SERVICE_CLIENT,
        )
        .first()
    )
    if found is None or public_id not in {None, found.credential.public_id}:
        raise UnknownClient
    _note_use(found.credential, at=at)
    return found.credential


def service_token(
    credential: Credential, *, audience: str, scopes: Sequence[str] | None, at: datetime
) -> str:
    """A token of five minutes for exactly one audience. Raises Forbidden."""
    if credential.kind == Kind.SERVICE_CLIENT and audience not in credential.audiences:
        raise Forbidden("The client may not ask for this audience.")
    granted = credential.scopes if scopes is None else sorted(set(scopes))
    if set(granted) - set(credential.scopes):
        raise Forbidden("The client does not have every scope that it asks for.")
    now = int(at.timestamp())
    claims = {
        "iss": settings.TOKENS["ISSUER"],
        "sub": f"{CLIENT}{credential.public_id}",
        "aud": audience,
        "exp": now + int(TOKEN_LIFETIME.total_seconds()),
        "iat": now,
        "nbf": now,
        "jti": uuid.uuid4().hex,
        "scope": " ".join(granted),
        "username": credential.name,
    }
    kid, key = keyring.signing(at=at)
    return signed(claims, kid=kid, key=key)


def _note_use(credential: Credential, *, at: datetime) -> None:
    stale = Q(last_used_at=None) | Q(last_used_at__lt=at - USE_NOTED_EVERY)
    Credential.objects.filter(stale, pk=credential.pk).update(last_used_at=at)


def _locked(kind: Kind, credential_id: int) -> Credential:
    rows = Credential.objects.select_for_update(of=("self",)).select_related("created_by")
    credential = rows.filter(kind=kind, pk=credential_id).first()
    if credential is None:
        raise NotFound("There is no such credential.")
    if credential.revoked_at is not None:
        raise Conflict("This credential was withdrawn.")
    return credential


def _new_secret(credential: Credential, *, at: datetime) -> str:
    drawn = secrets.token_urlsafe(32)
    secret = f"{credential.public_id}_{drawn}" if credential.kind == Kind.API_KEY else drawn
    Secret.objects.create(credential=credential, secret_sha256=_sha256(secret), created_at=at)
    return secret


def _public_id(kind: Kind) -> str:
    prefix = "ttsk" if kind == Kind.API_KEY else "svc"
    return f"{prefix}_{secrets.token_hex(6)}"


def _sha256(secret: str) -> bytes:
    return hashlib.sha256(secret.encode(errors="replace")).digest()
