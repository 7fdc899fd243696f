"""Pages: whole and live by default, as drafts with `live=False`."""

from decimal import Decimal
from itertools import count
from typing import Any

from wagtail.models import Page, PageViewRestriction

from files.services import prepare_now
from knowledge.models import (
    ArticlePage,
    BookletPage,
    CaseFile,
    CasePage,
    Contribution,
    EditableDocumentPage,
    GuidePage,
    InterviewPage,
    ResourceIndexPage,
    ResourceTheme,
    VideoPage,
)
from licensing.values import BY, BY_NC, Licence
from podcasts.models import EpisodePage, PodcastIndexPage, ShowPage
from tests.factories import files, people
from trails.models import TrailIndexPage, TrailPage, TrailStep

_numbers = count(1)


def restart_numbers() -> None:
    """Begin to count anew: the same test then makes the same pages, and the same drawings, whichever
    tests ran before it."""
    global _numbers
    _numbers = count(1)


BODY = [
    ("text", "<p>O orçamento diz o que a cidade decidiu fazer primeiro.</p>"),
    ("heading", "As três leis"),
    ("text", "<p>O plano, as diretrizes e a lei do ano conversam entre si.</p>"),
]


def video_block(video: Any, caption: str = "A obra em vídeo.") -> tuple[str, Any]:
    return "video", {"video": video, "caption": caption}


def audio_block(recording: Any, **fields: str) -> tuple[str, Any]:
    words = {"caption": "Uma moradora.", "transcript": "Agora dá para passar."} | fields
    return "audio", {"recording": recording, "no_transcript_reason": "", **words}


def _fill(page: Any, themes: tuple[str, ...], authors: tuple[str, ...]) -> Any:
    for order, slug in enumerate(themes):
        page.resource_themes.add(ResourceTheme(theme=people.theme(slug), sort_order=order))
    for order, name in enumerate(authors):
        page.people.add(Contribution(person=people.person(name), sort_order=order))
    return page


def _make(
    kind: type[Any],
    shelf: type[Page],
    *,
    parent: Page | None = None,
    live: bool = True,
    themes: tuple[str, ...] = ("financas",),
    authors: tuple[str, ...] = ("Helena Prado",),
    licence: Licence | None = BY_NC,
    **fields: Any,
) -> Any:
    number = next(_numbers)
    fields.setdefault("title", f"Material {number}")
    fields.setdefault("slug", f"material-{number}")
    fields.setdefault("summary", "Uma frase que diz para que serve.")
    page = _fill(kind(licence=licence, live=False, **fields), themes, authors)
    (parent or shelf.objects.earliest("pk")).add_child(instance=page)
    return publish(page) if live else page


def publish(page: Any) -> Any:
    """Save a draft of `page` as it stands, prepare all it needs, publish it, and read it anew."""
    revision = page.save_revision()
    prepare_now(*page.request_preparations())
    revision.publish()
    return type(page).objects.get(pk=page.pk)


def guide(**fields: Any) -> GuidePage:
    fields.setdefault("body", BODY)
    return _make(GuidePage, ResourceIndexPage, **fields)


def article(**fields: Any) -> ArticlePage:
    fields.setdefault("body", BODY)
    return _make(ArticlePage, ResourceIndexPage, **fields)


BOOKLET_BODY = [
    *BODY,
    (
        "text",
        "<p>Fiscalizar um contrato é comparar o que foi combinado com o que foi entregue. Quem "
        "fiscaliza lê o contrato antes, anota o que viu no dia em que viu e avisa por escrito "
        "quando falta alguma coisa. Não precisa saber tudo: precisa perguntar a tempo.</p>",
    ),
]
INDICATOR = {
    "name": "Espera média por vaga",
    "unit": "dias",
    "better": "menor",
    "source": "Secretaria de Educação, relatório de 2025",
    "points": [
        {"label": "2023", "value": Decimal("214"), "other": None},
        {"label": "2024", "value": Decimal("109.5"), "other": None},
        {"label": "2025", "value": Decimal("81"), "other": None},
    ],
    "other_name": "",
}
EXCHANGES = [
    ("exchange", {"question": "Como começou?", "answer": "<p>Com uma <b>planilha</b>.</p>"}),
    ("exchange", {"question": "E o que mudou?", "answer": "<p>A fila ficou pública.</p>"}),
]
ADAPTATION = {
    "where": "Cláusula 3",
    "how": "Troque o prazo pelo da sua lei.",
    "why": "Cada município tem o seu.",
}


def indicator(**fields: Any) -> tuple[str, dict[str, Any]]:
    """A block of an indicator; `points` are pairs of label and number."""
    points = fields.pop("points", None)
    made = INDICATOR | fields
    if points is not None:
        made["points"] = [
            {"label": label, "value": Decimal(str(value)), "other": None} for label, value in points
        ]
    return "indicator", made


