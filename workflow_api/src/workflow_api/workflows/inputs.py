"""What callers send about definitions."""

from datetime import timedelta
from decimal import Decimal
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from servicekit.api import Duration, Input
from workflow_api.workflows.graph import EdgeKind, NodeKind
from workflow_api.workflows.models import EndLogic, Status, Strategy
from workflow_api.workflows.services import EdgeDraft, NodeDraft

LONGEST_SLA = timedelta(days=3660)
MAX_ID = 2**63 - 1
MAX_NODES, MAX_EDGES = 200, 1000


def _reasonable(sla: timedelta) -> timedelta:
    if not timedelta(0) < sla <= LONGEST_SLA:
        raise ValueError(f"must be above zero and at most {LONGEST_SLA.days} days")
    if sla % timedelta(seconds=1):
        raise ValueError("must be whole seconds")
    return sla


Id = Annotated[int, Field(ge=1, le=MAX_ID)]
Sla = Annotated[Duration, AfterValidator(_reasonable)]
Label = Annotated[str, Field(max_length=100)]
Name = Annotated[str, Field(min_length=1, max_length=120)]
Text = Annotated[str, Field(max_length=10_000)]
End = EndLogic | Literal[""]
StepRef = Id | Annotated[str, Field(pattern=r"^temp-", max_length=100)]
RoleRef = Id | Annotated[str, Field(min_length=1, max_length=150)]
Join = Literal["all", "first"] | Annotated[int, Field(strict=True, ge=1, le=MAX_NODES)] | None
Number = Annotated[int, Field(ge=-(2**31), le=2**31 - 1)]


class WorkflowsQuery(Input):
    """What narrows the list of workflows; case does not matter."""

    status: Status | None = None
    category: str = ""
    department: str = ""
    search: str = ""


class WorkflowIn(Input):
    """A new definition."""

    name: Name
    category: Annotated[str, Field(min_length=1, max_length=100)]
    description: Text = ""
    sub_category: Label = ""
    department: Label = ""
    low_sla: Sla = timedelta(days=3)
    medium_sla: Sla = timedelta(days=1)
    high_sla: Sla = timedelta(hours=8)
    urgent_sla: Sla = timedelta(hours=4)
    end_logic: End = ""
    assignment_strategy: Strategy = Strategy.ROUND_ROBIN
    calendar: Id | None = None

    def values(self) -> dict[str, Any]:
        """Return the settings by the names of the model."""
        return _values(self)


class WorkflowChangeIn(Input):
    """The settings to change; what is not sent stays, whatever stands here as a default."""

    name: Name = Field(default_factory=str)
    category: Annotated[str, Field(min_length=1, max_length=100)] = Field(default_factory=str)
    description: Text = Field(default_factory=str)
    sub_category: Label = Field(default_factory=str)
    department: Label = Field(default_factory=str)
    low_sla: Sla = Field(default_factory=timedelta)
    medium_sla: Sla = Field(default_factory=timedelta)
    high_sla: Sla = Field(default_factory=timedelta)
    urgent_sla: Sla = Field(default_factory=timedelta)
    end_logic: End = Field(default_factory=lambda: "")
    assignment_strategy: Strategy = Field(default_factory=lambda: Strategy.ROUND_ROBIN)
    calendar: Id | None = Field(default_factory=lambda: None)
    status: Status | None = Field(
        default_factory=lambda: None, description="Only the one that it has."
    )

    def values(self) -> dict[str, Any]:
        """Return what was sent, by the names of the model."""
        sent = _values(self)
        return {key: sent[key] for key in sent if key.removesuffix("_id") in self.model_fields_set}


class CloneIn(Input):
    """How the copy is called; “… (copy)” unless told."""

    name: Name | None = None


