"""A definition as text that diffs well: YAML without ids, aliases or tags. Pure."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

import yaml

from servicekit.errors import Invalid
from workflow_api.workflows.graph import Graph, Node

LONGEST_TEXT = 256 * 1024
DEEPEST = 8
LONGEST_NUMBER = 40
SYSTEM = "tts/"
STEP_FIELDS = (
    "description",
    "instruction",
    "order",
    "is_start",
    "is_end",
    "requires_approval",
    "approvals_needed",
    "requester_may_approve",
    "previous_may_approve",
)


class NotReadable(Invalid):
    message = "The YAML cannot be read: {reason}"


class _Dumper(yaml.SafeDumper):
    """Lists indented below their key; no aliases, however often a value stands there."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _text(dumper: yaml.SafeDumper, text: str) -> Any:
    lines = text.split("\n")
    is_plain = all(line == line.strip() for line in lines) and lines[0] != ""
    style = "|" if len(lines) > 1 and is_plain else None
    if not all(line.isprintable() for line in lines):
        style = '"'
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text)


class _Loader(yaml.SafeLoader):
    """Refuses what a definition never needs: anchors, aliases, tags, twice the same key.

    Neither does it need a number of thousands of digits, which Python does not write out again.
    """

    depth = 0

    def compose_node(self, parent: Any, index: Any) -> Any:
        event = self.peek_event()  # type: ignore[no-untyped-call]
        if getattr(event, "anchor", None) is not None:
            raise yaml.YAMLError("anchors and aliases are not allowed")
        if getattr(event, "tag", None) is not None:
            raise yaml.YAMLError("tags are not allowed")
        if self.depth >= DEEPEST:
            raise yaml.YAMLError("it is nested too deeply")
        self.depth += 1
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        keys = Counter(key.value for key, _ in node.value if isinstance(key.value, str))
        twice = next((key for key, count in keys.items() if count > 1), None)
        if twice is not None:
            raise yaml.YAMLError(f"{node.start_mark}: “{twice}” stands there twice")
        return super().construct_mapping(node, deep=deep)

    def construct_yaml_int(self, node: Any) -> int:
        if len(node.value) > LONGEST_NUMBER:
            raise yaml.YAMLError(f"{node.start_mark}: the number is too long")
        return int(super().construct_yaml_int(node))


_Loader.add_constructor("tag:yaml.org,2002:int", _Loader.construct_yaml_int)


def read(text: str) -> Any:
    """Return the plain data of a text. Raises NotReadable."""
    if len(text.encode(errors="replace")) > LONGEST_TEXT:
        raise NotReadable(field="yaml", reason=f"it is longer than {LONGEST_TEXT} bytes.")
    try:
        return yaml.load(text, Loader=_Loader)  # noqa: S506 - a SafeLoader, stricter
    except (yaml.YAMLError, ValueError) as exc:
        raise NotReadable(field="yaml", reason=str(exc)) from exc


def write(data: Mapping[str, Any]) -> str:
    """Return the text of plain data, keys in their order."""
    style: dict[str, Any] = {
        "sort_keys": False,
        "allow_unicode": True,
        "default_flow_style": False,
        "width": 100,
    }
    return str(yaml.dump(data, Dumper=_Dumper, **style))


def graph_data(graph: Graph) -> dict[str, Any]:
    """Return steps by name and transitions by the names of steps."""
    names = step_keys(graph)
    edges = [
        {
            "from": names[edge.from_step],
            "to": None if edge.to_step is None else names[edge.to_step],
            "name": edge.name,
            "kind": edge.kind.value,
        }
        for edge in graph.edges
    ]
    return {
        "steps": [_step(node, names[node.step_id]) for node in graph.nodes],
        "transitions": edges,
    }


def step_keys(graph: Graph) -> dict[int, str]:
    """Return what each step is called: its name, with a number where an earlier one has it."""
    used: set[str] = set()
    keys: dict[int, str] = {}
    names = {node.name for node in graph.nodes}
    for node in graph.nodes:
        key, count = node.name, 1
        while key in used or (count > 1 and key in names):
            count += 1
            key = f"{node.name} #{count}"
        used.add(key)
        keys[node.step_id] = key
    return keys


def _step(node: Node, key: str) -> dict[str, Any]:
    return {
        "name": node.name,
        **({} if key == node.name else {"key": key}),
        "kind": node.kind.value,
        "role": SYSTEM + node.role if node.role else None,
        "escalate_to": SYSTEM + node.escalate_to if node.escalate_to else None,
        "weight": _number(node.weight),
        **{field: getattr(node, field) for field in STEP_FIELDS},
        **({"fork": True} if node.fork else {}),
        **({"join": node.join} if node.join else {}),
        "position": {axis: _number(node.position.get(axis, 0)) for axis in ("x", "y")},
    }


def _number(value: float) -> float:
    return int(value) if float(value).is_integer() and abs(value) < 1e15 else float(value)
