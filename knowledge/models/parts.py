"""The files that a resource shows or offers, and what they lack."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from files.models import Document, Image, Recording
from licensing.gate import Lack


@dataclass
class FilesUsed:
    """The files that a page shows or offers."""

    images: dict[int, Image] = field(default_factory=dict)
    documents: dict[int, Document] = field(default_factory=dict)
    recordings: dict[int, Recording] = field(default_factory=dict)

    def as_uses(self) -> list[dict[str, int]]:
        """The same as values of `files.FileUse`."""
        return [
            *({"image_id": pk} for pk in self.images),
            *({"document_id": pk} for pk in self.documents),
            *({"recording_id": pk} for pk in self.recordings),
        ]


def lacks_of_preparation(part: Any, what: str, made: str, where: str) -> Iterator[Lack]:
    """A file that has not been prepared yet, or could not be. `what` and `made` agree in gender:
    “A imagem”, “preparada”."""
    named = f"{what} “{part.title}”"
    if part.is_ready:
        return
    if part.has_failed:
        yield Lack("part-failed", f"{named} não pôde ser {made}. {part.failure}", where)
    else:
        yield Lack(
            "part-waiting",
            f"{named} ainda está sendo {made}, cerca de 1 minuto.",
            where,
            passing=True,
        )
