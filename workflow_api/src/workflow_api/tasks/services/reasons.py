"""The reason that some acts need."""

from servicekit.errors import Invalid


class ReasonMissing(Invalid):
    message = "A reason is needed."


def check_reason(notes: str) -> None:
    """Raise ReasonMissing when no reason is given."""
    if not notes.strip():
        raise ReasonMissing(field="notes")
