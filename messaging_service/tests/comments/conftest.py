"""Who writes comments."""

from collections.abc import Callable

import pytest
from people import ANA, BEN, OWNER
from rest_framework.test import APIClient

from messaging_service.tickets.models import Ticket

L1 = (("tts", "L1 Support"),)


@pytest.fixture
def as_ana(api_as: Callable[..., APIClient], ticket: Ticket) -> APIClient:
    return api_as(user_id=ANA, username="l1.ana", roles=L1)


@pytest.fixture
def as_ben(api_as: Callable[..., APIClient]) -> APIClient:
    return api_as(user_id=BEN, username="l1.ben", roles=L1)


@pytest.fixture
def as_owner(api_as: Callable[..., APIClient]) -> APIClient:
    return api_as(user_id=OWNER, username="owner", roles=())
