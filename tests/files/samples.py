"""Files as people send them: whole, broken, and not what their name says."""

import io
import random
import struct
import zlib
from dataclasses import dataclass

import pikepdf
from PIL import Image as PillowImage

from tests.factories.files import mp3_bytes, pdf_bytes, picture_bytes, video_bytes


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
GOOD_DOCUMENTS = [
    Sample("cartilha.pdf", _PDF),
    Sample("CARTILHA DA SAÚDE.PDF", _PDF),
    Sample("sem-copia.pdf", protected_pdf("")),
    Sample("precedido.pdf", b"\xef\xbb\xbf\n" + _PDF),
]

BAD_RECORDINGS = [
    Sample("texto.mp3", TEXT, "Este arquivo não é um MP3 que se possa tocar."),
    Sample("pagina.mp3", HTML, "Este arquivo não é um MP3 que se possa tocar."),
    Sample("silencio.mp3", bytes(20_000), "Este arquivo não é um MP3 que se possa tocar."),
    Sample("foto.mp3", _JPEG, "Este arquivo não"),
    Sample("vazia.mp3", b"", _EMPTY),
    Sample("meia.mp3", _MP3[: len(_MP3) // 2], "A gravação está incompleta"),
    Sample("instante.mp3", _MP3[:900], "A gravação está incompleta"),
]
GOOD_RECORDINGS = [
    Sample("conversa.mp3", _MP3),
    Sample("CONVERSA DE MAIO.MP3", _MP3),
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
PLAYLIST = b"#EXTM3U\n#EXTINF:10,\nhttp://127.0.0.1/segredo\n#EXT-X-ENDLIST\n"

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
