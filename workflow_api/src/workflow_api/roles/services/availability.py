"""When a person can be given work."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from servicekit.auth import Principal
from servicekit.errors import Invalid
from workflow_api.audit import services as audit
from workflow_api.audit.services import AuditEntry
from workflow_api.roles.models import Availability, Member, Person, Role
from workflow_api.roles.selectors import PersonNotFound
from workflow_api.sla import selectors as calendars

FIELDS = ("absent_from", "absent_until", "substitute_id", "calendar_id", "max_open_tasks")


class NoSuchSubstitute(Invalid):
    message = "User {substitute_id} cannot stand in: they must be another, active person."


@transaction.atomic
def set_availability(
    *, user_id: int, values: Mapping[str, Any], by: Principal, at: datetime
) -> Availability:
    """Change some of a person's FIELDS; the others stay.

    The person's roles, in the order of their ids, then the person, are locked until commit: who is
    picking in one of them is waited for, and whoever picks next knows. Raises PersonNotFound,
    NoSuchSubstitute, Invalid.
    """
    held = Member.objects.filter(person=user_id).values("role")
    list(Role.objects.select_for_update(no_key=True).filter(pk__in=held).order_by("pk"))
    person = Person.objects.select_for_update(no_key=True).filter(pk=user_id).first()
    if person is None:
        raise PersonNotFound(user_id=user_id)
    row = Availability.objects.filter(person=person).first() or Availability(person=person)
    changes = [
        (name, getattr(row, name), value)
        for name, value in values.items()
        if getattr(row, name) != value
    ]
    for name, _, value in changes:
        setattr(row, name, value)
    _check(row)
    audit.record(
        *(
            AuditEntry(
                subject=person,
                action="availability_changed",
                at=at,
                by=by,
                field=name.removesuffix("_id"),
                old=_plain(old),
                new=_plain(new),
            )
            for name, old, new in changes
        )
    )
    row.save()
    person.save(update_fields=["audit_seq", "audit_hash"])
    return row


def _check(row: Availability) -> None:
    if row.absent_from is None and row.absent_until is not None:
        raise Invalid("Say from when.", field="absent_from")
    if row.absent_from and row.absent_until and row.absent_until <= row.absent_from:
        raise Invalid("An absence ends after it begins.", field="absent_until")
    if row.calendar_id is not None and not calendars.has_calendar(row.calendar_id):
        raise Invalid("There is no such calendar.", field="calendar_id")
    wanted = row.substitute_id
    if wanted is None:
        return
    known = Person.objects.filter(pk=wanted, is_active=True).exists()
    if wanted == row.person_id or not known:
        raise NoSuchSubstitute(substitute_id=wanted, field="substitute_id")


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value
