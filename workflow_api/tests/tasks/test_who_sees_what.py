"""Who sees a task and its ticket, in lists and by number."""

import pytest
from listing import ids
from world import later, principal, received, role, workflow

from workflow_api.roles.models import Availability, Member
from workflow_api.tasks import selectors

pytestmark = pytest.mark.django_db
WHO_SEES = [
    ((11, "L1 Support"), True),
    ((12, "L1 Support"), True),
    ((21, "L2 Support"), True),
    ((9, "Ticket Coordinator"), True),
    ((1, "Admin"), True),
    ((71, "Gardener"), False),
    ((11, None), False),
]


@pytest.mark.parametrize(("who", "sees"), WHO_SEES)
def test_who_sees_a_task_and_its_ticket(task, api_as, who, sees):
    role(7, "Gardener", 71)
    user_id, name = who
    client = api_as(user_id=user_id, roles=(("tts", name),) if name else (("hdts", "Admin"),))

    assert ids(client.get("/tasks/")) == ([task.task_id] if sees else [])
    assert client.get("/tickets/").json()["count"] == int(sees)
    for path in (f"/tasks/{task.task_id}/", f"/tickets/{task.ticket_id}/"):
        assert client.get(path).status_code == (200 if sees else 404)


def test_who_once_held_a_task_still_sees_it(task, support, api_as):
    role(7, "Gardener", 11)
    Member.objects.filter(person=11, role=3).update(is_active=False)
    moved_on = api_as(user_id=11, username="user11", roles=(("tts", "Gardener"),))

    assert ids(moved_on.get("/tasks/")) == [task.task_id]


def test_nobody_reads_without_a_token(task, anonymous):
    for path in ("/tasks/", f"/tasks/{task.task_id}/", "/tickets/", "/ingest/", "/dead-letters/"):
        assert anonymous.get(path).status_code == 401


def test_a_workflow_of_another_team_is_invisible(task, support, api_as):
    other = role(8, "Cook", 81)
    workflow([{"name": "Cook", "role": other}], [("Cook", None, "forward")], category="Kitchen")
    theirs = received(category="Kitchen")
    cook = api_as(user_id=81, username="user81", roles=(("tts", "Cook"),))

    assert ids(cook.get("/tasks/")) == [theirs.task_id]


def test_who_stands_in_sees_the_task_at_the_times_of_the_absence(task):
    role(7, "Gardener", 71)
    Availability.objects.create(
        person_id=task.assignee_id,
        absent_from=later(days=10),
        absent_until=later(days=20),
        substitute_id=71,
    )
    gardener = principal(71, "Gardener")

    seen = [selectors.may_see(task, gardener, at=later(days=day)) for day in (9, 11, 21)]

    assert seen == [False, True, False]
