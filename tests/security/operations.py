"""Every operation of every OpenAPI document, and what may be done with it to a living system."""

import itertools
import json
import random
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import schemathesis
from matrix import PREFIXES, UNKNOWN
from schemathesis.specs.openapi.schemas import OpenApiSchema

_serial = itertools.count(time.time_ns())
ROOT = Path(__file__).parents[2]
SAFE = {"get", "head"}
# What the callers, the other tests or the disk would not survive.
LEFT_OUT = {
    "POST /logout/": "ends the session that asks",
    "POST /api/v1/sessions/end-all/": "ends the session that asks",
    "POST /api/v1/sessions/end-others/": "ends the sessions of the other threads",
    "POST /api/simulators/reset/": "takes from other tests what they have set",
    "POST /api/tickets/generate/": "floods the intake with work for everybody",
}
# Foreign systems that are only imitated answer in their own words.
FOREIGN = ("/ams/", "/bms/")
# What a text of a name must be for a service to take it; `{}` is new each time.
NAMED = {
    "username": "tried-{}",
    "email": "tried-{}@example.com",
    "slug": "tried-{}",
    "name": "Tried {}",
    "ticket_id": "TRIED-{}",
    "password": "Nine-Lives-of-the-Cat-7",
    "system": "tts",
    "time_zone": "Europe/Berlin",
    "timezone": "Europe/Berlin",
    "language": "en",
    "phone": "+49 30 123456",
    "urgent_sla": "PT1H",
    "high_sla": "PT2H",
    "medium_sla": "PT4H",
    "low_sla": "PT8H",
    "path": "ws/notifications/",
    "requester_email": "somebody@example.com",
    "notes": "because",
    "absent_from": "2029-11-24T09:00:00Z",
    "status": None,
    "calendar": None,
}
NOT_JSON = re.compile(r"/(schema|docs)/$")


@dataclass(frozen=True)
class Operation:
    """One method of one path of a service."""

    service: str
    method: str
    path: str
    definition: dict[str, Any]

    @property
    def name(self) -> str:
        return f"{self.method.upper()} {self.path}"

    @property
    def is_safe(self) -> bool:
        return self.method in SAFE

    @property
    def is_foreign(self) -> bool:
        return self.path.startswith(FOREIGN)

    @property
    def parameters(self) -> list[str]:
        """The names in the path."""
        return re.findall(r"{(\w+)}", self.path)

    @property
    def body_schema(self) -> dict[str, Any] | None:
        """The schema of the JSON body, where there is one."""
        content = self.definition.get("requestBody", {}).get("content", {})
        found: dict[str, Any] | None = content.get("application/json", {}).get("schema")
        return found

    def address(self, known: dict[str, Any], *, chance: random.Random) -> str:
        """The path with ids: of the things that were made for it, or that nobody has."""

        def filled(name: re.Match[str]) -> str:
            own = known.get(name[1])
            return str(own if own is not None and chance.random() < 0.8 else UNKNOWN["int"])

        return re.sub(r"{(\w+)}", filled, self.path)


def document(service: str) -> OpenApiSchema:
    """The committed description of a service; a check keeps it equal to the running one."""
    found: OpenApiSchema = schemathesis.openapi.from_path(ROOT / service / "openapi.yaml")
    return found


def operations(service: str) -> Iterator[Operation]:
    """Every operation that may be tried."""
    raw = document(service).raw_schema
    for path, methods in raw["paths"].items():
        for method, definition in methods.items():
            one = Operation(service, method, path, definition)
            if one.name not in LEFT_OUT and not NOT_JSON.search(path):
                yield one


def resolved(schema: Any, components: dict[str, Any]) -> Any:
    """A schema without references; what refers to itself ends after some turns."""
    return _resolved(schema, components, 12)


def _resolved(schema: Any, components: dict[str, Any], turns: int) -> Any:
    if isinstance(schema, list):
        return [_resolved(each, components, turns) for each in schema]
    if not isinstance(schema, dict):
        return schema
    if "$ref" in schema and turns:
        name = schema["$ref"].rpartition("/")[2]
        return _resolved(components[name], components, turns - 1)
    return {key: _resolved(value, components, turns) for key, value in schema.items()}


def sample(schema: dict[str, Any], *, known: dict[str, Any], name: str = "") -> Any:
    """Some value that a schema allows, with ids that exist."""
    if name in known and _is_fit(known[name], schema):
        return known[name]
    if name in NAMED and "enum" not in schema:
        wanted = NAMED[name]
        return wanted.format(next(_serial)) if wanted else None
    for word in ("const", "default", "example"):
        if schema.get(word) is not None:
            return schema[word]
    if "enum" in schema:
        return schema["enum"][0]
    for word in ("anyOf", "oneOf", "allOf"):
        if word in schema:
            return sample(schema[word][0], known=known, name=name)
    return _of_type(schema, known=known)


def _is_fit(value: Any, schema: dict[str, Any]) -> bool:
    kinds = {each.get("type") for each in schema.get("anyOf", [schema])}
    return ("integer" in kinds) if isinstance(value, int) else ("string" in kinds)


def _of_type(schema: dict[str, Any], *, known: dict[str, Any]) -> Any:
    match schema.get("type"):
        case "object":
            fields = schema.get("properties", {})
            return {each: sample(fields[each], known=known, name=each) for each in fields}
        case "array":
            item = sample(schema.get("items", {}), known=known)
            return [item] * max(1, schema.get("minItems", 0))
        case "integer" | "number":
            return max(1, schema.get("minimum", 1))
        case "boolean":
            return True
        case "null":
            return None
        case _:
            return _text(schema)


def _text(schema: dict[str, Any]) -> str:
    texts = {
        "email": "somebody@example.com",
        "date-time": "2030-11-24T09:00:00Z",
        "date": "2030-11-24",
        "time": "08:00:00",
        "duration": "PT4H",
        "uuid": UNKNOWN["uuid"],
        "uri": "https://example.com/",
    }
    return texts.get(schema.get("format", ""), "something").ljust(schema.get("minLength", 0), "x")


def components(service: str) -> dict[str, Any]:
    """The named schemas of a service."""
    found: dict[str, Any] = document(service).raw_schema["components"]["schemas"]
    return json.loads(json.dumps(found))  # type: ignore[no-any-return]


SERVICES = tuple(PREFIXES)
