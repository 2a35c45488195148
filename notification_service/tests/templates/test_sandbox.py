import time

import pytest

from notification_service.templates import sandbox
from notification_service.templates.sandbox import ContextInvalid, TemplateInvalid, render

ESCAPES = [
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ x.__init__.__globals__ }}",
    "{{ x['__class__'] }}",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ self._TemplateReference__context }}",
    "{{ request.application }}",
    "{{ '%s'|format(x) }}",
    "{{ 'x'.format(x) }}",
    "{{ x|attr('__class__') }}",
    "{{ [x]|map('upper') }}",
    "{% include '/etc/passwd' %}",
    "{% import 'os' as os %}",
    "{% extends 'layout.html' %}",
    "{% macro m() %}{{ caller() }}{% endmacro %}",
    "{% set a = 'aa' %}",
    "{% set a %}aa{% endset %}",
    "{{ 'a' * 1000000000 }}",
    "{{ 10 ** 10000000 }}",
    "{{ 'a' ~ x ~ x }}",
    "{{ 'a' + x }}",
    "{{ range(10) }}",
    "{% for i in range(1000000000) %}{% endfor %}",
    "{% for i in x recursive %}{{ loop(i) }}{% endfor %}",
    "{{ x|center(100000000) }}",
    "{{ html|safe }}",
    "{% filter safe %}x{% endfilter %}",
    "{% autoescape false %}{{ html }}{% endautoescape %}",
    "{{ namespace(a=1) }}",
    "{% call x() %}{% endcall %}",
    "{{ lipsum(5) }}",
    "{{ x() }}",
    "{{ x[:5] }}",
    "{% with a = 1 %}{% endwith %}",
]


@pytest.mark.parametrize("source", ESCAPES)
def test_every_way_out_of_the_sandbox_is_shut(source: str) -> None:
    context = {"x": "value", "html": "<b>bold</b>"}
    try:
        shown = render(source, context, html=True)
    except TemplateInvalid:
        return
    assert shown.strip() == "", "what is not refused must show nothing"


def test_attributes_of_objects_are_never_reached_even_when_a_key_has_their_name() -> None:
    facts = {"items": "three", "keys": "two"}
    assert render("{{ f.items }} {{ f.keys }} {{ f.pop }}", {"f": facts}, html=False) == (
        "three two "
    )


def test_values_are_escaped_in_html_and_not_in_text() -> None:
    context = {"title": "<script>alert('x')</script>"}
    assert "<script>" not in render("{{ title }}", context, html=True)
    assert render("{{ title }}", context, html=False) == context["title"]


def test_a_link_that_is_no_web_address_comes_out_empty() -> None:
    for bad in ("javascript:alert(1)", " JAVASCRIPT:x", "data:text/html,x", "//evil", "ftp://x"):
        assert render("{{ u|web_url }}", {"u": bad}, html=True) == ""
    assert render("{{ u|web_url }}", {"u": "https://a.b/c"}, html=True) == "https://a.b/c"


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "soon"])
def test_what_is_no_time_in_utc_is_shown_as_it_came(at: str) -> None:
    assert render("{{ at|when }}", {"at": at}, html=False) == at


def test_loops_run_over_the_context_and_know_where_they_stand() -> None:
    source = "{% for f in facts %}{{ loop.index }}/{{ loop.length }} {{ f.name }};{% endfor %}"
    facts = [{"name": "a"}, {"name": "b"}]
    assert render(source, {"facts": facts}, html=False) == "1/2 a;2/2 b;"


def test_nested_loops_stop_at_the_budget_and_not_after_minutes() -> None:
    source = "{% for a in x %}{% for b in x %}{% for c in x %}{% endfor %}{% endfor %}{% endfor %}"
    began = time.process_time()  # the machine may be busy
    with pytest.raises(sandbox.TemplateTooExpensive):
        render(source, {"x": "y" * 60_000}, html=False)
    assert time.process_time() - began < 2 * sandbox.MAX_SECONDS


def test_output_is_bounded() -> None:
    source = "{% for a in x %}{{ y }}{% endfor %}"
    with pytest.raises(sandbox.TemplateTooExpensive):
        render(source, {"x": list(range(1000)), "y": "z" * 10_000}, html=False)


@pytest.mark.parametrize(
    "context",
    [
        {"x": "y" * sandbox.MAX_CONTEXT_BYTES},
        {"a": {"b": {"c": {"d": {"e": {"f": {"g": {"h": {"i": 1}}}}}}}}},
        {"x": object()},
    ],
)
def test_a_context_too_large_too_deep_or_not_json_is_refused(context: dict[str, object]) -> None:
    with pytest.raises(ContextInvalid):
        render("x", context, html=False)


@pytest.mark.parametrize(
    "source",
    [
        "{{ x",
        "{% if %}",
        "{{ x|nofilter }}",
        "{% for a in x %}" * 30 + "{% endfor %}" * 30,
        "{{ " + "(" * 5000 + "x" + ")" * 5000 + " }}",
        "{{ " + "9" * 5000 + " }}",
        "x" * (sandbox.MAX_SOURCE_CHARS + 1),
    ],
)
def test_what_does_not_parse_is_a_clear_error(source: str) -> None:
    with pytest.raises(TemplateInvalid):
        sandbox.check_source(source, html=False)


def test_a_name_that_the_context_lacks_shows_nothing_unless_strict() -> None:
    assert render("[{{ a.b.c }}]", {}, html=False) == "[]"
    with pytest.raises(TemplateInvalid):
        render("{{ a }}", {}, html=False, strict=True)
