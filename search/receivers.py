"""Rows of the embedded index follow the rows of the entries."""

from typing import Any

from django.db.models.signals import post_delete
from django.dispatch import receiver

from search import services
from search.models import Entry


@receiver(post_delete, sender=Entry)
def forget(sender: type[Entry], instance: Entry, **kwargs: Any) -> None:
    """A page that is deleted takes its entry along; the engine must hear of it."""
    services.engine().remove(instance.pk)
