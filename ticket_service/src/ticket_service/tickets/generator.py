"""Realistic tickets for demos and load: the same seed gives the same tickets. Pure."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from faker import Faker

from .drafts import TicketDraft
from .topics import DEPARTMENTS, KINDS, Kind, Topic

PRIORITIES = ("low", "medium", "high", "urgent", "critical")
PRIORITY_WEIGHTS = (30, 40, 20, 8, 2)
MAIL_DOMAIN = "company.example"


def generate(*, count: int, seed: int, today: date) -> Iterator[TicketDraft]:
    """Yield `count` tickets that the demo workflows match; dates in them lie around `today`."""
    dice = random.Random(seed)  # noqa: S311 - play data, no secret
    people = Faker("en_US")
    people.seed_instance(seed)
    for _ in range(count):
        yield _ticket(dice, people, today=today)


def _ticket(dice: random.Random, people: Faker, *, today: date) -> TicketDraft:
    kind: Kind = dice.choices(KINDS, weights=[kind.weight for kind in KINDS])[0]
    topic: Topic = dice.choice(kind.topics)
    name = people.name()
    department = kind.department or dice.choice(DEPARTMENTS)
    words = _words(dice, people, today=today) | {"department": department}
    return TicketDraft(
        title=topic.title.format(**words),
        description=_description(topic, words, name=name),
        category=kind.category,
        sub_category=topic.sub_category,
        department=department,
        priority=dice.choices(PRIORITIES, weights=PRIORITY_WEIGHTS)[0],
        requester_name=name,
        requester_email=_address(name),
        extra={key: _value(value, words) for key, value in topic.extra.items()},
    )


def _words(dice: random.Random, people: Faker, *, today: date) -> dict[str, Any]:
    return {
        "building": dice.choice(("A", "B", "C", "North", "Annex")),
        "floor": dice.randint(1, 9),
        "room": f"{dice.randint(1, 9)}.{dice.randint(1, 40):02}",
        "device": f"{dice.choice(('LT', 'WS', 'MB'))}-{dice.randint(1000, 9999)}",
        "error": f"0x{dice.randrange(0x80000000, 0x8FFFFFFF):08X}",
        "colleague": people.name(),
        "product": dice.choice(("Outlook", "Excel", "Teams", "SAP GUI", "AutoCAD", "Acrobat")),
        "since": f"{today - timedelta(days=dice.randint(1, 6)):%A}",
        "start": f"{today + timedelta(days=dice.randint(7, 45)):%Y-%m-%d}",
        "days": dice.choice((1, 3, 5, 7, 14, 30)),
        "amount": dice.randrange(250, 12_500, 50),
        "number": dice.randint(2, 25),
    }


def _description(topic: Topic, words: dict[str, Any], *, name: str) -> str:
    return f"Hello,\n\n{topic.description.format(**words)}\n\nKind regards\n{name}"


def _address(name: str) -> str:
    letters = "".join(char for char in name.lower() if char.isalpha() or char == " ")
    return f"{'.'.join(letters.split())}@{MAIL_DOMAIN}"


def _value(value: Any, words: dict[str, Any]) -> Any:
    """Return a word itself for `{word}` (a number stays one), formatted text, or the value."""
    if not isinstance(value, str):
        return value
    if value.startswith("{") and value.endswith("}") and value[1:-1] in words:
        return words[value[1:-1]]
    return value.format(**words)
