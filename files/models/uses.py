"""Which published pages use which files: what opens a file to a reader."""

from typing import ClassVar

from django.db import models


class FileUse(models.Model):
    """A page that is live and uses a file. Written when the page goes live, removed when it stops.

    The draft of a page opens nothing.
    """

    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="file_uses")
    image = models.ForeignKey(
        "files.Image", null=True, on_delete=models.CASCADE, related_name="uses"
    )
    document = models.ForeignKey(
        "files.Document", null=True, on_delete=models.CASCADE, related_name="uses"
    )
    recording = models.ForeignKey(
        "files.Recording", null=True, on_delete=models.CASCADE, related_name="uses"
    )
    video = models.ForeignKey(
        "files.Video", null=True, on_delete=models.CASCADE, related_name="uses"
    )
    art = models.ForeignKey("files.Art", null=True, on_delete=models.CASCADE, related_name="uses")

    # The page does not own the file, so Wagtail need not list this as a use of its own.
    wagtail_reference_index_ignore = True

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["page", "image"], name="one_use_of_image"),
            models.UniqueConstraint(fields=["page", "document"], name="one_use_of_document"),
            models.UniqueConstraint(fields=["page", "recording"], name="one_use_of_recording"),
            models.UniqueConstraint(fields=["page", "video"], name="one_use_of_video"),
            models.UniqueConstraint(fields=["page", "art"], name="one_use_of_art"),
        ]

    def __str__(self) -> str:
        of = (self.image_id, self.document_id, self.recording_id, self.video_id, self.art_id)
        return f"{self.page_id}: {next(filter(None, of), '')}"
