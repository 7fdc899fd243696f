"""The files that a resource shows or offers, and what they lack."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from files.models import Document, Image, Recording, Video
from files.transcripts import Transcript, UnreadableTranscript
from licensing.gate import Lack, lacks_of_part
from licensing.parts import Part

_NAMES: dict[type, str] = {
    Image: "A imagem",
    Document: "O arquivo",
    Recording: "A gravação",
    Video: "O vídeo",
}


@dataclass
class FilesUsed:
    """The files that a page shows or offers."""

    images: dict[int, Image] = field(default_factory=dict)
    documents: dict[int, Document] = field(default_factory=dict)
    recordings: dict[int, Recording] = field(default_factory=dict)
    videos: dict[int, Video] = field(default_factory=dict)

    def as_uses(self) -> list[dict[str, int]]:
        """The same as values of `files.FileUse`."""
        return [
            *({"image_id": pk} for pk in self.images),
            *({"document_id": pk} for pk in self.documents),
            *({"recording_id": pk} for pk in self.recordings),
            *({"video_id": pk} for pk in self.videos),
        ]

    def everything(self) -> Iterator[Any]:
        """Each file, whatever it is."""
        for files in (self.images, self.documents, self.recordings, self.videos):
            yield from files.values()


def lacks_of_parts(used: FilesUsed, field_of: Callable[[models.Model], str]) -> Iterator[Lack]:
    """What the files of a page lack; `field_of` says in which field each was chosen."""
    named: list[tuple[dict[int, Any], str, str]] = [
        (used.images, "A imagem", "preparada"),
        (used.documents, "O arquivo", "preparado"),
        (used.recordings, "A gravação", "preparada"),
        (used.videos, "O vídeo", "preparado"),
    ]
    for parts, what, made in named:
        for part in parts.values():
            where = field_of(part)
            yield from lacks_of_part(part, what, where)
            yield from lacks_of_preparation(part, what, made, where)
            if isinstance(part, Video):
                yield from lacks_of_captions(part, where)


def part_of(file: Any, field: str) -> Part | None:
    """A file as a part to credit; None for one that is not shown, or that nobody gave a licence.
    What stands in the body has its credit beside it."""
    if file.licence is None or file.withdrawn_on:
        return None
    adaptation = file.adaptation if isinstance(file, Image) else ""
    named = (_NAMES[type(file)], file.title, file.creator, file.licence, field)
    return Part(*named, credited_beside=field == "body", adaptation=adaptation)


def lacks_of_preparation(part: Any, what: str, made: str, where: str) -> Iterator[Lack]:
    """A file that has not been prepared yet, or could not be. `what` and `made` agree in gender:
    “A imagem”, “preparada”."""
    named = f"{what} “{part.title}”"
    if part.is_ready:
        return
    if part.has_failed:
        yield Lack("part-failed", f"{named} não pôde ser {made}. {part.failure}", where)
    elif part.failure:
        yield Lack(
            "part-waiting", f"{named} ainda não foi {made}. {part.failure}", where, passing=True
        )
    else:
        yield Lack(
            "part-waiting",
            f"{named} ainda está sendo {made}, {part.waiting_note}.",
            where,
            passing=True,
        )


def lacks_of_captions(video: Video, where: str) -> Iterator[Lack]:
    """A video must be followed without hearing it, or say that nobody speaks in it."""
    if video.captions.strip():
        try:
            Transcript.parse(video.captions, "o arquivo de legendas")
        except UnreadableTranscript as error:
            yield Lack("captions-unreadable", f"No vídeo “{video.title}”: {error}", where)
    elif not video.no_captions_reason.strip():
        yield Lack(
            "captions",
            f"Faltam as legendas do vídeo “{video.title}”. Abra o vídeo e envie o arquivo .vtt, "
            "ou diga por que não há (por exemplo, “sem fala”).",
            where,
        )
