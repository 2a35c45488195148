"""Learning the words that tickets are made of."""

from datetime import datetime

from django.db import connection, transaction

from ..models import TicketText, Word

AT_ONCE = 2000
READ_AGAIN = 500  # numbers of tickets commit out of order

_LEARN = """
INSERT INTO tasks_word (text, ticket)
SELECT word.lexeme, min(read.ticket_id)
FROM tasks_tickettext AS read, unnest(read.document) AS word
WHERE read.ticket_id > %s AND read.ticket_id <= %s
  AND word.weights && '{A,B}' AND word.lexeme ~ '^[[:alpha:]]{3,60}$'
GROUP BY word.lexeme
ON CONFLICT (text) DO NOTHING
"""


@transaction.atomic
def learn_words(*, at: datetime) -> int:  # every sweep is told the time
    """Learn the words of the titles and categories that came since the last time.

    At most two thousand tickets at once; returns how many words are new.
    """
    mark, _ = Word.objects.get_or_create(text="", defaults={"ticket": 0})
    newest = TicketText.objects.order_by("-ticket").values_list("ticket", flat=True).first() or 0
    if newest <= mark.ticket:
        return 0
    read = min(newest, mark.ticket + AT_ONCE)
    with connection.cursor() as cursor:
        cursor.execute(_LEARN, [mark.ticket - READ_AGAIN, read])
        learnt: int = cursor.rowcount
    Word.objects.filter(text="").update(ticket=read)
    return learnt
