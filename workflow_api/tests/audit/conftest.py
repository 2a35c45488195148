"""An export that tests look at and forge."""

from datetime import timedelta

import pytest
from builders import AT, deployed
from django.db import transaction
from exports import Lines, exported
from trails import Thing, entry

from workflow_api.audit import services
from workflow_api.roles.models import Role


@pytest.fixture
def lines(support: Role, transactional_db: None) -> Lines:
    """An export of a workflow, and of a task on two anchored days and today."""
    deployed(role=support)
    thing = Thing("task:T-1")
    for number in range(3):
        at = AT + timedelta(days=number)
        with transaction.atomic():
            values = {"new": {"ä": [1, None]}, "details": {"notes": "“✓”"}}
            services.record(entry(thing, f"act{number}", at=at, **values))
        services.anchor_days(at=at)
    return exported()
