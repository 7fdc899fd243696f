"""How often what is asked, so that curators learn what is looked for and not found.

Nothing that tells of a person is kept. Queries of strangers are counted in the memory of the process; a
query is written only once it was asked LEAST times on a day, as a number for that day; one that looks
like a name, an address, a document or a telephone is not even counted. Writing is the work of a thread
of its own, so no page waits for it; what was counted in the last minute is lost with the process.

Whether something of an answer was opened is told by the browser (docs/decisions/0027) and counted in
the same way: as two sums, never greater than what this process was asked and answered. So nothing is
written on the word of who asked nothing.
"""

import logging
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from threading import Lock, Timer
from typing import ClassVar

from django.db import connection, models, transaction
from django.db.models import F
from django.utils import timezone

from search.language import fold, words
from search.laws import references

LEAST = 3
KEPT_DAYS = 365
_SECONDS = 60.0
_MOST_QUERIES = 5000  # of a day that are held in memory
_LONGEST = 60
_MOST_WORDS = 8
_MOST_DIGITS = 6  # beside the numbers of laws: a document or a telephone has more
_LAST_LAW = 99_999  # a greater “number of a law” is half a CPF

_ADDRESS = re.compile(r"@|https?:|www\.|\.(?:com|gov|org|net)\b", re.IGNORECASE)
# Given names and family names as they are most frequent in Brazil (IBGE, Censo 2010 and 2022).
_FREQUENT = """
adriana adriano alan alberto aldo alessandra alexandre alice aline amanda ana anderson andre
andrea andreia angela antonia antonio aparecida arthur augusto barbara beatriz benedito bernardo
bianca bruna bruno caio camila carla carlos carolina cecilia celia celso claudia claudio clara
cleide cristiane cristina daniel daniela danilo davi debora denise diego douglas edson eduarda
eduardo elaine eliane elias elisa eliza emerson enzo erica eva fabiana fabio fatima felipe
fernanda fernando flavia flavio francisca francisco gabriel gabriela geraldo gilberto gisele
giovana giovanna guilherme gustavo heitor helena helio henrique hugo igor ines isabel isabela
isadora ivan ivone jair jaqueline jefferson jessica joana joao joaquim jonas jorge jose joseane
josefa juliana juliano julia julio karina karla katia laura leandro leonardo leticia lidia
lorena luan lucas lucia luciana luciano lucimara luis luiz luiza luzia maicon manoel manuel
manuela marcela marcelo marcia marcio marco marcos maria mariana marina mario marlene marta
mateus matheus mauricio mauro michele miguel milena milton miriam monica murilo natalia nelson
neusa nicolas nilson olivia osvaldo otavio patricia paula paulo pedro priscila rafael rafaela
raimunda raimundo raquel raul regina reginaldo renan renata renato ricardo rita roberta roberto
rodrigo rogerio ronaldo rosa rosana rosangela rosilene rubens samuel sandra sara sebastiana
sebastiao sergio silvana silvia silvio simone sofia solange sonia sueli suzana taina tania
tatiana tereza terezinha thais theo thiago tiago valdir valentina valeria vanessa vera veronica
vicente victor vinicius vitor vitoria viviane wagner walter wanderley wellington wesley william
wilson yago yasmin yuri zilda almeida alves andrade araujo azevedo barbosa barros batista borges
brito cardoso carvalho castro cavalcante correia cunha dias duarte farias fernandes ferreira
freitas garcia gomes goncalves lopes macedo machado marques martins medeiros melo mendes
monteiro moraes morais moreira moura nascimento nogueira nunes oliveira pereira pinheiro ramos
rezende ribeiro rocha rodrigues santana santos silva silveira soares souza sousa tavares
teixeira vieira xavier
"""
_NAMES = frozenset(_FREQUENT.split())
_SAINTS = frozenset(("sao", "santa", "santo"))  # “São Paulo” and “Santa Maria” are places

logger = logging.getLogger("rede.search")


class QueryCount(models.Model):
    """How often a query was asked on a day, and how often it found nothing. Of the answers that it
    found, so many `told` whether something of them was opened, and so many were `opened`."""

    day = models.DateField()
    query = models.CharField(max_length=_LONGEST)
    asked = models.PositiveIntegerField(default=0)
    found_nothing = models.PositiveIntegerField(default=0)
    told = models.PositiveIntegerField(default=0)
    opened = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "busca feita"
        verbose_name_plural = "buscas feitas"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["day", "query"], name="one_count_of_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.query}: {self.asked}"


