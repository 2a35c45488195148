"""The export, and its check by a file that knows neither Django nor the database."""

import gzip
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from exports import Lines, anchors, verdict, written

from workflow_api.audit import evidence


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
