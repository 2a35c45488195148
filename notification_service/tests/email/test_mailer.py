"""The mailer against a real SMTP server."""

import smtplib
import sys
from datetime import datetime, timedelta
from typing import Any

import psycopg
import pytest
from django.db import DatabaseError, connection

from notification_service.email import backoff, services
from notification_service.email.clients.smtp import (
    Letter,
    MailRefusedError,
    ServerAwayError,
    SmtpServer,
    _judged,
)
from notification_service.email.mailer import Mailer
from notification_service.email.models import Email, State
from notification_service.email.services import Wanted
from servicekit.testing.worker import PATIENCE_S, django_database_url, process, wait_until

pytestmark = pytest.mark.django_db(transaction=True)


def queue(to: str = "ana@example.com", *, at: datetime, **more: Any) -> Email:
    wanted = {"notification_type": "task_assignment", "context": {"task_title": "Ümläut → ok"}}
    return services.queue_mail(Wanted(to=to, source="test", **(wanted | more)), at=at)


def drain(mailer: Mailer) -> None:
    while mailer.send_due():
        pass


def test_a_mail_arrives_whole_and_is_logged_as_sent(
    mailer: Mailer, mail_server: Any, now: datetime
) -> None:
    mail = queue(name="Ana Ruíz", at=now)
    drain(mailer)
    [message] = mail_server.received
    assert message["Subject"] == "New task: Ümläut → ok"
    assert message["To"].addresses[0].display_name == "Ana Ruíz"
    assert message["From"] == "Desk <desk@example.com>"
    assert message["Message-ID"] == mail.message_id
    assert message["Auto-Submitted"] == "auto-generated"
    kinds = [part.get_content_type() for part in message.walk()]
    assert kinds == ["multipart/alternative", "text/plain", "text/html"]
    mail.refresh_from_db()
    assert (mail.state, mail.attempts) == (State.SENT, 1)
    assert mail.sent_at is not None


@pytest.mark.parametrize(
    ("address", "on_the_wire"),
    [
        ("ana@bücher.example", "ana@xn--bcher-kva.example"),
        ("ana@例え.example", "ana@xn--r8jz45g.example"),
        ("o'brien+desk_1=x@example.com", "o'brien+desk_1=x@example.com"),
    ],
)
def test_an_address_with_odd_characters_gets_its_mail(
    mailer: Mailer, mail_server: Any, now: datetime, address: str, on_the_wire: str
) -> None:
    mail = queue(address, name='Ana "A," <Ruíz>', at=now)
    drain(mailer)
    mail.refresh_from_db()
    assert (mail.state, mail.last_error) == (State.SENT, "")
    assert mail_server.envelopes[0].rcpt_tos == [on_the_wire]
    [to] = mail_server.received[0]["To"].addresses
    assert (to.display_name, to.addr_spec) == ('Ana "A," <Ruíz>', on_the_wire)


def test_mails_that_follow_each_other_go_over_few_connections(
    mailer: Mailer, mail_server: Any, now: datetime
) -> None:
    for number in range(500):
        queue(f"user{number}@example.com", at=now)
    drain(mailer)
    assert len({message["To"] for message in mail_server.received}) == 500
    assert len(mail_server.received) == 500
    assert mail_server.connections <= 4


def test_a_server_that_is_down_delays_mail_and_loses_or_doubles_none(
    mailer: Mailer, mail_server: Any, now: datetime
) -> None:
    queue(at=now)
    drain(mailer)
    mail_server.stop()
    mails = [queue(f"user{number}@example.com", at=now) for number in range(30)]
    for _ in range(3):
        with pytest.raises(ServerAwayError):
            drain(mailer)
    assert Email.objects.filter(state=State.QUEUED).count() == 30
    assert Email.objects.exclude(last_error="").exists()
    mail_server.start()
    Email.objects.filter(state=State.QUEUED).update(next_attempt_at=now)
    drain(mailer)
    assert len(mail_server.received) == 31
    ids = {message["Message-ID"] for message in mail_server.received}
    assert ids >= {mail.message_id for mail in mails}


