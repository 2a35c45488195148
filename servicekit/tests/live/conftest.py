import os
from typing import Any

import pytest


@pytest.fixture
def live_redis(settings: Any) -> None:
    """Keep one-time tickets in the Redis of the tests."""
    settings.LIVE_REDIS_URL = os.environ["REDIS_URL"]
