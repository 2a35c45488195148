"""Taking tickets in, and healing those that fitted nothing."""

from .healing import assign_workflow, match_waiting
from .receiving import fitting_version, receive_ticket

__all__ = ["assign_workflow", "fitting_version", "match_waiting", "receive_ticket"]
