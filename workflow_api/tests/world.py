"""A small world for the tests of the runtime: roles, people, deployed workflows, tickets."""

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from servicekit.auth import Principal
from servicekit.contracts import ReceiveTicket
from servicekit.inbox.models import InboxMessage
from servicekit.messaging import Delivery
from servicekit.messaging.work import work
from workflow_api.intake.tasks import receive_ticket
from workflow_api.roles.models import Member, Person, Role
from workflow_api.tasks.models import Task, Ticket
from workflow_api.tasks.services import begin_run
from workflow_api.workflows.graph import Edge, EdgeKind, Graph, Node
from workflow_api.workflows.models import Status, Step, Transition, Workflow, WorkflowVersion
from workflow_api.workflows.selectors import version_of

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SLA_S = {"urgent": 4 * 3600, "high": 8 * 3600, "medium": 86_400, "low": 3 * 86_400}
_serial = itertools.count(1)


def role(role_id: int, name: str, *user_ids: int) -> Role:
    """Return a tts role with these members, who are made where they are new."""
    made, _ = Role.objects.get_or_create(
        role_id=role_id, defaults={"name": name, "system": "tts", "version": 1}
    )
    for user_id in user_ids:
        person, _ = Person.objects.get_or_create(
            user_id=user_id,
            defaults={
                "username": f"user{user_id}",
                "email": f"user{user_id}@example.com",
                "full_name": f"User {user_id}",
                "version": 1,
            },
        )
        Member.objects.get_or_create(role=made, person=person)
    return made


def principal(user_id: int, *roles: str) -> Principal:
    """Return a caller with these tts roles."""
    return Principal(
        user_id=user_id,
        username=f"user{user_id}",
        roles=frozenset(("tts", name) for name in roles),
    )


@dataclass(frozen=True)
class Definition:
    """A deployed workflow, with its steps and transitions by name."""

    workflow: Workflow
    version: WorkflowVersion
    steps: dict[str, int]
    ways: dict[str, int]


def workflow(
    steps: Sequence[dict[str, Any]],
    edges: Sequence[tuple[str, str | None, str]] = (),
    *,
    deployed: bool = True,
    **values: Any,
) -> Definition:
    """Deploy a workflow from steps (`name`, `role`, …) and edges (from, to, kind).

    The first step is the start. Edges are called `from>to` or `from>to:kind`, an end `-`.
    """
    made = Workflow.objects.create(
        **{
            "name": f"Workflow {next(_serial)}",
            "category": "IT Support",
            "sub_category": "Network",
            "created_at": NOW,
            "updated_at": NOW,
        }
        | values
    )
    nodes = [_node(made, each, is_start=not index) for index, each in enumerate(steps)]
    ids = {node.name: node.step_id for node in nodes}
    ways = [_edge(made, ids, *each) for each in edges]
    return Definition(
        made,
        freeze(made, Graph(tuple(nodes), tuple(edge for _, edge in ways)), deployed=deployed),
        ids,
        {name: edge.transition_id for name, edge in ways},
    )


def freeze(made: Workflow, graph: Graph, *, deployed: bool = True) -> WorkflowVersion:
    """Make a graph the workflow's newest version."""
    version = WorkflowVersion.objects.create(
        workflow=made,
        number=made.versions.count() + 1,
        graph=graph.as_json(),
        settings={
            "name": made.name,
            "category": made.category,
            "sub_category": made.sub_category,
            "department": made.department,
            "sla_s": SLA_S,
            "end_logic": "",
            "assignment_strategy": made.assignment_strategy,
            "calendar_id": made.calendar_id,
        },
        created_at=NOW,
    )
    made.current_version = version
    made.status = Status.DEPLOYED if deployed else Status.PAUSED
    made.save()
    return version


def _node(made: Workflow, values: dict[str, Any], *, is_start: bool) -> Node:
    in_charge: Role = values["role"]
    upwards: Role | None = values.get("escalate_to")
    step = Step.objects.create(workflow=made, name=values["name"], role=in_charge)
    return Node(
        step_id=step.step_id,
        name=step.name,
        role_id=in_charge.role_id,
        role=in_charge.name,
        is_start=is_start,
        is_end=values.get("is_end", False),
        requires_approval=values.get("requires_approval", False),
        approvals_needed=values.get("approvals_needed", 1),
        requester_may_approve=values.get("requester_may_approve", True),
        previous_may_approve=values.get("previous_may_approve", True),
        weight=values.get("weight", 1),
        fork=values.get("fork", False),
        join=values.get("join"),
        escalate_to_role_id=upwards.role_id if upwards else None,
        escalate_to=upwards.name if upwards else "",
    )


def _edge(
    made: Workflow, ids: dict[str, int], source: str, target: str | None, kind: str
) -> tuple[str, Edge]:
    to_step = ids[target] if target else None
    row = Transition.objects.create(
        workflow=made, from_step_id=ids[source], to_step_id=to_step, kind=kind
    )
    edge = Edge(
        transition_id=row.transition_id,
        from_step=ids[source],
        to_step=to_step,
        kind=EdgeKind(kind),
    )
    suffix = "" if kind == "forward" else f":{kind}"
    return f"{source}>{target or '-'}{suffix}", edge


def ticket_data(external_id: str | None = None, **values: Any) -> dict[str, Any]:
    """Return a ticket as a help desk sends it."""
    return {
        "ticket_id": external_id or f"HDTS-{next(_serial)}",
        "title": "Network connectivity issue",
        "category": "IT Support",
        "sub_category": "Network",
        "priority": "high",
    } | values


def deliver(
    data: dict[str, Any],
    *,
    message_id: str | None = None,
    sleep: Callable[[float], None] = lambda _: None,
    **headers: Any,
) -> str:
    """Work one message with a ticket as the Celery task would; returns its id."""
    message_id = message_id or f"message-{next(_serial):08}"
    work(
        ReceiveTicket,
        receive_ticket,
        delivery=Delivery(
            message_id=message_id,
            task=ReceiveTicket.TASK,
            queue=ReceiveTicket.QUEUE,
            headers=headers,
            body={"ticket_data": data},
        ),
        sleep=sleep,
    )
    return message_id


def inbox_row(message_id: str) -> InboxMessage:
    """Return what is known of a message that was delivered."""
    return InboxMessage.objects.get(message_id=message_id)


def received(**values: Any) -> Task:
    """Receive a ticket and return its task."""
    data = ticket_data(**values)
    deliver(data)
    return Task.objects.select_related("ticket").get(ticket__external_id=data["ticket_id"])


def run_at(made: Definition, *, at: datetime, priority: str = "high") -> Task:
    """Begin the run of a ticket that comes at that time."""
    ticket = Ticket.objects.create(
        external_id=f"AT-{next(_serial)}",
        title="Broken",
        category=made.workflow.category,
        sub_category=made.workflow.sub_category,
        priority=priority,
        content_hash="x",
        state="running",
        received_at=at,
    )
    return begin_run(ticket, version=version_of(made.version.pk), at=at)


def ticket_of(external_id: str) -> Ticket:
    """Return a ticket by the help desk's number."""
    return Ticket.objects.get(external_id=external_id)


def later(**how_long: float) -> datetime:
    """Return a moment after NOW."""
    return NOW + timedelta(**how_long)
