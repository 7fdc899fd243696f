"""Work that must happen in the background, kept as a row of what needs it.

A queue may lose a job and a worker may be killed in the middle of one, so the job is only a
reminder: what is wanted, what has been made, and when to try next stand in the row itself. A
sweep reads the rows and reminds again.
"""

import hashlib
import json
import logging
from collections.abc import Iterator
from copy import copy
from datetime import datetime, timedelta
from typing import Any, ClassVar, Self

from django.core.files.storage import storages
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone

from files.inspection import PartMissing, UnfitFile
from files.signals import prepared

logger = logging.getLogger("rede.files")

# A worker that has not reported for this long is taken for dead.
LEASE = timedelta(minutes=5)
BACKOFF = (
    timedelta(seconds=30),
    timedelta(minutes=2),
    timedelta(minutes=10),
    timedelta(hours=1),
)
# What the server lacks may be installed any time.
PATIENCE = timedelta(minutes=10)


class WorkLost(RuntimeError):
    """The row is no longer this worker's: it wants something else, another has it, or it is gone."""


class PreparableQuerySet(models.QuerySet):
    """Rows of one preparable model."""

    def unprepared(self) -> Self:
        """Rows whose last result is not what is wanted now."""
        return self.exclude(made=F("wanted"))

    def due(self, now: datetime | None = None) -> Self:
        """Rows to work on now: waiting and their time has come, or left behind by a dead worker."""
        now = now or timezone.now()
        waiting = Q(state=Preparable.State.WAITING, next_try_at__lte=now)
        abandoned = Q(state=Preparable.State.WORKING, claimed_at__lt=now - LEASE)
        return self.unprepared().filter(waiting | abandoned)


