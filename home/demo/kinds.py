"""What each kind of resource of the demo library has besides its text: one function per kind."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile

from files.models import Document, Recording, Video
from files.services import prepare_now
from home.demo.texts import Text
from knowledge.markdown import Resolver, rich_text, to_blocks
from knowledge.models import (
    BookletPage,
    CaseFile,
    CasePage,
    EditableDocumentPage,
    InterviewPage,
    VideoPage,
)
from licensing.values import licence
from podcasts.models import EpisodePage, ShowPage

SOURCE = Path(settings.BASE_DIR) / "fixtures" / "demo"
SPOKEN_BY = "Equipe Rede Aberta, vozes sintetizadas por computador"
_QUESTION = re.compile(r"^### P: (.+)$", re.MULTILINE)
_PROBLEM, _DONE = "O problema", "O que foi feito"


def make_ready(file: Any) -> Any:
    """Save a file, and have made at once what a worker would make."""
    file.save()
    prepare_now(file)
    return file


def document(folder: str, name: str, text: Text, creator: str) -> Document:
    """A document of the demo library, under the licence of its page."""
    content = (SOURCE / folder / name).read_bytes()
    return make_ready(
        Document(
            title=text.facts["titulo"],
            file=ContentFile(content, name=name),
            creator=creator,
            licence=licence(text.facts["licenca"]),
            year=text.facts["publicado"].year,
        )
    )


def recording(folder: str, text: Text) -> Recording:
    """A recording of the demo library, under the licence of its page."""
    name = text.facts["audio"]
    return make_ready(
        Recording(
            title=text.facts["titulo"],
            file=ContentFile((SOURCE / folder / name).read_bytes(), name=name),
            creator=SPOKEN_BY,
            licence=licence(text.facts["licenca"]),
            year=text.facts["publicado"].year,
            is_finished=True,
            sound={"peaks": _waves()[name]},
        )
    )


@cache
def _waves() -> dict[str, list[int]]:
    """The waveform of each recording; they come ready-made, as the recordings do."""
    found: dict[str, list[int]] = json.loads((SOURCE / "ondas.json").read_text(encoding="utf-8"))
    return found


# --- drafts: what the page is made of before its text -------------------------------------------


def draft_booklet(page: BookletPage, text: Text, creator: str) -> None:
    page.document = document("cartilhas", text.facts["arquivo"], text, creator)


def draft_editable_document(page: EditableDocumentPage, text: Text, creator: str) -> None:
    for field in ("odt", "docx"):
        if field in text.facts:
            setattr(page, field, document("modelos", text.facts[field], text, creator))
    page.adaptations = [
        ("place", {"where": item["onde"], "how": item["como"], "why": item.get("por_que", "")})
        for item in text.facts["adaptar"]
    ]


def draft_interview(page: InterviewPage, text: Text, creator: str) -> None:
    if "audio" in text.facts:
        page.recording = recording("entrevistas", text)
    if "transcricao" in text.facts:
        path = SOURCE / "entrevistas" / text.facts["transcricao"]
        page.transcript = path.read_text(encoding="utf-8")


def draft_show(page: ShowPage, text: Text, creator: str) -> None:
    page.category = text.facts["categoria"]
    page.medium = text.facts.get("meio", ShowPage.Medium.PODCAST)
    page.recurrence = text.facts.get("frequencia", "")
    page.is_finished = text.facts.get("encerrado", False)
    page.author = "Rede Aberta"
    page.owner_email = "podcast@redeaberta.example"


def draft_episode(page: EpisodePage, text: Text, creator: str) -> None:
    page.episode_type = text.facts.get("feitio", EpisodePage.Type.FULL)
    page.number = text.facts.get("numero")
    page.recording = recording("podcasts", text)
    path = SOURCE / "podcasts" / text.facts["transcricao"]
    page.transcript = path.read_text(encoding="utf-8")
    page.chapters = [
        (
            "chapter",
            {"start": item["comeco"], "title": item["titulo"], "link": item.get("link", "")},
        )
        for item in text.facts["capitulos"]
    ]


def draft_video(page: VideoPage, text: Text, creator: str) -> None:
    """The sizes come ready-made: the library loads where nothing can encode."""
    facts, folder = text.facts["video"], SOURCE / "videos"
    original = folder / facts["arquivo"]
    video = Video(
        title=text.facts["titulo"],
        file=ContentFile(original.read_bytes(), name=original.name),
        captions=(folder / facts["legendas"]).read_text(encoding="utf-8"),
        creator=creator,
        licence=licence(text.facts["licenca"]),
        year=text.facts["publicado"].year,
    )
    video.save()
    video.adopt({720: original, 360: folder / facts["p360"]}, poster=folder / facts["cartaz"])
    video.refresh_from_db()
    page.video = video


def draft_case(page: CasePage, text: Text, creator: str) -> None:
    facts = text.facts
    place, contact = facts["municipio"], facts["contato"]
    page.municipality_code = str(place.get("codigo", ""))
    page.invented_name, page.invented_state = place.get("nome", ""), place.get("uf", "")
    page.data_nature = facts["dados"]
    page.starts = str(facts["periodo"]["inicio"])
    page.ends = str(facts["periodo"].get("fim", ""))
    if "populacao" in facts:
        page.population = facts["populacao"]["habitantes"]
        page.population_year = facts["populacao"]["ano"]
    page.cost = facts.get("custo", "")
    page.norms = "\n".join(facts.get("normas", []))
    page.contact_sector, page.contact_email = contact["setor"], contact.get("email", "")
    page.indicators = [("indicator", _indicator(item)) for item in facts["indicadores"]]


def _indicator(item: dict[str, Any]) -> dict[str, Any]:
    points = [
        {"label": str(point["quando"]), "value": Decimal(str(point["valor"])), "other": None}
        for point in item["serie"]
    ]
    return {
        "name": item["nome"],
        "unit": item["unidade"],
        "better": item["melhor"],
        "source": item.get("fonte", ""),
        "points": points,
        "other_name": "",
    }


DRAFTING: dict[type[Any], Callable[[Any, Text, str], None]] = {
    BookletPage: draft_booklet,
    CasePage: draft_case,
    EditableDocumentPage: draft_editable_document,
    EpisodePage: draft_episode,
    InterviewPage: draft_interview,
    ShowPage: draft_show,
    VideoPage: draft_video,
}


# --- texts: when every page has its number, so that they can link to each other -------------------


@dataclass(frozen=True)
class Neighbours:
    """The other pages of the library, by slug."""

    resolve: Resolver
    page: Callable[[str], Any]


def write_text(page: Any, text: Text, others: Neighbours) -> None:
    """The body, as most kinds have it."""
    page.body = to_blocks(text.source, others.resolve)


def write_interview(page: InterviewPage, text: Text, others: Neighbours) -> None:
    """Before the first question, the introduction; after the last answer, a section may follow."""
    before, *asked = _QUESTION.split(text.source)
    exchanges, after = [], ""
    for question, answer in zip(asked[::2], asked[1::2], strict=True):
        answer, _, rest = answer.partition("\n## ")
        exchanges.append(
            {"question": question.strip(), "answer": rich_text(answer.strip(), others.resolve)}
        )
        after = f"## {rest}" if rest else ""
    page.body = to_blocks(f"{before}\n\n{after}", others.resolve)
    page.exchanges = [("exchange", item) for item in exchanges]


def write_case(page: CasePage, text: Text, others: Neighbours) -> None:
    """Two sections have fields of their own; the rest is the body."""
    rest, own = [], {_PROBLEM: "", _DONE: ""}
    for section in re.split(r"^(?=## )", text.source, flags=re.MULTILINE):
        title, _, content = section.removeprefix("## ").partition("\n")
        if section.startswith("## ") and title.strip() in own:
            own[title.strip()] = content
        else:
            rest.append(section)
    page.problem = to_blocks(own[_PROBLEM], others.resolve)
    page.done = to_blocks(own[_DONE], others.resolve)
    page.body = to_blocks("\n\n".join(rest), others.resolve)
    for order, slug in enumerate(text.facts.get("arquivos", [])):
        page.files_to_reuse.add(CaseFile(page=others.page(slug), sort_order=order))


WRITING: dict[type[Any], Callable[[Any, Text, Neighbours], None]] = {
    CasePage: write_case,
    InterviewPage: write_interview,
}
