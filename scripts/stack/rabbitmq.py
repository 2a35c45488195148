"""The private RabbitMQ: its settings, and the definitions that every deployment shares."""

from __future__ import annotations

import base64
import hashlib
import string
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
from kombu import Connection

from stack import install, web
from stack.instance import ROOT, Instance, write_private
from stack.machine import machine

TEMPLATE = ROOT / "deploy" / "rabbitmq" / "definitions.json.template"
USERS = ("hdts", "operator", "tts")


def home(instance: Instance) -> Path:
    return instance.dir / "rabbitmq"


def password_hash(password: str) -> str:
    """RabbitMQ's salted SHA-256, with a salt made from the password so that it stays the same."""
    secret = password.encode()
    salt = hashlib.sha256(b"salt:" + secret).digest()[:4]
    return base64.b64encode(salt + hashlib.sha256(salt + secret).digest()).decode()


def definitions(passwords: dict[str, str], *, vhost: str = "/") -> str:
    """Users, rights, queues and dead-letter policies as RabbitMQ loads them.

    Queues carry no argument at all, because the help desk declares one of them itself; what is
    rejected reaches `<QUEUE>_DLQ` by policy.
    """
    values = {f"{name.upper()}_PASSWORD_HASH": password_hash(passwords[name]) for name in USERS}
    # safe: the patterns of rights and policies end in a dollar sign of their own
    return string.Template(TEMPLATE.read_text()).safe_substitute(values, RABBITMQ_VHOST=vhost)


def prepare(instance: Instance) -> None:
    """Write the settings and the definitions."""
    folder = home(instance)
    folder.mkdir(exist_ok=True)
    passwords = {name: instance.secret(f"amqp-{name}") for name in USERS}
    write_private(folder / "definitions.json", definitions(passwords))
    write_private(folder / "rabbitmq.conf", settings(instance))
    (folder / "enabled_plugins").write_text("[rabbitmq_management].\n")


def settings(instance: Instance) -> str:
    return "\n".join(
        (
            f"listeners.tcp.default = 127.0.0.1:{instance.ports['amqp']}",
            "management.tcp.ip = 127.0.0.1",
            f"management.tcp.port = {instance.ports['amqp-management']}",
            f"load_definitions = {home(instance) / 'definitions.json'}",
            "loopback_users = none",
            "disk_free_limit.absolute = 200MB",
            "vm_memory_high_watermark.relative = 0.3",
            "log.console = true",
            "log.console.level = warning",
            "log.file = false",
            "collect_statistics_interval = 10000",  # the page about queues may lag behind
            "",
        )
    )


def environment(instance: Instance) -> dict[str, str]:
    """What keeps this node apart from every other one on the machine."""
    folder = home(instance)
    return {
        "HOME": str(folder),
        "RABBITMQ_NODENAME": "tts@localhost",  # known to this instance's own epmd only
        "RABBITMQ_DIST_PORT": str(instance.ports["amqp-distribution"]),
        "RABBITMQ_MNESIA_BASE": str(folder / "mnesia"),
        "RABBITMQ_LOG_BASE": str(folder / "log"),
        "RABBITMQ_CONFIG_FILE": str(folder / "rabbitmq.conf"),
        "RABBITMQ_ENABLED_PLUGINS_FILE": str(folder / "enabled_plugins"),
        "RABBITMQ_CONF_ENV_FILE": "/dev/null",
        "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": (
            "-kernel inet_dist_use_interface {127,0,0,1} +S 2:2"
        ),
        "RUNNING_UNDER_SYSTEMD": "true",  # the script then becomes the node: one pid, no shell
        "ERL_EPMD_PORT": str(instance.ports["epmd"]),
        "ERL_EPMD_ADDRESS": "127.0.0.1",
    } | _erlang_of(install.find(install.RABBITMQ))


def _erlang_of(server: Path) -> dict[str, str]:
    """An unpacked RabbitMQ brings its own Erlang, which must be found first."""
    root = server.parents[4]
    if root == Path("/"):
        return {}
    return {"PATH": machine(str(root / "usr" / "lib" / "erlang" / "bin"))["PATH"]}


def command() -> list[str]:
    return [str(install.find(install.RABBITMQ))]


def url(instance: Instance, user: str, *, vhost: str = "/") -> str:
    password = instance.secret(f"amqp-{user}")
    return f"amqp://{user}:{password}@127.0.0.1:{instance.ports['amqp']}/{quote(vhost, safe='')}"


def management_url(instance: Instance) -> str:
    password = instance.secret("amqp-operator")
    return f"http://operator:{password}@127.0.0.1:{instance.ports['amqp-management']}"


def answers(instance: Instance) -> bool:
    """Whether the node runs and knows our user: definitions are loaded before it listens."""
    return web.answers(f"{management_url(instance)}/api/whoami")


def unconsumed_queues(instance: Instance, wanted: dict[str, int]) -> list[str]:
    """The queues that fewer consumers listen to than are wanted."""
    with Connection(url(instance, "operator"), connect_timeout=10) as connection:
        channel: Any = connection.default_channel
        found = {
            queue: channel.queue_declare(queue, passive=True).consumer_count for queue in wanted
        }
    return [queue for queue, count in wanted.items() if found[queue] < count]


def make_vhost(instance: Instance, name: str) -> None:
    """A vhost of a test's own, open to the services' user and the operator."""
    vhost = quote(name, safe="")
    everything = {"configure": ".*", "write": ".*", "read": ".*"}
    with httpx.Client(base_url=management_url(instance), trust_env=False, timeout=10) as api:
        api.put(f"/api/vhosts/{vhost}", json={}).raise_for_status()
        for user in ("operator", "tts"):
            api.put(f"/api/permissions/{vhost}/{user}", json=everything).raise_for_status()
