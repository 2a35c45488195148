"""manage.py seed_demo: the demo workflows, as soon as Auth has told of the roles they need."""

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from servicekit.errors import DomainError
from workflow_api.workflows import services

POLL_S = 0.5


class Command(BaseCommand):
    help = "Make and deploy the demo workflows that do not exist (never in production)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument(
            "--wait-s", type=float, default=60, help="how long to wait for the roles"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Wait for the roles, then seed; CommandError when they do not come."""
        give_up_at = time.monotonic() + options["wait_s"]
        while services.missing_roles() and time.monotonic() < give_up_at:
            time.sleep(POLL_S)
        try:
            made = services.seed_demo(at=timezone.now())
        except DomainError as exc:
            raise CommandError(exc.sentence) from exc
        for name in made:
            self.stdout.write(f"deployed: {name}")
        if not made:
            self.stdout.write("all demo workflows are there already")
