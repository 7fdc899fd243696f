"""A small whole library: one of each kind of page, for tests that look at all of them."""

from dataclasses import dataclass
from typing import Any

from knowledge.models import Person
from tests.factories import files, pages


@dataclass
class Library:
    """One live page of each kind, every one linked to the others as in life."""

    guide: Any
    article: Any
    booklet: Any
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
            self.video,
            self.embedded,
            self.trail,
            self.show,
            self.episode,
        ]

    @property
    def person(self) -> Person:
        return self.guide.facts().people[0].person


def body_with(image: Any) -> list[tuple[str, Any]]:
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
    trail = pages.trail(guide, booklet, video, embedded, episode)
    return Library(guide, article, booklet, video, embedded, trail, episode.show, episode, image)
