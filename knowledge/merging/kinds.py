"""What may be merged, who may do it, and the words for it."""

from dataclasses import dataclass
from typing import Any

from django.db import models
from taggit.models import Tag

from knowledge.models import Person, Theme


@dataclass(frozen=True)
class Mergeable:
    """A kind of thing that may be entered twice. `fills` are the fields that the one that stays
    takes over from the other where it has nothing itself."""

    slug: str
    model: type[models.Model]
    permission: str
    one: str
    which_stays: str
    fills: tuple[str, ...] = ()

    def may_be_merged_by(self, user: Any) -> bool:
        """Merging deletes one of the two, so it is for those who may delete."""
        return bool(user.has_perm(self.permission))

    def filled(self, old: Any, kept: Any) -> dict[str, str]:
        """Field → value that `kept` takes over from `old`."""
        return {
            name: getattr(old, name)
            for name in self.fills
            if getattr(old, name) and not getattr(kept, name)
        }

    def redraws(self, old: Any, kept: Any) -> bool:
        """Whether covers change, which are drawn with the tile of a theme."""
        return self.model is Theme and old.module != kept.module

    @property
    def list_name(self) -> str:
        """The name of the address of the list in the CMS."""
        return f"wagtailsnippets_{self.model._meta.app_label}_{self.model._meta.model_name}:list"


MERGEABLE = {
    item.slug: item
    for item in (
        Mergeable(
            "pessoas",
            Person,
            "knowledge.delete_person",
            "esta pessoa ou órgão",
            "Qual pessoa ou órgão fica",
            ("about", "website"),
        ),
        Mergeable(
            "temas",
            Theme,
            "knowledge.delete_theme",
            "este tema",
            "Qual tema fica",
            ("introduction",),
        ),
        Mergeable("etiquetas", Tag, "taggit.delete_tag", "esta etiqueta", "Qual etiqueta fica"),
    )
}


def mergeable_of(instance: Any) -> Mergeable | None:
    """The kind of `instance`, if it may be merged at all."""
    return next((kind for kind in MERGEABLE.values() if type(instance) is kind.model), None)
