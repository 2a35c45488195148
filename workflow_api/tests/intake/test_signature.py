"""Who signed a ticket, and what becomes of it when nobody or somebody else did."""

import pytest
from celery.exceptions import Reject
from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from hypothesis import given
from hypothesis import strategies as st
from world import deliver, role, ticket_data, workflow

from servicekit.inbox.models import InboxMessage
from workflow_api.intake import signature
from workflow_api.intake.signature import Mode, Verdict
from workflow_api.tasks.models import Task

KEYS = {"hdts-1": "a-shared-secret"}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


def headers_for(data, message_id, key="a-shared-secret", kid="hdts-1"):
    return {
        "x-hdts-kid": kid,
        "x-hdts-ts": "1772442000",
        "x-hdts-sig": signature.sign(data, key=key, timestamp="1772442000", message_id=message_id),
    }


@given(JSON, JSON)
def test_a_signature_holds_for_its_ticket_and_no_other(data, other):
    headers = headers_for(data, "message-1")

    def verdict(ticket, message_id="message-1"):
        return signature.verdict(headers, ticket, message_id=message_id, keys=KEYS)

    assert verdict(data) is Verdict.GOOD
    assert verdict(data, "message-2") is Verdict.WRONG
    same = signature.canonical(data) == signature.canonical(other)
    assert (verdict(other) is Verdict.GOOD) == same


def test_the_order_of_fields_does_not_matter():
    headers = headers_for({"a": 1, "b": "ü"}, "message-1")
    found = signature.verdict(headers, {"b": "ü", "a": 1}, message_id="message-1", keys=KEYS)
    assert found is Verdict.GOOD


@pytest.mark.parametrize(
    ("headers", "verdict"),
    [
        ({}, Verdict.UNSIGNED),
        ({"x-request-id": "abc"}, Verdict.UNSIGNED),
        (headers_for({}, "message-1", kid="stranger"), Verdict.UNKNOWN_KEY),
        (headers_for({}, "message-1", key="guessed"), Verdict.WRONG),
        ({"x-hdts-kid": "hdts-1"}, Verdict.WRONG),
        ({"x-hdts-sig": "v1=ü\ud800"}, Verdict.UNKNOWN_KEY),
        ({"x-hdts-kid": "hdts-1", "x-hdts-sig": "v1=ü\ud800"}, Verdict.WRONG),
        ({"x-hdts-kid": ["hdts-1"], "x-hdts-sig": {"v": 1}}, Verdict.UNKNOWN_KEY),
    ],
)
def test_headers_that_are_not_a_good_signature(headers, verdict):
    assert signature.verdict(headers, {}, message_id="message-1", keys=KEYS) is verdict


@pytest.mark.parametrize(
    ("mode", "accepted"),
    [
        (Mode.OFF, set(Verdict)),
        (Mode.OBSERVE, {Verdict.GOOD, Verdict.UNSIGNED}),
        (Mode.REQUIRE, {Verdict.GOOD}),
    ],
)
def test_what_each_mode_accepts(mode, accepted):
    assert {each for each in Verdict if signature.is_acceptable(each, mode)} == accepted


@pytest.fixture
def it_support(settings, db):
    settings.HDTS_KEYS = KEYS
    agents = role(3, "L1 Support", 11)
    workflow([{"name": "Triage", "role": agents}], [("Triage", None, "forward")])


def test_a_signed_ticket_is_received_where_signatures_are_required(it_support, settings):
    settings.HDTS_SIGNATURE_MODE = "require"
    data = ticket_data("HDTS-1", title="Größe")

    deliver(data, message_id="message-1", **headers_for(data, "message-1"))

    assert Task.objects.count() == 1


def test_an_unsigned_ticket_is_parked_only_where_signatures_are_required(it_support, settings):
    deliver(ticket_data("HDTS-1"))
    settings.HDTS_SIGNATURE_MODE = "require"
    with pytest.raises(Reject):
        deliver(ticket_data("HDTS-2"), message_id="message-2")

    assert InboxMessage.objects.get(message_id="message-2").code == "BAD_SIGNATURE"
    assert Task.objects.count() == 1


def test_a_wrong_signature_is_parked_even_where_they_are_only_observed(it_support):
    data = ticket_data("HDTS-1")
    with pytest.raises(Reject):
        deliver(data, message_id="message-1", **headers_for(data, "message-9"))

    assert InboxMessage.objects.get(message_id="message-1").outcome == "parked"


def test_what_we_replay_ourselves_needs_no_signature(it_support, settings, admin):
    settings.HDTS_SIGNATURE_MODE = "require"
    data = ticket_data("HDTS-1")
    with pytest.raises(Reject):
        deliver(data, message_id="message-1")
    row = InboxMessage.objects.get()

    replayed = admin.post(f"/ingest/{row.id}/replay/").json()["replayed_as"]
    with pytest.raises(Reject):
        deliver(data, message_id="message-3", **{"x-replay-of": str(row.id)})
    deliver(data, message_id=replayed)

    assert Task.objects.count() == 1


@pytest.mark.parametrize(
    "setting",
    [
        {"HDTS_SIGNATURE_MODE": "sometimes"},
        {"HDTS_PRIORITY_MAP": {"critical": "soon"}},
        {"HDTS_PRIORITY_MAP": {"soon": "high"}},
    ],
)
def test_the_service_does_not_start_with_a_setting_that_parks_everything(settings, setting):
    for name, value in setting.items():
        setattr(settings, name, value)

    with pytest.raises(ImproperlyConfigured):
        apps.get_app_config("intake").ready()
