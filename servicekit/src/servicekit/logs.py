"""Structured logs: one JSON object a line, each with the request id that travels with the work."""

import re
import uuid
from contextvars import ContextVar
from typing import Any

import structlog

request_id: ContextVar[str] = ContextVar("request_id", default="")

_SAFE_ID = re.compile(r"[A-Za-z0-9._:-]{8,64}")
_SECRET = re.compile(r"pass(word)?|token|secret|authorization|api_?key|otp|cookie", re.IGNORECASE)


def adopt_request_id(proposed: object) -> str:
    """Use the id that came with the work when it is safe, else a new one; returns it."""
    is_safe = isinstance(proposed, str) and _SAFE_ID.fullmatch(proposed)
    value = str(proposed) if is_safe else uuid.uuid4().hex
    request_id.set(value)
    return value


def _add_request_id(_: Any, __: str, event: dict[str, Any]) -> dict[str, Any]:
    if request_id.get():
        event["request_id"] = request_id.get()
    return event


def _hide_secrets(_: Any, __: str, event: dict[str, Any]) -> dict[str, Any]:
    return {key: "…" if _SECRET.fullmatch(key) else value for key, value in event.items()}


SHARED_PROCESSORS: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    _add_request_id,
    _hide_secrets,
]


def configure(*, service: str, level: str, as_json: bool) -> dict[str, Any]:
    """Set up structlog and return Django's LOGGING, so that every library logs alike."""
    structlog.configure(
        processors=[*SHARED_PROCESSORS, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    structlog.contextvars.bind_contextvars(service=service)
    renderer: Any = (
        structlog.processors.JSONRenderer()
        if as_json
        else structlog.dev.ConsoleRenderer(colors=False)
    )
    formatter = {
        "()": structlog.stdlib.ProcessorFormatter,
        "foreign_pre_chain": SHARED_PROCESSORS,
        "processors": [
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            renderer,
        ],
    }
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"structured": formatter},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "structured"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            "django": {"handlers": [], "level": level},
            "celery.worker.strategy": {"level": "WARNING"},  # the inbox tells of every message
            "celery.app.trace": {"level": "WARNING"},
            "httpx": {"level": "WARNING"},  # it logs whole addresses, credentials included
        },
    }
