"""What curators set for the search, in the CMS."""

from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from search.curation import MOST_PINNED, BestBet, UnwantedSuggestion
from search.models import Expression


class ExpressionViewSet(SnippetViewSet):
    model = Expression
    icon = "openquote"
    list_display = ("text", "meanings", "is_acronym", "is_word")
    list_filter = ("is_acronym", "is_word")
    search_fields = ("text", "meanings")
    list_per_page = 50
    inspect_view_enabled = False
    panels = [
        FieldPanel("text"),
        FieldPanel("meanings"),
        FieldPanel("is_acronym"),
        FieldPanel("is_word"),
    ]


class BestBetViewSet(SnippetViewSet):
    model = BestBet
    icon = "pick"
    list_display = ("queries",)
    search_fields = ("queries",)
    inspect_view_enabled = False
    panels = [
        FieldPanel("queries"),
        InlinePanel(
            "pinned",
            heading="Vêm primeiro, nesta ordem",
            label="Material",
            help_text="Aparecem enquanto estiverem publicados, a quem pode lê-los, marcados com "
            "“Escolha da curadoria”.",
            max_num=MOST_PINNED,
        ),
        InlinePanel(
            "hidden",
            heading="Não aparecem nestas buscas",
            label="Material",
            help_text="Em outras buscas e nas listas, continuam a aparecer.",
            max_num=30,
        ),
    ]


class UnwantedSuggestionViewSet(SnippetViewSet):
    model = UnwantedSuggestion
    icon = "no-view"
    list_display = ("text",)
    search_fields = ("text",)
    inspect_view_enabled = False
    panels = [FieldPanel("text")]


class SearchGroup(SnippetViewSetGroup):
    """One menu for what steers the search."""

    items = (ExpressionViewSet, BestBetViewSet, UnwantedSuggestionViewSet)
    menu_icon = "search"
    menu_label = "Busca"
    menu_name = "busca"
    menu_order = 160


register_snippet(SearchGroup)
