"""`scripts/up`: everything from nothing to a first ticket, or only what is missing."""

from __future__ import annotations

import argparse
import os
import time
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from stack import (
    django,
    first_ticket,
    frontend,
    gateway,
    install,
    mail,
    ports,
    postgres,
    rabbitmq,
    redis_server,
    status,
    supervisor,
    web,
)
from stack.environment import Scale, service_url
from stack.instance import Instance, prepare
from stack.processes import Process, apps, listener, servers
from stack.say import Refused, note, stage
from stack.services import BY_NAME, SERVICES

PROGRAMS = (install.POSTGRES, install.RABBITMQ, install.REDIS)
FRONT = (install.NGINX, install.NODE)
READY_LIMIT_S = 180  # seconds; a busy machine starts twenty processes slowly


def scale_of(arguments: argparse.Namespace) -> Scale:
    """Worker processes and their slots, from the flags or the environment."""
    return Scale(
        workers=_counts([*arguments.workers, *_words("TTS_WORKERS")]),
        concurrency=_counts([*arguments.concurrency, *_words("TTS_CONCURRENCY")]),
    )


def _words(name: str) -> list[str]:
    return os.environ.get(name, "").replace(",", " ").split()


def _counts(pairs: list[str]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for pair in pairs:
        name, _, count = pair.partition("=")
        if name not in BY_NAME or not count.isdigit() or int(count) < 1:
            raise Refused(f"'{pair}' is not SERVICE=COUNT, with one of {', '.join(BY_NAME)}")
        counts.setdefault(name, int(count))
    return counts


def up(instance: Instance, scale: Scale, *, ticket: bool = True) -> dict[str, Any] | None:
    """Start or complete the whole stack; answers with the first ticket's task."""
    started = time.monotonic()
    prepare(instance)
    with instance.lock(), ThreadPoolExecutor(max_workers=2) as aside:
        settle_ports(instance, [*ports.DOCUMENTED, *ports.INTERNAL])
        with stage("programs"):
            for program in (*PROGRAMS, *FRONT):
                install.find(program)
        mailing = aside.submit(mail.prepare)
        with stage("servers"):
            start_servers(instance, mailing=mailing)
        built = aside.submit(frontend.ensure_built)
        with stage("databases"):
            django.migrate(instance)
            django.seed(instance, BY_NAME["auth"])
        with stage("processes"):
            start_apps(instance, scale)
        with stage("demo data"):
            django.seed(instance, BY_NAME["workflow"])
        with stage("web UI"):
            _publish_ui(instance, built)
        task = None
        if ticket:
            with stage("first ticket"):
                task = first_ticket.send(instance)
        status.write_files(instance)
    note(f"  up in {time.monotonic() - started:.1f} s")
    return task


def settle_ports(instance: Instance, names: list[str]) -> None:
    """Keep the ports of a running instance; otherwise end its orphans and choose."""
    held: set[str] = set()
    if supervisor.is_running(instance):
        alive = {
            name for name, each in supervisor.states(instance).items() if each["state"] == "running"
        }
        held = {name for name in names if listener(name) in alive}
    else:
        supervisor.end_orphans(instance)
    ports.choose(instance, names, held=held)


def start_servers(instance: Instance, *, mailing: Future[None] | None) -> None:
    """Start the private servers and wait for the databases; the others take longer.

    Without `mailing` only the three that tests of one service need.
    """
    whole = mailing is not None
    postgres.prepare(instance)
    rabbitmq.prepare(instance)
    redis_server.prepare(instance)
    if whole:
        gateway.prepare(instance)
    if mailing is not None:
        mailing.result()
    table = servers(instance, with_gateway=whole)
    supervise(instance, table)
    supervisor.wait_for(lambda: postgres.answers(instance), what="PostgreSQL", limit_s=60)
    postgres.provision(instance)
    supervisor.wait_for(lambda: redis_server.answers(instance), what="Redis", limit_s=30)


def await_slow_servers(instance: Instance, *, whole: bool) -> None:
    """Wait until the broker serves, and with `whole` the gateway and the mail server."""
    supervisor.wait_for(
        lambda: rabbitmq.answers(instance), what="RabbitMQ; see scripts/logs rabbitmq", limit_s=90
    )
    if whole:
        supervisor.wait_for(lambda: mail.answers(instance), what="the mail server", limit_s=60)
        supervisor.wait_for(lambda: gateway.answers(instance), what="the gateway", limit_s=30)


def supervise(instance: Instance, table: list[Process]) -> None:
    """Have the supervisor run the servers; processes of services keep running as they are."""
    names = {process.name for process in table}
    if not supervisor.is_running(instance):
        supervisor.write_table(instance, table)
        supervisor.start(instance)
        return
    supervisor.write_table(instance, table)
    supervisor.apply(instance, names)


def start_apps(instance: Instance, scale: Scale) -> None:
    """Start what is missing, restart what changed, end what the table no longer has."""
    table = [*servers(instance), *apps(instance, scale)]
    supervisor.write_table(instance, table)
    names = {process.name for process in table}
    supervisor.apply(instance, names | supervisor.removed_names(instance, names))
    await_slow_servers(instance, whole=True)  # the processes import while the broker boots
    _await_apps(instance, scale)


def _await_apps(instance: Instance, scale: Scale) -> None:
    """Wait until every service answers, and every queue is consumed by all its workers."""
    for service in SERVICES:
        url = f"{service_url(instance, service.name)}/readyz/"
        supervisor.wait_for(
            lambda url=url: web.answers(url),
            what=f"{service.folder} at {url}",
            limit_s=READY_LIMIT_S,
        )
    wanted = {
        queue: scale.workers.get(service.name, 1)
        for service in SERVICES
        for queue in service.queues
    }
    supervisor.wait_for(
        lambda: not rabbitmq.unconsumed_queues(instance, wanted),
        what="the workers of all queues; see scripts/logs",
        limit_s=READY_LIMIT_S,
        pause_s=0.3,
    )


def _publish_ui(instance: Instance, built: Future[bool]) -> None:
    built.result()
    gateway.publish_ui(instance)


def report(instance: Instance, task: dict[str, Any] | None) -> str:
    """What a newcomer needs next."""
    known = status.addresses(instance)
    lines = [
        "",
        f"  Web UI      {known['gateway']}",
        f"  Sign in as  {', '.join(user['username'] for user in known['users'])}",
        f"  Password    {known['password']}",
        f"  Help desk   {known['amqp']['hdts']}  (queue TICKET_TASKS_PRODUCTION)",
        f"  Mail        {known['mail']['api']}",
        f"  API docs    {known['gateway']}/workflow/docs/, /auth/docs/, …",
        "  Everything  scripts/status --json      Logs  scripts/logs      Stop  scripts/down",
        "",
    ]
    if task:
        lines.insert(
            0,
            f"\n  First ticket: {task['external_ticket_id']} is task {task['task_id']} "
            f"of {task['assigned_user_name']}, due {task['sla_deadline']}",
        )
    return "\n".join(lines)