class Preparable(models.Model):
    """Something that is not whole until a job has made a file for it.

    Subclasses say what the result depends on (`inputs`) and make it (`make`). `wanted` and `made`
    are digests of the inputs: equal when what is there is what is wanted.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "na fila"
        WORKING = "working", "em preparo"
        READY = "ready", "pronto"
        FAILED = "failed", "não deu certo"

    state = models.CharField(
        "situação", max_length=10, choices=State.choices, default=State.WAITING, editable=False
    )
    wanted = models.CharField(max_length=64, default="", editable=False)
    made = models.CharField(max_length=64, default="", editable=False)
    attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    next_try_at = models.DateTimeField(default=timezone.now, editable=False)
    claimed_at = models.DateTimeField(null=True, editable=False)
    failure = models.CharField(max_length=300, default="", editable=False)

    class Meta:
        abstract = True

    # Whether making it takes a blink, so that it may be done while somebody waits.
    is_quick: ClassVar[bool] = False

    def inputs(self) -> dict[str, Any]:
        """Everything the result depends on, as JSON."""
        raise NotImplementedError

    def make(self) -> dict[str, Any]:
        """Make the result, outside any transaction; return values for `result_fields`.

        What takes longer than the lease says now and then that it is `still_at_work`. Raises
        UnfitFile, with a sentence, when trying again would not help, and PartMissing when it will
        help as soon as the server has what it lacks.
        """
        raise NotImplementedError

    def published_names(self) -> set[str]:
        """The files in published storage that the result consists of."""
        raise NotImplementedError

    def discard(self, old: Self | None = None) -> None:
        """Remove the files that only the earlier result `old` used; without one, all of this."""
        names = old.published_names() - self.published_names() if old else self.published_names()
        for name in names:
            storages["published"].delete(name)

    def originals(self) -> list[Any]:
        """The files in private storage that go with the row. Wagtail sees to those of pictures and
        documents."""
        return []

    @classmethod
    def unused(cls, before: datetime) -> models.QuerySet[Any]:
        """Rows made before a moment that nothing needs any more. None, unless a kind says more."""
        return cls._default_manager.none()

    @property
    def is_ready(self) -> bool:
        """Whether a whole result can be used, be it of an earlier state of the inputs."""
        return bool(self.made)

    @property
    def is_current(self) -> bool:
        """Whether the result is of the inputs as they are now."""
        return bool(self.made) and self.made == self.wanted

    @property
    def has_failed(self) -> bool:
        return self.state == self.State.FAILED

    @property
    def waiting_note(self) -> str:
        """How long it may yet take, in words for whoever waits."""
        return "cerca de 1 minuto"

    @property
    def state_label(self) -> str:
        """Where the work stands, in a few words."""
        return str(self.get_state_display())  # type: ignore[attr-defined]

    def digest_of_inputs(self) -> str:
        """SHA-256 of the inputs, in hexadecimal."""
        text = json.dumps(self.inputs(), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()

    def save(self, *args: Any, **kwargs: Any) -> None:
        update_fields = kwargs.get("update_fields")
        if update_fields is None:
            self.want()
        super().save(*args, **kwargs)
        if update_fields is None and not self.is_current:
            self.remind()

    def want(self) -> bool:
        """Take note of what is wanted; True when that changed, or had been given up. Does not
        save."""
        digest = self.digest_of_inputs()
        if digest == self.wanted and not self.has_failed:
            return False
        self.wanted = digest
        self.attempts = 0
        self.failure = ""
        self.next_try_at = timezone.now()
        self.state = self.State.READY if self.made == digest else self.State.WAITING
        return True

    def try_again(self) -> bool:
        """Begin anew what was given up or waits for its next try. False when nothing is to do."""
        if self.is_current or self.state == self.State.WORKING:
            return False
        self.attempts, self.failure = 0, ""
        self.state, self.next_try_at = self.State.WAITING, timezone.now()
        self.save()
        return True

    def take_result(self, values: dict[str, Any]) -> None:
        """Record a result that came ready-made, whoever is at work on the row: their work is lost."""
        with transaction.atomic():
            type(self)._default_manager.filter(pk=self.pk).update(
                state=self.State.READY, made=self.wanted, failure="", **values
            )
            new = type(self)._default_manager.get(pk=self.pk)
            prepared.send(type(self), instance=new)
            old = copy(self)
            transaction.on_commit(lambda: new.discard(old))
        self.refresh_from_db()

    def remind(self) -> None:
        """Ask for the work after commit. Losing this loses nothing: the sweep asks again."""
        from files.tasks import prepare

        label, pk = self._meta.label, str(self.pk)
        transaction.on_commit(lambda: prepare.enqueue(label, pk))

    @classmethod
    def work_on(cls, pk: Any) -> bool:
        """Claim the row `pk` and make what it wants. False when there was nothing to do."""
        now = timezone.now()
        rows = cls._default_manager.filter(pk=pk)
        due = PreparableQuerySet(cls, using=rows.db).filter(pk=pk).due(now)
        if not due.update(state=cls.State.WORKING, claimed_at=now, attempts=F("attempts") + 1):
            return False
        row = rows.get()
        wanted = row.wanted
        if row.attempts > len(BACKOFF) + 1:
            # Nobody lived to say that an attempt failed: the work itself kills its workers.
            row._retry_later(wanted)
            return True
        try:
            values = row.make()
        except UnfitFile as error:
            row._give_up(wanted, " ".join(error.messages))
            return True
        except PartMissing as error:
            row._wait_for_part(wanted, str(error))
            return True
        except WorkLost:
            logger.info("Left to another worker: %s %s", cls._meta.label, pk)
            row._hand_over()
            return True
        except Exception:
            logger.exception("Could not prepare %s %s", cls._meta.label, pk)
            row._retry_later(wanted)
            return True
        row._record(wanted, values)
        return True

    def still_at_work(self, **values: Any) -> None:
        """Renew the lease on this row, and note how far the work has come. Raises WorkLost."""
        now = timezone.now()
        if not self._mine(self.wanted).update(claimed_at=now, **values):
            raise WorkLost
        self.claimed_at = now

    def _mine(self, wanted: str) -> models.QuerySet[Any]:
        """The row, provided that nobody has wanted something else or claimed it meanwhile."""
        return type(self)._default_manager.filter(
            pk=self.pk, wanted=wanted, state=self.State.WORKING, claimed_at=self.claimed_at
        )

    def _record(self, wanted: str, values: dict[str, Any]) -> None:
        with transaction.atomic():
            recorded = self._mine(wanted).update(
                state=self.State.READY, made=wanted, failure="", **values
            )
            if not recorded:
                self._hand_over()
                return
            new = type(self)._default_manager.get(pk=self.pk)
            prepared.send(type(self), instance=new)
            transaction.on_commit(lambda: new.discard(self))

    def _hand_over(self) -> None:
        """The inputs changed while the work was going on: what was made is of no use."""
        new = type(self)._default_manager.filter(pk=self.pk).first()
        if new is None or new.is_current:
            return
        type(self)._default_manager.filter(
            pk=self.pk, state=self.State.WORKING, claimed_at=self.claimed_at
        ).update(state=self.State.WAITING)
        new.remind()

    def _wait_for_part(self, wanted: str, sentence: str) -> None:
        """Not a failed attempt: the work begins by itself when the server has what it lacks."""
        self._mine(wanted).update(
            state=self.State.WAITING,
            attempts=0,
            next_try_at=timezone.now() + PATIENCE,
            failure=sentence[:300],
        )

    def _give_up(self, wanted: str, sentence: str) -> None:
        self._mine(wanted).update(state=self.State.FAILED, failure=sentence[:300])

    def _retry_later(self, wanted: str) -> None:
        if self.attempts > len(BACKOFF):
            self._give_up(wanted, "Não deu para preparar. Envie o arquivo de novo.")
            return
        self._mine(wanted).update(
            state=self.State.WAITING,
            next_try_at=timezone.now() + BACKOFF[self.attempts - 1],
            failure="A preparação falhou e será tentada de novo.",
        )


def preparable_models() -> Iterator[type[Preparable]]:
    """Every concrete model whose rows a job prepares."""
    pending = list(Preparable.__subclasses__())
    while pending:
        model = pending.pop()
        pending += model.__subclasses__()
        if not model._meta.abstract:
            yield model
