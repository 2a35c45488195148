"""Second factors, recovery codes, and challenges: a password was right, a code is awaited."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class Method(models.TextChoices):
    """How the second proof is given."""

    TOTP = "totp", "Authenticator app"
    EMAIL = "email", "Code by e-mail"


class SecondFactor(models.Model):
    """What a person proves beside the password; none while `method` is empty.

    `last_step` is the time step of the last code of the app that was used: no code counts twice.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        primary_key=True,
        on_delete=models.CASCADE,
        related_name="second_factor",
    )
    method = models.CharField(max_length=8, choices=Method, blank=True)
    sealed_secret = models.BinaryField(null=True)
    pending_secret = models.BinaryField(null=True)
    last_step = models.BigIntegerField(default=0)
    enabled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(method="", enabled_at=None, sealed_secret=None)
                | Q(method=Method.TOTP, enabled_at__isnull=False, sealed_secret__isnull=False)
                | Q(method=Method.EMAIL, enabled_at__isnull=False, sealed_secret=None),
                name="second_factor_is_whole",
            ),
        ]


class RecoveryCode(models.Model):
    """One way in without the second factor; only a keyed hash is kept."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="recovery_codes"
    )
    code_hmac = models.BinaryField(max_length=32)
    created_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "code_hmac"], name="recovery_code_once"),
        ]


class Challenge(models.Model):
    """An attempt that waits for its code: a sign-in (`session` is empty) or a proof in a session.

    `token_sha256` is of the `otp_session`, `code_hmac` of the code that went out by mail.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    session = models.ForeignKey(
        "tokens.Session", null=True, on_delete=models.CASCADE, related_name="+"
    )
    token_sha256 = models.BinaryField(max_length=32, null=True, unique=True)
    code_hmac = models.BinaryField(max_length=32, null=True)
    token_version = models.PositiveBigIntegerField()
    tries = models.PositiveSmallIntegerField(default=0)
    mails = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["expires_at"], name="challenge_expires_at")]
        constraints = [
            models.CheckConstraint(condition=Q(tries__lte=5), name="challenge_five_tries"),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")), name="challenge_ends_later"
            ),
            models.CheckConstraint(
                condition=Q(session=None, token_sha256__isnull=False)
                | Q(session__isnull=False, token_sha256=None),
                name="challenge_of_sign_in_or_session",
            ),
            models.UniqueConstraint(
                fields=["session"], condition=Q(used_at=None), name="challenge_one_open_per_session"
            ),
        ]
