"""What curators set for the search, in the CMS."""

from wagtail.admin.panels import FieldPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from search.curation import UnwantedSuggestion
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


class UnwantedSuggestionViewSet(SnippetViewSet):
    model = UnwantedSuggestion
    icon = "no-view"
    list_display = ("text",)
    search_fields = ("text",)
    inspect_view_enabled = False
    panels = [FieldPanel("text")]


class SearchGroup(SnippetViewSetGroup):
    """One menu for what steers the search."""

    items = (ExpressionViewSet, UnwantedSuggestionViewSet)
    menu_icon = "search"
    menu_label = "Busca"
    menu_name = "busca"
    menu_order = 160


register_snippet(SearchGroup)
