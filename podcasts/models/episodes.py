"""Episodes."""

import uuid
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import mark_safe
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField

from files.models import Image, Recording
from knowledge import amb
from knowledge.models import Kind, ResourcePage
from knowledge.models.kinds import register_kind
from knowledge.models.parts import FilesUsed, lacks_of_preparation, part_of
from knowledge.models.sources import gather, lineage_for_files
from knowledge.models.texts import HasBody
from licensing.gate import Lack, lacks_of_part
from licensing.parts import Part, lacks_of_recording
from podcasts import cover_art, transcripts
from podcasts.blocks import ChapterStream
from podcasts.chapters import Chapter, chapters_in, lacks_of_chapters, pictures_in
from podcasts.forms import EpisodeForm
from podcasts.hearing.panel import DownloadsPanel
from podcasts.models.audio import EpisodeAudio
from podcasts.models.placed import HasPlace, place_panel
from podcasts.models.shows import ShowPage
from podcasts.models.transcribed import HasTranscript
from podcasts.moments import link_moments

if TYPE_CHECKING:
    from podcasts.checker import Finding

EPISODE = register_kind(Kind("episodio", "Episódio", "Episódios", "episodio", "PodcastEpisode"))
_AUDIO_WAITS = (
    "O áudio ainda está sendo preparado, cerca de 1 minuto. Salve o rascunho e publique em seguida."
)


