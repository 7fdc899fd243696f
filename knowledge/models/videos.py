"""Videos: what is watched, with what is said in it to read beside."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from files.models import Video
from files.models.durations import length_label
from files.transcripts import Line
from knowledge.blocks.media import lines_of, words_of_transcript
from knowledge.covers.drawings import cover_url
from knowledge.embeds import Embed, UnknownPlace, read_embed
from knowledge.models.kinds import Kind, register_kind
from knowledge.models.parts import FilesUsed
from knowledge.models.resources import ResourcePage
from knowledge.models.texts import HasBody
from licensing.fields import LicenceField
from licensing.gate import Lack

VIDEO = register_kind(Kind("video", "Vídeo", "Vídeos", "video", "VideoObject"))


class VideoPage(HasBody, ResourcePage):
    """A video of our own, or one that lies elsewhere and is shown when the reader asks for it."""

    kind = VIDEO
    template = "knowledge/resource_page.html"
    is_creatable = True
    body_is_required = False
    body_template = "knowledge/bodies/video.html"
    downloads_template = "knowledge/bodies/video_downloads.html"
    reading_relations = (*ResourcePage.reading_relations, "video")

    video = models.ForeignKey(
        Video,
        verbose_name="vídeo",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    embed_url = models.CharField(
        "endereço do vídeo em outro site",
        max_length=300,
        blank=True,
        help_text="YouTube, Vimeo ou PeerTube. O vídeo só é carregado quando a pessoa clica.",
    )
    embed_creator = models.CharField("quem fez o vídeo", max_length=250, blank=True)
    embed_licence = LicenceField("licença do vídeo", reserved=True)
    embed_minutes = models.PositiveSmallIntegerField("duração em minutos", null=True, blank=True)
    transcript = models.TextField(
        "transcrição",
        blank=True,
        help_text="Do vídeo de outro site: texto corrido, ou WebVTT com os tempos.",
    )
    no_transcript_reason = models.CharField(
        "por que não há transcrição",
        max_length=150,
        blank=True,
        help_text="Só se ninguém fala no vídeo. Por exemplo: “sem fala”.",
    )

    content_panels: ClassVar[list[Any]] = ResourcePage.panels_with(
        FieldPanel("video"),
        MultiFieldPanel(
            [
                FieldPanel("embed_url"),
                FieldPanel("embed_creator"),
                FieldPanel("embed_licence"),
                FieldPanel("embed_minutes"),
                FieldPanel("transcript"),
                FieldPanel("no_transcript_reason"),
            ],
            heading="Ou um vídeo que está em outro site",
        ),
        FieldPanel("body"),
    )

    class Meta:
        verbose_name = "vídeo"
        verbose_name_plural = "vídeos"

    def __str__(self) -> str:
        return self.title

    def files_used(self) -> FilesUsed:
        used = super().files_used()
        if self.video is not None:
            used.videos[self.video.pk] = self.video
        return used

    def main_files(self) -> list[Any]:
        return [self.video] if self.video is not None else []

    @property
    def embed(self) -> Embed | None:
        """The video elsewhere that this page shows, if it shows one."""
        if self.video_id or not self.embed_url.strip():
            return None
        try:
            return read_embed(self.embed_url)
        except UnknownPlace:
            return None

    def frame_origins(self) -> list[str]:
        return [self.embed.origin] if self.embed else []

    def lines(self) -> list[Line]:
        """What is said, each line with its time."""
        return self.video.lines if self.video else lines_of(self.transcript)

    def words(self) -> str:
        """Everything that is said."""
        return self.video.words if self.video else words_of_transcript(self.transcript)

    def plain_text(self) -> str:
        return f"{super().plain_text()}\n\n{self.words()}".strip()

    def said(self) -> list[Line]:
        """Of a video with a transcript of its own the page shows that, which has no times."""
        video = self.video
        return video.lines if video is not None and not video.transcript.strip() else []

    def estimate_minutes(self) -> int:
        if self.video is None:
            return self.embed_minutes or 0
        return max(1, round(self.video.seconds / 60)) if self.video.milliseconds else 0

    @property
    def length_label(self) -> str:
        if self.video is not None:
            return self.video.length_label
        return length_label(60 * self.embed_minutes) if self.embed_minutes else ""

    # --- what lacks before it may be published ------------------------------------------------

    def lacks(self) -> list[Lack]:
        lacks = super().lacks()
        if self.video is not None and self.embed_url.strip():
            sentence = "Escolha um só: o vídeo daqui ou o de outro site. Deixe o outro em branco."
            lacks.append(Lack("video-twice", sentence, "embed_url"))
        elif self.video is not None:
            lacks += self._lacks_of_licence(self.video)
        elif self.embed_url.strip():
            lacks += self._lacks_of_embed()
        else:
            sentence = "Escolha o vídeo, ou cole o endereço dele em outro site."
            lacks.append(Lack("video", sentence, "video"))
        return lacks

    def lacks_accessible_text(self) -> str:
        if self.words().strip():
            return ""
        silent = self.video.no_captions_reason if self.video else self.no_transcript_reason
        return f"Sem legendas nem transcrição: {silent.strip() or 'sem motivo dito'}."

    def _lacks_of_licence(self, video: Video) -> list[Lack]:
        if not self.licence or not video.licence or video.licence == self.licence:
            return []
        sentence = (
            f"O vídeo diz {video.licence} e a página diz {self.licence}. "
            "Deixe a mesma licença nos dois."
        )
        return [Lack("video-licence", sentence, "licence")]

    def _lacks_of_embed(self) -> list[Lack]:
        lacks = []
        try:
            read_embed(self.embed_url)
        except UnknownPlace as error:
            lacks.append(Lack("embed", str(error), "embed_url"))
        if not self.embed_creator.strip():
            sentence = "Diga quem fez o vídeo que está em outro site."
            lacks.append(Lack("embed-creator", sentence, "embed_creator"))
        if self.embed_licence is None:
            sentence = "Diga a licença do vídeo que está em outro site. Ela está na página dele."
            lacks.append(Lack("embed-licence", sentence, "embed_licence"))
        if not self.transcript.strip() and not self.no_transcript_reason.strip():
            sentence = (
                "Falta a transcrição: sem ela, quem não ouve fica de fora. Se ninguém fala no "
                "vídeo, diga isso no campo abaixo."
            )
            lacks.append(Lack("transcript", sentence, "transcript"))
        return lacks

    # --- reading --------------------------------------------------------------------------------

    def jsonld_extras(self) -> dict[str, Any]:
        extras: dict[str, Any] = {}
        if self.first_published_at:
            extras["uploadDate"] = self.first_published_at.isoformat()
        if self.embed:
            extras |= {"embedUrl": self.embed.frame_url, "thumbnailUrl": self._card_url}
            if self.embed_minutes:
                extras["duration"] = f"PT{self.embed_minutes}M"
        elif self.video and self.video.is_offered:
            film = self.video.films[0]
            extras |= {
                "duration": self.video.iso_duration,
                "contentUrl": film["url"],
                "encodingFormat": "video/mp4",
                "contentSize": str(film["bytes"]),
                "width": film["width"],
                "height": film["height"],
                "thumbnailUrl": self.video.poster_url,
            }
            if self.video.captions_url:
                extras["caption"] = {
                    "@type": "MediaObject",
                    "contentUrl": self.video.captions_url,
                    "encodingFormat": "text/vtt",
                    "inLanguage": self.video.captions_language,
                }
        return extras

    @property
    def _card_url(self) -> str:
        return self.card.url if self.card else ""

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        lines = self.lines()
        has_own_words = bool(self.video and self.video.transcript.strip())
        text = self.words() if has_own_words or not lines else ""
        context = super().get_context(request, *args, **kwargs)
        strip = cover_url(self.cover_slug, context["module"], "faixa") if self.embed else ""
        return context | {"lines": lines, "said": text, "strip": strip}
