"""The ledger over HTTP: what came, what became of it, once more please."""

import pytest
from celery.exceptions import Reject
from django.db import connection
from django.test.utils import CaptureQueriesContext
from world import deliver, role, ticket_data, workflow

from servicekit.contracts import ReceiveTicket
from servicekit.inbox import services as inbox
from servicekit.inbox.models import InboxMessage
from servicekit.outbox.models import OutboxMessage
from workflow_api.tasks.models import Task, Ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def it_support():
    return workflow(
        [{"name": "Triage", "role": role(3, "L1 Support", 11)}], [("Triage", None, "forward")]
    )


@pytest.fixture
def coordinator(api_as):
    return api_as(user_id=9, username="user9", roles=(("tts", "Ticket Coordinator"),))


def park(external_id, **values):
    with pytest.raises(Reject):
        deliver(ticket_data(external_id, priority="whenever", **values))
    return InboxMessage.objects.latest("id")


def test_each_delivery_is_one_row_with_its_outcome(it_support, admin, coordinator):
    deliver(ticket_data("HDTS-1"))
    deliver(ticket_data("HDTS-1"))
    deliver(ticket_data("HDTS-1", title="Else"))
    deliver(ticket_data("HDTS-2", category="Gardening"))
    park("HDTS-3")

    for client in (admin, coordinator):
        rows = client.get("/ingest/").json()["results"]
        assert [(row["external_ticket_id"], row["outcome"]) for row in rows] == [
            ("HDTS-3", "parked"),
            ("HDTS-2", "unmatched"),
            ("HDTS-1", "conflict"),
            ("HDTS-1", "duplicate"),
            ("HDTS-1", "done"),
        ]
    assert admin.get("/ingest/?outcome=conflict").json()["count"] == 1
    assert admin.get("/ingest/?search=hdts-1").json()["count"] == 3
    assert admin.get("/ingest/?start_date=2099-01-01").json()["count"] == 0
    assert admin.get("/ingest/?start_date=2020-01-01&end_date=2099-01-01").json()["count"] == 5
    assert admin.get("/ingest/?end_date=9999-12-31").json()["count"] == 5
    assert admin.get("/ingest/?outcome=lost").status_code == 400


@pytest.mark.parametrize("task", [ReceiveTicket.TASK, ""])
def test_what_could_not_be_read_is_found_by_its_senders_id(admin, task):
    fault = {"queue": ReceiveTicket.QUEUE, "code": "BAD_JSON", "reason": "no JSON", "headers": {}}
    for _ in range(2):
        inbox.park_malformed(task=task, sent_as="b9d0c2f4-6e0a", raw=b"{", **fault)
    (row,) = admin.get("/ingest/?search=b9d0c2f4-6e0a").json()["results"]
    assert row["message_id"] == "malformed:b9d0c2f4-6e0a"
    assert admin.get(f"/ingest/?search={row['message_id']}").json()["count"] == 1


def test_a_row_shows_payload_headers_and_reason(it_support, admin):
    row = park("HDTS-3")

    detail = admin.get(f"/ingest/{row.id}/").json()

    assert detail["payload"]["ticket_data"]["priority"] == "whenever"
    assert (detail["code"], detail["is_replayable"]) == ("INVALID_PAYLOAD", True)
    assert admin.get("/ingest/999999/").status_code == 404


def test_the_number_of_queries_does_not_grow_with_the_rows(it_support, admin):
    def count():
        with CaptureQueriesContext(connection) as captured:
            admin.get("/ingest/")
        return len(captured)

    deliver(ticket_data())
    before = count()
    for _ in range(5):
        deliver(ticket_data())
    assert count() == before <= 3


def test_a_replay_publishes_the_message_as_it_came(it_support, admin):
    row = park("HDTS-3")

    answer = admin.post(f"/ingest/{row.id}/replay/")

    assert answer.status_code == 201
    message = OutboxMessage.objects.get()
    assert (message.task, message.queue, message.kwargs) == (row.task, row.queue, row.payload)
    assert answer.json()["replayed_as"] == str(message.message_id)
    assert answer.json()["code"] == "REPLAYED"


def test_a_corrected_replay_becomes_a_task_and_leaves_the_dead_letters(it_support, admin):
    row = park("HDTS-3")
    assert [each["id"] for each in admin.get("/dead-letters/").json()["results"]] == [row.id]

    body = {"payload": {"ticket_data": ticket_data("HDTS-3")}}
    admin.post(f"/dead-letters/{row.id}/replay/", body, format="json")
    message = OutboxMessage.objects.get()
    deliver(message.kwargs["ticket_data"], message_id=str(message.message_id))

    assert Task.objects.get().ticket.external_id == "HDTS-3"
    assert admin.get("/dead-letters/").json()["results"] == []
    assert admin.get(f"/ingest/{row.id}/").json()["outcome"] == "parked"
    assert admin.get(f"/dead-letters/{row.id}/").status_code == 404


def test_the_same_idempotency_key_replays_once(it_support, admin):
    row = park("HDTS-3")
    for _ in range(2):
        admin.post(f"/ingest/{row.id}/replay/", headers={"Idempotency-Key": "k-1"})

    assert OutboxMessage.objects.count() == 1


def test_what_could_not_be_read_is_listed_but_not_replayed(admin):
    row = InboxMessage.objects.create(
        task="", message_id="ours-1", queue="TICKET_TASKS_PRODUCTION", outcome="parked",
        code="BAD_JSON", reason="the body is not JSON", raw=b"\xff{oops",
    )  # fmt: skip

    detail = admin.get(f"/ingest/{row.id}/").json()

    assert (detail["raw"], detail["is_replayable"]) == ("\ufffd{oops", False)
    refused = admin.post(f"/ingest/{row.id}/replay/")
    assert (refused.status_code, refused.json()["code"]) == (409, "NOT_REPLAYABLE")


