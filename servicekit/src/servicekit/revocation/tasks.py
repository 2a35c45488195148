"""Auth's news of tokens, from the broker."""

from django.utils import timezone

from servicekit.contracts import TokensRevoked
from servicekit.messaging import Delivery, consumes

from . import services


@consumes(TokensRevoked)
def revoke_tokens(message: TokensRevoked, delivery: Delivery) -> None:
    """Somebody lost an account, a role or a session."""
    services.revoke(message, at=timezone.now())
