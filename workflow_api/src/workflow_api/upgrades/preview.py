"""What a migration would do, worked out and nothing written."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from servicekit.errors import Conflict
from workflow_api.roles import selectors as roles
from workflow_api.tasks.models import IS_OPEN, IS_UNDER_WAY, Approval, Branch, Task
from workflow_api.tasks.states import State
from workflow_api.workflows import selectors as workflows
from workflow_api.workflows.frozen import FrozenVersion
from workflow_api.workflows.graph import Graph
from workflow_api.workflows.regions import region_of

from .rules import Course, Landing, Reason, Standing, Verdict

STANDING = (
    "workflow_version_id", "current_step_id", "current_role_id", "state",
    "has_approvals", "has_branches",
)  # fmt: skip


class NeverDeployed(Conflict):
    message = "Workflow {workflow_id} was never deployed: there is no version to go to."


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which tasks are to go to which version; None means all, and the version deployed last."""

    workflow_id: int
    to_version: int | None = None
    from_versions: tuple[int, ...] | None = None
    step_map: Mapping[int, int]
    task_numbers: tuple[int, ...] | None = None


class Holder(StrEnum):
    """Who holds a task after it was moved: the same person, another one, or nobody as before."""

    KEPT = "kept"
    REASSIGNED = "reassigned"
    NOBODY = "nobody"


