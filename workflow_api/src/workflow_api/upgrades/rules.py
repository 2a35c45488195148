"""Where a task would land in another version of its workflow, or why it must stay. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from workflow_api.tasks.states import OPEN, State
from workflow_api.workflows.frozen import FrozenVersion
from workflow_api.workflows.graph import Node


class Verdict(StrEnum):
    """Whether a task can be moved, and to which step."""

    SAME_STEP = "same_step"
    MAPPED_STEP = "mapped_step"
    UNSAFE = "unsafe"


class Reason(StrEnum):
    """Why a task stays where it is."""

    ALREADY_THERE = "ALREADY_ON_VERSION"
    NOT_OPEN = "NOT_OPEN"
    ON_HOLD = "ON_HOLD"
    WAITS_EXTERNAL = "WAITS_EXTERNAL"
    BRANCHES_OPEN = "BRANCHES_OPEN"
    APPROVALS_GIVEN = "APPROVALS_GIVEN"
    STEP_GONE = "STEP_GONE"
    MAPPED_STEP_UNKNOWN = "MAPPED_STEP_UNKNOWN"
    KIND_CHANGED = "KIND_CHANGED"
    WITHIN_BRANCHES = "WITHIN_BRANCHES"
    ROLE_WITHOUT_MEMBER = "ROLE_WITHOUT_MEMBER"
    MOVED_SINCE = "MOVED_SINCE"
    FAILED = "FAILED"


SENTENCES = {
    Reason.ALREADY_THERE: "It runs on version {version} already.",
    Reason.NOT_OPEN: "It has ended.",
    Reason.ON_HOLD: "It is on hold: resume it first.",
    Reason.WAITS_EXTERNAL: "It waits for another system: let that answer first.",
    Reason.BRANCHES_OPEN: "Several of its branches are open: let them meet first.",
    Reason.APPROVALS_GIVEN: "Somebody has approved the step {step} and others must as well.",
    Reason.STEP_GONE: "Version {version} has no step {step}, and none is mapped to it.",
    Reason.MAPPED_STEP_UNKNOWN: "{step} is mapped to step {mapped}, unknown in version {version}.",
    Reason.KIND_CHANGED: "The step {step} is of another kind than {to}.",
    Reason.WITHIN_BRANCHES: "{to} lies between a fork and its join: the other branches would be "
    "missing.",
    Reason.ROLE_WITHOUT_MEMBER: "The role {role} of the step {to} has no active member.",
    Reason.MOVED_SINCE: "It has changed since.",
    Reason.FAILED: "It could not be moved.",
}
STOPPED = {State.ON_HOLD: Reason.ON_HOLD, State.PENDING_EXTERNAL: Reason.WAITS_EXTERNAL}


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """All of a task that decides where it lands; tasks that stand alike land alike."""

    version_id: int
    step_id: int
    role_id: int
    state: State
    has_approvals: bool = False
    has_branches: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Landing:
    """What becomes of tasks that stand alike; `role_id` is who works the step then."""

    verdict: Verdict
    origin: FrozenVersion
    from_step: Node
    to_step: Node | None = None
    role_id: int | None = None
    role: str = ""
    reason: Reason | None = None
    sentence: str = ""

    @property
    def is_safe(self) -> bool:
        """Whether the task can be moved."""
        return self.verdict is not Verdict.UNSAFE


@dataclass(frozen=True, kw_only=True)
class Course:
    """Where tasks are to go: the version, and which step stands for one that is gone.

    `staffed` are the roles with an active member, `branched` the steps of the version that lie
    between a fork and its join.
    """

    target: FrozenVersion
    step_map: Mapping[int, int] = field(default_factory=dict)
    staffed: frozenset[int] = frozenset()
    branched: frozenset[int] = frozenset()

    def landing(self, standing: Standing, *, origin: FrozenVersion) -> Landing:
        """Return where a task lands that stands so in the version `origin`."""
        node = origin.graph.node(standing.step_id)
        to_step = self._step_for(node)
        role_id, role = _role(standing, node, to_step) if to_step else (None, "")
        reason = self._stays(standing) or self._has_no_place(node, to_step, role_id)
        if reason is None:
            is_same = to_step is not None and to_step.step_id == node.step_id
            verdict, sentence = Verdict.SAME_STEP if is_same else Verdict.MAPPED_STEP, ""
        else:
            verdict, sentence = Verdict.UNSAFE, self._say(reason, node, to_step, role)
        return Landing(
            verdict=verdict,
            origin=origin,
            from_step=node,
            to_step=to_step,
            role_id=role_id,
            role=role,
            reason=reason,
            sentence=sentence,
        )

    def _step_for(self, node: Node) -> Node | None:
        step_id = self.step_map.get(node.step_id, node.step_id)
        graph = self.target.graph
        return graph.node(step_id) if graph.has_node(step_id) else None

    def _stays(self, standing: Standing) -> Reason | None:
        """Return what in the task itself keeps it."""
        if standing.state not in OPEN:
            return Reason.NOT_OPEN
        if standing.version_id == self.target.version_id:
            return Reason.ALREADY_THERE
        if standing.state in STOPPED:
            return STOPPED[standing.state]
        if standing.has_branches:
            return Reason.BRANCHES_OPEN
        return Reason.APPROVALS_GIVEN if standing.has_approvals else None

    def _has_no_place(self, node: Node, to_step: Node | None, role_id: int | None) -> Reason | None:
        """Return what in the target version keeps the task."""
        if to_step is None:
            is_mapped = node.step_id in self.step_map
            return Reason.MAPPED_STEP_UNKNOWN if is_mapped else Reason.STEP_GONE
        if to_step.kind is not node.kind:
            return Reason.KIND_CHANGED
        if to_step.step_id in self.branched:
            return Reason.WITHIN_BRANCHES
        return None if role_id in self.staffed else Reason.ROLE_WITHOUT_MEMBER

    def _say(self, reason: Reason, node: Node, to_step: Node | None, role: str) -> str:
        return SENTENCES[reason].format(
            version=self.target.number,
            step=node.name,
            to=to_step.name if to_step else "",
            mapped=self.step_map.get(node.step_id, ""),
            role=role,
        )


def _role(standing: Standing, node: Node, to_step: Node) -> tuple[int | None, str]:
    """Return who works the step: its role, or the one it is escalated to where that stays."""
    is_escalated = standing.role_id not in {node.role_id, to_step.role_id}
    if is_escalated and standing.role_id == to_step.escalate_to_role_id:
        return to_step.escalate_to_role_id, to_step.escalate_to
    return to_step.role_id, to_step.role
