"""Why somebody holds a step, in words."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from servicekit.auth import Principal
from servicekit.errors import NotFound
from workflow_api.roles import selectors as roles

from . import selectors
from .loading import TaskNotFound, number_of
from .models import Assignment
from .strategies import STRATEGIES

BY_HAND = {
    "stood_in": "{chosen} decided it, as one of the approvers or for somebody who was away.",
    "claimed": "{chosen} took it from the pool.",
    "assigned": "{by} decided that {chosen} has it.",
    "transferred": "{by} handed it over to {chosen}.",
    "migrated": "{chosen} has it since {by} took the task to another version of the workflow.",
    "reopened": "{chosen} had it before the task was reopened by {by}.",
}
SKIPPED = {
    "absent": "is away",
    "off_hours": "was outside their working hours",
    "at_capacity": "held as many open tasks as they may",
}
UNKNOWN = "It was given before decisions were kept."


class AssignmentNotFound(NotFound):
    message = "Task {task_id} has no assignment {assignment_id}."


@dataclass(frozen=True, kw_only=True)
class Considered:
    """Somebody who was looked at; `skip` is empty for who was eligible."""

    user_id: int
    user_name: str
    is_chosen: bool
    skip: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class Why:
    """What one assignment was decided by."""

    assignment: Assignment
    strategy: str
    sentence: str
    candidates: list[Considered]


def why(task_id: str, assignment_id: int, *, by: Principal, at: datetime) -> Why:
    """Return why somebody was given a step. Raises TaskNotFound, AssignmentNotFound."""
    number = number_of(task_id)
    if not selectors.visible_tasks(by, at=at).filter(number=number).exists():
        raise TaskNotFound(task_id=task_id)
    rows = Assignment.objects.filter(task=number, pk=assignment_id)
    assignment = rows.select_related("person", "role").first()
    if assignment is None:
        raise AssignmentNotFound(task_id=task_id, assignment_id=assignment_id)
    names = roles.names_of(_people(assignment))
    return Why(
        assignment=assignment,
        strategy=assignment.decision.get("strategy", ""),
        sentence=_sentence(assignment, names),
        candidates=list(_considered(assignment, names)),
    )


def _people(assignment: Assignment) -> Collection[int]:
    decision = assignment.decision
    asked = {each["user_id"] for each in decision.get("candidates", [])}
    stand_ins = {each["stand_in"] for each in decision.get("candidates", []) if "stand_in" in each}
    by = {decision["by"]} if decision.get("by") else set()
    return asked | stand_ins | by | {assignment.person_id}


def _sentence(assignment: Assignment, names: Mapping[int, str]) -> str:
    decision, chosen = assignment.decision, names[assignment.person_id]
    how = decision.get("strategy", "")
    if how in BY_HAND:
        by = names.get(decision.get("by") or 0, "The system")
        return BY_HAND[how].format(chosen=chosen, by=by)
    if how not in STRATEGIES:
        return UNKNOWN
    candidates = decision["candidates"]
    skipped = sum("skip" in each for each in candidates)
    asked = f"{len(candidates)} members of {assignment.role.name} were looked at, {skipped} skipped"
    for each in candidates:
        if each.get("stand_in") == assignment.person_id and each is candidates[0]:
            return f"{asked}. {chosen} stands in for {names[each['user_id']]}, whose turn it was."
    return f"{asked}. {chosen} was chosen: {STRATEGIES[how].reason}."


def _considered(assignment: Assignment, names: Mapping[int, str]) -> Iterator[Considered]:
    for each in assignment.decision.get("candidates", []):
        user_id, skip = each["user_id"], each.get("skip", "")
        is_chosen = user_id == assignment.person_id
        yield Considered(
            user_id=user_id,
            user_name=names.get(user_id, ""),
            is_chosen=is_chosen,
            skip=skip,
            reason=_reason(each, names, is_chosen=is_chosen),
        )


def _reason(each: Mapping[str, Any], names: Mapping[int, str], *, is_chosen: bool) -> str:
    name = names.get(each["user_id"], "")
    if "skip" in each:
        stand_in = f"; {names[each['stand_in']]} stands in" if "stand_in" in each else ""
        return f"{name} {SKIPPED[each['skip']]}{stand_in}."
    last = "never had a turn" if each.get("last_turn") is None else f"had turn {each['last_turn']}"
    return f"{name} {last}{' and was chosen' if is_chosen else ''}."
