"""What all tests of the Ticket Service share."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from ticket_service.tickets.drafts import TicketDraft

pytest_plugins = ["servicekit.testing.plugin"]

AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


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
