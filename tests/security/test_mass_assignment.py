"""Fields that a body must not set: those of the answer and of the models that no request names."""

import random
from typing import Any

import pytest
from conftest import People
from operations import SERVICES, Operation, components, operations, resolved, sample
from running import System
from trying import Caller, Try, encoded, things

MARK, NUMBER = "set-by-nobody", 987_654_321
# What models have beside what answers show.
HIDDEN = (
    *("pk", "is_staff", "is_superuser", "is_builtin", "token_version", "last_login", "owner_id"),
    *("created_by", "assigned_by", "author_id", "user", "hash", "sealed_secret", "revoked_at"),
)


@pytest.fixture(scope="module")
def known(system: System, people: People) -> dict[str, Any]:
    return things(system, people)


@pytest.fixture(scope="module")
def caller(people: People) -> Caller:
    return Caller(people, ("tts", "Admin"))


def answered(one: Operation, named: dict[str, Any]) -> dict[str, Any]:
    """The fields of a good answer."""
    for status, answer in one.definition["responses"].items():
        if status.startswith("2"):
            schema = answer.get("content", {}).get("application/json", {}).get("schema", {})
            found: dict[str, Any] = resolved(schema, named).get("properties", {})
            return found
    return {}


def marked(schema: dict[str, Any]) -> Any:
    """A value of the field's own type that nobody would have by chance."""
    match schema.get("type"):
        case "integer" | "number":
            return NUMBER
        case "boolean":
            return True
        case "string" if schema.get("format") == "date-time":
            return "1999-12-31T00:00:00Z"
        case _:
            return MARK


@pytest.mark.parametrize("service", SERVICES)
def test_nothing_is_set_that_a_request_does_not_name(
    service: str, caller: Caller, known: dict[str, Any]
) -> None:
    named, chance, found = components(service), random.Random(1), []
    for one in operations(service):
        if not one.body_schema:
            continue
        body = sample(resolved(one.body_schema, named), known=known)
        if not isinstance(body, dict):
            continue
        shown = answered(one, named)
        foreign = {name: marked(shown[name]) for name in shown.keys() - body.keys()}
        foreign |= {name: MARK for name in HIDDEN if name not in body and name not in shown}
        path = one.address(known, chance=chance)
        headers = {"Content-Type": "application/json"}
        answer = caller.ask(Try(one, "more", path, encoded(foreign | body), headers))
        assert answer.status_code < 500, f"{one.name}: {answer.text}"
        if answer.status_code < 300 and _taken(answer.text):
            found.append(f"{one.name}: {answer.text[:500]}")
    assert not found, "\n".join(found)


def _taken(text: str) -> bool:
    return MARK in text or str(NUMBER) in text or "1999-12-31" in text
