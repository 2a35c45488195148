"""Who may keep machines' credentials, and what these can be for."""

from auth_service.audit.actors import Actor
from servicekit.errors import Forbidden

HOME_SYSTEM = "tts"


def check_administers_machines(by: Actor) -> None:
    """Refuse everybody but the administrators of tts. Raises Forbidden."""
    if not by.administers(HOME_SYSTEM):
        raise Forbidden("Only an administrator of tts may do this.")
