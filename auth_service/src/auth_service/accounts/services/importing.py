"""Many people at once, from a CSV file: all of them or none."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from django.db import connection, transaction

from auth_service.access.models import Role
from auth_service.access.selectors import roles_held
from auth_service.access.services import grant_role
from auth_service.accounts import csv_files, rules
from auth_service.accounts.csv_files import Fault, PersonRow
from auth_service.accounts.models import User
from auth_service.accounts.selectors import locked_user
from auth_service.audit.actors import Actor
from auth_service.audit.services import record
from servicekit.errors import Conflict, DomainError, Invalid

from .links import first_password_link
from .people import change, create_user

LOCK = 0x7475_6D70
Action = Literal["created", "updated", "unchanged"]


class ImportRunning(Conflict):
    message = "Another import is running; try again when it is done."


@dataclass(frozen=True)
class ImportedRow:
    """What became of one row."""

    row: int
    username: str
    action: Action


@dataclass
class Report:
    """What an import did, or would do; with errors nothing was written."""

    dry_run: bool
    rows: list[ImportedRow] = field(default_factory=list)
    errors: list[Fault] = field(default_factory=list)

    def count(self, action: Action) -> int:
        """How many rows ended so."""
        return sum(each.action == action for each in self.rows)

    @property
    def created(self) -> int:
        """People who are new."""
        return self.count("created")

    @property
    def updated(self) -> int:
        """People who changed."""
        return self.count("updated")

    @property
    def unchanged(self) -> int:
        """People who are as the file says."""
        return self.count("unchanged")


@transaction.atomic
def import_people(*, data: bytes, dry_run: bool, by: Actor, at: datetime) -> Report:
    """Create and change the people of a file; roles are added, never taken.

    A dry run does everything and rolls it back, so that it tells what would happen. One import
    runs at a time (advisory lock until commit). Raises Forbidden, FileRefused, ImportRunning.
    """
    rules.check_administers_people(by)
    rows = csv_files.cells(data)
    _lock()
    report = Report(dry_run=dry_run)
    with transaction.atomic():
        _write(rows, report=report, by=by, at=at)
        if dry_run or report.errors:
            transaction.set_rollback(True)
    if not dry_run and not report.errors:
        counts = {"created": report.created, "updated": report.updated}
        record("people_imported", subject="users", by=by, at=at, **counts)
    return report


def note_export(*, by: Actor, at: datetime) -> None:
    """Note who took the list of people away. Raises Forbidden."""
    rules.check_administers_people(by)
    record("people_exported", subject="users", by=by, at=at)


def _lock() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        row = cursor.fetchone()
    if not row or not row[0]:
        raise ImportRunning


def _write(
    rows: Iterable[tuple[int, dict[str, str]]], *, report: Report, by: Actor, at: datetime
) -> None:
    roles = _roles_by_name()
    seen: dict[str, int] = {}
    for number, cells in rows:
        person, faults = csv_files.parsed(number, cells)
        report.errors.extend(faults)
        if person is None:
            continue
        before = seen.setdefault(person.username.lower(), number)
        if before != number:
            text = f"This user name stands in row {before} already."
            report.errors.append(Fault(number, "username", text))
            continue
        try:
            with transaction.atomic():
                action = _apply(person, roles=roles, by=by, at=at)
        except DomainError as refusal:
            report.errors.extend(_faults(refusal, row=number))
        else:
            report.rows.append(ImportedRow(number, person.username, action))


def _faults(refusal: DomainError, *, row: int) -> list[Fault]:
    if isinstance(refusal, Invalid):
        return csv_files.faults_of(refusal, row=row)
    return [Fault(row, "row", refusal.sentence)]


def _apply(
    person: PersonRow, *, roles: dict[tuple[str, str], Role], by: Actor, at: datetime
) -> Action:
    known = User.objects.filter(username__iexact=person.username).values_list("pk").first()
    if known is None:
        user = _created(person, by=by, at=at)
        _give_roles(user, person, roles=roles, by=by, at=at)
        return "created"
    user = locked_user(known[0])
    rules.check_may_change(by, is_superuser=user.is_superuser)
    before = user.version
    change(user, changes=person.profile, by=by, at=at)
    given = _give_roles(user, person, roles=roles, by=by, at=at)
    return "updated" if given or user.version != before else "unchanged"


def _created(person: PersonRow, *, by: Actor, at: datetime) -> User:
    profile: dict[str, Any] = person.profile
    is_active = profile.pop("is_active", True)
    user = create_user(**profile, password=None, by=by, at=at)
    if is_active:
        first_password_link(user, by=by, at=at)
        return user
    return change(user, changes={"is_active": False}, by=by, at=at)


def _roles_by_name() -> dict[tuple[str, str], Role]:
    active = Role.objects.filter(is_active=True).select_related("system")
    return {(role.system.slug, role.name.lower()): role for role in active}


def _give_roles(
    user: User, person: PersonRow, *, roles: dict[tuple[str, str], Role], by: Actor, at: datetime
) -> bool:
    if not person.roles:
        return False
    held = {role.pk for role in roles_held(user.pk)}
    missing = [each for each in _wanted(person, roles=roles) if each.pk not in held]
    for role in missing:
        slug = role.system.slug
        grant_role(user_id=user.pk, role_id=role.pk, system=slug, by=by, at=at)
    return bool(missing)


def _wanted(person: PersonRow, *, roles: dict[tuple[str, str], Role]) -> list[Role]:
    unknown = [f"{slug}:{name}" for slug, name in person.roles if (slug, name.lower()) not in roles]
    if unknown:
        raise Invalid(f"There is no role {unknown[0]}.", field="roles")
    return [roles[slug, name.lower()] for slug, name in person.roles]
