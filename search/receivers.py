"""Rows of the embedded index follow the rows of the entries."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from search import best_bets, services, suggestions, vocabulary
from search.curation import BestBet, HiddenPage, PinnedPage, UnwantedSuggestion
from search.models import Entry, Expression


@receiver(post_delete, sender=Entry)
def forget(sender: type[Entry], instance: Entry, **kwargs: Any) -> None:
    """A page that is deleted takes its entry along; the engine must hear of it."""
    services.engine().remove(instance.pk)


@receiver(post_save, sender=Expression)
@receiver(post_delete, sender=Expression)
def read_again(**kwargs: Any) -> None:
    """This process answers with the new words at once, others within a minute."""
    vocabulary.forget()
    suggestions.forget()
    best_bets.forget()


@receiver(post_save, sender=UnwantedSuggestion)
@receiver(post_delete, sender=UnwantedSuggestion)
def suggest_anew(**kwargs: Any) -> None:
    suggestions.forget()


@receiver(post_save, sender=BestBet)
@receiver(post_save, sender=PinnedPage)
@receiver(post_save, sender=HiddenPage)
@receiver(post_delete, sender=BestBet)
@receiver(post_delete, sender=PinnedPage)
@receiver(post_delete, sender=HiddenPage)
def choose_anew(**kwargs: Any) -> None:
    best_bets.forget()
