"""The private Redis (or Valkey): a password, and nothing kept on disk."""

from __future__ import annotations

from pathlib import Path

import redis

from stack import install
from stack.instance import Instance, write_private


def home(instance: Instance) -> Path:
    return instance.dir / "redis"


def prepare(instance: Instance) -> None:
    folder = home(instance)
    folder.mkdir(exist_ok=True)
    write_private(
        folder / "redis.conf",
        "\n".join(
            (
                "bind 127.0.0.1",
                f"port {instance.ports['redis']}",
                f"requirepass {instance.secret('redis')}",
                'save ""',
                "appendonly no",
                f"dir {folder}",
                "daemonize no",
                "maxmemory 256mb",
                "maxmemory-policy noeviction",
                "",
            )
        ),
    )


def command(instance: Instance) -> list[str]:
    return [str(install.find(install.REDIS)), str(home(instance) / "redis.conf")]


def url(instance: Instance, database: int = 0) -> str:
    return f"redis://:{instance.secret('redis')}@127.0.0.1:{instance.ports['redis']}/{database}"


def answers(instance: Instance) -> bool:
    try:
        with redis.Redis.from_url(url(instance), socket_timeout=2) as client:
            return bool(client.ping())
    except redis.RedisError:
        return False
