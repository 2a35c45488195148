"""Auth's published keys, cached so that verification goes on while Auth is away."""

import threading
import time
from collections.abc import Callable
from typing import Any

import httpx
import structlog
from django.conf import settings
from django.core.cache import cache
from django.utils.module_loading import import_string
from jwt import PyJWK, PyJWTError
from redis.exceptions import RedisError

FRESH_S = 5 * 60
STALE_S = 24 * 3600
REFETCH_S = 30
CACHE_KEY = "jwks"

log = structlog.get_logger(__name__)


def fetch() -> dict[str, Any]:
    """Return the JWKS document; raises httpx.HTTPError or ValueError."""
    answer = httpx.get(settings.TOKENS["JWKS_URL"], timeout=2.0)
    answer.raise_for_status()
    document = answer.json()
    if not isinstance(document, dict):
        raise ValueError("the JWKS is not an object")
    return document


class KeyCache:
    """RS256 keys by `kid`: fresh for 5 min, usable for 24 h, at most one fetch in 30 s.

    `settings.TOKENS["SOURCE"]` may name a function to use in place of the HTTP fetch (Auth
    itself reads its database). A second copy in Redis serves processes started while Auth is away.
    """

    def __init__(self, source: Callable[[], dict[str, Any]] | None = None) -> None:
        self._source = source
        self._keys: dict[str, PyJWK] = {}
        self._fetched_at = self._tried_at = float("-inf")
        self._lock = threading.Lock()

    def find(self, kid: str) -> PyJWK | None:
        """Return the key, fetching when the cache is old or does not know it."""
        now = time.monotonic()
        if kid not in self._keys or now - self._fetched_at > FRESH_S:
            self._refresh(now)
        return self._keys.get(kid) if now - self._fetched_at < STALE_S else None

    def preload(self, document: dict[str, Any]) -> None:
        """Use this JWKS from now on."""
        usable = {}
        for each in document.get("keys", []):
            try:
                usable[str(each["kid"])] = PyJWK(each, algorithm="RS256")
            except (PyJWTError, KeyError, TypeError) as exc:
                log.warning("key_unusable", error=repr(exc))
        self._keys, self._fetched_at = usable, time.monotonic()

    def _refresh(self, now: float) -> None:
        with self._lock:
            if now - self._tried_at < REFETCH_S:
                return
            self._tried_at = now
            try:
                self.preload(self._load())
            except (httpx.HTTPError, ValueError) as exc:
                log.warning("keys_not_fetched", error=repr(exc))
                self._use_copy()

    def _load(self) -> dict[str, Any]:
        name = settings.TOKENS.get("SOURCE")
        document = (self._source or (import_string(name) if name else fetch))()
        try:
            cache.set(CACHE_KEY, document, STALE_S)
        except RedisError as exc:
            log.warning("keys_not_copied", error=repr(exc))
        return document

    def _use_copy(self) -> None:
        if self._keys:
            return
        try:
            document = cache.get(CACHE_KEY)
        except RedisError:
            document = None
        if document:
            self.preload(document)


keys = KeyCache()
