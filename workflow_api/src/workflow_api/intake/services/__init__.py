"""Taking tickets in, replaying them, and healing those that fitted nothing."""

from .healing import assign_workflow, match_waiting
from .receiving import fitting_version, receive_ticket
from .replay import AT_ONCE as REPLAYS_AT_ONCE
from .replay import of_many, replay, replay_all, set_aside
from .waiting import apply_waiting_updates

__all__ = [
    "REPLAYS_AT_ONCE",
    "apply_waiting_updates",
    "assign_workflow",
    "fitting_version",
    "match_waiting",
    "of_many",
    "receive_ticket",
    "replay",
    "replay_all",
    "set_aside",
]
