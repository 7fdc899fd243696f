"""Handing out published files: permission first, then validators, then bytes."""

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe

from accounts.audience import is_editor
from files.access import is_open_to_all, may_read_file
from files.models import Art, Document, FileUse, Image, Recording, Rendition, Rights, Video
from files.serving import ServedFile, serve, serve_text

_IMAGE_AGE = 3600  # seconds; a picture may be closed, so not for ever
_ART_AGE = 365 * 24 * 3600


def _pages_using(**file: object) -> list[int]:
    return list(FileUse.objects.filter(**file).values_list("page_id", flat=True))


def withdrawn(request: HttpRequest, file: Rights) -> HttpResponse | None:
    """What to answer about a file whose rights were withdrawn: a sentence, to all but editors."""
    if file.withdrawn_on is None or is_editor(request):
        return None
    sentence = "Este arquivo saiu do ar a pedido de quem tem os direitos sobre ele."
    answer = HttpResponse(sentence, status=410, content_type="text/plain; charset=utf-8")
    answer["Cache-Control"] = "no-store"
    return answer


@require_safe
def image(request: HttpRequest, pk: int, size: str, ext: str) -> HttpResponseBase:
    """A published size of a picture."""
    pages = _pages_using(image_id=pk)
    if not may_read_file(request, pages):
        raise Http404
    found = get_object_or_404(Image.objects.only("sizes", "withdrawn_on"), pk=pk)
    gone = withdrawn(request, found)
    if gone is not None:
        return gone
    made = found.sizes.get(size)
    if made is None or made["ext"] != ext:
        raise Http404
    file = ServedFile(
        made["file"], made["type"], made["sha256"], made["bytes"], public=is_open_to_all(pages)
    )
    return serve(request, file, max_age=_IMAGE_AGE)


@require_safe
def preview(request: HttpRequest, image_pk: int, pk: int) -> HttpResponseBase:
    """What the CMS shows of a picture, to those who work in it."""
    if not is_editor(request):
        raise Http404
    rendition = get_object_or_404(Rendition, pk=pk, image_id=image_pk)
    kind = rendition.file.name.rsplit(".", 1)[-1].lower().replace("jpg", "jpeg")
    file = ServedFile(
        rendition.file.name, f"image/{kind}", f"r{pk}", rendition.file.size, public=False
    )
    return serve(request, file)


@require_safe
def document(request: HttpRequest, pk: int, name: str, ext: str) -> HttpResponseBase:
    """The published copy of a document: a PDF to read, an ODT or DOCX to save and edit."""
    pages = _pages_using(document_id=pk)
    if not may_read_file(request, pages):
        raise Http404
    found = get_object_or_404(Document.objects.defer("text"), pk=pk)
    save_as = "" if found.is_pdf else f"{found.slug}.{found.format}"
    is_here = (name, ext) == (found.slug, found.format)
    return _copy(request, found, found.media_type, pages, is_here=is_here, save_as=save_as)


@require_safe
def recording(request: HttpRequest, pk: int, name: str) -> HttpResponseBase:
    """The published copy of a recording, for pages that are no episodes."""
    pages = _pages_using(recording_id=pk)
    if not may_read_file(request, pages):
        raise Http404
    found = get_object_or_404(Recording, pk=pk)
    return _copy(request, found, "audio/mpeg", pages, is_here=name == found.slug)


def _copy(
    request: HttpRequest,
    found: Document | Recording,
    kind: str,
    pages: list[int],
    *,
    is_here: bool,
    save_as: str = "",
) -> HttpResponseBase:
    """The one copy of a file, at its own name; a former name leads there."""
    gone = withdrawn(request, found)
    if gone is not None:
        return gone
    if not found.copy:
        raise Http404
    is_public = is_open_to_all(pages)
    if not is_here:
        answer = redirect(found.url, permanent=True)
        answer["Cache-Control"] = "public, no-cache" if is_public else "private, no-store"
        return answer
    file = ServedFile(
        found.copy,
        kind,
        found.copy_sha256,
        found.copy_bytes,
        modified_at=found.copied_at,
        public=is_public,
        save_as=save_as,
    )
    return serve(request, file)


@require_safe
def video(request: HttpRequest, pk: int, size: int) -> HttpResponseBase:
    """A published size of a video."""
    return _size_of_video(request, pk, str(size))


@require_safe
def poster(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What is shown of a video before it plays."""
    return _size_of_video(request, pk, "poster")


def _size_of_video(request: HttpRequest, pk: int, size: str) -> HttpResponseBase:
    pages = _pages_using(video_id=pk)
    if not may_read_file(request, pages):
        raise Http404
    found = get_object_or_404(Video.objects.only("sizes", "copied_at", "withdrawn_on"), pk=pk)
    gone = withdrawn(request, found)
    if gone is not None:
        return gone
    made = found.sizes.get(size)
    if made is None:
        raise Http404
    file = ServedFile(
        made["file"],
        made["type"],
        made["sha256"],
        made["bytes"],
        modified_at=found.copied_at,
        public=is_open_to_all(pages),
    )
    return serve(request, file)


@require_safe
def captions(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The captions of a video, as WebVTT."""
    pages = _pages_using(video_id=pk)
    if not may_read_file(request, pages):
        raise Http404
    found = get_object_or_404(Video.objects.only("captions", "changed_at", "withdrawn_on"), pk=pk)
    gone = withdrawn(request, found)
    if gone is not None:
        return gone
    if not found.captions_url:
        raise Http404
    content = found.captions.strip().encode() + b"\n"
    return serve_text(
        request,
        content,
        "text/vtt; charset=utf-8",
        modified_at=found.changed_at,
        public=is_open_to_all(pages),
    )


@require_safe
def art(request: HttpRequest, name: str) -> HttpResponseBase:
    """A social card or podcast art, at an address that changes with the drawing."""
    found = get_object_or_404(Art.objects.defer("svg"), pk__startswith=name)
    pages = _pages_using(art_id=found.pk)
    if not found.copy or not may_read_file(request, pages):
        raise Http404
    file = ServedFile(
        found.copy,
        "image/png",
        found.copy_sha256,
        found.copy_bytes,
        modified_at=found.created_at,
        public=is_open_to_all(pages),
    )
    return serve(request, file, max_age=_ART_AGE)
