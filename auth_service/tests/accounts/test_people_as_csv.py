"""People to and from CSV files."""

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from auth_service.accounts.models import User
from auth_service.audit.models import AuditEntry
from servicekit.contracts import SendEmail

pytestmark = pytest.mark.django_db
Person = Callable[..., User]
EXPORT, IMPORT = "/api/v1/users/export/", "/api/v1/users/import/"
TWO = "username,email,first_name,roles\nana,ana@example.com,Ana,tts:L1 Support\nben,b@x.example,,\n"


def sent(
    client: APIClient, data: str | bytes, *, dry_run: bool | None = None, key: str | None = None
) -> Any:
    content = data.encode() if isinstance(data, str) else data
    query = "" if dry_run is None else f"?dry_run={str(dry_run).lower()}"
    body = {"file": SimpleUploadedFile("people.csv", content)}
    headers = {"Idempotency-Key": key} if key else {}
    return client.post(f"{IMPORT}{query}", body, format="multipart", headers=headers)


def test_a_dry_run_tells_and_writes_nothing(admin: APIClient, outbox_of: Any) -> None:
    body = sent(admin, TWO).json()
    assert (body["dry_run"], body["created"], body["errors"]) == (True, 2, [])
    assert body["rows"][0] == {"row": 2, "username": "ana", "action": "created"}
    assert User.objects.count() == 1
    assert outbox_of(SendEmail) == []


def test_new_people_get_a_mail_with_which_they_set_a_password(
    admin: APIClient, anonymous: APIClient, outbox_of: Any
) -> None:
    assert sent(admin, TWO, dry_run=False).json()["created"] == 2
    mail = outbox_of(SendEmail)[0]
    assert (mail.to, mail.notification_type) == ("ana@example.com", "invitation")
    token = mail.context["invitation_url"].partition("#token=")[2]
    secret = "Quite-A-Long-Secret-9"
    assert (
        anonymous.post("/password/reset/", {"token": token, "password": secret}).status_code == 200
    )
    signed = anonymous.post("/token/", {"username": "ana", "password": secret})
    assert signed.status_code == 200
    assert AuditEntry.objects.filter(action="people_imported").count() == 1
    again = sent(admin, TWO, dry_run=False).json()
    assert (again["created"], again["updated"], again["unchanged"]) == (0, 0, 2)


def test_an_import_sent_twice_under_one_key_answers_the_same(admin: APIClient) -> None:
    first, again = (sent(admin, TWO, dry_run=False, key="a") for _ in range(2))
    assert again.json() == first.json()
    assert again.json()["created"] == 2
    assert again["Idempotency-Replayed"] == "true"
    assert sent(admin, TWO, dry_run=True, key="a").status_code == 422
    assert sent(admin, TWO.replace("Ana", "Eva"), dry_run=False, key="a").status_code == 422
    assert User.objects.get(username="ana").first_name == "Ana"


def test_with_one_fault_nothing_is_written_and_every_fault_is_named(admin: APIClient) -> None:
    text = (
        "username,email,time_zone,roles\n"
        "good,good@example.com,,\n"
        "bad,nonsense,Mars/One,\n"
        "GOOD,other@example.com,,\n"
        "third,good@example.com,,\n"
        "fourth,f@example.com,,tts:No Such\n"
        "fifth,g@example.com,,ams:Admin\n"
        "a@b,h@example.com,,\n"
    )
    body = sent(admin, text, dry_run=False).json()
    faults = {(each["row"], each["field"]) for each in body["errors"]}
    assert faults == {
        (3, "email"),
        (3, "time_zone"),
        (4, "username"),
        (5, "email"),
        (6, "roles"),
        (7, "row"),
        (8, "username"),
    }
    assert User.objects.count() == 1


def test_an_import_changes_no_superuser_and_closes_not_the_importer(
    admin: APIClient, person: Person
) -> None:
    person("root", is_superuser=True)
    text = (
        "username,email,is_active\nroot,evil@example.com,\ntts.admin,tts.admin@example.com,false\n"
    )
    body = sent(admin, text, dry_run=False).json()
    assert [each["row"] for each in body["errors"]] == [2, 3]
    assert User.objects.get(username="root").email == "root@example.com"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("username,email\nä,b".encode("latin-1"), "UTF-8"),
        ("username,email\n".encode("utf-16"), "UTF-16"),
        (b"username,email\nx\x00,y", "text"),
        (b"", "missing"),
        (b"username\nana", "email"),
        (b"username,email,is_superuser\nana,a@b.example,true", "is_superuser"),
        (b"username,email,email\n", "twice"),
        (b"username,email\na,b,c", "more cells"),
        (b'username,email\n"a"x,b', "CSV"),
        (b"username,email\n" + b"a,b\n" * 1001, "1000"),
        (b"x" * (1024 * 1024 + 1), "1 MB"),
    ],
)
def test_files_that_cannot_be_read_are_answered_clearly(
    admin: APIClient, data: bytes, said: str
) -> None:
    answer = sent(admin, data)
    assert (answer.status_code, answer.json()["details"]["field"]) == (400, "file")
    assert said in answer.json()["error"]


@pytest.mark.parametrize("text", ["\ufeff" + TWO, TWO.replace(",", ";"), TWO.replace("\n", "\r\n")])
def test_files_of_spreadsheets_are_read(admin: APIClient, text: str) -> None:
    body = sent(admin, text).json()
    assert (body["created"], body["errors"]) == (2, [])


def test_an_export_starts_no_formula_and_can_be_imported_again(
    admin: APIClient, person: Person
) -> None:
    user = person("ana", ("tts", "L1 Support"), ("ams", "Admin"), first_name="=HYPERLINK(1)")
    User.objects.filter(pk=user.pk).update(phone="+49 30 1")
    answer = admin.get(EXPORT, headers={"Accept": "text/csv"})
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert "attachment" in answer["Content-Disposition"]
    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
    ana = next(row for row in rows if row["username"] == "ana")
    assert (ana["first_name"], ana["phone"]) == ("'=HYPERLINK(1)", "'+49 30 1")
    assert ana["roles"] == "tts:L1 Support;ams:Admin"
    body = sent(admin, answer.content).json()
    assert (body["errors"], body["unchanged"]) == ([], 2)
    assert AuditEntry.objects.filter(action="people_exported").count() == 1


def test_only_administrators_of_people_take_or_bring_the_list(
    agent: APIClient, ams_admin: APIClient, anonymous: APIClient
) -> None:
    for client, code in ((agent, 403), (ams_admin, 403), (anonymous, 401)):
        assert client.get(EXPORT).status_code == code
        assert sent(client, TWO, dry_run=False).status_code == code


def test_an_export_costs_the_same_however_many_there_are(admin: APIClient, person: Person) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            admin.get(EXPORT)
        return len(seen)

    few = queries()
    for number in range(5):
        person(f"n{number}", ("tts", "L1 Support"))
    assert queries() == few
