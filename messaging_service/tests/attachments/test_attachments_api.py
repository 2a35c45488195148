"""POST /api/comments/{id}/attachments/, GET /api/attachments/{id}/"""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import samples
from people import ANA, BEN, FOREIGN, OWNER
from rest_framework.test import APIClient

from messaging_service.attachments.models import Attachment
from messaging_service.comments import services as comments
from messaging_service.comments.models import Comment, Event
from messaging_service.tickets.models import Ticket

pytestmark = pytest.mark.django_db
L1 = (("tts", "L1 Support"),)


@pytest.fixture
def as_ana(api_as: Callable[..., APIClient], ticket: Ticket) -> APIClient:
    return api_as(user_id=ANA, username="l1.ana", roles=L1)


@pytest.fixture
def comment(as_ana: APIClient) -> dict[str, Any]:
    return dict(as_ana.post("/api/comments/", {"ticket_id": 1, "text": "see file"}).json())


def attach(client: APIClient, comment_id: int, data: bytes, name: str, **headers: str) -> Any:
    file = io.BytesIO(data)
    file.name = name
    url = f"/api/comments/{comment_id}/attachments/"
    return client.post(url, {"file": file}, format="multipart", headers=headers)


def stored(root: Path) -> list[Path]:
    return [path for path in root.rglob("*") if path.is_file()] if root.exists() else []


def test_a_file_goes_in_and_comes_out_as_a_download(
    as_ana: APIClient, comment: dict[str, Any]
) -> None:
    answer = attach(as_ana, comment["id"], samples.pdf(), "Größe.pdf")
    assert answer.status_code == 201
    body = answer.json()
    assert body["url"] == f"/messaging/api/attachments/{body['id']}/"
    shown = as_ana.get(f"/api/comments/{comment['id']}/").json()["attachments"]
    assert shown == [{key: value for key, value in body.items() if key != "message"}]
    for url in (body["url"].removeprefix("/messaging"),):
        download = as_ana.get(url)
        assert download.content == samples.pdf()
        assert download["Content-Disposition"].startswith("attachment; filename")
        assert download["X-Content-Type-Options"] == "nosniff"
        assert download["Content-Type"] == "application/pdf"
    assert Event.objects.filter(action="attach_document", seq=2).exists()


def test_only_who_sees_the_comment_gets_the_file(
    as_ana: APIClient, api_as: Callable[..., APIClient], anonymous: APIClient
) -> None:
    body = {"ticket_id": 1, "text": "x", "visibility": "internal"}
    internal = as_ana.post("/api/comments/", body).json()
    file = attach(as_ana, internal["id"], samples.pdf(), "a.pdf").json()
    url = f"/api/attachments/{file['id']}/"
    assert api_as(user_id=BEN, roles=L1).get(url).status_code == 200
    assert api_as(user_id=FOREIGN, roles=L1).get(url).status_code == 404
    assert api_as(user_id=OWNER, roles=()).get(url).status_code == 404
    assert anonymous.get(url).status_code == 401


def test_a_file_of_a_deleted_comment_is_gone(as_ana: APIClient, comment: dict[str, Any]) -> None:
    file = attach(as_ana, comment["id"], samples.pdf(), "a.pdf").json()
    as_ana.delete(f"/api/comments/{comment['id']}/")
    assert as_ana.get(f"/api/attachments/{file['id']}/").status_code == 404


def test_only_the_author_attaches(
    comment: dict[str, Any], api_as: Callable[..., APIClient], settings: Any
) -> None:
    answer = attach(api_as(user_id=BEN, roles=L1), comment["id"], samples.pdf(), "a.pdf")
    assert answer.status_code == 403
    answer = attach(api_as(user_id=FOREIGN, roles=L1), comment["id"], samples.pdf(), "a.pdf")
    assert answer.status_code == 404
    assert stored(settings.ATTACHMENT_ROOT) == []


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"<script>", "a.html"),
        (b"<script>", "a.png"),
        (b"", "a.txt"),
        (b"x" * (10 * 1024 * 1024 + 1), "a.txt"),
        (b"x" * (11 * 1024 * 1024), "a.txt"),
    ],
)
def test_a_bad_file_is_refused_and_leaves_nothing(
    as_ana: APIClient, comment: dict[str, Any], settings: Any, data: bytes, name: str
) -> None:
    answer = attach(as_ana, comment["id"], data, name)
    assert answer.status_code == 400
    assert answer.json()["details"]["field"] == "file"
    assert stored(settings.ATTACHMENT_ROOT) == []


def test_ten_megabytes_are_taken(as_ana: APIClient, comment: dict[str, Any]) -> None:
    answer = attach(as_ana, comment["id"], b"x" * (10 * 1024 * 1024), "a.txt")
    assert answer.status_code == 201


def test_a_body_that_is_no_form_is_refused(as_ana: APIClient, comment: dict[str, Any]) -> None:
    url = f"/api/comments/{comment['id']}/attachments/"
    assert as_ana.post(url, {"file": "text"}, format="multipart").status_code == 400
    assert as_ana.post(url, {}, format="json").status_code == 415
    broken = as_ana.post(url, b"nonsense", content_type="multipart/form-data; boundary=x")
    assert broken.status_code == 400


def test_the_same_key_attaches_once(as_ana: APIClient, comment: dict[str, Any]) -> None:
    key = {"Idempotency-Key": "k"}
    first = attach(as_ana, comment["id"], samples.pdf(), "a.pdf", **key)
    again = attach(as_ana, comment["id"], samples.pdf(), "a.pdf", **key)
    assert first.json() == again.json()
    assert Attachment.objects.count() == 1


def test_a_comment_holds_ten_files(as_ana: APIClient, comment: dict[str, Any]) -> None:
    codes = [attach(as_ana, comment["id"], b"x", f"{n}.txt").status_code for n in range(11)]
    assert codes == [201] * 10 + [400]


def test_the_scanner_has_the_last_word(
    as_ana: APIClient, comment: dict[str, Any], settings: Any
) -> None:
    settings.ATTACHMENT_SCANNER = "test_attachments_api.refuse_eicar"
    assert attach(as_ana, comment["id"], b"harmless", "a.txt").status_code == 201
    answer = attach(as_ana, comment["id"], b"EICAR", "a.txt")
    assert "scanner" in answer.json()["error"]


def test_nothing_is_left_on_disk_when_the_database_fails(
    as_ana: APIClient,
    comment: dict[str, Any],
    settings: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("the database says no")

    monkeypatch.setattr(comments, "note_attachment", fail)
    answer = attach(as_ana, comment["id"], samples.pdf(), "a.pdf")
    assert answer.status_code == 500
    assert stored(settings.ATTACHMENT_ROOT) == []
    assert Comment.objects.get().attachments.count() == 0  # type: ignore[attr-defined]


def refuse_eicar(name: str, data: bytes) -> bool:
    """Stand in for a virus scanner."""
    return b"EICAR" not in data
