"""Who is calling: bearer tokens verified by Auth's published keys."""

from .bearer import BearerAuthentication
from .principal import Principal, caller

__all__ = ["BearerAuthentication", "Principal", "caller"]
