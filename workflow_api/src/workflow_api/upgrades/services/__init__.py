"""Writing upgrades: begun, worked off task by task, undone."""

from ..tokens import PreviewMissing, PreviewNotGood
from .beginning import (
    AnotherAtWork,
    NothingToMove,
    NotUndoable,
    PreviewUsed,
    begin_undo,
    begin_upgrade,
)
from .working import advance, work

__all__ = [
    "AnotherAtWork",
    "NotUndoable",
    "NothingToMove",
    "PreviewMissing",
    "PreviewNotGood",
    "PreviewUsed",
    "advance",
    "begin_undo",
    "begin_upgrade",
    "work",
]
