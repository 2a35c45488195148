"""A help desk to fill databases with: its teams, its workflows, and what people write to it.

Everything follows from a seed. Of all tickets a fifth says `printer`, one in a hundred `gearbox`,
one in ten thousand `zeppelin`; the rest of the words are made up and spread as words are.

What an answer costs depends on how much it says. So small databases have as much to say as great
ones: `AT_LEAST` so many tickets have the rarer words, enough to fill all that a search ranks, also
with a second word. And those who see little see the same seven hundred tickets at each size, those
about airships, of which a quarter says `gearbox`.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import accumulate

PRIORITIES = ("low", "medium", "high", "urgent")
SLA_S = {"low": 259_200, "medium": 86_400, "high": 28_800, "urgent": 14_400}
ADMIN, COORDINATOR, FIRST, SECOND, SPECIALIST, STAFF = range(1, 7)
TEAMS = {
    ADMIN: ("Admin", range(1, 2)),
    COORDINATOR: ("Ticket Coordinator", range(2, 6)),
    FIRST: ("L1 Support", range(11, 41)),
    SECOND: ("L2 Support", range(41, 61)),
    SPECIALIST: ("Specialist", range(71, 74)),
    STAFF: ("Human Resources", range(81, 101)),
}
SPAN = timedelta(days=3 * 365)
OF_ALL = {"printer": 0.2, "gearbox": 0.01, "zeppelin": 0.0001}
OF_AIRSHIPS = {"gearbox": 0.25}
AT_LEAST = {"gearbox": 1000, "zeppelin": 200}
AIRSHIPS = 700
SYLLABLES = (
    "ba",
    "ne",
    "ri",
    "lo",
    "tu",
    "ka",
    "mer",
    "sin",
    "dor",
    "vel",
    "pa",
    "ti",
    "gor",
    "ham",
)


@dataclass(frozen=True, slots=True)
class Kind:
    """A workflow: who does its steps, what it is matched by, its share of all tickets."""

    workflow: int
    category: str
    sub_category: str
    steps: tuple[int, ...]  # roles
    share: float = 0

    def step_id(self, index: int) -> int:
        return self.workflow * 10 + index


KINDS = (
    *(Kind(n, "IT Support", f"Area {n}", (FIRST, SECOND, FIRST), 0.7 / 20) for n in range(1, 21)),
    *(Kind(n, "HR", f"Matter {n}", (STAFF, STAFF), 0.298 / 9) for n in range(21, 30)),
    Kind(30, "Airships", "", (SPECIALIST, SPECIALIST)),
)


@dataclass(frozen=True, slots=True)
class Case:
    """One ticket with its run; times are seconds of the epoch, steps done are (index, person)."""

    number: int
    kind: Kind
    title: str
    description: str
    priority: str
    state: str
    opened: int
    ended: int | None
    owner: int
    steps: list[tuple[int, int]]

    @property
    def due(self) -> int:
        return self.opened + SLA_S[self.priority]


def cases(amount: int, *, seed: int, until: datetime) -> Iterator[Case]:
    """Yield so many tickets of three years, the oldest first, most of them done."""
    chance = random.Random(seed)  # no secret
    write = _writer(chance, amount)
    start = int((until - SPAN).timestamp())
    apart = SPAN.total_seconds() / amount
    shares = list(accumulate(kind.share or AIRSHIPS / amount for kind in KINDS))
    for number in range(1, amount + 1):
        [kind] = chance.choices(KINDS, cum_weights=shares)
        title, description = write(kind)
        [priority] = chance.choices(PRIORITIES, cum_weights=(0.35, 0.8, 0.95, 1))
        opened = start + int(number * apart)
        is_open = chance.random() < (0.6 if number > amount * 0.97 else 0.002)
        lasted = 60 + int(chance.random() * 1.25 * SLA_S[priority])
        is_open = is_open or opened + lasted >= until.timestamp()
        yield Case(
            number=number,
            kind=kind,
            title=title,
            description=description,
            priority=priority,
            state=_state(chance, is_open=is_open),
            opened=opened,
            ended=None if is_open else opened + lasted,
            owner=chance.choice(TEAMS[COORDINATOR][1]),
            steps=_steps(chance, kind, is_open=is_open),
        )


def _state(chance: random.Random, *, is_open: bool) -> str:
    if not is_open:
        return "closed" if chance.random() < 0.9 else "completed"
    states = ("pending", "in_progress", "on_hold", "pending_external")
    return chance.choices(states, cum_weights=(0.5, 0.9, 0.97, 1))[0]


def _steps(chance: random.Random, kind: Kind, *, is_open: bool) -> list[tuple[int, int]]:
    """Return who did each step so far; now and then somebody of another team was asked."""
    count = chance.randint(1, len(kind.steps)) if is_open else len(kind.steps)
    done = [(index, chance.choice(TEAMS[kind.steps[index]][1])) for index in range(count)]
    if chance.random() < 0.005:
        done[0] = (0, chance.choice(TEAMS[FIRST][1]))
    return done


def _writer(chance: random.Random, amount: int) -> Callable[[Kind], tuple[str, str]]:
    made = ("".join(chance.choices(SYLLABLES, k=chance.randint(2, 4))) for _ in range(40_000))
    words = sorted(set(made))
    chance.shuffle(words)
    shares = list(accumulate(1 / (rank + 20) for rank in range(len(words))))
    usual = {word: max(of_all, AT_LEAST.get(word, 0) / amount) for word, of_all in OF_ALL.items()}

    def write(kind: Kind) -> tuple[str, str]:
        written = chance.choices(words, cum_weights=shares, k=chance.randint(25, 60))
        wanted = usual | OF_AIRSHIPS if kind.category == "Airships" else usual
        for word, share in wanted.items():
            if chance.random() < share:
                written.insert(chance.choice((1, 2, 20)), word)
        cut = chance.randint(4, 8)
        return " ".join(written[:cut]).capitalize(), " ".join(written[cut:]).capitalize()

    return write


def iso(second: float) -> str:
    """Return a second of the epoch as PostgreSQL reads it."""
    return datetime.fromtimestamp(second, UTC).isoformat()
