"""What every page shows around its content."""

from functools import cache
from typing import Any

from django.db.models import Subquery
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from home.models import Menus
from knowledge.models import Publisher


def menus(request: HttpRequest) -> dict[str, Any]:
    """`menus` and `publisher`, in one query when either is used."""

    @cache
    def load() -> tuple[Publisher, Menus]:
        first = Menus.objects.order_by("pk")
        columns = {f"menus_{name}": Subquery(first.values(name)[:1]) for name in ("top", "foot")}
        found = Publisher.objects.annotate(**columns).order_by("pk").first()
        if found is None:
            return Publisher.load(request_or_site=request), Menus.load(request_or_site=request)
        # Where Publisher.load() looks first.
        setattr(request, Publisher.get_cache_attr_name(), found)
        return found, Menus(top=found.menus_top or "", foot=found.menus_foot or "")

    return {
        "publisher": SimpleLazyObject(lambda: load()[0]),
        "menus": SimpleLazyObject(lambda: load()[1]),
    }
