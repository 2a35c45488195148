"""A database of the Workflow API filled with tickets: by COPY, without indexes, then with them."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from typing import Any

import psycopg
from _help_desk import KINDS, SLA_S, TEAMS, Case, Kind, cases, iso
from psycopg import sql

COLUMNS = {
    "tasks_ticket": "id, source, external_id, title, description, priority, category, sub_category,"
    " department, requester_name, requester_email, attachments, extra, content_hash, state,"
    " version, received_at, audit_seq, audit_hash",
    "tasks_task": "number, ticket_id, workflow_id, workflow_version_id, state, result, priority,"
    " owner_id, assignee_id, current_step_id, current_step_name, current_role_id, created_at,"
    " started_at, completed_at, clock_from, sla_deadline, sla_warn_at, sla_warned_at,"
    " sla_breached_at, step_clock_from, step_deadline, paused_at, version, audit_seq, audit_hash",
    "tasks_assignment": "id, task_id, step_id, step_name, role_id, person_id, assigned_at, due_at,"
    " started_at, closed_at, outcome, reason",
    "tasks_taskevent": "id, task_id, kind, at, user_id, user_name, from_state, to_state, from_step,"
    " to_step, notes, details",
    "audit_auditrow": "id, subject, seq, at, user_id, user_name, action, task_id, field, old_value,"
    " new_value, details, previous_hash, hash",
    "inbox_inboxmessage": "id, task, message_id, queue, outcome, code, reason, subject, headers,"
    " attempts, deliveries, received_at, finished_at",
}
SEAL = "0" * 64
LINES = 500
WORDS_OF_NEWEST = 20_000
PARKED_EVERY, PARKED_AT_LEAST = 500, 1_100  # as many as are counted


def fill(url: str, amount: int, *, seed: int) -> None:
    """Fill an empty, migrated database; the server's superuser is needed to leave triggers out."""
    options = {"options": "-c session_replication_role=replica -c maintenance_work_mem=512MB"}
    now = datetime.now(UTC)
    with psycopg.connect(url, autocommit=True, **options) as connection:
        _make_world(connection, now)
        with _without_indexes(connection):
            with ExitStack() as stack:
                copies = {
                    table: stack.enter_context(_copying(url, options, table)) for table in COLUMNS
                }
                parked_every = min(PARKED_EVERY, max(1, amount // PARKED_AT_LEAST))
                for case in cases(amount, seed=seed, until=now):
                    for table, line in _rows(case, parked_every=parked_every):
                        copies[table].append(line)
            connection.execute(
                "INSERT INTO tasks_tickettext SELECT id, ticket_eras(id) || ticket_document("
                "external_id, title, category, sub_category, description)"
                " FROM tasks_ticket ORDER BY id"
            )
        mark = max(0, amount - WORDS_OF_NEWEST)
        connection.execute("INSERT INTO tasks_word (text, ticket) VALUES ('', %s)", [mark])
        for table in COLUMNS:
            key = "number" if table == "tasks_task" else "id"
            connection.execute(
                sql.SQL(
                    "SELECT setval(pg_get_serial_sequence({}, {}), (SELECT max({}) FROM {}))"
                ).format(table, key, sql.Identifier(key), sql.Identifier(table))
            )
        connection.execute("VACUUM (ANALYZE)")


class _Copy:
    """Lines on their way into a table."""

    def __init__(self, copy: psycopg.Copy) -> None:
        self._copy = copy
        self._lines: list[str] = []

    def append(self, line: str) -> None:
        self._lines.append(line)
        if len(self._lines) == LINES:
            self.flush()

    def flush(self) -> None:
        self._copy.write("".join(self._lines))
        self._lines.clear()


@contextmanager
def _copying(url: str, options: dict[str, str], table: str) -> Iterator[_Copy]:
    statement = f"COPY {table} ({COLUMNS[table]}) FROM STDIN"
    with (
        psycopg.connect(url, **options) as connection,  # type: ignore[arg-type]
        connection.cursor() as cursor,
        cursor.copy(statement.encode()) as copy,
    ):
        lines = _Copy(copy)
        yield lines
        lines.flush()


@contextmanager
def _without_indexes(connection: psycopg.Connection[Any]) -> Iterator[None]:
    """Drop the indexes of the tables that are filled, and make them again behind it."""
    tables = [*COLUMNS, "tasks_tickettext"]
    found = connection.execute(
        "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index"
        " WHERE indrelid = ANY(%s::regclass[]) AND NOT indisprimary AND NOT EXISTS"
        " (SELECT FROM pg_constraint WHERE conindid = indexrelid)",
        [tables],
    ).fetchall()
    for name, _ in found:
        connection.execute(sql.SQL("DROP INDEX {}").format(sql.SQL(name)))
    yield
    for _, definition in found:
        connection.execute(definition)


def _line(*values: object) -> str:
    return "\t".join("\\N" if value is None else str(value) for value in values) + "\n"


def _rows(case: Case, *, parked_every: int) -> Iterator[tuple[str, str]]:
    yield "tasks_ticket", _ticket(case)
    yield "tasks_task", _task(case)
    yield from (("tasks_assignment", line) for line in _assignments(case))
    yield from (("tasks_taskevent", line) for line in _events(case))
    yield from (("audit_auditrow", line) for line in _trail(case))
    yield "inbox_inboxmessage", _delivery(case, parked_every=parked_every)


def _ticket(case: Case) -> str:
    state = "running" if case.ended is None else case.state.replace("completed", "resolved")
    return _line(
        case.number, "hdts", f"HDTS-{case.number:07}", case.title, case.description, case.priority,
        case.kind.category, case.kind.sub_category or "Any", "Operations", "Requester",
        "requester@example.com", "[]", "{}", SEAL, state, 3, iso(case.opened), 1, SEAL,
    )  # fmt: skip


def _task(case: Case) -> str:
    step, assignee = case.steps[-1]
    opened, due = iso(case.opened), iso(case.due)
    warned = iso(case.opened + SLA_S[case.priority] * 0.8)
    ended = None if case.ended is None else iso(case.ended)
    is_free = case.state == "pending" and case.number % 25 == 0
    return _line(
        case.number, case.number, case.kind.workflow, case.kind.workflow, case.state,
        "resolved" if ended else "", case.priority, case.owner, None if is_free else assignee,
        case.kind.step_id(step), f"Step {step}", case.kind.steps[step], opened,
        None if case.state == "pending" else opened, ended, opened, due, warned, None, None,
        opened, due, opened if case.state == "on_hold" else None, len(case.steps), 3, SEAL,
    )  # fmt: skip


def _assignments(case: Case) -> Iterator[str]:
    for index, (step, person) in enumerate(case.steps):
        is_over = case.ended is not None or index < len(case.steps) - 1
        begun = iso(case.opened + index)
        yield _line(
            case.number * 3 + index, case.number, case.kind.step_id(step), f"Step {step}",
            case.kind.steps[step], person, begun, iso(case.due), begun,
            iso(case.ended or case.opened + index + 1) if is_over else None,
            "done" if is_over else "", "",
        )  # fmt: skip


def _events(case: Case) -> Iterator[str]:
    for index, kind in enumerate(("created", "assigned", "moved")):
        yield _line(
            case.number * 3 + index, case.number, kind, iso(case.opened + index), case.steps[0][1],
            "Somebody", "", "pending", "", "Step 0", "", "{}",
        )  # fmt: skip


def _trail(case: Case) -> Iterator[str]:
    name, person = f"T-{case.number}", case.steps[0][1]
    done = (("task_created", person), ("task_assigned", case.owner), ("task_moved", person))
    for index, (action, by) in enumerate(done):
        yield _line(
            case.number * 3 + index, f"task:{name}", index + 1, iso(case.opened + index),
            by, "somebody", action, name, "state", '"a"', '"b"', "{}", SEAL, SEAL,
        )  # fmt: skip


def _delivery(case: Case, *, parked_every: int) -> str:
    outcome = "done" if case.number % parked_every else "parked"
    return _line(
        case.number, "tickets.tasks.receive_ticket", f"message-{case.number:08}",
        "TICKET_TASKS_PRODUCTION", outcome, "", "", f"HDTS-{case.number:07}", "{}", 1, 1,
        iso(case.opened), iso(case.opened),
    )  # fmt: skip


def _make_world(connection: psycopg.Connection[Any], now: datetime) -> None:
    """Write roles, people and deployed workflows with the service's own models."""
    from workflow_api.roles.models import Member, Person, Role  # noqa: PLC0415  # after set-up
    from workflow_api.workflows.models import Workflow, WorkflowVersion  # noqa: PLC0415

    Role.objects.bulk_create(
        Role(role_id=role_id, name=name, system="tts", version=1)
        for role_id, (name, _) in TEAMS.items()
    )
    pairs = [(role_id, person) for role_id, (_, people) in TEAMS.items() for person in people]
    Person.objects.bulk_create(
        Person(user_id=each, username=f"user{each}", full_name=f"Person {each}", version=1)
        for _, each in pairs
    )
    Member.objects.bulk_create(Member(role_id=role, person_id=person) for role, person in pairs)
    Workflow.objects.bulk_create(
        Workflow(
            workflow_id=kind.workflow, name=f"Workflow {kind.workflow}", category=kind.category,
            sub_category=kind.sub_category, created_at=now, updated_at=now,
        )
        for kind in KINDS
    )  # fmt: skip
    WorkflowVersion.objects.bulk_create(
        WorkflowVersion(
            id=kind.workflow, workflow_id=kind.workflow, number=1, graph=_graph(kind),
            settings=_settings(kind), created_at=now,
        )
        for kind in KINDS
    )  # fmt: skip
    connection.execute(
        "UPDATE workflows_workflow SET status = 'deployed', current_version_id = workflow_id"
    )


def _graph(kind: Kind) -> dict[str, Any]:
    from workflow_api.workflows.graph import Edge, Graph, Node  # noqa: PLC0415  # after set-up

    last = len(kind.steps) - 1
    nodes = [
        Node(
            step_id=kind.step_id(index), name=f"Step {index}", role_id=role, role=TEAMS[role][0],
            is_start=index == 0, is_end=index == last,
        )
        for index, role in enumerate(kind.steps)
    ]  # fmt: skip
    edges = [
        Edge(
            transition_id=kind.step_id(index),
            from_step=kind.step_id(index),
            to_step=kind.step_id(index + 1),
        )
        for index in range(last)
    ]
    return Graph(tuple(nodes), tuple(edges)).as_json()


def _settings(kind: Kind) -> dict[str, Any]:
    return {
        "name": f"Workflow {kind.workflow}", "category": kind.category,
        "sub_category": kind.sub_category, "department": "", "sla_s": SLA_S, "end_logic": "",
        "assignment_strategy": "round_robin", "calendar_id": None,
    }  # fmt: skip
