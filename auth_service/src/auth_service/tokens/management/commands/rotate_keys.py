"""manage.py rotate_keys: publish the next signing key; it signs when everybody knows it."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from auth_service.audit.actors import OPERATOR
from auth_service.tokens import keyring


class Command(BaseCommand):
    help = "Publish a new signing key now, sign with it in a few minutes, retire the old one."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            key = keyring.rotate(by=OPERATOR, at=timezone.now())
        except keyring.RotationPending as pending:
            raise CommandError(pending.sentence) from pending
        self.stdout.write(f"Key {key.kid} is published and signs from {key.signs_from:%H:%M:%S}Z.")
