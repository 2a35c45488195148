"""The five services: one table that everything else reads."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from stack.instance import ROOT


@dataclass(frozen=True)
class Service:
    """What the stack must know about one Django project."""

    name: str  # short: the supervisor's and the status's name
    folder: str  # also the import name
    database: str  # also the database role of its processes
    prefix: str  # public path at the gateway
    redis_db: int
    sockets: bool = False  # served by daphne instead of gunicorn
    queues: tuple[str, ...] = ()
    concurrency: int = 1
    # what runs beside web and workers: the process's role and its management command
    commands: tuple[tuple[str, str], ...] = (("relay", "relay"), ("sweeper", "sweep"))

    @property
    def path(self) -> Path:
        return ROOT / self.folder

    @property
    def owner(self) -> str:
        """The database role that migrations run with."""
        return f"{self.database}_owner"


SERVICES = (
    Service("auth", "auth_service", "authservice", "/auth", 1),
    Service(
        "workflow",
        "workflow_api",
        "workflowmanagement",
        "/workflow",
        2,
        queues=(
            "TICKET_TASKS_PRODUCTION",
            "tts.role.sync",
            "tts.user_system_role.sync",
            "role_send-default",
            "workflow_seed_queue",
            "workflow_seed",
            "tts.tokens_revoked.workflow",
        ),
        concurrency=2,
    ),
    Service(
        "messaging",
        "messaging_service",
        "messagingservice",
        "/messaging",
        3,
        sockets=True,
        queues=("messaging-ticket-sync", "tts.tokens_revoked.messaging"),
    ),
    Service(
        "notification",
        "notification_service",
        "notificationservice",
        "/notification",
        4,
        sockets=True,
        queues=(
            "notification-queue-default",
            "inapp-notification-queue",
            "tts.tokens_revoked.notification",
        ),
        commands=(("relay", "relay"), ("sweeper", "sweep"), ("mailer", "send_mail")),
    ),
    Service(
        "ticket",
        "ticket_service",
        "ticketmanagement",
        "/hdts",
        5,
        queues=("ticket_status-default", "tts.tokens_revoked.ticket"),
    ),
)
BY_NAME = {service.name: service for service in SERVICES}
BY_FOLDER = {service.folder: service for service in SERVICES}
QUEUES = tuple(queue for service in SERVICES for queue in service.queues)