def test_an_outage_is_not_an_attempt_of_any_mail(
    mailer: Mailer, mail_server: Any, now: datetime
) -> None:
    mail = queue(at=now)
    mail_server.stop()
    for _ in range(backoff.MAX_ATTEMPTS + 2):
        with pytest.raises(ServerAwayError):
            mailer.send_due()
    mail.refresh_from_db()
    assert (mail.state, mail.attempts) == (State.QUEUED, 0)
    assert "Refused" in mail.last_error


def test_a_recipient_that_is_refused_fails_at_once_and_the_next_mail_goes_on(
    mailer: Mailer, mail_server: Any, now: datetime
) -> None:
    mail_server.answers["gone@example.com"] = "550 no such user"
    bad, good = queue("gone@example.com", at=now), queue("here@example.com", at=now)
    drain(mailer)
    bad.refresh_from_db()
    good.refresh_from_db()
    assert (bad.state, good.state) == (State.FAILED, State.SENT)
    assert "no such user" in bad.last_error


def test_a_mail_put_off_by_the_server_waits_longer_each_time_and_fails_after_eight(
    mailer: Mailer, mail_server: Any, now: datetime
) -> None:
    mail_server.answers["full@example.com"] = "452 mailbox full"
    mail = queue("full@example.com", at=now)
    waits = []
    for _ in range(backoff.MAX_ATTEMPTS):
        Email.objects.filter(id=mail.id).update(next_attempt_at=now)
        before = datetime.now(now.tzinfo)
        drain(mailer)
        mail.refresh_from_db()
        waits.append(mail.next_attempt_at - before)
    assert mail.state == State.FAILED
    assert "gave up after 8 attempts" in mail.last_error
    assert timedelta(seconds=2) < waits[0] < timedelta(seconds=6)
    assert waits[5] > waits[0] * 5
    mail_server.answers.clear()
    services.retry_mail(mail_id=mail.id, at=now)
    drain(mailer)
    mail.refresh_from_db()
    assert mail.state == State.SENT
    assert len(mail_server.received) == 1


def test_a_code_is_not_kept_once_it_is_sent(
    mailer: Mailer, mail_server: Any, now: datetime
) -> None:
    mail = queue(notification_type="otp", context={"otp_code": "402718"}, at=now)
    assert "402718" in mail.text
    drain(mailer)
    mail.refresh_from_db()
    assert (mail.text, mail.html) == ("", "")
    assert "402718" in mail_server.received[0].get_body(("plain",)).get_content()


def test_two_mailers_share_the_work_and_send_nothing_twice(mail_server: Any, now: datetime) -> None:
    for number in range(60):
        queue(f"user{number}@example.com", at=now)
    url = django_database_url(str(connection.settings_dict["NAME"]))
    environment = {"DATABASE_URL": url, "EMAIL_URL": f"smtp://127.0.0.1:{mail_server.port}"}
    command = [sys.executable, "manage.py", "send_mail"]
    with process(*command, **environment), process(*command, **environment):
        wait_until(lambda: not Email.objects.exclude(state=State.SENT).exists())
        late = queue("late@example.com", at=datetime.now(now.tzinfo))
        wait_until(lambda: Email.objects.get(id=late.id).state == State.SENT)
    assert len(mail_server.received) == 61
    assert len({message["Message-ID"] for message in mail_server.received}) == 61


def test_a_killed_mailer_leaves_its_mails_to_the_next_one(
    mailer: Mailer, mail_server: Any, now: datetime
) -> None:
    mail = queue(at=now)
    services.claim_due(limit=10, at=now)  # and then killed
    assert mailer.send_due() == 0
    later = now + services.LEASE + timedelta(seconds=1)
    [again] = services.claim_due(limit=10, at=later)
    assert (again.id, again.attempts, again.message_id) == (mail.id, 2, mail.message_id)


