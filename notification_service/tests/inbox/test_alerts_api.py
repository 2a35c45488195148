from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test.utils import CaptureQueriesContext

from notification_service.inbox import services
from notification_service.inbox.models import InAppNotification
from notification_service.inbox.services import Alert

pytestmark = pytest.mark.django_db

URL = "/api/v2/notifications/inapp/"


def alert(subject: str = "New task", **more: Any) -> Alert:
    return Alert(subject=subject, message="Do it.", notification_type="task_assignment", **more)


def give(user_id: int, *, count: int = 1, at: datetime) -> list[InAppNotification]:
    return [
        row
        for number in range(count)
        for row in services.create_alerts(user_ids=[user_id], alert=alert(f"N{number}"), at=at)
    ]


def test_alerts_are_listed_newest_first_with_both_counts(ana: Any, now: datetime) -> None:
    first, second = give(1, count=2, at=now)
    give(2, at=now)
    services.mark(notification_id=first.id, user_id=1, is_read=True, at=now)
    body = ana.get(URL).json()
    assert (body["count"], body["unread_count"]) == (2, 1)
    assert [each["id"] for each in body["results"]] == [second.id, first.id]
    assert set(body["results"][0]) >= {
        "id",
        "subject",
        "message",
        "notification_type",
        "is_read",
        "created_at",
        "related_task_id",
    }


@pytest.mark.parametrize(("is_read", "count"), [("true", 1), ("false", 2)])
def test_is_read_narrows_the_list_and_its_count(
    ana: Any, now: datetime, is_read: str, count: int
) -> None:
    rows = give(1, count=3, at=now)
    services.mark(notification_id=rows[0].id, user_id=1, is_read=True, at=now)
    body = ana.get(URL, {"is_read": is_read}).json()
    assert (body["count"], len(body["results"]), body["unread_count"]) == (count, count, 2)


def test_a_nonsense_filter_is_a_400(ana: Any) -> None:
    answer = ana.get(URL, {"is_read": "perhaps"})
    assert (answer.status_code, answer.json()["details"]["field"]) == (400, "is_read")


def test_pages_and_cursors_visit_every_alert_once(ana: Any, now: datetime) -> None:
    expected = [row.id for row in reversed(give(1, count=25, at=now))]
    by_page = [
        each["id"] for page in (1, 2, 3) for each in ana.get(URL, {"page": page}).json()["results"]
    ]
    by_cursor: list[int] = []
    url: str | None = f"{URL}?cursor="
    while url:
        body = ana.get(url).json()
        assert body["unread_count"] == 25
        by_cursor += [each["id"] for each in body["results"]]
        url = body["next"]
    assert by_page == by_cursor == expected


def test_the_number_of_queries_does_not_grow_with_the_list(
    ana: Any, now: datetime, django_assert_num_queries: Callable[[int], CaptureQueriesContext]
) -> None:
    for count in (1, 30):
        give(1, count=count, at=now)
        for params in ({"page_size": 100}, {"cursor": ""}, {"is_read": "false"}):
            with django_assert_num_queries(2):
                ana.get(URL, params)


def test_an_alert_is_marked_read_and_unread(ana: Any, now: datetime) -> None:
    [row] = give(1, at=now)
    body = ana.patch(f"{URL}{row.id}/", {"is_read": True}).json()
    assert body["is_read"] is True
    assert body["read_at"]
    assert ana.patch(f"{URL}{row.id}/", {"is_read": True}).json() == body
    assert ana.get(URL).json()["unread_count"] == 0
    assert ana.patch(f"{URL}{row.id}/", {"is_read": False}).json()["read_at"] is None
    assert ana.get(URL).json()["unread_count"] == 1


def test_somebody_elses_alert_is_not_found_and_stays_unread(
    ana: Any, admin: Any, now: datetime
) -> None:
    [row] = give(2, at=now)
    give(1, at=now)
    for client in (ana, admin):
        answer = client.patch(f"{URL}{row.id}/", {"is_read": True})
        assert (answer.status_code, answer.json()["code"]) == (404, "RESOURCE_NOT_FOUND")
    row.refresh_from_db()
    assert row.is_read is False


@pytest.mark.parametrize("body", [{}, {"is_read": "maybe"}, [], {"is_read": None}])
def test_a_patch_without_a_clear_answer_is_refused(ana: Any, now: datetime, body: object) -> None:
    [row] = give(1, at=now)
    assert ana.patch(f"{URL}{row.id}/", body).status_code == 400


def test_all_are_marked_read_at_once_and_only_ones_own(ana: Any, now: datetime) -> None:
    give(1, count=3, at=now)
    give(2, at=now)
    body = ana.post(f"{URL}mark-all-read/").json()
    assert (body["updated"], body["unread_count"]) == (3, 0)
    assert ana.get(URL, {"is_read": "false"}).json()["count"] == 0
    assert ana.post(f"{URL}mark-all-read/").json()["updated"] == 0
    assert InAppNotification.objects.filter(user_id=2, is_read=False).count() == 1


def test_without_a_token_nothing_is_shown(anonymous: Any) -> None:
    assert anonymous.get(URL).status_code == 401
    assert anonymous.patch(f"{URL}1/", {"is_read": True}).status_code == 401
    assert anonymous.post(f"{URL}mark-all-read/").status_code == 401


def test_who_holds_no_role_sees_an_empty_mailbox(api_as: Callable[..., Any], now: datetime) -> None:
    give(2, at=now)
    body = api_as(user_id=7, roles=()).get(URL).json()
    assert body == {"count": 0, "next": None, "previous": None, "results": [], "unread_count": 0}
