"""Sockets read in threads; their connections must not outlive a test."""

import pytest
from django.conf import settings
from django.db import connections
from redis import Redis


@pytest.fixture(autouse=True)
def _close_connections_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(connections.settings["default"], "CONN_MAX_AGE", 0)


@pytest.fixture(autouse=True)
def _empty_redis() -> None:
    with Redis.from_url(settings.REDIS_URL) as redis:
        redis.flushdb()
