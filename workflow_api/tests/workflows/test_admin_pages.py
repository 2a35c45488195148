"""The admin shows definitions, replica and trail, and changes only calendars."""

from typing import Any

import pytest
from builders import deployed
from django.contrib.auth.models import User
from django.test import Client

from workflow_api.roles.models import Role
from workflow_api.sla.models import Calendar

pytestmark = pytest.mark.django_db

READ_ONLY = ["roles/role", "roles/person", "audit/auditrow", "workflows/workflow"]
READ_ONLY += ["workflows/workflowversion"]


@pytest.fixture
def browser(client: Client, support: Role) -> Client:
    deployed(role=support)
    root = User.objects.create(username="admin", is_staff=True, is_superuser=True)
    client.force_login(root, backend="servicekit.auth.admin.AuthServiceBackend")
    return client


@pytest.mark.parametrize("page", READ_ONLY)
def test_pages_for_looking_only(browser: Client, page: str) -> None:
    listed = browser.get(f"/admin/{page}/")
    assert listed.status_code == 200
    pk = listed.context["cl"].result_list[0].pk
    assert browser.get(f"/admin/{page}/{pk}/change/").status_code == 200
    assert browser.post(f"/admin/{page}/{pk}/change/", {}).status_code == 403
    assert browser.get(f"/admin/{page}/add/").status_code == 403
    assert browser.post(f"/admin/{page}/{pk}/delete/", {"post": "yes"}).status_code == 403


def test_lists_are_searched(browser: Client) -> None:
    for page in READ_ONLY[:4]:
        assert browser.get(f"/admin/{page}/?q=ana").status_code == 200


def test_calendars_are_kept_here_and_checked(browser: Client) -> None:
    body: dict[str, Any] = {
        "name": "Office",
        "time_zone": "Europe/Berlin",
        "weekly_hours": '{"mon": [["09:00", "17:00"]]}',
        "holidays": "[]",
        "country": "",
        "subdivision": "",
    }
    refused = browser.post("/admin/sla/calendar/add/", body | {"time_zone": "Mars"})
    assert refused.status_code == 200
    assert "time_zone" in refused.context["adminform"].form.errors
    assert browser.post("/admin/sla/calendar/add/", body).status_code == 302
    assert Calendar.objects.get().time_zone == "Europe/Berlin"


def test_the_admin_is_closed_to_strangers(client: Client, db: None) -> None:
    assert client.get("/admin/workflows/workflow/").status_code == 302
