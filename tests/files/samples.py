"""Files as people send them: whole, broken, and not what their name says."""

import io
import math
import random
import struct
import wave
import zlib
from dataclasses import dataclass

import pikepdf
from PIL import Image as PillowImage

from files.office import DOCX_TYPE
from tests.factories.files import (
    archive,
    docx_bytes,
    docx_parts,
    mp3_bytes,
    odt_bytes,
    odt_parts,
    pdf_bytes,
    picture_bytes,
    video_bytes,
)


@dataclass(frozen=True)
class Sample:
    """A file to send. `refusal` is how the sentence begins that the sender must read."""

    name: str
    content: bytes
    refusal: str = ""

    def __str__(self) -> str:
        return f"{self.name}, {len(self.content)}"


def noise(width: int, height: int, kind: str, mode: str = "RGB", **options: object) -> bytes:
    """A picture that does not compress away, so that cutting it loses something."""
    bands = len(PillowImage.new(mode, (1, 1)).getbands())
    content = random.Random(7).randbytes(width * height * bands)
    return encoded(PillowImage.frombytes(mode, (width, height), content), kind, **options)


def encoded(picture: PillowImage.Image, kind: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, kind, **options)
    return buffer.getvalue()


def png_that_says(width: int, height: int) -> bytes:
    """A PNG of a few bytes whose header promises a size."""

    def chunk(name: bytes, data: bytes) -> bytes:
        checked = struct.pack(">I", zlib.crc32(name + data))
        return struct.pack(">I", len(data)) + name + data + checked

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0"))
        + chunk(b"IEND", b"")
    )


def animation(kind: str) -> bytes:
    frames = [PillowImage.new("RGB", (40, 30), (level, 0, 0)) for level in (0, 90, 180)]
    return encoded(frames[0], kind, save_all=True, append_images=frames[1:])


def telephone_jpeg() -> bytes:
    """Two pictures in one JPEG (MPO), as many telephones write: the photo and a smaller one."""
    photo = PillowImage.new("RGB", (300, 200), "navy")
    return encoded(photo, "MPO", save_all=True, append_images=[photo.resize((30, 20))])


def protected_pdf(user_password: str) -> bytes:
    buffer = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf_bytes())) as pdf:
        pdf.save(buffer, encryption=pikepdf.Encryption(owner="dono", user=user_password))
    return buffer.getvalue()


def _odt(**parts: bytes | str) -> bytes:
    """An ODT with more or other parts; `__` in a name stands for a slash, `_dot_` for a point."""
    named = {name.replace("__", "/").replace("_dot_", "."): part for name, part in parts.items()}
    return archive(odt_parts() | named)


def _docx(**parts: bytes | str) -> bytes:
    named = {name.replace("__", "/").replace("_dot_", "."): part for name, part in parts.items()}
    return archive(docx_parts() | named)


def _docx_saying(xml: str) -> bytes:
    document = str(docx_parts()["word/document.xml"])
    return _docx(word__document_dot_xml=document.replace("<w:p>", f"<w:p>{xml}", 1))


def _docx_related(relation: str) -> bytes:
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    made = f'<Relationships xmlns="{space}">{relation.replace("{office}", office)}</Relationships>'
    return archive(docx_parts() | {"word/_rels/settings.xml.rels": made})


def locked_zip() -> bytes:
    """An archive whose entries say that they are encrypted."""
    content = bytearray(docx_bytes())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(signature)
        while at >= 0:
            content[at + offset] |= 1
            at = content.find(signature, at + 4)
    return bytes(content)


def bomb() -> bytes:
    """A small archive that unpacks to more than may be read."""
    parts: dict[str, bytes | str] = dict(odt_parts())
    for number in range(5):
        parts[f"Pictures/{number}.bin"] = bytes(45 * 1024 * 1024)
    return archive(parts)


