"""Loading the demo library: themes, people, resources, trails, podcasts. Nothing is left to a job."""

from datetime import UTC, datetime, time
from typing import Any

from django.core.files.base import ContentFile
from wagtail.models import Page

from files.models import Image, Preparable
from files.services import prepare_now
from home.demo import trails as demo_trails
from home.demo.kinds import (
    DRAFTING,
    SOURCE,
    WRITING,
    Neighbours,
    make_ready,
    write_text,
)
from home.demo.people import load_people
from home.demo.texts import Text, read
from home.models import HomePage
from knowledge.markdown import Resolver
from knowledge.models import (
    ArticlePage,
    BookletPage,
    CasePage,
    Change,
    Contribution,
    EditableDocumentPage,
    GuidePage,
    InterviewPage,
    Person,
    ResourceIndexPage,
    ResourcePage,
    ResourceSource,
    ResourceTheme,
    Theme,
    ThemeHighlight,
    VideoPage,
)
from licensing.values import Licence, licence
from podcasts.models import EpisodePage, PodcastIndexPage, ShowPage
from trails.models import TrailIndexPage, TrailPage, TrailStep

THEMES = [
    ("financas", "Finanças públicas", "Orçamento, compras e contas, do empenho à prestação."),
    ("educacao", "Educação", "Creche, escola, merenda e o dinheiro que as mantém."),
    ("saude", "Saúde", "A unidade básica, o conselho e a conta dos 15 por cento."),
    (
        "planejamento-urbano",
        "Planejamento urbano",
        "Calçada, árvore, lote e a conversa com quem mora na cidade.",
    ),
    ("seguranca", "Segurança", "Guarda, prevenção e o primeiro atendimento a quem precisa."),
]
THEME_TEXTS = {
    "financas": "<p>O dinheiro da prefeitura tem um caminho: plano, lei, empenho, entrega, pagamento. "
    "Aqui você aprende a seguir esse caminho e a dizer onde ele parou.</p>",
}
HIGHLIGHTS = {
    "financas": [
        "orcamento-publico-sem-medo",
        "ler-o-orcamento-em-uma-tarde",
        "pesquisa-de-precos-passo-a-passo",
    ],
    "saude": ["agenda-da-ubs-sem-fila-de-madrugada", "os-15-por-cento-da-saude"],
    "planejamento-urbano": ["calcada-segura-como-medir", "plano-diretor-em-linguagem-simples"],
}
_KINDS: dict[str, type[ResourcePage]] = {
    "guia": GuidePage,
    "artigo": ArticlePage,
    "cartilha": BookletPage,
    "caso": CasePage,
    "entrevista": InterviewPage,
    "modelo": EditableDocumentPage,
    "video": VideoPage,
}
_PICTURES = {
    "caminho-da-despesa.png": "O caminho da despesa",
    "faixas-da-calcada.png": "As três faixas da calçada",
    "como-ler-o-lote.png": "Como ler o lote",
}
_FEATURED_SEARCHES = "fila da creche, pesquisa de preços, audiência pública"


