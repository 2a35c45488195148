"""A workflow of one step that tickets of the help desk match."""

import pytest
from world import Definition, role, workflow


@pytest.fixture
def it_support() -> Definition:
    """Triage, by two agents; a coordinator owns the tasks."""
    agents = role(3, "L1 Support", 11, 12)
    role(2, "Ticket Coordinator", 9)
    return workflow([{"name": "Triage", "role": agents}], [("Triage", None, "forward")])
