"""Renders templates that people edit: a small part of Jinja, in a sandbox, within limits.

A template may output values, use `if` and `for`, and the filters named here. It cannot call,
assign, import, define macros or do arithmetic, so neither attributes of Python objects nor
unbounded work are within reach. Every loop draws on one budget of steps and of time.
"""

import json
import time
from collections.abc import Iterable, Iterator, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, Final

from jinja2 import (
    ChainableUndefined,
    StrictUndefined,
    Template,
    TemplateSyntaxError,
    Undefined,
    nodes,
)
from jinja2.exceptions import SecurityError, TemplateError
from jinja2.filters import FILTERS
from jinja2.runtime import LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment

from servicekit.errors import Invalid

MAX_SOURCE_CHARS: Final = 65_536
MAX_OUTPUT_CHARS: Final = 262_144
MAX_CONTEXT_BYTES: Final = 65_536
MAX_CONTEXT_DEPTH: Final = 8
MAX_STEPS: Final = 10_000
MAX_SECONDS: Final = 1.0

_NODES: Final = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.If,
    nodes.For,
    nodes.CondExpr,
    nodes.Name,
    nodes.Const,
    nodes.Getattr,
    nodes.Getitem,
    nodes.Filter,
    nodes.Keyword,
    nodes.Test,
    nodes.Not,
    nodes.And,
    nodes.Or,
    nodes.Compare,
    nodes.Operand,
)
_FILTERS: Final = (
    "capitalize",
    "d",
    "default",
    "e",
    "escape",
    "first",
    "last",
    "length",
    "lower",
    "title",
    "trim",
    "truncate",
    "upper",
)
_LOOP: Final = ("index", "first", "last", "length")
_TESTS: Final = ("defined", "undefined", "none", "number", "string", "mapping", "sequence", "in")


class TemplateInvalid(Invalid):
    """A template does not parse, or asks for something that the sandbox refuses."""

    code = "TEMPLATE_INVALID"
    message = "The template cannot be used: {reason}."


class TemplateTooExpensive(TemplateInvalid):
    """Rendering ran over its budget of steps, time or output."""

    code = "TEMPLATE_TOO_EXPENSIVE"
    message = "The template asks for too much: {reason}."


class ContextInvalid(Invalid):
    """The data for a template are too many, too deep or not JSON."""

    message = "The context cannot be used: {reason}."


@dataclass(slots=True)
class _Budget:
    """What one rendering may still spend."""

    steps: int = MAX_STEPS
    chars: int = MAX_OUTPUT_CHARS
    until: float = field(default_factory=lambda: time.monotonic() + MAX_SECONDS)

    def step(self) -> None:
        self.steps -= 1
        if self.steps < 0:
            raise TemplateTooExpensive(reason=f"more than {MAX_STEPS} loop steps")
        self.check_time()

    def write(self, chunk: str) -> None:
        self.chars -= len(chunk)
        if self.chars < 0:
            raise TemplateTooExpensive(reason=f"more than {MAX_OUTPUT_CHARS} characters")
        self.check_time()

    def check_time(self) -> None:
        if time.monotonic() > self.until:
            raise TemplateTooExpensive(reason=f"more than {MAX_SECONDS:g} s")


_BUDGET: ContextVar[_Budget] = ContextVar("template_budget")


def _metered(values: Iterable[Any]) -> Iterator[Any]:
    """Yield the values of a loop, each one paid from the budget of the rendering."""
    budget = _BUDGET.get()
    for value in values:
        budget.step()
        yield value


def _web_url(value: object) -> str:
    """Return an http(s) address as it is and anything else as an empty text."""
    text = str(value).strip()
    return text if text.lower().startswith(("http://", "https://")) else ""


def _when(value: object) -> str:
    """Return an ISO 8601 time as people read it (UTC), anything else unchanged."""
    text = str(value)
    try:
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is None:
            return f"{moment:%d %B %Y, %H:%M}"
        return f"{moment.astimezone(UTC):%d %B %Y, %H:%M} UTC"
    except (ValueError, OverflowError):
        return text


