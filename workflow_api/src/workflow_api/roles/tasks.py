"""Auth's news of roles and people, from the broker."""

from django.utils import timezone

from servicekit.contracts import RoleSync, UserSystemRoleSync
from servicekit.messaging import Delivery, Outcome, consumes
from workflow_api.roles import services
from workflow_api.roles.services import Applied


@consumes(RoleSync)
def sync_role(message: RoleSync, delivery: Delivery) -> Outcome | None:
    """A role was created, changed or retired."""
    return _outcome(services.apply_role(message, at=timezone.now()))


@consumes(UserSystemRoleSync)
def sync_person(message: UserSystemRoleSync, delivery: Delivery) -> Outcome | None:
    """A person, or what roles they hold, changed."""
    return _outcome(services.apply_person(message, at=timezone.now()))


def _outcome(applied: Applied) -> Outcome | None:
    if applied is Applied.STALE:
        return Outcome(outcome="duplicate", code="STALE", reason="Newer news came before.")
    return None
