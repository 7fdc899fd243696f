"""Looking into uploaded files: what they are is read from their content, never from their name.

Each function raises UnfitFile with a sentence that says what is wrong and what to do.
"""

import hashlib
import io
import re
import warnings
from typing import IO, Any

from django.core.exceptions import ValidationError

MAX_PIXELS = 50_000_000
MAX_PDF_BYTES = 100 * 1024 * 1024
MAX_PDF_TEXT = 2_000_000  # characters
MAX_RECORDING_BYTES = 300 * 1024 * 1024
_IMAGE_FORMATS = ("JPEG", "PNG", "WEBP")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


class UnfitFile(ValidationError):
    """A file that cannot be used, and why, in plain Portuguese."""


class PartMissing(RuntimeError):
    """Something that the server needs for this work is not installed. Says what, in Portuguese."""


def clean_text(text: str) -> str:
    """Text without the characters that XML and feeds refuse; keeps tabs and line ends."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def hash_of(file: IO[bytes]) -> str:
    """SHA-256 of a file, in hexadecimal; leaves the file at its beginning."""
    digest = hashlib.sha256()
    file.seek(0)
    while chunk := file.read(1024 * 1024):
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


def check_image(file: IO[bytes]) -> None:
    """Refuse whatever is not a whole, still JPEG, PNG or WebP of at most 50 megapixels."""
    from PIL import Image, UnidentifiedImageError

    file.seek(0)
    if not file.read(1):
        raise UnfitFile("O arquivo está vazio. Envie a imagem de novo.")
    file.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(file, formats=_IMAGE_FORMATS) as picture:
                _check_picture(picture)
    except Image.DecompressionBombError:
        raise UnfitFile(_too_many_pixels()) from None
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError):
        raise UnfitFile(
            "Este arquivo não é uma imagem JPEG, PNG ou WebP. Se for um desenho SVG, "
            "exporte como PNG e envie de novo."
        ) from None
    finally:
        file.seek(0)


def _check_picture(picture: Any) -> None:
    """The header first, then every byte of the picture."""
    width, height = picture.size
    # A telephone's JPEG may hold several pictures (MPO): the first is the one that is shown.
    is_animated = picture.format in ("PNG", "WEBP") and getattr(picture, "n_frames", 1) > 1
    if width * height > MAX_PIXELS:
        raise UnfitFile(_too_many_pixels())
    if is_animated:
        raise UnfitFile(
            "A imagem se mexe (é uma animação), e aqui só cabem imagens paradas. "
            "Salve um quadro dela como JPEG ou PNG e envie."
        )
    if picture.mode.startswith(("I", "F")):
        raise UnfitFile(
            "A imagem guarda mais tons de cinza do que uma tela mostra (16 bits ou mais). "
            "Salve como JPEG ou PNG de 8 bits e envie."
        )
    try:
        picture.draft(None, (width // 8 or 1, height // 8 or 1))  # reads a JPEG to its end
        picture.load()
    except Exception:
        raise UnfitFile(
            "A imagem está incompleta ou danificada. Exporte de novo e envie."
        ) from None


def _too_many_pixels() -> str:
    return (
        "A imagem tem pixels demais (o limite é 50 milhões, por exemplo 8.000 × 6.000). "
        "Reduza e envie de novo."
    )


# What people send instead of a document that can be handed on, and what to do with it.
_OTHER_FORMATS = {
    "doc": "Abra no editor de textos, use “Salvar como” e escolha ODT ou DOCX.",
    "docm": "Ele pode ter macros. Salve como DOCX comum, sem macros, e envie.",
    "dotx": "Ele é um modelo do Word. Salve como DOCX comum e envie.",
    "dotm": "Ele pode ter macros. Salve como DOCX comum, sem macros, e envie.",
    "ott": "Ele é um modelo do LibreOffice. Salve como ODT e envie.",
    "rtf": "Abra no editor de textos, use “Salvar como” e escolha ODT ou DOCX.",
}


def check_document(file: Any) -> None:
    """Refuse whatever is not a PDF, an ODT or a DOCX, as its name says it is."""
    extension = str(file.name).rsplit(".", 1)[-1].lower()
    if extension in _OTHER_FORMATS:
        raise UnfitFile(f"Não publicamos .{extension}. {_OTHER_FORMATS[extension]}")
    if extension == "pdf":
        check_pdf(file)
    elif extension in ("odt", "docx"):
        from files.office import check_editable

        check_editable(file, extension)


def check_pdf(file: Any) -> None:
    """Refuse whatever is not a PDF that opens without a password."""
    import pikepdf

    file.seek(0)
    head = file.read(1024)
    if not head:
        raise UnfitFile("O arquivo está vazio. Envie o PDF de novo.")
    if b"%PDF-" not in head:
        raise UnfitFile("Este arquivo não é um PDF, embora o nome diga que é. Envie um PDF.")
    size = file.seek(0, io.SEEK_END)
    if size > MAX_PDF_BYTES:
        raise UnfitFile("O PDF passa de 100 MB. Diminua as imagens dele e envie de novo.")
    # qpdf opens half a file too, with whatever pages it finds (PDF 1.7, annex H.3, note 18).
    file.seek(max(0, size - 1024))
    if b"%%EOF" not in file.read():
        raise UnfitFile("O PDF está incompleto: acaba antes do fim. Exporte de novo e envie.")
    file.seek(0)
    try:
        with pikepdf.open(file) as pdf:
            pages = len(pdf.pages)
    except pikepdf.PasswordError:
        raise UnfitFile("O PDF pede senha. Salve uma cópia sem senha e envie de novo.") from None
    except (pikepdf.PdfError, ValueError, RecursionError):
        raise UnfitFile("O PDF está danificado e não abre. Exporte de novo e envie.") from None
    finally:
        file.seek(0)
    if not pages:
        raise UnfitFile("O PDF não tem nenhuma página. Exporte de novo e envie.")


def read_pdf(content: bytes) -> tuple[str, int]:
    """The text of a PDF, at most MAX_PDF_TEXT characters, and its number of pages."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    check_pdf(io.BytesIO(content))
    try:
        reader = PdfReader(io.BytesIO(_without_locks(content)))
        pages = len(reader.pages)
    except (PyPdfError, ValueError, KeyError, RecursionError):
        raise UnfitFile("O PDF está danificado e não abre. Exporte de novo e envie.") from None
    parts: list[str] = []
    length = 0
    for page in reader.pages:
        try:
            text = clean_text(page.extract_text())
        except Exception:  # noqa: S112 (a page that cannot be read does not spoil the others)
            continue
        parts.append(text)
        length += len(text)
        if length > MAX_PDF_TEXT:
            break
    return "\n\n".join(parts)[:MAX_PDF_TEXT], pages