HOLDS = {
    Holder.KEPT: "{who} keeps it.",
    Holder.REASSIGNED: "{who} does not hold the role {role}: a member of it gets the task.",
    Holder.NOBODY: "It goes on waiting for a member of the role {role}.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What would happen to one task, and the sentence that says so."""

    task: Task
    landing: Landing
    holder: Holder
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Tasks that land alike, and how many of them change hands."""

    landing: Landing
    tasks: int
    reassigned: int


@dataclass(frozen=True)
class Preview:
    """Where the tasks that are wanted would land; each property is at most one query.

    With `since`, tasks that have ended after it are looked at as well.
    """

    wanted: Wanted
    target: FrozenVersion
    since: datetime | None = None

    @cached_property
    def candidates(self) -> QuerySet[Task]:
        """The tasks it is about: those that are named, or all open ones of other versions."""
        found = Task.objects.filter(workflow=self.wanted.workflow_id)
        if self.wanted.from_versions is not None:
            found = found.filter(workflow_version__number__in=self.wanted.from_versions)
        if self.wanted.task_numbers is not None:
            return _described(found.filter(number__in=self.wanted.task_numbers))
        lasts = IS_OPEN if self.since is None else IS_OPEN | Q(completed_at__gt=self.since)
        return _described(found.filter(lasts).exclude(workflow_version=self.target.version_id))

    @cached_property
    def course(self) -> Course:
        """The rules by which each task lands."""
        nodes = self.target.graph.nodes
        used = {node.escalate_to_role_id for node in nodes} | self.target.graph.role_ids()
        return Course(
            target=self.target,
            step_map=self.wanted.step_map,
            staffed=frozenset(roles.staffed(each for each in used if each is not None)),
            branched=_branched(self.target.graph),
        )

    def landing(self, task: Task) -> Landing:
        """Return where one of the candidates would land."""
        return self._landing_of(_standing(STANDING, [getattr(task, name) for name in STANDING]))

    @cached_property
    def groups(self) -> list[Group]:
        """All candidates, counted by how they land; two queries however many there are."""
        counted: Counter[Standing] = Counter()
        handed_on: Counter[Standing] = Counter()
        for standing, assignee_id, tasks in self._counted:
            counted[standing] += tasks
            role_id = self._landing_of(standing).role_id
            if assignee_id is not None and (role_id, assignee_id) not in self._eligible:
                handed_on[standing] += tasks
        return [
            Group(landing=landing, tasks=tasks, reassigned=handed_on[each] * landing.is_safe)
            for each, tasks in counted.items()
            for landing in [self._landing_of(each)]
        ]

    @property
    def total(self) -> int:
        """How many tasks it is about."""
        return sum(group.tasks for group in self.groups)

    @property
    def safe(self) -> int:
        """How many of them can be moved."""
        return sum(group.tasks for group in self.groups if group.landing.is_safe)

    def landing_as(self, verdict: Verdict | None, reason: Reason | None = None) -> QuerySet[Task]:
        """Return those of the candidates that land so."""
        found = Q(pk__in=[])
        for standing in {each for each, _, _ in self._counted}:
            landing = self._landing_of(standing)
            if verdict in {None, landing.verdict} and reason in {None, landing.reason}:
                found |= _stands(standing)
        return self.candidates.filter(found)

    def unused_mappings(self) -> list[int]:
        """Return the mapped steps at which none of the tasks stands."""
        used = {standing.step_id for standing, _, _ in self._counted}
        return sorted(set(self.wanted.step_map) - used)

    def unknown_tasks(self) -> list[str]:
        """Return the named tasks that are not of this workflow, or of these versions; one query."""
        named = set(self.wanted.task_numbers or ())
        found = set(self.candidates.values_list("number", flat=True)) if named else set()
        return [f"T-{number}" for number in sorted(named - found)]

    def row(self, task: Task) -> Row:
        """Return what would happen to one of the candidates."""
        landing = self.landing(task)
        keeps = (landing.role_id, task.assignee_id) in self._eligible
        if task.assignee_id is None:
            holder = Holder.NOBODY
        else:
            holder = Holder.KEPT if keeps or not landing.is_safe else Holder.REASSIGNED
        sentence = landing.sentence or HOLDS[holder].format(who=task.assignee, role=landing.role)
        return Row(task=task, landing=landing, holder=holder, sentence=sentence)

    @cached_property
    def _counted(self) -> list[tuple[Standing, int | None, int]]:
        names = (*STANDING, "assignee_id")
        rows = self.candidates.values_list(*names).annotate(tasks=Count("number")).order_by(*names)
        return [(_standing(STANDING, row[:-2]), row[-2], row[-1]) for row in rows]

    @cached_property
    def _eligible(self) -> frozenset[tuple[int, int]]:
        """Who may work a step where tasks land, among those who hold any: (role, person)."""
        landings = [self._landing_of(standing) for standing, _, _ in self._counted]
        used = {each.role_id for each in landings if each.role_id is not None}
        people = {assignee for _, assignee, _ in self._counted if assignee is not None}
        return roles.memberships(role_ids=used, user_ids=people)

    def _landing_of(self, standing: Standing) -> Landing:
        origin = workflows.version_of(standing.version_id)
        return self.course.landing(standing, origin=origin)


def preview_of(wanted: Wanted) -> Preview:
    """Return the preview of a migration.

    Raises WorkflowNotFound, VersionNotFound, NeverDeployed.
    """
    if wanted.to_version is not None:
        row = workflows.version(workflow_id=wanted.workflow_id, number=wanted.to_version)
        return Preview(wanted, workflows.version_of(row.pk))
    workflow = workflows.workflow(wanted.workflow_id)
    if workflow.current_version_id is None:
        raise NeverDeployed(workflow_id=wanted.workflow_id)
    return Preview(wanted, workflows.version_of(workflow.current_version_id))


def _described(tasks: QuerySet[Task]) -> QuerySet[Task]:
    """Tell of each task what else decides where it lands."""
    given = Approval.objects.filter(task=OuterRef("pk"), counts=True)
    branches = Branch.objects.filter(IS_UNDER_WAY, task=OuterRef("pk"))
    return tasks.annotate(has_approvals=Exists(given), has_branches=Exists(branches))


def _standing(names: Iterable[str], values: Iterable[Any]) -> Standing:
    of = dict(zip(names, values, strict=True))
    return Standing(
        version_id=of["workflow_version_id"],
        step_id=of["current_step_id"],
        role_id=of["current_role_id"],
        state=State(of["state"]),
        has_approvals=of["has_approvals"],
        has_branches=of["has_branches"],
    )


def _stands(standing: Standing) -> Q:
    return Q(
        workflow_version=standing.version_id,
        current_step_id=standing.step_id,
        current_role=standing.role_id,
        state=standing.state.value,
        has_approvals=standing.has_approvals,
        has_branches=standing.has_branches,
    )


def _branched(graph: Graph) -> frozenset[int]:
    """Return the steps that lie between a fork and its join."""
    forks = [node.step_id for node in graph.nodes if node.fork]
    return frozenset().union(*(region_of(graph, fork).steps for fork in forks))
