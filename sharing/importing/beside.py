"""The files that lines name: beside the spreadsheet, never outside its folder, or in the CMS already."""

import hashlib
import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import IO, Any

from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.base import ContentFile

from files.inspection import check_image, check_mp3, check_pdf
from files.models import Document, Image, Recording, Video
from files.office import check_editable
from knowledge.importing.cells import Cells
from knowledge.importing.rights import read_licence
from knowledge.markdown import Resolver, UnreadableText
from knowledge.models import ResourcePage

_IN_CMS = re.compile(r"cms:\s*(\d{1,9})", re.IGNORECASE)
_KEPT = 64  # answers about files that many lines may name, such as a cover


class NotBeside(ValueError):
    """A file that a line names and that is not there, and why."""


def find_beside(folder: Path | None, name: str) -> Path:
    """The file that `name` says, in `folder` or below it. Raises NotBeside, with a sentence."""
    if folder is None:
        raise NotBeside(
            f"Pelo CMS só vem a planilha. Envie o arquivo “{name[:80]}” ao CMS e escreva cms: e o "
            "número dele, ou use o comando de importação."
        )
    try:
        root = folder.resolve(strict=True)
        path = (root / name.replace("\\", "/")).resolve()
        is_there = path.is_file()
    except (OSError, ValueError, RuntimeError):
        raise NotBeside(f"Não achamos o arquivo “{name[:80]}”.") from None
    if not path.is_relative_to(root):
        raise NotBeside(
            f"O arquivo “{name[:80]}” está fora da pasta da planilha. Ponha-o dentro dela."
        )
    if not is_there:
        raise NotBeside(f"Não achamos o arquivo “{name[:80]}” na pasta da planilha.")
    return path


class Judging:
    """The bench on which a line is judged: looks into its files and stores nothing."""

    def __init__(self, folder: Path | None, pages: Callable[[str], int | None]) -> None:
        self._folder = folder
        self._pages = pages
        self._judged: dict[tuple[str, str, int, int], str] = {}
        self.used: dict[str, Path] = {}

    def begin_line(self) -> None:
        self.used = {}

    def undo(self) -> None:
        """Nothing was stored."""

    def document(self, name: str, cells: Cells, page: ResourcePage, *forms: str) -> Document | None:
        form = forms[0]
        if match := _IN_CMS.fullmatch(name):
            found: Document | None = _known(Document, int(match[1]), "documento", cells)
            if found is not None and found.format not in forms:
                wanted = " ou ".join(form.upper() for form in forms)
                cells.refuse(
                    f"O documento {name}, “{found.title[:80]}”, é {found.get_format_display()}. "
                    f"Nesta coluna cabe {wanted}."
                )
            return found
        check = check_pdf if form == "pdf" else partial(check_editable, wanted=form)
        path = self._judge(name, check, cells, form)
        wanted = Document(title=page.title[:255], format=form, **rights_of(page))
        return self.made(wanted, path) if path else None

    def recording(self, name: str, cells: Cells, page: ResourcePage) -> Recording | None:
        if match := _IN_CMS.fullmatch(name):
            return _known(Recording, int(match[1]), "gravação", cells)
        path = self._judge(name, check_mp3, cells, "mp3")
        return (
            self.made(Recording(title=page.title[:255], **rights_of(page)), path) if path else None
        )

    def video(self, name: str, cells: Cells) -> Video | None:
        if match := _IN_CMS.fullmatch(name):
            return _known(Video, int(match[1]), "vídeo", cells)
        cells.refuse(
            f"Envie o vídeo ao CMS e escreva cms: e o número dele, em “video”: está “{name[:40]}”."
        )
        return None

    def image(self, name: str, cells: Cells) -> Image | None:
        if match := _IN_CMS.fullmatch(name):
            return _known(Image, int(match[1]), "imagem", cells)
        path = self._judge(name, check_image, cells, "imagem")
        wanted = Image(title=Path(name).stem[:255], **image_rights(cells))
        return self.made(wanted, path) if path else None

    def resolver(self, cells: Cells) -> Resolver:
        def link(slug: str) -> int:
            found = self._pages(slug)
            if found is None:
                raise UnreadableText(
                    f"O texto aponta para acervo:{slug[:80]}, que ainda não está aqui. Se ele vem "
                    "depois, importe o arquivo de novo quando ele tiver entrado."
                )
            return found

        def picture(name: str) -> Image:
            image = self.image(name, cells)
            if image is None:
                raise UnreadableText(cells.refusals[-1])
            return image

        return Resolver(link, picture)

    def made(self, wanted: Any, path: Path) -> Any:
        """The file as it would be stored."""
        return wanted

    def _judge(
        self, name: str, check: Callable[[IO[bytes]], None], cells: Cells, form: str
    ) -> Path | None:
        """The path of a file that is what it has to be; the answer is kept for the lines after."""
        try:
            path = find_beside(self._folder, name)
            facts = path.stat()
            key = (str(path), form, facts.st_size, facts.st_mtime_ns)
            if key not in self._judged:
                if len(self._judged) >= _KEPT:
                    self._judged.clear()
                self._judged[key] = _problem_of(path, check)
            if self._judged[key]:
                raise NotBeside(f"{name[:80]}: {self._judged[key]}")
        except NotBeside as error:
            cells.refuse(str(error))
            return None
        except OSError:
            cells.refuse(f"O arquivo “{name[:80]}” não abre. Confira as permissões dele.")
            return None
        self.used[name] = path
        return path


