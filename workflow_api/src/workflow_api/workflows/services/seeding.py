"""The demo workflows, made once."""

from datetime import datetime, timedelta
from decimal import Decimal

from django.conf import settings
from django.db import connection, transaction

from servicekit.errors import Conflict, Forbidden
from workflow_api.roles import selectors as roles
from workflow_api.workflows import demo
from workflow_api.workflows.demo import DemoStep, DemoWorkflow
from workflow_api.workflows.models import Workflow
from workflow_api.workflows.services.deployment import deploy
from workflow_api.workflows.services.drafts import create_workflow
from workflow_api.workflows.services.graphs import EdgeDraft, NodeDraft, save_graph

SLAS = {
    "urgent_sla": timedelta(hours=4),
    "high_sla": timedelta(hours=8),
    "medium_sla": timedelta(days=1),
    "low_sla": timedelta(days=3),
}
COLUMN_PX, ROW_PX = 260, 160
ONE_SEEDER = 0x7773  # the advisory lock that two simultaneous seeds share


class NotInProduction(Forbidden):
    message = "Demo workflows are never made in production."


class RolesMissing(Conflict):
    message = "These roles have no active member yet: {names}."


def missing_roles() -> list[str]:
    """Return the roles of the demo that Auth has not told of yet, or that nobody holds."""
    found = roles.roles_by_name(demo.role_names())
    staffed = roles.staffed(role.role_id for role in found.values())
    known = {role.name.casefold() for role in found.values() if role.role_id in staffed}
    return sorted(name for name in demo.role_names() if name.casefold() not in known)


@transaction.atomic
def seed_demo(*, at: datetime) -> list[str]:
    """Make and deploy the demo workflows that do not exist; returns their names.

    One that exists is left as it is, whatever became of it. Two seeds at a time wait for each
    other. Raises NotInProduction, RolesMissing.
    """
    if settings.PROFILE == "production":
        raise NotInProduction
    if missing := missing_roles():
        raise RolesMissing(names=", ".join(missing))
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_SEEDER])
    there = set(Workflow.objects.values_list("name", flat=True))
    new = [wanted for wanted in demo.DEMO if wanted.name not in there]
    for wanted in new:
        _make(wanted, at=at)
    return [wanted.name for wanted in new]


def _make(wanted: DemoWorkflow, *, at: datetime) -> None:
    values = {
        "name": wanted.name,
        "category": wanted.category,
        "description": wanted.description,
        **SLAS,
        **wanted.settings,
    }
    workflow = create_workflow(values=values, by=None, at=at)
    save_graph(
        workflow_id=workflow.workflow_id,
        version=workflow.revision,
        nodes=[_node(step, index) for index, step in enumerate(wanted.steps)],
        edges=[
            EdgeDraft(transition_id=None, from_ref=start, to_ref=end, name=label, kind=kind)
            for start, end, label, kind in wanted.ways
        ],
        by=None,
        at=at,
    )
    deploy(workflow_id=workflow.workflow_id, by=None, at=at)


def _node(step: DemoStep, index: int) -> NodeDraft:
    return NodeDraft(
        ref=step.name,
        name=step.name,
        role=step.role,
        escalate_to=step.escalate_to,
        description="",
        instruction=step.instruction,
        weight=Decimal(step.weight),
        order=index + 1,
        is_start=index == 0,
        is_end=step.is_end,
        requires_approval=step.requires_approval,
        kind=step.kind,
        position={"x": index * COLUMN_PX, "y": step.row * ROW_PX},
        fork=step.fork,
        join=step.join,
    )
