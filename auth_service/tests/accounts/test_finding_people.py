"""A person is found by what somebody types."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from auth_service.accounts.models import User
from auth_service.accounts.selectors import user_called

pytestmark = pytest.mark.django_db
Person = Callable[..., User]


@pytest.mark.parametrize("typed", ["ZED@Straße.example", " zed@straße.example ", "Zed", "ＺＥＤ"])
def test_a_person_is_found_by_name_or_address_in_any_case(person: Person, typed: str) -> None:
    user = person("zed", email="Zed@straße.example")
    with CaptureQueriesContext(connection) as captured:
        assert user_called(typed) == user
    assert "UPPER" not in captured[0]["sql"]
