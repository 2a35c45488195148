"""Who may change which account: pure rules."""

from auth_service.audit.actors import Actor
from servicekit.errors import Conflict, Forbidden

HOME_SYSTEM = "tts"


class NotYourAccountToChange(Forbidden):
    message = "Only a superuser may change the account of a superuser."


class CannotDeactivateYourself(Conflict):
    message = "Nobody deactivates their own account; ask another administrator."


class OwnAddressIsConfirmed(Conflict):
    message = "Change your own address in your profile, where a mail to it confirms it."


def check_administers_people(by: Actor) -> None:
    """Refuse everybody but the administrators of this system, where people belong."""
    if not by.administers(HOME_SYSTEM):
        raise Forbidden("Only an administrator of tts may do this.")


def check_may_change(by: Actor, *, is_superuser: bool) -> None:
    """Refuse to let anybody but a superuser take over a superuser's account."""
    check_administers_people(by)
    if is_superuser and not by.is_superuser:
        raise NotYourAccountToChange


def check_may_set_password(by: Actor, *, user_id: int) -> None:
    """Refuse an administrator who would sign in as somebody else."""
    if not by.is_superuser and by.user_id != user_id:
        raise Forbidden("Only a superuser sets somebody else's password.")


def check_may_deactivate(by: Actor, *, user_id: int) -> None:
    """Refuse somebody who would lock himself out."""
    if by.user_id == user_id:
        raise CannotDeactivateYourself


def check_may_set_address(by: Actor, *, user_id: int) -> None:
    """Refuse somebody who would use an address that no mail has confirmed."""
    if by.user_id == user_id:
        raise OwnAddressIsConfirmed
