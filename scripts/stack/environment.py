"""The environment of each process: everything it is told, and nothing else."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from pathlib import Path

from stack import gateway, mail, postgres, rabbitmq, redis_server
from stack.instance import ROOT, Instance
from stack.machine import machine
from stack.services import Service

DEMO_PASSWORD = "Demo-Passw0rd!"  # noqa: S105 -- the documented password of the local demo
MAIL_FROM = "Service Desk <service-desk@example.org>"


@dataclass(frozen=True)
class Scale:
    """How many worker processes a service has, and how many slots each."""

    workers: dict[str, int]
    concurrency: dict[str, int]


def marked(instance: Instance, process: str, *first: str) -> dict[str, str]:
    """The machine's part, marked so that the process is known as this instance's."""
    return machine(*first) | {
        "TTS_INSTANCE": str(instance.dir),
        "TTS_PROCESS": process,
        "TTS_HOMES": f"{instance.dir}:{instance.reach}",
    }


def service_url(instance: Instance, name: str) -> str:
    return f"http://127.0.0.1:{instance.ports[name]}"


def demo_password() -> str:
    return os.environ.get("TTS_DEMO_PASSWORD", DEMO_PASSWORD)


def notification_key(instance: Instance) -> str:
    """The API key with which other systems send notifications."""
    return instance.secret("notification-api-key")


def of_service(
    instance: Instance, service: Service, *, kind: str, migrating: bool = False
) -> dict[str, str]:
    """What a service's process reads; `kind` is web, worker, sweeper or command."""
    database = postgres.owner_url if migrating else postgres.app_url
    common = {
        "DJANGO_SETTINGS_MODULE": f"{service.folder}.settings",
        "TTS_PROFILE": "local",
        "SECRET_KEY": instance.secret(f"{service.name}-secret-key"),
        "DATABASE_URL": database(instance, service),
        "AMQP_URL": rabbitmq.url(instance, "tts"),
        "REDIS_URL": redis_server.url(instance, service.redis_db),
        "LIVE_REDIS_URL": redis_server.url(instance, 0),  # one-time tickets open either's sockets
        "PUBLIC_URL": gateway.url(instance),
        "PUBLIC_PREFIX": service.prefix,
        "ALLOWED_HOSTS": "127.0.0.1,localhost",
        "LIVE_ORIGINS": _by_the_other_name(gateway.url(instance)),
        "AUTH_URL": service_url(instance, "auth"),
        "AUTH_JWKS_URL": f"{service_url(instance, 'auth')}/.well-known/jwks.json",
        "LOG_LEVEL": os.environ.get("LOG_LEVEL", "INFO"),
        "PROCESS_KIND": kind,
        "CELERY_SKIP_CHECKS": "1",  # scripts/check runs them; a start need not
    }
    return common | _limits(instance) | _own(instance, service)


def _by_the_other_name(url: str) -> str:
    """The address that people type for one of 127.0.0.1."""
    return url.replace("//127.0.0.1:", "//localhost:")


def _limits(instance: Instance) -> dict[str, str]:
    """Tests ask for more in a minute than any caller may, and all from one address."""
    if instance.is_default:
        return {}
    return {f"RATE_LIMIT_{kind}": "1000000" for kind in ("ANONYMOUS", "USER", "ADMIN")}


def _own(instance: Instance, service: Service) -> dict[str, str]:
    match service.name:
        case "auth":
            return {
                "SIGNING_KEY_SECRET": instance.secret("signing-key"),
                "TTS_DEMO_PASSWORD": demo_password(),
            }
        case "workflow":
            return {"HDTS_SIGNATURE_MODE": "observe"} | _simulators(instance)
        case "notification":
            key = hashlib.sha256(notification_key(instance).encode()).hexdigest()
            return {
                "EMAIL_URL": mail.smtp_url(instance),
                "EMAIL_FROM": MAIL_FROM,
                "NOTIFICATION_API_KEYS": f"local:{key}",
            }
        case "messaging":
            return {"ATTACHMENT_ROOT": str(instance.dir / "attachments" / "messaging")}
        case "ticket":
            attachments = str(instance.dir / "attachments" / "ticket")
            return {"ATTACHMENTS_ROOT": attachments} | _simulators(instance)
        case _:
            return {}


def _simulators(instance: Instance) -> dict[str, str]:
    """AMS and BMS are played by the ticket service, so both sides get the same values."""
    return {
        "AMS_URL": f"{service_url(instance, 'ticket')}/ams",
        "AMS_API_KEY": instance.secret("ams-api-key"),
        "BMS_URL": f"{service_url(instance, 'ticket')}/bms",
        "BMS_CLIENT_ID": "tts",
        "BMS_CLIENT_SECRET": instance.secret("bms-client-secret"),
    }


def fingerprint(*folders: Path, suffixes: tuple[str, ...] = (".py", ".html", ".txt")) -> str:
    """A short hash of the sources below the folders: another value means another program."""
    digest = hashlib.sha256()
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.suffix in suffixes and "__pycache__" not in path.parts:
                digest.update(str(path.relative_to(folder)).encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def code_of(service: Service) -> str:
    """The fingerprint of what a service runs: its source, the kit's, the locked libraries."""
    sources = fingerprint(service.path / "src", ROOT / "servicekit" / "src")
    locked = hashlib.sha256((ROOT / "uv.lock").read_bytes()).hexdigest()[:16]
    return f"{sources}-{locked}"


def digest(values: dict[str, str]) -> str:
    return hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()[:16]
