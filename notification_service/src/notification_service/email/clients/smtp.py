"""The mail server: one connection, kept for as long as mails follow each other."""

import contextlib
import smtplib
import time
from dataclasses import dataclass
from email.utils import formataddr
from typing import Final, Protocol

from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.smtp import EmailBackend
from django.core.mail.message import BadHeaderError
from django.utils.encoding import punycode

from .address import SmtpAddress

MAX_IDLE_S: Final = 10.0
PROBE_AFTER_S: Final = 1.0
MAX_PER_CONNECTION: Final = 200


class ServerAwayError(Exception):
    """The server takes no mail at all at present; no mail is to blame."""


class MailDeferredError(Exception):
    """This mail was not taken now, but may be later."""


class MailRefusedError(Exception):
    """This mail will never be taken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What goes to the mail server."""

    recipient: str
    recipient_name: str
    subject: str
    text: str
    html: str
    message_id: str


class MailServer(Protocol):
    """Takes letters one by one."""

    def send(self, letter: Letter) -> None:
        """Hand a letter over; raises ServerAwayError, MailDeferredError, MailRefusedError."""

    def rest(self) -> None:
        """Be told that there is nothing to send right now."""

    def close(self) -> None:
        """Say goodbye."""


class SmtpServer:
    """The real one, by SMTP."""

    def __init__(self, address: SmtpAddress) -> None:
        self._address = address
        self._backend = EmailBackend(
            host=address.host,
            port=address.port,
            username=address.username,
            password=address.password,
            use_ssl=address.use_ssl,
            use_tls=address.use_starttls,
            timeout=address.timeout_s,
        )
        self._sent = 0
        self._used_at = 0.0

    def send(self, letter: Letter) -> None:
        """Hand a letter over on the open connection, or on a new one.

        Raises ServerAwayError, MailRefusedError, MailDeferredError (the server may have it).
        """
        try:
            message = _composed(letter, sender=self._address.sender)
        except (BadHeaderError, ValueError, UnicodeError) as error:
            raise MailRefusedError(str(error)) from error
        self._connect()
        try:
            self._backend.send_messages([message])
        except smtplib.SMTPException as error:
            self._drop()
            raise _judged(error) from error
        except (ValueError, UnicodeError) as error:
            raise MailRefusedError(str(error)) from error
        except OSError as error:
            self._drop()
            raise MailDeferredError(f"connection lost: {error}") from error
        self._sent += 1
        self._used_at = time.monotonic()

    def rest(self) -> None:
        """Close a connection that was idle for ten seconds."""
        if self._backend.connection and time.monotonic() - self._used_at > MAX_IDLE_S:
            self.close()

    def close(self) -> None:
        """Say goodbye politely, whatever the server answers."""
        with contextlib.suppress(smtplib.SMTPException, OSError):
            self._backend.close()
        self._drop()

    def _connect(self) -> None:
        if self._backend.connection and self._is_worn():
            self.close()
        if self._backend.connection:
            return
        try:
            self._backend.open()
        except (smtplib.SMTPException, OSError) as error:
            self._drop()
            raise ServerAwayError(f"{type(error).__name__}: {error}") from error
        self._sent, self._used_at = 0, time.monotonic()

    def _is_worn(self) -> bool:
        """Tell whether the connection has served enough, or has died in a pause."""
        if self._sent >= MAX_PER_CONNECTION:
            return True
        if time.monotonic() - self._used_at < PROBE_AFTER_S:
            return False
        connection = self._backend.connection
        try:
            return connection is None or connection.noop()[0] != 250
        except (smtplib.SMTPException, OSError):
            return True

    def _drop(self) -> None:
        connection = self._backend.connection
        self._backend.connection = None
        if connection is not None:
            connection.close()


def _composed(letter: Letter, *, sender: str) -> EmailMultiAlternatives:
    message = EmailMultiAlternatives(
        subject=letter.subject,
        body=letter.text,
        from_email=sender,
        to=[formataddr((letter.recipient_name, _in_ascii(letter.recipient)))],
        headers={
            "Message-ID": letter.message_id,
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
        },
    )
    message.attach_alternative(letter.html, "text/html")
    message.message()  # composes it once, so that a header fault shows before we connect
    return message


def _in_ascii(address: str) -> str:
    """Return an address as every mail server takes it; raises UnicodeError."""
    local, _, domain = address.rpartition("@")
    return f"{local}@{punycode(domain)}"


def _judged(error: smtplib.SMTPException) -> Exception:
    """Return what an answer of the server means for the mail."""
    if isinstance(error, smtplib.SMTPSenderRefused):
        return ServerAwayError(f"the server refuses our sender: {error}")
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = [code for code, _ in error.recipients.values()]
        return (MailRefusedError if min(codes) >= 500 else MailDeferredError)(_spoken(error))
    if isinstance(error, smtplib.SMTPResponseException) and error.smtp_code >= 500:
        return MailRefusedError(_spoken(error))
    return MailDeferredError(_spoken(error))


def _spoken(error: smtplib.SMTPException) -> str:
    return f"{type(error).__name__}: {error}"
