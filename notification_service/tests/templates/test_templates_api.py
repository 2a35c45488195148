from collections.abc import Callable
from typing import Any

import pytest

from notification_service.templates import catalog

pytestmark = pytest.mark.django_db

URL = "/api/v1/templates/"
MINE = {"subject": "Mine: {{ task_title }}", "text": "{{ task_title }}", "html": "<p>hi</p>"}


def test_every_type_is_listed_with_the_template_in_use(admin: Any) -> None:
    body = admin.get(URL, {"page_size": 100}).json()
    assert [each["notification_type"] for each in body["results"]] == list(catalog.TYPES)
    assert not any(each["is_custom"] for each in body["results"])


def test_a_page_that_is_none_is_named(admin: Any) -> None:
    answer = admin.get(URL, {"page_size": "many"})
    assert (answer.status_code, answer.json()["details"]["field"]) == (400, "page_size")
    assert len(admin.get(URL).json()["results"]) == 10


def test_a_template_is_created_changed_and_reset(admin: Any) -> None:
    created = admin.post(URL, {"notification_type": "task_assignment", **MINE})
    assert created.status_code == 201
    assert created.json() | {"is_custom": True, "version": 1} == created.json()
    assert created.json()["message"]
    changed = admin.patch(f"{URL}task_assignment/", {"subject": "Other", "version": 1})
    assert changed.status_code == 200
    assert (changed.json()["subject"], changed.json()["text"]) == ("Other", MINE["text"])
    assert changed.json()["version"] == 2
    assert admin.delete(f"{URL}task_assignment/").status_code == 204
    assert admin.get(f"{URL}task_assignment/").json()["is_custom"] is False
    assert admin.delete(f"{URL}task_assignment/").status_code == 404


def test_a_second_creation_and_an_old_version_conflict(admin: Any) -> None:
    admin.post(URL, {"notification_type": "otp", **MINE})
    assert admin.post(URL, {"notification_type": "otp", **MINE}).status_code == 409
    assert admin.put(f"{URL}otp/", {**MINE, "version": 7}).json()["code"] == "TEMPLATE_STALE"


def test_the_same_idempotency_key_creates_once(admin: Any) -> None:
    body = {"notification_type": "mention", **MINE}
    first = admin.post(URL, body, HTTP_IDEMPOTENCY_KEY="k1")
    again = admin.post(URL, body, HTTP_IDEMPOTENCY_KEY="k1")
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()


def test_a_patch_of_a_shipped_template_keeps_its_other_parts(admin: Any) -> None:
    body = admin.patch(f"{URL}sla_breach/", {"subject": "LATE"}).json()
    assert body["html"].strip() == catalog.shipped("sla_breach").html.strip()


def test_a_template_that_leaves_the_sandbox_is_refused_part_by_part(admin: Any) -> None:
    bad = {**MINE, "text": "{{ x() }}", "html": "{% include 'x' %}"}
    answer = admin.put(f"{URL}otp/", bad)
    assert answer.status_code == 400
    assert set(answer.json()["details"]["errors"]) == {"text", "html"}
    assert admin.get(f"{URL}otp/").json()["is_custom"] is False


def test_an_unknown_type_is_not_found(admin: Any) -> None:
    for call in (admin.get, admin.delete):
        assert call(f"{URL}no-such-type/").status_code == 404
    assert admin.put(f"{URL}no-such-type/", MINE).status_code == 404
    assert admin.post(URL, {"notification_type": "no-such", **MINE}).status_code == 400


def test_a_preview_shows_unsaved_changes_and_saves_nothing(admin: Any) -> None:
    wanted = {"subject": "Look: {{ word }}", "context": {"word": "<b>"}}
    body = admin.post(f"{URL}task_assignment/preview/", wanted).json()
    assert body["subject"] == "Look: <b>"
    assert admin.get(f"{URL}task_assignment/").json()["is_custom"] is False
    sample = admin.post(f"{URL}task_assignment/preview/", {}).json()
    assert "T-456" in sample["html"]


def test_a_preview_that_is_too_expensive_is_a_400(admin: Any) -> None:
    loop = "{% for a in x %}{% for b in x %}{% endfor %}{% endfor %}"
    wanted = {"text": loop, "context": {"x": list(range(2000))}}
    answer = admin.post(f"{URL}otp/preview/", wanted)
    assert (answer.status_code, answer.json()["code"]) == (400, "TEMPLATE_TOO_EXPENSIVE")


@pytest.mark.parametrize(
    ("roles", "status"),
    [((), 403), ((("tts", "L1 Support"),), 403), ((("hdts", "Admin"),), 403)],
)
def test_only_administrators_of_tts_see_templates(
    api_as: Callable[..., Any], roles: tuple[tuple[str, str], ...], status: int
) -> None:
    client = api_as(roles=roles)
    for path in (URL, f"{URL}otp/"):
        assert client.get(path).status_code == status
    assert client.post(f"{URL}otp/preview/", {}).status_code == status


def test_nobody_sees_templates_without_a_token(anonymous: Any) -> None:
    assert anonymous.get(URL).status_code == 401
