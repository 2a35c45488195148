"""The export, and its check by a file that knows neither Django nor the database."""

import gzip
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from builders import AT, deployed
from django.core.management import call_command
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st
from trails import Thing, entry

from workflow_api.audit import evidence, services
from workflow_api.audit.evidence import MerkleTree
from workflow_api.roles.models import Role

DAY = timedelta(days=1)
Lines = list[dict[str, Any]]


def merkle_root(leaves: list[bytes]) -> bytes:
    """Return the Merkle Tree Hash as RFC 6962 writes it, by recursion."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return sha256(b"\x00" + leaves[0]).digest()
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    return sha256(b"\x01" + merkle_root(leaves[:half]) + merkle_root(leaves[half:])).digest()


@given(st.lists(st.text(alphabet="0123456789abcdef"), max_size=70))
def test_the_tree_is_that_of_the_rfc(leaves: list[str]) -> None:
    tree = MerkleTree()
    for leaf in leaves:
        tree.add(leaf)
    assert tree.root() == merkle_root([each.encode() for each in leaves]).hex()


def test_the_tree_gives_the_roots_that_others_publish() -> None:
    """The test vectors of Certificate Transparency's own implementation."""
    tree = MerkleTree()
    assert tree.root() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    tree.add("")
    assert tree.root() == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
    tree.add("\x00")
    assert tree.root() == "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"


@pytest.fixture
def lines(support: Role, transactional_db: None) -> Lines:
    """An export of a workflow, and of a task on two anchored days and today."""
    return export(support)


def export(support: Role) -> Lines:
    deployed(role=support)
    thing = Thing("task:T-1")
    for number in range(3):
        with transaction.atomic():
            values = {"new": {"ä": [1, None]}, "details": {"notes": "“✓”"}}
            services.record(entry(thing, f"act{number}", at=AT + number * DAY, **values))
        services.anchor_days(at=AT + number * DAY)
    return exported()


