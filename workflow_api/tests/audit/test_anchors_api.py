"""The anchors and the check of days over HTTP, for administrators."""

import pytest
from rest_framework.test import APIClient
from trails import days

from workflow_api.audit.models import AuditAnchor

pytestmark = pytest.mark.django_db


def test_anchors_are_read_the_newest_first(admin: APIClient) -> None:
    days("task:T-1")
    body = admin.get("/audit/anchors/?page_size=2").json()
    assert [each["day"] for each in body["results"]] == ["2026-11-26", "2026-11-25"]
    newest = AuditAnchor.objects.get(number=3)
    assert body["results"][0] == {
        "number": 3,
        "day": "2026-11-26",
        "last_id": newest.last_id,
        "rows": 1,
        "root": newest.root,
        "anchored_at": "2026-11-27T09:00:00Z",
        "previous_hash": AuditAnchor.objects.get(number=2).hash,
        "hash": newest.hash,
    }


def test_verify_tells_how_far_the_anchors_reach(admin: APIClient) -> None:
    days("task:T-1")
    body = admin.get("/audit/verify/?start_date=2026-11-25&end_date=2026-11-26").json()
    assert body == {
        "valid": True,
        "checked": 2,
        "anchors": 2,
        "anchored_until": "2026-11-26",
        "first_altered": None,
    }


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("start_date=yesterday", "start_date"),
        ("end_date=2026-13-01", "end_date"),
        ("start_date=2026-11-25&end_date=2026-11-24", "end_date"),
        ("task_id=T-1&start_date=2026-11-24", "start_date"),
        ("task_id=" + "T" * 41, "task_id"),
    ],
)
def test_what_cannot_be_checked_is_a_400(admin: APIClient, query: str, field: str) -> None:
    answer = admin.get(f"/audit/verify/?{query}")
    assert answer.status_code == 400
    assert answer.json()["details"]["field"] == field


@pytest.mark.parametrize("query", ["end_date=9999-12-31", "start_date=0001-01-01"])
def test_days_without_end_are_checked(admin: APIClient, query: str) -> None:
    days("task:T-1")
    assert admin.get(f"/audit/verify/?{query}").json()["checked"] == 3


def test_only_administrators_read_anchors(
    agent: APIClient, nobody: APIClient, anonymous: APIClient
) -> None:
    answers = [each.get("/audit/anchors/").status_code for each in (agent, nobody, anonymous)]
    assert answers == [403, 403, 401]
