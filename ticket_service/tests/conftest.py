"""What all tests of the Ticket Service share."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from ticket_service.simulators import services
from ticket_service.tickets.drafts import TicketDraft

pytest_plugins = ["servicekit.testing.plugin"]

AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Begin with the simulators' first day: the races of an earlier run have emptied a kept one."""
    with django_db_blocker.unblock():
        services.reset(at=AT)


@pytest.fixture(autouse=True)
def _files_of_this_test(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = str(tmp_path / "attachments")


@pytest.fixture
def at() -> datetime:
    return AT


@pytest.fixture
def draft() -> TicketDraft:
    return TicketDraft(
        title="No network on floor 3",
        description="Since Monday.",
        priority="high",
        category="IT Support",
        sub_category="Network",
        department="Operations",
        requester_name="Ana Requester",
        requester_email="ana@company.example",
    )
