"""The trail is written once."""

import pytest
from django.db import DatabaseError, transaction

from auth_service.audit.models import AuditEntry

pytestmark = pytest.mark.django_db


def test_nobody_corrects_the_trail(builtin: None) -> None:
    entry = AuditEntry.objects.latest("id")
    for tamper in (
        lambda: AuditEntry.objects.filter(pk=entry.pk).update(actor="nobody"),
        lambda: AuditEntry.objects.filter(pk=entry.pk).delete(),
    ):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            tamper()
    assert AuditEntry.objects.get(pk=entry.pk).actor == "operator"
