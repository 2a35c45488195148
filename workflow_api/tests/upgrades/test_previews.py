"""What a preview shows, and that it writes nothing."""

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from migrating import preview
from versions import next_version, take_new_tickets
from world import received, role, workflow

from workflow_api.tasks.models import Approval, Branch, Task
from workflow_api.upgrades.models import Upgrade

pytestmark = pytest.mark.django_db


def rows_of_all_tables():
    return {
        model._meta.label: list(model.objects.order_by("pk").values())
        for model in apps.get_models()
        if model._meta.managed and model._meta.app_label != "contenttypes"
    }


def test_tasks_land_on_the_version_deployed_last_step_by_step(support, admin):
    ana, ben, other = received(), received(), received()
    Task.objects.filter(pk=other.pk).update(state="on_hold", paused_at=other.created_at)
    next_version(support)

    answer = preview(admin, support)

    assert answer.status_code == 200
    body = answer.json()
    assert body["to_version"] == 2
    assert body["counts"] == {
        "total": 3, "safe": 2, "same_step": 2, "mapped_step": 0, "unsafe": 1, "reassigned": 0,
        "reasons": {"ON_HOLD": 1},
    }  # fmt: skip
    assert [(each["task_id"], each["verdict"], each["reason"]) for each in body["results"]] == [
        (ana.task_id, "same_step", None),
        (ben.task_id, "same_step", None),
        (other.task_id, "unsafe", "ON_HOLD"),
    ]
    first = body["results"][0]
    triage = {
        "step_id": support.steps["Triage"],
        "name": "Triage",
        "role": "L1 Support",
        "role_id": 3,
    }
    assert (first["version"], first["from_step"], first["to_step"]) == (1, triage, triage)
    assert (first["holder"], first["sentence"]) == ("kept", "User 11 keeps it.")
    assert [(each["tasks"], each["verdict"]) for each in body["groups"]] == [
        (1, "unsafe"),
        (2, "same_step"),
    ]


def test_a_preview_writes_nothing(support, admin):
    received()
    next_version(support, without=("Triage",))
    before = rows_of_all_tables()

    for body in ({}, {"step_map": {support.steps["Triage"]: support.steps["Confirm"]}}):
        assert preview(admin, support, **body).status_code == 200

    assert rows_of_all_tables() == before


def test_a_step_that_is_gone_needs_a_mapping_and_an_unused_one_is_named(support, admin):
    received()
    triage, confirm = support.steps["Triage"], support.steps["Confirm"]
    next_version(support, without=("Triage",))

    alone = preview(admin, support).json()
    mapped = preview(admin, support, step_map={triage: confirm, 999999: confirm}).json()
    wrong = preview(admin, support, step_map={triage: triage}).json()

    assert alone["counts"]["reasons"] == {"STEP_GONE": 1}
    assert alone["results"][0]["to_step"] is None
    assert alone["results"][0]["sentence"] == (
        "Version 2 has no step Triage, and none is mapped to it."
    )
    assert mapped["results"][0]["verdict"] == "mapped_step"
    assert mapped["results"][0]["to_step"]["name"] == "Confirm"
    assert mapped["unused_mappings"] == [999999]
    assert wrong["counts"]["reasons"] == {"MAPPED_STEP_UNKNOWN": 1}


def test_who_does_not_hold_the_role_of_the_step_loses_the_task_and_that_is_said(support, admin):
    ana, ben = received(), received()
    next_version(support, changed={"Triage": {"role_id": 5, "role": "Field"}})

    body = preview(admin, support).json()

    assert body["counts"]["reassigned"] == 1
    assert [(each["task_id"], each["holder"]) for each in body["results"]] == [
        (ana.task_id, "kept"),
        (ben.task_id, "reassigned"),
    ]
    assert body["results"][1]["sentence"] == (
        "User 12 does not hold the role Field: a member of it gets the task."
    )


def test_a_role_without_active_members_and_approvals_keep_tasks_where_they_are(support, admin):
    approved, _ = received(), received()
    Approval.objects.create(
        task=approved, step_id=approved.current_step_id, person_id=11, at=approved.created_at
    )
    next_version(support, changed={"Triage": {"role_id": 6, "role": "Nobody's"}})

    body = preview(admin, support).json()

    assert body["counts"]["reasons"] == {"APPROVALS_GIVEN": 1, "ROLE_WITHOUT_MEMBER": 1}


