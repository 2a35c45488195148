"""The process table: every process of the stack, its command and its environment."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from stack import gateway, mail, node, postgres, rabbitmq, redis_server
from stack.environment import Scale, code_of, marked, of_service
from stack.instance import Instance
from stack.machine import VENV
from stack.ports import INTERNAL
from stack.services import BY_NAME, SERVICES, Service

WEB_THREADS = 8
STOP_WAIT_S = 40
# Intake comes first: under a burst those who only hear of a ticket may hear of it later.
LAST = 19
# What is due within minutes yields a little, also to those that `scripts/up` waits for.
LESS_URGENT = 10


@dataclass(frozen=True)
class Process:
    """One entry of the supervisor's table."""

    name: str
    command: list[str]
    directory: Path
    environment: dict[str, str]
    version: str = ""  # another value restarts the process
    stop_wait_s: int = STOP_WAIT_S
    stop_signal: str = "TERM"
    niceness: int = 0


def listener(port_name: str) -> str:
    """Which process listens on a port of that name."""
    if port_name in ("amqp", "amqp-management", *INTERNAL):
        return "rabbitmq"
    if port_name.startswith("mail-"):
        return "mail"
    return f"{port_name}-web" if port_name in BY_NAME else port_name


def servers(instance: Instance, *, with_gateway: bool = True) -> list[Process]:
    """The private servers; their folders are where their leftovers are looked for."""
    table = [
        Process(
            "postgres",
            postgres.command(instance),
            postgres.data(instance),
            marked(instance, "postgres"),
            version=postgres.settings(instance),
            stop_signal="INT",  # at TERM it would wait for its clients to leave
        ),
        Process(
            "rabbitmq",
            rabbitmq.command(),
            rabbitmq.home(instance),
            marked(instance, "rabbitmq") | rabbitmq.environment(instance),
            version=rabbitmq.settings(instance),
        ),
        Process(
            "redis",
            redis_server.command(instance),
            redis_server.home(instance),
            marked(instance, "redis"),
        ),
    ]
    if with_gateway:
        table.append(_gateway(instance))
        table.append(
            Process(
                "mail",
                mail.command(instance),
                instance.dir,
                marked(instance, "mail", str(node.folder())),
                niceness=LAST,
            )
        )
    return table


def _gateway(instance: Instance) -> Process:
    rendered = (gateway.home(instance) / "gateway.conf").read_text()
    return Process(
        "gateway",
        gateway.command(instance),
        gateway.home(instance),
        marked(instance, "gateway"),
        version=rendered,
    )


def apps(instance: Instance, scale: Scale) -> list[Process]:
    """The services' own processes."""
    return [process for service in SERVICES for process in _of(instance, service, scale)]


def _of(instance: Instance, service: Service, scale: Scale) -> list[Process]:
    table = [_app(instance, service, "web", _web(instance, service), kind="web")]
    for role, name in service.commands:
        niceness = {"mailer": LAST, "sweeper": LESS_URGENT}.get(role, 0)
        command = [sys.executable, "manage.py", name, "--skip-checks"]
        kind = "sweeper" if role == "sweeper" else "worker"
        table.append(_app(instance, service, role, command, kind=kind, niceness=niceness))
    if service.queues:
        for number in range(1, scale.workers.get(service.name, 1) + 1):
            role = "worker" if number == 1 else f"worker-{number}"
            niceness = 0 if service.name == "workflow" else LAST
            command = _worker(service, scale, number=number)
            table.append(_app(instance, service, role, command, kind="worker", niceness=niceness))
    return table


def _app(
    instance: Instance,
    service: Service,
    role: str,
    command: list[str],
    *,
    kind: str,
    niceness: int = 0,
) -> Process:
    name = f"{service.name}-{role}"
    return Process(
        name,
        command,
        service.path,
        marked(instance, name) | of_service(instance, service, kind=kind),
        version=code_of(service),
        niceness=niceness,
    )


def _web(instance: Instance, service: Service) -> list[str]:
    port = instance.ports[service.name]
    if service.sockets:
        bind = ["-b", "127.0.0.1", "-p", str(port)]
        # A client that stopped reading is noticed by its missing pong.
        pings = ["--ping-interval", "15", "--ping-timeout", "15"]
        return [str(VENV / "daphne"), *bind, *pings, f"{service.folder}.asgi:application"]
    return [
        str(VENV / "gunicorn"),
        f"--bind=127.0.0.1:{port}",
        "--worker-class=gthread",
        "--workers=1",
        f"--threads={WEB_THREADS}",
        # the gateway has stricter limits, and an error body of ours
        "--limit-request-line=8190",
        "--limit-request-fields=3000",
        "--no-control-socket",
        f"{service.folder}.wsgi:application",
    ]


def _worker(service: Service, scale: Scale, *, number: int) -> list[str]:
    slots = scale.concurrency.get(service.name, service.concurrency)
    return [
        str(VENV / "celery"),
        "-A",
        f"{service.folder}.celery",
        "worker",
        "-O",
        "fair",
        "--without-mingle",
        "--without-gossip",
        "-Q",
        ",".join(service.queues),
        "-c",
        str(slots),
        "-n",
        f"{service.name}-{number}@%h",
        "--loglevel",
        "INFO",
    ]
