"""The mailer: takes due mails from the log and hands them to the mail server, one by one.

A mail is marked as sent first, then handed over, then the mark is committed. Killed between the
server's answer and the commit, the mailer sends it once more when the lease ends, under the same
Message-ID; that is as far as SMTP goes. A database lost in that instant makes no second copy: the
mailer remembers what was taken.
"""

import random
import threading
from datetime import timedelta
from typing import Final

import structlog
from django.db import DatabaseError, InterfaceError, close_old_connections, connection
from django.utils import timezone

from . import digests, services
from .clients.smtp import Letter, MailDeferredError, MailRefusedError, MailServer, ServerAwayError
from .models import Email

BATCH: Final = 20
IDLE_WAIT_S: Final = 1.0
GATHER_S: Final = 0.2  # after a wake-up: a batch of mails costs little more than one
MAX_BACKOFF_S: Final = 15.0
LEASE_MARGIN: Final = timedelta(seconds=18)  # longer than one mail can take

log = structlog.get_logger(__name__)


class Mailer:
    """Sends mails until `stop()`; any number of them may run side by side."""

    def __init__(self, server: MailServer) -> None:
        self._server = server
        self._stopping = threading.Event()
        self._failures = 0
        self._taken: set[int] = set()  # by the mail server, but not yet marked

    def stop(self, *_: object) -> None:
        """Finish the mail in hand and return from `run`; fit to be a signal handler."""
        self._stopping.set()

    def run(self) -> None:
        """Work until stopped; a lost mail server or database is waited for, never fatal."""
        while not self._stopping.is_set():
            try:
                if self.send_due() < BATCH:
                    self._wait_for_mail()
                self._failures = 0
            except (ServerAwayError, DatabaseError, InterfaceError) as error:
                self._back_off(error)
        self._server.close()

    def send_due(self) -> int:
        """Send one batch and return how many mails were due.

        Raises ServerAwayError, having given back what it could not send.
        """
        while digests.bundle_next(at=timezone.now()):
            pass
        claimed = services.claim_due(limit=BATCH, at=timezone.now())
        for position, mail in enumerate(claimed):
            if self._must_yield(mail):
                services.release(claimed[position:], reason=mail.last_error, at=timezone.now())
                break
            try:
                self._send(mail)
            except ServerAwayError as error:
                services.release(claimed[position:], reason=str(error), at=timezone.now())
                raise
        return len(claimed)

    def _must_yield(self, mail: Email) -> bool:
        """Tell whether to stop, or whether the lease could end while the server is busy."""
        return self._stopping.is_set() or timezone.now() > mail.next_attempt_at - LEASE_MARGIN

    def _send(self, mail: Email) -> None:
        try:
            services.hand_over(mail, send=self._deliver, at=timezone.now())
        except MailRefusedError as error:
            services.mark_refused(mail, reason=str(error))
            log.warning("mail_refused", mail_id=mail.id, reason=str(error))
        except MailDeferredError as error:
            services.mark_deferred(mail, reason=str(error), at=timezone.now())
            log.warning("mail_deferred", mail_id=mail.id, reason=str(error))
        self._taken.discard(mail.id)

    def _deliver(self, mail: Email) -> None:
        if mail.id not in self._taken:
            self._server.send(_letter(mail))
            self._taken.add(mail.id)

    def _wait_for_mail(self) -> None:
        self._server.rest()
        with connection.cursor() as cursor:
            cursor.execute(f"LISTEN {services.CHANNEL}")
        for _ in connection.connection.notifies(timeout=IDLE_WAIT_S, stop_after=1):
            self._stopping.wait(GATHER_S)

    def _back_off(self, error: Exception) -> None:
        self._failures += 1
        wait = random.uniform(0.5, 1) * min(0.5 * 2**self._failures, MAX_BACKOFF_S)  # noqa: S311
        log.warning("mailer_waits", error=repr(error), wait_s=round(wait, 2))
        self._server.close()
        close_old_connections()
        self._stopping.wait(wait)


def _letter(mail: Email) -> Letter:
    return Letter(
        recipient=mail.recipient,
        recipient_name=mail.recipient_name,
        subject=mail.subject,
        text=mail.text,
        html=mail.html,
        message_id=mail.message_id,
    )