_CFB = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
_ENTITIES = (
    '<!DOCTYPE a [<!ENTITY b "bum"><!ENTITY c "&b;&b;&b;&b;">]><office:document-content '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0">&c;</office:document-content>'
)
_NO_ODT = "Este arquivo não é um ODT, embora o nome diga que é."
_NO_DOCX = "Este arquivo não é um DOCX, embora o nome diga que é."
_MACROS = "O documento tem macros."
_OBJECT = "O documento tem um objeto embutido"
_LINKED = "O documento busca um modelo, uma imagem ou um texto em outro lugar."
_LOCKED = "O documento pede senha."
_BROKEN = "O documento está danificado e não abre."
_TRACKED = "O documento guarda alterações controladas"


def bad_office_documents() -> list[Sample]:
    """Documents for editing as they must not be handed on."""
    main = f"{DOCX_TYPE}.main+xml"
    types = str(docx_parts()["[Content_Types].xml"])
    macro_type = "application/vnd.ms-word.document.macroEnabled.main+xml"
    cut = odt_bytes()
    return [
        Sample("vazio.odt", b"", _EMPTY),
        Sample("texto.docx", TEXT, _NO_DOCX),
        Sample("pagina.odt", HTML, _NO_ODT),
        Sample("troca.docx", _PDF, "Este arquivo é um PDF, embora o nome diga DOCX."),
        Sample("troca.odt", docx_bytes(), "Este arquivo não é um texto ODT"),
        Sample("troca2.docx", odt_bytes(), _BROKEN),
        Sample("antigo.docx", _CFB, "Este arquivo é um documento antigo do Word (.doc)"),
        Sample("senha.docx", _CFB + "EncryptedPackage".encode("utf-16-le"), _LOCKED),
        Sample("senha2.docx", locked_zip(), _LOCKED),
        Sample(
            "senha.odt",
            _odt(
                **{
                    "META-INF__manifest_dot_xml": '<m:manifest xmlns:m="urn:oasis:names:tc:'
                    'opendocument:xmlns:manifest:1.0"><m:file-entry><m:encryption-data/>'
                    "</m:file-entry></m:manifest>"
                }
            ),
            _LOCKED,
        ),
        Sample("meio.odt", cut[: len(cut) // 2], _BROKEN),
        Sample("bomba.odt", bomb(), "O documento é grande demais por dentro."),
        Sample("entidades.odt", _odt(content_dot_xml=_ENTITIES), _BROKEN),
        Sample("fora.docx", archive(docx_parts() | {"../fora.xml": "<a/>"}), _BROKEN),
        Sample("macro.odt", _odt(Basic__Standard__Module1_dot_xml="<a/>"), _MACROS),
        Sample("evento.odt", archive(odt_parts("<script:event-listener/>")), _MACROS),
        Sample("macro.docx", _docx(word__vbaProject_dot_bin=b"x"), _MACROS),
        Sample(
            "renomeado.docx",
            archive(docx_parts() | {"[Content_Types].xml": types.replace(main, macro_type)}),
            _MACROS,
        ),
        Sample("macro.docm", docx_bytes(), "Não publicamos .docm. Ele pode ter macros."),
        Sample("antigo.doc", _CFB, "Não publicamos .doc. Abra no editor de textos"),
        Sample(
            "planilha.docx",
            archive(docx_parts() | {"word/embeddings/planilha.xlsx": b"PK"}),
            _OBJECT,
        ),
        Sample("objeto.odt", archive(odt_parts('<draw:object xlink:href="./Object 1"/>')), _OBJECT),
        Sample(
            "modelo-de-fora.docx",
            _docx_related(
                '<Relationship Id="r" Type="{office}/attachedTemplate" '
                'Target="https://exemplo.example/m.dotm" TargetMode="External"/>'
            ),
            _LINKED,
        ),
        Sample(
            "imagem-de-fora.odt",
            archive(odt_parts('<draw:image xlink:href="https://exemplo.example/x.png"/>')),
            _LINKED,
        ),
        Sample(
            "campo.docx", _docx_saying("<w:r><w:instrText>DDEAUTO c</w:instrText></w:r>"), _LINKED
        ),
        Sample(
            "revisao.docx",
            _docx_saying('<w:ins w:author="Maria"><w:r><w:t>novo</w:t></w:r></w:ins>'),
            _TRACKED,
        ),
        Sample(
            "revisao.odt",
            archive(
                odt_parts("<text:tracked-changes><text:changed-region/></text:tracked-changes>")
            ),
            _TRACKED,
        ),
        Sample(
            "assinado.odt",
            archive(odt_parts() | {"META-INF/documentsignatures.xml": "<a/>"}),
            "O documento tem assinatura digital",
        ),
    ]


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><script>alert(document.cookie)</script>" * 40
TEXT = "Isto é só um texto, sem som nenhum. ".encode() * 400
_JPEG, _PNG, _WEBP = (noise(120, 90, kind) for kind in ("JPEG", "PNG", "WEBP"))
_PDF, _MP3 = pdf_bytes(), mp3_bytes()

_NOT_A_PICTURE = "Este arquivo não é uma imagem JPEG, PNG ou WebP."
_BROKEN_PICTURE = "A imagem está incompleta ou danificada."
_TOO_MANY_PIXELS = "A imagem tem pixels demais (o limite é 50 milhões"
_MOVES = "A imagem se mexe (é uma animação)"
_EMPTY = "está vazio"

BAD_PICTURES = [
    Sample("desenho.svg", SVG, _NOT_A_PICTURE),
    Sample("desenho.png", SVG, _NOT_A_PICTURE),
    Sample("pagina.jpg", HTML, _NOT_A_PICTURE),
    Sample("antiga.gif", encoded(PillowImage.new("P", (9, 9)), "GIF"), _NOT_A_PICTURE),
    Sample("tiff.jpg", encoded(PillowImage.new("RGB", (9, 9)), "TIFF"), _NOT_A_PICTURE),
    Sample("vazia.jpg", b"", _EMPTY),
    Sample("gigante.png", png_that_says(20000, 10000), _TOO_MANY_PIXELS),
    Sample("grande.png", png_that_says(8000, 6251), _TOO_MANY_PIXELS),
    Sample("mentira.png", png_that_says(300, 200), _BROKEN_PICTURE),
    Sample("meia.jpg", _JPEG[: len(_JPEG) // 2], _BROKEN_PICTURE),
    Sample("meia.png", _PNG[: len(_PNG) // 2], _BROKEN_PICTURE),
    Sample("meia.webp", _WEBP[: len(_WEBP) // 2], _NOT_A_PICTURE),
    Sample("cabeca.jpg", _JPEG[:40], _NOT_A_PICTURE),
    Sample(
        "medica.png",
        encoded(PillowImage.new("I;16", (300, 200), 40000), "PNG"),
        "A imagem guarda mais tons de cinza do que uma tela mostra",
    ),
    Sample("festa.webp", animation("WEBP"), _MOVES),
    Sample("festa.png", animation("PNG"), _MOVES),
    Sample("trocada.jpg", _PNG, "Não é uma imagem .jpeg válida. A extensão não corresponde"),
    Sample("trocada.png", _JPEG, "Não é uma imagem .png válida. A extensão não corresponde"),
    Sample("pesada.jpg", _JPEG + bytes(20 * 1024 * 1024), "Esse arquivo é muito grande"),
]
GOOD_PICTURES = [
    Sample("foto.jpg", picture_bytes(gps=True)),
    Sample("FOTO DA PRAÇA.JPEG", picture_bytes()),
    Sample("progressiva.jpg", noise(300, 200, "JPEG", progressive=True)),
    Sample("grafica.jpg", noise(300, 200, "JPEG", mode="CMYK")),
    Sample("cinza.jpg", noise(300, 200, "JPEG", mode="L")),
    Sample("telefone.jpg", telephone_jpeg()),
    Sample("ponto.jpg", noise(1, 1, "JPEG")),
    Sample("faixa.png", noise(900, 3, "PNG")),
    Sample("transparente.png", noise(300, 200, "PNG", mode="RGBA")),
    Sample("paleta.png", encoded(PillowImage.new("P", (300, 200)), "PNG", transparency=0)),
    Sample("fax.png", encoded(PillowImage.new("1", (300, 200), 1), "PNG")),
    Sample("web.webp", noise(300, 200, "WEBP")),
    Sample("web-transparente.webp", noise(300, 200, "WEBP", mode="RGBA", lossless=True)),
]

_DAMAGED = "O PDF está danificado e não abre."
_CUT = "O PDF está incompleto"
BAD_DOCUMENTS = [
    Sample("pagina.pdf", HTML, "Este arquivo não é um PDF, embora o nome diga que é."),
    Sample("foto.pdf", _JPEG, "Este arquivo não é um PDF, embora o nome diga que é."),
    Sample("disfarce.pdf", b"%PDF-1.7\n" + HTML, _CUT),
    Sample("estragado.pdf", b"%PDF-1.7\n" + HTML + b"%%EOF\n", _DAMAGED),
    Sample("vazio.pdf", b"", _EMPTY),
    Sample("meio.pdf", _PDF[: len(_PDF) // 2], _CUT),
    Sample("quase.pdf", _PDF[:-30], _CUT),
    Sample("secreto.pdf", protected_pdf("segredo"), "O PDF pede senha."),
    Sample("nada.pdf", pdf_bytes(pages=0), "O PDF não tem nenhuma página."),
    Sample("contas.xlsx", _PDF, "A extensão de arquivo “xlsx” não é permitida."),
]
BAD_DOCUMENTS += bad_office_documents()
GOOD_OFFICE_DOCUMENTS = [
    Sample("portaria.odt", odt_bytes()),
    Sample("PORTARIA Nº 1.DOCX", docx_bytes()),
]
GOOD_DOCUMENTS = [
    Sample("cartilha.pdf", _PDF),
    Sample("CARTILHA DA SAÚDE.PDF", _PDF),
    Sample("sem-copia.pdf", protected_pdf("")),
    Sample("precedido.pdf", b"\xef\xbb\xbf\n" + _PDF),
]


def wav_bytes(seconds: float = 2, level: int = 6000) -> bytes:
    """A tone, in mono."""
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        pace = 2 * math.pi * 440 / 8000
        tone = (round(level * math.sin(pace * place)) for place in range(int(seconds * 8000)))
        file.writeframes(b"".join(struct.pack("<h", sample) for sample in tone))
    return buffer.getvalue()


def id3_with(frames: bytes) -> bytes:
    """A tag (ID3v2.3) with these frames in it."""
    return (
        b"ID3\x03\x00\x00" + bytes(len(frames) >> shift & 0x7F for shift in (21, 14, 7, 0)) + frames
    )


def huge_art() -> bytes:
    """A cover of twenty megabytes, as a frame of a tag."""
    art = b"\0image/jpeg\0\3\0" + bytes(20 * 1024 * 1024)
    return id3_with(b"APIC" + struct.pack(">IH", len(art), 0) + art)


_WAV, _OGG, _M4A = wav_bytes(), video_bytes("som.opus"), video_bytes("som.m4a")
PLAYLIST = b"#EXTM3U\n#EXTINF:10,\nhttp://127.0.0.1/segredo\n#EXT-X-ENDLIST\n"
CONCAT = b"ffconcat version 1.0\nfile /etc/passwd\nfile http://127.0.0.1/segredo\n"
_NOT_A_RECORDING = "Este arquivo não é uma gravação que se possa tocar."
_CUT_RECORDING = "A gravação está incompleta"
_A_VIDEO = "Este arquivo é um vídeo. Exporte só o som"

BAD_RECORDINGS = [
    Sample("texto.mp3", TEXT, _NOT_A_RECORDING),
    Sample("pagina.mp3", HTML, _NOT_A_RECORDING),
    Sample("silencio.mp3", bytes(20_000), _NOT_A_RECORDING),
    Sample("foto.mp3", _JPEG, "Este arquivo não"),
    Sample("vazia.mp3", b"", _EMPTY),
    Sample("meia.mp3", _MP3[: len(_MP3) // 2], _CUT_RECORDING),
    Sample("instante.mp3", _MP3[:900], _CUT_RECORDING),
    Sample("lista.mp3", PLAYLIST, _NOT_A_RECORDING),
    Sample("lista.m3u8", PLAYLIST * 40, _NOT_A_RECORDING),
    Sample("concatena.mp3", CONCAT, _NOT_A_RECORDING),
    Sample("filme.mp3", video_bytes(), _A_VIDEO),
    Sample("filme.ogg", b"OggS\0\2" + bytes(22) + b"\x80theora" + bytes(40), _A_VIDEO),
    Sample("filme.wav", b"RIFF\0\0\1\0AVI LIST" + bytes(4000), _A_VIDEO),
    Sample("som.mp3", video_bytes("som.webm"), "Aqui não entra este tipo de arquivo."),
    Sample("meia.wav", _WAV[: len(_WAV) // 2], _CUT_RECORDING),
    Sample("cabeca.wav", _WAV[:30], _CUT_RECORDING),
    Sample("meia.ogg", _OGG[: len(_OGG) // 2], _CUT_RECORDING),
    Sample("meia.m4a", _M4A[: len(_M4A) // 2], _CUT_RECORDING),
]
GOOD_RECORDINGS = [
    Sample("conversa.mp3", _MP3),
    Sample("CONVERSA DE MAIO.MP3", _MP3),
    Sample("conversa.wav", _WAV),
    Sample("conversa.opus", _OGG),
    Sample("conversa.m4a", _M4A),
    Sample("conversa.txt", _MP3),
    Sample("capa-enorme.mp3", huge_art() + _MP3),
]


def mp4_that_says(seconds: int, width: int = 96) -> bytes:
    """An MP4 whose header promises a duration and a width."""
    content = bytearray(video_bytes())
    at = content.index(b"mvhd") + 16  # time scale, then duration
    scale = int.from_bytes(content[at : at + 4], "big")
    content[at + 4 : at + 8] = struct.pack(">I", seconds * scale)
    at = content.index(b"tkhd") + 80
    content[at : at + 4] = struct.pack(">I", width << 16)
    return bytes(content)


_MP4, _MOV, _WEBM = (
    video_bytes(f"{name}") for name in ("pequeno.mp4", "telefone.mov", "pequeno.webm")
)
_NOT_A_VIDEO = "Este arquivo não é um vídeo MP4, MOV ou WebM."
_CUT_VIDEO = "O vídeo está incompleto"

BAD_VIDEOS = [
    Sample("texto.mp4", TEXT, _NOT_A_VIDEO),
    Sample("pagina.webm", HTML, _NOT_A_VIDEO),
    Sample("lista.mp4", PLAYLIST, _NOT_A_VIDEO),
    Sample("foto.mov", _JPEG, _NOT_A_VIDEO),
    Sample("som.mp4", _MP3, _NOT_A_VIDEO),
    Sample("filme.mkv", _WEBM.replace(b"webm", b"mkv0", 1), _NOT_A_VIDEO),
    Sample("vazio.mp4", b"", _EMPTY),
    Sample("meio.mp4", _MP4[: len(_MP4) // 2], _CUT_VIDEO),
    Sample("quase.mp4", _MP4[:-30], _CUT_VIDEO),
    Sample("sem-indice.mov", _MOV[: len(_MOV) // 2], _CUT_VIDEO),
    Sample("meio.webm", _WEBM[: len(_WEBM) // 2], _CUT_VIDEO),
    Sample("conversa.m4a", video_bytes("som.m4a"), "O arquivo só tem som, sem imagem."),
    Sample("conversa.webm", video_bytes("som.webm"), "O arquivo só tem som, sem imagem."),
    Sample("seculo.mp4", mp4_that_says(40_000), "O vídeo passa de 4 horas."),
    Sample("quatro-horas.mp4", mp4_that_says(14_401), "O vídeo passa de 4 horas."),
    Sample("largo.mp4", mp4_that_says(2, 20_000), "A imagem do vídeo tem pixels demais"),
]
GOOD_VIDEOS = [
    Sample("aula.mp4", _MP4),
    Sample("AULA DE MAIO.MOV", _MOV),
    Sample("aula.webm", _WEBM),
    Sample("aula.txt", _MP4),
]
