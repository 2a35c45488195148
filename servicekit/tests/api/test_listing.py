"""Lists that grow: each row once, at the same cost however deep, whatever the order."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db.models import QuerySet
from kit_app.api import EffectOut
from kit_app.models import Effect
from rest_framework.request import Request
from rest_framework.test import APIRequestFactory

from servicekit.api import paginate
from servicekit.api.listing import NoSuchCursor, Order, QueryListing, UnionListing
from servicekit.errors import Invalid, NotFound

pytestmark = pytest.mark.django_db
Shown = Callable[[str], dict[str, Any]]


@pytest.fixture
def effects() -> QuerySet[Effect]:
    """Thirty rows with three subjects."""
    Effect.objects.bulk_create(Effect(subject="abc"[number % 3]) for number in range(30))
    return Effect.objects.all()


def united(*names: str) -> UnionListing:
    """Rows with `a` or `b`, and those with `b` or `c`: all, the middle ones in both parts."""
    parts = [Effect.objects.filter(subject__in=pair) for pair in ("ab", "bc")]
    return UnionListing(parts, Effect.objects.all(), Order(names))


def walked(listing: Any, *, limit: int) -> Iterator[Any]:
    """Every row by cursors, forwards; then checks that the way back shows the same pages."""
    pages, cursor = [], ""
    while True:
        stretch = listing.stretch(cursor, limit=limit)
        pages.append(stretch)
        yield from stretch.rows
        if stretch.next is None:
            break
        cursor = stretch.next
    back = pages[-1]
    for page in pages[-2::-1]:
        back = listing.stretch(back.previous, limit=limit)
        assert back.rows == page.rows
    assert back.previous is None


@pytest.mark.parametrize("names", [("-id",), ("id",), ("subject", "id"), ("-subject", "-id")])
@pytest.mark.parametrize("limit", [1, 7, 10, 30, 100])
def test_cursors_visit_each_row_once_in_order(
    effects: QuerySet[Effect], names: tuple[str, ...], limit: int
) -> None:
    expected = list(effects.order_by(*names))
    assert list(walked(QueryListing(effects, Order(names)), limit=limit)) == expected
    assert list(walked(united(*names), limit=limit)) == expected


def test_a_cursor_is_not_moved_by_new_rows(effects: QuerySet[Effect]) -> None:
    listing = united("-id")
    first = listing.stretch("", limit=10)
    Effect.objects.bulk_create(Effect(subject="b") for _ in range(5))
    second = listing.stretch(first.next or "", limit=10)
    assert {row.pk for row in first.rows}.isdisjoint(row.pk for row in second.rows)
    assert first.rows[-1].pk - 1 == second.rows[0].pk


def test_slices_and_counts_know_each_row_once(effects: QuerySet[Effect]) -> None:
    listing = united("-subject", "-id")
    assert listing.slice(offset=5, limit=10) == list(effects.order_by("-subject", "-id")[5:15])
    assert listing.count() == 30
    assert QueryListing(effects, Order(("id",)), count_up_to=20).count() == 21
    assert UnionListing(listing.parts, listing.shown, listing.order, count_up_to=20).count() == 21


def test_a_page_costs_the_same_however_many_rows(
    effects: QuerySet[Effect], django_assert_num_queries: Any
) -> None:
    listing = united("-id")
    for cursor in ("", listing.stretch("", limit=10).next or ""):
        with django_assert_num_queries(3):
            listing.stretch(cursor, limit=10)
    with django_assert_num_queries(2):
        listing.count()
    with django_assert_num_queries(1):
        UnionListing(listing.parts, listing.shown, listing.order, count_up_to=10).count()


def test_a_cursor_serves_its_own_order_only(effects: QuerySet[Effect]) -> None:
    newest, by_subject = QueryListing(effects, Order(("-id",))), united("subject", "id")
    cursor = newest.stretch("", limit=3).next or ""
    for forged in (cursor[:-2] + "xx", "garbage", "a:b:c"):
        with pytest.raises(NoSuchCursor):
            newest.stretch(forged, limit=3)
    with pytest.raises(NoSuchCursor):
        by_subject.stretch(cursor, limit=3)


def test_an_order_goes_one_way() -> None:
    with pytest.raises(ValueError, match="not both"):
        Order(("subject", "-id"))


def page(query: str) -> dict[str, Any]:
    """A page of a list whose rows are counted as far as 20."""
    listing = QueryListing(Effect.objects.all(), Order(("-id",)), count_up_to=20)
    request = Request(APIRequestFactory().get(f"/effects/?{query}"))
    body: dict[str, Any] = paginate(request, listing, EffectOut).data
    return body


def test_the_last_page_with_a_number_is_followed_by_a_cursor(effects: QuerySet[Effect]) -> None:
    seen, query, pages = [], "page_size=8&subject=x", []
    while query:
        body = page(query)
        pages.append(body)
        seen += [row["id"] for row in body["results"]]
        query = (body["next"] or "").partition("?")[2]
    assert seen == sorted(seen, reverse=True)
    assert len(seen) == 30
    assert [each.get("count") for each in pages] == [20, 20, 20, None]
    assert "subject=x" in pages[2]["next"]
    assert "page=" not in pages[2]["next"]
    assert all(each.get("count_is_exact") is False for each in pages[:3])


def test_a_short_list_has_an_exact_count_and_an_end(effects: QuerySet[Effect]) -> None:
    Effect.objects.filter(subject="a").delete()
    body = page("page_size=10&page=2")
    assert (body["count"], body["next"]) == (20, None)
    assert "count_is_exact" not in body
    with pytest.raises(NotFound):
        page("page_size=10&page=3")


def page_of_few(query: str) -> dict[str, Any]:
    """A page of a list that stays short."""
    request = Request(APIRequestFactory().get(f"/effects/?{query}"))
    body: dict[str, Any] = paginate(request, Effect.objects.order_by("id"), EffectOut).data
    return body


def test_a_list_that_stays_short_is_walked_by_its_links(effects: QuerySet[Effect]) -> None:
    seen, query, pages = [], "page_size=12", []
    while query:
        pages.append(page_of_few(query))
        seen += [row["id"] for row in pages[-1]["results"]]
        query = (pages[-1]["next"] or "").partition("?")[2]
    assert seen == [row.pk for row in effects.order_by("id")]
    assert [each["count"] for each in pages] == [30, 30, 30]
    assert pages[2]["previous"].endswith("page=2&page_size=12")
    assert pages[1]["previous"].endswith("/effects/?page_size=12")
    with pytest.raises(NotFound):
        page_of_few("page=4&page_size=12")


def test_an_empty_list_has_a_first_page() -> None:
    empty: dict[str, Any] = {"count": 0, "next": None, "previous": None, "results": []}
    assert page("") == page_of_few("") == page_of_few("page=&page_size=") == empty


@pytest.mark.parametrize("shown", [page, page_of_few])
@pytest.mark.parametrize(
    ("size", "rows"), [("", 10), ("page_size=100", 100), ("page_size=999", 100)]
)
def test_a_page_has_ten_rows_unless_told_and_a_hundred_at_most(
    shown: Shown, size: str, rows: int
) -> None:
    Effect.objects.bulk_create(Effect(subject="x") for _ in range(101))
    assert len(shown(size)["results"]) == rows


@pytest.mark.parametrize("shown", [page, page_of_few])
@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("page=0", "page"),
        ("page=-1", "page"),
        ("page=x", "page"),
        ("page=1.5", "page"),
        ("page=99999999999", "page"),
        ("page_size=0", "page_size"),
        ("page_size=-5", "page_size"),
        ("page_size=many", "page_size"),
    ],
)
def test_a_page_that_is_none_is_refused_by_field(
    effects: QuerySet[Effect], shown: Shown, query: str, field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        shown(query)
    assert refused.value.details["field"] == field
    assert refused.value.details["errors"][field] == [refused.value.details["message"]]


@pytest.mark.parametrize(
    ("query", "field"), [("page=21&page_size=1", "page"), ("cursor=x", "cursor")]
)
def test_where_a_list_cannot_be_entered_is_refused_by_field(
    effects: QuerySet[Effect], query: str, field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        page(query)
    assert refused.value.field == field
