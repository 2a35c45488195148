"""Random input after the OpenAPI documents, valid and not: no 5xx, and nothing but what they say.

TTS_FUZZ_EXAMPLES is the number of cases of each kind an operation gets (3; 500 in a long run),
TTS_FUZZ_SEED which ones.
"""

import os
import random
from collections.abc import Iterator
from typing import Any

import pytest
import requests
from conftest import People
from hostile import faults_of
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import seed as seeded
from hypothesis.errors import Unsatisfiable
from matrix import UNKNOWN
from operations import LEFT_OUT, NOT_JSON, SERVICES, Operation, document
from running import System
from schemathesis import Case, GenerationMode
from schemathesis.checks import CHECKS, load_all_checks
from schemathesis.core.failures import Failure, FailureGroup
from schemathesis.core.result import Ok
from trying import Caller, things

SEED = int(os.environ.get("TTS_FUZZ_SEED", "20261124"))
EXAMPLES = int(os.environ.get("TTS_FUZZ_EXAMPLES", "3"))
UNSENDABLE = (requests.exceptions.InvalidHeader, requests.exceptions.InvalidURL, UnicodeError)
load_all_checks()
LIES: Any = CHECKS.get_by_names(["response_schema_conformance", "content_type_conformance"])


@pytest.fixture(scope="module")
def known(system: System, people: People) -> dict[str, Any]:
    return things(system, people)


@pytest.fixture(scope="module", params=["Admin", "L1 Support"])
def caller(request: pytest.FixtureRequest, people: People) -> Iterator[Caller]:
    made = Caller(people, ("tts", request.param))
    yield made
    made.close()


@pytest.mark.parametrize("service", SERVICES)
def test_what_the_documents_allow_and_forbid(
    service: str, system: System, caller: Caller, known: dict[str, Any]
) -> None:
    trial = Trial(system, service, caller, known)
    results = list(document(service).get_all_operations())
    found = [result.ok() for result in results if isinstance(result, Ok)]
    assert len(found) == len(results), f"what {service} says of itself cannot be read"
    for one in sorted(found, key=lambda each: each.method == "delete"):
        name = f"{one.method.upper()} {one.path}"
        if name in LEFT_OUT or NOT_JSON.search(one.path):
            continue
        for mode in GenerationMode:
            trial.run(one, mode)
    assert not trial.faults, "\n".join(trial.faults)


class Trial:
    """The cases of one service with one caller, and what was wrong with the answers."""

    def __init__(self, system: System, service: str, caller: Caller, known: dict[str, Any]) -> None:
        self.faults: list[str] = []
        self._known, self._caller = known, caller
        self._chance = random.Random(SEED)
        self._base = system.status["services"][service.split("_", maxsplit=1)[0]]
        self._service = service
        self._line = requests.Session()
        self._line.trust_env = False

    def run(self, one: Any, mode: GenerationMode) -> None:
        """Try an operation with input of one kind."""

        @seeded(SEED)
        @settings(
            max_examples=EXAMPLES,
            database=None,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=one.as_strategy(generation_mode=mode))
        def each(case: Case[Any]) -> None:
            self._look_at(case)

        try:
            each()
        except Unsatisfiable:
            assert mode is GenerationMode.NEGATIVE, f"nothing fits {one.label}"

    def _look_at(self, case: Case[Any]) -> None:
        operation = Operation(self._service, case.method.lower(), case.operation.path, {})
        self._tame(case, operation)
        try:
            answer = self._sent(case)
        except UNSENDABLE:
            return
        wrong = faults_of(answer, is_foreign=operation.is_foreign)  # type: ignore[arg-type]
        is_json = answer.headers.get("content-type", "").startswith("application/json")
        if not wrong and answer.status_code < 400 and is_json:
            wrong = _lies(case, answer)
        where = f"{self._service} {operation.name} {case.path_parameters} {case.query}"
        self.faults += [
            f"{each} ← {where} {case.body!r:.300} → {answer.text[:300]}" for each in wrong
        ]

    def _tame(self, case: Case[Any], operation: Operation) -> None:
        """Point what writes to what was made for it, so that nobody else's things are hit."""
        for name in case.path_parameters or {}:
            if name in self._known and self._chance.random() < 0.7:
                case.path_parameters[name] = self._known[name]
            elif not operation.is_safe:
                case.path_parameters[name] = UNKNOWN["int"]
        if isinstance(case.body, dict):
            case.body |= {name: self._known[name] for name in case.body.keys() & self._known.keys()}

    def _sent(self, case: Case[Any]) -> requests.Response:
        headers = {"Authorization": self._caller.bearer, "X-Forwarded-For": self._address()}
        wanted = case.as_transport_kwargs(base_url=self._base, headers=headers)
        return self._line.request(**wanted, timeout=60, allow_redirects=False)

    def _address(self) -> str:
        return f"198.18.{self._chance.randrange(256)}.{self._chance.randrange(256)}"


def _lies(case: Case[Any], answer: requests.Response) -> list[str]:
    try:
        case.validate_response(answer, checks=LIES)
    except (Failure, FailureGroup) as lie:
        return [f"{lie!r} {lie}"[:1500]]
    return []
