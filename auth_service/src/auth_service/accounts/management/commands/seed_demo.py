"""manage.py seed_demo: the systems, roles and people of the demonstration."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from auth_service.accounts.demo import PEOPLE, seed


class Command(BaseCommand):
    help = "Create the demo people with their roles; running it again changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PROFILE == "production":
            raise CommandError("Demo accounts have known passwords: never in production.")
        seed(password=settings.DEMO_PASSWORD, at=timezone.now())
        self.stdout.write(f"{len(PEOPLE)} demo people are there.")
