"""A list of entries as readers meet it: filters as plain links, order, pages, sentences.

The names in addresses are public and fixed: `q`, `tema`, `formato`, `publico`, `nivel`, `licenca`,
`autor`, `ano`, `uf`, `municipio`, `lingua`, `duracao`, `ordem`, `pagina`.
A value that means nothing is set aside and the page says so; it is never an error.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import quote, urlencode

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from search import services
from search.engines import FACETS, FacetValue, Hit, SearchAnswer, SearchRequest
from search.help import NearTheme, near_themes
from search.known import value_now

PUBLIC = frozenset({"public"})  # the keys of somebody of whom nothing is known
UrlMaker = Callable[..., str]
PER_PAGE = 12
MAX_QUERY = 200  # characters; what comes after is not looked at
ORDERS = {
    "relevancia": "mais próximos da busca",
    "recentes": "mais recentes",
    "titulo": "de A a Z",
}
_FACET_TITLES = {
    "formato": "Tipo",
    "tema": "Tema",
    "publico": "Público",
    "nivel": "Nível",
    "licenca": "Licença",
    "autor": "Autoria",
    "ano": "Ano",
    "uf": "Estado",
    "municipio": "Município",
    "lingua": "Língua",
    "duracao": "Duração",
}
_ALL = {
    "formato": "Todos os tipos",
    "tema": "Todos os temas",
    "publico": "Todos os públicos",
    "nivel": "Todos os níveis",
    "licenca": "Todas as licenças",
    "autor": "Todas as pessoas",
    "ano": "Todos os anos",
    "uf": "Todos os estados",
    "municipio": "Todos os municípios",
    "lingua": "Todas as línguas",
    "duracao": "Qualquer duração",
}
# Facets of which every known value is shown; of the others what there is, if it is a choice.
_WHOLE = ("formato", "tema", "licenca")
_MOST = 10  # values of one of the others


@dataclass(frozen=True)
class Choice:
    """A link that changes one thing about the list. Without an address it is only text."""

    label: str
    url: str = ""
    count: int | None = None
    is_current: bool = False
    value: str = ""


@dataclass(frozen=True)
class FacetGroup:
    """One facet: its title, its name in addresses, and its values."""

    name: str
    title: str
    choices: list[Choice]


@dataclass
class Listing:
    """Everything a page of entries shows."""

    query: str
    hits: Sequence[Hit]
    total: int
    groups: list[FacetGroup]
    chosen: list[Choice]
    orders: list[Choice]
    pages: list[Choice]
    clear_url: str
    has_more: bool = False
    is_relaxed: bool = False
    read_as: str = ""  # the words that were probably meant, where those that were typed met nothing
    read_as_url: str = ""
    near_themes: list[NearTheme] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    previous_url: str = ""
    next_url: str = ""
    page: int = 1
    saved: str = ""  # words and filters, as they stand in an address

    @cached_property
    def filters(self) -> SafeString:
        """The facets in HTML: they stand twice in a page, folded away on narrow screens."""
        return render_to_string("components/facets.html", {"shelf": self})

    @property
    def last_page(self) -> int:
        return max(1, -(-self.total // PER_PAGE))

    @property
    def subject(self) -> str:
        """The subject of a mail that asks for a material, as it stands in an address."""
        return quote(f"Pedido de material: {self.query[:100]}")

    @property
    def total_in_words(self) -> str:
        """“Mais de 2.000”, where there are more than were looked at."""
        number = f"{self.total:,}".replace(",", ".")
        return f"Mais de {number}" if self.has_more else number


def cleaned(value: str) -> str:
    """A public parameter as it is looked at: in one line, printable, not without end."""
    printable = "".join(char if char.isprintable() else " " for char in value[:MAX_QUERY])
    return " ".join(printable.split())


class Asked:
    """The public parameters of a request, cleaned, with a sentence for whatever was set aside."""

    def __init__(self, parameters: Mapping[str, str], known: dict[str, dict[str, str]]) -> None:
        self.notices: list[str] = []
        self.query = cleaned(parameters.get("q", ""))
        self.filters = {}
        for name in FACETS:
            value = cleaned(parameters.get(name, ""))
            if value and name in known and value not in known[name]:
                value = value_now(name, value) or value
            if value and (name not in known or value in known[name]):
                self.filters[name] = value
            elif value:
                self.set_aside(name, value)
        self.order = self._order(cleaned(parameters.get("ordem", "")))
        self.page = self._page(cleaned(parameters.get("pagina", "")))

    def set_aside(self, name: str, value: str) -> None:
        """Go on without a filter that means nothing, and say so."""
        self.filters.pop(name, None)
        title = _FACET_TITLES[name].lower()
        self.notices.append(f"Não conhecemos {title} “{value[:60]}”. Mostramos todos.")

    @property
    def saved(self) -> str:
        """Words and filters, without order and page, as they stand in an address."""
        return urlencode({"q": self.query, **self.filters} if self.query else self.filters)

    def _order(self, value: str) -> str:
        default = "relevancia" if self.query else "recentes"
        if not value:
            return default
        if value not in ORDERS or (value == "relevancia" and not self.query):
            self.notices.append(f"Não conhecemos a ordem “{value[:60]}”. Usamos a de costume.")
            return default
        return value

    def _page(self, value: str) -> int:
        if not value:
            return 1
        if value.isascii() and value.isdigit() and int(value[:9]) > 0 and len(value) < 10:
            return int(value)
        self.notices.append(f"“{value[:60]}” não é uma página da lista. Mostramos a primeira.")
        return 1


def build(
    request: HttpRequest,
    *,
    known: dict[str, dict[str, str]],
    fixed: dict[str, str] | None = None,
    keys: frozenset[str] | None = None,
) -> Listing:
    """The list that `request` asks for, as a reader with `keys` is shown it (else who asks).

    `known` maps each facet to its values and labels, in the order to show; `fixed` filters belong
    to the page itself (a person's works) and are not offered for removal.
    """
    asked = Asked(request.GET, known)
    fixed = fixed or {}
    asked.filters = {name: value for name, value in asked.filters.items() if name not in fixed}

    keys = frozenset(getattr(request, "audience", PUBLIC)) if keys is None else keys

    def wanted(page: int) -> SearchRequest:
        return SearchRequest(
            keys=keys,
            text=asked.query,
            filters=asked.filters | fixed,
            order=asked.order,
            page=page,
            per_page=PER_PAGE,
        )

    def ask(page: int) -> SearchAnswer:
        return services.search(wanted(page))

    answer = ask(asked.page)
    labels = _labels(asked, answer, known, keys)
    if len(labels) < len(asked.filters):
        for name in set(asked.filters) - set(labels):
            asked.set_aside(name, asked.filters[name])
        answer = ask(asked.page)
    last = max(1, -(-answer.total // PER_PAGE))
    if asked.page > last:
        asked.notices.append(
            f"A lista tem {last} página{'s' if last > 1 else ''}. Esta é a última."
        )
        asked.page = last
        answer = ask(last)
    if answer.is_simpler and asked.query:
        asked.notices.append(
            "Neste momento, a busca está mais simples. Pode faltar algum resultado."
        )
    listing = _listing(
        request.path, asked, answer, known=known, labels=labels, last=last, fixed=fixed
    )
    if not fixed:
        listing.near_themes = near_themes(wanted(1), answer)
    return listing


def _labels(
    asked: Asked, answer: SearchAnswer, known: dict[str, dict[str, str]], keys: frozenset[str]
) -> dict[str, str]:
    """How what was chosen is called; without what no entry that the reader may see has."""
    labels: dict[str, str] = {}
    for name, value in asked.filters.items():
        counted = {each.value: each.label for each in answer.facets[name]}
        label = known.get(name, counted).get(value) or services.label_of(name, value, keys)
        if label is not None:
            labels[name] = label
    return labels


def _listing(
    path: str,
    asked: Asked,
    answer: SearchAnswer,
    *,
    known: dict[str, dict[str, str]],
    labels: dict[str, str],
    last: int,
    fixed: dict[str, str],
) -> Listing:
    def url(**changes: str) -> str:
        default = "relevancia" if asked.query else "recentes"
        values = {"q": asked.query, **asked.filters, "ordem": asked.order, "pagina": ""} | changes
        if values["ordem"] == default:
            values["ordem"] = ""
        query = urlencode({name: value for name, value in values.items() if value})
        return f"{path}?{query}" if query else path

    groups = [
        FacetGroup(name, _FACET_TITLES[name], _choices(name, offered, asked, url))
        for name in FACETS
        if name not in fixed
        and (offered := _offered(name, answer.facets[name], known.get(name), asked, labels))
    ]
    return Listing(
        query=asked.query,
        hits=answer.hits,
        total=answer.total,
        groups=groups,
        chosen=[Choice(labels[name], url(**{name: ""})) for name in asked.filters],
        orders=[
            Choice(label, url(ordem=order), is_current=order == asked.order)
            for order, label in ORDERS.items()
            if asked.query or order != "relevancia"
        ],
        pages=_pages(asked.page, last, url),
        clear_url=url(**dict.fromkeys(FACETS, "")),
        has_more=answer.has_more,
        is_relaxed=answer.is_relaxed,
        read_as=answer.read_as,
        read_as_url=url(q=answer.read_as) if answer.read_as else "",
        notices=asked.notices,
        previous_url=url(pagina=_number(asked.page - 1)) if asked.page > 1 else "",
        next_url=url(pagina=_number(asked.page + 1)) if asked.page < last else "",
        page=asked.page,
        saved=asked.saved,
    )


def _number(page: int) -> str:
    return "" if page == 1 else str(page)


def _offered(
    name: str,
    counted: list[FacetValue],
    known: dict[str, str] | None,
    asked: Asked,
    labels: dict[str, str],
) -> list[FacetValue]:
    """The values of a facet to choose from; none where there is nothing to choose."""
    counts = {each.value: each for each in counted}
    if name in _WHOLE and known is not None:
        return [counts.get(v, FacetValue(v, label, 0)) for v, label in known.items()]
    chosen = asked.filters.get(name)
    if chosen and chosen not in counts:
        counts[chosen] = FacetValue(chosen, labels[name], 0)
    if len(counts) < 2 and not chosen:
        return []
    offered = list(counts.values())
    shown = [each for each in offered[:_MOST] if each.value != chosen]
    shown += [each for each in offered if each.value == chosen]
    if known is not None:
        return [each for value in known for each in shown if each.value == value]
    if name == "ano":
        return sorted(shown, key=lambda each: each.value, reverse=True)
    return sorted(shown, key=lambda each: (-each.count, each.label))


def _choices(name: str, offered: list[FacetValue], asked: Asked, url: UrlMaker) -> list[Choice]:
    """“All”, then every value offered; what would leave nothing is text, not a link."""
    current = asked.filters.get(name)
    choices = [Choice(_ALL[name], url(**{name: ""}), is_current=current is None)]
    for each in offered:
        is_current = each.value == current
        address = url(**{name: each.value}) if each.count or is_current else ""
        choices.append(Choice(each.label, address, each.count, is_current, each.value))
    return choices


def _pages(page: int, last: int, url: UrlMaker) -> list[Choice]:
    """Links to the first, the last and the neighbouring pages; an entry without address is a gap."""
    if last == 1:
        return []
    shown = sorted({1, last, *range(max(1, page - 2), min(last, page + 2) + 1)})
    choices: list[Choice] = []
    before = 0
    for number in shown:
        if number != before + 1:
            choices.append(Choice("…"))
        choices.append(Choice(str(number), url(pagina=_number(number)), is_current=number == page))
        before = number
    return choices
