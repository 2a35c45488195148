"""What all tests of the Workflow API share."""

from collections.abc import Callable
from typing import Any

import pytest
from builders import person, role
from django.db import connection
from rest_framework.test import APIClient

from workflow_api.roles.models import Role

pytest_plugins = ["servicekit.testing.plugin"]


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Let tests with real transactions empty the tables between them, the trail included."""
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_auditrow DISABLE TRIGGER audit_is_not_emptied")
        cursor.execute(
            "ALTER TABLE audit_auditanchor DISABLE TRIGGER audit_anchors_are_not_emptied"
        )


@pytest.fixture
def support(db: None) -> Role:
    """A role with one member, Ana, whose number is 11."""
    support = role(101, "L1 Support")
    person(11, "l1.ana", support)
    return support


@pytest.fixture
def admin(api_as: Callable[..., APIClient]) -> APIClient:
    """A client of an administrator, whose number is 1."""
    return api_as(user_id=1, username="admin", roles=(("tts", "Admin"),))


@pytest.fixture
def agent(api_as: Callable[..., APIClient]) -> APIClient:
    """A client of Ana, who holds L1 Support."""
    return api_as(user_id=11, username="l1.ana", roles=(("tts", "L1 Support"),))


@pytest.fixture
def nobody(api_as: Callable[..., APIClient]) -> APIClient:
    """A client of somebody without a role in tts."""
    return api_as(user_id=99, username="nobody", roles=(("hdts", "Admin"),))