def countable(text: str) -> str:
    """A query as it is counted: folded, without signs. "" for one that is not to be counted."""
    if len(text) > _LONGEST or _ADDRESS.search(text):
        return ""
    rest = text
    for cited in sorted(references(text), key=lambda each: -each.start):
        if cited.law.number <= _LAST_LAW:
            rest = f"{rest[: cited.start]} {rest[cited.end :]}"
    if sum(char.isdigit() for char in rest) > _MOST_DIGITS:
        return ""
    found = [fold(word) for word in words(text)]
    if len(found) > _MOST_WORDS or _has_name(found):
        return ""
    return " ".join(found)[:_LONGEST]


def _has_name(found: list[str]) -> bool:
    return any(
        word in _NAMES and (place == 0 or found[place - 1] not in _SAINTS)
        for place, word in enumerate(found)
    )


@dataclass
class _Count:
    asked: int = 0
    found_nothing: int = 0
    told: int = 0
    opened: int = 0

    def add(self, more: "_Count") -> None:
        for name, number in vars(more).items():
            setattr(self, name, getattr(self, name) + number)


class Tally:
    """The queries of a day, as this process saw them."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._writing = Lock()
        self._day = date.min
        self._seen: dict[str, _Count] = {}
        self._waiting: dict[tuple[date, str], _Count] = {}  # often enough, not yet written
        self._timer: Timer | None = None

    def note(self, text: str, *, found_nothing: bool) -> None:
        """Somebody asked for `text`."""
        query = countable(text)
        if not query:
            return
        with self._lock:
            self._begin_the_day()
            if query not in self._seen and len(self._seen) >= _MOST_QUERIES:
                return
            seen = self._seen.setdefault(query, _Count())
            more = _Count(asked=1, found_nothing=found_nothing)
            seen.add(more)
            so_far = _Count(asked=seen.asked, found_nothing=seen.found_nothing)
            self._wait(query, seen.asked, more, so_far)

    def hear(self, text: str, *, opened: bool) -> None:
        """Somebody who was shown what there is for `text` opened something of it, or left it."""
        query = countable(text)
        with self._lock:
            self._begin_the_day()
            seen = self._seen.get(query)
            if seen is None or seen.told >= seen.asked - seen.found_nothing:
                return
            more = _Count(told=1, opened=opened)
            seen.add(more)
            so_far = _Count(told=seen.told, opened=seen.opened)
            self._wait(query, seen.told, more, so_far)

    def _begin_the_day(self) -> None:
        today = timezone.localdate()
        if today != self._day:
            self._day, self._seen = today, {}

    def _wait(self, query: str, times: int, more: _Count, so_far: _Count) -> None:
        """`more` waits to be written, from the LEAST-th time on; then what came before as well."""
        if times < LEAST:
            return
        waiting = self._waiting.setdefault((self._day, query), _Count())
        waiting.add(so_far if times == LEAST else more)
        if self._timer is None:
            self._timer = Timer(_SECONDS, self._in_time)
            self._timer.daemon = True
            self._timer.start()

    def write(self) -> int:
        """Write what waits. Returns how many queries that were."""
        with self._writing:
            with self._lock:
                waiting, self._waiting = self._waiting, {}
            try:
                with transaction.atomic():
                    for (day, query), count in sorted(waiting.items()):
                        row, _ = QueryCount.objects.get_or_create(day=day, query=query)
                        QueryCount.objects.filter(pk=row.pk).update(
                            **{name: F(name) + number for name, number in vars(count).items()}
                        )
            except Exception:
                self._keep(waiting)
                raise
            return len(waiting)

    def _keep(self, waiting: dict[tuple[date, str], _Count]) -> None:
        with self._lock:
            for key, count in waiting.items():
                self._waiting.setdefault(key, _Count()).add(count)

    def _in_time(self) -> None:
        with self._lock:
            self._timer = None
        try:
            self.write()
        except Exception:
            logger.exception("What was searched for could not be written; it is tried again later")
        finally:
            connection.close()


tally = Tally()


def forget_counts(now: datetime) -> int:
    """Forget what is older than KEPT_DAYS. Returns how many rows that were."""
    before = timezone.localdate(now) - timedelta(days=KEPT_DAYS)
    gone, _ = QueryCount.objects.filter(day__lt=before).delete()
    return gone
