"""Request bodies and query strings, typed; every fault is named by its field."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import IO, Annotated, Any, Self

from django.http import QueryDict
from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    TypeAdapter,
    ValidationError,
    model_validator,
)
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser

from servicekit.contracts import UnsafeText, check_text
from servicekit.errors import Invalid


class Input(BaseModel):
    """What a caller sends. Unknown fields are ignored: nothing is set that is not named here."""

    model_config = ConfigDict(extra="ignore", frozen=True, str_strip_whitespace=True)

    @model_validator(mode="before")
    @classmethod
    def _storable(cls, value: Any) -> Any:
        check_text(value)
        return value

    @classmethod
    def parse(cls, data: object) -> Self:
        """Return the parsed input; raises Invalid naming all faults by field."""
        if isinstance(data, QueryDict):
            data = {key: value for key, value in data.items() if value != ""}
        if not isinstance(data, Mapping):
            raise Invalid("The body must be a JSON object.", field="body")
        _refuse_unstorable(data)
        try:
            parsed = cls.model_validate(dict(data))
        except ValidationError as exc:
            raise Invalid("Some fields are not valid.", errors=_by_field(exc, data)) from exc
        return parsed.model_copy(update=_in_utc(parsed))


class ExactInput(Input):
    """As Input, for acts on many things: a flag or filter that is not known is refused.

    Ignored, it would mean that more is done than was asked for.
    """

    model_config = ConfigDict(extra="forbid")


def _in_utc(parsed: Input) -> dict[str, datetime]:
    """Return the times of an input in UTC: PostgreSQL knows no zone of 16 hours and more."""
    found = {}
    for name, value in parsed:
        if isinstance(value, datetime) and value.tzinfo:
            try:
                found[name] = value.astimezone(UTC)
            except OverflowError as exc:
                raise Invalid("The time is out of range.", field=name) from exc
    return found


def _refuse_unstorable(data: Mapping[Any, Any]) -> None:
    errors: dict[str, list[str]] = {}
    for name, value in data.items():
        try:
            check_text([name, value])
        except UnsafeText as exc:
            errors[ascii(name)[1:-1]] = [str(exc)]
    if errors:
        raise Invalid("Some fields are not valid.", errors=errors)


def _by_field(exc: ValidationError, data: object) -> dict[str, list[str]]:
    errors: dict[str, list[str]] = {}
    for fault in exc.errors(include_url=False, include_context=False):
        is_missing = fault["type"] == "missing"
        name = ".".join(_path(fault["loc"], data, is_missing=is_missing)) or "body"
        errors.setdefault(name, []).append(fault["msg"].removeprefix("Value error, "))
    return errors


def _path(location: Sequence[int | str], data: object, *, is_missing: bool) -> Iterator[str]:
    """Yield where a fault is in the caller's words: pydantic also names members of a union."""
    for place, part in enumerate(location, 1):
        known = dict(enumerate(data)) if isinstance(data, list) else data
        is_absent = is_missing and place == len(location)
        if isinstance(known, Mapping) and (part in known or is_absent):
            data = known.get(part)
            yield str(part)


class StrictJSONParser(JSONParser):
    """JSON that PostgreSQL can store: no NaN, no U+0000, no lone surrogates."""

    strict = True

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        """Return the decoded body; raises ParseError."""
        try:
            value = super().parse(stream, media_type, parser_context)
            check_text(value)
        except (UnsafeText, RecursionError) as exc:
            raise ParseError(f"The body cannot be stored: {exc}") from exc
        return value


_WORDS = re.compile(r"(\d+)\s*(second|minute|hour|day|week)s?", re.IGNORECASE)


def _in_words(value: object) -> object:
    found = _WORDS.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None:
        return value
    return timedelta(**{f"{found[2].lower()}s": min(int(found[1]), 1_000_000)})


Duration = Annotated[timedelta, BeforeValidator(_in_words)]
"""A duration: ISO 8601 ("PT4H", "P1D"), words ("8 hours", "2 days") or seconds."""
_ISO = TypeAdapter(timedelta)


def iso_duration(value: timedelta) -> str:
    """Return a duration as every answer tells it: ISO 8601, as "PT4H"."""
    return str(_ISO.dump_python(value, mode="json"))
