"""Changes templates; `by` is the user name of whoever does it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from servicekit.errors import Conflict, NotFound

from . import catalog, rendering
from .catalog import Content
from .models import Template
from .selectors import current_template, with_common


class TemplateExists(Conflict):
    """The type has a changed template already."""

    code = "TEMPLATE_EXISTS"
    message = "The template of {notification_type!r} was changed already; update it instead."


class TemplateNotCustom(NotFound):
    """The type uses the shipped template, which cannot be deleted."""

    code = "TEMPLATE_NOT_CUSTOM"
    message = (
        "The template of {notification_type!r} is the shipped one; there is nothing to delete."
    )


class StaleTemplate(Conflict):
    """Somebody else has saved the template meanwhile."""

    code = "TEMPLATE_STALE"
    message = "Somebody has changed this template meanwhile: it is at version {current}."


@transaction.atomic
def create_template(*, notification_type: str, content: Content, by: str, at: datetime) -> Template:
    """Replace the shipped template of a type.

    Raises UnknownType, TemplateInvalid, TemplateExists.
    """
    catalog.check_type(notification_type)
    rendering.check(content)
    row = _new(notification_type, content, by=by, at=at)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise TemplateExists(notification_type=notification_type) from error
    return row


@transaction.atomic
def save_template(
    *,
    notification_type: str,
    changes: Mapping[str, str],
    version: int | None,
    by: str,
    at: datetime,
) -> Template:
    """Change parts of the template of a type, starting from the shipped one where it is unchanged.

    The row is locked until commit. Raises UnknownType, TemplateInvalid, StaleTemplate.
    """
    catalog.check_type(notification_type)
    row = Template.objects.select_for_update().filter(pk=notification_type).first()
    current = row.version if row else 0
    if version is not None and version != current:
        raise StaleTemplate(current=current)
    base = current_template(notification_type).content
    content = Content(**{"subject": base.subject, "text": base.text, "html": base.html, **changes})
    rendering.check(content)
    if row is None:
        return create_template(notification_type=notification_type, content=content, by=by, at=at)
    row.subject, row.text, row.html = content.subject, content.text, content.html
    row.version, row.updated_at, row.updated_by = current + 1, at, by
    row.save()
    return row


@transaction.atomic
def reset_template(*, notification_type: str) -> None:
    """Go back to the shipped template; raises UnknownType, TemplateNotCustom."""
    catalog.check_type(notification_type)
    deleted, _ = Template.objects.filter(pk=notification_type).delete()
    if not deleted:
        raise TemplateNotCustom(notification_type=notification_type)


def preview_template(
    *, notification_type: str, changes: Mapping[str, str], context: Mapping[str, Any] | None
) -> Content:
    """Return what a mail would look like, saving nothing; without a context, with a sample one.

    Raises UnknownType, TemplateInvalid, TemplateTooExpensive, ContextInvalid.
    """
    base = current_template(notification_type).content
    content = Content(**{"subject": base.subject, "text": base.text, "html": base.html, **changes})
    sample = catalog.samples()[notification_type] if context is None else context
    return rendering.render(content, with_common(sample))


def _new(notification_type: str, content: Content, *, by: str, at: datetime) -> Template:
    return Template(
        notification_type=notification_type,
        subject=content.subject,
        text=content.text,
        html=content.html,
        created_at=at,
        updated_at=at,
        updated_by=by,
    )
