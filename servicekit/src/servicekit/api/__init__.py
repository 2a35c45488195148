"""The REST surface that all services share: bodies in, errors out, pages, idempotency."""

from .idempotency import IDEMPOTENCY_KEY, idempotent, idempotent_without
from .inputs import Duration, ExactInput, Input, StrictJSONParser, iso_duration
from .pagination import paginate

__all__ = [
    "IDEMPOTENCY_KEY",
    "Duration",
    "ExactInput",
    "Input",
    "StrictJSONParser",
    "idempotent",
    "idempotent_without",
    "iso_duration",
    "paginate",
]
