"""How a workflow finds its people: strategies, absences, working hours, capacity, and why."""

import random
from collections import Counter
from datetime import timedelta
from itertools import chain

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from world import NOW, principal, received, role, workflow

from servicekit.contracts import BulkCreateNotifications
from servicekit.outbox.models import OutboxMessage
from servicekit.testing.races import race
from workflow_api.roles import services as roles
from workflow_api.roles.models import Availability
from workflow_api.sla.models import Calendar
from workflow_api.tasks import services, turns
from workflow_api.tasks.models import Assignment, Task

pytestmark = pytest.mark.django_db(transaction=True)
ADMIN = principal(1, "Admin")


def take(role_id=3, *, at=NOW, **options):
    with transaction.atomic():
        return turns.take_turn(role_id, work=turns.Work(at=at, **options))


def who(role_id=3, **options):
    candidate = take(role_id, **options).candidate
    return candidate.user_id if candidate else None


def available(user_id, **values):
    Availability.objects.update_or_create(person_id=user_id, defaults=values)


def strategy(name, *user_ids):
    agents = role(3, "L1 Support", *user_ids)
    role(1, "Admin", 1)
    return workflow(
        [
            {"name": "Triage", "role": agents, "weight": 3},
            {"name": "Small", "role": agents, "weight": 1},
        ],
        [("Triage", "Small", "forward"), ("Small", "Triage", "reject"), ("Small", None, "forward")],
        assignment_strategy=name,
    )


def move(task, definition, way, **more):
    way_id, at = definition.ways[way], task.created_at
    return services.take_transition(
        task_id=task.task_id, transition_id=way_id, by=ADMIN, at=at, **more
    )


def test_least_loaded_counts_open_effort_and_not_open_tasks():
    definition = strategy("least_loaded", 11, 12)
    first, second = received(), received()
    assert (first.assignee_id, second.assignee_id) == (11, 12)
    # 11 goes down to the weight 1, and so the next ones are theirs until the effort is level.
    assert move(first, definition, "Triage>Small").assignee_id == 11

    assert received().assignee_id == 11
    assert received().assignee_id == 12


def test_sticky_gives_a_step_back_to_who_held_it():
    definition = strategy("sticky", 11, 12, 13)
    task = received()
    assert task.assignee_id == 11
    received()
    services.transfer_task(
        task_id=task.task_id, user_id=13, by=ADMIN, at=task.created_at, notes="knows it"
    )

    assert move(task, definition, "Triage>Small").assignee_id == 13
    assert move(task, definition, "Small>Triage:reject", notes="again").assignee_id == 13


def test_sticky_passes_on_who_is_away():
    definition = strategy("sticky", 11, 12)
    task = received()
    available(11, absent_from=task.created_at - timedelta(days=1))

    assert move(task, definition, "Triage>Small").assignee_id == 12


def test_manual_leaves_the_step_to_be_claimed_and_alarms_nobody():
    strategy("manual", 11, 12)
    task = received()

    assert task.assignee_id is None
    assert not OutboxMessage.objects.filter(task=BulkCreateNotifications.TASK).exists()
    assert services.assign_waiting(at=task.created_at) == 0
    claimed = services.claim_task(
        task_id=task.task_id, by=principal(12, "L1 Support"), at=task.created_at
    )
    assert claimed.assignee_id == 12
    assert Assignment.objects.get(task=task).decision["strategy"] == "claimed"


def test_the_absent_are_skipped_between_the_two_instants():
    role(3, "L1 Support", 11, 12)
    available(11, absent_from=NOW, absent_until=NOW + timedelta(days=1))

    assert [who() for _ in range(3)] == [12, 12, 12]
    assert who(at=NOW - timedelta(seconds=1)) == 11
    assert who(at=NOW + timedelta(days=1)) in {11, 12}


def test_a_substitute_has_the_turns_of_the_absent():
    role(3, "L1 Support", 11, 12, 13)
    available(11, absent_from=NOW, substitute_id=12)

    assert [who() for _ in range(6)] == [12, 12, 13, 12, 12, 13]


def test_a_substitute_who_is_away_as_well_stands_in_for_nobody():
    role(3, "L1 Support", 11, 12, 13)
    available(11, absent_from=NOW, substitute_id=12)
    available(12, absent_from=NOW, substitute_id=11)

    assert [who() for _ in range(2)] == [13, 13]


