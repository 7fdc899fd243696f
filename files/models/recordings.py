"""Recordings: the private original of something spoken, and the copy for pages."""

import shutil
from copy import copy as twin
from pathlib import Path
from typing import Any, ClassVar, Self

from django.conf import settings
from django.core.files.storage import storages
from django.db import models, transaction
from django.utils import timezone
from django.utils.text import slugify

from files import ffmpeg, sound
from files.inspection import PartMissing, hash_of, read_mp3
from files.metadata.id3 import Tags, sound_of, write_mp3_rights
from files.models.durations import HasDuration
from files.models.preparation import Preparable
from files.models.rights import Rights
from files.soundfiles import check_recording
from files.storage import digest_of, keep_file, publish
from files.waves import Wave, draw

_RECIPE = 3
# How recordings are encoded. Raised, it holds for what is sent or changed from then on.
_ENCODING = 1


class Recording(Preparable, Rights, HasDuration):
    """A recording with its rights, measured, and a copy at a fixed address for the pages that play
    it. An episode publishes a copy of its own, made for its show.

    `sound` is what the copies are made of, and says how it sounds: {of, file, low, loudness, peak,
    channels, bit_rate, codec, peaks}. `file` and `low` (Opus, for slow connections) are private,
    without tags; an empty `file` means the original, an MP3 that is left as it came. Without
    `loudness` nothing has been measured: there was no ffmpeg, or the recording `is_finished`.
    """

    title = models.CharField("título", max_length=255)
    slug = models.SlugField(max_length=100, default="", editable=False)
    file = models.FileField("arquivo", upload_to="recordings", max_length=255)
    file_hash = models.CharField(max_length=64, default="", editable=False)
    file_bytes = models.PositiveBigIntegerField(default=0, editable=False)
    # Came ready-made with the site: not to be measured, nor encoded again.
    is_finished = models.BooleanField(default=False, editable=False)
    sound = models.JSONField(default=dict, editable=False)
    step = models.CharField(max_length=40, default="", editable=False)
    progress = models.PositiveSmallIntegerField(default=0, editable=False)
    copy = models.CharField(max_length=255, default="", editable=False)
    copy_bytes = models.PositiveBigIntegerField(default=0, editable=False)
    copy_sha256 = models.CharField(max_length=64, default="", editable=False)
    copied_at = models.DateTimeField(null=True, editable=False)
    created_at = models.DateTimeField("enviada em", auto_now_add=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        verbose_name = "gravação"
        verbose_name_plural = "gravações"
        ordering: ClassVar = ["-created_at"]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        # Given once: the address outlives changes of title and file.
        self.slug = self.slug or slugify(self.title)[:100] or "gravacao"
        if not self.file._committed or not self.file_hash:  # type: ignore[attr-defined]
            self.file_hash = hash_of(self.file)
            self.file_bytes = self.file.size
        earlier = type(self).objects.filter(pk=self.pk).values_list("file", flat=True).first()
        super().save(*args, **kwargs)
        if earlier and earlier != self.file.name:
            storage = self.file.storage
            transaction.on_commit(lambda: storage.delete(earlier))

    def originals(self) -> list[Any]:
        return [self.file]

    def inputs(self) -> dict[str, Any]:
        return {
            "recipe": _RECIPE,
            "file": self.file_hash,
            "base": settings.PUBLIC_URL,
            **self.rights_inputs(),
        }

    # --- making -------------------------------------------------------------------------------

    @property
    def _made_of(self) -> str:
        """What the sound is made of."""
        return f"{_ENCODING}/{self.file_hash}"

    @property
    def is_settled(self) -> bool:
        """Whether the sound that goes out is known, so that copies can be made of it."""
        known = self.sound.get("of") == self._made_of
        return self.is_finished or self.is_current or known

    def make(self) -> dict[str, Any]:
        after = twin(self)
        if not (self.is_finished or self._has_kept_sound()):
            after.sound = self._make_sound()
        values = {"sound": after.sound, "step": "", "progress": 0}
        values["milliseconds"] = after.measure()
        if self.licence is None:
            # Without a licence nobody may publish it, so there is nothing to copy.
            copy = {"copy": "", "copy_bytes": 0, "copy_sha256": "", "copied_at": None}
            return values | copy
        work = self.as_work(f"{settings.PUBLIC_URL}{self.url}")
        content = write_mp3_rights(after.read_sound(), work, Tags())
        return values | {
            "copy": publish(f"audios/{self.pk}/{self.slug}.mp3", content),
            "copy_bytes": len(content),
            "copy_sha256": digest_of(content),
            "copied_at": timezone.now(),
        }

    def measure(self) -> int:
        """The duration in milliseconds, read from the sound that goes out."""
        with self._open_sound() as file:
            return read_mp3(file)

    def read_sound(self) -> bytes:
        """The MP3 of which copies are made."""
        with self._open_sound() as file:
            content: bytes = file.read()
        return content

    def read_low(self) -> bytes:
        """The same in Opus, for slow connections; empty where there is none."""
        name = self.sound.get("low")
        if not name:
            return b""
        with storages["default"].open(name) as file:
            content: bytes = file.read()
        return content

    def _open_sound(self) -> Any:
        name = self.sound.get("file")
        return storages["default"].open(name) if name else self.file.open("rb")

    def _has_kept_sound(self) -> bool:
        if self.sound.get("of") != self._made_of:
            return False
        return all(storages["default"].exists(name) for name in self._sound_names())

    def _sound_names(self) -> set[str]:
        return {name for key in ("file", "low") if (name := self.sound.get(key))}

    def _make_sound(self) -> dict[str, Any]:
        """Measure and encode the original. Without ffmpeg an MP3 goes out as it came."""
        with self.file.open("rb") as file:
            form = check_recording(file)
        try:
            with ffmpeg.workplace(f"recording-{self.pk}") as folder:
                made = sound.prepare(self._bring(folder, form), form, folder, self._tell)
                kept = {"of": self._made_of, "file": "", "peaks": made.peaks}
                if made.mp3:
                    kept["file"] = keep_file(self._sound_name("mp3"), made.mp3)["file"]
                kept["low"] = keep_file(self._sound_name("opus"), made.low)["file"]
                return kept | made.sound.as_values()
        except PartMissing:
            if form != "mp3":
                raise
            return {"of": self._made_of, "file": ""}

    def _sound_name(self, end: str) -> str:
        return f"recordings/sound/{self.pk}.{end}"

    def _bring(self, folder: Path, form: str) -> Path:
        """The original in `folder`; of an MP3 the sound alone, whatever its tags hold."""
        path = folder / "original"
        with self.file.open("rb") as file:
            if form == "mp3":
                path.write_bytes(sound_of(file.read()))
                return path
            try:
                path.symlink_to(self.file.path)
            except NotImplementedError:  # the storage is not a folder of this machine
                with path.open("wb") as copy:
                    shutil.copyfileobj(file, copy)
        return path

    def _tell(self, step: str, percentage: int) -> None:
        """Once in a while: each word costs a query."""
        now = timezone.now()
        waited = self.claimed_at and (now - self.claimed_at).total_seconds() >= 2
        if waited or (step != self.step and self.claimed_at):
            self.step = step
            self.still_at_work(step=step, progress=percentage)

    # --- what is there --------------------------------------------------------------------------

    @property
    def waiting_note(self) -> str:
        if self.is_finished:
            return super().waiting_note
        is_moving = self.state == self.State.WORKING and self.step
        return f"{self.step}, {self.progress} %" if is_moving else "alguns minutos"

    @property
    def state_label(self) -> str:
        if self.state == self.State.WORKING and self.step:
            return f"em preparo: {self.step}, {self.progress} %"
        return super().state_label

    @property
    def loudness_label(self) -> str:
        """“−16,2 LUFS, pico −1,4 dB”; "" where nothing was measured."""
        if "loudness" not in self.sound:
            return ""
        loudness, peak = (
            f"{self.sound[key]:.1f}".replace(".", ",").replace("-", "−")
            for key in ("loudness", "peak")
        )
        return f"{loudness} LUFS, pico {peak} dB"

    @property
    def wave(self) -> Wave | None:
        """The waveform, for players; None where it has not been measured."""
        return draw(self.sound.get("peaks", []))

    def discard(self, old: Self | None = None) -> None:
        super().discard(old)
        names = old._sound_names() - self._sound_names() if old else self._sound_names()
        for name in names:
            storages["default"].delete(name)

    @property
    def is_offered(self) -> bool:
        """Whether there is a copy that readers may have."""
        return bool(self.copy) and self.withdrawn_on is None

    def published_names(self) -> set[str]:
        return {self.copy} if self.copy else set()

    @property
    def url(self) -> str:
        """The fixed, site-relative address of the published copy."""
        return f"/audios/{self.pk}/{self.slug}.mp3"
