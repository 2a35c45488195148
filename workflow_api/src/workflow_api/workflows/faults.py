"""What is wrong with a definition: every fault at once, named with its step or transition. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from itertools import pairwise

from workflow_api.sla.calendars import BusinessCalendar, NoWorkingTime
from workflow_api.workflows.fault import Fault, at_edge, at_step, title_of
from workflow_api.workflows.frozen import PRIORITIES
from workflow_api.workflows.graph import EdgeKind, Graph, Node
from workflow_api.workflows.parallel_faults import parallel_faults


def faults(
    graph: Graph, *, members: Mapping[int, int], slas: Mapping[str, timedelta]
) -> list[Fault]:
    """Return every fault; none means that it can be deployed.

    `members` says how many active ones each role has, of those that have any.
    """
    return [
        *_start_faults(graph),
        *_end_faults(graph),
        *_way_faults(graph),
        *(fault for node in graph.nodes for fault in _node_faults(node, members)),
        *_approval_faults(graph, members),
        *_edge_faults(graph),
        *parallel_faults(graph),
        *sla_faults(slas),
    ]


def sla_faults(slas: Mapping[str, timedelta]) -> list[Fault]:
    """Return the faults of the four times: positive, and urgent < high < medium < low."""
    found = []
    if slas[PRIORITIES[0]] <= timedelta(0):
        found.append(Fault(code="SLA_NOT_POSITIVE", message="The urgent SLA must be positive."))
    for sooner, later in pairwise(PRIORITIES):
        if slas[sooner] >= slas[later]:
            message = f"The {sooner} SLA must be shorter than the {later} SLA."
            found.append(Fault(code="SLA_ORDER", message=message))
    return found


def calendar_faults(
    calendar: BusinessCalendar, *, slas: Mapping[str, timedelta], at: datetime
) -> list[Fault]:
    """Return the fault of a calendar by which a ticket received at `at` would never be due."""
    shortest = min(slas.values())
    try:
        calendar.add(at, shortest)
    except NoWorkingTime:
        message = f"The calendar has no business hours in which an SLA of {shortest} could pass."
        return [Fault(code="NO_BUSINESS_HOUR", message=message)]
    return []


def _start_faults(graph: Graph) -> Iterator[Fault]:
    starts = [node for node in graph.nodes if node.is_start]
    if not starts:
        yield Fault(code="NO_START", message="No step is marked as the start.")
    if len(starts) > 1:
        for node in starts:
            message = f"“{node.name}” is one of {len(starts)} starts; exactly one is needed."
            yield at_step(node, "SEVERAL_STARTS", message)


def _end_faults(graph: Graph) -> Iterator[Fault]:
    if not _ends(graph):
        yield Fault(code="NO_END", message="No step ends the workflow.")


def _ends(graph: Graph) -> set[int]:
    """The steps where a run can end: in themselves, or over an edge to nowhere."""
    by_mark = {node.step_id for node in graph.nodes if graph.is_end(node.step_id)}
    return by_mark | {edge.from_step for edge in graph.edges if edge.to_step is None}


def _way_faults(graph: Graph) -> Iterator[Fault]:
    onward: dict[int, list[int]] = {}
    back: dict[int, list[int]] = {}
    for edge in graph.edges:
        if edge.to_step is not None:
            onward.setdefault(edge.from_step, []).append(edge.to_step)
            back.setdefault(edge.to_step, []).append(edge.from_step)
    reachable = _reach((node.step_id for node in graph.nodes if node.is_start), onward)
    ends = _ends(graph)
    finishing = _reach(ends, back)
    for node in graph.nodes:
        if reachable and node.step_id not in reachable:
            yield at_step(node, "UNREACHABLE", f"“{node.name}” cannot be reached from the start.")
        if not graph.edges_from(node.step_id) and not node.is_end:
            yield at_step(node, "DEAD_END", f"“{node.name}” leads nowhere and is no end.")
        elif ends and node.step_id not in finishing:
            yield at_step(node, "NO_WAY_TO_END", f"No end can be reached from “{node.name}”.")


def _reach(starts: Iterable[int], neighbours: Mapping[int, list[int]]) -> set[int]:
    found = set(starts)
    waiting = list(found)
    while waiting:
        for step_id in neighbours.get(waiting.pop(), ()):
            if step_id not in found:
                found.add(step_id)
                waiting.append(step_id)
    return found


def _node_faults(node: Node, members: Mapping[int, int]) -> Iterator[Fault]:
    if node.role_id is None:
        yield at_step(node, "NO_ROLE", f"“{node.name}” has no role.")
    elif node.role_id not in members:
        message = f"The role “{node.role}” of “{node.name}” has no active member."
        yield at_step(node, "ROLE_WITHOUT_MEMBER", message)
    if node.escalate_to_role_id is not None and node.escalate_to_role_id not in members:
        message = f"“{node.name}” escalates to “{node.escalate_to}”, which has no active member."
        yield at_step(node, "ESCALATION_WITHOUT_MEMBER", message)
    if node.weight <= 0:
        yield at_step(
            node, "WEIGHT_NOT_POSITIVE", f"The weight of “{node.name}” must be above zero."
        )


def _approval_faults(graph: Graph, members: Mapping[int, int]) -> Iterator[Fault]:
    for node in graph.nodes:
        present = members.get(node.role_id or 0, 0)
        if node.requires_approval and 0 < present < node.approvals_needed:
            message = (
                f"“{node.name}” needs {node.approvals_needed} approvals, but the role"
                f" “{node.role}” has {present} active members."
            )
            yield at_step(node, "TOO_FEW_APPROVERS", message)
        kinds = {edge.kind for edge in graph.edges_from(node.step_id)}
        for kind in (EdgeKind.APPROVE, EdgeKind.REJECT):
            if node.requires_approval and kind not in kinds:
                message = f"“{node.name}” requires approval but has no {kind} transition."
                yield at_step(node, f"NO_{kind.upper()}_EDGE", message)


def _edge_faults(graph: Graph) -> Iterator[Fault]:
    seen: set[tuple[int, int | None, EdgeKind, str]] = set()
    for edge in graph.edges:
        key = (edge.from_step, edge.to_step, edge.kind, edge.name.casefold())
        if key in seen:
            yield at_edge(edge, "DUPLICATE_EDGE", f"{title_of(edge, graph)} exists twice.")
        seen.add(key)
