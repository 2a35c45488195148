#!/usr/bin/env python3
"""The formulas of the audit trail, and its check from a file; needs Python 3.11 and nothing else.

Copy this file anywhere: `python3 evidence.py EXPORT [--kept ANCHORS]`. The format is described in
docs/audit.md. Exit code 0: whole; 1: the first fault is named; 2: a file cannot be opened.
"""

import argparse
import gzip
import hashlib
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

FORMAT = "tts-audit/1"
ROW = (
    "subject",
    "seq",
    "at",
    "user_id",
    "user_name",
    "action",
    "task_id",
    "field",
    "old_value",
    "new_value",
    "details",
    "ip_address",
    "previous_hash",
)
ANCHOR = ("number", "day", "last_id", "rows", "root", "anchored_at", "previous_hash")
_canonical = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode
MISSING = "the row is missing"
ALTERED = "its values are not those that were sealed"


@dataclass(frozen=True, kw_only=True)
class Alteration:
    """The first row of a chain, or anchor, that is not what was written, and what is wrong."""

    subject: str
    seq: int
    reason: str

    def __str__(self) -> str:
        return f"{self.subject} #{self.seq}: {self.reason}"


def digest(values: Mapping[str, Any], names: Iterable[str]) -> str:
    """Return the SHA-256 (hex) over the canonical JSON of the named values."""
    text = _canonical({name: values[name] for name in names})
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


class MerkleTree:
    """The Merkle Tree Hash of RFC 6962, section 2.1, over leaves that come one by one."""

    def __init__(self) -> None:
        self.size = 0
        self._perfect: list[bytes] = []  # the roots of the perfect subtrees, the largest first

    def add(self, leaf: str) -> None:
        """Add a leaf: the hash of a row, as it is written."""
        node, size = hashlib.sha256(b"\x00" + leaf.encode()).digest(), self.size
        while size & 1:
            node, size = _parent(self._perfect.pop(), node), size >> 1
        self._perfect.append(node)
        self.size += 1

    def root(self) -> str:
        """Return the root (hex); of no leaves, the hash of nothing."""
        if not self._perfect:
            return hashlib.sha256().hexdigest()
        *others, node = self._perfect
        for left in reversed(others):
            node = _parent(left, node)
        return node.hex()


