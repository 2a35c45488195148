"""The trail is checked and exported while others write, and nobody is suspected."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from builders import ADMIN, AT, deployed
from django.core.management import call_command
from django.utils import timezone

from servicekit.testing.races import race
from workflow_api.audit import evidence
from workflow_api.audit.services import anchor_days
from workflow_api.audit.verification import verify
from workflow_api.roles.models import Role
from workflow_api.workflows import services as workflows

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = 12


@pytest.fixture
def numbers(support: Role) -> list[int]:
    """Three deployed workflows whose chains grow with every pause and resume."""
    made = [deployed(f"Workflow {n}", role=support) for n in range(3)]
    anchor_days(at=timezone.now())
    return [each.workflow_id for each in made]


def writer(workflow_id: int) -> Any:
    def write() -> None:
        for _ in range(ROUNDS):
            workflows.pause(workflow_id=workflow_id, by=ADMIN, at=timezone.now())
            workflows.resume(workflow_id=workflow_id, by=ADMIN, at=timezone.now())

    return write


def test_a_check_while_others_write_finds_nothing(numbers: list[int]) -> None:
    def check() -> list[Any]:
        return [verify(at=AT).alteration for _ in range(ROUNDS)]

    found = race(*[writer(each) for each in numbers], check)
    assert found[-1] == [None] * ROUNDS


def test_an_export_while_others_write_is_of_one_moment(numbers: list[int], tmp_path: Path) -> None:
    def export() -> list[str]:
        texts = []
        for _ in range(ROUNDS // 2):
            out = StringIO()
            call_command("audit_export", stdout=out)
            texts.append(out.getvalue())
        return texts

    texts = race(*[writer(each) for each in numbers], export)[-1]
    for text in texts:
        (tmp_path / "export.jsonl").write_text(text, encoding="utf-8")
        assert evidence.main([str(tmp_path / "export.jsonl")]) == 0
    rows = [json.loads(text.splitlines()[-1])["rows"] for text in texts]
    assert rows == sorted(rows)
