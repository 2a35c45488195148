"""Comments over HTTP, on the ticket that everybody knows."""

from typing import Any

from rest_framework.test import APIClient

URL = "/api/comments/"


def write(client: APIClient, text: str = "hello", **fields: Any) -> dict[str, Any]:
    answer = client.post(URL, {"ticket_id": 1, "text": text, **fields})
    assert answer.status_code == 201, answer.data
    return dict(answer.json())


def listed(client: APIClient, query: str = "") -> Any:
    return client.get(f"{URL}?ticket_id=1{query}").json()


def without_time(answer: Any) -> dict[str, Any]:
    return {key: value for key, value in answer.json().items() if key != "timestamp"}
