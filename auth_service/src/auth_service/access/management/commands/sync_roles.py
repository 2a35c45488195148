"""manage.py sync_roles: tell the other services every role and every membership again."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from auth_service.access.sync import republish_everything


class Command(BaseCommand):
    help = "Record all roles, people and memberships for publishing, with their versions."

    def handle(self, *args: Any, **options: Any) -> None:
        republish_everything(at=timezone.now())
        self.stdout.write("Every role and every person will be published again.")
