"""What comes in from outside: runs of an import, their lines, and which resource came of which code."""

from collections import Counter
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone


class ImportRun(models.Model):
    """One file on its way into the library, or judged without writing (`is_trial`).

    Everything needed to go on after a kill stands here: which lines are done (each was recorded in
    the transaction that wrote it), and who works on it now. `claim` is a fence: whoever starts to
    work writes a new one, and a line is recorded only by the holder, so that two workers never
    write the same line.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "na fila"
        RUNNING = "running", "em andamento"
        DONE = "done", "terminada"
        CANCELLED = "cancelled", "cancelada"
        FAILED = "failed", "parada"

    OPEN: ClassVar = (State.WAITING, State.RUNNING)

    name = models.CharField("arquivo", max_length=255)
    # Kept for what was sent through the CMS; the command reads its file where it lies.
    file = models.FileField(upload_to="imports", max_length=255, blank=True, editable=False)
    digest = models.CharField(max_length=64, editable=False)
    is_trial = models.BooleanField("só ensaio", default=False)
    create_people = models.BooleanField("criar pessoas", default=False)
    overwrite = models.BooleanField("passar por cima do que foi editado", default=False)
    is_latin1 = models.BooleanField("arquivo em latin-1", default=False)
    state = models.CharField(
        "situação", max_length=10, choices=State.choices, default=State.WAITING, editable=False
    )
    failure = models.CharField(max_length=500, default="", editable=False)
    total = models.PositiveIntegerField("linhas", default=0, editable=False)
    done_through = models.PositiveIntegerField(default=0, editable=False)
    claim = models.CharField(max_length=32, default="", editable=False)
    alive_at = models.DateTimeField(default=timezone.now, editable=False)
    created_at = models.DateTimeField("começo", auto_now_add=True)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="quem começou",
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        verbose_name = "importação"
        verbose_name_plural = "importações"
        ordering: ClassVar = ["-created_at"]
        indexes: ClassVar = [models.Index(fields=["digest"], name="import_by_digest")]

    def __str__(self) -> str:
        return self.name

    @property
    def state_label(self) -> str:
        """The state, in the gender of the thing: “ensaio terminado”, “importação terminada”."""
        label = self.get_state_display()
        return f"{label[:-1]}o" if self.is_trial and not self.is_open else label

    @property
    def is_open(self) -> bool:
        """Whether there is still something to do."""
        return self.state in self.OPEN

    def counts(self) -> dict[str, int]:
        """How many lines came out how: outcome → number, in the order of the outcomes."""
        rows = self.lines.order_by().values_list("outcome").annotate(models.Count("pk"))
        found = Counter(dict(rows))
        return {outcome.value: found[outcome.value] for outcome in Outcome}


class Outcome(models.TextChoices):
    """What became of a line."""

    CREATED = "created", "criado"
    UPDATED = "updated", "atualizado"
    SAME = "same", "igual"
    REFUSED = "refused", "recusado"


class Standing(models.TextChoices):
    """How the resource of a line stands afterwards."""

    LIVE = "live", "publicado"
    DRAFT = "draft", "rascunho"
    SCHEDULED = "scheduled", "agendado"
    WAITING = "waiting", "aguarda preparo"


class ImportLine(models.Model):
    """What became of one line of a file, and why."""

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="lines")
    number = models.PositiveIntegerField("linha")
    code = models.CharField("código", max_length=120, blank=True)
    title = models.CharField("título", max_length=255, blank=True)
    outcome = models.CharField("resultado", max_length=10, choices=Outcome.choices)
    standing = models.CharField("situação", max_length=10, choices=Standing.choices, blank=True)
    reasons = models.JSONField("motivos", default=list)
    page = models.ForeignKey(
        "wagtailcore.Page", null=True, on_delete=models.SET_NULL, related_name="+"
    )

    # A line reports on a page, it does not use it.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = "linha importada"
        verbose_name_plural = "linhas importadas"
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["run", "number"], name="one_result_of_line")
        ]
        indexes: ClassVar = [models.Index(fields=["run", "code"], name="lines_by_code")]

    def __str__(self) -> str:
        return f"{self.number}: {self.get_outcome_display()}"

    def as_dict(self) -> dict[str, Any]:
        """The line in words, as it is shown, printed and written into the file of results."""
        return {
            "linha": self.number,
            "codigo": self.code,
            "titulo": self.title,
            "resultado": self.get_outcome_display(),
            "situacao": self.get_standing_display(),
            "motivo": " ".join(self.reasons),
        }


class ImportedItem(models.Model):
    """A resource that came from outside, by the code it has there.

    `digest` is of everything the last written line said, its files included: the same again
    changes nothing. `revision_number` is the draft that the line left: another one since means that
    somebody has edited the resource here.
    """

    code = models.CharField("código", max_length=120, unique=True)
    page = models.OneToOneField(
        "knowledge.ResourcePage", on_delete=models.CASCADE, related_name="imported_item"
    )
    digest = models.CharField(max_length=64)
    revision_number = models.PositiveBigIntegerField(null=True)
    imported_at = models.DateTimeField("importado em", default=timezone.now)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = "material importado"
        verbose_name_plural = "materiais importados"

    def __str__(self) -> str:
        return self.code