def case(**fields: Any) -> CasePage:
    values = {
        "municipality_code": "2312908",
        "data_nature": CasePage.DataNature.SOURCED,
        "starts": "2023-03",
        "ends": "2025-06",
        "population": 203023,
        "population_year": 2022,
        "problem": [("text", "<p>Cada creche guardava a sua lista.</p>")],
        "done": [("text", "<p>As listas viraram uma só.</p>")],
        "indicators": [indicator()],
        "contact_sector": "Secretaria de Educação, matrículas",
        "body": BODY,
    }
    taken = fields.pop("files_to_reuse", [])
    live = fields.pop("live", True)
    page = _make(CasePage, ResourceIndexPage, live=False, **values | fields)
    for order, item in enumerate(taken):
        what = {"page": item} if isinstance(item, EditableDocumentPage) else {"document": item}
        page.files_to_reuse.add(CaseFile(sort_order=order, **what))
    page.save()
    return publish(page) if live else page


def interview(guests: tuple[str, ...] = ("Cleide Santos",), **fields: Any) -> InterviewPage:
    live = fields.pop("live", True)
    fields.setdefault("body", BODY[:1])
    fields.setdefault("exchanges", EXCHANGES)
    page = _make(InterviewPage, ResourceIndexPage, live=False, **fields)
    for order, name in enumerate(guests, 10):
        page.people.add(
            Contribution(person=people.person(name), role="convidado", sort_order=order)
        )
    page.save()
    return publish(page) if live else page


def editable_document(**fields: Any) -> EditableDocumentPage:
    licence = fields.setdefault("licence", BY_NC)
    if not {"odt", "docx"} & set(fields):
        fields["odt"] = files.document(content=files.odt_bytes(), name="m.odt", licence=licence)
        fields["docx"] = files.document(content=files.docx_bytes(), name="m.docx", licence=licence)
    fields.setdefault("adaptations", [("place", ADAPTATION)])
    fields.setdefault("body", BODY)
    return _make(EditableDocumentPage, ResourceIndexPage, **fields)


def booklet(**fields: Any) -> BookletPage:
    licence = fields.setdefault("licence", BY_NC)
    fields.setdefault("body", BOOKLET_BODY)
    fields.setdefault("document", files.document(licence=licence))
    return _make(BookletPage, ResourceIndexPage, **fields)


def video(**fields: Any) -> VideoPage:
    licence = fields.setdefault("licence", BY_NC)
    if "video" not in fields and "embed_url" not in fields:
        fields["video"] = files.video(licence=licence)
    return _make(VideoPage, ResourceIndexPage, **fields)


def embedded_video(**fields: Any) -> VideoPage:
    """A video that lies elsewhere."""
    fields = {
        "embed_url": "https://www.youtube.com/watch?v=abcDEF_-123",
        "embed_creator": "Canal da cidade",
        "embed_licence": BY,
        "embed_minutes": 3,
        "transcript": files.CAPTIONS,
    } | fields
    return video(**fields)


def trail(*resources: Any, **fields: Any) -> TrailPage:
    live = fields.pop("live", True)
    page = _make(TrailPage, TrailIndexPage, live=False, **fields)
    for order, resource in enumerate(resources or (guide(),)):
        page.steps.add(TrailStep(resource=resource, sort_order=order))
    page.save()
    return publish(page) if live else page


def show(**fields: Any) -> ShowPage:
    fields.setdefault("owner_email", "podcast@rede.test")
    return _make(ShowPage, PodcastIndexPage, **fields)


def episode(parent: ShowPage | None = None, **fields: Any) -> EpisodePage:
    if "recording" not in fields:
        fields["recording"] = files.recording()
    fields.setdefault("transcript", files.vtt_text())
    return _make(EpisodePage, ShowPage, parent=parent or show(), **fields)


def add(kind: type[Any], parent: Page, **fields: Any) -> Any:
    """A live page that has no gate: another index page, to stand for a part of the library."""
    number = next(_numbers)
    made = kind(**{"title": f"Sala {number}", "slug": f"sala-{number}"} | fields)
    parent.add_child(instance=made)
    return made


def restrict(page: Page, *groups: Any, kind: str = "") -> PageViewRestriction:
    """Close a page and what is below it: to those signed in, or to groups."""
    kind = kind or (PageViewRestriction.GROUPS if groups else PageViewRestriction.LOGIN)
    restriction = PageViewRestriction.objects.create(page=page, restriction_type=kind)
    restriction.groups.set(groups)
    return restriction
