"""Whether a service is alive, and whether it has what it needs."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from amqp.exceptions import AMQPError
from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, InterfaceError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from kombu import Connection
from kombu.exceptions import OperationalError as BrokerError
from redis.exceptions import RedisError

from servicekit.api.errors import MethodNotAllowed, as_answer

CHECK_TIMEOUT_S = 2


def _database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _migrations() -> None:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise DatabaseError("migrations are missing")


def _broker() -> None:
    with Connection(settings.AMQP_URL, connect_timeout=CHECK_TIMEOUT_S) as broker:
        broker.ensure_connection(max_retries=1, interval_start=0, timeout=CHECK_TIMEOUT_S)


def _redis() -> None:
    cache.get("health")


CHECKS: dict[str, Callable[[], None]] = {"database": _database, "redis": _redis, "broker": _broker}
FAILURES = (DatabaseError, InterfaceError, RedisError, AMQPError, BrokerError, OSError)


def _run(check: Callable[[], None]) -> str:
    try:
        check()
    except FAILURES:
        return "down"
    return "ok"


def _answer(results: dict[str, str], *, needed: tuple[str, ...]) -> JsonResponse:
    is_well = all(results[name] == "ok" for name in needed)
    status = "ok" if all(value == "ok" for value in results.values()) else "degraded"
    body: dict[str, Any] = {
        "status": status if is_well else "down",
        "service": settings.SERVICE_NAME,
        "checks": results,
    }
    answer = JsonResponse(body, status=200 if is_well else 503)
    if not is_well:
        answer["Retry-After"] = "5"
    return answer


def _probe(view: Callable[[HttpRequest], JsonResponse]) -> Callable[[HttpRequest], JsonResponse]:
    """Let everybody ask by GET and HEAD, and answer the rest in JSON too: there is no form here."""

    @csrf_exempt
    @wraps(view)
    def asked(request: HttpRequest) -> JsonResponse:
        if request.method in {"GET", "HEAD"}:
            return view(request)
        answer = as_answer(MethodNotAllowed())
        answer["Allow"] = "GET, HEAD"
        return answer

    return asked


@_probe
def health(request: HttpRequest) -> JsonResponse:
    """GET /health/: every check by name; 503 only when the database is gone."""
    return _answer({name: _run(check) for name, check in CHECKS.items()}, needed=("database",))


@_probe
def livez(request: HttpRequest) -> JsonResponse:
    """GET /livez/: the process answers."""
    return _answer({}, needed=())


@_probe
def readyz(request: HttpRequest) -> JsonResponse:
    """GET /readyz/: everything a request needs; requests need no broker (they use the outbox)."""
    checks = {"database": _database, "migrations": _migrations, "redis": _redis}
    results = {name: _run(check) for name, check in checks.items()}
    return _answer(results, needed=tuple(results))
