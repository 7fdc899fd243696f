"""A picture that adapts the work of somebody else: told in the form, credited wherever it goes."""

from typing import Any

import pyexiv2
import pytest
from bs4 import BeautifulSoup
from django.core.files.storage import storages
from django.test import Client
from django.urls import reverse

from files.models import Image
from licensing.attribution import attribution_html, attribution_text
from licensing.values import BY, BY_NC, BY_SA
from tests.factories import files, pages

pytestmark = pytest.mark.django_db

MAP = {
    "adapted_title": "Mapa <da> mina",
    "adapted_authors": "Rosa Alves; Iara Luz",
    "adapted_licence": BY,
    "adapted_url": "https://mapas.example/mina",
    "modifications": "Traduzi os nomes.\n\n Tirei a escala. ",
}
TOLD = (
    "Modificações: Traduzi os nomes; Tirei a escala. "
    'Baseado em "Mapa <da> mina", de Rosa Alves e Iara Luz, '
    "CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/)."
)


def test_every_credit_names_the_earlier_work_and_the_changes() -> None:
    work = files.image(**MAP).as_work("https://rede.example/")
    assert attribution_text(work).endswith(f" {TOLD}")
    html = BeautifulSoup(attribution_html(work), "html5lib")
    assert html.get_text().endswith(f" {TOLD}")
    assert len(html.select("[rel=license]")) == 1


def test_every_size_carries_the_earlier_work_inside() -> None:
    image = files.image(**MAP)
    for size in image.sizes.values():
        content = storages["published"].open(size["file"]).read()
        with pyexiv2.ImageData(content) as picture:
            told = picture.read_xmp()
        assert told["Xmp.dcterms.source"] == "Mapa <da> mina (https://mapas.example/mina)"
        assert told["Xmp.xmpRights.UsageTerms"]['lang="x-default"'].endswith(TOLD)


def test_what_is_said_of_the_earlier_work_makes_the_sizes_anew() -> None:
    image = files.image()
    before = image.inputs()
    image.adapted_title, image.adapted_licence = "Mapa", BY
    assert image.inputs() != before


def test_a_picture_of_ones_own_says_nothing_of_it() -> None:
    image = files.image()
    assert image.adaptation == ""
    assert "adapted" not in image.inputs()


def test_the_page_credits_both_makers_beside_the_picture(client: Client) -> None:
    image = files.image(**MAP)
    image.contextual_alt_text, image.decorative = "Um mapa de minas.", False
    page = pages.guide(body=[*pages.BODY, ("picture", {"picture": image, "caption": ""})])
    html = BeautifulSoup(client.get(page.get_url()).content, "html5lib")
    assert [credit.get_text() for credit in html.select("figure .credit")] == [
        f"Davi Nogueira, 2026. CC BY 4.0. {TOLD}"
    ]


def test_a_cover_that_adapts_is_credited_among_the_parts(client: Client) -> None:
    page = pages.guide(cover_image=files.image(**MAP), licence=BY)
    html = BeautifulSoup(client.get(page.get_url()).content, "html5lib")
    assert TOLD in " ".join(item.get_text() for item in html.select(".reuse li"))


def form_of(image: Image, **changes: Any) -> dict[str, Any]:
    fields = {"title": image.title, "creator": "Davi", "licence": BY.identifier}
    return fields | {"collection": image.collection_id} | changes


def written(licence: Any = BY, **changes: str) -> dict[str, str]:
    return {
        "adapted_title": "Mapa da mina",
        "adapted_licence": licence.identifier if licence else "",
        "modifications": "Traduzi os nomes.",
    } | changes


REFUSED = {
    "no title": (
        written(adapted_title=""),
        "id_adapted_title",
        "Escreva o título da obra que a imagem adapta.",
    ),
    "no licence": (
        written(None),
        "id_adapted_licence",
        "“Mapa da mina” está sem licença. Diga a licença da obra em que você se baseou.",
    ),
    "no changes": (
        written(modifications=" "),
        "id_modifications",
        "Diga o que mudou em “Mapa da mina”.",
    ),
    "licence that does not fit": (
        written(BY_SA),
        "id_licence",
        "CC BY 4.0 não serve aqui. A CC BY-SA 4.0 pede que a versão nova tenha a mesma licença. "
        "Escolha CC BY-SA 4.0.",
    ),
    "not for sale": (written(BY_NC), "id_licence", "A CC BY-NC 4.0 não permite fins comerciais."),
}


@pytest.mark.parametrize(("fields", "field", "sentence"), REFUSED.values(), ids=REFUSED.keys())
def test_what_is_missing_is_said_at_its_field_and_nothing_is_lost(
    curator_client: Client, fields: dict[str, str], field: str, sentence: str
) -> None:
    image = files.image()
    answer = curator_client.post(
        reverse("wagtailimages:edit", args=[image.pk]), form_of(image, **fields)
    )
    html = BeautifulSoup(answer.content, "html5lib")
    said = html.select_one(f"#panel-{field}-errors, #{field}")
    assert said is not None
    wrapper = said.find_parent(class_="w-field__wrapper")
    assert wrapper is not None
    assert sentence in " ".join(wrapper.get_text(" ", strip=True).split())
    for name, value in fields.items():
        control = html.select_one(f"#id_{name}")
        assert control is not None
        chosen = control.select_one("[selected]") if control.name == "select" else None
        assert value in ((chosen.get("value") if chosen else control.get("value")) or control.text)
    image.refresh_from_db()
    assert image.adapted_title == ""


def test_what_is_whole_is_kept(curator_client: Client) -> None:
    image = files.image()
    fields = form_of(
        image, **written(), adapted_authors="Rosa Alves", adapted_url=MAP["adapted_url"]
    )
    answer = curator_client.post(reverse("wagtailimages:edit", args=[image.pk]), fields)
    assert answer.status_code == 302
    image.refresh_from_db()
    assert image.adaptation.startswith("Modificações: Traduzi os nomes.")
    assert "de Rosa Alves, CC BY 4.0" in image.adaptation