@pytest.mark.parametrize(("queue", "task"), [("TICKET_TASKS_PRODUCTION", True), ("", False)])
def test_what_could_not_be_read_is_corrected_into_what_its_queue_carries(admin, queue, task):
    row = InboxMessage.objects.create(
        task="", message_id="ours-1", queue=queue, outcome="parked", code="BAD_JSON", raw=b"{oops"
    )

    body = {"payload": {"ticket_data": ticket_data("HDTS-4")}}
    answer = admin.post(f"/dead-letters/{row.id}/replay/", body, format="json")

    assert answer.status_code == (201 if task else 409)
    assert [each.task for each in OutboxMessage.objects.all()] == (
        ["tickets.tasks.receive_ticket"] if task else []
    )


@pytest.mark.parametrize("field", ["ids", "filter", "ticket_data"])
def test_a_replay_with_a_word_that_it_does_not_know_is_none(it_support, admin, field):
    row = park("HDTS-3")
    for path in ("/ingest/replay/", f"/ingest/{row.id}/replay/"):
        answer = admin.post(path, {"preview": False, field: [1]}, format="json")
        assert answer.status_code == 400
        assert field in answer.json()["details"]["errors"]
    assert not OutboxMessage.objects.exists()


def test_a_filtered_set_is_previewed_then_replayed(it_support, admin):
    for number in range(3):
        park(f"HDTS-{number}")
    park("OTHER-1")

    preview = admin.post("/ingest/replay/", {"search": "HDTS"}, format="json").json()
    assert (preview["count"], len(preview["sample"])) == (3, 3)
    assert OutboxMessage.objects.count() == 0

    body = {"search": "HDTS", "preview": False}
    assert admin.post("/ingest/replay/", body, format="json").json()["count"] == 3
    subjects = [each.kwargs["ticket_data"]["ticket_id"] for each in OutboxMessage.objects.all()]
    assert sorted(subjects) == ["HDTS-0", "HDTS-1", "HDTS-2"]


def test_what_was_replayed_is_not_in_the_next_set(it_support, admin):
    park("HDTS-1")
    body = {"outcome": "parked", "preview": False}
    assert admin.post("/ingest/replay/", body, format="json").json()["count"] == 1

    preview = admin.post("/ingest/replay/", {"outcome": "parked"}, format="json").json()
    assert (preview["count"], preview["sample"]) == (0, [])
    assert admin.post("/ingest/replay/", body, format="json").json()["count"] == 0
    assert OutboxMessage.objects.count() == 1


def test_a_dead_letter_is_set_aside_without_a_replay(it_support, admin, coordinator):
    row = park("HDTS-1")
    assert coordinator.post(f"/dead-letters/{row.id}/park/").status_code == 403

    answer = admin.post(f"/dead-letters/{row.id}/park/", {"notes": "A test of theirs"})

    assert (answer.status_code, answer.json()["code"]) == (200, "SET_ASIDE")
    assert answer.json()["reason"].startswith("Set aside by admin: A test of theirs. ")
    assert admin.get("/dead-letters/").json()["results"] == []
    aside = admin.get("/dead-letters/", {"is_set_aside": "true"}).json()["results"]
    assert [each["id"] for each in aside] == [row.id]
    assert admin.post(f"/dead-letters/{row.id}/park/").json()["reason"] == answer.json()["reason"]
    body = {"outcome": "parked", "preview": False}
    assert admin.post("/ingest/replay/", body, format="json").json()["count"] == 0
    assert admin.post(f"/dead-letters/{row.id}/replay/").status_code == 201
    assert admin.post(f"/dead-letters/{row.id}/park/").status_code == 404


def test_coordinators_read_but_do_not_replay_and_agents_do_neither(it_support, agent, coordinator):
    row = park("HDTS-3")

    assert coordinator.get(f"/ingest/{row.id}/").status_code == 200
    assert coordinator.post(f"/ingest/{row.id}/replay/").status_code == 403
    for path in ("/ingest/", f"/ingest/{row.id}/", "/dead-letters/"):
        assert agent.get(path).status_code == 403
    assert OutboxMessage.objects.count() == 0


@pytest.mark.parametrize(
    ("change", "accepted", "outcome"),
    [
        ({}, True, "done"),
        ({"category": "it support", "sub_category": "NETWORK"}, True, "done"),
        ({"category": "Gardening"}, True, "unmatched"),
        ({"ticket_id": "HDTS-KNOWN"}, True, "duplicate"),
        ({"ticket_id": "HDTS-KNOWN", "title": "Else"}, True, "conflict"),
        ({"ticket_id": "HDTS-KNOWN", "title": "Else", "revision": 4}, True, "done"),
        ({"priority": "whenever"}, False, "parked"),
        ({"title": "x" * 201}, False, "parked"),
        ({"deep": [[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]}, False, "parked"),
    ],
)
def test_validation_says_what_would_become_of_a_ticket(
    it_support, admin, change, accepted, outcome
):
    deliver(ticket_data("HDTS-KNOWN"))
    counts = Ticket.objects.count(), InboxMessage.objects.count()

    ticket = ticket_data("HDTS-NEW") | change
    found = admin.post("/ingest/validate/", {"ticket_data": ticket}, format="json").json()
    assert admin.post("/ingest/validate/", ticket, format="json").json() == found

    assert (found["accepted"], found["outcome"]) == (accepted, outcome), found
    assert bool(found["faults"]) is not accepted
    if outcome == "done":
        assert found["workflow"]["name"] == it_support.workflow.name
        assert found["first_role"] == "L1 Support"
    assert (Ticket.objects.count(), InboxMessage.objects.count()) == counts
