"""What a YAML definition may say; everything else is refused, by its path."""

from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from servicekit.api import ExactInput, Input
from servicekit.contracts import UnsafeText, check_text
from servicekit.errors import Invalid
from workflow_api.roles import selectors as roles
from workflow_api.sla.models import Calendar
from workflow_api.workflows.inputs import MAX_EDGES, MAX_NODES, EdgeIn, Id, NodeIn, WorkflowIn
from workflow_api.workflows.portable import SYSTEM
from workflow_api.workflows.services import EdgeDraft, NodeDraft

StepName = Annotated[str, Field(min_length=1, max_length=130)]


class DefinitionNotValid(Invalid):
    message = "The definition is not valid: {first}"


class PositionPart(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    x: Annotated[float, Field(allow_inf_nan=False)] = 0
    y: Annotated[float, Field(allow_inf_nan=False)] = 0


class TransitionPart(BaseModel):
    """A transition between steps by name; without `to` it ends the run."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    from_: Annotated[StepName, Field(alias="from")]
    to: StepName | None = None
    name: Annotated[str, Field(max_length=120)] = ""
    kind: str = "forward"


class DefinitionIn(WorkflowIn):
    """A whole definition."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    steps: Annotated[list[dict[str, Any]], Field(max_length=MAX_NODES)]
    transitions: Annotated[list[TransitionPart], Field(max_length=MAX_EDGES)]


class ImportIn(ExactInput):
    yaml: str


class ImportQuery(Input):
    """`replace` names the draft to save onto, `version` the one of it that was read."""

    dry_run: bool = False
    replace: Id | None = None
    version: Id | None = None

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.version is not None and self.replace is None:
            raise ValueError("version needs replace")
        return self


class ExportQuery(Input):
    """Which version; the draft unless told."""

    version: Id | None = None


def parse_definition(data: Any) -> tuple[dict[str, Any], list[NodeDraft], list[EdgeDraft]]:
    """Return settings, steps and transitions. Raises DefinitionNotValid naming every fault."""
    errors: dict[str, list[str]] = {}
    try:
        wanted = DefinitionIn.model_validate(_checked(data, errors))
    except ValidationError as exc:
        _collect(exc, "", errors)
        raise _refused(errors) from exc
    keys = [str(step.get("key", step.get("name", ""))).strip() for step in wanted.steps]
    nodes = [_node(i, s, keys, errors) for i, s in enumerate(wanted.steps)]
    edges = [_edge(i, e, set(keys), errors) for i, e in enumerate(wanted.transitions)]
    known = roles.roles_by_name(
        str(ref) for n in nodes if n for ref in (n.role, n.escalate_to) if ref is not None
    )
    for index, node in enumerate(nodes):
        for field in ("role", "escalate_to"):
            ref = getattr(node, field, None)
            if ref is not None and str(ref).casefold() not in known:
                errors[f"steps[{index}].{field}"] = [f"there is no role {SYSTEM}{ref}"]
    if errors:
        raise _refused(errors)
    values = wanted.values()
    for key in ("steps", "transitions"):
        values.pop(key, None)
    return values, [n for n in nodes if n], [e for e in edges if e]


def _checked(data: Any, errors: dict[str, list[str]]) -> Any:
    if not isinstance(data, dict):
        raise _refused({"yaml": ["it must be a mapping of settings, steps and transitions"]})
    try:
        check_text(data)
    except UnsafeText as exc:
        raise _refused({"yaml": [str(exc)]}) from exc
    data = dict(data)
    name = data.pop("calendar", None)
    if name is not None:
        found = Calendar.objects.filter(name__iexact=str(name)).first()
        data["calendar"] = found.pk if found else None
        if found is None:
            errors["calendar"] = [f"there is no calendar {name}"]
    return data


def _node(
    index: int, step: dict[str, Any], keys: list[str], errors: dict[str, list[str]]
) -> NodeDraft | None:
    path = f"steps[{index}]"
    allowed = {*NodeIn.model_fields, "key"} - {"step_id", "role_id"}
    for key in step:
        if key not in allowed:
            errors[f"{path}.{key}"] = ["there is no such setting"]
    if keys[index] in keys[:index]:
        errors[f"{path}.name"] = [f"“{keys[index]}” stands there twice; give one a key"]
    try:
        PositionPart.model_validate(step.get("position", {}))
        values = _roles(step, path, errors) | {"step_id": "temp-x"}
        draft = NodeIn.model_validate(values).draft()
    except ValidationError as exc:
        is_position = exc.title == "PositionPart"
        _collect(exc, f"{path}.position" if is_position else path, errors)
        return None
    return NodeDraft(**{**vars(draft), "ref": f"temp-{keys[index]}"})


def _roles(step: dict[str, Any], path: str, errors: dict[str, list[str]]) -> dict[str, Any]:
    """Return a step without its key, its roles by their bare names."""
    values = {key: value for key, value in step.items() if key != "key"}
    for field in ("role", "escalate_to"):
        ref = values.get(field)
        if isinstance(ref, str) and ref.startswith(SYSTEM):
            values[field] = ref.removeprefix(SYSTEM)
        elif ref is not None:
            errors[f"{path}.{field}"] = [f"there is no role {ref}; write {SYSTEM}name"]
            values[field] = None
    return values


def _edge(
    index: int, part: TransitionPart, keys: set[str], errors: dict[str, list[str]]
) -> EdgeDraft | None:
    for field, ref in (("from", part.from_), ("to", part.to)):
        if ref is not None and ref not in keys:
            errors[f"transitions[{index}].{field}"] = [f"there is no step {ref}"]
    try:
        draft = EdgeIn.model_validate({"from": 1, "name": part.name, "kind": part.kind}).draft()
    except ValidationError as exc:
        _collect(exc, f"transitions[{index}]", errors)
        return None
    to = None if part.to is None else f"temp-{part.to}"
    return EdgeDraft(**{**vars(draft), "from_ref": f"temp-{part.from_}", "to_ref": to})


def _collect(exc: ValidationError, path: str, errors: dict[str, list[str]]) -> None:
    for fault in exc.errors(include_url=False, include_context=False):
        name = path
        for part in fault["loc"]:
            name += f"[{part}]" if isinstance(part, int) else f".{part}"
        message = fault["msg"].removeprefix("Value error, ")
        errors.setdefault(name.lstrip(".") or "yaml", []).append(message)


def _refused(errors: dict[str, list[str]]) -> DefinitionNotValid:
    path, messages = next(iter(errors.items()))
    return DefinitionNotValid(errors=errors, first=f"{path}: {messages[0]}")
