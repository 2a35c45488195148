"""A deployed version as tasks use it: parsed once, immutable. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Self

from workflow_api.workflows.graph import Graph

PRIORITIES = ("urgent", "high", "medium", "low")


@dataclass(frozen=True, kw_only=True)
class FrozenVersion:
    """The graph and the settings of one version; `slas` maps each priority to its time."""

    version_id: int
    workflow_id: int
    number: int
    name: str
    category: str
    sub_category: str
    department: str
    slas: Mapping[str, timedelta]
    end_logic: str
    assignment_strategy: str
    calendar_id: int | None
    graph: Graph

    @classmethod
    def of(
        cls,
        *,
        version_id: int,
        workflow_id: int,
        number: int,
        settings: Mapping[str, Any],
        graph: Mapping[str, Any],
    ) -> Self:
        slas = {name: timedelta(seconds=settings["sla_s"][name]) for name in PRIORITIES}
        others = {key: value for key, value in settings.items() if key != "sla_s"}
        return cls(
            version_id=version_id,
            workflow_id=workflow_id,
            number=number,
            slas=slas,
            graph=Graph.of(graph),
            **others,
        )
