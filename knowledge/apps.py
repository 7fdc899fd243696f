from django.apps import AppConfig


class KnowledgeConfig(AppConfig):
    name = "knowledge"
    verbose_name = "Acervo"

    def ready(self) -> None:
        from files.access import register_page_predicate
        from knowledge import receivers  # noqa: F401
        from knowledge.desk.exports import neutralise_exports
        from knowledge.importing import cases, media, resources  # noqa: F401
        from knowledge.models import Theme, kinds
        from knowledge.models.readership import Level, Readership
        from knowledge.models.themes import slug_now
        from knowledge.search_entries import LENGTHS
        from knowledge.visibility import may_read_any
        from search.known import register_facet

        register_page_predicate(may_read_any)
        register_facet("formato", lambda: {kind.slug: kind.label for kind in kinds().values()})
        register_facet("tema", lambda: dict(Theme.objects.values_list("slug", "name")), slug_now)
        register_facet("publico", lambda: dict(Readership.choices))
        register_facet("nivel", lambda: dict(Level.choices))
        register_facet("duracao", lambda: {value: label for value, (_, label) in LENGTHS.items()})
        neutralise_exports()
