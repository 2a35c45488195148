"""How evenly work was given out: per role and member, over a time."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Count, Q, Sum

from workflow_api.roles import selectors as roles
from workflow_api.roles.models import Member

from .models import Assignment
from .strategies import STRATEGIES

_SKIPS = """
SELECT a.role_id, (c ->> 'user_id')::bigint, c ->> 'skip', count(*)
FROM tasks_assignment a, jsonb_array_elements(a.decision -> 'candidates') c
WHERE a.assigned_at >= %s AND a.assigned_at < %s AND a.role_id = ANY(%s)
  AND c ->> 'skip' IS NOT NULL
GROUP BY 1, 2, 3
"""


@dataclass(kw_only=True)
class MemberShare:
    """What one person was given; `given` counts what a strategy decided, `taken` the rest."""

    user_id: int
    user_name: str
    is_member: bool
    given: int = 0
    taken: int = 0
    effort: float = 0
    share: float = 0
    skips: dict[str, int] = field(default_factory=dict)

    @property
    def assignments(self) -> int:
        return self.given + self.taken


@dataclass(frozen=True, kw_only=True)
class RoleShares:
    """One role; `spread` is max - min of `given` over who holds it now and was never skipped."""

    role_id: int
    role: str
    members: list[MemberShare]

    @property
    def assignments(self) -> int:
        return sum(each.assignments for each in self.members)

    @property
    def effort(self) -> float:
        return sum(each.effort for each in self.members)

    @property
    def spread(self) -> int:
        steady = [each.given for each in self.members if each.is_member and not each.skips]
        return max(steady) - min(steady) if steady else 0


def shares(role_ids: Iterable[int], *, since: datetime, until: datetime) -> list[RoleShares]:
    """Return what was given from `since` on and before `until`, in four queries."""
    wanted = roles.roles_by_id(role_ids)
    by_role: dict[int, dict[int, MemberShare]] = defaultdict(dict)
    for member in Member.objects.filter(role__in=wanted, is_active=True).select_related("person"):
        by_role[member.role_id][member.person_id] = MemberShare(
            user_id=member.person_id, user_name=str(member.person), is_member=True
        )
    _count(by_role, wanted, since=since, until=until)
    _count_skips(by_role, wanted, since=since, until=until)
    named = sorted(wanted.values(), key=lambda role: role.name)
    return [_finished(role.role_id, role.name, by_role[role.role_id]) for role in named]


def _count(
    by_role: dict[int, dict[int, MemberShare]],
    wanted: Mapping[int, Any],
    *,
    since: datetime,
    until: datetime,
) -> None:
    given = Q(decision__strategy__in=list(STRATEGIES))
    rows = (
        Assignment.objects.filter(role__in=wanted, assigned_at__gte=since, assigned_at__lt=until)
        .values("role_id", "person_id", "person__full_name", "person__username")
        .annotate(all=Count("id"), given=Count("id", filter=given), effort=Sum("weight"))
    )
    for row in rows:
        name = row["person__full_name"] or row["person__username"]
        fresh = MemberShare(user_id=row["person_id"], user_name=name, is_member=False)
        share = by_role[row["role_id"]].setdefault(row["person_id"], fresh)
        share.given, share.taken = row["given"], row["all"] - row["given"]
        share.effort = row["effort"]


def _count_skips(
    by_role: dict[int, dict[int, MemberShare]],
    wanted: Mapping[int, Any],
    *,
    since: datetime,
    until: datetime,
) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_SKIPS, [since, until, list(wanted)])
        for role_id, user_id, skip, count in cursor.fetchall():
            if user_id in by_role[role_id]:
                by_role[role_id][user_id].skips[skip] = count


def _finished(role_id: int, name: str, members: Mapping[int, MemberShare]) -> RoleShares:
    total = sum(each.effort for each in members.values())
    for each in members.values():
        each.share = round(each.effort / total, 4) if total else 0.0
    listed = sorted(members.values(), key=lambda each: each.user_id)
    return RoleShares(role_id=role_id, role=name, members=listed)
