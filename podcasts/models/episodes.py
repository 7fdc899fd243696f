"""Episodes."""

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from wagtail.admin.panels import FieldPanel

from files.models import Recording
from files.transcripts import Line, Transcript, UnreadableTranscript
from knowledge import amb
from knowledge.models import Kind, ResourcePage
from knowledge.models.kinds import register_kind
from knowledge.models.parts import lacks_of_preparation
from knowledge.models.texts import HasBody
from licensing.gate import Lack, lacks_of_part
from podcasts.models.audio import EpisodeAudio
from podcasts.models.shows import ShowPage

EPISODE = register_kind(Kind("episodio", "Episódio", "Episódios", "episodio", "PodcastEpisode"))
_AUDIO_WAITS = (
    "O áudio ainda está sendo preparado, cerca de 1 minuto. Salve o rascunho e publique em seguida."
)


class EpisodePage(HasBody, ResourcePage):
    """An episode: a recording, its transcript, its notes.

    `uuid` names it in the feed and in the address of its audio; it never changes, whatever is
    edited.
    """

    kind = EPISODE
    is_creatable = True
    body_is_required = False
    template = "podcasts/episode_page.html"
    body_template = "podcasts/bodies/episode.html"
    downloads_template = "podcasts/bodies/episode_downloads.html"
    parent_page_types: ClassVar[list[str]] = ["podcasts.ShowPage"]
    exclude_fields_in_copy: ClassVar = [*ResourcePage.exclude_fields_in_copy, "uuid", "audio"]
    reading_relations = (*ResourcePage.reading_relations, "audio", "feed_item__show")
    reading_deferred = (
        *ResourcePage.reading_deferred,
        "feed_item__xml",
        "feed_item__show__body",
    )

    uuid = models.UUIDField(default=uuid.uuid4, editable=False, db_index=True)
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
    transcript = models.TextField(
        "transcrição",
        blank=True,
        help_text="Em WebVTT: cole aqui o conteúdo do arquivo .vtt, que começa com WEBVTT.",
    )
    # The copy that listeners get; the draft may already have another.
    audio = models.ForeignKey(
        EpisodeAudio, null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )

    content_panels: ClassVar[list[Any]] = ResourcePage.panels_with(
        FieldPanel("number"),
        FieldPanel("recording"),
        FieldPanel("transcript"),
        FieldPanel("body"),
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
    def audio_path(self) -> str:
        """The site-relative address of the audio, for ever."""
        return f"/podcasts/audio/{self.uuid}.mp3"

    @property
    def transcript_path(self) -> str:
        """The site-relative address of the transcript (WebVTT)."""
        return f"/podcasts/transcricao/{self.uuid}.vtt"

    @property
    def length_label(self) -> str:
        return f"{self.minutes} min" if self.minutes else ""

    def estimate_minutes(self) -> int:
        return max(1, round(self.recording.milliseconds / 60_000)) if self.recording else 0

    def plain_text(self) -> str:
        return "\n\n".join([super().plain_text(), Transcript.words_of(self.transcript)])

    def said(self) -> list[Line]:
        return Transcript.lines_of(self.transcript)

    def card_extras(self) -> dict[str, Any]:
        return {"number": self.number, "show": self.show.title}

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
        return {
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
        }

    def become_copy(self, title: str | None = None, slug: str | None = None) -> None:
        super().become_copy(title, slug)
        self.uuid = uuid.uuid4()

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
        return [*super().lacks(), *self._lacks_of_audio(), *self._lacks_of_transcript()]

    def _lacks_of_audio(self) -> list[Lack]:
        if self.recording is None:
            return [Lack("recording", "Escolha a gravação do episódio.", "recording")]
        lacks = lacks_of_part(self.recording, "A gravação", "recording")
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

    def lacks_accessible_text(self) -> str:
        return " ".join(lack.message for lack in self._lacks_of_transcript())

    def _lacks_of_transcript(self) -> list[Lack]:
        if not self.transcript.strip():
            sentence = "Falta a transcrição: sem ela, quem não ouve fica de fora."
            return [Lack("transcript", sentence, "transcript")]
        try:
            Transcript.parse(self.transcript)
        except UnreadableTranscript as error:
            return [Lack("transcript-unreadable", str(error), "transcript")]
        return []

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
        if self.audio:
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
        if self.audio:
            size, digest = self.audio.copy_bytes, self.audio.copy_sha256
            extras["encoding"] = [amb.encoding(self.audio_path, "audio/mpeg", size, digest)]
            extras["duration"] = f"PT{self.audio.seconds}S"
        return extras

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context(request, *args, **kwargs) | {
            "show": self.show,
            "audio": self.audio,
            "lines": Transcript.lines_of(self.transcript),
            "feed_url": f"{settings.PUBLIC_URL}{self.show.feed_path}",
        }
