"""Reads templates: what an administrator has saved, otherwise what ships."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog
from django.conf import settings

from . import catalog, rendering
from .catalog import Content
from .models import Template
from .sandbox import TemplateInvalid

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class CurrentTemplate:
    """The template that mails of one type are made from right now."""

    notification_type: str
    content: Content
    is_custom: bool
    version: int = 0
    updated_at: datetime | None = None
    updated_by: str = ""


def current_templates() -> list[CurrentTemplate]:
    """Return one template a type, in the order of the contract; one query."""
    saved = {row.notification_type: row for row in Template.objects.all()[: len(catalog.TYPES)]}
    return [_current(name, saved.get(name)) for name in catalog.TYPES]


def current_template(notification_type: str) -> CurrentTemplate:
    """Return the template of one type; raises UnknownType."""
    catalog.check_type(notification_type)
    row = Template.objects.filter(notification_type=notification_type).first()
    return _current(notification_type, row)


def rendered(*, notification_type: str, context: Mapping[str, Any]) -> Content:
    """Return the mail of a type for a context.

    A changed template that fails on this context gives way to the shipped one: the mail goes out.
    Raises UnknownType, ContextInvalid.
    """
    current = current_template(notification_type)
    try:
        return rendering.render(current.content, with_common(context))
    except TemplateInvalid as error:
        if not current.is_custom:
            raise
        log.warning("template_failed", type=notification_type, reason=error.sentence)
        return rendering.render(catalog.shipped(notification_type), with_common(context))


def rendered_digest(context: Mapping[str, Any]) -> Content:
    """Return the mail that collects others; raises ContextInvalid."""
    return rendering.render(catalog.shipped(catalog.DIGEST), with_common(context))


def with_common(context: Mapping[str, Any]) -> dict[str, Any]:
    """Return a context with what every template may use: `app_name` and `app_url`."""
    return {**context, "app_name": settings.PRODUCT_NAME, "app_url": settings.PUBLIC_URL}


def _current(notification_type: str, row: Template | None) -> CurrentTemplate:
    if row is None:
        shipped = catalog.shipped(notification_type)
        return CurrentTemplate(notification_type, shipped, is_custom=False)
    return CurrentTemplate(
        notification_type,
        Content(row.subject, row.text, row.html),
        is_custom=True,
        version=row.version,
        updated_at=row.updated_at,
        updated_by=row.updated_by,
    )
