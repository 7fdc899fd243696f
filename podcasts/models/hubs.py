"""Hubs to which the site says that a feed has changed (WebSub, W3C Recommendation, §7)."""

from datetime import datetime, timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils import timezone

from files.models import Preparable
from files.storage import digest_of
from outbound.fetch import fetch

# Changes that follow one another so closely are told once.
QUIET = timedelta(minutes=1)
_SECONDS = 20.0


class HubRefused(RuntimeError):
    """A hub did not take the notice; it is told again later."""


class HubNotice(Preparable):
    """That a hub has to be told of a feed: one row for each pair, wanted when the feed changes and
    made when the hub has said that it knows."""

    name = models.CharField(primary_key=True, max_length=64)
    hub = models.URLField(max_length=500)
    path = models.CharField(max_length=300)  # of the feed, site-relative
    state_of_feed = models.CharField(max_length=64)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.path} → {self.hub}"

    @classmethod
    def ask(cls, path: str, state_of_feed: str) -> None:
        """Have every hub told that the feed at `path` is in another state. Called in the transaction
        that changes it, so that neither is there without the other."""
        for hub in settings.WEBSUB_HUBS:
            name = digest_of(f"{hub}|{path}".encode())
            notice = cls.objects.filter(pk=name).first() or cls(name=name, hub=hub, path=path)
            if notice.state_of_feed != state_of_feed:
                notice.state_of_feed = state_of_feed
                notice.save()

    def want(self) -> bool:
        is_waiting = self.state == self.State.WAITING and bool(self.wanted) and not self.is_current
        due_at = self.next_try_at if is_waiting and not self.attempts else None
        changed = super().want()
        if changed:
            self.next_try_at = due_at or timezone.now() + QUIET
        return changed

    def inputs(self) -> dict[str, Any]:
        return {"state": self.state_of_feed, "base": settings.PUBLIC_URL}

    def make(self) -> dict[str, Any]:
        if self.hub not in settings.WEBSUB_HUBS:
            return {}
        feed = f"{settings.PUBLIC_URL}{self.path}"
        form = {"hub.mode": "publish", "hub.url": feed, "hub.topic": feed}
        told = fetch(self.hub, form=form, max_bytes=1024, seconds=_SECONDS)
        if not told.is_good:
            raise HubRefused(f"{self.hub}: {told.outcome} {told.status or ''}".strip())
        return {}

    def published_names(self) -> set[str]:
        return set()

    @classmethod
    def unused(cls, before: datetime) -> models.QuerySet[Self]:
        """Notices for hubs that are no longer told."""
        return cls.objects.exclude(hub__in=settings.WEBSUB_HUBS).filter(created_at__lt=before)
