"""Files go when their row goes."""

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete

from files.models import Preparable, Recording, preparable_models


def remove_files(sender: type[Preparable], instance: Preparable, **kwargs: Any) -> None:
    """The published copies of whatever was prepared; of a recording, the original as well (Wagtail
    sees to the originals of pictures and documents)."""
    transaction.on_commit(instance.discard)
    if isinstance(instance, Recording) and instance.file:
        name, storage = str(instance.file.name), instance.file.storage
        transaction.on_commit(lambda: storage.delete(name))


# One by one: a receiver for all models would take Django's quick way to delete from every one.
for model in preparable_models():
    post_delete.connect(remove_files, sender=model)
