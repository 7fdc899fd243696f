"""Steps of trails, for robots. The trails themselves are resources of the library."""

from collections.abc import Iterator

from accounts.audience import ANYBODY
from knowledge.models import ResourcePage
from knowledge.visibility import visible_to
from trails.models import TrailPage, TrailStep


def addresses() -> Iterator[tuple[str, object]]:
    """The address of every step whose trail and resource an outsider may read. Four queries."""
    trails = {
        trail.pk: trail
        for trail in visible_to(TrailPage.objects.filter(alias_of__isnull=True), ANYBODY)
    }
    steps = TrailStep.objects.filter(trail__in=list(trails)).order_by("trail", "sort_order")
    ids = [step.resource_id for step in steps]
    visible = visible_to(ResourcePage.objects.filter(pk__in=ids), ANYBODY)
    shown = set(visible.values_list("pk", flat=True))
    for step in steps:
        if step.resource_id in shown:
            trail = trails[step.trail_id]
            yield step.url_in(trail), trail.last_published_at
