"""Which shows and episodes came from another host, and what is still to come."""

from django.db import models

from knowledge.models import ResourcePage


class BroughtPage(models.Model):
    """A page that an import wrote, and the draft it wrote: as long as nobody has written another,
    and it never went out, the import may complete it.

    `gaps` are sentences about what did not come, and may yet.
    """

    page = models.OneToOneField(
        ResourcePage, primary_key=True, on_delete=models.CASCADE, related_name="+"
    )
    revision_number = models.PositiveIntegerField()
    gaps = models.JSONField(default=list)

    def __str__(self) -> str:
        return str(self.page)

    @property
    def is_untouched(self) -> bool:
        """Whether the page is as the import left it, and nobody has read it yet."""
        return (
            self.page.latest_revision_id == self.revision_number
            and self.page.last_published_at is None
        )
