"""What is searched: the words of each ticket, and all words there are."""

from django.contrib.postgres.indexes import GinIndex, GistIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from .tickets import Ticket


class TicketText(models.Model):
    """The words of a ticket by weight: number and title A, category B, description C.

    Triggers on the ticket's table write it, so that no statement of ours does. It is a table of
    its own because tickets are updated often and their words are not.
    """

    ticket = models.OneToOneField(
        Ticket,
        primary_key=True,
        on_delete=models.CASCADE,
        related_name="text",
        db_constraint=False,
    )
    document = SearchVectorField()

    class Meta:
        indexes = [GinIndex(fields=["document"], name="text_words", gin_pending_list_limit=512)]

    def __str__(self) -> str:
        return f"words of ticket {self.ticket_id}"


class Word(models.Model):
    """A word of some ticket's title or category, for whoever mistypes it.

    A sweep learns them (`services.learn_words`). `ticket` is the one that it was learnt from; the
    row of the empty word says which ticket was read last.
    """

    text = models.CharField(primary_key=True, max_length=60)
    ticket = models.BigIntegerField()

    class Meta:
        indexes = [GistIndex(fields=["text"], opclasses=["gist_trgm_ops"], name="word_by_likeness")]

    def __str__(self) -> str:
        return self.text
