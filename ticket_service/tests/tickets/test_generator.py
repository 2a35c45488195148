"""Generated tickets: real enough, and the same again for the same seed."""

from collections import Counter
from datetime import date

from servicekit.contracts import TicketData
from ticket_service.tickets.generator import generate
from ticket_service.tickets.topics import KINDS

TODAY = date(2026, 11, 24)


def test_the_same_seed_gives_the_same_tickets() -> None:
    assert list(generate(count=40, seed=5, today=TODAY)) == list(
        generate(count=40, seed=5, today=TODAY)
    )
    assert list(generate(count=40, seed=5, today=TODAY)) != list(
        generate(count=40, seed=6, today=TODAY)
    )


def test_every_kind_comes_up_and_has_no_unfilled_braces() -> None:
    drafts = list(generate(count=600, seed=1, today=TODAY))

    seen = Counter(draft.category for draft in drafts)
    assert seen.keys() == {kind.category for kind in KINDS}
    assert seen.most_common(1)[0][0] == "IT Support"
    for draft in drafts:
        words = [draft.title, draft.description, *map(str, draft.extra.values())]
        assert not any("{" in each or "}" in each for each in words)


def test_what_other_systems_need_comes_along() -> None:
    drafts = list(generate(count=300, seed=2, today=TODAY))

    loans = [draft.extra for draft in drafts if draft.category == "Asset Check Out"]
    proposals = [draft.extra for draft in drafts if draft.category == "Budget Proposal"]
    onboardings = [draft for draft in drafts if draft.category == "HR Onboarding"]
    assert all(isinstance(loan["duration_days"], int) and loan["asset_id"] for loan in loans)
    assert all(isinstance(each["amount"], int) for each in proposals)
    assert {draft.department for draft in onboardings} == {"Human Resources"}


def test_every_ticket_fits_the_contract() -> None:
    for draft in generate(count=300, seed=3, today=TODAY):
        TicketData.model_validate(
            {
                "ticket_id": "HDTS-1",
                "title": draft.title,
                "category": draft.category,
                "sub_category": draft.sub_category,
                "priority": draft.priority,
                "requester_email": draft.requester_email,
            }
            | draft.extra
        )
