"""A ticket has a coordinator who can act for its whole life."""

from collections import Counter

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from splitting import after
from world import later, principal, received, role, workflow

from servicekit.contracts import BulkCreateNotifications, SystemRole, TicketSync, UserSystemRoleSync
from servicekit.testing.races import race
from workflow_api.audit import verification
from workflow_api.audit.models import AuditRow
from workflow_api.roles import services as roles
from workflow_api.roles.models import Availability, Member, Role
from workflow_api.tasks import services
from workflow_api.tasks.models import Task, TaskEvent
from workflow_api.tasks.routing import Action
from workflow_api.tasks.services import owning

pytestmark = pytest.mark.django_db(transaction=True)

COORDINATOR = "Ticket Coordinator"


@pytest.fixture(autouse=True)
def people():
    role(1, "Admin", 1)
    workflow([{"name": "Triage", "role": role(3, "L1 Support", 11), "is_end": True}])


@pytest.fixture
def task():
    """A task that user 9 owns, the only coordinator."""
    role(2, COORDINATOR, 9)
    return received()


def lose(*user_ids):
    Member.objects.filter(person__in=user_ids, role=2).update(is_active=False)


def fresh(task):
    return Task.objects.get(pk=task.pk)


def owner_of(task):
    return fresh(task).owner_id


def pass_on(**how_long):
    return services.pass_on_ownership(at=later(**how_long or {"hours": 1}))


def test_what_an_owner_leaves_is_the_next_coordinators(task, outbox_of):
    role(2, COORDINATOR, 10)
    assert pass_on() == 0
    lose(9)

    assert pass_on() == 1

    assert owner_of(task) == 10
    row = AuditRow.objects.get(action="task_owner_changed")
    assert (row.user_id, row.old_value, row.new_value) == (None, 9, 10)
    event = TaskEvent.objects.get(task=task, kind="owner_changed")
    assert event.details == {"user_id": 10, "username": "user10", "role": COORDINATOR}
    assert event.notes == "User 9 is no Ticket Coordinator any more."
    told = outbox_of(BulkCreateNotifications)[-1]
    assert (told.user_ids, told.notification_type) == ([10], "task_transfer")
    sync = outbox_of(TicketSync)[-1].ticket
    assert (sync.owner_id, sync.participants) == (10, [10, 11])
    assert verification.verify(at=later(hours=2)).alteration is None
    assert pass_on(hours=2) == 0


def test_the_new_owner_coordinates_and_the_old_one_no_more(task):
    role(2, COORDINATOR, 10)
    lose(9)
    pass_on()

    notes = "Waits for parts"
    services.hold_task(
        task_id=task.task_id, by=principal(10, COORDINATOR), at=later(hours=2), notes=notes
    )

    assert fresh(task).state == "on_hold"


def test_who_works_on_it_is_not_stale_by_another_owner(task):
    role(2, COORDINATOR, 10)
    lose(9)
    pass_on()

    by = principal(11, "L1 Support")
    services.start_task(task_id=task.task_id, by=by, at=later(hours=2), version=task.version)

    assert fresh(task).state == "in_progress"


def test_somebody_deactivated_owns_nothing_either(task):
    role(2, COORDINATOR, 10)
    held = [SystemRole(system="tts", role_id=2, role_name=COORDINATOR)]
    gone = {"user_id": 9, "username": "user9", "is_active": False, "version": 2}
    roles.apply_person(UserSystemRoleSync(system_roles=held, **gone), at=later(minutes=1))

    assert pass_on() == 1
    assert owner_of(task) == 10


def test_a_role_that_took_the_place_of_the_old_one_takes_its_tasks(task):
    Role.objects.filter(pk=2).update(name="Dispatcher")
    assert pass_on() == 0
    role(7, COORDINATOR, 20)

    assert pass_on() == 1
    assert owner_of(task) == 20


def test_without_a_coordinator_it_waits_and_the_most_urgent_is_taken_up_first(monkeypatch):
    monkeypatch.setattr(owning, "AT_ONCE", 2)
    relaxed, urgent, usual = [received(priority=each) for each in ("low", "urgent", "high")]
    assert [owner_of(each) for each in (relaxed, urgent, usual)] == [None] * 3
    assert pass_on() == 0
    role(2, COORDINATOR, 9)

    assert pass_on() == 2
    assert [owner_of(each) for each in (relaxed, urgent, usual)] == [None, 9, 9]
    assert pass_on() == 1


def test_what_leavers_and_nobody_own_goes_in_one_order(monkeypatch):
    monkeypatch.setattr(owning, "AT_ONCE", 1)
    unowned = received(priority="high")
    role(2, COORDINATOR, 9)
    urgent, usual = received(priority="urgent"), received(priority="low")
    lose(9)
    role(2, COORDINATOR, 10)

    order = []
    while pass_on():
        order.append(TaskEvent.objects.filter(kind="owner_changed").latest("id").task_id)

    assert order == [urgent.pk, unowned.pk, usual.pk]


def test_while_every_coordinator_is_away_nothing_changes(task):
    role(2, COORDINATOR, 10)
    Availability.objects.create(person_id=10, absent_from=later(days=-1))
    lose(9)

    assert pass_on() == 0
    assert owner_of(task) == 9
    assert not TaskEvent.objects.filter(kind="owner_changed").exists()
    Availability.objects.all().delete()
    assert pass_on() == 1


def test_what_is_reopened_finds_another_owner_then(task):
    by, admin = principal(11, "L1 Support"), principal(1, "Admin")
    services.start_task(task_id=task.task_id, by=by, at=after(task, hours=1))
    services.decide_task(
        task_id=task.task_id, action=Action.COMPLETE, by=by, at=after(task, hours=2)
    )
    role(2, COORDINATOR, 10)
    lose(9)
    assert pass_on() == 0

    services.reopen_task(task_id=task.task_id, by=admin, at=after(task, hours=3), notes="Again")

    assert pass_on(hours=4) == 1
    assert owner_of(task) == 10


def test_those_who_stay_get_even_shares_whoever_sweeps():
    role(2, COORDINATOR, 9)
    tasks = [received() for _ in range(12)]
    role(2, COORDINATOR, 10, 12, 13)
    lose(9)

    race(*[pass_on] * 4)

    shares = Counter(owner_of(each) for each in tasks)
    assert shares == {10: 4, 12: 4, 13: 4}
    assert TaskEvent.objects.filter(kind="owner_changed").count() == 12


def test_looking_costs_the_same_however_many_tasks_are_open(task):
    def statements():
        with CaptureQueriesContext(connection) as asked:
            pass_on()
        return asked

    before = len(statements())
    for _ in range(5):
        received()
    asked = statements()
    assert len(asked) == before
    with connection.cursor() as cursor:
        cursor.execute("SET enable_seqscan = off")
        plans = []
        for query in asked.captured_queries[-2:]:
            cursor.execute(f"EXPLAIN {query['sql']}")
            plans.append("\n".join(line for (line,) in cursor.fetchall()))
        cursor.execute("RESET enable_seqscan")
    assert all("task_owned_by" in plan for plan in plans)
    assert "Sort" not in plans[-1]
