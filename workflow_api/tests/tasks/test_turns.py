"""Round robin: exact, under any number of workers, with members coming and going."""

import random
from collections import Counter
from itertools import chain

import pytest
from django.db import transaction
from world import NOW, role

from servicekit.testing.races import race, spread
from workflow_api.roles.models import Member, Role
from workflow_api.tasks import turns

pytestmark = pytest.mark.django_db(transaction=True)


def take(role_id=3, **options):
    with transaction.atomic():
        pick = turns.take_turn(role_id, work=turns.Work(at=NOW, **options))
    return pick.candidate.user_id if pick.candidate else None


def test_turns_go_round_by_user_id():
    role(3, "L1 Support", 13, 11, 12)

    assert [take() for _ in range(7)] == [11, 12, 13, 11, 12, 13, 11]


def test_nobody_is_eligible_in_an_empty_or_retired_role():
    role(3, "L1 Support")
    assert take() is None
    role(4, "L2 Support", 21)
    Role.objects.filter(role_id=4).update(is_active=False)
    assert take(4) is None


def test_a_newcomer_is_next_and_who_left_gets_nothing():
    role(3, "L1 Support", 11, 12)
    assert [take(), take(), take()] == [11, 12, 11]
    role(3, "L1 Support", 13)
    Member.objects.filter(person=12).update(is_active=False)

    assert [take() for _ in range(4)] == [13, 11, 13, 11]


def test_a_turn_that_is_rolled_back_was_never_taken():
    role(3, "L1 Support", 11, 12)
    try:
        with transaction.atomic():
            turns.take_turn(3, work=turns.Work(at=NOW))
            raise LookupError
    except LookupError:
        assert take() == 11


def test_eight_threads_share_240_turns_exactly():
    role(3, "L1 Support", *range(11, 17))

    taken = race(*[lambda: [take() for _ in range(30)] for _ in range(8)])

    assert Counter(chain.from_iterable(taken)) == dict.fromkeys(range(11, 17), 40)
    assert Role.objects.get(role_id=3).next_turn == 240


def test_members_come_and_go_and_the_absent_get_nothing():
    members = range(11, 19)
    role(3, "L1 Support", *members)
    absent = random.Random(4).sample(members, 4)
    taken = []

    def leave(user_id):
        with transaction.atomic():
            Member.objects.filter(person=user_id).update(is_active=False)
            # From here on the member's row is locked by us: who picked it waits, and picks again.
        return []

    def work():
        return [take() for _ in range(25)]

    taken = race(*[work] * 6, *[lambda each=each: leave(each) for each in absent])
    after = [take() for _ in range(8)]

    assert not set(after) & set(absent)
    present = Counter(chain.from_iterable(taken))
    stayed = [present[each] for each in members if each not in absent]
    assert max(stayed) - min(stayed) <= 1


def test_between_any_two_changes_of_the_membership_eight_workers_share_evenly():
    """People come, go and come back; whoever is there gets the same, whoever is away nothing."""
    everybody = range(11, 21)
    role(3, "L1 Support", *everybody)
    dice = random.Random(20)
    for _ in range(6):
        present = set(dice.sample(everybody, dice.randint(2, len(everybody))))
        Member.objects.update(is_active=False)
        Member.objects.filter(person__in=present).update(is_active=True)

        taken = race(*[lambda: [take() for _ in range(9)] for _ in range(8)])

        shares = Counter(dict.fromkeys(present, 0))
        shares.update(chain.from_iterable(taken))
        assert set(shares) == present
        assert max(shares.values()) - min(shares.values()) <= 1


def test_people_come_and_go_under_eight_workers_and_who_stayed_had_the_same():
    stayed, others = range(11, 17), range(17, 21)
    role(3, "L1 Support", *stayed, *others)
    dice = random.Random(8)

    def churn():
        for _ in range(30):
            with transaction.atomic():
                somebody = Member.objects.filter(person=dice.choice(others))
                somebody.update(is_active=dice.choice([True, False]))
        return []

    taken = race(*[lambda: [take() for _ in range(20)] for _ in range(8)], churn)

    shares = Counter(chain.from_iterable(taken))
    assert sum(shares.values()) == 160
    of_stayed = [shares[each] for each in stayed]
    assert max(of_stayed) - min(of_stayed) <= 1


def test_two_roles_are_locked_in_one_order_whoever_asks():
    role(3, "L1 Support", 11, 12)
    role(4, "L2 Support", 21)

    def both(*role_ids):
        with transaction.atomic():
            return len(turns.take_turns(role_ids, work=turns.Work(at=NOW)).by_role)

    spread_over = spread([lambda: both(3, 4), lambda: both(4, 3)] * 20, over=2)

    assert sum(map(sum, spread_over)) == 80
