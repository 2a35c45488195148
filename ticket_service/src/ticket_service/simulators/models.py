"""State of the simulated AMS and BMS, and the switch for their misbehaviour."""

from django.db import models
from django.db.models import F, Q


class Name(models.TextChoices):
    AMS = "ams", "Asset management (AMS)"
    BMS = "bms", "Budget management (BMS)"
    BMS_TOKEN = "bms-token", "Token endpoint of the BMS"


class Mode(models.TextChoices):
    """How a simulator behaves; `LOST` and `TIMEOUT` do their work and then fail to say so."""

    NORMAL = "normal", "as it should"
    SLOW = "slow", "answers late"
    TIMEOUT = "timeout", "does it, answers after every client has given up"
    ERROR = "error", "500, nothing done"
    UNAVAILABLE = "unavailable", "503, nothing done"
    LOST = "lost", "does it, then 500"
    REFUSE = "refuse", "says no to everything"
    GARBAGE = "garbage", "200 with a body that is no JSON"
    LYING = "lying", "200 with JSON that lacks every promised field"
    HUGE = "huge", "200 with 32 MiB"
    WRONG_CONTENT_TYPE = "wrong_content_type", "200 with an HTML page"
    BAD_TOKEN = "bad_token", "401 whatever key or token is sent"


class Simulator(models.Model):
    """The switch of one simulator. `remaining` calls misbehave, all of them where it is null."""

    name = models.CharField(max_length=10, choices=Name, primary_key=True)
    mode = models.CharField(max_length=20, choices=Mode, default=Mode.NORMAL)
    delay_ms = models.PositiveIntegerField(default=0)
    remaining = models.PositiveIntegerField(null=True, blank=True)
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(name__in=Name.values), name="simulator_known"),
            models.CheckConstraint(condition=Q(mode__in=Mode.values), name="simulator_mode_known"),
            models.CheckConstraint(condition=Q(delay_ms__lte=60_000), name="simulator_delay_1min"),
        ]

    def __str__(self) -> str:
        return self.get_name_display()


class Asset(models.Model):
    """A thing that the AMS lends. Free when `reserved_until` is null or past."""

    asset_id = models.CharField(max_length=64, primary_key=True)
    kind = models.CharField(max_length=50, db_index=True)
    name = models.CharField(max_length=100)
    location = models.CharField(max_length=100)
    reserved_until = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.asset_id


class Reservation(models.Model):
    """Who has an asset, for which task, until when."""

    reservation_id = models.CharField(max_length=40, primary_key=True)
    asset = models.ForeignKey(Asset, models.CASCADE, related_name="reservations")
    requester_id = models.CharField(max_length=100)
    task_id = models.CharField(max_length=100)
    notes = models.TextField(blank=True, default="")
    created_at = models.DateTimeField()
    valid_until = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__gt=F("created_at")), name="reservation_ends_later"
            ),
        ]

    def __str__(self) -> str:
        return self.reservation_id


class BudgetLine(models.Model):
    """What a department may spend on a category, in USD; never overspent."""

    budget_line_id = models.CharField(max_length=64, primary_key=True)
    department = models.CharField(max_length=100)
    category = models.CharField(max_length=100)
    total = models.DecimalField(max_digits=14, decimal_places=2)
    spent = models.DecimalField(max_digits=14, decimal_places=2, default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["department", "category"], name="budget_line_one_per_category"
            ),
            models.CheckConstraint(
                condition=Q(spent__gte=0) & Q(spent__lte=F("total")), name="budget_not_overspent"
            ),
        ]

    def __str__(self) -> str:
        return self.budget_line_id


class Approval(models.Model):
    """Money that the BMS has set aside."""

    approval_id = models.CharField(max_length=40, primary_key=True)
    line = models.ForeignKey(BudgetLine, models.CASCADE, related_name="approvals")
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    requester_id = models.CharField(max_length=100)
    justification = models.TextField(blank=True, default="")
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.approval_id


class KeptAnswer(models.Model):
    """The answer to a request that brought an idempotency key, given again to the same request."""

    simulator = models.CharField(max_length=10, choices=Name)
    key = models.CharField(max_length=200)
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    body = models.JSONField()
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["simulator", "key"], name="kept_answer_once"),
        ]

    def __str__(self) -> str:
        return f"{self.simulator} {self.key}"
