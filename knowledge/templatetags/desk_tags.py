"""What the templates of the CMS ask of the curators' desk."""

from typing import Any

from django import template

from knowledge.desk.lacking import Told, told_of
from knowledge.publishing.outcomes import Outcome, outcome_of_review

register = template.Library()


@register.simple_tag(takes_context=True)
def desk_advises(context: Any, page: Any) -> Told | None:
    """What to tell of a draft in the editor; nothing of what is no page of the library."""
    if page is None or not hasattr(page, "lacks"):
        return None
    return told_of(page, context["request"])


@register.simple_tag
def review_outcome(page: Any) -> Outcome:
    """What to write to the author of a page that was approved."""
    return outcome_of_review(page)
