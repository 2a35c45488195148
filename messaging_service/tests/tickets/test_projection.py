"""The projection of tickets: newest version wins, people of before may go on reading."""

from collections.abc import Callable
from functools import partial

import pytest
from django.utils import timezone
from people import ANA, BEN, DEE

from messaging_service.tickets.models import Ticket
from messaging_service.tickets.services import apply_projection
from servicekit.contracts import TicketProjection
from servicekit.testing.races import race

pytestmark = pytest.mark.django_db


def projection(version: int, **fields: object) -> TicketProjection:
    body = {"ticket_id": 1, "status": "pending", "version": version} | fields
    return TicketProjection.model_validate(body)


def test_a_newer_version_replaces_and_an_older_one_does_not(ticket: Ticket) -> None:
    assert apply_projection(projection(5, status="completed"), at=timezone.now())
    assert not apply_projection(projection(4, status="pending"), at=timezone.now())
    assert not apply_projection(projection(5, status="closed"), at=timezone.now())
    ticket.refresh_from_db()
    assert (ticket.status, ticket.version) == ("completed", 5)


def test_version_zero_of_an_unknown_ticket_is_taken() -> None:
    assert apply_projection(projection(0), at=timezone.now())


def test_former_participants_stay(ticket: Ticket) -> None:
    apply_projection(projection(2, participants=[DEE]), at=timezone.now())
    ticket.refresh_from_db()
    assert ticket.participants == [ANA, BEN, DEE]


def test_the_comment_log_survives_a_sync(ticket: Ticket) -> None:
    Ticket.objects.filter(pk=1).update(head_seq=7)
    apply_projection(projection(2), at=timezone.now())
    ticket.refresh_from_db()
    assert ticket.head_seq == 7


@pytest.mark.django_db(transaction=True)
def test_of_simultaneous_versions_the_highest_is_left(make_ticket: Callable[..., Ticket]) -> None:
    def apply(version: int) -> None:
        apply_projection(projection(version, status=f"s{version}"), at=timezone.now())

    race(*(partial(apply, version) for version in range(1, 7)))
    found = Ticket.objects.get(pk=1)
    assert (found.version, found.status) == (6, "s6")
