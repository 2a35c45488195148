"""Search: what is found, in which order, by whom, and what is done with garbage."""

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from world import NOW, deliver, received, role, ticket_data, workflow

from workflow_api.tasks import search, services
from workflow_api.tasks.models import Ticket, TicketText, Word

pytestmark = pytest.mark.django_db

PRINTER = {"title": "Laser printer does not print", "description": "It shows error 0x80070005."}


def found(client, wanted, path="/tasks/", **more):
    answer = client.get(path, {"search": wanted, "page_size": 50} | more)
    assert answer.status_code == 200, answer.json()
    return [each["external_ticket_id"] for each in answer.json()["results"]]


@pytest.fixture
def tickets(support):
    """A handful of tickets in several languages."""
    received(external_id="HDTS-100", **PRINTER)
    received(external_id="HDTS-1001", title="VPN server-01.example.com is down")
    received(external_id="HDTS-102", title="Büro: Drucker druckt nicht", description="Straße 5")
    received(external_id="HDTS-103", title="L'écran ne s'allume pas", description="Near printer 7")
    received(external_id="HDTS-104", title="E-mail", description="mail to ana.b@example.com fails")


@pytest.mark.parametrize(
    ("wanted", "numbers"),
    [
        ("printer", ["HDTS-100", "HDTS-103"]),
        ("PRINTER laser", ["HDTS-100"]),
        ("print", ["HDTS-100", "HDTS-103"]),
        ("prin las", ["HDTS-100"][:0]),
        ("laser prin", ["HDTS-100"]),
        ("buro", ["HDTS-102"]),
        ("BÜRO", ["HDTS-102"]),
        ("strasse", ["HDTS-102"]),
        ("ecran", ["HDTS-103"]),
        ("server-01", ["HDTS-1001"]),
        ("server-01.example.com", ["HDTS-1001"]),
        ("ana.b@example.com", ["HDTS-104"]),
        ("0x8007", ["HDTS-100"]),
        ('"does not print"', ["HDTS-100"]),
        ('"print not does"', []),
        ("printer -laser", ["HDTS-103"]),
        ("laser or vpn", ["HDTS-1001", "HDTS-100"]),
        ("network down", ["HDTS-1001"]),
        ("hdts-104", ["HDTS-104"]),
        ("HDTS-100", ["HDTS-100", "HDTS-1001"]),
        ("104", ["HDTS-104"]),
        ("nothing-like-this", []),
    ],
)
def test_words_find_tickets(tickets, ana, wanted, numbers):
    for path in ("/tasks/", "/tickets/"):
        assert found(ana, wanted, path) == numbers


def test_a_task_is_found_by_its_id_first(tickets, ana):
    task = received(external_id="T-1", title="Laser")
    received(external_id="HDTS-200", title=f"See {task.task_id}, it is the same")

    assert found(ana, task.task_id)[0] == "T-1"
    assert found(ana, task.task_id.lower(), ordering="task_id") == ["T-1", "HDTS-200"]


def test_a_title_weighs_more_than_a_category_and_that_more_than_a_description(support, ana):
    received(external_id="TITLE", title="Scanner at the door")
    received(external_id="WORD", title="Door", description="There is a scanner behind it")
    old = received(external_id="OLD", title="Scanner at the gate")
    Ticket.objects.filter(pk=old.ticket_id).update(sub_category="Scanner")

    assert found(ana, "scanner") == ["OLD", "TITLE", "WORD"]
    assert found(ana, "scanner", ordering="-created_at") == ["OLD", "WORD", "TITLE"]


def test_words_follow_what_the_help_desk_changes(support, ana):
    deliver(ticket_data("HDTS-1", title="Mouse", revision=1))
    deliver(ticket_data("HDTS-1", title="Keyboard", revision=2))

    assert found(ana, "keyboard") == ["HDTS-1"]
    assert found(ana, "mouse") == []


def test_an_update_of_other_columns_leaves_the_words_alone(support):
    task = received()
    before = row_version(task.ticket_id)
    Ticket.objects.filter(pk=task.ticket_id).update(state="resolved", version=7)

    assert row_version(task.ticket_id) == before


def row_version(ticket_id):
    with connection.cursor() as cursor:
        cursor.execute("SELECT xmin FROM tasks_tickettext WHERE ticket_id = %s", [ticket_id])
        return cursor.fetchone()


def test_nobody_finds_what_they_may_not_see(tickets, api_as):
    cook_role = role(8, "Cook", 81)
    workflow([{"name": "Cook", "role": cook_role}], category="Kitchen")
    received(external_id="K-1", category="Kitchen", title="Printer in the kitchen")
    learn()
    cook = api_as(user_id=81, username="user81", roles=(("tts", "Cook"),))

    for path in ("/tasks/", "/tickets/"):
        assert found(cook, "printer", path) == ["K-1"]
        assert found(cook, "prinetr", path) == ["K-1"]
        assert found(cook, "HDTS-100", path) == []
        assert found(cook, "lasr", path) == []


