"""A list of entries as readers meet it: filters as plain links, order, pages, sentences.

The names in addresses are public and fixed: `q`, `tema`, `formato`, `licenca`, `ordem`, `pagina`.
A value that means nothing is set aside and the page says so; it is never an error.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.http import HttpRequest

from search import services
from search.engines import FACETS, Hit, SearchAnswer, SearchRequest
from search.known import value_now

UrlMaker = Callable[..., str]
PER_PAGE = 12
MAX_QUERY = 200  # characters; what comes after is not looked at
ORDERS = {
    "relevancia": "mais próximos da busca",
    "recentes": "mais recentes",
    "titulo": "de A a Z",
}
_FACET_TITLES = {"formato": "Tipo", "tema": "Tema", "licenca": "Licença"}
_ALL = {"formato": "Todos os tipos", "tema": "Todos os temas", "licenca": "Todas as licenças"}


@dataclass(frozen=True)
class Choice:
    """A link that changes one thing about the list. Without an address it is only text."""

    label: str
    url: str = ""
    count: int | None = None
    is_current: bool = False


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
    hits: list[Hit]
    total: int
    groups: list[FacetGroup]
    chosen: list[Choice]
    orders: list[Choice]
    pages: list[Choice]
    clear_url: str
    notices: list[str] = field(default_factory=list)
    previous_url: str = ""
    next_url: str = ""


class Asked:
    """The public parameters of a request, cleaned, with a sentence for whatever was set aside."""

    def __init__(self, parameters: Mapping[str, str], known: dict[str, dict[str, str]]) -> None:
        self.notices: list[str] = []
        self.query = self._text(parameters.get("q", ""))
        self.filters = {}
        for name in FACETS:
            value = self._text(parameters.get(name, ""))
            if value and value not in known[name]:
                value = value_now(name, value) or value
            if value in known[name]:
                self.filters[name] = value
            elif value:
                title = _FACET_TITLES[name].lower()
                self.notices.append(f"Não conhecemos {title} “{value[:60]}”. Mostramos todos.")
        self.order = self._order(self._text(parameters.get("ordem", "")))
        self.page = self._page(self._text(parameters.get("pagina", "")))

    @staticmethod
    def _text(value: str) -> str:
        printable = "".join(char if char.isprintable() else " " for char in value[:MAX_QUERY])
        return " ".join(printable.split())

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
    request: HttpRequest, *, known: dict[str, dict[str, str]], fixed: dict[str, str] | None = None
) -> Listing:
    """The list that `request` asks for.

    `known` maps each facet to its values and labels, in the order to show; `fixed` filters belong
    to the page itself (a person's works) and are not offered for removal.
    """
    asked = Asked(request.GET, known)
    fixed = fixed or {}
    asked.filters = {name: value for name, value in asked.filters.items() if name not in fixed}

    def ask(page: int) -> SearchAnswer:
        return services.search(
            SearchRequest(
                keys=frozenset(getattr(request, "audience", {"public"})),
                text=asked.query,
                filters=asked.filters | fixed,
                order=asked.order,
                page=page,
                per_page=PER_PAGE,
            )
        )

    answer = ask(asked.page)
    last = max(1, -(-answer.total // PER_PAGE))
    if asked.page > last:
        asked.notices.append(
            f"A lista tem {last} página{'s' if last > 1 else ''}. Esta é a última."
        )
        asked.page = last
        answer = ask(last)
    return _listing(request.path, asked, answer, known=known, last=last, fixed=fixed)


def _listing(
    path: str,
    asked: Asked,
    answer: SearchAnswer,
    *,
    known: dict[str, dict[str, str]],
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

    counts = {
        name: {value.value: value.count for value in values}
        for name, values in answer.facets.items()
    }
    groups = [
        FacetGroup(name, _FACET_TITLES[name], _choices(name, known[name], counts[name], asked, url))
        for name in FACETS
        if name not in fixed
    ]
    return Listing(
        query=asked.query,
        hits=answer.hits,
        total=answer.total,
        groups=groups,
        chosen=[Choice(known[n][v], url(**{n: ""})) for n, v in asked.filters.items()],
        orders=[
            Choice(label, url(ordem=order), is_current=order == asked.order)
            for order, label in ORDERS.items()
            if asked.query or order != "relevancia"
        ],
        pages=_pages(asked.page, last, url),
        clear_url=url(**dict.fromkeys(FACETS, "")),
        notices=asked.notices,
        previous_url=url(pagina=_number(asked.page - 1)) if asked.page > 1 else "",
        next_url=url(pagina=_number(asked.page + 1)) if asked.page < last else "",
    )


def _number(page: int) -> str:
    return "" if page == 1 else str(page)


def _choices(
    name: str, labels: dict[str, str], counts: dict[str, int], asked: Asked, url: UrlMaker
) -> list[Choice]:
    """“All”, then every known value; what would leave nothing is text, not a link."""
    current = asked.filters.get(name)
    choices = [Choice(_ALL[name], url(**{name: ""}), is_current=current is None)]
    for value, label in labels.items():
        count = counts.get(value, 0)
        address = url(**{name: value}) if count or value == current else ""
        choices.append(Choice(label, address, count, value == current))
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
