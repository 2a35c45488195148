"""What is offered upon a task, and what would be accepted, for people of every kind."""

from datetime import UTC, datetime
from functools import partial

from django.db import transaction
from world import principal, role, workflow

from servicekit.errors import DomainError
from workflow_api.roles.models import Member
from workflow_api.tasks import details, routing, services
from workflow_api.tasks.loading import TaskNotFound
from workflow_api.tasks.models import Task
from workflow_api.tasks.parallel import branches_of
from workflow_api.tasks.routing import Action
from workflow_api.workflows import selectors as workflows

NOW = datetime(2031, 3, 3, 9, 0, tzinfo=UTC)
REQUESTER = "user22@example.com"
PEOPLE = {
    1: ("Admin",),
    8: ("Ticket Coordinator",),
    9: ("Ticket Coordinator",),
    11: ("L1 Support",),
    12: ("L1 Support",),
    21: ("Approver", "Security"),
    22: ("Approver", "Security"),
    23: ("Approver",),
    24: ("Approver", "Admin"),
    31: ("Deputy", "Buying"),
    41: ("L2 Support",),
    99: ("Gardener",),
}
MEMBERS = (11, 12, 21, 22, 31, 41)


def who(user_id):
    return principal(user_id, *PEOPLE[user_id])


def staffed():
    """Give everybody of PEOPLE their roles."""
    names = sorted({name for held in PEOPLE.values() for name in held})
    numbers = {"Admin": 1, "Ticket Coordinator": 2, "L1 Support": 3, "Security": 4, "Buying": 5}
    for index, name in enumerate(names):
        held_by = [user_id for user_id, held in PEOPLE.items() if name in held]
        role(numbers.get(name, 60 + index), name, *held_by)


def approving(**values):
    """Ask (L1, above it L2) → Decide (Approvers) → Pay (L1), or back."""
    agents, above = role(3, "L1 Support"), named("L2 Support")
    decide = {"name": "Decide", "role": named("Approver"), "requires_approval": True} | values
    return workflow(
        [
            {"name": "Ask", "role": agents, "escalate_to": above},
            decide,
            {"name": "Pay", "role": agents, "is_end": True},
        ],
        [("Ask", "Decide", "forward"), ("Decide", "Pay", "approve"), ("Decide", "Ask", "reject")],
    )


def named(name):
    return Member.objects.filter(role__name=name).first().role


def offers(task, user_id):
    """Return what is offered to somebody, and nothing for a task that they do not see."""
    try:
        found = details.task_detail(task.task_id, by=who(user_id), at=NOW)
    except TaskNotFound:
        return set()
    return {(each.action, each.transition_id, each.branch) for each in found.available_actions}


def attempts(task):
    """Return everything that could be offered, each with the acts that it may stand for."""
    graph = workflows.version_of(task.workflow_version_id).graph
    found = {
        ("hold", None, None): [services.hold_task],
        ("resume", None, None): [services.resume_task],
        ("reopen", None, None): [services.reopen_task],
        ("close", None, None): [services.close_task],
    }
    for branch in branches_of(task, graph) or [None]:
        place, number = branch or task, branch and branch.id
        found |= {
            (name, None, number): [partial(act, branch=number)]
            for name, act in (
                ("start", services.start_task),
                ("claim", services.claim_task),
                ("escalate", services.escalate_task),
            )
        }
        for name, act in (("transfer", services.transfer_task), ("assign", services.assign_task)):
            found[name, None, number] = [
                partial(act, branch=number, user_id=user_id) for user_id in MEMBERS
            ]
        for way in routing.exits(graph, place.current_step_id):
            found[way.action.value, way.transition_id, number] = [
                partial(leaving(way), branch=number)
            ]
    return found


def leaving(way):
    if way.action is Action.TRANSITION:
        return partial(services.take_transition, transition_id=way.transition_id)
    return partial(services.decide_task, action=way.action, transition_id=way.transition_id)


def do(task, act, user_id):
    more = {} if getattr(act, "func", act) is services.claim_task else {"notes": "because"}
    act(task_id=task.task_id, by=who(user_id), at=NOW, **more)


def would_be_accepted(task, acts, user_id):
    for act in acts:
        try:
            with transaction.atomic():
                do(task, act, user_id)
                transaction.set_rollback(True)
        except DomainError:
            continue
        return True
    return False


def check(task, *user_ids):
    """Compare for these people, or for everybody."""
    task = Task.objects.select_related("ticket").get(pk=task.pk)
    for user_id in user_ids or PEOPLE:
        accepted = {
            name for name, acts in attempts(task).items() if would_be_accepted(task, acts, user_id)
        }
        assert offers(task, user_id) == accepted, (task.state, task.current_step_name, user_id)
