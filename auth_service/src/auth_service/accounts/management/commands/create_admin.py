"""manage.py create_admin: the first account of an installation, or one more of its kind."""

import getpass
import os
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from auth_service.accounts.first import create_admin
from servicekit.errors import DomainError


class Command(BaseCommand):
    help = "Create a superuser who administers every system (password: TTS_ADMIN_PASSWORD or typed)"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("email")

    def handle(self, *args: Any, **options: Any) -> None:
        password = os.environ.get("TTS_ADMIN_PASSWORD") or getpass.getpass()
        try:
            user = create_admin(
                username=options["username"],
                email=options["email"],
                password=password,
                at=timezone.now(),
            )
        except DomainError as refusal:
            raise CommandError(f"{refusal.sentence} {refusal.details}") from refusal
        self.stdout.write(f"{user.username} (id {user.pk}) administers every system.")
