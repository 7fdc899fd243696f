"""Files go when their row goes."""

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete

from files.models import Preparable, preparable_models


def remove_files(sender: type[Preparable], instance: Preparable, **kwargs: Any) -> None:
    """The published copies of whatever was prepared, and its originals."""
    transaction.on_commit(instance.discard)
    for original in instance.originals():
        if original:
            transaction.on_commit(partial(original.storage.delete, str(original.name)))


# One by one: a receiver for all models would take Django's quick way to delete from every one.
for model in preparable_models():
    post_delete.connect(remove_files, sender=model)
