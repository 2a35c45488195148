"""Writes the JSON Schema of every message to contracts/schemas; `--check` only compares."""

import argparse
import json
import sys
from pathlib import Path

from . import MESSAGES, Message


def schema_text(message: type[Message]) -> str:
    """Return the schema of a message's keyword arguments, as committed."""
    schema = message.model_json_schema(mode="validation")
    if message.ARG:
        schema = {"type": "object", "properties": {message.ARG: schema}, "required": [message.ARG]}
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    about: dict[str, object] = {"x-task": message.TASK, "x-queue": message.QUEUE}
    if message.COPIES:
        about["x-queues"] = [message.QUEUE, *message.COPIES]
    return json.dumps(head | about | schema, indent=2, ensure_ascii=False) + "\n"


def stale_files(folder: Path) -> list[str]:
    """Return what in `folder` differs from the code: changed, missing and left-over files."""
    wanted = {f"{task}.json": schema_text(message) for task, message in MESSAGES.items()}
    found = {path.name: path.read_text() for path in folder.glob("*.json")}
    return sorted(
        name for name in wanted.keys() | found.keys() if wanted.get(name) != found.get(name)
    )


def write_files(folder: Path) -> None:
    """Make `folder` hold exactly the schemas of the code."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in folder.glob("*.json"):
        path.unlink()
    for task, message in MESSAGES.items():
        (folder / f"{task}.json").write_text(schema_text(message))


def main() -> int:
    """Run the command line; exit code 1 when `--check` finds a difference."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    parser.add_argument("--folder", type=Path, default=Path("contracts/schemas"))
    options = parser.parse_args()
    if not options.check:
        write_files(options.folder)
        return 0
    stale = stale_files(options.folder)
    for name in stale:
        sys.stdout.write(f"out of step: {options.folder / name}\n")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
