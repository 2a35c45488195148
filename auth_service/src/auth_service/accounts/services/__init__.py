"""Writes to people. Locks are taken in the order person, link; imports run one at a time."""

from .addresses import confirm_address
from .importing import ImportRunning, import_people, note_export
from .links import ask_for_reset, first_password_link, reset_password
from .people import (
    add_hashed,
    add_person,
    create_user,
    deactivate_user,
    set_active,
    update_user,
)
from .pictures import remove_picture, set_picture
from .profile import change_password, set_password, update_profile

__all__ = [
    "ImportRunning",
    "add_hashed",
    "add_person",
    "ask_for_reset",
    "change_password",
    "confirm_address",
    "create_user",
    "deactivate_user",
    "first_password_link",
    "import_people",
    "note_export",
    "remove_picture",
    "reset_password",
    "set_active",
    "set_password",
    "set_picture",
    "update_profile",
    "update_user",
]
