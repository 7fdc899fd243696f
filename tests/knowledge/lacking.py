"""Drafts to which one thing is missing, and whole ones of each kind."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from files.services import prepare_now
from knowledge.models import Contribution
from licensing.values import BY, BY_NC, RESERVED
from tests.factories import files, pages


def draft(page: Any, prepared: bool = True) -> Any:
    """Save a page as a draft, and have made what it needs (only the drawings, if not prepared)."""
    page.save_revision()
    rows = page.request_preparations()
    prepare_now(*(row for row in rows if prepared or row.is_quick))
    return type(page).objects.get(pk=page.pk)


def _with_picture(image: Any, alt: str = "Ponte de concreto.") -> Any:
    image.contextual_alt_text, image.decorative = alt, False
    picture = ("picture", {"picture": image, "caption": "A ponte"})
    return draft(pages.guide(live=False, body=[*pages.BODY, picture]))


def _guide(**fields: Any) -> Any:
    return draft(pages.guide(live=False, **fields))


def _booklet(**fields: Any) -> Any:
    return draft(pages.booklet(live=False, **fields))


INVENTED = {
    "municipality_code": "",
    "invented_name": "Porto das Águas",
    "invented_state": "BA",
    "data_nature": "ilustrativos",
    "indicators": [pages.indicator(source="")],
}


def _case(**fields: Any) -> Any:
    return draft(pages.case(live=False, **fields))


def _interview(**fields: Any) -> Any:
    return draft(pages.interview(live=False, **fields))


def _editable(**fields: Any) -> Any:
    return draft(pages.editable_document(live=False, **fields))


def _pdf() -> Any:
    return files.document(licence=BY_NC)


def _odt(**fields: Any) -> Any:
    return files.document(content=files.odt_bytes(), name="m.odt", **fields)


def _episode(prepared: bool = True, **fields: Any) -> Any:
    return draft(pages.episode(pages.show(live=False), live=False, **fields), prepared)


def _only_reviewed() -> Any:
    page = pages.guide(live=False)
    page.people.set([Contribution(person=page.people.first().person, role="revisao")])
    page.save()
    return draft(page)


def _without_steps() -> Any:
    page = pages.trail(live=False)
    page.steps.set([])
    page.save()
    return draft(page)


def _show_with_small_cover() -> Any:
    return draft(pages.show(live=False, cover_image=files.image()))


def _with_an_unfit_image() -> Any:
    image = files.image()
    type(image).objects.filter(pk=image.pk).update(made="", state="failed", failure="Não abre.")
    image.refresh_from_db()
    return _guide(cover_image=image)


@dataclass(frozen=True)
class Lacking:
    """One thing missing: how to make such a draft, the field it belongs to, part of the sentence.

    What is `passing` mends itself: a review or a date still to come may wait for it.
    """

    name: str
    make: Callable[[], Any]
    field: str
    sentence: str
    passing: bool = False


CASES = [
    Lacking("licence", lambda: _guide(licence=None), "licence", "Escolha a licença"),
    Lacking("credit", lambda: _guide(authors=()), "people", "Diga quem fez"),
    Lacking("author, though reviewed", _only_reviewed, "people", "Diga quem fez"),
    Lacking("summary", lambda: _guide(summary=""), "summary", "Escreva o resumo"),
    Lacking("text", lambda: _guide(body=[]), "body", "Escreva o texto"),
    Lacking("alt", lambda: _with_picture(files.image(), ""), "body", "alternativo"),
    Lacking(
        "licence of an image",
        lambda: _with_picture(files.image(licence=None)),
        "body",
        "A imagem “Ponte nova” está sem licença",
    ),
    Lacking(
        "licence of the cover",
        lambda: _guide(cover_image=files.image(licence=None)),
        "cover_image",
        "A imagem “Ponte nova” está sem licença",
    ),
    Lacking(
        "permission for an image",
        lambda: _with_picture(files.image(licence=RESERVED)),
        "body",
        "todos os direitos reservados",
    ),
    Lacking(
        "author of an image",
        lambda: _with_picture(files.image(creator="")),
        "body",
        "A imagem “Ponte nova” não diz quem fez",
    ),
    Lacking(
        "image that was prepared",
        lambda: _guide(cover_image=files.image(ready=False)),
        "cover_image",
        "A imagem “Ponte nova” ainda está sendo preparada",
        passing=True,
    ),
    Lacking("image that opens", _with_an_unfit_image, "cover_image", "não pôde ser preparada"),
    Lacking("PDF", lambda: _booklet(document=None), "document", "Escolha o PDF"),
    Lacking(
        "one licence for PDF and page",
        lambda: _booklet(document=files.document(licence=BY), licence=BY_NC),
        "licence",
        "O PDF diz CC BY 4.0 e a página diz CC BY-NC 4.0",
    ),
    Lacking(
        "PDF that was prepared",
        lambda: _booklet(document=files.document(ready=False, licence=BY_NC)),
        "document",
        "O arquivo “Cartilha” ainda está sendo preparado",
        passing=True,
    ),
    Lacking(
        "text of the booklet", lambda: _booklet(body=pages.BODY), "body", "ao menos 40 palavras"
    ),
    Lacking("PDF, not ODT", lambda: _booklet(document=_odt(licence=BY_NC)), "document", "é ODT"),
    Lacking("original, not PDF", lambda: _booklet(editable=_pdf()), "editable", "é PDF. Escolha"),
    Lacking(
        "municipality",
        lambda: _case(municipality_code=""),
        "municipality_code",
        "Diga em que município",
    ),
    Lacking(
        "municipality that exists, for data with a source",
        lambda: _case(invented_name="Porto das Águas", invented_state="BA", municipality_code=""),
        "invented_name",
        "só serve em caso com dados ilustrativos",
    ),
    Lacking(
        "one municipality, not two",
        lambda: _case(**INVENTED | {"municipality_code": "2312908"}),
        "invented_name",
        "Deixe só um",
    ),
    Lacking(
        "state of an invented municipality",
        lambda: _case(**INVENTED | {"invented_state": ""}),
        "invented_state",
        "Escolha o estado",
    ),
    Lacking("nature of the data", lambda: _case(data_nature=""), "data_nature", "têm fonte ou são"),
    Lacking("period", lambda: _case(starts="", ends=""), "starts", "Diga quando começou"),
    Lacking("problem", lambda: _case(problem=[]), "problem", "Conte qual era o problema"),
    Lacking(
        "what was done", lambda: _case(done=[("text", "<p> </p>")]), "done", "Conte o que foi feito"
    ),
    Lacking("indicator", lambda: _case(indicators=[]), "indicators", "ao menos um indicador"),
    Lacking(
        "source of an indicator",
        lambda: _case(indicators=[pages.indicator(source="")]),
        "indicators",
        "Diga a fonte de “Espera média por vaga”",
    ),
    Lacking(
        "contact",
        lambda: _case(contact_sector=" "),
        "contact_sector",
        "Diga o setor de contato",
    ),
    Lacking(
        "licence of a file of a case",
        lambda: _case(files_to_reuse=[files.document(licence=None)]),
        "files_to_reuse",
        "O arquivo “Cartilha” está sem licença",
    ),
    Lacking("questions", lambda: _interview(exchanges=[]), "exchanges", "Escreva as perguntas"),
    Lacking("who answered", lambda: _interview(guests=()), "people", "Diga quem respondeu"),
    Lacking(
        "transcript of a recorded interview",
        lambda: _interview(recording=files.recording()),
        "transcript",
        "Falta a transcrição da gravação",
    ),
    Lacking(
        "readable transcript of an interview",
        lambda: _interview(recording=files.recording(), transcript="Bom dia."),
        "transcript",
        "A transcrição não está em WebVTT",
    ),
    Lacking(
        "recording that was prepared",
        lambda: _interview(recording=files.recording(ready=False), transcript=files.vtt_text()),
        "recording",
        "A gravação “Conversa” ainda está sendo preparada",
        passing=True,
    ),
    Lacking("document", lambda: _editable(odt=None), "odt", "Escolha o documento"),
    Lacking(
        "ODT that is one", lambda: _editable(odt=_pdf()), "odt", "é PDF. Escolha um arquivo ODT"
    ),
    Lacking(
        "one licence for document and page",
        lambda: _editable(odt=_odt(licence=BY)),
        "licence",
        "O arquivo ODT diz CC BY 4.0 e a página diz CC BY-NC 4.0",
    ),
    Lacking("steps", _without_steps, "steps", "Acrescente as etapas"),
    Lacking(
        "step that is live",
        lambda: draft(pages.trail(pages.guide(), pages.guide(live=False), live=False)),
        "steps",
        "aponta para um material que não está publicado",
    ),
    Lacking("recording", lambda: _episode(recording=None), "recording", "Escolha a gravação"),
    Lacking(
        "recording that may go out under the licence of the episode",
        lambda: _episode(recording=files.recording(licence=BY_NC), licence=BY),
        "licence",
        "A gravação diz “CC BY-NC 4.0” e o áudio sairia com CC BY 4.0",
    ),
    Lacking(
        "audio that was prepared",
        lambda: _episode(prepared=False),
        "recording",
        "O áudio ainda está sendo preparado",
        passing=True,
    ),
    Lacking("transcript", lambda: _episode(transcript=""), "transcript", "Falta a transcrição"),
    Lacking(
        "readable transcript",
        lambda: _episode(transcript="WEBVTT\n\nHá uma fala --> sem horário."),
        "transcript",
        "da transcrição não diz de quando a quando é a fala",
    ),
    Lacking(
        "cover large enough for podcasts",
        _show_with_small_cover,
        "cover_image",
        "ao menos 1.400 × 1.400 pixels",
    ),
]

WHOLE: dict[str, Callable[[], Any]] = {
    "guide": _guide,
    "article": lambda: draft(pages.article(live=False)),
    "booklet": _booklet,
    "case": lambda: draft(pages.case(live=False)),
    "invented case": lambda: draft(pages.case(live=False, **INVENTED)),
    "interview": lambda: draft(pages.interview(live=False)),
    "interview to hear": lambda: draft(
        pages.interview(live=False, recording=files.recording(), transcript=files.vtt_text())
    ),
    "editable document": lambda: draft(pages.editable_document(live=False)),
    "trail": lambda: draft(pages.trail(live=False)),
    "show": lambda: draft(pages.show(live=False)),
    "episode": _episode,
}
