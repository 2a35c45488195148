"""Writes to invitations and registrations. Locks: invitation or registration, role, person."""

from .invitations import accept, invite, resend, revoke
from .registrations import approve, register, reject

__all__ = ["accept", "approve", "invite", "register", "reject", "resend", "revoke"]
