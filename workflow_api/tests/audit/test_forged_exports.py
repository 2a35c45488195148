"""What somebody can alter in an export is found, and named."""

from collections.abc import Callable
from pathlib import Path

import pytest
from builders import deployed
from exports import Lines, anchors, exported, reseal, rows, verdict, written

from workflow_api.audit import evidence
from workflow_api.audit.evidence import MerkleTree
from workflow_api.roles.models import Role


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
