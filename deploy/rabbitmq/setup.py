"""Make a RabbitMQ hold our users, queues and policies; safe to run on every deployment.

Reads AMQP_MANAGEMENT_URL (with an administrator's name and password), TTS_AMQP_PASSWORD and
HDTS_AMQP_PASSWORD. Queues and policies come from the template that every deployment shares.
"""

import json
import os
import sys
from pathlib import Path
from typing import Any

import httpx

TEMPLATE = Path(__file__).with_name("definitions.json.template")
VHOST = "/"


def definitions() -> dict[str, Any]:
    """Return the shared definitions for our vhost, as parsed JSON."""
    parsed: dict[str, Any] = json.loads(TEMPLATE.read_text().replace("${RABBITMQ_VHOST}", VHOST))
    return parsed


def main() -> int:
    """Apply everything; exit code 0 when the broker has it all."""
    shared = definitions()
    passwords = {name: os.environ[f"{name.upper()}_AMQP_PASSWORD"] for name in ("tts", "hdts")}
    with httpx.Client(base_url=os.environ["AMQP_MANAGEMENT_URL"], timeout=20) as api:
        for name, password in passwords.items():
            body = {"password": password, "tags": ""}
            api.put(f"/api/users/{name}", json=body).raise_for_status()
        wanted = {key: shared[key] for key in ("queues", "policies")}
        wanted["permissions"] = [
            each for each in shared["permissions"] if each["user"] in passwords
        ]
        api.post("/api/definitions", json=wanted).raise_for_status()
    sys.stdout.write(f"{len(wanted['queues'])} queues, {len(wanted['policies'])} policies\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