class EpisodePage(HasPlace, HasTranscript, HasBody, ResourcePage):
    """An episode: a recording, its transcript, its notes.

    `uuid` names it in the feed and in the address of its audio; it never changes, whatever is
    edited.
    """

    kind = EPISODE
    is_creatable = True
    base_form_class = EpisodeForm
    body_is_required = False
    template = "podcasts/episode_page.html"
    body_template = "podcasts/bodies/episode.html"
    downloads_template = "podcasts/bodies/episode_downloads.html"
    parent_page_types: ClassVar[list[str]] = ["podcasts.ShowPage"]
    exclude_fields_in_copy: ClassVar = [
        *ResourcePage.exclude_fields_in_copy,
        "uuid",
        "brought_guid",
        "audio",
    ]
    reading_relations = (*ResourcePage.reading_relations, "audio", "recording", "feed_item__show")
    reading_deferred = (
        *ResourcePage.reading_deferred,
        "feed_item__xml",
        "feed_item__show__body",
    )

    uuid = models.UUIDField(default=uuid.uuid4, editable=False, db_index=True)
    # The name by which apps know an episode that was first published elsewhere.
    brought_guid = models.CharField(max_length=500, default="", editable=False)

    class Type(models.TextChoices):
        FULL = "full", "Episódio"
        TRAILER = "trailer", "Chamada"
        BONUS = "bonus", "Extra"

    episode_type = models.CharField(
        "tipo",
        max_length=10,
        choices=Type.choices,
        default=Type.FULL,
        help_text="Uma chamada apresenta o programa ou a temporada; um extra vem entre os episódios.",
    )
    season = models.PositiveIntegerField(
        "temporada", null=True, blank=True, validators=[MinValueValidator(1)]
    )
    number = models.PositiveIntegerField(
        "número", null=True, blank=True, validators=[MinValueValidator(1)]
    )
    recording = models.ForeignKey(
        Recording,
        verbose_name="gravação",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    chapters = StreamField(
        ChapterStream(),
        verbose_name="capítulos",
        blank=True,
        help_text="O primeiro começa em 00:00. Aparecem na página, nos aplicativos e no MP3.",
    )
    # The copy that listeners get; the draft may already have another.
    audio = models.ForeignKey(
        EpisodeAudio, null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )

    content_panels: ClassVar[list[Any]] = ResourcePage.panels_with(
        FieldRowPanel([FieldPanel("episode_type"), FieldPanel("season"), FieldPanel("number")]),
        FieldPanel("recording"),
        FieldPanel("chapters"),
        MultiFieldPanel(
            [
                FieldPanel("transcript_file"),
                FieldPanel("transcript"),
                FieldPanel("no_transcript_reason"),
            ],
            heading="Transcrição",
        ),
        place_panel(),
        FieldPanel("body"),
        DownloadsPanel(heading="Quantas vezes foi baixado"),
    )

    class Meta:
        verbose_name = "episódio"
        verbose_name_plural = "episódios"

    @property
    def show(self) -> ShowPage:
        """The show to which the episode belongs. One query, none for a public episode that was
        fetched for reading."""
        found = self.__dict__.get("_show")
        if found is None and EpisodePage.feed_item.is_cached(self):
            found = getattr(getattr(self, "feed_item", None), "show", None)
        if found is None:
            found = self.__dict__["_show"] = ShowPage.objects.get(path=self.path[: -self.steplen])
        return found

    @property
    def guid(self) -> str:
        """What apps know the episode by, for ever: where it came from another host, what it was
        called there."""
        return self.brought_guid or str(self.uuid)

    @property
    def is_heard(self) -> bool:
        """Whether there is audio that listeners may have."""
        withdrawn = self.recording is not None and self.recording.withdrawn_on is not None
        return self.audio is not None and not withdrawn

    @property
    def audio_path(self) -> str:
        """The site-relative address of the audio, for ever."""
        return f"/podcasts/audio/{self.uuid}.mp3"

    @property
    def low_audio_path(self) -> str:
        """The site-relative address of the audio in Opus, for slow connections; "" without one."""
        has_low = self.audio is not None and self.audio.low_copy
        return f"/podcasts/audio/{self.uuid}.opus" if has_low else ""

    @property
    def embed_path(self) -> str:
        """The site-relative address of the player by itself, which other sites may frame."""
        return f"/podcasts/tocador/{self.uuid}/"

    def _embed_code(self) -> str:
        """What to paste into another site; only of an episode that everybody may hear."""
        if getattr(self, "feed_item", None) is None:
            return ""
        address, title = f"{settings.PUBLIC_URL}{self.embed_path}", escape(self.title)
        return (
            f'<iframe src="{address}" title="{title}" width="100%" height="380" loading="lazy">'
            "</iframe>"
        )

    @property
    def chapters_path(self) -> str:
        """The site-relative address of the chapters (JSON)."""
        return f"/podcasts/capitulos/{self.uuid}.json"

    @property
    def art_path(self) -> str:
        """The site-relative address of the square art: its own cover if it is large enough, else
        that of the show."""
        image = self.cover_image
        if image is None or image.withdrawn_on or min(image.width, image.height) < 1400:
            return self.show.art_path
        return image.address("arte") or self.show.art_path

    def field_of(self, part: models.Model) -> str:
        is_in_chapter = isinstance(part, Image) and any(
            picture.pk == part.pk for picture in pictures_in(self.chapters)
        )
        return "chapters" if is_in_chapter else super().field_of(part)

    def arrange(self, sections: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Moments in the notes lead to where they are heard."""
        if self.audio is None:
            return sections
        return [
            section | {"html": mark_safe(link_moments(section["html"], self.audio_path, last))}  # noqa: S308
            for last in [self.audio.seconds]
            for section in sections
        ]

    def chapter_list(self) -> list[Chapter]:
        """The chapters in order."""
        return chapters_in(self.chapters)

    @property
    def number_label(self) -> str:
        """“Episódio 3”, “Chamada da temporada 2”: what it is, and which."""
        named = self.Type(self.episode_type).label
        number = f" {self.number}" if self.number else ""
        season = f", temporada {self.season}" if self.season else ""
        return f"{named}{number}{season}"

    @property
    def length_label(self) -> str:
        return f"{self.minutes} min" if self.minutes else ""

    def estimate_minutes(self) -> int:
        return max(1, round(self.recording.milliseconds / 60_000)) if self.recording else 0

    def plain_text(self) -> str:
        titles = "\n".join(chapter.title for chapter in self.chapter_list())
        parts = (super().plain_text(), titles, self.words_said())
        return "\n\n".join(part for part in parts if part)

    def files_used(self) -> FilesUsed:
        used: FilesUsed = super().files_used()
        used.images |= {picture.pk: picture for picture in pictures_in(self.chapters)}
        return used

    def clean(self) -> None:
        """A transcript is kept as WebVTT, before anybody asks whether the page lacks one."""
        super().clean()
        self.transcript = transcripts.to_vtt(self.transcript)
        if self.slug == "assinar":
            raise ValidationError(
                {"slug": "Aqui fica a página para assinar. Escreva outro endereço."}
            )

    def card_extras(self) -> dict[str, Any]:
        is_usual = self.episode_type == self.Type.FULL
        called = {} if is_usual else {"called": self.Type(self.episode_type).label}
        return {"number": self.number, "show": self.show.title, **called}

    def parts(self) -> list[Part]:
        """The recording is published under the licence of the episode; who made it is credited."""
        recording = part_of(self.recording, "recording") if self.recording else None
        own = [replace(recording, licence=self.licence)] if recording and self.licence else []
        return [*super().parts(), *own]

    # --- the copy that is made for this episode -----------------------------------------------

    def audio_recipe(self) -> dict[str, Any] | None:
        """What goes into the audio, as the episode stands in memory; None while that is unknown.
        An alias has the audio of its source."""
        if self.alias_of_id:
            source: EpisodePage = self.source.specific
            return source.audio_recipe()
        if not (self.pk and self.recording and self.licence):
            return None
        first = self.first_published_at or timezone.now()
        lineage = lineage_for_files(gather(self))
        chapters = [[one.start, one.title, one.link] for one in self.chapter_list()]
        return ({"chapters": chapters} if chapters else {}) | {
            "episode": str(self.uuid),
            "recording": self.recording_id,
            "sound": self.recording.file_hash,
            "title": self.title,
            "show": self.show.title,
            "number": self.number,
            "summary": self.summary,
            "authors": [item.person.name for item in self.people.all() if item.is_authoring],
            "licence": self.licence.identifier,
            "year": first.year,
            "page": f"/r/{self.pk}/",
            "art": cover_art.of_episode(self, self.licence),
            **({"lineage": lineage} if lineage else {}),
        }

    def become_copy(self, title: str | None = None, slug: str | None = None) -> None:
        super().become_copy(title, slug)
        self.uuid = uuid.uuid4()
        self.brought_guid = ""

    def request_preparations(self) -> list[Any]:
        recipe = self.audio_recipe()
        rows = super().request_preparations()
        return [*rows, EpisodeAudio.ask(recipe)] if recipe else rows

    def take_prepared(self) -> None:
        super().take_prepared()
        self.audio = self._prepared_audio() or self.audio

    def _prepared_audio(self) -> EpisodeAudio | None:
        recipe = self.audio_recipe()
        audio = EpisodeAudio.find(recipe) if recipe else None
        return audio if audio and audio.is_ready else None

    def lacks(self) -> list[Lack]:
        seconds = self.recording.milliseconds // 1000 if self.recording else 0
        lacks = [
            *super().lacks(),
            *self._lacks_of_audio(),
            *lacks_of_chapters(self.chapter_list(), seconds),
            *self._lacks_of_transcript(),
        ]
        from podcasts import checking

        return lacks or checking.lacks_in(self._findings())

    def advice(self) -> list[str]:
        from podcasts import checking

        return checking.advice_in(self._findings())

    def _findings(self) -> "list[Finding]":
        """What apps would say of the episode as it stands in memory; nothing while it is no whole
        episode of a show with a licence."""
        from podcasts import checking

        audio = self._prepared_audio()
        if audio is None or self.licence is None or self.show.licence is None:
            return []
        return checking.findings_of_episode(self, audio)

    def _lacks_of_audio(self) -> list[Lack]:
        if self.recording is None:
            return [Lack("recording", "Escolha a gravação do episódio.", "recording")]
        lacks = lacks_of_part(self.recording, "A gravação", "recording")
        lacks += lacks_of_recording(self.licence, self.recording.licence)
        waiting = list(lacks_of_preparation(self.recording, "A gravação", "preparada", "recording"))
        if waiting:
            return [*lacks, *waiting]
        recipe = self.audio_recipe()
        audio = EpisodeAudio.find(recipe) if recipe else None
        if audio is None or not (audio.is_ready or audio.has_failed):
            lacks.append(Lack("audio-waiting", _AUDIO_WAITS, "recording", passing=True))
        elif not audio.is_ready:
            lacks.append(Lack("audio-failed", audio.failure, "recording"))
        return lacks

    # --- what is read elsewhere -----------------------------------------------------------------

    def project(self) -> None:
        super().project()
        if self.alias_of_id:
            return
        from podcasts import feeds

        self._follow_recipe()
        feeds.write_episode(self)

    def follow_show(self) -> None:
        """Take over the name of the show; the show itself sees to the feed."""
        super().project()
        self._follow_recipe()

    def _follow_recipe(self) -> None:
        """A new name of the show or of a person reaches the audio as well, when it has been made."""
        recipe = self.audio_recipe()
        if recipe is None or (self.audio_id and self.audio_id == EpisodeAudio.name_of(recipe)):
            return
        audio = EpisodeAudio.ask(recipe)
        if audio.is_ready:
            self.audio = audio
            type(self).objects.filter(pk=self.pk).update(audio=audio)

    def unproject(self) -> None:
        super().unproject()
        from podcasts import feeds

        feeds.remove_episode(self.pk)

    def jsonld_extras(self) -> dict[str, Any]:
        show = self.show
        extras: dict[str, Any] = {
            "partOfSeries": {"@type": "PodcastSeries", "name": show.title, "url": show.get_url()},
        }
        if self.number:
            extras["episodeNumber"] = self.number
        if self.audio and self.is_heard:
            extras["associatedMedia"] = {
                "@type": "AudioObject",
                "contentUrl": self.audio_path,
                "encodingFormat": "audio/mpeg",
                "contentSize": str(self.audio.copy_bytes),
                "duration": f"PT{self.audio.seconds}S",
            }
        return extras

    def amb_extras(self) -> dict[str, Any]:
        extras: dict[str, Any] = {"isPartOf": [amb.part(self.show)]}
        if self.audio and self.is_heard:
            size, digest = self.audio.copy_bytes, self.audio.copy_sha256
            extras["encoding"] = [amb.encoding(self.audio_path, "audio/mpeg", size, digest)]
            extras["duration"] = f"PT{self.audio.seconds}S"
        return extras

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context(request, *args, **kwargs) | {
            "show": self.show,
            "audio": self.audio,
            **self.transcript_context(),
            "chapters": self.chapter_list(),
            "feed_url": f"{settings.PUBLIC_URL}{self.show.feed_path}",
            "show_url": self.show.path_for_readers,
            "embed_code": self._embed_code(),
        }