class Storing(Judging):
    """The bench on which a line that passed is made ready: its files are stored, outside any
    transaction. The same file with the same rights is stored once; `undo` takes away what only
    this line brought, when the line is not written after all."""

    def __init__(self, folder: Path | None, pages: Callable[[str], int | None], by: Any) -> None:
        super().__init__(folder, pages)
        self._by = by
        self._new: list[Document | Image | Recording] = []

    def begin_line(self) -> None:
        super().begin_line()
        self._new = []

    def undo(self) -> None:
        for stored in self._new:
            stored.delete()
        self._new = []

    def made(self, wanted: Any, path: Path) -> Any:
        model = type(wanted)
        with path.open("rb") as file:
            # As each model knows its own files.
            known_by = hashlib.sha256 if model is Recording else hashlib.sha1
            digest = hashlib.file_digest(file, known_by).hexdigest()
        same = {name: getattr(wanted, name) for name in ("title", "creator", "licence")}
        found = model.objects.filter(file_hash=digest, **same).order_by("pk").first()
        if found is not None:
            return found
        with path.open("rb") as file:
            # Wagtail reads pictures while it saves them, so their bytes have to stay at hand.
            content = ContentFile(file.read()) if model is Image else File(file)
            content.name = path.name
            wanted.file = content
            setattr(wanted, "uploaded_by" if model is Recording else "uploaded_by_user", self._by)
            wanted.save()
        self._new.append(wanted)
        return wanted


def rights_of(page: ResourcePage) -> dict[str, Any]:
    """What a page offers is under the licence of the page and by its authors."""
    names = [item.person.name for item in page.people.all() if item.is_authoring]
    return {"creator": " e ".join(names)[:250], "licence": page.licence}


def image_rights(cells: Cells) -> dict[str, Any]:
    """Who made the pictures of a line, and under which licence, is said in columns of their own."""
    return {
        "creator": cells.line("imagens_autoria", 250),
        "licence": read_licence(cells, "imagens_licenca", reserved=True),
        "permission": cells.line("imagens_autorizacao", 250),
    }


def _known(model: type[Any], pk: int, what: str, cells: Cells) -> Any:
    found = model.objects.filter(pk=pk).first()
    if found is None:
        cells.refuse(f"O CMS não tem {what} de número {pk}. Confira o número no endereço dele.")
    return found


def _problem_of(path: Path, check: Callable[[IO[bytes]], None]) -> str:
    try:
        with path.open("rb") as file:
            check(file)
    except ValidationError as error:
        return " ".join(error.messages)
    return ""
