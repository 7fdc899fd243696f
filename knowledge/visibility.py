"""Who may see a page: one predicate and one queryset over the same closed subtrees.

A page is visible to a reader when it is live, has not expired, and its audience shares a key with
the reader's. The audience begins as everybody and is narrowed by every view restriction on the
page or above it. Two things that Wagtail lets slip are closed here: an alias is never more open
than the page it is an alias of, nor a translation than the page it translates. A restriction by
password, which audiences cannot express, closes the page to all.

Nothing else in the project asks Wagtail which pages are live or public.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from accounts.audience import ANYBODY, PUBLIC, SIGNED_IN, group_key, reader_keys

NOBODY: frozenset[str] = frozenset()
PageT = TypeVar("PageT", bound=Page)


def narrow(audience: frozenset[str], restriction: frozenset[str]) -> frozenset[str]:
    """The audience that satisfies both. Everybody and everyone signed in contain every group;
    of two sets of groups the common ones remain."""
    for wider in (PUBLIC, SIGNED_IN):
        if wider in audience:
            return restriction
        if wider in restriction:
            return audience
    return audience & restriction


@dataclass(frozen=True)
class Closures:
    """The closed subtrees of the site: the tree path of each root, and the audience it asks for."""

    roots: dict[str, frozenset[str]]

    def audience_at(self, path: str) -> frozenset[str]:
        """The audience of the page at tree path `path`."""
        audience = ANYBODY
        for root, restriction in self.roots.items():
            if path.startswith(root):
                audience = narrow(audience, restriction)
        return audience

    def closed_to(self, keys: frozenset[str]) -> list[str]:
        """The roots below which a reader with `keys` may see nothing."""
        return [root for root in self.roots if not self.audience_at(root) & keys]


def _audience_of(restriction: PageViewRestriction) -> frozenset[str]:
    match restriction.restriction_type:
        case PageViewRestriction.LOGIN:
            return frozenset({SIGNED_IN})
        case PageViewRestriction.GROUPS:
            return frozenset(group_key(group.pk) for group in restriction.groups.all())
        case PageViewRestriction.NONE:
            return ANYBODY
    return NOBODY


def _below(roots: Iterable[str], prefix: str = "") -> Q:
    condition = Q()
    for root in roots:
        condition |= Q(**{f"{prefix}path__startswith": root})
    return condition


def closures() -> Closures:
    """The closed subtrees as they are now. One query while nothing is restricted."""
    roots: dict[str, frozenset[str]] = {}
    rows = PageViewRestriction.objects.select_related("page").prefetch_related("groups")
    for restriction in rows:
        path = restriction.page.path
        roots[path] = narrow(roots.get(path, ANYBODY), _audience_of(restriction))
    fresh = set(roots)
    while fresh:
        fresh = _close_relatives(roots, fresh)
    return Closures(roots)


def _close_relatives(roots: dict[str, frozenset[str]], among: set[str]) -> set[str]:
    """Narrow the aliases and translations of what lies below `among`; returns the roots changed."""
    closed = Closures(dict(roots))
    inside = Page.objects.filter(_below(among)).only("pk", "path", "translation_key")
    by_pk: dict[int, frozenset[str]] = {}
    by_key: dict[UUID, frozenset[str]] = {}
    for page in inside:
        audience = by_pk[page.pk] = closed.audience_at(page.path)
        by_key[page.translation_key] = narrow(by_key.get(page.translation_key, ANYBODY), audience)
    relatives = Page.objects.filter(
        Q(alias_of__in=list(by_pk)) | Q(translation_key__in=list(by_key))
    ).only("pk", "path", "alias_of_id", "translation_key")
    changed = set()
    for page in relatives:
        before = closed.audience_at(page.path)
        after = narrow(before, by_pk.get(page.alias_of_id, ANYBODY))
        after = narrow(after, by_key.get(page.translation_key, ANYBODY))
        if after != before:
            roots[page.path] = narrow(roots.get(page.path, ANYBODY), after)
            changed.add(page.path)
    return changed


def has_translations(page: Page) -> bool:
    """Whether another page is the same work in another language: what closes one closes both."""
    return Page.objects.filter(translation_key=page.translation_key).exclude(pk=page.pk).exists()


def closures_for(request: HttpRequest) -> Closures:
    """The closed subtrees, looked up once for a request."""
    found = getattr(request, "_closures", None)
    if found is None:
        found = request._closures = closures()  # type: ignore[attr-defined]
    return found


def sees_more_than_strangers(request: HttpRequest) -> bool:
    """Whether some page is closed to strangers and open to the sender of `request`: lists, counts
    and links are then their own. A stranger costs no query."""
    if not hasattr(request, "user"):
        return False  # answered before anybody looked who asks
    keys = reader_keys(request)
    if keys == ANYBODY:
        return False
    closed = closures_for(request)
    audiences = [closed.audience_at(root) for root in closed.roots]
    return any(audience & keys and not audience & ANYBODY for audience in audiences)


def unexpired() -> Q:
    """The pages whose end has not come, taken down by the clock already or not."""
    return Q(expire_at__isnull=True) | Q(expire_at__gt=timezone.now())


def visible_to(
    pages: QuerySet[PageT], keys: frozenset[str], closed: Closures | None = None
) -> QuerySet[PageT]:
    """Those of `pages` that a reader with `keys` may see."""
    pages = pages.filter(live=True).filter(unexpired())
    roots = (closed or closures()).closed_to(keys)
    return pages.exclude(_below(roots)) if roots else pages


def is_visible(page: Page, keys: frozenset[str], closed: Closures | None = None) -> bool:
    """Whether a reader with `keys` may see `page`."""
    return bool(audience_of(page, closed) & keys)


def audience_of(page: Page, closed: Closures | None = None) -> frozenset[str]:
    """The keys of those who may see `page`: nobody while it is a draft or has expired."""
    if not page.live or (page.expire_at and page.expire_at <= timezone.now()):
        return NOBODY
    return (closed or closures()).audience_at(page.path)


def may_read_any(page_ids: Iterable[int], keys: frozenset[str]) -> bool:
    """Whether a reader with `keys` may see at least one of the pages. For files."""
    return visible_to(Page.objects.filter(pk__in=list(page_ids)), keys).exists()
