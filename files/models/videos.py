"""Videos: the private original, and the sizes, poster and captions that are published."""

import io
import shutil
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

from django.conf import settings
from django.core.files.storage import storages
from django.db import models, transaction
from django.utils import timezone
from PIL import Image as PillowImage
from PIL import ImageOps

from files import encoding, ffmpeg
from files.containers import read_container
from files.footage import Footage, check_duration, check_ready_made, check_video
from files.inspection import UnfitFile, check_image, hash_of
from files.metadata.mp4 import write_mp4_rights
from files.metadata.xmp import write_image_rights
from files.models.durations import HasDuration
from files.models.preparation import Preparable
from files.models.rights import Rights
from files.storage import digest_of, publish, publish_file
from files.transcripts import Line, Transcript
from licensing.attribution import Work

# How the sizes are made; raise it and every video is encoded again.
_ENCODING = 1
_RECIPE = 1
_POSTER = (1280, 720)
LANGUAGES = [("pt-BR", "Português"), ("en", "Inglês"), ("es", "Espanhol")]


class Video(Preparable, Rights, HasDuration):
    """A video with its rights. The original is private; `sizes` says what has been published.

    `sizes` maps “720”, “360” (the shorter side in pixels, never enlarged) and “poster” to {file,
    type, width, height, bytes, sha256, of}; `of` tells what it was made of. A change of rights
    writes the copies again without encoding anything.
    """

    title = models.CharField("título", max_length=255)
    file = models.FileField("arquivo", upload_to="videos", max_length=255)
    file_hash = models.CharField(max_length=64, default="", editable=False)
    file_bytes = models.PositiveBigIntegerField(default=0, editable=False)
    poster_file = models.FileField(
        "imagem de abertura",
        upload_to="video-posters",
        max_length=255,
        blank=True,
        help_text="JPEG, PNG ou WebP. Em branco, é tirada do próprio vídeo. Sai com os mesmos "
        "direitos do vídeo.",
    )
    poster_hash = models.CharField(max_length=64, default="", editable=False)
    captions = models.TextField(
        "legendas",
        blank=True,
        help_text="Em WebVTT: envie o arquivo .vtt acima ou cole aqui o conteúdo dele, que começa "
        "com WEBVTT.",
    )
    captions_language = models.CharField(
        "língua das legendas", max_length=10, choices=LANGUAGES, default="pt-BR"
    )
    no_captions_reason = models.CharField(
        "por que não há legendas",
        max_length=150,
        blank=True,
        help_text="Só se ninguém fala no vídeo. Por exemplo: “sem fala”.",
    )
    transcript = models.TextField(
        "transcrição",
        blank=True,
        help_text="Texto corrido. Em branco, é tirada das legendas.",
    )
    width = models.PositiveIntegerField(default=0, editable=False)
    height = models.PositiveIntegerField(default=0, editable=False)
    video_codec = models.CharField(max_length=30, default="", editable=False)
    audio_codec = models.CharField(max_length=30, default="", editable=False)
    progress = models.PositiveSmallIntegerField(default=0, editable=False)
    sizes = models.JSONField(default=dict, editable=False)
    copied_at = models.DateTimeField(null=True, editable=False)
    created_at = models.DateTimeField("enviado em", auto_now_add=True)
    changed_at = models.DateTimeField("alterado em", auto_now=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        verbose_name = "vídeo"
        verbose_name_plural = "vídeos"
        ordering: ClassVar = ["-created_at"]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        before = type(self).objects.filter(pk=self.pk).values("file", "poster_file").first() or {}
        if not self.file._committed or not self.file_hash:  # type: ignore[attr-defined]
            self.file_hash = hash_of(self.file)
            self.file_bytes = self.file.size
        if not self.poster_file:
            self.poster_hash = ""
        elif not self.poster_file._committed or not self.poster_hash:  # type: ignore[attr-defined]
            self.poster_hash = hash_of(self.poster_file)
        super().save(*args, **kwargs)
        for field in self.originals():
            earlier = before.get(field.field.name)
            if earlier and earlier != (field.name or ""):
                transaction.on_commit(partial(field.storage.delete, earlier))

    def originals(self) -> list[Any]:
        return [self.file, self.poster_file]

    def inputs(self) -> dict[str, Any]:
        return {
            "recipe": _RECIPE,
            "film": self._film,
            "poster": self.poster_hash,
            "base": settings.PUBLIC_URL,
            **self.rights_inputs(),
        }

    # --- making -------------------------------------------------------------------------------

    @property
    def _film(self) -> str:
        """What the sizes are made of."""
        return f"{_ENCODING}/{self.file_hash}"

    @property
    def _still(self) -> str:
        """What the poster is made of: the picture that was sent, or a frame of the film."""
        return self.poster_hash or f"frame/{self._film}"

    def make(self) -> dict[str, Any]:
        with ffmpeg.workplace(f"video-{self.pk}") as folder:
            footage, facts = None, {}
            if self._has_kept(*self._film_names, of=self._film):
                films = {int(name): self._kept(name, folder) for name in self._film_names}
            else:
                footage = self._look(folder)
                films = self._encode(folder, footage)
                facts = _facts(footage)
            return facts | self._published(films, self._poster(folder, footage))

    def adopt(self, films: Mapping[int, Path], poster: Path) -> None:
        """Take ready-made files as the result of preparing this (saved) row, so that nothing has
        to be encoded: `films` maps 720 and 360, or 360 alone, to the path of an MP4 with H.264
        and AAC, the index first; `poster` is a picture.

            video = Video(title=…, file=File(open(path, "rb")), captions=…, creator=…, licence=…)
            video.save()
            video.adopt({720: path, 360: small_path}, poster=poster_path)

        Each is judged by its content. Raises UnfitFile, with a sentence.
        """
        with self.file.open("rb") as file:
            check_video(file)
        seen = {}
        for side, path in films.items():
            with path.open("rb") as file:
                seen[side] = check_ready_made(file, side)
        lengths = [footage.milliseconds for footage in seen.values()]
        if set(films) - {720, 360} or 360 not in films or max(lengths) - min(lengths) > 1000:
            raise UnfitFile("Os tamanhos prontos do vídeo são 360 e 720, com a mesma duração.")
        with poster.open("rb") as file:
            check_image(file)
        with ffmpeg.workplace(f"adopted-video-{self.pk}") as folder:
            copies = {side: folder / f"{side}.mp4" for side in films}
            for side, path in films.items():
                shutil.copyfile(path, copies[side])
            values = self._published(copies, _jpeg(poster.read_bytes()))
        self.take_result(_facts(seen[max(seen)]) | values)

    def _encode(self, folder: Path, footage: Footage) -> dict[int, Path]:
        """The sizes of the original that lies in `folder`."""
        films = {side: folder / f"{side}.mp4" for side in encoding.wanted_sizes(footage)}
        encoding.encode(folder / "original", footage, films, self._tell)
        for side, path in films.items():
            with path.open("rb") as file:
                made = check_ready_made(file, side)
            check_duration(made.milliseconds)
            if made.milliseconds < 0.9 * footage.milliseconds - 1000:
                raise UnfitFile(
                    "O vídeo está incompleto: a imagem acaba antes do fim. Exporte de novo e envie."
                )
        return films

    def _look(self, folder: Path) -> Footage:
        """Bring the original into `folder` as “original”, and measure it."""
        path = folder / "original"
        with self.file.open("rb") as file:
            check_video(file)
            form = read_container(file).form
            try:
                path.symlink_to(self.file.path)
            except NotImplementedError:  # the storage is not a folder of this machine
                with path.open("wb") as copy:
                    shutil.copyfileobj(file, copy)
        return encoding.measure(path, form)

    def _tell(self, percentage: int) -> None:
        """Once in a while: the lease on the row is long, and each word costs a query."""
        now = timezone.now()
        if self.claimed_at and (now - self.claimed_at).total_seconds() >= 5:
            self.still_at_work(progress=percentage)

    def _poster(self, folder: Path, footage: Footage | None) -> bytes:
        """The JPEG to show before the video plays: kept, of the picture sent, or of a frame."""
        if self._has_kept("poster", of=self._still):
            return self._kept("poster", folder).read_bytes()
        if self.poster_file:
            with self.poster_file.open("rb") as file:
                check_image(file)
                return _jpeg(file.read())
        frame = folder / "frame.png"
        footage = footage or self._look(folder)
        encoding.take_frame(folder / "original", footage, frame)
        return _jpeg(frame.read_bytes())

    @property
    def _film_names(self) -> list[str]:
        return [name for name in self.sizes if name != "poster"]

    def _has_kept(self, *names: str, of: str) -> bool:
        """Whether each of these sizes is there, and was made of what it would be made of now."""
        sizes = [self.sizes.get(name, {}) for name in names]
        exists = storages["published"].exists
        return bool(sizes) and all(s.get("of") == of and exists(s["file"]) for s in sizes)

    def _kept(self, name: str, folder: Path) -> Path:
        """A copy of a published size, to write other rights into."""
        path = folder / f"kept-{name}"
        with storages["published"].open(self.sizes[name]["file"]) as file, path.open("wb") as copy:
            shutil.copyfileobj(file, copy)
        return path

    def _published(self, films: Mapping[int, Path], poster: bytes) -> dict[str, Any]:
        """Write the rights into every copy and publish it; returns values for the row."""
        address = f"{settings.PUBLIC_URL}{self.address(max(films))}"
        work = self.as_work(address) if self.licence else None
        sizes: dict[str, Any] = {}
        for side, path in sorted(films.items(), reverse=True):
            with path.open("rb") as file:
                seen = check_ready_made(file, side)
            write_mp4_rights(path, work)
            sizes[str(side)] = {
                **publish_file(f"videos/{self.pk}/{side}.mp4", path),
                "type": "video/mp4",
                "width": seen.width,
                "height": seen.height,
                "of": self._film,
            }
        sizes["poster"] = self._published_poster(poster, work)
        return {
            "sizes": sizes,
            "milliseconds": seen.milliseconds,
            "copied_at": timezone.now(),
            "progress": 0,
        }

    def _published_poster(self, content: bytes, work: Work | None) -> dict[str, Any]:
        with PillowImage.open(io.BytesIO(content)) as picture:
            width, height = picture.size
        content = write_image_rights(content, work)
        return {
            "file": publish(f"videos/{self.pk}/poster.jpg", content),
            "type": "image/jpeg",
            "width": width,
            "height": height,
            "bytes": len(content),
            "sha256": digest_of(content),
            "of": self._still,
        }

    def published_names(self) -> set[str]:
        return {size["file"] for size in self.sizes.values()}

    # --- what is shown ------------------------------------------------------------------------

    @property
    def waiting_note(self) -> str:
        return f"{self.progress} % até agora" if self.progress else "alguns minutos"

    @property
    def state_label(self) -> str:
        is_moving = self.state == self.State.WORKING and self.progress
        return f"em preparo, {self.progress} %" if is_moving else super().state_label

    @property
    def has_audio(self) -> bool:
        return bool(self.audio_codec)

    def address(self, size: int | str) -> str:
        """The fixed, site-relative address of a size: 720, 360 or “poster”."""
        return f"/videos/{self.pk}/{size}.{'jpg' if size == 'poster' else 'mp4'}"

    @property
    def films(self) -> list[dict[str, Any]]:
        """The published sizes, the largest first, each with its `name` and `url`."""
        return [
            {**self.sizes[name], "name": name, "url": self.address(name)}
            for name in sorted(self._film_names, key=int, reverse=True)
        ]

    @property
    def is_offered(self) -> bool:
        """Whether there are sizes that readers may have."""
        return bool(self._film_names) and self.withdrawn_on is None

    @property
    def poster_url(self) -> str:
        return self.address("poster") if "poster" in self.sizes else ""

    @property
    def captions_url(self) -> str:
        """The fixed, site-relative address of the captions (WebVTT), or "" without any."""
        return f"/videos/{self.pk}/legendas.vtt" if self.captions.strip() else ""

    @property
    def lines(self) -> list[Line]:
        """What is said, sentence after sentence, each with its time; empty without captions."""
        return Transcript.sentences_of(self.captions)

    @property
    def words(self) -> str:
        """Everything that is said: the transcript, or what the captions hold. For search."""
        return self.transcript.strip() or Transcript.words_of(self.captions)


def _facts(footage: Footage) -> dict[str, Any]:
    """What is measured of an original, as values for the row."""
    return {
        "width": footage.width,
        "height": footage.height,
        "video_codec": footage.video_codec,
        "audio_codec": footage.audio_codec,
    }


def _jpeg(content: bytes) -> bytes:
    """A picture as a JPEG that fits the poster's size, upright, never enlarged."""
    buffer = io.BytesIO()
    with PillowImage.open(io.BytesIO(content)) as picture:
        upright = ImageOps.exif_transpose(picture).convert("RGB")
        upright.thumbnail(_POSTER)
        upright.save(buffer, "JPEG", quality=82, optimize=True, progressive=True)
    return buffer.getvalue()
