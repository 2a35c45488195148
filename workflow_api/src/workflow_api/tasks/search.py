"""Full-text search over tickets: from what somebody types to a condition and an order."""

import re
from collections.abc import Collection
from dataclasses import dataclass, replace

from django.contrib.postgres.search import SearchQueryField, TrigramDistance
from django.db import connection
from django.db.models import BooleanField, Exists, F, FloatField, Func, OuterRef, QuerySet, Value
from django.db.models.functions import Cast

from .models import Ticket, TicketText, Word

# As in the triggers; a hyphen between words joins them, one before a word excludes it.
_APART = str.maketrans(dict.fromkeys("_./@:\\", " "))
_JOINED = re.compile(r"(?<=\w)-+(?=\w)")
_LEXEME = re.compile(r"'((?:[^']|'')*)'(?::\*)?")
_LETTERS = re.compile(r"[^\W\d_]{3,60}")
HELP_DESK = "hdts"
SHORTEST_BEGINNING = 2
LONGEST_SHORT_WORD = 5
WORDS_AT_ONCE = 5  # that are corrected
LIKELY = 20  # words that are compared letter by letter
TAKEN = 3  # words that a mistyped one is read as
FEWEST = 4096  # tickets whose words are read one by one
# As in the function `ticket_eras`: powers of two of tickets, and how many of these are one era.
ERAS = {"a": (12, 8), "b": (16, 3)}
MOST = 1000  # hits of an era


@dataclass(frozen=True, slots=True)
class Words:
    """A search in PostgreSQL's own notation; false without any word.

    `number` is the whole search, when it is one piece: it may be the number of a ticket.
    """

    tsquery: str
    number: str = ""
    is_corrected: bool = False

    def __bool__(self) -> bool:
        return bool(self.tsquery)


@dataclass(frozen=True, slots=True)
class Era:
    """The tickets from one on, and words of which each of these has one and no older one any."""

    first: int
    words: str


class _Matches(Func):
    template = "%(expressions)s"
    arg_joiner = " @@ "
    output_field = BooleanField()


class _Rank(Func):
    function = "ts_rank"
    output_field = FloatField()


def words_of(search: str) -> Words:
    """Return what to look for; one query.

    Quotes, `or` and `-` mean what they do on the web; everything else is a word, of which the
    last may go on. What is one piece may also be the beginning of a ticket's number.
    """
    apart = _JOINED.sub(" ", search.translate(_APART))
    with connection.cursor() as cursor:
        cursor.execute("SELECT websearch_to_tsquery('ticket_words', %s)::text", [apart])
        parsed: str = cursor.fetchone()[0]
    typing = re.search(r"\w+$", search)
    if parsed.endswith("'") and typing and len(typing[0]) >= SHORTEST_BEGINNING:
        parsed += ":*"
    if re.search(r'[\s"]', search):
        return Words(parsed)
    beginning = f"{_quoted(search.lower())}:*"
    if parsed and parsed != beginning:
        beginning = f"({parsed}) | {beginning}"
    return Words(beginning, number=search)


def era_until(ticket: int, *, tickets: int) -> Era | None:
    """Return an era with at least so many tickets up to this one.

    None for so few that they are quickly read, and for so many that it is of no use.
    """
    if not FEWEST <= tickets < ticket:
        return None
    for name, (bits, most) in ERAS.items():
        last, first = ticket >> bits, (ticket - tickets) >> bits
        if first and last - first < most:
            words = (_quoted(f" {name}{block}") for block in range(first, last + 1))
            return Era(first << bits, " | ".join(words))
    return None


def newest_ticket() -> int:
    """Return the ticket that came last, 0 where none has."""
    return TicketText.objects.order_by("-ticket").values_list("ticket", flat=True).first() or 0


def having(words: Words, *, ticket: str) -> Exists:
    """Return the condition that the ticket named by a column has these words."""
    return Exists(_texts(words.tsquery).filter(ticket=OuterRef(ticket)))


def newest_having(words: Words, *, era: Era, until: int) -> list[int]:
    """Return the tickets of an era up to one that have these words, the newest at most."""
    # two conditions: the index skips from one to the other, within one it tries each ticket
    texts = _texts(words.tsquery).filter(_has(era.words), ticket__lte=until)
    return list(texts.order_by("-ticket").values_list("ticket", flat=True)[:MOST])


def _texts(tsquery: str) -> QuerySet[TicketText]:
    return TicketText.objects.filter(_has(tsquery))


def _has(tsquery: str) -> _Matches:
    return _Matches(F("document"), _cast(tsquery))


def numbered(words: Words) -> QuerySet[Ticket]:
    """Return the tickets whose number is the whole search, in whatever case it was typed."""
    number = words.number
    spellings = {number, number.upper(), number.lower()}
    return Ticket.objects.filter(source=HELP_DESK, external_id__in=spellings)


def ranks(words: Words, tickets: Collection[int]) -> dict[int, float]:
    """Return how well each ticket fits: title and number before category before description."""
    texts = TicketText.objects.filter(ticket__in=tickets)
    fits = texts.annotate(rank=_Rank(F("document"), _cast(words.tsquery)))
    return dict(fits.values_list("ticket", "rank"))


def corrected(words: Words) -> Words | None:
    """Return the search with each word that nobody has written widened by the likeliest ones.

    None when there is nothing to correct. One query, and one for each unknown word.
    """
    likely = {each: _likeliest(each) for each in _unknown(words.tsquery)}
    if not any(likely.values()):
        return None

    def widened(lexeme: re.Match[str]) -> str:
        return f"({' | '.join([lexeme[0], *map(_quoted, likely.get(lexeme[1], ()))])})"

    return replace(words, tsquery=_LEXEME.sub(widened, words.tsquery), is_corrected=True)


def slips_between(one: str, other: str) -> int:
    """Return how many letters were left out, added, changed or swapped with their neighbour."""
    before, last = [0], list(range(len(other) + 1))
    for i, letter in enumerate(one):
        row = [i + 1]
        for j, there in enumerate(other):
            best = min(row[j] + 1, last[j + 1] + 1, last[j] + (letter != there))
            if i and j and letter == other[j - 1] and one[i - 1] == there:
                best = min(best, before[j - 1] + 1)
            row.append(best)
        before, last = last, row
    return last[-1]


def _unknown(tsquery: str) -> list[str]:
    """Return the words of letters that no ticket has in its title or category."""
    wanted = [each[1] for each in _LEXEME.finditer(tsquery) if _LETTERS.fullmatch(each[1])]
    words = list(dict.fromkeys(wanted))[:WORDS_AT_ONCE]
    known = set(Word.objects.filter(text__in=words).values_list("text", flat=True))
    return [each for each in words if each not in known]


def _likeliest(word: str) -> list[str]:
    """Return the words that differ by one slip or, where the word is long, by two."""
    near = Word.objects.order_by(TrigramDistance("text", word))[:LIKELY]
    by_slips = sorted((slips_between(word, each.text), each.text) for each in near)
    most = 1 if len(word) <= LONGEST_SHORT_WORD else 2
    return [text for slips, text in by_slips if slips <= most][:TAKEN]


def _cast(tsquery: str) -> Cast:
    return Cast(Value(tsquery), SearchQueryField())


def _quoted(lexeme: str) -> str:
    escaped = lexeme.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"
