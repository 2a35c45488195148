"""Writes to memberships."""

from datetime import datetime

from django.db import transaction

from auth_service.access import rules, sync
from auth_service.access.models import Membership, Role
from auth_service.accounts.models import User
from auth_service.accounts.selectors import locked_user
from auth_service.audit.actors import Actor
from auth_service.audit.services import record
from auth_service.tokens.revocation import revoke_tokens
from servicekit.errors import Conflict, Invalid, NotFound

from .roles import locked_role


class AlreadyHeld(Conflict):
    message = "This person holds the role already."


@transaction.atomic
def grant_role(*, user_id: int, role_id: int, system: str, by: Actor, at: datetime) -> Membership:
    """Give a person a role of a system, or wake a membership that was suspended.

    Role and person are locked until commit. Raises Forbidden, NotYourself, Invalid, AlreadyHeld.
    """
    rules.check_administers(by, system=system)
    rules.check_not_self(by, user_id=user_id)
    role = _role_of(system, role_id=role_id)
    user = _person(user_id)
    membership = Membership.objects.filter(user=user, role=role).first()
    if membership and membership.is_active:
        raise AlreadyHeld
    membership = membership or Membership(user=user, role=role)
    membership.is_active = True
    membership.assigned_at, membership.assigned_by_id = at, by.user_id
    membership.save()
    sync.publish_user(user)
    record("role_granted", subject=f"user:{user_id}", by=by, at=at, role=str(role))
    return membership


@transaction.atomic
def suspend_membership(*, assignment_id: int, by: Actor, at: datetime) -> Membership:
    """Let a membership grant nothing until it is granted again; the person is locked.

    Raises NotFound, Forbidden, NotYourself. Tokens that carry the role end.
    """
    membership = _locked_membership(assignment_id, by=by)
    if not membership.is_active:
        return membership
    membership.is_active = False
    membership.save(update_fields=["is_active"])
    _role_lost(membership, action="role_suspended", by=by, at=at)
    return membership


@transaction.atomic
def wake_membership(*, assignment_id: int, by: Actor, at: datetime) -> Membership:
    """Let a suspended membership grant its role again; role and person are locked.

    Raises NotFound, Forbidden, NotYourself.
    """
    role_id = Membership.objects.filter(pk=assignment_id).values_list("role_id", flat=True).first()
    if role_id is None:
        raise NotFound("There is no such assignment.")
    role = locked_role(role_id)
    membership = _locked_membership(assignment_id, by=by)
    if membership.is_active:
        return membership
    membership.is_active = True
    membership.save(update_fields=["is_active"])
    sync.publish_user(membership.user)
    subject = f"user:{membership.user_id}"
    record("role_granted", subject=subject, by=by, at=at, role=str(role))
    return membership


@transaction.atomic
def revoke_role(*, assignment_id: int, by: Actor, at: datetime) -> None:
    """Take a role from a person; the person is locked, and tokens that carry the role end.

    Raises NotFound, Forbidden, NotYourself.
    """
    membership = _locked_membership(assignment_id, by=by)
    membership.delete()
    _role_lost(membership, action="role_revoked", by=by, at=at)


def _role_of(system: str, *, role_id: int) -> Role:
    try:
        role = locked_role(role_id)
    except NotFound as missing:
        raise Invalid("There is no such role.", field="role_id") from missing
    if role.system.slug != system:
        raise Invalid("The role belongs to another system.", field="role_id")
    return role


def _person(user_id: int) -> User:
    try:
        return locked_user(user_id)
    except NotFound as missing:
        raise Invalid("There is no such person.", field="user_id") from missing


def _locked_membership(assignment_id: int, *, by: Actor) -> Membership:
    found = Membership.objects.filter(pk=assignment_id).values_list("user_id", flat=True).first()
    if found is None:
        raise NotFound("There is no such assignment.")
    locked_user(found)
    membership = (
        Membership.objects.select_related("role__system", "user").filter(pk=assignment_id).first()
    )
    if membership is None:
        raise NotFound("There is no such assignment.")
    rules.check_administers(by, system=membership.role.system.slug)
    rules.check_not_self(by, user_id=membership.user_id)
    return membership


def _role_lost(membership: Membership, *, action: str, by: Actor, at: datetime) -> None:
    user = membership.user
    revoke_tokens(user)
    sync.publish_user(user)
    subject, role = f"user:{user.pk}", str(membership.role)
    record(action, subject=subject, by=by, at=at, role=role)
