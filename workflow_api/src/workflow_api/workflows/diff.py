"""What changed between two definitions: steps, transitions and settings, field by field. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from workflow_api.workflows.graph import Graph

Fields = Mapping[str, Any]

ON_THE_WIRE = {"from_step": "from", "to_step": "to"}


@dataclass(frozen=True, kw_only=True)
class FieldChange:
    """One field that has another value."""

    field: str
    old: Any
    new: Any


@dataclass(frozen=True, kw_only=True)
class PartChange:
    """A step or a transition that both definitions have, and what differs."""

    number: int
    name: str
    fields: Sequence[FieldChange]


@dataclass(frozen=True, kw_only=True)
class PartsDiff:
    """What happened to the steps, or to the transitions."""

    added: Sequence[Fields]
    removed: Sequence[Fields]
    changed: Sequence[PartChange]


@dataclass(frozen=True, kw_only=True)
class Diff:
    """What leads from one definition to another."""

    steps: PartsDiff
    transitions: PartsDiff
    settings: Sequence[FieldChange]

    @property
    def is_same(self) -> bool:
        """Return whether nothing differs."""
        parts = (self.steps, self.transitions)
        return not self.settings and not any(p.added or p.removed or p.changed for p in parts)


def diff(*, old: Graph, new: Graph, old_settings: Fields, new_settings: Fields) -> Diff:
    """Compare two definitions of one workflow; steps and transitions are known by their number."""
    before, after = old.as_json(), new.as_json()
    return Diff(
        steps=_parts(before["nodes"], after["nodes"], key="step_id"),
        transitions=_parts(before["edges"], after["edges"], key="transition_id"),
        settings=_fields(_flat(old_settings), _flat(new_settings)),
    )


def _parts(old: Sequence[Fields], new: Sequence[Fields], *, key: str) -> PartsDiff:
    before = {part[key]: part for part in old}
    after = {part[key]: part for part in new}
    both = [(part, before[number]) for number, part in after.items() if number in before]
    changed = [(part, _fields(was, part)) for part, was in both]
    return PartsDiff(
        added=[part for number, part in after.items() if number not in before],
        removed=[part for number, part in before.items() if number not in after],
        changed=[
            PartChange(number=part[key], name=part["name"], fields=fields)
            for part, fields in changed
            if fields
        ],
    )


def _fields(old: Fields, new: Fields) -> list[FieldChange]:
    names = [*new, *(name for name in old if name not in new)]
    return [
        FieldChange(field=ON_THE_WIRE.get(name, name), old=old.get(name), new=new.get(name))
        for name in names
        if old.get(name) != new.get(name)
    ]


def _flat(settings: Fields) -> dict[str, Any]:
    """Write the times of the priorities out as settings of their own, in seconds."""
    times = {f"{name}_sla_s": value for name, value in settings.get("sla_s", {}).items()}
    return {name: value for name, value in settings.items() if name != "sla_s"} | times
