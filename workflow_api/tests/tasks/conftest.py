"""A workflow of three steps, and people for it."""

import pytest
from world import Definition, received, role, workflow


@pytest.fixture
def support() -> Definition:
    """Triage (L1) → Analysis (L2) → Confirm (L1, end), with ways back."""
    first = role(3, "L1 Support", 11, 12)
    second = role(4, "L2 Support", 21)
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
            ("Confirm", "Analysis", "reject"),
        ],
    )


@pytest.fixture
def task(support):
    """A task at Triage, held by user 11 and owned by user 9."""
    return received()


@pytest.fixture
def ana(api_as):
    return api_as(user_id=11, username="user11", roles=(("tts", "L1 Support"),))


@pytest.fixture
def ben(api_as):
    return api_as(user_id=12, username="user12", roles=(("tts", "L1 Support"),))


@pytest.fixture
def dee(api_as):
    return api_as(user_id=21, username="user21", roles=(("tts", "L2 Support"),))


@pytest.fixture
def coordinator(api_as):
    return api_as(user_id=9, username="user9", roles=(("tts", "Ticket Coordinator"),))


@pytest.fixture
def admin(api_as):
    return api_as(user_id=1, username="user1", roles=(("tts", "Admin"),))
