"""The pytest plugin: tokens, clients, the broker, the outbox read as typed messages."""

from collections.abc import Callable, Iterator
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, settings
from rest_framework.test import APIClient

from servicekit.contracts import Message
from servicekit.testing.tokens import jwks, make_token

M = TypeVar("M", bound=Message)

# A busy machine is no fault of the code: examples may take their time, and so may their making.
settings.register_profile("tts", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("tts")


@pytest.fixture(autouse=True)
def _believe_test_keys() -> None:
    from servicekit.auth.keys import keys  # noqa: PLC0415  # Django must be set up first

    keys.preload(jwks())


@pytest.fixture(autouse=True)
def _no_revocation_is_read_by_the_clock() -> None:
    """Queries are counted: a test that revokes reads them itself, with `revocations.read()`."""
    from servicekit.auth.revoked import revocations  # noqa: PLC0415

    revocations.forget(fresh_for_s=3600)


@pytest.fixture
def token_for() -> Callable[..., str]:
    """Return a maker of access tokens: `token_for(user_id=1, roles=(("tts", "Admin"),))`."""
    return make_token


@pytest.fixture
def anonymous() -> APIClient:
    """Return a client without a token."""
    return APIClient(raise_request_exception=False)


@pytest.fixture
def api_as() -> Callable[..., APIClient]:
    """Return a maker of signed-in clients, with the arguments of `token_for`."""

    def make(**who: Any) -> APIClient:
        client = APIClient(raise_request_exception=False)
        client.credentials(HTTP_AUTHORIZATION=f"Bearer {make_token(**who)}")
        return client

    return make


@pytest.fixture
def outbox_of() -> Callable[[type[M]], list[M]]:
    """Return a reader of the outbox: `outbox_of(TicketSync)` → the messages, oldest first."""
    from servicekit.outbox.models import OutboxMessage  # noqa: PLC0415

    def read(contract: type[M]) -> list[M]:
        rows = OutboxMessage.objects.filter(task=contract.TASK, queue=contract.QUEUE).order_by("id")
        return [contract.from_kwargs(row.kwargs) for row in rows]

    return read


@pytest.fixture
def broker() -> Iterator[Any]:
    """Return the vhost of these tests; see servicekit.testing.broker."""
    from servicekit.testing.broker import Broker  # noqa: PLC0415

    opened = Broker()
    yield opened
    opened.close()