def test_who_lost_the_lease_cannot_mark_the_mail(now: datetime) -> None:
    queue(at=now)
    [mine] = services.claim_due(limit=1, at=now)
    [theirs] = services.claim_due(limit=1, at=now + services.LEASE)
    assert services.mark_refused(mine, reason="too late") is False
    assert services.hand_over(mine, send=_fail, at=now) is False
    assert services.hand_over(theirs, send=lambda _: None, at=now) is True


def test_a_database_lost_after_the_handover_makes_no_second_copy(
    mailer: Mailer, mail_server: Any, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    mail = queue(at=now)

    def deliver_and_lose(letter: Letter) -> None:
        send(letter)
        ours = connection.connection.info.backend_pid
        url = django_database_url(str(connection.settings_dict["NAME"]))
        with psycopg.connect(url) as other:
            other.execute("SELECT pg_terminate_backend(%s)", [ours])

    send = mailer._server.send
    with monkeypatch.context() as broken:
        broken.setattr(mailer._server, "send", deliver_and_lose)
        with pytest.raises(DatabaseError):
            mailer.send_due()
    connection.close()
    Email.objects.filter(id=mail.id).update(next_attempt_at=now)
    drain(mailer)
    mail.refresh_from_db()
    assert mail.state == State.SENT
    assert len(mail_server.received) == 1


def test_a_stopped_mailer_finishes_and_gives_the_rest_back(
    mailer: Mailer, mail_server: Any, now: datetime
) -> None:
    queue(at=now)
    mailer.stop()
    mailer.send_due()
    mail = Email.objects.get()
    assert (mail.state, mail.attempts) == (State.QUEUED, 0)
    assert mail_server.received == []


def test_sigterm_ends_the_process_cleanly(mail_server: Any) -> None:
    url = django_database_url(str(connection.settings_dict["NAME"]))
    environment = {"DATABASE_URL": url, "EMAIL_URL": "smtp://127.0.0.1:9"}
    with process(sys.executable, "manage.py", "send_mail", **environment) as running:
        wait_until(_somebody_listens, what="the mailer waits for mail")
        running.terminate()
        assert running.wait(PATIENCE_S) == 0


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (smtplib.SMTPSenderRefused(550, b"no", "desk@example.com"), ServerAwayError),
        (smtplib.SMTPDataError(554, b"spam"), MailRefusedError),
    ],
)
def test_a_fault_of_ours_is_not_blamed_on_the_mail(
    error: smtplib.SMTPException, kind: type[Exception]
) -> None:
    assert isinstance(_judged(error), kind)


def test_a_connection_that_the_server_has_dropped_is_replaced(
    mailer: Mailer, mail_server: Any, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("notification_service.email.clients.smtp.PROBE_AFTER_S", 0)
    queue(at=now)
    drain(mailer)
    mail_server.stop()
    mail_server.start()
    queue(at=now)
    drain(mailer)
    assert len(mail_server.received) == 2
    assert not Email.objects.exclude(state=State.SENT).exists()


def _somebody_listens() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM pg_stat_activity"
            " WHERE datname = current_database() AND query = 'LISTEN email_queued'"
        )
        return cursor.fetchone() is not None


def _fail(mail: Email) -> None:
    raise AssertionError("it must not be sent")


def test_a_password_does_not_show_when_the_address_is_printed() -> None:
    from notification_service.email.clients import mail_url  # noqa: PLC0415

    address = mail_url.parsed("smtp+tls://u:s%40cret@mail.example.com", sender="a@b.c")
    assert (address.port, address.password, address.use_starttls) == (587, "s@cret", True)
    assert "s@cret" not in repr(address)
    assert isinstance(SmtpServer(address), SmtpServer)
    with pytest.raises(ValueError, match="EMAIL_URL"):
        mail_url.parsed("http://mail", sender="a@b.c")
