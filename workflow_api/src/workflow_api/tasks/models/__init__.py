"""Tickets as received, tasks (one run of one version for one ticket), and their history."""

from .records import Approval, Assignment, TaskEvent
from .runs import Task
from .texts import TicketText, Word
from .tickets import Ticket
from .words import (
    CLOCK_RUNS,
    IS_OPEN,
    OPEN_STATES,
    PAST_END,
    SEVERITIES,
    SEVERITY,
    STANDING,
    Outcome,
    Priority,
    Result,
    TicketState,
)

__all__ = [
    "CLOCK_RUNS",
    "IS_OPEN",
    "OPEN_STATES",
    "PAST_END",
    "SEVERITIES",
    "SEVERITY",
    "STANDING",
    "Approval",
    "Assignment",
    "Outcome",
    "Priority",
    "Result",
    "Task",
    "TaskEvent",
    "Ticket",
    "TicketState",
    "TicketText",
    "Word",
]
