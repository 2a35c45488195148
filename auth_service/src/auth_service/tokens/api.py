"""HTTP: sign in, refresh, verify, sign out, public keys."""

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.authentication import BaseAuthentication
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from auth_service.audit.actors import Actor
from auth_service.second_factor import challenges
from servicekit.auth.permissions import Anyone
from servicekit.errors import Unauthenticated

from . import cookies, keyring, services
from .authentication import StandingBearer, client, session_id, vouched_for
from .serializers import (
    AccessOut,
    KeysOut,
    MessageOut,
    OtpIn,
    OtpSessionIn,
    RefreshedOut,
    RefreshIn,
    SignInIn,
    TokensOut,
    VerifiedOut,
    VerifyIn,
)

NEVER_STORED = {"Cache-Control": "no-store"}
JWKS_MAX_AGE_S = int(keyring.JWKS_CACHED_FOR.total_seconds())


class OpenView(APIView):
    """A view that reads no bearer token: whoever has lost one must still get in."""

    authentication_classes: list[type[BaseAuthentication]] = []
    permission_classes = [Anyone]


class TokenView(OpenView):
    """POST /token/"""

    @extend_schema(request=SignInIn, responses=TokensOut, operation_id="sign_in")
    def post(self, request: Request) -> Response:
        """Sign in with a user name or an e-mail address."""
        tokens = _sign_in(request)
        return Response(TokensOut(tokens).data, headers=NEVER_STORED)


class LoginView(OpenView):
    """POST /login/"""

    @extend_schema(request=SignInIn, responses=AccessOut, operation_id="browser_sign_in")
    def post(self, request: Request) -> Response:
        """Sign in from a browser: the refresh token goes into an HttpOnly cookie."""
        cookies.check_own_page(request._request)
        tokens = _sign_in(request)
        return _with_cookie(tokens, request)


class TokenOtpView(OpenView):
    """POST /token/otp/"""

    @extend_schema(request=OtpIn, responses=TokensOut, operation_id="sign_in_otp")
    def post(self, request: Request) -> Response:
        """Finish a sign-in with a code of the second factor, or a recovery code."""
        return Response(TokensOut(_finish(request)).data, headers=NEVER_STORED)


class LoginOtpView(OpenView):
    """POST /login/otp/"""

    @extend_schema(request=OtpIn, responses=AccessOut, operation_id="browser_sign_in_otp")
    def post(self, request: Request) -> Response:
        """Finish a sign-in from a browser with a code of the second factor, or a recovery code."""
        cookies.check_own_page(request._request)
        return _with_cookie(_finish(request), request)


class ResendOtpView(OpenView):
    """POST /login/otp/resend/"""

    @extend_schema(request=OtpSessionIn, responses=MessageOut, operation_id="resend_otp")
    def post(self, request: Request) -> Response:
        """Mail a new code, with five tries of its own, for a sign-in; the old one is void."""
        wanted = OtpSessionIn.parse(request.data)
        where = client(request._request).ip_address
        challenges.mail_again(wanted.otp_session, ip_address=where, at=timezone.now())
        return Response(MessageOut({"message": "A new code is on its way."}).data)


class RefreshView(OpenView):
    """POST /token/refresh/"""

    @extend_schema(request=RefreshIn, responses=RefreshedOut, operation_id="refresh")
    def post(self, request: Request) -> Response:
        """Trade a refresh token (body or cookie) for the next one and a fresh access token."""
        token = RefreshIn.parse(request.data).refresh
        if token is not None:
            return Response(TokensOut(_refresh(token, request)).data, headers=NEVER_STORED)
        token = _cookie(request)
        if token is None:
            raise Unauthenticated("There is no refresh token.")
        return _with_cookie(_refresh(token, request), request)


class VerifyView(OpenView):
    """POST /token/verify/"""

    @extend_schema(request=VerifyIn, responses=VerifiedOut, operation_id="verify")
    def post(self, request: Request) -> Response:
        """Say whether a token of ours is good, its session open and its person or client active.

        A service token is good for its `audience` only: compare it before you trust the token.
        """
        who, audience = vouched_for(VerifyIn.parse(request.data).token)
        body = {
            "valid": True,
            "user_id": None if who.client_id else who.user_id,
            "client_id": who.client_id,
            "username": who.username,
            "audience": audience,
            "expires_at": who.expires_at,
        }
        return Response(VerifiedOut(body).data)


class LogoutView(OpenView):
    """POST /logout/"""

    open_to_limited = True

    @extend_schema(
        request=RefreshIn,
        responses=MessageOut,
        operation_id="sign_out",
        auth=[{"bearer": []}, {}],  # type: ignore[list-item]  # its annotation is wrong
    )
    def post(self, request: Request) -> Response:
        """End the session of the refresh token (body or cookie), or of the bearer token."""
        token = RefreshIn.parse(request.data).refresh or _cookie(request)
        if token is None:
            _end_session_of_bearer(request)
        else:
            services.sign_out(token=token, client=client(request._request), at=timezone.now())
        response = Response(MessageOut({"message": "You are signed out."}).data)
        cookies.clear_refresh(response, request=request._request)
        return response


class JwksView(OpenView):
    """GET /.well-known/jwks.json"""

    @extend_schema(responses=KeysOut, operation_id="public_keys")
    def get(self, request: Request) -> Response:
        """The public keys that access tokens are verified with."""
        headers = {"Cache-Control": f"public, max-age={JWKS_MAX_AGE_S}"}
        return Response(KeysOut(keyring.jwks()).data, headers=headers)


def _sign_in(request: Request) -> services.Tokens:
    wanted = SignInIn.parse(request.data)
    return services.sign_in(
        name=wanted.username,
        password=wanted.password,
        client=client(request._request),
        at=timezone.now(),
        code=wanted.otp_code,
    )


def _finish(request: Request) -> services.Tokens:
    wanted = OtpIn.parse(request.data)
    return services.finish_sign_in(
        otp_session=wanted.otp_session,
        code=wanted.code,
        client=client(request._request),
        at=timezone.now(),
    )


def _refresh(token: str, request: Request) -> services.Tokens:
    return services.refresh(token=token, client=client(request._request), at=timezone.now())


def _cookie(request: Request) -> str | None:
    token = request.COOKIES.get(cookies.NAME)
    if token is not None:
        cookies.check_own_page(request._request)
    return token


def _with_cookie(tokens: services.Tokens, request: Request) -> Response:
    response = Response(AccessOut(tokens).data, headers=NEVER_STORED)
    cookies.set_refresh(response, tokens.refresh, request=request._request, at=timezone.now())
    return response


def _end_session_of_bearer(request: Request) -> None:
    found = StandingBearer().authenticate(request)
    if found is None:
        raise Unauthenticated("There is no session to end.")
    principal, where = found[0], client(request._request)
    by = Actor(user_id=principal.user_id, username=principal.username, ip_address=where.ip_address)
    services.end_session(session_id=session_id(principal), by=by, at=timezone.now())
