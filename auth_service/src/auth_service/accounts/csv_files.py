"""People as a CSV file: what an export holds and how an import is read."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Annotated, Any, Final

from pydantic import BeforeValidator

from servicekit.api import Input
from servicekit.errors import Invalid

from .fields import Email, Language, PersonName, Phone, TimeZone, Username

MAX_BYTES: Final = 1024 * 1024
MAX_ROWS: Final = 1000
COLUMNS: Final = [
    "username",
    "email",
    "first_name",
    "last_name",
    "phone",
    "time_zone",
    "language",
    "is_active",
    "roles",
]
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


class FileRefused(Invalid):
    """The file as a whole cannot be read."""


def _roles(text: object) -> object:
    if not isinstance(text, str):
        return text
    pairs = [tuple(each.strip().split(":", 1)) for each in text.split(";") if each.strip()]
    if any(len(pair) != 2 for pair in pairs):
        raise ValueError("Write roles as system:Role name, with a semicolon between two.")
    return pairs


class PersonRow(Input):
    """One person of a file; what is empty or missing stays as it is."""

    username: Username
    email: Email
    first_name: PersonName | None = None
    last_name: PersonName | None = None
    phone: Phone | None = None
    time_zone: TimeZone | None = None
    language: Language | None = None
    is_active: bool | None = None
    roles: Annotated[list[tuple[str, str]], BeforeValidator(_roles)] = []

    @property
    def profile(self) -> dict[str, Any]:
        """The fields that are given, without the roles."""
        return self.model_dump(exclude_none=True, exclude={"roles"})


@dataclass(frozen=True)
class Fault:
    """What is wrong with one cell; rows are counted as a spreadsheet does, the header is 1."""

    row: int
    field: str
    message: str


def written(people: Iterable[dict[str, str]]) -> str:
    """Return the file; no cell can start a formula."""
    target = io.StringIO()
    writer = csv.writer(target)
    writer.writerow(COLUMNS)
    for each in people:
        writer.writerow([_harmless(each[column]) for column in COLUMNS])
    return target.getvalue()


def cells(data: bytes) -> list[tuple[int, dict[str, str]]]:
    """Return the rows of a file with their numbers. Raises FileRefused."""
    if len(data) > MAX_BYTES:
        raise FileRefused("The file is larger than 1 MB.", field="file")
    text = _decoded(data)
    first_line = text.split("\n", 1)[0]
    delimiter = ";" if ";" in first_line and "," not in first_line else ","
    try:
        return list(_rows(csv.reader(io.StringIO(text), delimiter=delimiter, strict=True)))
    except csv.Error as fault:
        raise FileRefused(f"This is not a CSV file: {fault}.", field="file") from fault


def parsed(row: int, given: dict[str, str]) -> tuple[PersonRow | None, list[Fault]]:
    """Return the person of a row, or what is wrong with each of its cells."""
    try:
        return PersonRow.parse({name: cell for name, cell in given.items() if cell}), []
    except Invalid as refusal:
        return None, faults_of(refusal, row=row)


def faults_of(refusal: Invalid, *, row: int) -> list[Fault]:
    """Return a refusal as faults of a row."""
    named = refusal.errors or {"row": [refusal.sentence]}
    return [Fault(row, name.split(".")[0], text) for name, texts in named.items() for text in texts]


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise FileRefused("The file is UTF-16; save it as CSV in UTF-8.", field="file")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise FileRefused(
            f"The file is not UTF-8 (byte {fault.start}); save it as CSV in UTF-8.", field="file"
        ) from fault
    if "\x00" in text:
        raise FileRefused("The file is not text.", field="file")
    return text


def _rows(lines: Iterator[list[str]]) -> Iterator[tuple[int, dict[str, str]]]:
    header = [name.strip().lower() for name in next(lines, [])]
    _check_header(header)
    rows = 0
    for number, line in enumerate(lines, start=2):
        if not any(cell.strip() for cell in line):
            continue
        rows += 1
        if rows > MAX_ROWS:
            raise FileRefused(f"A file has {MAX_ROWS} people at the most.", field="file")
        if len(line) > len(header):
            raise FileRefused(f"Row {number} has more cells than the header.", field="file")
        yield number, {name: _plain(cell) for name, cell in zip(header, line, strict=False)}


def _check_header(header: list[str]) -> None:
    missing = {"username", "email"} - set(header)
    if missing:
        raise FileRefused(f"The column {sorted(missing)[0]} is missing.", field="file")
    for name in header:
        if name not in COLUMNS:
            raise FileRefused(f"There is no column {name!r}.", field="file")
    if len(set(header)) != len(header):
        raise FileRefused("A column stands twice in the header.", field="file")


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def _plain(cell: str) -> str:
    cell = cell.strip()
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(FORMULA) else cell
