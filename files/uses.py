"""Which live pages use a file, be it a picture, a document or a recording."""

from django.db.models import ManyToOneRel
from wagtail.models import Page

from files.models.rights import Rights
from files.models.uses import FileUse


def live_pages_using(file: Rights) -> list[Page]:
    """The live pages that show or offer `file`: those noted when they went live, and those that name
    it in a field of their own."""
    numbers: set[int] = set()
    for relation in file._meta.get_fields(include_hidden=True):
        if not isinstance(relation, ManyToOneRel):
            continue
        model = relation.related_model
        rows = model._base_manager.filter(**{relation.field.name: file.pk})
        if issubclass(model, Page):
            numbers.update(rows.values_list("pk", flat=True))
        elif model is FileUse:
            numbers.update(rows.values_list("page_id", flat=True))
    return list(Page.objects.filter(pk__in=numbers, live=True).order_by("title"))
