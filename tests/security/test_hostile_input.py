"""Input of the worst kind at every operation: an error that says so, and never one of ours.

TTS_FUZZ_SHARE is the part of the cases that is tried (0.2; 1 for all), TTS_FUZZ_SEED which ones.
"""

import os
import random
from collections.abc import Iterator
from typing import Any

import pytest
from conftest import People
from hostile import BODIES, VALUES, queries
from operations import SERVICES, Operation, components, operations, resolved, sample
from running import System
from trying import Caller, Try, encoded, faults, things

SEED = int(os.environ.get("TTS_FUZZ_SEED", "20261124"))
SHARE = float(os.environ.get("TTS_FUZZ_SHARE", "0.2"))
PLACES = (
    *("0", "-1", "1.5", "9" * 30, str(2**63), "T-0", "T-" + "9" * 30, "T-٣", "%00", "%FF", "a%2Fb"),
    *("..%2F..%2Fadmin", "%F0%9F%92%A9", "a" * 3000, "null", "' OR 1=1 --", "%C0%AE", "{}"),
)
LARGE = 100_000  # bytes; the gateway takes in more than this before the service answers


@pytest.fixture(scope="module")
def known(system: System, people: People) -> dict[str, Any]:
    return things(system, people)


@pytest.fixture(scope="module", params=["Admin", "L1 Support"])
def caller(request: pytest.FixtureRequest, people: People) -> Iterator[Caller]:
    made = Caller(people, ("tts", request.param))
    yield made
    made.close()


def some(cases: list[Try], *, service: str) -> list[Try]:
    """A part of the cases, another one with each seed; deletions come last."""
    chance = random.Random(f"{SEED} {service}")
    chosen = chance.sample(cases, max(1, round(len(cases) * SHARE))) if cases else []
    return sorted(chosen, key=lambda each: each.operation.method == "delete")


@pytest.mark.parametrize("service", SERVICES)
def test_bodies_that_are_none(service: str, caller: Caller, known: dict[str, Any]) -> None:
    chance = random.Random(SEED)
    tries = [
        Try(
            one,
            what,
            one.address(known, chance=chance),
            content=body,
            headers={"Content-Type": kind},
            at_gateway=len(body) > LARGE * 10,
        )
        for one in operations(service)
        if not one.is_safe
        for what, (kind, body) in BODIES.items()
    ]
    found = faults(caller, some(tries, service=service))
    assert not found, "\n".join(found)


@pytest.mark.parametrize("service", SERVICES)
def test_fields_that_hold_anything(service: str, caller: Caller, known: dict[str, Any]) -> None:
    named, chance = components(service), random.Random(SEED)
    tries = [
        each
        for one in operations(service)
        if one.body_schema
        for each in _spoilt(one, resolved(one.body_schema, named), known, chance)
    ]
    found = faults(caller, some(tries, service=service))
    assert not found, "\n".join(found)


def _spoilt(
    one: Operation, schema: dict[str, Any], known: dict[str, Any], chance: random.Random
) -> Iterator[Try]:
    """Yield bodies that are good but for one field, also deep inside, and an unknown one."""
    for value in VALUES:
        body = sample(schema, known=known)
        if not isinstance(body, dict):
            continue
        name = chance.choice([*body, "unknown"])
        if isinstance(body.get(name), list) and body[name] and chance.random() < 0.7:
            body[name] = _with(body[name][0], value, chance)
        else:
            body[name] = value
        yield Try(
            one,
            f"{name} is {str(value)[:40]!a}",
            one.address(known, chance=chance),
            content=encoded(body),
            headers={"Content-Type": "application/json"},
        )


def _with(item: Any, value: Any, chance: random.Random) -> list[Any]:
    if isinstance(item, dict) and item:
        return [item | {chance.choice(list(item)): value}]
    return [value]


@pytest.mark.parametrize("service", SERVICES)
def test_queries_that_ask_for_anything(service: str, caller: Caller, known: dict[str, Any]) -> None:
    chance = random.Random(SEED)
    tries = [
        Try(one, "query", one.address(known, chance=chance), params=query)
        for one in operations(service)
        if one.is_safe or not one.body_schema
        for query in queries(
            [p["name"] for p in one.definition.get("parameters", []) if p["in"] == "query"]
        )
    ]
    found = faults(caller, some(tries, service=service))
    assert not found, "\n".join(found)


@pytest.mark.parametrize("service", SERVICES)
def test_paths_that_name_anything(service: str, caller: Caller) -> None:
    tries = [
        Try(one, "path", one.path.replace(f"{{{name}}}", place).replace("{", "").replace("}", ""))
        for one in operations(service)
        for name in one.parameters
        for place in PLACES
    ]
    found = faults(caller, some(tries, service=service))
    assert not found, "\n".join(found)
