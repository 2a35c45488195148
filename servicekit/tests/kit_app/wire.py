"""Messages as bytes, and the environment of a worker process."""

import json
import os
import uuid
from pathlib import Path
from typing import Any

from django.db import connection

from servicekit.testing.worker import django_database_url

EMBED = {"callbacks": None, "errbacks": None, "chain": None, "chord": None}
QUEUES = ("kit.good", "kit.other")


def headers(task: str = "kit.good", **changes: Any) -> dict[str, Any]:
    return {"lang": "py", "task": task, "id": str(uuid.uuid4()), "eta": None} | changes


def encoded(**kwargs: Any) -> bytes:
    return json.dumps([[], kwargs, EMBED]).encode()


def environment() -> dict[str, Any]:
    return {
        "PYTHONPATH": str(Path(__file__).parent.parent),
        "DATABASE_URL": django_database_url(str(connection.settings_dict["NAME"])),
        "PROCESS_KIND": "worker",
        "PYTHONWARNINGS": "ignore",
        "PATH": os.environ["PATH"],
    }
