"""What the editor of a page shows of those who read its draft."""

from typing import Any

from django.urls import reverse
from wagtail.admin.panels import Panel


def comments_on(page_pk: int) -> Any:
    """What the readers of one page said, of whichever link."""
    from knowledge.models.invitations import DraftComment

    comments = DraftComment.objects.filter(invitation__page_id=page_pk)
    return comments.select_related("invitation", "resolved_by")


class DraftReadersPanel(Panel):
    """In the editor: what is still to be seen to, and the way to invite. It opens beside the form,
    so that nothing written there is lost."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "knowledge/draft_reading/panel.html"

        def is_shown(self) -> bool:
            return bool(self.instance.pk) and not self.instance.alias_of_id

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            context["url"] = reverse("draft_readers", args=[self.instance.pk])
            context["comments"] = list(
                comments_on(self.instance.pk).filter(resolved_at__isnull=True)[:20]
            )
            return context
