"""Hold, resume, waiting for others, putting back, reopening, closing."""

from datetime import timedelta

import pytest
from world import principal, received, role, workflow

from servicekit.contracts import TicketStatus
from workflow_api.tasks import services
from workflow_api.tasks.models import Assignment, Task
from workflow_api.tasks.routing import Action
from workflow_api.tasks.services.reasons import ReasonMissing
from workflow_api.tasks.states import TransitionNotAllowed

pytestmark = pytest.mark.django_db
ANA = principal(11, "L1 Support")
OWNER = principal(9, "Ticket Coordinator")


def test_a_hold_stops_the_clocks_and_resume_moves_every_deadline(task, outbox_of):
    at = task.created_at + timedelta(hours=1)
    services.start_task(task_id=task.task_id, by=ANA, at=at)
    services.hold_task(task_id=task.task_id, by=ANA, at=at, notes="waits for a part")
    held = Task.objects.get()
    assert (held.state, held.paused_at) == ("on_hold", at)

    back = at + timedelta(hours=30)
    services.resume_task(task_id=task.task_id, by=ANA, at=back)

    resumed = Task.objects.get()
    moved = timedelta(hours=30)
    assert (resumed.state, resumed.paused_at) == ("in_progress", None)
    assert resumed.sla_deadline == task.sla_deadline + moved
    assert resumed.sla_warn_at == task.sla_warn_at + moved
    assert resumed.step_deadline == task.step_deadline + moved
    assert Assignment.objects.get().due_at == resumed.step_deadline
    statuses = [each.status for each in outbox_of(TicketStatus)]
    assert statuses == ["open", "in_progress", "on_hold", "in_progress"]


def test_a_task_that_was_not_started_resumes_as_pending(task):
    at = task.created_at
    services.hold_task(task_id=task.task_id, by=ANA, at=at, notes="wait")
    assert services.resume_task(task_id=task.task_id, by=ANA, at=at).state == "pending"


def test_a_hold_needs_a_reason_and_a_task_on_hold_does_not_move(task, support):
    with pytest.raises(ReasonMissing):
        services.hold_task(task_id=task.task_id, by=ANA, at=task.created_at)
    services.hold_task(task_id=task.task_id, by=ANA, at=task.created_at, notes="wait")

    for act, values in (
        (services.hold_task, {"notes": "again"}),
        (services.take_transition, {"transition_id": support.ways["Triage>Analysis"]}),
        (services.escalate_task, {"notes": "help"}),
    ):
        with pytest.raises(TransitionNotAllowed):
            act(task_id=task.task_id, by=ANA, at=task.created_at, **values)


def test_only_what_is_stopped_can_be_resumed(task):
    with pytest.raises(TransitionNotAllowed):
        services.resume_task(task_id=task.task_id, by=ANA, at=task.created_at)


@pytest.fixture
def finished():
    workflow([{"name": "Only", "role": role(3, "L1 Support", 11, 12), "is_end": True}])
    role(2, "Ticket Coordinator", 9)
    task = received()
    services.start_task(task_id=task.task_id, by=ANA, at=task.created_at)
    services.decide_task(
        task_id=task.task_id,
        action=Action.COMPLETE,
        by=ANA,
        at=task.created_at + timedelta(hours=1),
    )
    task.refresh_from_db()
    return task


def test_a_completed_task_is_reopened_with_who_had_it(finished, outbox_of):
    at = finished.created_at + timedelta(days=1)

    reopened = services.reopen_task(task_id=finished.task_id, by=OWNER, at=at, notes="came back")

    assert (reopened.state, reopened.assignee_id, reopened.result) == ("in_progress", 11, "")
    assert reopened.completed_at is None
    assert Assignment.objects.get(closed_at=None).person_id == 11
    assert outbox_of(TicketStatus)[-1].status == "in_progress"
    services.decide_task(task_id=finished.task_id, action=Action.COMPLETE, by=ANA, at=at)
    assert Task.objects.get().state == "completed"


def test_a_closed_task_stays_closed(finished, outbox_of):
    services.close_task(task_id=finished.task_id, by=OWNER, at=finished.completed_at)

    assert outbox_of(TicketStatus)[-1].status == "closed"
    with pytest.raises(TransitionNotAllowed):
        services.reopen_task(
            task_id=finished.task_id, by=OWNER, at=finished.completed_at, notes="no"
        )


STATUSES = ["pending", "in_progress", "on_hold", "pending_external", "completed", "closed"]
WAYS_TO = {
    "pending": [],
    "in_progress": ["in_progress"],
    "on_hold": ["on_hold"],
    "pending_external": ["pending_external"],
    "completed": ["in_progress", "completed"],
    "closed": ["in_progress", "completed", "closed"],
}


@pytest.mark.parametrize("current", STATUSES)
@pytest.mark.parametrize("target", STATUSES)
def test_patch_of_a_status_follows_the_table(admin, current, target):
    from workflow_api.tasks.states import MOVES, State  # noqa: PLC0415

    workflow([{"name": "Only", "role": role(3, "L1 Support", 11), "is_end": True}])
    task = received()

    def patch(status):
        body = {"status": status, "notes": "because"}
        return admin.patch(f"/tasks/{task.task_id}/", body, format="json")

    for status in WAYS_TO[current]:
        assert patch(status).status_code == 200

    answer = patch(target)

    if State(target) in MOVES[State(current)]:
        assert (answer.status_code, answer.json()["status"]) == (200, target)
    else:
        assert (answer.status_code, answer.json()["code"]) == (409, "TRANSITION_NOT_ALLOWED")
        assert Task.objects.get().state == current


def test_an_unknown_status_is_a_bad_request(task, admin):
    answer = admin.patch(f"/tasks/{task.task_id}/", {"status": "lost"}, format="json")
    assert (answer.status_code, answer.json()["details"]["field"]) == (400, "status")
