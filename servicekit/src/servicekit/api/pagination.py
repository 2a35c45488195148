"""Lists: by page for people, by cursor for lists without end."""

from typing import Any

from django.db.models import QuerySet
from rest_framework.pagination import CursorPagination, PageNumberPagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

MAX_PAGE_SIZE = 100


class PagePagination(PageNumberPagination):
    """`page`, `page_size` → `{count, next, previous, results}`."""

    page_size = 10
    max_page_size = MAX_PAGE_SIZE
    page_size_query_param = "page_size"


class _ByCursor(CursorPagination):
    page_size = 10
    max_page_size = MAX_PAGE_SIZE
    page_size_query_param = "page_size"

    def __init__(self, ordering: tuple[str, ...]) -> None:
        self._ordering = ordering

    def get_ordering(self, *_: Any) -> tuple[str, ...]:
        """Return the ordering of the list itself; the first field must be unique."""
        return self._ordering


def paginate(
    request: Request,
    rows: QuerySet[Any],
    out: type[BaseSerializer[Any]],
    *,
    cursor_by: tuple[str, ...] | None = None,
    context: dict[str, Any] | None = None,
    extra: dict[str, Any] | None = None,
) -> Response:
    """Answer one page of `rows`.

    With `cursor_by` (first field unique) the list also takes `?cursor=` and then costs the
    same however deep; such an answer has no `count`. `extra` goes beside the results.
    """
    pages: PagePagination | _ByCursor = PagePagination()
    if cursor_by is not None and "cursor" in request.query_params:
        pages = _ByCursor(cursor_by)
    page = pages.paginate_queryset(rows, request)
    answer = pages.get_paginated_response(out(page, many=True, context=context or {}).data)
    answer.data.update(extra or {})
    return answer
