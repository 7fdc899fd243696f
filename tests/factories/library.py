"""A small whole library: one of each kind of page, for tests that look at all of them."""

from dataclasses import dataclass
from typing import Any

from knowledge.models import Person
from licensing.values import BY_NC
from tests.factories import files, pages


@dataclass
class Library:
    """One live page of each kind, every one linked to the others as in life."""

    guide: Any
    article: Any
    booklet: Any
    case: Any
    interview: Any
    editable_document: Any
    video: Any
    embedded: Any
    trail: Any
    show: Any
    episode: Any
    image: Any

    @property
    def items(self) -> list[Any]:
        """The item pages: resources, trail, show, episode."""
        return [
            self.guide,
            self.article,
            self.booklet,
            self.case,
            self.interview,
            self.editable_document,
            self.video,
            self.embedded,
            self.trail,
            self.show,
            self.episode,
        ]

    @property
    def person(self) -> Person:
        return self.guide.facts().people[0].person


def body_with(image: Any, file: Any = None) -> list[tuple[str, Any]]:
    """A body with one block of each kind."""
    image.contextual_alt_text = "Ponte de concreto sobre um rio."
    image.decorative = False
    return [
        *pages.BODY,
        ("picture", {"picture": image, "caption": "A ponte pronta."}),
        ("callout", {"tone": "dica", "title": "", "text": "<p>Leia com outra pessoa.</p>"}),
        ("quote", {"text": "O plano pertence à cidade.", "source": "Lei do plano, art. 1º"}),
        (
            "table",
            {
                "caption": "Prazos",
                "table": {
                    "columns": [
                        {"type": "text", "heading": "Documento"},
                        {"type": "text", "heading": "Quando sai"},
                    ],
                    "rows": [{"values": ["<p>RREO</p>", "<p>A cada bimestre</p>"]}],
                    "caption": "",
                },
            },
        ),
        ("indicators", [pages.indicator()[1]]),
        (
            "steps",
            {
                "steps": [
                    {"title": "Abra o portal", "text": "<p>Ele é da prefeitura.</p>"},
                    {"title": "Ache o programa", "text": "<p>Anote o número.[^lei]</p>"},
                ]
            },
        ),
        ("fold", {"title": "E se não houver portal?", "text": "<p>Peça por escrito.</p>"}),
        ("file", {"document": file or files.document(), "title": "", "about": "Para anotar."}),
        (
            "third_party",
            {"what": "O mapa", "whose": "IBGE", "terms": "CC-BY-SA-4.0", "address": ""},
        ),
        ("footnotes", {"notes": [{"mark": "lei", "text": "<p>Lei nº 12.527/2011.</p>"}]}),
        ("references", {"sources": ["<p>Lei nº 4.320/1964</p>"]}),
    ]


def library() -> Library:
    """Make one of each kind."""
    image = files.image()
    guide = pages.guide(body=body_with(image), themes=("financas", "saude"))
    article = pages.article()
    booklet = pages.booklet()
    video, embedded = pages.video(), pages.embedded_video()
    episode = pages.episode()
    document = pages.editable_document()
    case = pages.case(files_to_reuse=[document, files.document(licence=BY_NC)])
    interview = pages.interview(recording=files.recording(), transcript=files.vtt_text())
    trail = pages.trail(guide, booklet, episode, case, interview, document, video, embedded)
    return Library(
        guide=guide,
        article=article,
        booklet=booklet,
        case=case,
        interview=interview,
        editable_document=document,
        video=video,
        embedded=embedded,
        trail=trail,
        show=episode.show,
        episode=episode,
        image=image,
    )
