"""What tests read out of a page of a list."""

from typing import Any
from urllib.parse import parse_qs, urlsplit


def ids(answer: Any) -> list[str]:
    """Return the numbers of the tasks on the page, in its order."""
    assert answer.status_code == 200, answer.json()
    return [each["task_id"] for each in answer.json()["results"]]


def cursor_of(answer: Any) -> str:
    """Return the cursor of the next page."""
    return parse_qs(urlsplit(answer.json()["next"]).query)["cursor"][0]