def exported(*arguments: str) -> Lines:
    out = StringIO()
    call_command("audit_export", *arguments, stdout=out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def written(lines: Lines, folder: Path, name: str = "export.jsonl") -> str:
    path = folder / name
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return str(path)


def verdict(lines: Lines, folder: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    code = evidence.main([written(lines, folder)])
    return code, capsys.readouterr().out.strip()


def kinds(lines: Lines) -> list[str]:
    return [line["type"] for line in lines]


def test_an_anchor_follows_its_rows_and_all_is_counted(lines: Lines) -> None:
    assert kinds(lines)[0] == "header"
    assert kinds(lines)[-2:] == ["head", "end"]
    anchors = [number for number, kind in enumerate(kinds(lines)) if kind == "anchor"]
    assert len(anchors) == 2
    assert lines[anchors[1] - 1]["subject"] == "task:T-1"
    assert lines[-1] == {
        "type": "end",
        "rows": kinds(lines).count("row"),
        "anchors": 2,
        "heads": kinds(lines).count("head"),
    }


def test_a_whole_export_is_said_to_be_whole(
    lines: Lines, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, said = verdict(lines, tmp_path, capsys)
    assert code == 0
    assert said.startswith(f"WHOLE {kinds(lines).count('row')} rows in ")
    assert said.endswith([line["hash"] for line in lines if line["type"] == "anchor"][-1])


def rows(lines: Lines, subject: str = "task:T-1") -> Lines:
    return [line for line in lines if line["type"] == "row" and line["subject"] == subject]


def anchors(lines: Lines) -> Lines:
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


def alter_row(lines: Lines) -> None:
    rows(lines)[1]["user_name"] = "somebody else"


def delete_middle(lines: Lines) -> None:
    lines.remove(rows(lines)[1])


def truncate_tail(lines: Lines) -> None:
    head = next(line for line in lines if line["type"] == "head" and "workflow" in line["subject"])
    lines.remove(rows(lines, head["subject"])[-1])


def truncate_tail_with_head(lines: Lines) -> None:
    head = next(line for line in lines if line["type"] == "head" and "workflow" in line["subject"])
    lines.remove(rows(lines, head["subject"])[-1])
    reseal(lines, head["subject"])


def remove_chain(lines: Lines) -> None:
    for row in rows(lines):
        lines.remove(row)


def insert_row(lines: Lines) -> None:
    last = rows(lines)[1]
    forged = last | {"id": last["id"] + 0.5, "seq": 3, "previous_hash": last["hash"]}
    forged["hash"] = evidence.digest(forged, evidence.ROW)
    lines.insert(lines.index(last) + 1, forged)


def alter_anchor(lines: Lines) -> None:
    anchors(lines)[0]["rows"] += 1


def alter_anchor_and_seal_it(lines: Lines) -> None:
    anchor = anchors(lines)[0]
    anchor["root"] = "0" * 64
    anchor["hash"] = evidence.digest(anchor, evidence.ANCHOR)


def remove_anchor(lines: Lines) -> None:
    lines.remove(anchors(lines)[0])


def swap_rows(lines: Lines) -> None:
    first, second = [n for n, line in enumerate(lines) if line["type"] == "row"][:2]
    lines[first], lines[second] = lines[second], lines[first]


def double_row(lines: Lines) -> None:
    row = rows(lines)[0]
    lines.insert(lines.index(row), row)


FORGERIES: list[tuple[Callable[[Lines], None], str]] = [
    (alter_row, "task:T-1 #2: its values are not those that were sealed"),
    (delete_middle, "anchor:2026-11-25 #2: 1 rows were anchored, 0 are there"),
    (truncate_tail, "anchor:2026-11-24 #1: "),
    (truncate_tail_with_head, "anchor:2026-11-24 #1: "),
    (remove_chain, "anchor:2026-11-24 #1: "),
    (insert_row, "anchor:2026-11-25 #2: 1 rows were anchored, 2 are there"),
    (alter_anchor, "anchor:2026-11-24 #1: its values are not those that were sealed"),
    (alter_anchor_and_seal_it, "anchor:2026-11-24 #1: its rows are not those that were anchored"),
    (remove_anchor, "anchor:2026-11-25 #1: an anchor before it is gone"),
    (swap_rows, "it was written before the rows that precede it"),
    (double_row, "task:T-1 #1: it is there twice, or out of order"),
]


@pytest.mark.parametrize(
    ("forge", "expected"), FORGERIES, ids=lambda each: getattr(each, "__name__", "")
)
def test_each_forgery_is_named(
    lines: Lines,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    forge: Callable[[Lines], None],
    expected: str,
) -> None:
    forge(lines)
    code, said = verdict(lines, tmp_path, capsys)
    assert code == 1
    assert said.startswith("ALTERED ")
    assert expected in said


def test_a_tail_that_no_anchor_covers_yet_is_missed_by_the_head(
    support: Role, transactional_db: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workflow = deployed(role=support)
    lines = exported()
    lines.remove(rows(lines, workflow.audit_subject)[-1])
    workflow.refresh_from_db()
    code, said = verdict(lines, tmp_path, capsys)
    assert code == 1
    assert f"{workflow.audit_subject} #{workflow.audit_seq}: the row is missing" in said


def test_a_history_that_was_rewritten_with_all_its_anchors_is_found_by_those_that_were_kept(
    lines: Lines, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = written(exported("--anchors"), tmp_path, "kept.jsonl")
    rows(lines)[0]["user_name"] = "somebody else"
    reseal(lines, "task:T-1")
    previous, tree = "", MerkleTree()
    for line in lines:
        if line["type"] == "row":
            tree.add(line["hash"])
        if line["type"] == "anchor":
            line["root"], line["previous_hash"] = tree.root(), previous
            previous = line["hash"] = evidence.digest(line, evidence.ANCHOR)
            tree = MerkleTree()
    forged = written(lines, tmp_path)
    assert evidence.main([forged]) == 0
    capsys.readouterr()
    assert evidence.main([forged, "--kept", kept]) == 1
    assert capsys.readouterr().out == (
        "ALTERED anchor:2026-11-24 #1: it is not the anchor that was kept\n"
    )


def test_anchors_are_kept_by_a_log_as_well(
    lines: Lines, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    anchor = anchors(lines)[0]
    logged = [
        {"event": "audit_anchored", "service": "workflow_api"} | anchor,
        {"event": "something", "number": "x", "day": 1, "root": 2, "hash": 3},
        [1],
    ]
    log = tmp_path / "service.log"
    text = "".join(json.dumps(each) + "\n" for each in logged)
    log.write_text("Traceback (most recent call last):\n" + text)
    whole = written(lines, tmp_path)
    assert evidence.main([whole, "--kept", str(log)]) == 0
    log.write_text(text.replace(anchor["hash"], "0" * 64))
    assert evidence.main([whole, "--kept", str(log)]) == 1
    assert "it is not the anchor that was kept" in capsys.readouterr().out


def test_an_anchor_that_was_kept_and_is_gone_is_missed(
    lines: Lines, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = written(anchors(lines), tmp_path, "kept.jsonl")
    assert evidence.main([written(lines, tmp_path), "--kept", kept]) == 0
    lines.remove(anchors(lines)[1])
    lines[-1]["anchors"] = 1
    capsys.readouterr()
    assert evidence.main([written(lines, tmp_path), "--kept", kept]) == 1
    assert "anchor #2: the anchor was kept, and is not in the export" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "the file is cut off"),
        ("nonsense\n", "line 1 cannot be read"),
        ("[]\n", "line 1 cannot be read"),
        ('{"type": "end"}\n', "line 1 cannot be read"),
        ('{"type": "header", "format": "other/1"}\n', "line 1 cannot be read"),
        ('{"type": "header", "format": "tts-audit/1"}\n{"type": "row"}\n', "line 2 cannot be"),
        ('{"type": "header", "format": "tts-audit/1"}\n{"type": "x"}\n', "line 2 cannot be"),
        ("[" * 100_000, "line 1 cannot be read"),
    ],
)
def test_what_is_no_export_is_called_so(
    text: str, expected: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "export.jsonl"
    path.write_text(text)
    assert evidence.main([str(path)]) == 1
    assert expected in capsys.readouterr().out


@pytest.mark.parametrize("length", [1, 3])
def test_an_export_that_was_cut_off_is_not_whole(
    lines: Lines, tmp_path: Path, capsys: pytest.CaptureFixture[str], length: int
) -> None:
    code, said = verdict(lines[:-length], tmp_path, capsys)
    assert (code, said) == (1, "ALTERED the file is cut off: its last line is missing")


def test_lines_that_were_taken_out_before_the_end_are_missed(
    lines: Lines, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, said = verdict([line for line in lines if line["type"] != "head"], tmp_path, capsys)
    assert code == 1
    assert "heads were exported, 0 are in the file" in said


def test_a_file_that_is_not_there_is_an_error_of_the_caller(tmp_path: Path) -> None:
    assert evidence.main([str(tmp_path / "nothing.jsonl")]) == 2


def test_it_runs_alone_with_nothing_installed(lines: Lines, tmp_path: Path) -> None:
    alone = tmp_path / "verify.py"
    shutil.copy(evidence.__file__, alone)
    packed = tmp_path / "export.jsonl.gz"
    with gzip.open(packed, "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(line) + "\n" for line in lines)
    isolated = [sys.executable, "-I", "-S", str(alone)]
    done = subprocess.run([*isolated, str(packed)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout[:5], done.stderr) == (0, "WHOLE", "")
    text = "".join(json.dumps(line) + "\n" for line in lines[:-1])
    done = subprocess.run([*isolated, "-"], input=text, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout[:7]) == (1, "ALTERED")