class DemoLibrary:
    """Builds the library once, in an empty database."""

    def __init__(self) -> None:
        self.themes: dict[str, Theme] = {}
        self.people: dict[str, Person] = {}
        self.pictures: dict[str, Image] = {}
        self.pages: dict[str, ResourcePage] = {}

    def load(self) -> None:
        self._load_themes()
        self.people = load_people()
        self._load_pictures()
        texts = [read(path) for path in sorted((SOURCE / "acervo").glob("*.md"))]
        texts.sort(key=lambda text: text.facts["publicado"])
        spoken = [read(path) for path in sorted((SOURCE / "podcasts").glob("*.md"))]
        spoken.sort(key=lambda text: text.facts["publicado"])
        shows = [text for text in spoken if text.facts["tipo"] == "podcast"]
        episodes = [text for text in spoken if text.facts["tipo"] == "episodio"]
        self._draft_resources(texts)
        for text in shows:
            self._draft_below(PodcastIndexPage.objects.get(), ShowPage, text)
        for text in episodes:
            self._draft_below(self.pages[text.facts["programa"]], EpisodePage, text)
        for text in [*texts, *shows, *episodes]:
            self._write_body(text)
        for text in [*texts, *shows, *episodes]:
            self._publish(text)
        self._load_trails()
        self._load_highlights()
        home = HomePage.objects.get()
        home.searches = _FEATURED_SEARCHES
        home.featured_trail = TrailPage.objects.get(slug=demo_trails.FEATURED)
        home.save_revision().publish()

    # --- files ----------------------------------------------------------------------------

    def _load_themes(self) -> None:
        for order, (slug, name, introduction) in enumerate(THEMES):
            self.themes[slug] = Theme.objects.create(
                slug=slug,
                name=name,
                introduction=introduction,
                text=THEME_TEXTS.get(slug, ""),
                module=slug,
                order=order,
            )

    def _load_pictures(self) -> None:
        for name, title in _PICTURES.items():
            content = (SOURCE / "imagens" / name).read_bytes()
            self.pictures[name] = make_ready(
                Image(
                    title=title,
                    file=ContentFile(content, name=name),
                    creator="Equipe Rede Aberta",
                    licence=licence("CC-BY-4.0"),
                    year=2026,
                )
            )

    # --- pages ----------------------------------------------------------------------------

    def _draft_resources(self, texts: list[Text]) -> None:
        index = ResourceIndexPage.objects.get()
        for text in texts:
            self._draft_below(index, _KINDS[text.facts["tipo"]], text)

    def _draft_below(self, parent: Page, kind: type[ResourcePage], text: Text) -> None:
        page = self._page(kind, text)
        if draft := DRAFTING.get(kind):
            draft(page, text, self._names(text))
        self._add(parent, page)

    def _page(self, kind: type[Any], text: Text) -> Any:
        published = datetime.combine(text.facts["publicado"], time(11), tzinfo=UTC)
        page = kind(
            title=text.facts["titulo"],
            slug=text.slug,
            summary=text.facts["resumo"],
            licence=self._licence(text),
            intended_for=text.facts.get("publico", []),
            level=text.facts["nivel"],
            sought_as="\n".join(text.facts.get("procurado_como", [])),
            live=False,
            first_published_at=published,
            last_published_at=published,
        )
        for order, slug in enumerate(text.facts["temas"]):
            page.resource_themes.add(ResourceTheme(theme=self.themes[slug], sort_order=order))
        for order, item in enumerate(text.facts["pessoas"]):
            person = self.people[item["pessoa"]]
            role = Contribution.Role(item["papel"])
            page.people.add(Contribution(person=person, role=role, sort_order=order))
        page.tags.add(*text.facts.get("etiquetas", []))
        return page

    def _add(self, parent: Page, page: ResourcePage) -> None:
        parent.add_child(instance=page)
        self.pages[page.slug] = page

    def _write_body(self, text: Text) -> None:
        page: Any = self.pages[text.slug]
        resolve = Resolver(self._link, self.pictures.__getitem__)
        write = WRITING.get(type(page), write_text)
        write(page, text, Neighbours(resolve, self.pages.__getitem__))
        for order, source in enumerate(text.facts.get("baseado_em", [])):
            page.sources.add(
                ResourceSource(
                    resource=self.pages[source["material"]],
                    use=source["uso"],
                    modifications="\n".join(source["mudou"]),
                    sort_order=order,
                )
            )

    def _link(self, slug: str) -> int | None:
        page = self.pages.get(slug)
        return page.pk if page else None

    def _publish(self, text: Text) -> None:
        publish_at(self.pages[text.slug])

    def _load_trails(self) -> None:
        index = TrailIndexPage.objects.get()
        for facts in demo_trails.TRAILS:
            text = Text(facts["slug"], facts, "")
            page = self._page(TrailPage, text)
            page.audience_note = facts["para_quem"]
            page.outcomes = "\n".join(facts["ao_terminar"])
            for order, (slug, note) in enumerate(facts["etapas"]):
                step = TrailStep(resource=self.pages[slug], note=note, sort_order=order)
                page.steps.add(step)
            self._add(index, page)
            publish_at(page)

    def _load_highlights(self) -> None:
        for slug, chosen in HIGHLIGHTS.items():
            ThemeHighlight.objects.bulk_create(
                ThemeHighlight(
                    theme=self.themes[slug], resource_id=self.pages[name].pk, sort_order=order
                )
                for order, name in enumerate(chosen)
            )

    # --- facts ----------------------------------------------------------------------------

    @staticmethod
    def _licence(text: Text) -> Licence:
        return licence(text.facts["licenca"])

    def _names(self, text: Text) -> str:
        roles = {item["pessoa"]: item["papel"] for item in text.facts["pessoas"]}
        names = [self.people[slug].name for slug, role in roles.items() if role == "autoria"]
        return " e ".join(names)


def publish_at(page: ResourcePage) -> None:
    """Publish a draft as if on the day it says, with everything made first."""
    published = page.first_published_at
    revision = page.save_revision()
    rows: list[Preparable] = page.request_preparations()
    prepare_now(*rows)
    revision.publish()
    ResourcePage.objects.filter(pk=page.pk).update(last_published_at=published)
    Change.objects.filter(page_id=page.pk).update(published_at=published)
    page.refresh_from_db()
    page.project()
    files = [type(file).objects.get(pk=file.pk) for file in page.main_files()]
    prepare_now(*files)  # they say on what they are based
