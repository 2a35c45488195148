"""What an alert about a task says. Pure."""

from collections.abc import Mapping
from typing import Final

from servicekit.contracts import AssignmentNotification

_LEADS: Final[Mapping[str, str]] = {
    "task_assignment": "New task",
    "task_transfer": "Transferred to you",
    "task_escalation": "Escalated",
    "task_completed": "Completed",
    "workflow_step_change": "Next step",
    "sla_warning": "Due soon",
    "sla_breach": "Overdue",
}
MAX_SUBJECT_CHARS: Final = 200


def subject_of(news: AssignmentNotification) -> str:
    """Return the headline of an alert about a task."""
    lead = _LEADS.get(news.notification_type, "News")
    return f"{lead}: {news.task_title or news.task_id}"[:MAX_SUBJECT_CHARS]


def message_of(news: AssignmentNotification) -> str:
    """Return the sentence of an alert about a task."""
    parts = [f"{news.task_id} is with you as {news.role_name}"]
    if news.step_name:
        parts.append(f"at the step {news.step_name}")
    if news.priority:
        parts.append(f"with {news.priority.lower()} priority")
    return ", ".join(parts) + "."
