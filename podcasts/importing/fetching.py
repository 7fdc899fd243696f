"""What stands beside a feed: audio, art, chapters, transcripts, brought here."""

import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.files import File
from django.core.files.base import ContentFile

from files.inspection import MAX_RECORDING_BYTES, UnfitFile, check_image
from files.models import Image, Recording
from files.soundfiles import check_recording
from files.transcripts import Transcript, UnreadableTranscript
from licensing.values import Licence
from podcasts import transcripts
from podcasts.importing.opening import PICTURE_BYTES, Opener, Unopened
from podcasts.importing.reading import FoundChapter, FoundEpisode, chapters_of

_SMALLEST_ART = 1400  # px
_MOST_PICTURES = 50  # of the chapters of one episode
_OF_A_CHAPTER = ("title", "url", "img")
_ENDS = {"mov": "m4a"}  # what ffmpeg calls a recording → how its name ends


@dataclass
class Told:
    """What is to be said of a page: `gaps` are what another try may bring, `notes` what somebody
    should look at."""

    gaps: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def everything(self) -> list[str]:
        return [*self.gaps, *self.notes]


class Fetcher:
    """Brings files, outside any transaction. The same file under the same rights is stored once,
    whether it was this run that brought it or one that was stopped."""

    def __init__(self, opener: Opener, folder: Path) -> None:
        self._opener = opener
        self._folder = folder

    def recording(self, found: FoundEpisode, creator: str, told: Told) -> Recording | None:
        """The audio of an episode."""
        path = None
        try:
            path = self._opener.save(found.audio, MAX_RECORDING_BYTES, self._folder)
            with path.open("rb") as file:
                form = check_recording(file)
            size = path.stat().st_size
            if found.audio_bytes is not None and found.audio_bytes != size:
                told.notes.append(
                    f"O feed diz que o áudio tem {found.audio_bytes} bytes, e ele tem {size}. "
                    "Ouça antes de publicar."
                )
            return self._recording(path, form, found, creator)
        except Unopened as error:
            told.gaps.append(f"O áudio não veio: {error} ({found.audio[:100]}).")
        except UnfitFile as error:
            told.notes.append(f"O áudio não serve. {' '.join(error.messages)}")
        finally:
            if path is not None:
                path.unlink(missing_ok=True)
        return None

    def _recording(self, path: Path, form: str, found: FoundEpisode, creator: str) -> Recording:
        rights = {"title": found.title[:255], "creator": creator, "licence": found.terms.licence}
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, hashlib.sha256).hexdigest()
        known = _with_rights(Recording, digest, rights)
        if known is not None:
            return known
        with path.open("rb") as file:
            made = Recording(file=File(file, name=f"episodio.{_ENDS.get(form, form)}"), **rights)
            made.save()
        return made

    def art(
        self, url: str, title: str, creator: str, licence: Licence | None, told: Told
    ) -> Image | None:
        """The square art at an address, if apps would take it."""
        try:
            made = self._picture(url, f"Arte de {title}", creator, licence)
        except Unopened as error:
            told.gaps.append(f"A arte não veio: {error}. Fica a desenhada aqui.")
            return None
        except UnfitFile as error:
            told.notes.append(f"A arte não serve. {' '.join(error.messages)}")
            return None
        if min(made.width, made.height) < _SMALLEST_ART:
            told.notes.append("A arte tem menos de 1.400 pixels. Fica a desenhada aqui.")
            return None
        return self._kept(made, f"Arte do podcast {title}")

    def _picture(self, url: str, title: str, creator: str, licence: Licence | None) -> Image:
        """The picture at an address: the one that is here already, or one that is not yet saved.
        Raises Unopened, UnfitFile."""
        content = self._opener.read(url, PICTURE_BYTES)
        check_image(ContentFile(content))
        rights = {"title": title[:255], "creator": creator, "licence": licence}
        known = _with_rights(Image, hashlib.sha1(content).hexdigest(), rights)  # noqa: S324 (Wagtail's)
        kind = "png" if content.startswith(b"\x89PNG") else "jpg"
        return known or Image(file=ContentFile(content, name=f"imagem.{kind}"), **rights)

    def _kept(self, picture: Image, description: str) -> Image:
        if picture.pk is None:
            picture.description = description[:255]
            picture.save()
        return picture

    def pictures(
        self, chapters: list[FoundChapter], found: FoundEpisode, creator: str, told: Told
    ) -> dict[str, Image]:
        """The pictures of chapters by their addresses, each address opened once."""
        first = {each.picture: each.title for each in reversed(chapters) if each.picture}
        brought: dict[str, Image] = {}
        for url, title in list(reversed(first.items()))[:_MOST_PICTURES]:
            try:
                picture = self._picture(url, title, creator, found.terms.licence)
            except Unopened as error:
                told.gaps.append(f"A imagem do capítulo “{title}” não veio: {error}.")
            except UnfitFile as error:
                told.notes.append(
                    f"A imagem do capítulo “{title}” não serve. {' '.join(error.messages)}"
                )
            else:
                brought[url] = self._kept(picture, title)
        if len(first) > _MOST_PICTURES:
            told.notes.append(f"Só vieram as primeiras {_MOST_PICTURES} imagens dos capítulos.")
        return brought

    def chapters(self, found: FoundEpisode, told: Told) -> list[FoundChapter]:
        """The chapters of an episode: those beside the feed, else inside."""
        if not found.chapters_url:
            return found.chapters
        try:
            whole = json.loads(self._opener.read(found.chapters_url))
            return chapters_of(
                [
                    (float(row["startTime"]), *(str(row.get(key) or "") for key in _OF_A_CHAPTER))
                    for row in whole["chapters"]
                    if row.get("toc") is not False
                ]
            )
        except Unopened as error:
            told.gaps.append(f"Os capítulos não vieram: {error}.")
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            told.notes.append("Os capítulos não são o JSON que os aplicativos leem; não vieram.")
        return found.chapters

    def transcript(self, found: FoundEpisode, told: Told) -> str:
        """The first transcript that can be read, as WebVTT; "" where there is none."""
        for url in found.transcripts:
            try:
                text = transcripts.to_vtt(self._opener.read(url).decode())
                Transcript.parse(text)
            except Unopened as error:
                told.gaps.append(f"A transcrição não veio: {error} ({url[:100]}).")
            except (UnreadableTranscript, UnicodeDecodeError):
                told.notes.append(f"A transcrição em {url[:100]} não dá para ler.")
            else:
                return text.replace("\r\n", "\n").strip() + "\n"
        return ""


def _with_rights(model: type[Any], digest: str, rights: dict[str, Any]) -> Any:
    named = rights | {"licence": rights["licence"] or ""}
    return model.objects.filter(file_hash=digest, **named).order_by("pk").first()
