"""Save a row whose name must be free."""

from django.db import IntegrityError, transaction

from auth_service.access.models import Role, System
from servicekit.errors import Invalid


def save_named(row: Role | System, *, taken: str, field: str) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as duplicate:
        raise Invalid(taken, field=field) from duplicate
