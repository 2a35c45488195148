"""The errors of the domain, pure: a code for machines, a sentence for people, an HTTP status."""

from typing import Any, ClassVar


class DomainError(Exception):
    """Something the caller asked for cannot be done; `message` is a template over the parameters.

    `field` names the first faulty field, `errors` all of them with their sentences; parameters in
    `beside_details` stand at the top of the body as well.
    """

    code: ClassVar[str] = "VALIDATION_ERROR"
    status: ClassVar[int] = 400
    message: ClassVar[str] = "The request is not valid."
    beside_details: ClassVar[tuple[str, ...]] = ()

    def __init__(
        self,
        message: str | None = None,
        *,
        field: str | None = None,
        errors: dict[str, list[str]] | None = None,
        **params: Any,
    ) -> None:
        self.sentence = (
            (message or self.message).format(**params) if params else (message or self.message)
        )
        self.params = params
        self.errors = errors or ({field: [self.sentence]} if field else {})
        self.field = field or next(iter(self.errors), None)
        super().__init__(self.sentence)

    @property
    def details(self) -> dict[str, Any]:
        """Return `details` of the error body: first fault, all faults, the parameters."""
        details: dict[str, Any] = {key: _plain(value) for key, value in self.params.items()}
        if self.field:
            first = self.errors.get(self.field, [self.sentence])
            details |= {"field": self.field, "message": first[0], "errors": self.errors}
        return details


def _plain(value: object) -> object:
    return value if isinstance(value, str | int | float | bool | None | list | dict) else str(value)


class Invalid(DomainError):
    """The body, a parameter or a header is wrong."""


class Unauthenticated(DomainError):
    code = "AUTH_FAILED"
    status = 401
    message = "Sign in first."


class TokenExpired(Unauthenticated):
    code = "TOKEN_EXPIRED"
    message = "The token has expired."


class Forbidden(DomainError):
    code = "PERMISSION_DENIED"
    status = 403
    message = "You may not do this."


class NotFound(DomainError):
    code = "RESOURCE_NOT_FOUND"
    status = 404
    message = "There is no such resource."


class Conflict(DomainError):
    code = "CONFLICT"
    status = 409
    message = "The resource has changed meanwhile."


class IdempotencyMismatch(DomainError):
    status = 422
    message = "This Idempotency-Key was used for another request."


class RateLimited(DomainError):
    """Raise with `retry_after` in whole seconds."""

    code = "RATE_LIMIT_EXCEEDED"
    status = 429
    message = "Too many requests; try again in {retry_after} s."
    beside_details = ("retry_after",)


class Unavailable(DomainError):
    """Raise with `retry_after` in whole seconds where it is known."""

    code = "SERVICE_UNAVAILABLE"
    status = 503
    message = "The service is not available right now."
