"""Writing tasks; each function is one transaction with the task's row locked."""

from .bulk import act_on_many
from .cancelling import cancel_ticket
from .draining import assign_waiting
from .endings import close_task, reopen_task
from .escalation import escalate_overdue, escalate_task
from .handover import assign_task, claim_task, transfer_task
from .leaving import pass_on
from .owning import pass_on_ownership
from .pauses import hold_task, put_back_task, resume_task, wait_for_external
from .runs import begin_run
from .status import set_status
from .steps import decide_task, start_task, take_transition
from .tickets import insert_ticket, kind_of, leave_unmatched, revise_ticket, run_unmatched
from .words import learn_words

__all__ = [
    "act_on_many",
    "assign_task",
    "assign_waiting",
    "begin_run",
    "cancel_ticket",
    "claim_task",
    "close_task",
    "decide_task",
    "escalate_overdue",
    "escalate_task",
    "hold_task",
    "insert_ticket",
    "kind_of",
    "learn_words",
    "leave_unmatched",
    "pass_on",
    "pass_on_ownership",
    "put_back_task",
    "reopen_task",
    "resume_task",
    "revise_ticket",
    "run_unmatched",
    "set_status",
    "start_task",
    "take_transition",
    "transfer_task",
    "wait_for_external",
]
