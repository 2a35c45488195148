"""What is wrong with the forks and joins of a definition. Pure."""

from collections import Counter
from collections.abc import Iterator

from workflow_api.workflows.fault import Fault, at_edge, at_step, title_of
from workflow_api.workflows.graph import Edge, EdgeKind, Graph, Node
from workflow_api.workflows.regions import Lane, Region, region_of


def parallel_faults(graph: Graph) -> Iterator[Fault]:
    """Yield every fault of parallel work.

    A fork has two branches or more; they share no step, hold no end and no other fork, and all
    lead to the same join. Nothing else leads into them, and only a rejection out of them.
    """
    regions = [region_of(graph, node.step_id) for node in graph.nodes if node.fork]
    for region in regions:
        yield from _faults_of(region, graph)
    joined = {join for region in regions for join in region.joins}
    for node in graph.nodes:
        if node.join and node.step_id not in joined:
            message = f"“{node.name}” joins branches, but no fork leads to it."
            yield at_step(node, "JOIN_WITHOUT_FORK", message)
        elif node.join:
            yield from _count_faults(node, regions)


def _faults_of(region: Region, graph: Graph) -> Iterator[Fault]:
    node = graph.node(region.fork)
    if len(region.lanes) < 2:
        message = f"“{node.name}” opens {len(region.lanes)} branches; a fork needs two or more."
        yield at_step(node, "FORK_WITHOUT_BRANCHES", message)
    if region.nested:
        yield from _nested(region, graph)
    elif not region.joins:
        message = f"The branches of “{node.name}” lead to no join."
        yield at_step(node, "FORK_WITHOUT_JOIN", message)
    elif len(region.joins) > 1:
        names = ", ".join(f"“{graph.node(each).name}”" for each in sorted(region.joins))
        message = f"The branches of “{node.name}” meet at several joins: {names}."
        yield at_step(node, "SEVERAL_JOINS", message)
    else:
        yield from _overlaps(region, graph)
        for lane in region.lanes:
            yield from _lane_faults(lane, region, graph)


def _nested(region: Region, graph: Graph) -> Iterator[Fault]:
    outer = graph.node(region.fork).name
    for step_id in sorted(region.nested):
        node = graph.node(step_id)
        message = f"“{node.name}” forks within a branch of “{outer}”; join that one first."
        yield at_step(node, "NESTED_FORK", message)


def _overlaps(region: Region, graph: Graph) -> Iterator[Fault]:
    counted = Counter(step_id for lane in region.lanes for step_id in lane.steps)
    for step_id in sorted(step_id for step_id, count in counted.items() if count > 1):
        node = graph.node(step_id)
        message = f"“{node.name}” lies in several branches of “{graph.node(region.fork).name}”."
        yield at_step(node, "BRANCHES_OVERLAP", message)


def _lane_faults(lane: Lane, region: Region, graph: Graph) -> Iterator[Fault]:
    if fault := _entry_fault(lane, region, graph):
        yield fault
    for step_id in sorted(lane.steps):
        node = graph.node(step_id)
        if node.is_end:
            message = f"“{node.name}” ends the run within a branch; only after the join it may."
            yield at_step(node, "END_IN_BRANCH", message)
        for edge in graph.edges_from(step_id):
            if fault := _exit_fault(edge, lane, region, graph):
                yield fault


def _entry_fault(lane: Lane, region: Region, graph: Graph) -> Fault | None:
    edge, title = lane.edge, title_of(lane.edge, graph)
    if edge.to_step is None:
        return at_edge(edge, "END_IN_BRANCH", f"{title} ends the run instead of opening a branch.")
    if edge.to_step in region.joins:
        return at_edge(edge, "EMPTY_BRANCH", f"{title} opens a branch without a step.")
    if edge.to_step in region.outside or edge.to_step == region.fork:
        message = f"{title} opens a branch at a step that can be reached in another way as well."
        return at_edge(edge, "BRANCH_NOT_CLOSED", message)
    if not lane.steps:
        return at_edge(
            edge, "FORK_WITHOUT_JOIN", f"{title} leads to no join over steps of its own."
        )
    return None


def _exit_fault(edge: Edge, lane: Lane, region: Region, graph: Graph) -> Fault | None:
    title = title_of(edge, graph)
    if edge.to_step is None:
        return at_edge(edge, "END_IN_BRANCH", f"{title} ends the run within a branch.")
    if edge.to_step in lane.steps | region.joins or edge.kind is EdgeKind.REJECT:
        return None
    message = f"{title} leads out of a branch; only a rejection may, and then the others end."
    return at_edge(edge, "BRANCH_NOT_CLOSED", message)


def _count_faults(join: Node, regions: list[Region]) -> Iterator[Fault]:
    opened = [len(region.lanes) for region in regions if join.step_id in region.joins]
    if isinstance(join.join, int) and join.join > min(opened):
        message = f"“{join.name}” waits for {join.join} of {min(opened)} branches."
        yield at_step(join, "JOIN_WAITS_FOR_TOO_MANY", message)