def _parent(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def row_fault(row: Mapping[str, Any], *, seq: int, previous: str) -> Alteration | None:
    """Return what is wrong with a row that should follow number `seq` with the hash `previous`."""
    reason = ""
    if row["seq"] > seq + 1:
        return Alteration(subject=row["subject"], seq=seq + 1, reason=MISSING)
    if row["seq"] <= seq:
        reason = "it is there twice, or out of order"
    elif row["previous_hash"] != previous:
        reason = "it does not follow the row before it"
    elif row["hash"] != digest(row, ROW):
        reason = ALTERED
    return Alteration(subject=row["subject"], seq=row["seq"], reason=reason) if reason else None


def head_fault(
    subject: str, *, head: tuple[int, str], last: tuple[int, str] | None
) -> Alteration | None:
    """Return what is wrong with the end of a chain whose subject says that its head is `head`."""
    seq, found = last or (0, "")
    if seq > head[0]:
        return Alteration(subject=subject, seq=head[0] + 1, reason="the row was slipped in")
    if (seq, found) != head:
        reason = f"{MISSING}, or is not the last that was written"
        return Alteration(subject=subject, seq=head[0], reason=reason)
    return None


@dataclass
class AnchorChain:
    """Follows the anchors in the order of their numbers, and the rows that each stands for."""

    number: int = 0
    hash: str = ""
    last_id: int = 0
    tree: MerkleTree = field(default_factory=MerkleTree)

    def fault_of(self, anchor: Mapping[str, Any]) -> Alteration | None:
        """Return what is wrong with the next anchor, after its rows were added to `tree`."""
        subject, expected = f"anchor:{anchor['day']}", self.number + 1
        if anchor["number"] > expected:
            return Alteration(subject=subject, seq=expected, reason="an anchor before it is gone")
        reason = self._reason(anchor)
        if reason:
            return Alteration(subject=subject, seq=anchor["number"], reason=reason)
        self.number, self.hash, self.last_id = expected, anchor["hash"], anchor["last_id"]
        self.tree = MerkleTree()
        return None

    def _reason(self, anchor: Mapping[str, Any]) -> str:
        if anchor["number"] <= self.number:
            return "it is there twice, or out of order"
        if anchor["previous_hash"] != self.hash:
            return "it does not follow the anchor before it"
        if anchor["hash"] != digest(anchor, ANCHOR):
            return ALTERED
        if anchor["rows"] != self.tree.size:
            return f"{anchor['rows']} rows were anchored, {self.tree.size} are there"
        if anchor["root"] != self.tree.root():
            return "its rows are not those that were anchored"
        return ""


class BrokenFile(Exception):
    """The file is not a whole export."""


class Export:
    """Checks the lines of an export; memory grows with the number of chains, not of rows."""

    def __init__(self, kept: Mapping[int, str] | None = None) -> None:
        self.rows = 0
        self.heads = 0
        self.anchors = AnchorChain()
        self.chains: dict[str, tuple[int, str]] = {}
        self._kept = dict(kept or {})
        self._last_id = 0
        self._is_begun = self._is_ended = False

    def first_alteration(self, lines: Iterable[str]) -> Alteration | None:
        """Return the first fault, or None. Raises BrokenFile for what is no whole export."""
        for number, line in enumerate(lines, 1):
            try:
                fault = self._fault_of(json.loads(line))
            except (AttributeError, KeyError, RecursionError, TypeError, ValueError) as exc:
                raise BrokenFile(f"line {number} cannot be read: {exc!r}") from exc
            if fault:
                return fault
        if not self._is_ended:
            raise BrokenFile("the file is cut off: its last line is missing")
        return self._first_lost_anchor()

    def _fault_of(self, line: Mapping[str, Any]) -> Alteration | None:
        kind = line["type"]
        if self._is_ended or self._is_begun == (kind == "header"):
            raise ValueError(f"a line of type {kind} does not belong here")
        match kind:
            case "header":
                self._begin(line)
            case "row":
                return self._row(line)
            case "anchor":
                return self._anchor(line)
            case "head":
                self.heads += 1
                head, last = (line["seq"], line["hash"]), self.chains.get(line["subject"])
                return head_fault(line["subject"], head=head, last=last)
            case "end":
                self._end(line)
            case _:
                raise ValueError(f"unknown type {kind}")
        return None

    def _begin(self, line: Mapping[str, Any]) -> None:
        if line["format"] != FORMAT:
            raise ValueError(f"the format is {line['format']}, not {FORMAT}")
        self._is_begun = True

    def _row(self, line: Mapping[str, Any]) -> Alteration | None:
        subject = line["subject"]
        seq, previous = self.chains.get(subject, (0, ""))
        if fault := row_fault(line, seq=seq, previous=previous):
            return fault
        if line["id"] <= self._last_id:
            reason = "it was written before the rows that precede it"
            return Alteration(subject=subject, seq=line["seq"], reason=reason)
        self.chains[subject] = (line["seq"], line["hash"])
        self.anchors.tree.add(line["hash"])
        self._last_id = line["id"]
        self.rows += 1
        return None

    def _anchor(self, line: Mapping[str, Any]) -> Alteration | None:
        if fault := self.anchors.fault_of(line):
            return fault
        reason = ""
        if self._kept.pop(line["number"], line["hash"]) != line["hash"]:
            reason = "it is not the anchor that was kept"
        elif self._last_id > line["last_id"]:
            reason = "it does not stand for all rows before it"
        self._last_id = line["last_id"]
        subject = f"anchor:{line['day']}"
        return Alteration(subject=subject, seq=line["number"], reason=reason) if reason else None

    def _end(self, line: Mapping[str, Any]) -> None:
        counted = {"rows": self.rows, "anchors": self.anchors.number, "heads": self.heads}
        for name, number in counted.items():
            if line[name] != number:
                raise ValueError(f"{line[name]} {name} were exported, {number} are in the file")
        self._is_ended = True

    def _first_lost_anchor(self) -> Alteration | None:
        if not self._kept:
            return None
        reason = "the anchor was kept, and is not in the export"
        return Alteration(subject="anchor", seq=min(self._kept), reason=reason)


def kept_anchors(lines: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Yield number and hash of each anchor in an export, a list of anchors or a log."""
    for line in lines:
        try:
            found = json.loads(line)
        except ValueError:
            continue
        is_anchor = isinstance(found, dict) and {"number", "day", "root", "hash"} <= found.keys()
        if is_anchor and isinstance(found["number"], int):
            yield found["number"], str(found["hash"])


def _lines(path: str) -> Iterator[str]:
    if path == "-":
        yield from sys.stdin
        return
    opened = gzip.open if path.endswith(".gz") else open
    with opened(path, "rt", encoding="utf-8") as file:
        yield from file


def main(arguments: list[str] | None = None) -> int:
    """Check an export; returns the exit code."""
    parser = argparse.ArgumentParser(description="Check an export of the audit trail.")
    parser.add_argument("export", help="JSON lines, .gz or not; - reads from standard input")
    parser.add_argument("--kept", metavar="FILE", help="anchors that were kept somewhere else")
    wanted = parser.parse_args(arguments)
    try:
        export = Export(dict(kept_anchors(_lines(wanted.kept))) if wanted.kept else None)
        fault: object = export.first_alteration(_lines(wanted.export))
    except (BrokenFile, UnicodeDecodeError, EOFError) as exc:
        fault = exc
    except OSError as exc:
        print(exc, file=sys.stderr)
        return 2
    if fault is not None:
        print(f"ALTERED {fault}")
        return 1
    print(
        f"WHOLE {export.rows} rows in {len(export.chains)} chains, "
        f"{export.anchors.number} anchors, the last {export.anchors.hash or 'none'}"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
