"""Files of tickets: what is taken, and how it is given back."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from rest_framework.response import Response
from rest_framework.test import APIClient

from servicekit.contracts import ReceiveTicket
from ticket_service.tickets import filetypes, services
from ticket_service.tickets.models import Attachment

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(20)
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


def archive(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as written:
        for name in names:
            written.writestr(name, "content")
    return buffer.getvalue()


@pytest.fixture
def url(anonymous: APIClient, db: None) -> str:
    body = {"title": "With a file", "category": "IT Support", "sub_category": "Network"}
    return f"/api/tickets/{anonymous.post('/api/tickets/', body).json()['ticket_id']}/"


def upload(client: APIClient, url: str, name: str, content: bytes, **extra: Any) -> Response:
    file = SimpleUploadedFile(name, content)
    return client.post(f"{url}attachments/", {"file": file}, format="multipart", **extra)


def test_an_uploaded_file_makes_a_revision_that_names_it(
    anonymous: APIClient, url: str, outbox_of: Callable[..., list[ReceiveTicket]]
) -> None:
    answer = upload(anonymous, url, "screen.png", PNG)

    assert answer.status_code == 201
    [shown] = answer.json()["attachments"]
    assert (shown["filename"], shown["content_type"]) == ("screen.png", "image/png")
    assert shown["size_bytes"] == len(PNG)
    data = outbox_of(ReceiveTicket)[-1].ticket_data
    assert data.revision == 2
    assert data.attachments[0].filename == "screen.png"
    assert data.attachments[0].url == shown["url"]
    assert shown["url"].startswith("http://127.0.0.1:1000/hdts/api/tickets/HDTS-")


def test_a_file_comes_back_as_a_download_and_nothing_else(anonymous: APIClient, url: str) -> None:
    shown = upload(anonymous, url, "naïve ‘name’.pdf", PDF).json()["attachments"][0]

    answer = anonymous.get(f"{url}attachments/{shown['id']}/")

    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''na%C3%AFve")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Type"] == "application/pdf"
    assert "sandbox" in answer["Content-Security-Policy"]


@pytest.mark.parametrize("name", ["{}.pdf", "{0}.pdf", "plan {2027}.pdf", "{.pdf", "a{b}.pdf"])
def test_a_name_with_braces_is_a_name_like_any_other(
    anonymous: APIClient, url: str, name: str
) -> None:
    answer = upload(anonymous, url, name, PDF)

    assert answer.status_code == 201
    [shown] = answer.json()["attachments"]
    assert shown["filename"] == name
    assert answer.json()["message"].startswith(f"{name} is attached to ticket HDTS-")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("page.html", b"<html></html>"),
        ("program.exe", b"MZ"),
        ("no_extension", b"text"),
        (".png", PNG),
        ("picture.png", b"GIF89a" + bytes(20)),
        ("picture.jpg", PNG),
        ("paper.pdf", b"%PDF-1.7 without an end"),
        ("notes.txt", b"\x00\x01\x02"),
        ("notes.txt", b"\xff\xfe\xfd"),
        ("notes.txt", b"  <!DOCTYPE html><script>alert(1)</script>"),
        ("list.csv", b"<svg onload=alert(1)>"),
        ("letter.docx", archive("some.txt")),
        ("letter.docx", b"PK\x03\x04 broken"),
        ("empty.pdf", b""),
    ],
)
def test_a_file_that_is_not_what_its_name_says_is_refused(
    anonymous: APIClient, url: str, name: str, content: bytes
) -> None:
    answer = upload(anonymous, url, name, content)

    assert answer.status_code == 400
    assert "file" in answer.json()["details"]["errors"]
    assert Attachment.objects.count() == 0


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.png", PNG),
        ("a.JPG", b"\xff\xd8\xff\xe0" + bytes(40) + b"\xff\xd9"),
        ("a.gif", b"GIF89a" + bytes(20)),
        ("a.webp", b"RIFF\x00\x00\x00\x00WEBPVP8 "),
        ("a.pdf", PDF),
        ("a.txt", "naïve".encode()),
        ("a.log", b"2026-11-24 INFO fine"),
        ("a.csv", b"a,b\n1,2\n"),
        ("a.zip", archive("x")),
        ("a.docx", archive("[Content_Types].xml", "word/document.xml")),
        ("a.xlsx", archive("[Content_Types].xml", "xl/workbook.xml")),
        ("a.pptx", archive("[Content_Types].xml", "ppt/presentation.xml")),
    ],
)
def test_honest_files_of_each_kind_are_taken(name: str, content: bytes) -> None:
    assert filetypes.content_type_of(filename=name, content=content)


def test_ten_megabytes_are_the_limit(anonymous: APIClient, url: str) -> None:
    limit = services.MAX_FILE_BYTES

    assert upload(anonymous, url, "a.txt", b"x" * limit).status_code == 201
    above = upload(anonymous, url, "b.txt", b"x" * (limit + 1))
    far_above = upload(anonymous, url, "c.txt", b"x" * (2 * limit))

    assert (above.status_code, far_above.status_code) == (413, 413)
    assert above.json()["code"] == "FILE_TOO_LARGE"


def test_the_name_never_says_where_a_file_lies(
    anonymous: APIClient, url: str, settings: Any
) -> None:
    shown = upload(anonymous, url, "..\\..\\evil.txt", b"text").json()["attachments"][0]

    assert shown["filename"] == "evil.txt"
    [stored] = [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]
    assert stored.name == shown["id"].replace("-", "")


def test_a_file_is_only_found_below_its_own_ticket(anonymous: APIClient, url: str) -> None:
    shown = upload(anonymous, url, "a.txt", b"text").json()["attachments"][0]
    body = {"title": "Other", "category": "IT Support", "sub_category": "Network"}
    other = anonymous.post("/api/tickets/", body).json()["ticket_id"]

    answer = anonymous.get(f"/api/tickets/{other}/attachments/{shown['id']}/")

    assert answer.status_code == 404


def test_a_closed_help_desk_keeps_its_files_to_itself(
    anonymous: APIClient, url: str, settings: Any
) -> None:
    shown = upload(anonymous, url, "a.txt", b"text").json()["attachments"][0]
    settings.HELP_DESK_OPEN = False

    assert anonymous.get(f"{url}attachments/{shown['id']}/").status_code == 401


def test_a_request_without_a_file_says_what_is_missing(anonymous: APIClient, url: str) -> None:
    answer = anonymous.post(f"{url}attachments/", {"other": "x"}, format="multipart")
    as_json = anonymous.post(f"{url}attachments/", {"file": "x"})

    assert (answer.status_code, as_json.status_code) == (400, 415)


def test_twenty_files_are_the_limit(anonymous: APIClient, url: str) -> None:
    for _ in range(services.MAX_FILES):
        assert upload(anonymous, url, "a.txt", b"text").status_code == 201

    assert upload(anonymous, url, "a.txt", b"text").status_code == 400


def test_a_file_of_a_change_that_failed_does_not_stay(
    anonymous: APIClient, url: str, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("the outbox is away")

    monkeypatch.setattr(services, "publish", fail)

    assert upload(anonymous, url, "a.txt", b"text").status_code == 500
    assert not [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]
    assert Attachment.objects.count() == 0
