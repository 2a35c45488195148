"""One's own profile and picture; closing and opening accounts."""

import io
import struct
import zlib
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image
from rest_framework.test import APIClient

from auth_service.accounts.models import Picture, User
from auth_service.audit.models import AuditEntry
from servicekit.contracts import UserSystemRoleSync

pytestmark = pytest.mark.django_db
Person = Callable[..., User]
ME, MINE = "/api/v1/users/me/", "/api/v1/users/me/picture/"
PASSWORD = "Correct-Horse-7-Staple"


def image(kind: str = "PNG", size: tuple[int, int] = (900, 600), mode: str = "RGB") -> bytes:
    target = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "where I live"
    Image.new(mode, size, "red").save(target, kind, exif=exif)
    return target.getvalue()


def huge_png() -> bytes:
    """A PNG of a few bytes that claims to be 50,000 × 50,000."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        sum_of = struct.pack(">I", zlib.crc32(kind + body))
        return struct.pack(">I", len(body)) + kind + body + sum_of

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 50_000, 50_000, 8, 2, 0, 0, 0))
    start = b"\x89PNG\r\n\x1a\n" + header
    return start + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


def sent(client: APIClient, name: str, data: bytes) -> Any:
    return client.put(MINE, {"file": SimpleUploadedFile(name, data)}, format="multipart")


def test_people_keep_their_own_profile(agent: APIClient) -> None:
    wanted = {"phone": "+49 30 123456", "time_zone": "Europe/Berlin", "language": "pt-BR"}
    body = agent.patch(ME, wanted).json()
    assert {field: body[field] for field in wanted} == wanted
    assert agent.get(ME).json()["time_zone"] == "Europe/Berlin"
    entry = AuditEntry.objects.get(action="user_changed")
    assert entry.details["old"]["time_zone"] == "UTC"


@pytest.mark.parametrize(
    "field",
    [
        "id",
        "username",
        "is_active",
        "is_superuser",
        "is_staff",
        "password",
        "roles",
        "version",
        "token_version",
        "date_joined",
        "last_login",
        "picture",
        "picture_version",
    ],
)
def test_nobody_sets_anything_else_of_himself(agent: APIClient, field: str) -> None:
    before = User.objects.filter(username="tts.agent").values().get()
    answer = agent.patch(ME, {"first_name": "X", field: 1})
    assert (answer.status_code, answer.json()["details"]["field"]) == (400, field)
    assert User.objects.filter(username="tts.agent").values().get() == before


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("phone", "call me"),
        ("phone", "=1+1"),
        ("time_zone", "Mars/Olympus"),
        ("time_zone", "../../etc/passwd"),
        ("time_zone", ""),
        ("language", "klingon!"),
        ("email", "x"),
        ("first_name", "a\nb"),
    ],
)
def test_faults_are_named(agent: APIClient, field: str, value: str) -> None:
    answer = agent.patch(ME, {field: value})
    assert (answer.status_code, answer.json()["details"]["field"]) == (400, field)


@pytest.mark.parametrize(
    ("name", "kind"), [("a.png", "PNG"), ("a.JPG", "JPEG"), ("a.webp", "WEBP")]
)
def test_a_picture_is_cut_stripped_and_served_as_a_download(
    agent: APIClient, admin: APIClient, anonymous: APIClient, name: str, kind: str
) -> None:
    body = sent(agent, name, image(kind)).json()
    path = body["picture"].removeprefix("/auth")
    assert body["picture"].startswith("/auth/api/v1/users/")
    answer = admin.get(path, headers={"Accept": "image/*"})
    assert answer.status_code == 200
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Type"] == "image/jpeg"
    assert b"where I live" not in answer.content
    with Image.open(io.BytesIO(answer.content)) as shown:
        assert shown.size == (512, 512)
    assert anonymous.get(path).status_code == 401


def test_a_transparent_picture_stays_so(agent: APIClient) -> None:
    assert sent(agent, "a.png", image(mode="RGBA", size=(40, 60))).status_code == 200
    assert Picture.objects.get().content_type == "image/png"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("a.gif", image("GIF")),
        ("a.png", image("JPEG")),
        ("a.jpg", b"<html><script>alert(1)</script></html>"),
        ("a.png", image()[:200]),
        ("a.png", huge_png()),
        ("a.png", b"\x89PNG\r\n\x1a\n"),
        ("a.png", b"x" * (2 * 1024 * 1024 + 1)),
        ("png", image()),
    ],
)
def test_what_is_no_picture_is_refused(agent: APIClient, name: str, data: bytes) -> None:
    answer = sent(agent, name, data)
    assert (answer.status_code, answer.json()["details"]["field"]) == (400, "file")
    assert not Picture.objects.exists()


def test_a_picture_can_be_removed_and_a_missing_file_is_named(agent: APIClient) -> None:
    assert agent.put(MINE, {}, format="multipart").status_code == 400
    sent(agent, "a.png", image())
    assert agent.delete(MINE).status_code == 204
    assert agent.get(ME).json()["picture"] is None
    assert agent.delete(MINE).status_code == 404


def test_closing_ends_sessions_and_opening_brings_the_roles_back(
    admin: APIClient, agent: APIClient, ams_admin: APIClient, outbox_of: Any
) -> None:
    user = User.objects.get(username="tts.agent")
    path = f"/api/v1/users/{user.pk}/"
    assert ams_admin.post(f"{path}deactivate/").status_code == 403
    body = admin.post(f"{path}deactivate/", {"reason": "left"}).json()
    assert body["is_active"] is False
    assert agent.get(ME).status_code == 401
    assert outbox_of(UserSystemRoleSync)[-1].is_active is False
    assert AuditEntry.objects.filter(details__reason="left").count() == 1
    body = admin.post(f"{path}reactivate/").json()
    assert (body["is_active"], len(body["roles"])) == (True, 1)
    me = User.objects.get(username="tts.admin")
    assert admin.post(f"/api/v1/users/{me.pk}/deactivate/").status_code == 409


def test_the_list_is_filtered_by_system_and_role_at_a_constant_cost(
    admin: APIClient, person: Person, role: Any
) -> None:
    person("ana", ("tts", "L1 Support"), ("ams", "Admin"))
    l1 = role("tts", "L1 Support").pk

    def found(**wanted: Any) -> list[str]:
        body = admin.get("/api/v1/users/", wanted | {"page_size": 50}).json()
        return [each["username"] for each in body["results"]]

    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            found(system="tts", role_id=l1)
        return len(seen)

    assert found(system="ams") == ["ana"]
    assert found(system="tts", role_id=l1) == ["ana"]
    assert found(system="ams", role_id=l1) == []
    few = queries()
    for number in range(5):
        person(f"n{number}", ("tts", "L1 Support"))
    assert queries() == few
