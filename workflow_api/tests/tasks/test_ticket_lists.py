"""Lists of tickets, those that match nothing, and runs begun by hand."""

import pytest
from listing import cursor_of
from world import deliver, received, ticket_data

from workflow_api.tasks.models import Task, Ticket

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("ordering", ["ticket_id", "-received_at", "priority", "-status"])
def test_tickets_are_ordered_and_narrowed_too(support, admin, ordering):
    for level in ("low", "urgent", "low"):
        received(priority=level)
    deliver(ticket_data(category="Gardening"))

    def numbers(query):
        return [each["ticket_id"] for each in admin.get(f"/tickets/?{query}").json()["results"]]

    whole, first = numbers(f"ordering={ordering}"), f"ordering={ordering}&page_size=2&cursor="
    rest = cursor_of(admin.get(f"/tickets/?{first}"))
    assert numbers(first) + numbers(f"{first}{rest}") == whole
    assert sorted(whole, reverse=True) == numbers("")
    assert len(numbers("category=gardening")) == len(numbers("priority=urgent")) == 1
    assert admin.get("/tickets/?ordering=title").json()["details"]["field"] == "ordering"


def test_unmatched_tickets_are_for_admins_and_coordinators(support, ana, coordinator, admin):
    deliver(ticket_data("HDTS-G", category="Gardening"))

    for client in (coordinator, admin):
        [item] = client.get("/tickets/unmatched/").json()["results"]
        assert (item["external_ticket_id"], item["task"]) == ("HDTS-G", None)
    assert ana.get("/tickets/unmatched/").json()["results"] == []


def test_a_workflow_can_be_chosen_for_an_unmatched_ticket(support, ana, coordinator):
    deliver(ticket_data("HDTS-G", category="Gardening"))
    ticket = Ticket.objects.get()
    url, body = (
        f"/tickets/{ticket.id}/assign-workflow/",
        {"workflow_id": support.workflow.workflow_id},
    )

    assert ana.post(url, body, format="json").status_code == 403
    chosen = coordinator.post(url, body, format="json")

    assert chosen.status_code == 201
    assert chosen.json()["assigned_user"]["user_id"] == 11
    assert coordinator.post(url, body, format="json").status_code == 409
    assert coordinator.post(url, {"workflow_id": 10**9}, format="json").status_code == 400


def test_a_run_can_be_begun_by_hand_once(support, ana, admin):
    deliver(ticket_data("HDTS-G", category="Gardening"))
    body = {
        "ticket_id": Ticket.objects.get().id,
        "workflow_id": support.workflow.workflow_id,
    }

    assert ana.post("/tasks/", body, format="json").status_code == 403
    key = {"Idempotency-Key": "by-hand-1"}
    answers = [admin.post("/tasks/", body, format="json", headers=key) for _ in range(2)]

    assert [each.status_code for each in answers] == [201, 201]
    assert answers[0].json()["task_id"] == answers[1].json()["task_id"]
    assert Task.objects.count() == 1
    other = admin.post("/tasks/", body | {"workflow_id": 1}, format="json", headers=key)
    assert other.status_code == 422


def test_a_ticket_shows_its_newest_run(task, support, ana):
    detail = ana.get(f"/tickets/{task.ticket_id}/").json()

    assert detail["task"]["task_id"] == task.task_id
    assert detail["status"] == "running"
    assert ana.get("/tickets/?search=HDTS&status=running").json()["count"] == 1
