"""Templates that an administrator has changed; what is not here ships with the service."""

from django.db import models
from django.db.models import Q


class Template(models.Model):
    """The changed template of one notification type."""

    notification_type = models.SlugField(max_length=50, primary_key=True)
    subject = models.TextField()
    text = models.TextField()
    html = models.TextField()
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    updated_by = models.CharField(max_length=150)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(subject="") & ~Q(text="") & ~Q(html=""), name="template_parts_filled"
            ),
            models.CheckConstraint(condition=Q(version__gte=1), name="template_version_positive"),
        ]

    def __str__(self) -> str:
        return self.notification_type
