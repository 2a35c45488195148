"""A workflow of three steps, and who calls."""

import pytest
from world import Definition, role, workflow


@pytest.fixture
def support(db: None) -> Definition:
    """Triage (L1) → Analysis (L2) → Confirm (L1, end), each with people."""
    first = role(3, "L1 Support", 11, 12)
    second = role(4, "L2 Support", 21)
    role(5, "Field", 11, 31)
    role(6, "Nobody's")
    role(1, "Admin", 1)
    role(2, "Ticket Coordinator", 9)
    return workflow(
        [
            {"name": "Triage", "role": first, "escalate_to": second},
            {"name": "Analysis", "role": second, "weight": 2},
            {"name": "Confirm", "role": first, "is_end": True},
        ],
        [
            ("Triage", "Analysis", "forward"),
            ("Analysis", "Confirm", "forward"),
            ("Analysis", "Triage", "reject"),
        ],
    )


@pytest.fixture
def admin(api_as):
    return api_as(user_id=1, username="user1", roles=(("tts", "Admin"),))


@pytest.fixture
def ana(api_as):
    return api_as(user_id=11, username="user11", roles=(("tts", "L1 Support"),))
