"""Videos and recordings in the body of a text."""

from collections.abc import Iterator
from contextvars import ContextVar
from copy import copy
from typing import Any

from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from files.models import FileUse, Recording, Video
from files.transcripts import Line, Transcript
from knowledge.blocks.readable import Readable, lines
from licensing.gate import Lack

_at_hand: ContextVar[dict[type, dict[int, Any]] | None] = ContextVar("at_hand", default=None)


class FileChooserBlock(SnippetChooserBlock):
    """Chooses a video or a recording; takes what has been fetched with the page already."""

    def bulk_to_python(self, values: Any) -> list[Any]:
        values = list(values)
        known = (_at_hand.get() or {}).get(self.model_class, {})
        if known and all(pk is None or pk in known for pk in values):
            return [copy(known.get(pk)) for pk in values]
        found: list[Any] = super().bulk_to_python(values)
        return found

    def deconstruct(self) -> tuple[str, Any, Any]:
        _, args, kwargs = super().deconstruct()
        return "wagtail.snippets.blocks.SnippetChooserBlock", args, kwargs


def bring_media(page: Any) -> None:
    """Read the body of a page that is about to be shown, videos and recordings in one query."""
    kinds = {item["type"] for item in page.body.raw_data}
    if not {"video", "audio"} <= kinds:
        return
    uses = FileUse.objects.filter(page_id=page.pk).exclude(video=None, recording=None)
    known: dict[type, dict[int, Any]] = {Video: {}, Recording: {}}
    for use in uses.select_related("video", "recording"):
        for file in filter(None, (use.video, use.recording)):
            known[type(file)][file.pk] = file
    token = _at_hand.set(known)
    try:
        list(page.body)
    finally:
        _at_hand.reset(token)


class VideoBlock(Readable, blocks.StructBlock):
    """A video with its captions, what is said in it, and its credit."""

    video = FileChooserBlock(Video, label="Vídeo")
    caption = blocks.CharBlock(label="Legenda da figura", required=False, max_length=250)

    def words(self, value: Any) -> str:
        return lines(value["caption"], value["video"].words if value["video"] else "")

    class Meta:
        icon = "media"
        label = "Vídeo com crédito"
        template = "knowledge/blocks/video.html"

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        video = value["video"]
        said = video.transcript.strip() if video else ""
        return super().get_context(value, parent_context) | {
            "lines": video.lines if video and not said else [],
            "text": said,
            "prefix": f"video-{video.pk}-" if video else "",
        }


class AudioBlock(Readable, blocks.StructBlock):
    """A recording, what is said in it, and its credit."""

    recording = FileChooserBlock(Recording, label="Gravação")
    caption = blocks.CharBlock(label="Legenda da figura", required=False, max_length=250)
    transcript = blocks.TextBlock(
        label="Transcrição",
        required=False,
        help_text="Texto corrido, ou WebVTT com os tempos.",
    )
    no_transcript_reason = blocks.CharBlock(
        label="Por que não há transcrição",
        required=False,
        max_length=150,
        help_text="Só se ninguém fala. Por exemplo: “sem fala”.",
    )

    def words(self, value: Any) -> str:
        return lines(value["caption"], words_of_transcript(value["transcript"]))

    class Meta:
        icon = "media"
        label = "Áudio com crédito"
        template = "knowledge/blocks/audio.html"

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        lines = lines_of(value["transcript"])
        recording = value["recording"]
        return super().get_context(value, parent_context) | {
            "lines": lines,
            "text": "" if lines else value["transcript"].strip(),
            "prefix": f"audio-{recording.pk}-" if recording else "",
        }


def lines_of(transcript: str) -> list[Line]:
    """The lines of a transcript that has times; none of one that is running text."""
    return Transcript.lines_of(transcript)


def words_of_transcript(transcript: str) -> str:
    """Everything that is said, whether the transcript has times or not."""
    return Transcript.words_of(transcript) or transcript.strip()


def videos_in(body: blocks.StreamValue) -> Iterator[Video]:
    """The videos shown in a body."""
    for block in body:
        if block.block_type == "video" and block.value["video"] is not None:
            yield block.value["video"]


def recordings_in(body: blocks.StreamValue) -> Iterator[Recording]:
    """The recordings played in a body."""
    for block in body:
        if block.block_type == "audio" and block.value["recording"] is not None:
            yield block.value["recording"]


def lacks_of_media(body: blocks.StreamValue) -> Iterator[Lack]:
    """What the recordings and videos of a body lack besides rights: what is said in a recording,
    and the file itself where it has been deleted since."""
    for block in body:
        if block.block_type not in ("audio", "video"):
            continue
        value = block.value
        if value["recording" if block.block_type == "audio" else "video"] is None:
            sentence = "Um bloco de vídeo ou áudio está sem arquivo. Escolha outro ou tire o bloco."
            yield Lack("media", sentence, "body")
        elif block.block_type == "audio" and not (
            value["transcript"].strip() or value["no_transcript_reason"].strip()
        ):
            yield Lack(
                "transcript",
                f"Falta a transcrição da gravação “{value['recording'].title}”. Escreva no bloco, "
                "ou diga por que não há (por exemplo, “sem fala”).",
                "body",
            )
