from django.db import models


class Effect(models.Model):
    """Written once by each message that is worked."""

    subject = models.CharField(max_length=100)

    class Meta:
        app_label = "kit_app"


def has_more_effects(*, than: int) -> bool:
    return Effect.objects.count() > than
