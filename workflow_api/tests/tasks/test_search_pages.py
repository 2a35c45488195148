"""Search by pages and cursors: the ranked ones, then the older ones, in every era of tickets."""

import pytest
from django.db import connection
from world import received

from workflow_api.tasks import relevance, search

pytestmark = pytest.mark.django_db


def found(client, wanted, path="/tasks/"):
    answer = client.get(path, {"search": wanted, "page_size": 50})
    assert answer.status_code == 200, answer.json()
    return [each["external_ticket_id"] for each in answer.json()["results"]]


def walk(client, query):
    """Follow `next` to the end; returns the tickets and the last page."""
    seen, url = [], f"/tasks/?{query}"
    while url:
        page = client.get(url).json()
        seen += [each["external_ticket_id"] for each in page["results"]]
        url = page["next"]
    return seen, page


def received_as(number):
    """Take a ticket in that gets this id, as if so many had come before."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT setval('tasks_ticket_id_seq', %s, false)", [number])
    received(external_id=f"OLD-{number}", title="Gooseberry jam", description=f"x{number}")


def test_beyond_the_ranked_ones_the_rest_follows_by_age(support, ana, monkeypatch):
    monkeypatch.setattr(relevance, "WINDOW", 4)
    numbers = [f"HDTS-{number}" for number in range(1, 11)]
    for index, number in enumerate(numbers):
        text = "title" if index in (1, 7) else "description"
        received(external_id=number, **{"title": "Some", text: "Gooseberry jam"})
    ranked = ["HDTS-8", "HDTS-10", "HDTS-9", "HDTS-7"]
    expected = [*ranked, "HDTS-6", "HDTS-5", "HDTS-4", "HDTS-3", "HDTS-2", "HDTS-1"]

    assert found(ana, "gooseberry") == expected
    for page_size in (1, 2, 3, 4, 6):
        for start in ("page=1", "cursor="):
            seen, _ = walk(ana, f"search=gooseberry&page_size={page_size}&{start}")
            assert seen == expected


def test_what_comes_while_somebody_reads_does_not_move_the_pages(support, ana, monkeypatch):
    monkeypatch.setattr(relevance, "WINDOW", 4)
    for number in range(1, 8):
        received(external_id=f"HDTS-{number}", title="Gooseberry jam")
    page = ana.get("/tasks/?search=gooseberry&page_size=3&cursor=").json()
    received(external_id="HDTS-8", title="Gooseberry, but later")

    seen, last = walk(ana, page["next"].partition("?")[2])
    assert seen == ["HDTS-4", "HDTS-3", "HDTS-2", "HDTS-1"]
    before = ana.get(last["previous"]).json()
    assert [each["external_ticket_id"] for each in before["results"]] == [
        "HDTS-6",
        "HDTS-5",
        "HDTS-4",
    ]


def test_a_search_is_counted_as_far_as_it_is_ranked(support, ana, monkeypatch):
    monkeypatch.setattr(relevance, "WINDOW", 4)
    for count in range(1, 6):
        received(title="Gooseberry jam")
        body = ana.get("/tasks/", {"search": "gooseberry"}).json()
        assert body["count"] == min(count, 4)
        assert body.get("count_is_exact", True) is (count <= 4)


@pytest.fixture(params=[4096, 20_000, 130_000, 10**9])
def looking_in(request, monkeypatch):
    """Hits are expected among so many of the newest tickets, whatever the statistics say."""
    original = search.era_until
    monkeypatch.setattr(
        search, "era_until", lambda ticket, tickets: original(ticket, tickets=request.param)
    )


@pytest.mark.usefixtures("looking_in")
def test_tickets_are_found_in_every_era(support, ana, admin):
    numbers = (7, 4094, 4096, 65_530, 65_540, 131_100, 200_000, 262_143, 262_144)
    for number in numbers:
        received_as(number)

    expected = [f"OLD-{number}" for number in reversed(numbers)]
    for client, path in ((ana, "/tasks/"), (ana, "/tickets/"), (admin, "/tasks/")):
        assert found(client, "gooseberry", path) == expected
        for number in numbers:
            assert found(client, f"gooseberry x{number}", path)[0] == f"OLD-{number}"


@pytest.mark.usefixtures("looking_in")
def test_beyond_the_ranked_ones_eras_are_walked_both_ways(support, ana, monkeypatch):
    monkeypatch.setattr(relevance, "WINDOW", 1)
    numbers = (7, 4096, 8191, 65_540, 200_000, 262_144)
    for number in numbers:
        received_as(number)

    seen, page = walk(ana, "search=gooseberry&page_size=1&cursor=")
    assert seen == [f"OLD-{number}" for number in reversed(numbers)]
    back = []
    while page["previous"]:
        page = ana.get(page["previous"]).json()
        back += [each["external_ticket_id"] for each in page["results"]]
    assert back == [f"OLD-{number}" for number in numbers[1:]]


@pytest.mark.parametrize(
    ("ticket", "tickets", "first"),
    [
        (1_000_000, 100, None),
        (1_000_000, 4096, 995_328),
        (1_000_000, 20_000, 978_944),
        (1_000_000, 40_000, 917_504),
        (1_000_000, 100_000, 851_968),
        (1_000_000, 300_000, None),
        (5000, 4096, None),
        (9000, 4096, 4096),
        (9000, 10**9, None),
    ],
)
def test_an_era_has_as_many_tickets_as_are_asked_for(ticket, tickets, first):
    era = search.era_until(ticket, tickets=tickets)
    assert (era and era.first) == first


def test_a_ticket_says_which_eras_it_is_in(support):
    received_as(200_000)
    for tickets in (4096, 20_000, 130_000):
        era = search.era_until(200_100, tickets=tickets)
        assert search.newest_having(search.words_of("x200000"), era=era, until=200_100)
        assert not search.newest_having(search.words_of("x200000"), era=era, until=199_999)
    era = search.era_until(190_000, tickets=4096)
    assert not search.newest_having(search.words_of("x200000"), era=era, until=10**9)
