"""Business calendars: when a service level's clock runs."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower


class Calendar(models.Model):
    """Weekly working hours and holidays in one time zone.

    `weekly_hours` maps `mon` … `sun` to lists of `["09:00", "17:00"]` in local wall time;
    `holidays` lists `{"on": "2026-12-25", "name": "…"}`. With a `country` (ISO 3166-1 alpha-2, and
    its `subdivision`) the public holidays are observed as well.
    """

    name = models.CharField(max_length=100)
    time_zone = models.CharField(max_length=64, default="UTC")
    weekly_hours = models.JSONField(default=dict)
    holidays = models.JSONField(default=list, blank=True)
    country = models.CharField(max_length=2, blank=True, default="")
    subdivision = models.CharField(max_length=10, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("name"), name="calendar_name_unique"),
            models.CheckConstraint(
                condition=Q(subdivision="") | ~Q(country=""), name="calendar_subdivision_of_country"
            ),
        ]

    def __str__(self) -> str:
        return self.name
