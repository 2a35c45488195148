from typing import ClassVar

from servicekit.contracts import Message


class Good(Message):
    """Leaves an Effect."""

    TASK: ClassVar[str] = "kit.good"
    QUEUE: ClassVar[str] = "kit.good"

    subject: str
    boom: str = ""


class Other(Message):
    """May come on its own queue only."""

    TASK: ClassVar[str] = "kit.other"
    QUEUE: ClassVar[str] = "kit.other"


class Nowhere(Message):
    """Its queue does not exist."""

    TASK: ClassVar[str] = "kit.nowhere"
    QUEUE: ClassVar[str] = "kit.nowhere"
