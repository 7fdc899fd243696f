"""Background work: load by primary key, return if gone, call a service."""

from django_tasks import task

from sharing.models import ImportRun
from sharing.services import go_on_with


@task()
def go_on(pk: int) -> None:
    """Go on with the import `pk`."""
    run = ImportRun.objects.filter(pk=pk).select_related("started_by").first()
    if run is not None:
        go_on_with(run)
