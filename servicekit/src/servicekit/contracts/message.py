"""The base of every message: a Celery task name, a broker queue, typed keyword arguments."""

import math
from typing import Any, ClassVar, Self

from pydantic import BaseModel, ConfigDict, model_validator

MESSAGES: dict[str, type["Message"]] = {}


class UnsafeText(ValueError):
    """A text holds U+0000 or a lone surrogate, or a number is none: PostgreSQL cannot store it."""


def check_text(value: object) -> None:
    """Raise UnsafeText when any string or number inside `value` cannot be stored.

    JSON's `1e999` is a well-formed number that Python reads as infinity.
    """
    match value:
        case str():
            _check_characters(value)
        case float() if not math.isfinite(value):
            raise UnsafeText("number is not finite")
        case dict():
            for key, item in value.items():
                check_text(key)
                check_text(item)
        case list() | tuple():
            for item in value:
                check_text(item)


def _check_characters(text: str) -> None:
    if "\x00" in text:
        raise UnsafeText("text contains U+0000")
    if any("\ud800" <= char <= "\udfff" for char in text):
        raise UnsafeText("text contains a lone surrogate")


class Body(BaseModel):
    """A part of a message; unknown fields are kept, so that a newer producer loses nothing.

    A null says as much as a field left out, where the field may be left out.
    """

    model_config = ConfigDict(extra="allow", frozen=True, populate_by_name=True)

    @model_validator(mode="before")
    @classmethod
    def _storable(cls, value: Any) -> Any:
        check_text(value)
        return value

    @model_validator(mode="before")
    @classmethod
    def _null_is_left_out(cls, value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        optional = {name for name, field in cls.model_fields.items() if not field.is_required()}
        return {k: item for k, item in value.items() if item is not None or k not in optional}


class Message(Body):
    """What travels over RabbitMQ as the keyword arguments of one Celery task.

    `ARG` names the argument that wraps the whole body; None means that fields are arguments.
    `ALSO_ON` lists further queues on which consumers accept it, `COPIES` those that each get one of
    their own, because several services must hear it.
    """

    TASK: ClassVar[str]
    QUEUE: ClassVar[str]
    ARG: ClassVar[str | None] = None
    ALSO_ON: ClassVar[tuple[str, ...]] = ()
    COPIES: ClassVar[tuple[str, ...]] = ()

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        super().__pydantic_init_subclass__(**kwargs)
        if cls.__module__.startswith(__package__):  # messages of tests are no contract
            MESSAGES[cls.TASK] = cls

    def kwargs(self) -> dict[str, Any]:
        """Return the JSON-safe keyword arguments."""
        body = self.model_dump(mode="json", by_alias=False, exclude_none=True)
        return {self.ARG: body} if self.ARG else body

    @classmethod
    def from_kwargs(cls, kwargs: dict[str, Any]) -> Self:
        """Parse keyword arguments; raises pydantic.ValidationError naming every fault."""
        if cls.ARG is None:
            return cls.model_validate(kwargs)
        unknown = sorted(set(kwargs) - {cls.ARG})
        if unknown or cls.ARG not in kwargs:
            raise ValueError(f"expected exactly the argument {cls.ARG!r}, got {sorted(kwargs)}")
        return cls.model_validate(kwargs[cls.ARG])

    @classmethod
    def subject_of(cls, kwargs: dict[str, Any]) -> str:
        """Return what a ledger row of this message is found by; never raises."""
        return ""
