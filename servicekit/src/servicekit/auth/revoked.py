"""Whether a token that verifies has been revoked, without a query for each request."""

import threading
import time

from django.apps import apps
from django.utils import timezone

from .principal import Principal

FRESH_S = 5.0


class Revocations:
    """The revocations of the last minutes in memory, read again when older than five seconds.

    Auth's message takes well below a second, so that a lost role or account counts everywhere
    within ten. A service without the app `servicekit.revocation` knows better (Auth itself).
    """

    def __init__(self) -> None:
        self._versions: dict[int, int] = {}
        self._sessions: frozenset[str] = frozenset()
        self._read_at = float("-inf")
        self._lock = threading.Lock()

    def cover(self, who: Principal) -> bool:
        """Whether the token of this caller is not to be believed any more."""
        self._keep_fresh()
        floor = self._versions.get(who.user_id, 0)
        return who.version < floor or who.session_id in self._sessions

    def read(self, *, fresh_for_s: float = 0) -> None:
        """Read them now; tests that count queries ask for more than five seconds of peace."""
        from servicekit.revocation.models import Revocation  # noqa: PLC0415  # after Django's apps
        from servicekit.revocation.services import KEEP  # noqa: PLC0415

        rows = Revocation.objects.filter(revoked_at__gt=timezone.now() - KEEP)
        found = list(rows.values_list("user_id", "session_id", "version"))
        self._versions = {user_id: version for user_id, session, version in found if not session}
        self._sessions = frozenset(session for _, session, _ in found if session)
        self._read_at = time.monotonic() + fresh_for_s

    def forget(self, *, fresh_for_s: float = 0) -> None:
        """Know of none, and look for that long at no table."""
        self._versions, self._sessions = {}, frozenset()
        self._read_at = time.monotonic() + fresh_for_s

    def _keep_fresh(self) -> None:
        if time.monotonic() - self._read_at < FRESH_S or not apps.is_installed(
            "servicekit.revocation"
        ):
            return
        with self._lock:
            if time.monotonic() - self._read_at >= FRESH_S:
                self.read()


revocations = Revocations()
