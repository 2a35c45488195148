"""What a role grants has changed: the access tokens of its holders end, some hundreds at a time."""

from datetime import datetime

from django.db import transaction

from auth_service.access.models import Role
from auth_service.accounts.models import User
from auth_service.tokens.revocation import revoke_tokens_of

BATCH = 500


def revoke_holders(role: Role) -> None:
    """End the access tokens of the holders of a role whose row the caller has locked.

    The first batch at once, the rest by the sweep, so that no transaction locks a whole company.
    """
    role.revoked_up_to = 0
    _revoke_batch(role)


def revoke_remaining(*, at: datetime) -> None:
    """Sweep: end the tokens of the holders that a change of their role has not reached yet."""
    for role_id in _waiting():
        while _go_on(role_id):
            pass


@transaction.atomic
def _go_on(role_id: int) -> bool:
    """Take the next batch of a role, which is locked until commit; False when there is none."""
    locked = Role.objects.select_for_update(no_key=True).filter(pk=role_id)
    role = locked.exclude(revoked_up_to=None).first()
    if role is None:
        return False
    _revoke_batch(role)
    return role.revoked_up_to is not None


def _waiting() -> list[int]:
    roles = Role.objects.filter(revoked_up_to__isnull=False)
    return list(roles.order_by("pk").values_list("pk", flat=True))


def _revoke_batch(role: Role) -> None:
    holders = role.memberships.filter(is_active=True, user_id__gt=role.revoked_up_to)
    people = User.objects.filter(pk__in=holders.values("user_id")).order_by("pk")
    batch = list(people.select_for_update(no_key=True)[:BATCH])
    revoke_tokens_of(batch)
    role.revoked_up_to = batch[-1].pk if len(batch) == BATCH else None
    role.save(update_fields=["revoked_up_to"])