@pytest.fixture(autouse=True)
def _everything_is_learnt(db):
    """Numbers of tickets go on from test to test: those of the tests before have been read."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT last_value FROM tasks_ticket_id_seq")
        Word.objects.create(text="", ticket=cursor.fetchone()[0])


def learn():
    services.learn_words(at=NOW)


@pytest.mark.parametrize(
    ("wanted", "numbers"),
    [
        ("prnter", ["HDTS-100", "HDTS-103"]),
        ("pritner", ["HDTS-100", "HDTS-103"]),
        ("lasr prnter", ["HDTS-100"]),
        ("druker", ["HDTS-102"]),
        ("vpm", ["HDTS-1001"]),
        ("xylophone", []),
    ],
)
def test_a_mistyped_word_finds_what_was_meant(tickets, ana, wanted, numbers):
    learn()
    answer = ana.get("/tasks/", {"search": wanted}).json()

    assert sorted(each["external_ticket_id"] for each in answer["results"]) == sorted(numbers)
    assert answer["is_search_corrected"] is bool(numbers)
    assert answer["count"] == len(numbers)


def test_a_word_that_is_there_is_not_corrected(tickets, ana):
    received(external_id="HDTS-105", title="Pointer")
    learn()
    answer = ana.get("/tasks/", {"search": "pointer"}).json()

    assert [each["external_ticket_id"] for each in answer["results"]] == ["HDTS-105"]
    assert answer["is_search_corrected"] is False
    assert "is_search_corrected" not in ana.get("/tasks/").json()


def test_words_are_learnt_in_turns_and_once(support):
    for number in range(3):
        received(title=f"Title {'abc'[number]}aaa")
    assert services.learn_words(at=NOW) > 3
    assert services.learn_words(at=NOW) == 0
    received(title="Gooseberry")
    assert services.learn_words(at=NOW) == 1
    assert Word.objects.filter(text__in=("aaaa", "caaa", "gooseberry")).count() == 3


@pytest.mark.parametrize(
    "wanted",
    [
        "'", "''", "\\", "a\\'b", "it's", "!!!", "-", "--", "|", "&", "(", ":*", "x:*", "<->",
        "a <-> b", "-foo-bar", '-"a b', '"', '"" ""', "or", "or or", "%", "_", "a' | 'b",
        "'; DROP TABLE x; --", "T-0", "T-99999999999999999999", "\u200b", "🖨", "ß" * 200,
        "a " * 100, "ab\tcd",
    ],
)  # fmt: skip
def test_no_text_is_an_error(tickets, ana, admin, wanted):
    learn()
    for client, path in ((ana, "/tasks/"), (admin, "/tickets/")):
        for more in ({}, {"cursor": ""}, {"ordering": "-status"}):
            answer = client.get(path, {"search": wanted} | more)
            assert answer.status_code == 200, answer.json()


@given(
    st.text(
        st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=200
    )
)
@settings(max_examples=300, suppress_health_check=list(HealthCheck))
def test_any_text_is_a_search(wanted):
    words = search.words_of(wanted)
    if words:
        list(TicketText.objects.filter(search.having(words, ticket="pk")))
        search.corrected(words)


@pytest.mark.parametrize("wanted", ["x" * 201, "a\0b"])
def test_what_cannot_be_searched_is_refused_by_name(support, ana, wanted):
    answer = ana.get("/tasks/", {"search": wanted})
    assert (answer.status_code, answer.json()["code"]) == (400, "VALIDATION_ERROR")


def test_nothing_but_signs_finds_nothing_and_no_text_is_no_search(tickets, ana):
    assert found(ana, '"!" ?') == []
    assert len(found(ana, "   ")) == 5


def test_search_goes_with_the_other_filters(tickets, ana):
    received(external_id="HDTS-300", priority="urgent", title="Printer burns")

    assert found(ana, "printer", priority="urgent") == ["HDTS-300"]
    assert found(ana, "printer", priority="urgent", status="closed") == []
    assert found(ana, "printer", mine="true", sla="ok", ordering="created_at")


@pytest.mark.parametrize(
    ("one", "other", "slips"),
    [("", "", 0), ("a", "", 1), ("printer", "pritner", 1), ("vpn", "vpm", 1), ("ab", "cd", 2)],
)
def test_slips_are_counted(one, other, slips):
    assert search.slips_between(one, other) == search.slips_between(other, one) == slips
