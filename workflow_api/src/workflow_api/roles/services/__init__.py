"""Writing the replica of Auth's roles and people, and when people can be given work."""

from .availability import set_availability
from .following import Applied, apply_person, apply_role

__all__ = ["Applied", "apply_person", "apply_role", "set_availability"]
