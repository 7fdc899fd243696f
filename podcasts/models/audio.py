"""The copy of a recording that is made for one episode."""

import hashlib
import json
import uuid
from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils import timezone

from files.inspection import PartMissing
from files.metadata.id3 import Mark, Tags, write_mp3_rights
from files.metadata.opus import write_opus_rights
from files.models import Preparable, Recording
from files.models.rights import earlier_works
from files.serving import ServedFile
from files.storage import digest_of, publish
from licensing.attribution import Author, Work
from licensing.values import licence
from podcasts import cover_art

_RECIPE = 1
_TAGS = 2  # what is written into the copy beside the recipe


class EpisodeAudio(Preparable):
    """An MP3 with the title, show, people, licence and art of its episode inside; and the same in
    Opus for slow connections, without art, where the recording has been encoded here.

    A row is named by what goes into it, so that the live version of an episode and its draft may
    have one each; the episode points at the one that listeners get.
    """

    name = models.CharField(primary_key=True, max_length=64)
    episode = models.UUIDField(db_index=True)
    recording = models.ForeignKey(Recording, on_delete=models.CASCADE, related_name="+")
    recipe = models.JSONField()
    copy = models.CharField(max_length=255, default="", editable=False)
    copy_bytes = models.PositiveBigIntegerField(default=0, editable=False)
    copy_sha256 = models.CharField(max_length=64, default="", editable=False)
    copied_at = models.DateTimeField(null=True, editable=False)
    low_type = "audio/ogg"  # Opus (RFC 7845, section 9), for slow connections
    low_copy = models.CharField(max_length=255, default="", editable=False)
    low_bytes = models.PositiveBigIntegerField(default=0, editable=False)
    low_sha256 = models.CharField(max_length=64, default="", editable=False)
    milliseconds = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = "áudio de episódio"
        verbose_name_plural = "áudios de episódios"

    def __str__(self) -> str:
        return self.name

    @staticmethod
    def name_of(recipe: dict[str, Any]) -> str:
        text = json.dumps([_RECIPE, recipe], sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()

    @classmethod
    def find(cls, recipe: dict[str, Any]) -> Self | None:
        """The copy made after `recipe`, if it has been asked for. Art holds nothing up: until it is
        made, one that differs in its art alone, or has none, will do."""
        exact = cls.objects.filter(pk=cls.name_of(recipe)).first()
        if exact is not None and exact.is_ready:
            return exact
        made = cls.objects.filter(episode=recipe["episode"], recording=recipe["recording"])
        others = made.exclude(made="").order_by("-copied_at")
        wanted = _but_art(recipe)
        return next((each for each in others if _but_art(each.recipe) == wanted), exact)

    @classmethod
    def ask(cls, recipe: dict[str, Any]) -> Self:
        """The copy made after `recipe`, asked for if it is new."""
        values = {
            "episode": uuid.UUID(recipe["episode"]),
            "recording_id": recipe["recording"],
            "recipe": recipe,
        }
        return cls.objects.get_or_create(pk=cls.name_of(recipe), defaults=values)[0]

    def inputs(self) -> dict[str, Any]:
        return {"recipe": self.recipe, "base": settings.PUBLIC_URL, "tags": _TAGS}

    def make(self) -> dict[str, Any]:
        if not self.recording.is_settled:
            # Asked for again as soon as the recording is there (`receivers`).
            raise PartMissing(
                "A gravação ainda está em preparo. O áudio do episódio vem em seguida."
            )
        original, low = self.recording.read_sound(), self.recording.read_low()
        milliseconds = self.recording.measure()
        recipe, base = self.recipe, settings.PUBLIC_URL
        work = Work(
            title=recipe["title"],
            authors=tuple(Author(name) for name in recipe["authors"]),
            licence=licence(recipe["licence"]),
            url=f"{base}{recipe['page']}",
            year=recipe["year"],
            modifications=tuple(recipe.get("lineage", {}).get("changes", ())),
            based_on=earlier_works(recipe.get("lineage", {}).get("works", ())),
        )
        tags = Tags(
            album=recipe["show"],
            track=recipe["number"],
            summary=recipe["summary"],
            cover=cover_art.make(recipe["art"]) if "art" in recipe else b"",
            chapters=self._marks(milliseconds),
        )
        content = write_mp3_rights(original, work, tags)
        low = write_opus_rights(low, work, tags) if low else b""
        return {
            "low_copy": publish(f"audio/{self.name[:24]}.opus", low) if low else "",
            "low_bytes": len(low),
            "low_sha256": digest_of(low) if low else "",
            # By the row's name: the same bytes in another row are another file, and go alone.
            "copy": publish(f"audio/{self.name[:24]}.mp3", content),
            "copy_bytes": len(content),
            "copy_sha256": digest_of(content),
            "copied_at": timezone.now(),
            "milliseconds": milliseconds,
        }

    def _marks(self, milliseconds: int) -> tuple[Mark, ...]:
        """The chapters of the recipe, each up to where the next begins."""
        rows = self.recipe.get("chapters", [])
        ends = [*(1000 * start for start, _, _ in rows[1:]), milliseconds][: len(rows)]
        return tuple(
            Mark(1000 * start, end, title, link)
            for (start, title, link), end in zip(rows, ends, strict=True)
        )

    @classmethod
    def unused(cls, before: datetime) -> models.QuerySet[Self]:
        """Copies of titles, licences and recordings that were changed again."""
        from podcasts.models.episodes import EpisodePage

        used = EpisodePage.objects.filter(audio=models.OuterRef("pk"))
        return cls.objects.filter(~models.Exists(used), copied_at__lt=before)

    def published_names(self) -> set[str]:
        return {self.copy, self.low_copy} - {""}

    def as_served(
        self, *, public: bool, is_low: bool = False, any_origin: bool = False
    ) -> ServedFile:
        """The MP3, or the Opus, as HTTP hands it out."""
        name, kind, digest, size = (
            (self.low_copy, self.low_type, self.low_sha256, self.low_bytes)
            if is_low
            else (self.copy, "audio/mpeg", self.copy_sha256, self.copy_bytes)
        )
        return ServedFile(
            name,
            kind,
            digest,
            size,
            modified_at=self.copied_at,
            public=public,
            any_origin=any_origin,
        )

    @property
    def seconds(self) -> int:
        """Duration in whole seconds, at least one."""
        return max(1, round(self.milliseconds / 1000))

    @property
    def low_bit_rate(self) -> int:
        """Bits per second of the Opus, as it came out."""
        return round(8000 * self.low_bytes / max(1, self.milliseconds))


def _but_art(recipe: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in recipe.items() if key != "art"}
