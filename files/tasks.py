"""Background work: load by primary key, return if gone, call the model."""

from django.apps import apps
from django_tasks import task


@task()
def prepare(label: str, pk: str) -> bool:
    """Make what the row `pk` of model `label` wants. False when there was nothing to do."""
    return apps.get_model(label).work_on(pk)
