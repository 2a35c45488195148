"""Every REST route of a service, from its own URL resolver; run with the service's settings."""

import json
import sys
from collections.abc import Iterable, Iterator
from typing import Any

import django

METHODS = ("get", "post", "put", "patch", "delete")


def routes(patterns: Iterable[Any], prefix: str = "") -> Iterator[str]:
    """Yield `GET /tasks/<str:task_id>/` for each method of each view, without the admin's pages."""
    for each in patterns:
        path = prefix + str(each.pattern)
        if path.startswith("admin/"):
            continue
        if hasattr(each, "url_patterns"):
            yield from routes(each.url_patterns, path)
            continue
        view = getattr(each.callback, "cls", None) or getattr(each.callback, "view_class", None)
        found = [name for name in METHODS if view is not None and hasattr(view, name)] or ["get"]
        yield from (f"{name.upper()} /{path}" for name in found)


if __name__ == "__main__":
    django.setup()
    from django.urls import get_resolver

    json.dump(sorted(set(routes(get_resolver().url_patterns))), sys.stdout)