def _without_locks(content: bytes) -> bytes:
    """The PDF without the encryption by which printing or copying is forbidden to its readers."""
    import pikepdf

    buffer = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        if not pdf.is_encrypted:
            return content
        pdf.save(buffer)
    return buffer.getvalue()


def check_mp3(file: IO[bytes]) -> None:
    """Refuse whatever is not an MP3 with something in it."""
    file.seek(0, io.SEEK_END)
    size = file.tell()
    if not size:
        raise UnfitFile("O arquivo está vazio. Envie a gravação de novo.")
    if size > MAX_RECORDING_BYTES:
        raise UnfitFile("A gravação passa de 300 MB. Exporte em MP3 de 128 kbit/s e envie de novo.")
    read_mp3(file)


def read_mp3(file: IO[bytes]) -> int:
    """The duration of an MP3 in milliseconds. Refuses a file shorter than its header promises."""
    from mutagen import MutagenError
    from mutagen.mp3 import HeaderNotFoundError, MPEGInfo

    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    try:
        # The sound alone: a tag may hold a small frame that unpacks to gigabytes.
        info = MPEGInfo(file)
    except (HeaderNotFoundError, MutagenError, ValueError, EOFError):
        raise UnfitFile(
            "Este arquivo não é uma gravação que se possa tocar. Exporte em MP3 ou WAV e envie de novo."
        ) from None
    finally:
        file.seek(0)
    if info.sketchy or info.length < 1:
        raise UnfitFile(
            "Este arquivo não parece uma gravação inteira. Exporte em MP3 ou WAV e envie de novo."
        )
    promised = info.length * info.bitrate / 8
    if size - info.frame_offset < promised * 0.99:
        raise UnfitFile(
            "A gravação está incompleta: o arquivo acaba antes do som. Exporte de novo e envie."
        )
    return round(info.length * 1000)
