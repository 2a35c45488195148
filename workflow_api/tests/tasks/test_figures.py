"""Reports: they count the same tasks, and so they agree with each other."""

import csv
import io
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from world import deliver, principal, role, run_at, ticket_data, workflow

from workflow_api.roles.models import Person
from workflow_api.tasks import services
from workflow_api.tasks.models import Ticket

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
ADMIN = principal(1, "Admin")
ALL = ("summary", "tasks", "agents", "workflows", "sla", "heatmap")
PERIOD = "from=2026-03-02&to=2026-03-08"


@pytest.fixture(autouse=True)
def definitions():
    """A workflow for networks, and one for printers."""
    role(1, "Admin", 1)
    role(2, "Ticket Coordinator", 9)
    agents = role(3, "L1 Support", 11)
    ways = [("Do", None, "forward"), ("Do", None, "reject")]
    steps = [{"name": "Do", "role": agents}]
    printers = workflow(steps, ways, name="=Printers", sub_category="Printer")
    return workflow(steps, ways, name="Network"), printers


def begun(made, at, *, end=None, after=timedelta(hours=2), **values):
    """Let a run begin at that time, and end it."""
    task = run_at(made, at=at, **values)
    if end is not None:
        act = {"task_id": task.task_id, "by": ADMIN, "at": at + after, "notes": "x"}
        ways = {
            each["kind"]: each["transition_id"] for each in task.workflow_version.graph["edges"]
        }
        services.take_transition(transition_id=ways[end], **act)
    return task


def read(client, name, query=PERIOD):
    answer = client.get(f"/reports/{name}/?{query}")
    assert answer.status_code == 200, answer.json()
    body = answer.json()
    assert {"since", "until"} <= set(body)
    return body["results"] if name != "summary" else [body_of(body)]


def body_of(body):
    return {key: value for key, value in body.items() if key not in {"since", "until"}}


@pytest.fixture
def week(definitions):
    """Six tasks of one week, and one before it."""
    network, printers = definitions
    begun(network, MONDAY - timedelta(days=7))
    begun(network, MONDAY, end="forward")
    begun(network, MONDAY, end="forward", after=timedelta(hours=4), priority="low")
    begun(printers, MONDAY, end="forward", after=timedelta(hours=9))
    begun(network, MONDAY + timedelta(days=1, hours=3), end="reject")
    begun(network, MONDAY + timedelta(days=2))
    held = begun(printers, MONDAY + timedelta(days=2))
    services.hold_task(
        task_id=held.task_id, by=ADMIN, at=MONDAY + timedelta(days=2, hours=1), notes="Parts"
    )
    deliver(ticket_data("ODD", sub_category="Odd"))
    Ticket.objects.filter(external_id="ODD").update(received_at=MONDAY)


def test_a_summary_counts_what_began_in_the_time(week, admin):
    assert read(admin, "summary") == [
        {
            "tasks": 6,
            "open": 2,
            "resolved": 3,
            "rejected": 1,
            "cancelled": 0,
            "breached": 2,  # one ended too late, one runs; what is on hold was so in time
            "median_resolution_s": 3 * 3600,
            "unmatched": 1,
        }
    ]


@pytest.mark.parametrize("name", ["tasks", "workflows", "sla"])
def test_every_report_adds_up_to_the_summary(week, admin, name):
    (summary,) = read(admin, "summary")
    rows = read(admin, name)
    for figure in ("tasks", "open", "resolved", "rejected", "cancelled", "breached"):
        assert sum(row[figure] for row in rows) == summary[figure]


def test_days_workflows_priorities_and_hours_are_in_order(week, admin):
    days = read(admin, "tasks")
    assert [(each["day"], each["tasks"]) for each in days] == [
        ("2026-03-02", 3),
        ("2026-03-03", 1),
        ("2026-03-04", 2),
    ]
    workflows = read(admin, "workflows")
    assert [(each["workflow_name"], each["tasks"]) for each in workflows] == [
        ("=Printers", 2),
        ("Network", 4),
    ]
    levels = read(admin, "sla")
    assert [(each["priority"], each["tasks"], each["met"]) for each in levels] == [
        ("high", 5, 2),
        ("low", 1, 1),
    ]
    hours = read(admin, "heatmap")
    assert [(each["weekday"], each["hour"], each["tasks"]) for each in hours] == [
        (1, 9, 3),
        (2, 12, 1),
        (3, 9, 2),
    ]


def test_agents_have_what_became_of_their_steps(week, admin):
    (row,) = read(admin, "agents")
    assert row["user_name"] == "User 11"
    assert (row["assignments"], row["open"], row["done"]) == (6, 2, 4)
    assert row["effort"] == 6


@pytest.mark.parametrize("name", ALL)
def test_a_report_is_csv_for_who_asks_and_no_cell_is_a_formula(week, admin, name):
    answer = admin.get(f"/reports/{name}/?{PERIOD}", HTTP_ACCEPT="text/csv")

    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
    told = read(admin, name)
    assert [list(each) for each in rows] == [list(each) for each in told]
    cells = {cell for row in rows for cell in row.values()}
    assert not [cell for cell in cells if cell.startswith(("=", "@"))]
    assert ("'=Printers" in cells) == (name == "workflows")


@pytest.mark.parametrize("name", ALL)
def test_who_does_not_coordinate_reads_none_and_is_told_in_json(name, ana, coordinator):
    refused = ana.get(f"/reports/{name}/", HTTP_ACCEPT="text/csv")
    assert (refused.status_code, refused.json()["code"]) == (403, "PERMISSION_DENIED")
    assert coordinator.get(f"/reports/{name}/").status_code == 200
    wrong = coordinator.get(f"/reports/{name}/?from=2026-03-02&to=2026-03-01")
    assert wrong.status_code == 400


@pytest.mark.parametrize("name", ALL)
def test_nothing_to_count_is_no_fault(name, admin):
    rows = read(admin, name, "from=2001-01-01&to=2001-01-02")
    assert rows == [] or (name == "summary" and rows[0]["tasks"] == 0)


@pytest.mark.parametrize("name", ALL)
def test_a_report_costs_the_same_however_much_it_counts(week, definitions, admin, name):
    def cost():
        with CaptureQueriesContext(connection) as asked:
            read(admin, name)
        return len(asked)

    before = cost()
    for number in range(3):
        begun(definitions[0], MONDAY + timedelta(hours=number), end="forward")
    role(3, "L1 Support", 12)
    assert Person.objects.filter(pk=12).exists()
    assert cost() == before <= 3
