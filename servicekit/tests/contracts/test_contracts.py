"""What a help desk may send, what we send ourselves, and what is committed about both."""

import json
from datetime import UTC
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from servicekit.contracts import (
    MESSAGES,
    ReceiveTicket,
    RoleSync,
    TicketData,
    TicketStatus,
    UserSystemRoleSync,
)
from servicekit.contracts.export import stale_files

CONTRACTS = Path(__file__).parents[3] / "contracts"
TICKET = {
    "ticket_id": "HDTS-1",
    "title": "No network",
    "category": "IT Support",
    "sub_category": "Network",
    "priority": "high",
}


def test_every_schema_is_committed_as_the_code_says() -> None:
    assert stale_files(CONTRACTS / "schemas") == []


@pytest.mark.parametrize(
    "path", sorted((CONTRACTS / "samples").glob("*.json")), ids=lambda p: p.stem
)
def test_every_sample_ever_committed_still_parses(path: Path) -> None:
    task = path.stem.split("--")[0]
    kwargs = json.loads(path.read_text())
    message = MESSAGES[task].from_kwargs(kwargs)
    assert MESSAGES[task].from_kwargs(message.kwargs()) == message


def test_every_message_has_a_sample() -> None:
    sampled = {path.stem.split("--")[0] for path in (CONTRACTS / "samples").glob("*.json")}
    assert sampled == set(MESSAGES)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("ticket_id", "ticket_number"),
        ("ticket_id", "original_ticket_id"),
        ("title", "subject"),
        ("sub_category", "subcategory"),
    ],
)
def test_each_accepted_spelling_means_the_same(old: str, new: str) -> None:
    spelled = {new if key == old else key: value for key, value in TICKET.items()}
    assert TicketData.model_validate(spelled) == TicketData.model_validate(TICKET)


@pytest.mark.parametrize("priority", ["Low", "MEDIUM", "high", "Urgent", " Critical "])
def test_priorities_are_read_in_any_case(priority: str) -> None:
    ticket = TicketData.model_validate(TICKET | {"priority": priority})
    assert ticket.priority == priority.strip().lower()


def test_what_we_do_not_know_is_kept() -> None:
    ticket = TicketData.model_validate(TICKET | {"floor": 3})
    assert ticket.model_dump()["floor"] == 3


@pytest.mark.parametrize(
    "fault",
    [
        {"ticket_id": ""},
        {"ticket_id": 5},
        {"title": "x" * 201},
        {"title": "   "},
        {"priority": "whenever"},
        {"category": None},
        {"attachments": [{"url": "no name"}]},
        {"description": "a\x00b"},
        {"extra": {"deep": ["\ud800"]}},
        {"created_at": "9999-12-31T23:59:59-14:00"},
        {"updated_at": "0001-01-01T00:00:00+14:00"},
    ],
)
def test_each_fault_of_a_ticket_is_refused(fault: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        ReceiveTicket.from_kwargs({"ticket_data": TICKET | fault})


def test_times_are_kept_in_utc_so_that_what_is_taken_can_be_stored_and_read() -> None:
    status = {"ticket_id": "HDTS-1", "status": "closed", "updated_at": "2026-11-24T20:00:00+02:00"}
    assert TicketStatus.from_kwargs(status).kwargs()["updated_at"] == "2026-11-24T18:00:00Z"
    for edge in ("0001-01-01T00:00:00", "9999-12-31T23:59:59+14:00"):
        assert TicketStatus.from_kwargs(status | {"updated_at": edge}).updated_at.tzinfo is UTC
    with pytest.raises(ValidationError, match="out of range"):
        TicketStatus.from_kwargs(status | {"updated_at": "9999-12-31T23:59:59-00:01"})


@pytest.mark.parametrize("task", sorted(MESSAGES))
def test_a_null_says_as_much_as_a_field_that_is_left_out(task: str) -> None:
    contract = MESSAGES[task]
    optional = {name for name, field in contract.model_fields.items() if not field.is_required()}
    for path in (CONTRACTS / "samples").glob(f"{task}*.json"):
        kwargs = json.loads(path.read_text())
        body = kwargs[contract.ARG] if contract.ARG else kwargs
        without = {name: value for name, value in body.items() if name not in optional}
        nulls = without | dict.fromkeys(optional)
        given = [{contract.ARG: each} if contract.ARG else each for each in (without, nulls)]
        assert contract.from_kwargs(given[1]) == contract.from_kwargs(given[0])


def test_the_subject_is_found_even_in_a_broken_ticket() -> None:
    assert ReceiveTicket.subject_of({"ticket_data": {"ticket_number": "X-1"}}) == "X-1"
    kinds: list[dict[str, Any]] = [{}, {"ticket_data": 5}, {"ticket_data": {"ticket_id": {}}}]
    for broken in kinds:
        assert ReceiveTicket.subject_of(broken) == ""


def test_wrapped_messages_take_exactly_their_argument() -> None:
    role = {"role_id": 1, "name": "L1 Support", "system": "tts", "version": 3}
    assert RoleSync.from_kwargs({"role_data": role}).kwargs()["role_data"]["version"] == 3
    with pytest.raises(ValueError, match="role_data"):
        RoleSync.from_kwargs({"role_data": role, "more": 1})


def test_roles_of_a_person_are_read_under_either_name() -> None:
    person = UserSystemRoleSync.model_validate(
        {
            "user_id": 4,
            "username": "l1.ana",
            "version": 1,
            "system_roles": [{"system": "tts", "role_id": 2, "role": "L1 Support"}],
        }
    )
    assert person.system_roles[0].role_name == "L1 Support"
