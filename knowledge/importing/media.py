"""Kinds that are heard or watched: interviews and videos."""

import re
from typing import Any

from knowledge.embeds import UnknownPlace, read_embed
from knowledge.importing.bodies import BODY, MAX_TEXT, check_blocks, read_blocks
from knowledge.importing.cells import Cells
from knowledge.importing.kinds import Bench, Column, KindImporter, register_importer
from knowledge.importing.resources import TextImporter
from knowledge.importing.rights import LICENCES, read_licence
from knowledge.markdown import Resolver, UnreadableText, to_blocks
from knowledge.models import InterviewPage, VideoPage

_QUESTION = re.compile(r"^### P: (.+)$", re.MULTILINE)
RECORDING = Column(
    "gravacao",
    "A gravação da entrevista, em MP3",
    "caminho a partir da pasta da planilha, ou cms:número de uma gravação que já está no CMS",
    "audios/entrevista.mp3",
)
TRANSCRIPT = Column(
    "transcricao",
    "O que é dito",
    "WebVTT; em um vídeo de outro site, também texto corrido",
    "WEBVTT …",
)
NO_TRANSCRIPT = Column(
    "sem_transcricao", "Por que não há transcrição", "até 150 caracteres", "sem fala"
)
VIDEO = Column("video", "Um vídeo que já está no CMS", "cms:número", "cms:12")
ADDRESS = Column(
    "video_endereco",
    "Ou o endereço de um vídeo em outro site",
    "YouTube, Vimeo ou PeerTube",
    "https://www.youtube.com/watch?v=…",
)
CREATOR = Column(
    "video_autoria", "Quem fez o vídeo do outro site", "até 250 caracteres", "TV Câmara"
)
LICENCE = Column("video_licenca", "A licença do vídeo do outro site", LICENCES, "CC BY 4.0")
MINUTES = Column("video_minutos", "Quanto dura o vídeo do outro site", "em minutos", "12")


@register_importer
class InterviewImporter(KindImporter):
    """An interview: each question is a line `### P: …` of the text, its answer what follows."""

    page_class = InterviewPage
    columns = (BODY, RECORDING, TRANSCRIPT, NO_TRANSCRIPT)

    def fill(self, page: Any, cells: Cells, bench: Bench) -> None:
        if "texto" in cells:
            self._fill_text(page, cells, bench)
        if "gravacao" in cells:
            name = cells.line("gravacao", 500)
            page.recording = bench.recording(name, cells, page) if name else None
        _fill_transcript(page, cells)

    def _fill_text(self, page: Any, cells: Cells, bench: Bench) -> None:
        """Before the first question, the introduction; after the last answer, a section may follow."""
        before, *asked = _QUESTION.split(cells.text("texto", MAX_TEXT))
        exchanges, after = [], ""
        try:
            for question, answer in zip(asked[::2], asked[1::2], strict=True):
                answer, _, rest = answer.partition("\n## ")
                answered = _answer(question.strip(), answer, bench.resolver(cells))
                exchanges.append(("exchange", {"question": question.strip(), "answer": answered}))
                after += f"\n\n## {rest}" if rest else ""
        except UnreadableText as error:
            cells.refuse(str(error))
            return
        check_blocks(page, "exchanges", exchanges, cells)
        page.exchanges = exchanges
        body = read_blocks(page, "body", f"{before}{after}", cells, bench)
        if body is not None:
            page.body = body


@register_importer
class VideoImporter(TextImporter):
    """A video of our own that has been sent already, or one that lies elsewhere."""

    page_class = VideoPage
    columns = (BODY, VIDEO, ADDRESS, CREATOR, LICENCE, MINUTES, TRANSCRIPT, NO_TRANSCRIPT)

    def fill(self, page: Any, cells: Cells, bench: Bench) -> None:
        super().fill(page, cells, bench)
        if "video" in cells:
            name = cells.line("video", 40)
            page.video = bench.video(name, cells) if name else None
        if "video_endereco" in cells:
            page.embed_url = _address(cells)
        if "video_autoria" in cells:
            page.embed_creator = cells.line("video_autoria", 250)
        if "video_licenca" in cells:
            page.embed_licence = read_licence(cells, "video_licenca", reserved=True)
        if "video_minutos" in cells:
            page.embed_minutes = cells.number("video_minutos", 1_000)
        _fill_transcript(page, cells)


def _answer(question: str, text: str, resolve: Resolver) -> str:
    """An answer as rich text. Raises UnreadableText for what only a body may hold."""
    blocks = to_blocks(text, resolve)
    if any(name != "text" for name, _value in blocks):
        raise UnreadableText(
            f"A resposta a “{question[:60]}” só pode ter parágrafos, listas e links. Em “texto”, leve "
            "notas, tabelas, citações e imagens para antes da primeira pergunta."
        )
    return "".join(value for _name, value in blocks)


def _address(cells: Cells) -> str:
    typed = cells.line("video_endereco", 300)
    try:
        if typed:
            read_embed(typed)
    except UnknownPlace as error:
        cells.refuse(f"{error} Em “video_endereco” está “{typed[:60]}”.")
    return typed


def _fill_transcript(page: Any, cells: Cells) -> None:
    if "transcricao" in cells:
        page.transcript = cells.text("transcricao", MAX_TEXT)
    if "sem_transcricao" in cells:
        page.no_transcript_reason = cells.line("sem_transcricao", 150)
