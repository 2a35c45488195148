"""A real mail server, a real broker, a real database."""

import email
import email.policy
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from email.message import EmailMessage
from hashlib import sha256
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from notification_service.email.clients.address import SmtpAddress
from notification_service.email.clients.smtp import SmtpServer
from notification_service.email.mailer import Mailer

pytest_plugins = ["servicekit.testing.plugin"]

API_KEY = "a-key-for-tests"


class MailServer:
    """A real SMTP server on a port of its own, which can be told to answer otherwise."""

    def __init__(self) -> None:
        self.received: list[EmailMessage] = []
        self.envelopes: list[Envelope] = []
        self.connections = 0
        self.answers: dict[str, str] = {}
        self._lock = threading.Lock()
        self._controller: Controller | None = None
        self.port = 0

    def start(self) -> None:
        """Listen; on the same port as before when it ran already."""
        server = self

        class Counting(SMTP):
            def connection_made(self, transport: Any) -> None:
                server.connections += 1
                super().connection_made(transport)

        class Listening(Controller):
            def factory(self) -> SMTP:
                return Counting(self.handler)

        self._controller = Listening(self, hostname="127.0.0.1", port=self.port or _free_port())
        self._controller.start()
        self.port = self._controller.port

    def stop(self) -> None:
        """Stop listening and cut every connection."""
        if self._controller is not None:
            self._controller.stop()
            self._controller = None

    async def handle_RCPT(  # noqa: N802  aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.answers:
            return self.answers[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802  aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        if "DATA" in self.answers:
            return self.answers["DATA"]
        assert isinstance(envelope.content, bytes)
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        assert isinstance(message, EmailMessage)
        with self._lock:
            self.received.append(message)
            self.envelopes.append(envelope)
        return "250 OK"

    @property
    def address(self) -> SmtpAddress:
        return SmtpAddress(host="127.0.0.1", port=self.port, sender="Desk <desk@example.com>")

    def received_by(self, address: str) -> list[EmailMessage]:
        return [message for message in self.received if address in str(message["To"])]


def _free_port() -> int:
    import socket  # noqa: PLC0415

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def mail_server() -> Iterator[MailServer]:
    server = MailServer()
    server.start()
    yield server
    server.stop()


@pytest.fixture
def mailer(mail_server: MailServer) -> Iterator[Mailer]:
    """A mailer that sends to the mail server of the test."""
    client = SmtpServer(mail_server.address)
    yield Mailer(client)
    client.close()


@pytest.fixture
def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
def program(anonymous: Any, settings: Any) -> Any:
    """A client with a good API key."""
    settings.API_KEYS = {"hdts": sha256(API_KEY.encode()).hexdigest()}
    anonymous.credentials(HTTP_X_API_KEY=API_KEY)
    return anonymous


@pytest.fixture
def admin(api_as: Callable[..., Any]) -> Any:
    return api_as(user_id=99, username="admin", roles=(("tts", "Admin"),))


@pytest.fixture
def ana(api_as: Callable[..., Any]) -> Any:
    return api_as(user_id=1, username="l1.ana")
