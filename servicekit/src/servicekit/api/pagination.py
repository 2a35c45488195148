"""Lists: by page for people, by cursor for lists without end."""

from typing import Annotated, Any

from django.core.paginator import EmptyPage, Paginator
from django.db.models import QuerySet
from pydantic import Field
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer
from rest_framework.utils.urls import remove_query_param, replace_query_param

from servicekit.errors import Invalid, NotFound

from .inputs import Input
from .listing import Listing, NoSuchCursor, Order, QueryListing

PAGE_SIZE = 10
MAX_PAGE_SIZE = 100
NO_SUCH_PAGE = "There is no such page."


class PageQuery(Input):
    """Which page; a size above the greatest is taken as the greatest."""

    page: Annotated[int, Field(ge=1, le=2**31 - 1)] = 1
    page_size: Annotated[int, Field(ge=1)] = PAGE_SIZE
    cursor: str = ""

    @property
    def limit(self) -> int:
        return min(self.page_size, MAX_PAGE_SIZE)


def paginate(
    request: Request,
    rows: QuerySet[Any] | list[Any] | Listing,
    out: type[BaseSerializer[Any]],
    *,
    cursor_by: tuple[str, ...] | None = None,
    context: dict[str, Any] | None = None,
    extra: dict[str, Any] | None = None,
) -> Response:
    """Answer one page of `rows`; `extra` goes beside the results.

    A list that can grow is a Listing, or a query with `cursor_by` (its order, unique, all up or
    all down). It also takes `?cursor=`, without `count` and at the same cost however deep. By
    page it is counted as far as `count_up_to`: beyond, `count_is_exact` is false, and the last page
    with a number is followed by a cursor. Rows without either stay few and are counted to the end.
    Raises Invalid, NotFound.
    """
    wanted = PageQuery.parse(request.query_params)
    if isinstance(rows, QuerySet) and cursor_by:
        rows = QueryListing(rows, Order(cursor_by))
    if isinstance(rows, QuerySet | list):
        found, body = _of_few(request, rows, wanted)
    elif "cursor" in request.query_params:
        found, body = _by_cursor(request, rows, wanted)
    else:
        found, body = _by_page(request, rows, wanted)
    results = out(found, many=True, context=context or {}).data
    return Response(body | {"results": results} | (extra or {}))


def _of_few(
    request: Request, rows: QuerySet[Any] | list[Any], wanted: PageQuery
) -> tuple[list[Any], dict[str, Any]]:
    try:
        page = Paginator(rows, wanted.limit).page(wanted.page)
    except EmptyPage as exc:
        raise NotFound(NO_SUCH_PAGE) from exc
    return list(page), {
        "count": page.paginator.count,
        "next": _link(request, page=wanted.page + 1) if page.has_next() else None,
        "previous": _link(request, page=wanted.page - 1) if page.has_previous() else None,
    }


def _by_cursor(
    request: Request, listing: Listing, wanted: PageQuery
) -> tuple[list[Any], dict[str, Any]]:
    try:
        stretch = listing.stretch(wanted.cursor, limit=wanted.limit)
    except NoSuchCursor as exc:
        raise Invalid("This cursor does not belong to this list.", field="cursor") from exc
    links = {"next": stretch.next, "previous": stretch.previous}
    return stretch.rows, {
        name: cursor and _link(request, cursor=cursor) for name, cursor in links.items()
    }


def _by_page(
    request: Request, listing: Listing, wanted: PageQuery
) -> tuple[list[Any], dict[str, Any]]:
    offset, limit = (wanted.page - 1) * wanted.limit, wanted.limit
    counted = listing.count()
    count, is_exact = min(counted, listing.count_up_to), counted <= listing.count_up_to
    if offset and offset >= count:
        _refuse(count, is_exact=is_exact)
    rows = listing.slice(offset=offset, limit=limit)
    body: dict[str, Any] = {"count": count} | ({} if is_exact else {"count_is_exact": False})
    following = None
    if offset + limit < count:
        following = _link(request, page=wanted.page + 1)
    elif not is_exact and rows:
        following = _link(request, cursor=listing.cursor_after(rows[-1]))
    body["next"] = following
    body["previous"] = _link(request, page=wanted.page - 1) if wanted.page > 1 else None
    return rows, body


def _refuse(count: int, *, is_exact: bool) -> None:
    if is_exact:
        raise NotFound(NO_SUCH_PAGE)
    sentence = f"Only the first {count} rows have page numbers; go on with `cursor`."
    raise Invalid(sentence, field="page")


def _link(request: Request, *, page: int = 1, cursor: str = "") -> str:
    """Return this request's address with another page; the first has no number."""
    url = remove_query_param(request.build_absolute_uri(), "cursor" if not cursor else "page")
    if cursor:
        return str(replace_query_param(url, "cursor", cursor))
    if page == 1:
        return str(remove_query_param(url, "page"))
    return str(replace_query_param(url, "page", page))
