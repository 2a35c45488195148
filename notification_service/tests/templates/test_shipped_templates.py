import re
from html.parser import HTMLParser

import pytest

from notification_service.templates import catalog, rendering
from notification_service.templates.catalog import Content

COMMON = {"app_name": "Service Desk", "app_url": "https://desk.example.com"}
VOID = {"meta", "link", "br", "img", "hr", "input"}


class Balanced(HTMLParser):
    """Fails on a tag that is closed out of turn or never."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("name", catalog.TYPES)
def test_every_type_ships_with_a_template_that_its_sample_fills(name: str) -> None:
    mail = rendering.render(catalog.shipped(name), {**catalog.samples()[name], **COMMON})
    for part in (mail.subject, mail.text, mail.html):
        assert part.strip()
        assert "{{" not in part
        assert "{%" not in part
    assert "\n" not in mail.subject
    assert mail.html.startswith("<!doctype html>")
    assert not re.search(r"\n\n\n", mail.text)
    page = Balanced()
    page.feed(mail.html)
    assert page.open == []


@pytest.mark.parametrize("name", catalog.TYPES)
def test_every_shipped_template_makes_sense_without_any_context(name: str) -> None:
    mail = rendering.render(catalog.shipped(name), COMMON)
    assert not re.search(r"\(\)|: *$|  ", mail.subject)
    assert 'href=""' not in mail.html


@pytest.mark.parametrize("name", catalog.TYPES)
def test_what_a_sample_says_is_in_text_and_html_alike(name: str) -> None:
    mail = rendering.render(catalog.shipped(name), {**catalog.samples()[name], **COMMON})
    page = re.sub(r"<style>.*?</style>", "", mail.html, flags=re.S)
    for key in ("task_id", "otp_code", "temporary_password", "reset_url", "invitation_url"):
        value = catalog.samples()[name].get(key)
        if value:
            assert value in mail.text
            assert value in page


def test_values_in_the_subject_cannot_break_the_line() -> None:
    content = Content(subject="{{ t }}", text="x", html="x")
    mail = rendering.render(content, {"t": "one\r\nBcc: all@example.com", **COMMON})
    assert mail.subject == "one Bcc: all@example.com"


def test_a_whole_page_is_not_wrapped_again() -> None:
    content = Content(subject="s", text="t", html="<!DOCTYPE html><html><p>mine</p></html>")
    assert rendering.render(content, COMMON).html == content.html
