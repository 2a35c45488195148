"""From a template and a context to the three parts of a mail. Pure."""

import re
from collections.abc import Mapping
from typing import Any, Final

from servicekit.errors import DomainError

from . import sandbox
from .catalog import Content, layout

MAX_SUBJECT_CHARS: Final = 200
_GAPS: Final = re.compile(r"\n\s*\n\s*\n")


class SubjectEmpty(sandbox.TemplateInvalid):
    """The subject of a mail came out empty."""

    message = "The template cannot be used: its subject comes out empty."


def check(content: Content) -> None:
    """Raise TemplateInvalid naming each part that the sandbox refuses."""
    faults: dict[str, list[str]] = {}
    for part, source in _parts(content).items():
        try:
            sandbox.check_source(source, html=part == "html")
        except DomainError as error:
            faults[part] = [error.sentence]
    if faults:
        first = next(iter(faults.values()))[0]
        raise sandbox.TemplateInvalid(first, errors=faults)


def render(content: Content, context: Mapping[str, Any], *, strict: bool = False) -> Content:
    """Render all parts; an HTML part that is no whole page is put into the shipped layout.

    Raises TemplateInvalid, TemplateTooExpensive, ContextInvalid, SubjectEmpty.
    """
    subject = " ".join(sandbox.render(content.subject, context, html=False, strict=strict).split())
    if not subject:
        raise SubjectEmpty
    body = sandbox.render(content.html, context, html=True, strict=strict)
    return Content(
        subject=subject[:MAX_SUBJECT_CHARS],
        text=_tidy(sandbox.render(content.text, context, html=False, strict=strict)),
        html=body if _is_page(body) else _page(subject, body, context),
    )


def _page(subject: str, body: str, context: Mapping[str, Any]) -> str:
    """Return the body inside the layout; the body is HTML already, the rest is escaped."""
    before, after = layout().split("<!-- body -->")
    around = {**context, "subject": subject}
    opened = sandbox.render(before, around, html=True)
    return opened + body.strip() + sandbox.render(after, around, html=True)


def _tidy(text: str) -> str:
    """Return a text without the gaps that parts left out have made."""
    return _GAPS.sub("\n\n", text).strip() + "\n"


def _is_page(html: str) -> bool:
    return html.lstrip()[:15].lower().startswith(("<!doctype", "<html"))


def _parts(content: Content) -> dict[str, str]:
    return {"subject": content.subject, "text": content.text, "html": content.html}
