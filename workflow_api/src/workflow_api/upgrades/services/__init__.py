"""Writing upgrades: begun, worked off task by task, undone."""

from ..tokens import PreviewMissing, PreviewNotGood
from .beginning import (
    AnotherAtWork,
    NotCancellable,
    NothingToMove,
    NotUndoable,
    PreviewUsed,
    begin_undo,
    begin_upgrade,
    cancel_upgrade,
)
from .working import advance, work

__all__ = [
    "AnotherAtWork",
    "NotCancellable",
    "NotUndoable",
    "NothingToMove",
    "PreviewMissing",
    "PreviewNotGood",
    "PreviewUsed",
    "advance",
    "begin_undo",
    "begin_upgrade",
    "cancel_upgrade",
    "work",
]
