"""Tickets as received, tasks (one run of one version for one ticket), and their history."""

from .branches import IS_UNDER_WAY, UNDER_WAY, Branch, BranchState, Place
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
    "IS_UNDER_WAY",
    "OPEN_STATES",
    "PAST_END",
    "SEVERITIES",
    "SEVERITY",
    "STANDING",
    "UNDER_WAY",
    "Approval",
    "Assignment",
    "Branch",
    "BranchState",
    "Outcome",
    "Place",
    "Priority",
    "Result",
    "Task",
    "TaskEvent",
    "Ticket",
    "TicketState",
    "TicketText",
    "Word",
]
