"""Fewer waits for the database: statements whose results nobody reads are sent in one go."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Field, Model
from django.db.models.expressions import DatabaseDefault

_ending: ContextVar[ExitStack | None] = ContextVar("ending", default=None)


@contextmanager
def pipelined() -> Iterator[None]:
    """Send the statements of this block without waiting for each; their errors come at its end.

    Reading a result waits for all before it. Row counts are unknown in here: no `update()`, no
    `save()` of a stored row. A wait is a third of the cost of a small statement (ADR 2). Inside
    another such block it is that one's end that counts.
    """
    connection.ensure_connection()
    if connection.connection.pgconn.pipeline_status:
        yield
        return
    with connection.wrap_database_errors, connection.connection.pipeline():
        yield


@contextmanager
def ended_by_commit() -> Iterator[None]:
    """Run a transaction whose last statements may go with its COMMIT; see `until_commit`."""
    with ExitStack() as stack:
        token = _ending.set(stack)
        try:
            yield
        finally:
            _ending.reset(token)


@contextmanager
def until_commit() -> Iterator[None]:
    """As `pipelined`, for the last statements of a transaction: they are sent with its COMMIT.

    So that the locks of the transaction are held for one wait less. Their errors come from the
    commit; nothing that needs a row count may follow, not even in its `on_commit` hooks. Without
    `ended_by_commit` around the transaction this is `pipelined`.
    """
    stack = _ending.get()
    if stack is None:
        with pipelined():
            yield
        return
    stack.enter_context(pipelined())
    yield


def commit_so_far() -> None:
    """Commit what the transaction has done, and go on in a new one: one statement, no wait.

    Within another `atomic()` (a test's) what was done so far outlives an error of the inner one.
    """
    statements = ["COMMIT AND CHAIN"]
    if connection.atomic_blocks[1:]:
        inner = connection.savepoint_ids[-1]
        of_savepoint = connection.ops.savepoint_commit_sql, connection.ops.savepoint_create_sql
        statements = [sql(inner) for sql in of_savepoint]
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def insert(rows: Sequence[Model]) -> None:
    """INSERT rows of one model in one statement, without asking for the ids they get.

    Django compiles each INSERT anew, which takes more time than sending it; the shape of this one
    is known beforehand.
    """
    if not rows:
        return
    model = type(rows[0])
    fields = _fields_of(model, has_key=rows[0].pk is not None)
    values: list[Any] = []
    places = ", ".join(
        f"({', '.join([_place_of(field, row, values) for field in fields])})" for row in rows
    )
    columns = ", ".join(str(field.column) for field in fields)
    statement = f"INSERT INTO {model._meta.db_table} ({columns}) VALUES {places}"  # noqa: S608 our names
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias


@cache
def _fields_of(model: type[Model], *, has_key: bool) -> "tuple[Field[Any, Any], ...]":
    return tuple(each for each in model._meta.concrete_fields if has_key or not each.primary_key)


def _place_of(field: "Field[Any, Any]", row: Model, values: list[Any]) -> str:
    value = field.pre_save(row, add=True)
    if isinstance(value, DatabaseDefault):
        return "DEFAULT"
    values.append(field.get_db_prep_save(value, connection))
    return "%s"
