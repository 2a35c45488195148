"""The replica of Auth's roles, people and memberships; `version` says which news is newer."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q


class Role(models.Model):
    """A role of one of the business systems.

    `version` 0 marks a placeholder: a person's news named the role before its own news arrived.
    `next_turn` is the round-robin cursor; only who assigns writes it, with the row locked.
    """

    role_id = models.BigIntegerField(primary_key=True)
    name = models.CharField(max_length=150)
    system = models.CharField(max_length=20)
    description = models.TextField(blank=True, default="")
    is_active = models.BooleanField(default=True)
    version = models.BigIntegerField(default=0)
    next_turn = models.BigIntegerField(default=0)
    audit_seq = models.IntegerField(default=0)
    audit_hash = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(role_id__gt=0), name="role_id_positive"),
            models.CheckConstraint(
                condition=Q(version__gte=0, next_turn__gte=0), name="role_counters_not_negative"
            ),
        ]
        indexes = [models.Index(fields=["system", "name"], name="role_by_system_name")]

    def __str__(self) -> str:
        return f"{self.name} ({self.system})"

    @property
    def audit_subject(self) -> str:
        return f"role:{self.role_id}"


class Person(models.Model):
    """Somebody whom Auth knows; the number is Auth's."""

    user_id = models.BigIntegerField(primary_key=True)
    username = models.CharField(max_length=150)
    email = models.CharField(max_length=254, blank=True, default="")
    full_name = models.CharField(max_length=320, blank=True, default="")
    is_active = models.BooleanField(default=True)
    version = models.BigIntegerField(default=0)
    audit_seq = models.IntegerField(default=0)
    audit_hash = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        verbose_name_plural = "people"
        constraints = [
            models.CheckConstraint(
                condition=Q(user_id__gt=0, version__gte=0), name="person_numbers_positive"
            ),
        ]

    def __str__(self) -> str:
        return self.full_name or self.username

    @property
    def audit_subject(self) -> str:
        return f"person:{self.user_id}"


class Member(models.Model):
    """That a person holds a role.

    `is_active` is true while Auth lists the membership and the person is active: nobody needs to
    join Person to know who may be given work. `last_turn` is the role's cursor when this member
    was last assigned; null for who never was. No index holds it: each assignment moves it, and
    so the row is replaced within its page.
    """

    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="members")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    is_active = models.BooleanField(default=True)
    last_turn = models.BigIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["role", "person"], name="member_once_per_role"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.role_id}"


class Availability(models.Model):
    """When a person can be given work; who has no row always can.

    Absent from `absent_from` until `absent_until`, or until further notice. While absent, the
    person's turns and approvals are the substitute's. `calendar` are the working hours, None day
    and night; `max_open_tasks` caps what is given, not what somebody takes. Whoever writes it
    locks the person's roles, as who assigns does.
    """

    person = models.OneToOneField(
        Person, primary_key=True, on_delete=models.PROTECT, related_name="availability"
    )
    absent_from = models.DateTimeField(null=True, blank=True)
    absent_until = models.DateTimeField(null=True, blank=True)
    substitute = models.ForeignKey(
        Person,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="stands_in_for",
    )
    calendar = models.ForeignKey(
        "sla.Calendar", null=True, blank=True, on_delete=models.PROTECT, related_name="people"
    )
    max_open_tasks = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "availabilities"
        constraints = [
            models.CheckConstraint(
                condition=Q(absent_until=None) | Q(absent_until__gt=F("absent_from")),
                name="availability_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(substitute=None) | ~Q(substitute=F("person")),
                name="availability_other_substitute",
            ),
        ]

    def __str__(self) -> str:
        return f"availability of {self.person_id}"

    def is_absent(self, at: datetime) -> bool:
        """Whether the person is away at that instant."""
        if self.absent_from is None or self.absent_from > at:
            return False
        return self.absent_until is None or self.absent_until > at
