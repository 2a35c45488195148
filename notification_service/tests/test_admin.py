"""The admin: every page opens, and what is saved is checked."""

from datetime import datetime
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from notification_service.email import services as email
from notification_service.email.models import Email, State
from notification_service.email.services import Wanted
from notification_service.inbox import services as inbox
from notification_service.inbox.services import Alert
from notification_service.templates.models import Template

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(now: datetime, ana: Any) -> Client:
    """An administrator at the admin, with something to look at."""
    alert = Alert(subject="s", message="m", notification_type="system")
    inbox.create_alerts(user_ids=[1], alert=alert, at=now)
    email.queue_mail(
        Wanted(to="a@example.com", notification_type="otp", source="t", context={"code": "402718"}),
        at=now,
    )
    ana.put("/api/v2/preferences/", {})
    client = Client()
    client.force_login(User.objects.create_superuser("admin"))
    return client


@pytest.mark.parametrize(
    "model",
    [
        "alerts/inappnotification",
        "alerts/mailbox",
        "email/email",
        "templates/template",
        "preferences/preference",
    ],
)
def test_every_list_opens(desk: Client, model: str) -> None:
    assert desk.get(f"/admin/{model}/").status_code == 200


def test_the_log_shows_a_mail_without_what_it_says(desk: Client) -> None:
    page = desk.get(f"/admin/email/email/{Email.objects.get().id}/change/")
    assert page.status_code == 200
    assert b"402718" not in page.content


def test_failed_mail_is_tried_again_from_the_list(desk: Client) -> None:
    Email.objects.update(state=State.FAILED)
    chosen = {"action": "retry", "_selected_action": Email.objects.get().id}
    desk.post("/admin/email/email/", chosen)
    assert Email.objects.get().state == State.QUEUED


def test_a_template_is_saved_by_the_rules(desk: Client) -> None:
    form = {"notification_type": "otp", "subject": "Code", "text": "{{ code }}", "html": "<p>x"}
    assert desk.post("/admin/templates/template/add/", form).status_code == 302
    row = Template.objects.get()
    assert (row.version, row.updated_by) == (1, "admin")
    url = "/admin/templates/template/otp/change/"
    assert desk.post(url, {**form, "text": "{{ x() }}"}).status_code == 200
    assert desk.post(url, {**form, "text": "new {{ code }}"}).status_code == 302
    row.refresh_from_db()
    assert (row.version, row.text) == (2, "new {{ code }}")
