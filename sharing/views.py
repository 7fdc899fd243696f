"""Importing in the CMS: send, rehearse, import, watch, take the results away."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access

from knowledge.importing.kinds import importers
from sharing import services
from sharing.forms import ImportForm
from sharing.importing import runs
from sharing.importing.columns import COMMON, own_columns
from sharing.importing.results import ResultFile
from sharing.importing.sample import sample_csv
from sharing.models import ImportRun, Outcome

PERMISSION = "sharing.add_importrun"
_SHOWN_RUNS = 20
_LINES_OF_A_PAGE = 100
View = Callable[..., HttpResponseBase]


def for_importers(view: View) -> View:
    """Only for those who may import."""

    @require_admin_access
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm(PERMISSION):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


@for_importers
def index(request: HttpRequest) -> HttpResponse:
    """The form, and what was imported lately."""
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        terms = {
            name: form.cleaned_data[name] for name in ("create_people", "overwrite", "is_latin1")
        }
        run = services.begin_rehearsal(file=form.cleaned_data["file"], by=request.user, **terms)
        return redirect("sharing_import", run.pk)
    context = {
        "form": form,
        "runs": ImportRun.objects.select_related("started_by")[:_SHOWN_RUNS],
        "columns": COMMON,
        "kinds": importers(),
        "own_columns": {column: ", ".join(kinds) for column, kinds in own_columns().items()},
        "breadcrumbs_items": [{"url": "", "label": "Importar"}],
        "header_icon": "upload",
        "header_title": "Importar",
    }
    return render(request, "sharing/import_index.html", context)


@for_importers
@require_safe
def sample(request: HttpRequest) -> HttpResponse:
    """A spreadsheet to begin with."""
    response = HttpResponse(sample_csv(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="importar.csv"'
    return response


@for_importers
@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One run: how far it is, and what became of each line."""
    run = get_object_or_404(ImportRun, pk=pk)
    chosen = request.GET.get("resultado", "")
    lines = run.lines.filter(outcome=chosen) if chosen in Outcome.values else run.lines.all()
    context = {
        "run": run,
        "counts": [(Outcome(name), number) for name, number in run.counts().items()],
        "done": run.lines.count(),
        "chosen": chosen,
        "lines": Paginator(lines, _LINES_OF_A_PAGE).get_page(request.GET.get("p")),
        "can_import": run.is_trial and run.state == ImportRun.State.DONE and bool(run.file),
        "breadcrumbs_items": [
            {"url": reverse("sharing_imports"), "label": "Importar"},
            {"url": "", "label": run.name},
        ],
        "header_icon": "upload",
        "header_title": f"{'Ensaio' if run.is_trial else 'Importação'}: {run.name}",
    }
    return render(request, "sharing/import_detail.html", context)


@for_importers
@require_POST
def begin(request: HttpRequest, pk: int) -> HttpResponse:
    """Import what was rehearsed."""
    rehearsal = get_object_or_404(ImportRun, pk=pk, is_trial=True, state=ImportRun.State.DONE)
    run = services.begin_import(rehearsal=rehearsal, by=request.user)
    return redirect("sharing_import", run.pk)


@for_importers
@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop after the line that is being written."""
    run = get_object_or_404(ImportRun, pk=pk)
    if runs.cancel(run):
        messages.success(request, "Importação cancelada. O que já entrou fica.")
    else:
        messages.warning(request, "Esta importação já tinha acabado.")
    return redirect("sharing_import", run.pk)


@for_importers
@require_safe
def result(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """What became of each line, as CSV."""
    run = get_object_or_404(ImportRun, pk=pk)
    file = ResultFile(_Echo())
    pieces = file.pieces(run.lines.iterator(chunk_size=500))
    response = StreamingHttpResponse(pieces, content_type="text/csv; charset=utf-8")
    name = slugify(run.name.rpartition(".")[0]) or "importacao"
    response["Content-Disposition"] = f'attachment; filename="resultado-{name}-{run.pk}.csv"'
    return response


class _Echo:
    """A file that gives back what is written into it."""

    def write(self, text: str) -> str:
        return text
