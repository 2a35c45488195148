"""Roles, people and definitions for tests, made the way the service makes them."""

from datetime import UTC, datetime, timedelta
from typing import Any

from servicekit.auth import Principal
from servicekit.contracts import RoleSync, SystemRole, UserSystemRoleSync
from workflow_api.roles import services as roles
from workflow_api.roles.models import Person, Role
from workflow_api.workflows import services as workflows
from workflow_api.workflows.inputs import GraphIn, WorkflowIn
from workflow_api.workflows.models import Workflow

AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
ADMIN = Principal(user_id=1, username="admin", roles=frozenset({("tts", "Admin")}))
SLAS = {
    "urgent_sla": timedelta(hours=4),
    "high_sla": timedelta(hours=8),
    "medium_sla": timedelta(days=1),
    "low_sla": timedelta(days=3),
}


def role(role_id: int, name: str, *, version: int = 1, **values: Any) -> Role:
    """Tell the replica of a role."""
    named = {"role_id": role_id, "name": name, "system": "tts", "version": version}
    roles.apply_role(RoleSync(**named | values), at=AT)
    return Role.objects.get(pk=role_id)


def person(user_id: int, username: str, *held: Role, version: int = 1, **values: Any) -> Person:
    """Tell the replica of a person who holds these roles."""
    held_now = [SystemRole(system="tts", role_id=r.role_id, role_name=r.name) for r in held]
    message = {"user_id": user_id, "username": username, "email": f"{username}@example.com"}
    more = {"system_roles": held_now, "version": version} | values
    roles.apply_person(UserSystemRoleSync(**message | more), at=AT)
    return Person.objects.get(pk=user_id)


def node(step_id: int | str, role: Role | None, **values: Any) -> dict[str, Any]:
    """A step as the API takes it; its name is its id unless told."""
    named = {"step_id": step_id, "name": str(step_id), "role": role.name if role else None}
    return named | values


def edge(from_: int | str, to: int | str | None, **values: Any) -> dict[str, Any]:
    """A transition as the API takes it."""
    return {"from": from_, "to": to, **values}


def draft(name: str = "IT Support", **values: Any) -> Workflow:
    """A definition without steps."""
    wanted = {"name": name, "category": "IT Support", **SLAS} | values
    return workflows.create_workflow(values=WorkflowIn.parse(wanted).values(), by=ADMIN, at=AT)


def save_graph(
    workflow: Workflow,
    nodes: list[dict[str, Any]],
    edges: list[dict[str, Any]],
    *,
    version: int | None = None,
) -> workflows.SavedGraph:
    """Save a whole graph as the API would."""
    wanted = GraphIn.parse({"nodes": nodes, "edges": edges})
    return workflows.save_graph(
        workflow_id=workflow.workflow_id,
        version=version or workflow.revision,
        nodes=[each.draft() for each in wanted.nodes],
        edges=[each.draft() for each in wanted.edges],
        by=ADMIN,
        at=AT,
    )


def two_steps(first: Role, second: Role) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The smallest graph worth the name: one step hands on to another, which ends it."""
    nodes = [
        node("temp-first", first, name="First", is_start=True, order=1),
        node("temp-last", second, name="Last", is_end=True, order=2),
    ]
    return nodes, [edge("temp-first", "temp-last", name="Hand on")]


def deployed(name: str = "IT Support", *, role: Role, **values: Any) -> Workflow:
    """A deployed definition of two steps, both of one role."""
    workflow = draft(name, **values)
    save_graph(workflow, *two_steps(role, role))
    return workflows.deploy(workflow_id=workflow.workflow_id, by=ADMIN, at=AT)
