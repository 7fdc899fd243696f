"""The columns that every kind has, and how they go into a page."""

from typing import Any

from django.db.models import Q
from django.utils.text import slugify

from knowledge.importing.cells import Cells, plain
from knowledge.importing.kinds import Bench, Column, importers
from knowledge.importing.rights import LICENCES, read_licence
from knowledge.models import Contribution, Person, ResourcePage, ResourceTheme, Theme
from knowledge.models.readership import Level, Readership

_LANGUAGES = {"pt-BR": "pt-BR", "português": "pt-BR", "pt": "pt-BR"} | {
    "en": "en",
    "inglês": "en",
    "es": "es",
    "espanhol": "es",
}
_NATURES = {
    "pessoa": Person.Nature.PERSON,
    "órgão": Person.Nature.BODY,
    "equipe": Person.Nature.BODY,
    "município": Person.Nature.MUNICIPALITY,
}
_ROLES = {role.label: role for role in Contribution.Role}

COMMON = (
    Column(
        "codigo",
        "O código do material na sua cidade. Não muda nunca: é por ele que a importação reconhece "
        "o que já entrou",
        "até 120 caracteres, único no arquivo",
        "GUIA-0042",
        required=True,
    ),
    Column("tipo", "O tipo do material", "um dos tipos desta tabela", "guia", required=True),
    Column("titulo", "O título", "até 255 caracteres", "Calçada segura", required=True),
    Column(
        "resumo",
        "Uma ou duas frases para as listas e a busca. Sem ele, fica como rascunho",
        "até 300 caracteres",
        "Como medir uma calçada em meia hora.",
    ),
    Column(
        "endereco",
        "O fim do endereço da página. Em branco, sai do título",
        "letras sem acento, algarismos e hifens",
        "calcada-segura",
    ),
    Column(
        "temas",
        "Os temas, o principal primeiro. Precisam existir",
        "nomes ou endereços, separados por ;",
        "planejamento-urbano; saude",
    ),
    Column("etiquetas", "Palavras para achar o material", "separadas por ;", "calçada; trena"),
    Column(
        "procurado_como",
        "Como as pessoas procuram o material, nas palavras delas. Só a busca lê",
        "separadas por ;, até 1000 caracteres",
        "passeio esburacado; caí na rua",
    ),
    Column(
        "publico",
        "Para quem o material é escrito",
        f"um ou mais, separados por ;: {', '.join(Readership.values)}",
        "compras; controle",
    ),
    Column(
        "nivel",
        "Quanto do assunto é preciso saber antes",
        "básico, intermediário ou avançado",
        "básico",
    ),
    Column(
        "pessoas",
        "Quem fez. Sem ninguém em autoria, fica como rascunho",
        "nome|papel|tipo, separados por ;. Papel: autoria (se faltar), organização, apresentação, "
        "participação, revisão, tradução, ilustração. Tipo, para pessoas novas: pessoa (se faltar), "
        "órgão, município",
        "Davi Nogueira|autoria; Prefeitura de Sobral|organização|município",
    ),
    Column(
        "licenca",
        "O que os outros podem fazer. Sem ela, fica como rascunho",
        "CC BY 4.0, CC BY-SA 4.0, CC BY-NC 4.0, CC BY-NC-SA 4.0, CC BY-ND 4.0, CC BY-NC-ND 4.0, "
        "CC0 1.0 ou Domínio Público",
        "CC BY 4.0",
    ),
    Column("lingua", "A língua. Em branco, português", "pt-BR, en ou es", "pt-BR"),
    Column(
        "revisto_em", "Quando o conteúdo foi conferido", "31/12/2026 ou 2026-12-31", "01/10/2026"
    ),
    Column(
        "publicar",
        "Se vai ao ar. Com data passada, sai já e com essa data; com data futura, fica agendado. "
        "O que não está completo fica como rascunho",
        "sim, não ou uma data (com hora, se quiser)",
        "sim",
    ),
    Column(
        "capa",
        "A imagem de capa. Em branco, a capa é desenhada em azulejos",
        "caminho a partir da pasta da planilha, ou cms:número de uma imagem que já está no CMS",
        "fotos/calcada.jpg",
    ),
    Column(
        "imagens_autoria",
        "Quem fez a capa e as imagens do texto desta linha",
        "até 250 caracteres",
        "Davi Nogueira",
    ),
    Column(
        "imagens_licenca",
        "A licença dessas imagens",
        LICENCES,
        "CC BY 4.0",
    ),
    Column(
        "imagens_autorizacao",
        "Quem autorizou o uso, quando todos os direitos são reservados",
        "até 250 caracteres",
        "Jornal da Cidade, por e-mail, em 3/10/2026",
    ),
)


def own_columns() -> dict[Column, list[str]]:
    """Every column that is not common → the kinds that have it."""
    found: dict[Column, list[str]] = {}
    for slug, importer in importers().items():
        for column in importer.columns:
            found.setdefault(column, []).append(slug)
    return found


def known_names() -> tuple[str, ...]:
    """Every column that a file may have."""
    return tuple(dict.fromkeys(column.name for column in (*COMMON, *own_columns())))