def test_a_task_whose_branches_are_under_way_stays_until_they_have_met(admin):
    made = parallel()
    task = received()
    client = admin
    take = {"transition_id": made.ways["Start>Left"]}
    assert client.post(f"/tasks/{task.task_id}/transition/", take).status_code == 200
    next_version(made)

    split = preview(admin, made).json()["results"][0]
    for branch in Branch.objects.all():
        way = f"{branch.current_step_name}>Meet"
        body = {"transition_id": made.ways[way], "branch": branch.pk}
        assert client.post(f"/tasks/{task.task_id}/transition/", body).status_code == 200
    met = preview(admin, made).json()["results"][0]

    assert (split["task_id"], split["reason"]) == (task.task_id, "BRANCHES_OPEN")
    assert (met["from_step"]["name"], met["verdict"]) == ("Meet", "same_step")


def parallel(**start):
    """Start forks into Left and Right, which meet."""
    one = role(3, "L1 Support", 11)
    return workflow(
        [
            {"name": "Start", "role": one, "fork": True} | start,
            {"name": "Left", "role": one},
            {"name": "Right", "role": one},
            {"name": "Meet", "role": one, "join": "all"},
        ],
        [
            ("Start", "Left", "forward"), ("Start", "Right", "forward"),
            ("Left", "Meet", "forward"), ("Right", "Meet", "forward"), ("Meet", None, "forward"),
        ],
    )  # fmt: skip


def test_a_step_between_a_fork_and_its_join_is_no_place_to_land(admin):
    made = parallel(fork=False)
    received()
    next_version(made, changed={"Start": {"fork": True}})

    verdicts = [
        preview(admin, made, step_map={made.steps["Start"]: made.steps[name]}).json()["results"][0]
        for name in ("Left", "Meet", "Start")
    ]

    assert [each["reason"] for each in verdicts] == ["WITHIN_BRANCHES", None, None]


def test_only_what_is_asked_for_is_looked_at(support, admin):
    first = received()
    next_version(support)
    second = received()
    next_version(support)

    def tasks(query="", **body):
        return [
            each["task_id"] for each in preview(admin, support, query, **body).json()["results"]
        ]

    assert tasks() == [first.task_id, second.task_id]
    assert tasks(from_versions=[2]) == [second.task_id]
    assert tasks(to_version=2) == [first.task_id]
    assert tasks(task_ids=[second.task_id, "T-999999"]) == [second.task_id]
    assert tasks("?verdict=unsafe") == []
    assert tasks("?verdict=same_step&page_size=1&page=2") == [second.task_id]
    named = preview(admin, support, to_version=2, task_ids=[second.task_id, "T-999999"]).json()
    assert named["unknown_tasks"] == ["T-999999"]
    assert named["counts"]["reasons"] == {"ALREADY_ON_VERSION": 1}


def test_a_page_costs_the_same_however_many_tasks_there_are(support, admin):
    next_version(support)

    def queries(*, more):
        take_new_tickets(support, 1)
        for _ in range(more):
            received()
        take_new_tickets(support, 2)
        with CaptureQueriesContext(connection) as seen:
            answer = preview(admin, support, "?page_size=100")
        return len(seen), len(answer.json()["results"])

    queries(more=1)  # versions are parsed once a process

    assert queries(more=0)[1] == 1
    assert queries(more=0)[0] == queries(more=20)[0] <= 14
    assert queries(more=0)[1] == 21


def test_a_workflow_that_was_never_deployed_has_nowhere_to_go(admin):
    made = workflow([{"name": "Only", "role": role(3, "L1 Support", 11), "is_end": True}])
    made.workflow.status = "draft"
    made.workflow.current_version = None
    made.workflow.save()

    assert preview(admin, made).status_code == 409


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"to_version": "x"}, "to_version"),
        ({"task_ids": ["456"]}, "task_ids.0"),
        ({"task_ids": []}, "task_ids"),
        ({"step_map": {"x": 1}}, "step_map.x"),
        ({"step_map": {"1": "y"}}, "step_map.1"),
        ({"apply": True}, "preview_token"),
    ],
)
def test_a_bad_request_names_the_field(support, admin, body, field):
    answer = preview(admin, support, **body)

    assert answer.status_code == 400
    assert any(field in each for each in answer.json()["details"]["errors"])


def test_an_unknown_workflow_or_version_is_not_found(support, admin):
    assert admin.post("/workflows/999999/migrate/", {}).status_code == 404
    assert preview(admin, support, to_version=9).status_code == 404


def test_only_administrators_may_look_or_move(support, ana, api_as, anonymous):
    number = support.workflow.workflow_id
    coordinator = api_as(user_id=9, username="user9", roles=(("tts", "Ticket Coordinator"),))
    routes = [
        ("post", "migrate/"),
        ("get", "migrations/"),
        ("get", "migrations/1/"),
        ("post", "migrations/1/undo/"),
    ]

    for method, route in routes:
        answers = [
            getattr(client, method)(f"/workflows/{number}/{route}").status_code
            for client in (anonymous, ana, coordinator)
        ]
        assert answers == [401, 403, 403]
    assert not Upgrade.objects.exists()
