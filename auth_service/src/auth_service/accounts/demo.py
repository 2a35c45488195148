"""The people of the demonstration and the roles that they hold."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from auth_service.access import services as access
from auth_service.access.builtin import ADMIN, SYSTEMS
from auth_service.audit.actors import OPERATOR

from . import services
from .first import ensure_roles
from .models import User


@dataclass(frozen=True)
class Person:
    """One demo account; an administrator is a superuser and administers every system."""

    username: str
    first_name: str
    last_name: str
    role: str

    @property
    def is_admin(self) -> bool:
        """Whether this is the administrator."""
        return self.role == ADMIN

    @property
    def roles(self) -> list[tuple[str, str]]:
        """The roles as (system, name)."""
        return [(slug, self.role) for slug in (SYSTEMS if self.is_admin else ["tts"])]


PEOPLE = [
    Person("admin", "Ada", "Admin", ADMIN),
    Person("coordinator", "Cleo", "Coordinator", "Ticket Coordinator"),
    Person("l1.ana", "Ana", "Alvarez", "L1 Support"),
    Person("l1.ben", "Ben", "Baker", "L1 Support"),
    Person("l1.cho", "Cho", "Chang", "L1 Support"),
    Person("l2.dee", "Dee", "Dawson", "L2 Support"),
    Person("l2.eli", "Eli", "Ersoy", "L2 Support"),
    Person("asset.fay", "Fay", "Fischer", "Asset Manager"),
    Person("budget.gus", "Gus", "Gupta", "Budget Approver"),
]


@transaction.atomic
def seed(*, password: str, at: datetime) -> None:
    """Create who is missing, with their roles; nothing else of who exists is changed."""
    access.ensure_builtin(at=at)
    for person in PEOPLE:
        user = User.objects.filter(username=person.username).first()
        user = user or _create(person, password=password, at=at)
        ensure_roles(user, roles=person.roles, at=at)


def _create(person: Person, *, password: str, at: datetime) -> User:
    return services.create_user(
        username=person.username,
        email=f"{person.username}@example.com",
        first_name=person.first_name,
        last_name=person.last_name,
        password=password,
        is_superuser=person.is_admin,
        by=OPERATOR,
        at=at,
    )
