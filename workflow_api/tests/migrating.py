"""Migrations as an administrator makes them, over HTTP and by hand."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from rest_framework.test import APIClient
from world import Definition

from servicekit.auth import Principal
from workflow_api.audit import verification
from workflow_api.upgrades import services
from workflow_api.upgrades.models import Upgrade
from workflow_api.upgrades.preview import Wanted, preview_of
from workflow_api.upgrades.tokens import token_of

ADMIN = Principal(user_id=1, username="user1", roles=frozenset({("tts", "Admin")}))
HOUR = 3600
SHORT = {"urgent": HOUR, "high": 2 * HOUR, "medium": 3 * HOUR, "low": 4 * HOUR}


def preview(client: APIClient, made: Definition, query: str = "", **body: Any) -> Any:
    """Look where tasks would land."""
    return client.post(f"/workflows/{made.workflow.workflow_id}/migrate/{query}", body)


def token(client: APIClient, made: Definition, **body: Any) -> str:
    """Return the token of a preview."""
    return str(preview(client, made, **body).json()["preview_token"])


def migrate(client: APIClient, made: Definition, *, key: str = "", **body: Any) -> Any:
    """Apply what a preview shows now, or showed when its token was given."""
    notes = body.pop("notes", "")
    body = {"preview_token": token(client, made, **body)} | body
    headers = {"Idempotency-Key": key} if key else {}
    return client.post(
        f"/workflows/{made.workflow.workflow_id}/migrate/",
        body | {"apply": True, "notes": notes},
        headers=headers,
    )


def put_back(client: APIClient, made: Definition, upgrade_id: int) -> Any:
    """Undo a migration."""
    number = made.workflow.workflow_id
    return client.post(f"/workflows/{number}/migrations/{upgrade_id}/undo/", {})


def begun(made: Definition, *, seen_at: datetime | None = None, **wanted: Any) -> Upgrade:
    """Decide a migration; nothing is moved yet."""
    asked = Wanted(workflow_id=made.workflow.workflow_id, **{"step_map": {}} | wanted)
    now = timezone.now()
    seen = token_of(preview_of(asked), at=seen_at or now)
    return services.begin_upgrade(asked, token=seen, by=ADMIN, at=now)


def applied(made: Definition, *, patience: timedelta = timedelta(seconds=20)) -> Upgrade:
    """Decide a migration and work it off for a while."""
    upgrade = begun(made)
    services.work(upgrade.pk, at=timezone.now(), patience=patience)
    upgrade.refresh_from_db()
    return upgrade


def is_whole() -> bool:
    """Whether the trail is as it was written."""
    return verification.verify(at=timezone.now()).alteration is None