def test_working_hours_count_at_the_moment_of_the_pick():
    role(3, "L1 Support", 11, 12)
    office = Calendar.objects.create(
        name="Office", weekly_hours={"mon": [["09:00", "17:00"]], "tue": [["09:00", "17:00"]]}
    )
    available(11, calendar=office)

    assert [who(at=NOW.replace(hour=20)) for _ in range(2)] == [12, 12]  # a Monday evening
    assert who(at=NOW.replace(hour=10)) == 11
    skipped = take(at=NOW.replace(hour=20)).decision["candidates"][-1]
    assert (skipped["user_id"], skipped["skip"]) == (11, "off_hours")


def test_nobody_holds_more_than_the_limit_and_the_rest_waits_for_its_turn():
    strategy("round_robin", 11)
    available(11, max_open_tasks=2)
    held = [received() for _ in range(2)]
    later = [received(priority=priority) for priority in ("low", "urgent")]

    assert [each.assignee_id for each in [*held, *later]] == [11, 11, None, None]
    assert services.assign_waiting(at=later[1].created_at) == 0
    Task.objects.filter(number=held[0].number).update(assignee=None, state="on_hold", paused_at=NOW)
    assert services.assign_waiting(at=later[1].created_at) == 1
    assert Task.objects.get(number=later[1].number).assignee_id == 11  # the more urgent one


def test_where_nobody_is_eligible_the_admins_hear_it_once():
    strategy("round_robin", 11)
    available(11, absent_from=NOW)
    task = received()

    services.assign_waiting(at=task.created_at)
    services.assign_waiting(at=task.created_at)

    told = OutboxMessage.objects.filter(task=BulkCreateNotifications.TASK)
    assert [each.kwargs["user_ids"] for each in told] == [[1]]
    event = task.events.get(kind="unassigned")
    assert event.details["decision"]["candidates"][0]["skip"] == "absent"


def test_one_sweep_asks_once_in_a_role_where_nobody_is_eligible():
    strategy("round_robin", 11)
    available(11, absent_from=NOW)
    tasks = [received() for _ in range(5)]

    with CaptureQueriesContext(connection) as captured:
        assert services.assign_waiting(at=tasks[0].created_at) == 0

    assert sum("FROM roles_role\nWHERE" in query["sql"] for query in captured) == 1


def test_eight_workers_with_people_going_away_and_coming_back_share_exactly():
    members = list(range(11, 19))
    role(3, "L1 Support", *members)
    going = random.Random(7).sample(members, 4)

    def work():
        return [who() for _ in range(30)]

    def go(user_id):
        roles.set_availability(
            user_id=user_id, values={"absent_from": NOW - timedelta(hours=1)}, by=ADMIN, at=NOW
        )
        return []

    taken = race(*[work] * 8, *[lambda each=each: go(each) for each in going])
    after = [who() for _ in range(16)]
    for each in going:
        roles.set_availability(user_id=each, values={"absent_from": None}, by=ADMIN, at=NOW)
    back = Counter(chain.from_iterable(race(*[work] * 8)))

    stayed = Counter(chain.from_iterable(taken))
    counts = [stayed[each] for each in members if each not in going]
    assert max(counts) - min(counts) <= 1
    assert not set(after) & set(going)
    assert max(back.values()) - min(back.values()) <= 1


def test_from_the_moment_that_somebody_is_absent_nothing_is_given_to_them():
    role(3, "L1 Support", 11, 12)
    gone = []

    def go():
        roles.set_availability(user_id=11, values={"absent_from": NOW}, by=ADMIN, at=NOW)
        gone.append(True)
        return []

    def work():
        given = []
        for _ in range(40):
            was_gone = bool(gone)
            given.append((was_gone, who()))
        return given

    taken = chain.from_iterable(race(work, work, work, go))

    assert (True, 11) not in set(taken)


def test_the_decision_names_candidates_skips_and_the_chosen():
    strategy("least_loaded", 11, 12, 13)
    available(13, absent_from=NOW - timedelta(days=1))

    decision = Assignment.objects.get(task=received()).decision

    assert (decision["strategy"], decision["chosen"]) == ("least_loaded", 11)
    assert [(each["user_id"], each.get("skip")) for each in decision["candidates"]] == [
        (11, None),
        (12, None),
        (13, "absent"),
    ]