def fill_common(page: Any, cells: Cells, bench: Bench, create_people: bool) -> None:
    """Write the common columns into `page`, in memory; tags come later, for they make rows."""
    page.title = cells.line("titulo", 255)
    if not page.title:
        cells.refuse("Escreva o título, em “titulo”.")
    if "resumo" in cells:
        page.summary = cells.line("resumo", 300)
    if "procurado_como" in cells:
        cells.text("procurado_como", 1000)
        page.sought_as = "\n".join(cells.items("procurado_como"))
    if "licenca" in cells:
        page.licence = read_licence(cells, "licenca")
    if "lingua" in cells:
        page.language = cells.choice("lingua", _LANGUAGES, "a língua") or "pt-BR"
    if "revisto_em" in cells:
        page.reviewed_on = cells.past_day("revisto_em")
    if "temas" in cells:
        page.resource_themes = [
            ResourceTheme(theme=theme, sort_order=order)
            for order, theme in enumerate(_themes(cells))
        ]
    if "publico" in cells:
        page.intended_for = _readership(cells)
    if "nivel" in cells:
        page.level = cells.choice("nivel", {each.label: each for each in Level}, "o nível") or ""
    if "pessoas" in cells:
        page.people = [
            Contribution(person=person, role=role, sort_order=order)
            for order, (person, role) in enumerate(_people(cells, create_people))
        ]
    if cells.values.get("endereco"):
        _fill_address(page, cells)
    if "capa" in cells:
        name = cells.line("capa", 500)
        page.cover_image = bench.image(name, cells) if name else None


def _fill_address(page: ResourcePage, cells: Cells) -> None:
    typed = cells.line("endereco", 80)
    if typed != slugify(typed):
        cells.refuse(
            f"Escreva “endereco” com letras sem acento, algarismos e hifens, como {slugify(typed)}."
            if slugify(typed)
            else "Escreva “endereco” com letras sem acento, algarismos e hifens."
        )
        return
    page.slug = typed


def _themes(cells: Cells) -> list[Theme]:
    typed = cells.items("temas", 80)
    if not typed:
        return []
    known: dict[str, Theme] = {}
    listed: dict[str, Theme] = {}
    for theme in Theme.objects.all():
        listed[theme.slug] = theme
        known |= {theme.slug: theme, plain(theme.name): theme}
    found = [known.get(plain(name)) or cells.choose(name, listed, "o tema") for name in typed]
    return list(dict.fromkeys(theme for theme in found if theme is not None))


def _readership(cells: Cells) -> list[str]:
    offered = {each.value: each for each in Readership}
    labels = {plain(each.label): each for each in Readership}
    typed = cells.items("publico", 80)
    found = {labels.get(plain(name)) or cells.choose(name, offered, "o público") for name in typed}
    return [each.value for each in Readership if each in found]


def _people(cells: Cells, create: bool) -> list[tuple[Person, Any]]:
    found: list[tuple[Person, Any]] = []
    for item in cells.items("pessoas", 200):
        parts = [part.strip() for part in item.split("|")]
        name, role, nature, *more = [*parts, "", ""] if len(parts) < 3 else parts
        if not name or any(more):
            cells.refuse(f"Escreva cada pessoa como nome|papel: está “{item[:60]}”.")
            continue
        chosen = cells.choose(role, _ROLES, "o papel") if role else Contribution.Role.AUTHOR
        kind = cells.choose(nature, _NATURES, "o tipo de pessoa") if nature else None
        person = _person(name, kind, cells, create)
        if person is not None and chosen is not None:
            found.append((person, chosen))
    return found


def _person(name: str, nature: Any, cells: Cells, create: bool) -> Person | None:
    if len(name) > 120:
        cells.refuse(f"Encurte o nome “{name[:40]}…”: cabem 120 caracteres.")
        return None
    near = Person.objects.filter(Q(name__iexact=name) | Q(slug__startswith=slugify(name)[:100]))
    same = [person for person in near[:50] if plain(person.name) == plain(name)]
    exact = [person for person in same if person.name == name]
    if len(exact) == 1:
        return exact[0]
    if len(same) == 1:
        return same[0]
    if same:
        cells.refuse(
            f"Há mais de uma pessoa chamada “{name}” no CMS. Deixe uma só e importe de novo."
        )
        return None
    if not create:
        cells.refuse(
            f"“{name}” não está entre as pessoas do CMS. Cadastre antes, ou marque “Cadastrar as "
            "pessoas que faltam” (no comando, --criar-pessoas)."
        )
        return None
    return Person(name=name, nature=nature or Person.Nature.PERSON)


def free_slug(base: str, taken: set[str]) -> str:
    """`base`, or with the first number that nothing has."""
    slug, number = base, 2
    while slug in taken:
        slug, number = f"{base}-{number}", number + 1
    return slug


def save_new_people(page: ResourcePage) -> None:
    """Give everybody who is new a row; the same name may have got one since the line was judged."""
    for item in page.people.all():
        person = item.person
        if person.pk is not None:
            continue
        base = slugify(person.name)[:100] or "pessoa"
        known = Person.objects.filter(slug__startswith=base)
        same = next((other for other in known if plain(other.name) == plain(person.name)), None)
        if same is None:
            person.slug = free_slug(base, set(known.values_list("slug", flat=True)))
            person.save()
        item.person = same or person