class PositionIn(BaseModel):
    """Where the editor draws a step."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    x: Annotated[float, Field(allow_inf_nan=False)] = 0
    y: Annotated[float, Field(allow_inf_nan=False)] = 0


class NodeIn(BaseModel):
    """A step; `step_id` is its number, or `temp-…` for a new one. A role is a name or a number."""

    model_config = ConfigDict(extra="ignore", frozen=True, str_strip_whitespace=True)

    step_id: StepRef
    name: Name
    role: RoleRef | None = None
    role_id: Id | None = None
    description: Text = ""
    instruction: Text = ""
    weight: Annotated[Decimal, Field(ge=-999_999, le=999_999, max_digits=9, decimal_places=3)] = (
        Decimal(1)
    )
    order: Number = 0
    is_start: bool = False
    is_end: bool = False
    requires_approval: bool = False
    approvals_needed: Annotated[int, Field(ge=1, le=20)] = 1
    requester_may_approve: bool = True
    previous_may_approve: bool = True
    fork: bool = False
    join: Join = None
    escalate_to: RoleRef | None = None
    kind: NodeKind = NodeKind.HUMAN
    position: PositionIn = PositionIn()

    @model_validator(mode="before")
    @classmethod
    def _no_role(cls, value: Any) -> Any:
        """An empty role is none: that is how the graph is read as well."""
        if not isinstance(value, dict):
            return value
        return {
            key: None if key in ("role", "escalate_to") and each == "" else each
            for key, each in value.items()
        }

    def draft(self) -> NodeDraft:
        """Return the step as services take it."""
        return NodeDraft(
            ref=self.step_id,
            name=self.name,
            role=self.role if self.role is not None else self.role_id,
            escalate_to=self.escalate_to,
            description=self.description,
            instruction=self.instruction,
            weight=self.weight,
            order=self.order,
            is_start=self.is_start,
            is_end=self.is_end,
            requires_approval=self.requires_approval,
            approvals_needed=self.approvals_needed,
            requester_may_approve=self.requester_may_approve,
            previous_may_approve=self.previous_may_approve,
            fork=self.fork,
            join=self.join,
            kind=self.kind,
            position=self.position.model_dump(),
        )


class EdgeIn(BaseModel):
    """A transition; without `to` it ends the run."""

    model_config = ConfigDict(
        extra="ignore", frozen=True, str_strip_whitespace=True, populate_by_name=True
    )

    transition_id: StepRef | None = None
    from_: Annotated[StepRef, Field(alias="from")]
    to: StepRef | None = None
    name: Annotated[str, Field(max_length=120)] = ""
    kind: EdgeKind = EdgeKind.FORWARD

    def draft(self) -> EdgeDraft:
        """Return the transition as services take it."""
        known = self.transition_id if isinstance(self.transition_id, int) else None
        return EdgeDraft(
            transition_id=known,
            from_ref=self.from_,
            to_ref=self.to,
            name=self.name,
            kind=self.kind,
        )


class GraphIn(Input):
    """The whole graph; `version` is the one that was read (an empty graph needs none)."""

    version: Annotated[int, Field(ge=1, le=2**31 - 1)] | None = None
    nodes: Annotated[list[NodeIn], Field(max_length=MAX_NODES)]
    edges: Annotated[list[EdgeIn], Field(max_length=MAX_EDGES)]

    @model_validator(mode="after")
    def _one_id_each(self) -> Self:
        named = [e.transition_id for e in self.edges if isinstance(e.transition_id, int)]
        if len(named) != len(set(named)):
            raise ValueError("two edges have the same transition_id")
        return self


class OfWorkflowQuery(Input):
    """Which workflow's parts; of all workflows unless told."""

    workflow_id: Id | None = None


class DiffQuery(Input):
    """Which version to compare with; the draft unless told."""

    to: Id | None = None


def _values(wanted: WorkflowIn | WorkflowChangeIn) -> dict[str, Any]:
    values = wanted.model_dump()
    values["calendar_id"] = values.pop("calendar")
    values["end_logic"] = str(values["end_logic"])
    values["assignment_strategy"] = str(values["assignment_strategy"])
    return values
