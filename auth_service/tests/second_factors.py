"""A person with a second factor, and codes of their app and their mail."""

from datetime import datetime

import pyotp
from conftest import PASSWORD
from django.utils import timezone
from rest_framework.test import APIClient

from auth_service.accounts.models import User
from auth_service.second_factor import codes, secrets
from auth_service.second_factor.models import Method, SecondFactor
from servicekit.contracts import SendEmail
from servicekit.outbox.models import OutboxMessage

WRONG = "000000x"  # six digits might be right
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def with_app(user: User, settings_secret: str) -> list[str]:
    """Switch the app on and return the recovery codes."""
    sealed = secrets.seal(SECRET, user_id=user.pk, secret=settings_secret)
    at = timezone.now()
    SecondFactor.objects.update_or_create(
        pk=user.pk, defaults={"method": Method.TOTP, "sealed_secret": sealed, "enabled_at": at}
    )
    return codes.new_recovery_codes(user, at=at)


def with_mail(user: User) -> list[str]:
    """Switch codes by mail on and return the recovery codes."""
    at = timezone.now()
    SecondFactor.objects.update_or_create(
        pk=user.pk, defaults={"method": Method.EMAIL, "enabled_at": at}
    )
    return codes.new_recovery_codes(user, at=at)


def app_code(*, secret: str = SECRET, at: datetime | None = None) -> str:
    return pyotp.TOTP(secret).at(at or timezone.now())


def mailed_codes() -> list[str]:
    return [each["context"]["otp_code"] for each in mails("otp")]


def mails(kind: str) -> list[dict]:
    rows = OutboxMessage.objects.filter(task=SendEmail.TASK).order_by("pk")
    return [row.kwargs for row in rows if row.kwargs["notification_type"] == kind]


def begin(client: APIClient, name: str = "ana", path: str = "/token/") -> str:
    """Sign in with the password and return the `otp_session`."""
    answer = client.post(path, {"username": name, "password": PASSWORD})
    assert answer.status_code == 401, answer.json()
    assert answer.json()["code"] == "OTP_REQUIRED"
    return str(answer.json()["otp_session"])