class _Environment(ImmutableSandboxedEnvironment):
    """Jinja with nothing in it but what this module allows."""

    def __init__(self, *, html: bool, undefined: type[Undefined]) -> None:
        super().__init__(autoescape=html, undefined=undefined, trim_blocks=True, lstrip_blocks=True)
        self.globals.clear()
        self.filters = {name: FILTERS[name] for name in _FILTERS}
        self.filters |= {"web_url": _web_url, "when": _when, "-metered": _metered}
        self.tests = {name: self.tests[name] for name in _TESTS}

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Read a key of a mapping, or where a loop stands; never an attribute of an object."""
        if isinstance(obj, LoopContext) and attribute in _LOOP:
            return getattr(obj, attribute)
        return self.getitem(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """Read a key of a mapping or an item of a list."""
        if isinstance(obj, dict) and isinstance(argument, str) and argument in obj:
            return obj[argument]
        if isinstance(obj, list) and isinstance(argument, int) and 0 <= argument < len(obj):
            return obj[argument]
        return self.undefined(obj=obj, name=argument)


@lru_cache(maxsize=4)
def _environment(html: bool, strict: bool) -> _Environment:
    return _Environment(html=html, undefined=StrictUndefined if strict else ChainableUndefined)


@lru_cache(maxsize=256)
def _compiled(source: str, *, html: bool, strict: bool) -> Template:
    if len(source) > MAX_SOURCE_CHARS:
        raise TemplateInvalid(reason=f"it is longer than {MAX_SOURCE_CHARS} characters")
    environment = _environment(html, strict)
    try:
        tree = environment.parse(source)
        for node in list(tree.find_all(nodes.Node)):
            _check(node)
        for loop in list(tree.find_all(nodes.For)):
            loop.iter = nodes.Filter(loop.iter, "-metered", [], [], None, None, lineno=loop.lineno)
        return environment.from_string(tree)
    except TemplateSyntaxError as error:
        raise TemplateInvalid(reason=f"line {error.lineno}: {error.message}") from error
    except (RecursionError, SyntaxError) as error:
        raise TemplateInvalid(reason="it is nested too deeply") from error
    except ValueError as error:  # a number of thousands of digits
        raise TemplateInvalid(reason="it holds a number that is too long") from error


def _check(node: nodes.Node) -> None:
    """Raise TemplateInvalid for a construct outside the allowed part of the language."""
    if not isinstance(node, _NODES):
        raise TemplateInvalid(reason=f"line {node.lineno}: {_word(node)} is not allowed")
    if isinstance(node, nodes.For) and node.recursive:
        raise TemplateInvalid(reason=f"line {node.lineno}: a recursive loop is not allowed")


def _word(node: nodes.Node) -> str:
    return f"{type(node).__name__.lower()!r}"


def check_source(source: str, *, html: bool) -> None:
    """Raise TemplateInvalid unless `source` can be rendered in the sandbox."""
    _compiled(source, html=html, strict=False)


def check_context(context: Mapping[str, Any]) -> None:
    """Raise ContextInvalid unless the context is JSON within the limits of size and depth."""
    if _depth(context) > MAX_CONTEXT_DEPTH:
        raise ContextInvalid(reason=f"nested more than {MAX_CONTEXT_DEPTH} deep")
    try:
        size = len(json.dumps(context, ensure_ascii=False).encode())
    except (TypeError, ValueError) as error:
        raise ContextInvalid(reason="it is not JSON") from error
    if size > MAX_CONTEXT_BYTES:
        raise ContextInvalid(reason=f"larger than {MAX_CONTEXT_BYTES} bytes")


def _depth(value: object, level: int = 0) -> int:
    """Return how deep a value nests; stops counting just past the limit."""
    if level > MAX_CONTEXT_DEPTH or not isinstance(value, dict | list):
        return level
    inner: Iterable[object] = value.values() if isinstance(value, dict) else value
    return max((_depth(item, level + 1) for item in inner), default=level + 1)


def render(source: str, context: Mapping[str, Any], *, html: bool, strict: bool = False) -> str:
    """Render one template; with `strict` a name that the context lacks is an error.

    Raises TemplateInvalid, TemplateTooExpensive, ContextInvalid.
    """
    check_context(context)
    template = _compiled(source, html=html, strict=strict)
    budget = _Budget()
    token = _BUDGET.set(budget)
    chunks: list[str] = []
    try:
        for chunk in template.generate(dict(context)):
            budget.write(chunk)
            chunks.append(chunk)
    except SecurityError as error:
        raise TemplateInvalid(reason=str(error)) from error
    except (TemplateError, TypeError, ValueError, ArithmeticError) as error:
        raise TemplateInvalid(reason=str(error)) from error
    finally:
        _BUDGET.reset(token)
    return "".join(chunks)
