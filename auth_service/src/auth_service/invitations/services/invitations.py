"""Writes to invitations."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from auth_service.access.models import Role
from auth_service.access.selectors import systems_administered
from auth_service.accounts import links
from auth_service.accounts import services as accounts
from auth_service.accounts.links import LinkInvalid
from auth_service.accounts.mails import send_account_created
from auth_service.accounts.models import User
from auth_service.accounts.selectors import user_called
from auth_service.audit.actors import Actor
from auth_service.audit.services import record
from auth_service.invitations import rules
from auth_service.invitations.models import Invitation
from auth_service.invitations.selectors import invitation as visible
from servicekit import outbox
from servicekit.contracts import SendEmail
from servicekit.errors import Conflict, Invalid

from .roles import give, roles_of

VALID = timedelta(days=7)
State = Invitation.State


class InvitedAlready(Conflict):
    message = "This address is invited already; send that invitation again."


@transaction.atomic
def invite(
    *,
    email: str,
    first_name: str,
    last_name: str,
    role_ids: Iterable[int],
    by: Actor,
    at: datetime,
) -> Invitation:
    """Mail a link that makes an account with these roles, once, within seven days.

    Raises Forbidden, Invalid, InvitedAlready.
    """
    roles = roles_of(role_ids)
    rules.check_may_invite(by, systems=(role.system.slug for role in roles))
    if user_called(email):
        raise Invalid("There is an account with this address.", field="email")
    names = {"first_name": first_name, "last_name": last_name}
    token, invitation = links.new_token(), Invitation(email=email, created_at=at, **names)
    _renew(invitation, token=token, by=by, at=at)
    _store(invitation, at=at)
    invitation.roles.set(roles)
    _send(invitation, roles=roles, token=token, by=by)
    held = [str(role) for role in roles]
    record("invited", subject=_subject(invitation), by=by, at=at, email=email, roles=held)
    return visible(invitation.pk, by=by, at=at)


@transaction.atomic
def resend(*, invitation_id: int, by: Actor, at: datetime) -> Invitation:
    """Mail a new link for seven days; the old one is dead. Locks the invitation.

    Whoever sends it answers for the roles. Raises NotFound, Forbidden, NotPending.
    """
    invitation = _locked(invitation_id, by=by, at=at)
    if user_called(invitation.email):
        raise Conflict("There is an account with this address now.")
    roles = list(invitation.roles.select_related("system"))
    rules.check_may_invite(by, systems=(role.system.slug for role in roles))
    token = links.new_token()
    _renew(invitation, token=token, by=by, at=at)
    invitation.save()
    _send(invitation, roles=roles, token=token, by=by)
    record("invitation_resent", subject=_subject(invitation), by=by, at=at)
    return visible(invitation.pk, by=by, at=at)


@transaction.atomic
def revoke(*, invitation_id: int, by: Actor, at: datetime) -> None:
    """Kill the link of an invitation; locks it. Raises NotFound, NotPending."""
    invitation = _locked(invitation_id, by=by, at=at)
    invitation.state = State.REVOKED
    invitation.save(update_fields=["state"])
    record("invitation_revoked", subject=_subject(invitation), by=by, at=at)


@transaction.atomic
def accept(
    *,
    token: str,
    username: str,
    password: str,
    by: Actor,
    at: datetime,
    first_name: str | None = None,
    last_name: str | None = None,
) -> User:
    """Make the account of an invitation, with what its sender may still give.

    The invitation is locked until commit: one caller wins. Raises LinkInvalid, Invalid.
    """
    invitation = _claimed(token, at=at)
    inviter = _inviter(invitation)
    person = User(
        username=username,
        email=invitation.email,
        first_name=invitation.first_name if first_name is None else first_name,
        last_name=invitation.last_name if last_name is None else last_name,
    )
    roles = invitation.roles.filter(is_active=True).select_related("system")
    user = accounts.add_person(person, password=password, by=by, at=at)
    give(user, roles=roles.order_by("pk"), by=inviter, at=at)
    invitation.state, invitation.accepted_by = State.ACCEPTED, user
    invitation.save(update_fields=["state", "accepted_by"])
    send_account_created(user)
    _note_accepted(invitation, user, ip_address=by.ip_address, at=at)
    return user


def _note_accepted(
    invitation: Invitation, user: User, *, ip_address: str | None, at: datetime
) -> None:
    who = Actor(user_id=user.pk, username=user.username, ip_address=ip_address)
    record("invitation_accepted", subject=_subject(invitation), by=who, at=at)


def _store(invitation: Invitation, *, at: datetime) -> None:
    pending = Invitation.objects.filter(email__iexact=invitation.email, state=State.PENDING)
    pending.filter(expires_at__lte=at).update(state=State.EXPIRED)
    try:
        with transaction.atomic():
            invitation.save()
    except IntegrityError as refusal:
        raise InvitedAlready from refusal


def _claimed(token: str, *, at: datetime) -> Invitation:
    pending = Invitation.objects.select_for_update(of=("self",)).select_related("invited_by")
    found = pending.filter(token_sha256=links.digest(token), state=State.PENDING)
    invitation = found.filter(expires_at__gt=at).first()
    if invitation is None:
        raise LinkInvalid
    return invitation


def _inviter(invitation: Invitation) -> Actor:
    """Who gives the roles, with the rights of now. Raises LinkInvalid when those are gone."""
    user = invitation.invited_by
    actor = Actor(
        user_id=user.pk,
        username=user.username,
        admin_of=systems_administered(user.pk),
        is_superuser=user.is_superuser,
    )
    systems = set(invitation.roles.values_list("system__slug", flat=True))
    may = actor.administers("tts") if not systems else all(map(actor.administers, systems))
    if not user.is_active or not may:
        raise LinkInvalid
    return actor


def _locked(invitation_id: int, *, by: Actor, at: datetime) -> Invitation:
    visible(invitation_id, by=by, at=at)
    invitation = Invitation.objects.select_for_update().get(pk=invitation_id)
    if invitation.state != State.PENDING:
        raise rules.NotPending
    return invitation


def _renew(invitation: Invitation, *, token: str, by: Actor, at: datetime) -> None:
    invitation.token_sha256, invitation.expires_at = links.digest(token), at + VALID
    invitation.invited_by_id = by.user_id or 0


def _send(invitation: Invitation, *, roles: list[Role], token: str, by: Actor) -> None:
    name = f"{invitation.first_name} {invitation.last_name}".strip()
    context = {
        "user_name": name,
        "actor_name": by.username,
        "role_name": ", ".join(role.name for role in roles),
        "invitation_url": links.url("invitation", token),
        "expires_at": invitation.expires_at.isoformat(),
    }
    mail = SendEmail(to=invitation.email, notification_type="invitation", context=context)
    outbox.record(mail)


def _subject(invitation: Invitation) -> str:
    return f"invitation:{invitation.pk}"
