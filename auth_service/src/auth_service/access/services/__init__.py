"""Writes to systems, roles and memberships. Locks are taken in the order role, person."""

from .builtin import ensure_builtin, reconcile
from .memberships import (
    AlreadyHeld,
    grant_role,
    revoke_role,
    suspend_membership,
    wake_membership,
)
from .roles import RoleInUse, create_role, demand_second_factor, retire_role, update_role
from .systems import create_system, delete_system, update_system

__all__ = [
    "AlreadyHeld",
    "RoleInUse",
    "create_role",
    "create_system",
    "delete_system",
    "demand_second_factor",
    "ensure_builtin",
    "grant_role",
    "reconcile",
    "retire_role",
    "revoke_role",
    "suspend_membership",
    "update_role",
    "update_system",
    "wake_membership",
]
