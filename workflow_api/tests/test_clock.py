"""Who decides is told the time; only the edges read the clock."""

from pathlib import Path

import workflow_api

SOURCES = Path(workflow_api.__file__).parent
READS = ("timezone.now(", "datetime.now(", "date.today(", "localdate(", "time.time(")
EDGES = {"api", "commands", "migrations"}
EDGE_FILES = {"api.py", "api_portable.py", "tasks.py", "admin.py"}


def test_selectors_services_and_rules_are_told_the_time() -> None:
    inner = [
        path
        for path in SOURCES.rglob("*.py")
        if path.name not in EDGE_FILES and not EDGES & set(path.relative_to(SOURCES).parts)
    ]
    assert len(inner) > 100
    asking = {
        str(path.relative_to(SOURCES))
        for path in inner
        if any(each in path.read_text(encoding="utf-8") for each in READS)
    }
    assert asking == set()
