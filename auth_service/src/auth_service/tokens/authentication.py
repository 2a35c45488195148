"""Who calls Auth itself: a good token whose session, person and roles still stand."""

from dataclasses import dataclass, fields, replace
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from rest_framework.request import Request

from auth_service.access.builtin import ADMIN
from auth_service.audit.actors import Actor
from auth_service.credentials.selectors import is_standing
from auth_service.credentials.serializers import AUDIENCES
from servicekit.api.addresses import address_of
from servicekit.auth import BearerAuthentication, Principal, caller
from servicekit.auth.bearer import speaker_of, verify
from servicekit.errors import TokenExpired, Unauthenticated

from . import proofs, selectors
from .sessions import Client


@dataclass(frozen=True, kw_only=True)
class StandingPrincipal(Principal):
    """A caller who has been looked up, not only believed."""

    is_superuser: bool = False


class StandingBearer(BearerAuthentication):
    """Like everywhere else, and at once false when a session ends or a role is lost.

    Who must set up a second factor first reaches only views that say `open_to_limited`.
    """

    def authenticate(self, request: Request) -> tuple[Principal, str] | None:
        """Return who calls; raises TokenExpired when the token no longer stands (refresh it)."""
        found = super().authenticate(request)
        if found is None:
            return None
        principal, token = found
        if principal.client_id:
            check_client(principal)
            return principal, token
        standing = standing_of(principal)
        view = (request.parser_context or {}).get("view")
        if standing.is_limited and not getattr(view, "open_to_limited", False):
            raise selectors.SecondFactorRequired
        known = {each.name: getattr(principal, each.name) for each in fields(Principal)}
        return StandingPrincipal(**known, is_superuser=standing.is_superuser), token


def standing_of(principal: Principal) -> selectors.Standing:
    """How a person stands. Raises TokenExpired when their session or rights are not what they were.

    Raises Unauthenticated for a token that was not signed in for.
    """
    standing = selectors.standing(
        session_id=session_id(principal),
        user_id=principal.user_id,
        token_version=principal.version,
    )
    if not standing.is_good:
        raise TokenExpired("The session has ended or its rights have changed; refresh.")
    return standing


def vouched_for(token: str) -> tuple[Principal, str]:
    """Whom a token of ours speaks for, and to which audience; looked up as `StandingBearer` does.

    Raises TokenExpired, Unauthenticated.
    """
    claims = verify(token, audiences=(settings.TOKENS["AUDIENCE"], *AUDIENCES))
    principal = speaker_of(claims)
    if principal.client_id:
        check_client(principal)
    else:
        standing_of(principal)
    return principal, str(claims["aud"])


def session_id(principal: Principal) -> UUID:
    """The session of a token. Raises Unauthenticated for a token that was not signed in for."""
    try:
        return UUID(principal.session_id)
    except ValueError as fault:
        raise Unauthenticated("The token belongs to no session.") from fault


def check_client(principal: Principal) -> None:
    """Refuse the token of a service client whose credential was withdrawn. Raises TokenExpired."""
    if not is_standing(principal.client_id, at=timezone.now()):
        raise TokenExpired("The client may do nothing any more.")


def actor(request: Request) -> Actor:
    """Return who acts in a request behind `SignedIn`."""
    principal = caller(request)
    return Actor(
        user_id=principal.user_id or None,
        username=principal.username,
        admin_of=frozenset(system for system, role in principal.roles if role == ADMIN),
        is_superuser=isinstance(principal, StandingPrincipal) and principal.is_superuser,
        ip_address=address_of(request._request),
    )


def reader(request: Request) -> Actor:
    """Return who looks; a client whose scope let it in sees what every system has."""
    by = actor(request)
    return replace(by, is_superuser=True) if caller(request).client_id else by


def check_recent_proof(request: Request) -> None:
    """Refuse what is dangerous without a recent password. Raises ReauthenticationRequired."""
    proofs.check_recent(session_id=session_id(caller(request)), at=timezone.now())


def client(request: HttpRequest) -> Client:
    """Return where a request comes from."""
    return Client(ip_address=address_of(request), user_agent=request.headers.get("User-Agent", ""))
