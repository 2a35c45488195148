"""An operator's wish for the demo workflows, from the broker."""

from django.utils import timezone

from servicekit.contracts import SeedWorkflows
from servicekit.messaging import Delivery, Outcome, consumes
from workflow_api.workflows import services


@consumes(SeedWorkflows)
def seed_workflows(message: SeedWorkflows, delivery: Delivery) -> Outcome | None:
    """Make what is missing; parked, to be replayed, while roles are missing."""
    services.seed_demo(at=timezone.now())
    return None
