"""Every address of a running instance, in one object; nothing else tells them."""

from __future__ import annotations

import json
import shlex
from typing import Any

from stack import demo, gateway, mail, postgres, rabbitmq, redis_server, supervisor
from stack.environment import demo_password, notification_key, service_url
from stack.instance import Instance, write_private
from stack.services import SERVICES


def addresses(instance: Instance) -> dict[str, Any]:
    """The addresses and credentials, whether or not anything runs."""
    return {
        "profile": "local",
        "gateway": gateway.url(instance),
        "services": {
            service.name: service_url(instance, service.name)
            for service in sorted(SERVICES, key=lambda service: service.name)
        },
        "amqp": {
            "hdts": rabbitmq.url(instance, "hdts"),
            "operator": rabbitmq.url(instance, "operator"),
            "management": rabbitmq.management_url(instance),
        },
        "databases": {service.name: postgres.app_url(instance, service) for service in SERVICES},
        "database_owners": {
            service.name: postgres.owner_url(instance, service) for service in SERVICES
        },
        "database_superuser": postgres.superuser_url(instance),
        "redis": redis_server.url(instance),
        "redis_databases": {service.name: service.redis_db for service in SERVICES},
        "mail": {
            "kind": "maildev",
            "api": mail.web_url(instance),
            "smtp": mail.smtp_url(instance),
        },
        "simulators": {
            "ams": f"{service_url(instance, 'ticket')}/ams",
            "bms": f"{service_url(instance, 'ticket')}/bms",
        },
        "api_keys": {"notification": notification_key(instance)},
        "password": demo_password(),
        "users": [{"username": name, "roles": roles} for name, roles in demo.USERS.items()],
        "instance": str(instance.dir),
        "logs": str(instance.log_dir),
    }


def whole(instance: Instance) -> dict[str, Any]:
    """Addresses and processes. Raises OSError when the supervisor does not run."""
    return addresses(instance) | {"processes": supervisor.states(instance)}


def write_files(instance: Instance) -> None:
    """Leave the addresses in `status.json`, and for shells in `env`."""
    known = addresses(instance)
    write_private(instance.status_file, json.dumps(whole(instance), indent=1))
    variables = {
        "TTS_GATEWAY_URL": known["gateway"],
        "TTS_AMQP_HDTS_URL": known["amqp"]["hdts"],
        "TTS_AMQP_OPERATOR_URL": known["amqp"]["operator"],
        "TTS_REDIS_URL": known["redis"],
        "TTS_MAIL_URL": known["mail"]["api"],
        "TTS_PASSWORD": known["password"],
    }
    for name, url in known["services"].items():
        variables[f"TTS_{name.upper()}_URL"] = url
    for name, url in known["databases"].items():
        variables[f"TTS_{name.upper()}_DATABASE_URL"] = url
    for name, port in instance.ports.items():
        variables[f"TTS_{name.upper().replace('-', '_')}_PORT"] = str(port)
    lines = [f"export {name}={shlex.quote(value)}\n" for name, value in variables.items()]
    write_private(instance.dir / "env", "".join(lines))


def is_healthy(state: dict[str, Any]) -> bool:
    return all(entry["state"] == "running" for entry in state["processes"].values())


def table(state: dict[str, Any]) -> str:
    """The status for people."""
    lines = [f"{'process':<24}{'state':<12}{'pid':>8}{'up for':>12}"]
    for name, entry in sorted(state["processes"].items()):
        pid = entry["pid"] or "-"
        lines.append(f"{name:<24}{entry['state']:<12}{pid:>8}{entry['uptime_s']:>10} s")
    lines.append(f"\ngateway  {state['gateway']}")
    lines.append(f"amqp     {state['amqp']['hdts']}")
    lines.append(f"mail     {state['mail']['api']}")
    return "\n".join(lines)
