"""Exports of the trail as tests write, read and alter them."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from workflow_api.audit import evidence

Lines = list[dict[str, Any]]


def exported(*arguments: str) -> Lines:
    """Return the export of all that there is."""
    out = StringIO()
    call_command("audit_export", *arguments, stdout=out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def written(lines: Lines, folder: Path, name: str = "export.jsonl") -> str:
    """Write an export to a file and return its path."""
    path = folder / name
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return str(path)


def verdict(lines: Lines, folder: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    """Return the exit code of the verifier and what it says."""
    code = evidence.main([written(lines, folder)])
    return code, capsys.readouterr().out.strip()


def rows(lines: Lines, subject: str = "task:T-1") -> Lines:
    """Return the rows of one chain."""
    return [line for line in lines if line["type"] == "row" and line["subject"] == subject]


def anchors(lines: Lines) -> Lines:
    """Return the anchors."""
    return [line for line in lines if line["type"] == "anchor"]


def reseal(lines: Lines, subject: str) -> None:
    """Seal a chain anew from its first row, and its head, as a forger would."""
    previous = ""
    for row in rows(lines, subject):
        row["previous_hash"] = previous
        previous = row["hash"] = evidence.digest(row, evidence.ROW)
    for line in lines:
        if line["type"] == "head" and line["subject"] == subject:
            line["hash"], line["seq"] = previous, len(rows(lines, subject))
