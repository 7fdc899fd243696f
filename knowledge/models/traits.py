"""What a kind of resource may say of itself beyond what all have. Nothing, unless it does."""

from typing import Any

from files.transcripts import Line
from knowledge.indicators import Indicator
from search.entries import Facet


class Traits:
    """The questions that the rest of the house asks of a resource, with the answer of a plain one."""

    def jsonld_extras(self) -> dict[str, Any]:
        """What this kind adds to its JSON-LD, with site-relative addresses."""
        return {}

    def amb_extras(self) -> dict[str, Any]:
        """What this kind adds to its AMB document, with absolute addresses; lists are added to."""
        return {}

    def main_files(self) -> list[Any]:
        """The files that are this work itself, under its licence; not those that it only shows."""
        return []

    def frame_origins(self) -> list[str]:
        """The hosts of which this page may show a frame, when its reader asks for it."""
        return []

    def card_extras(self) -> dict[str, Any]:
        """What this kind adds to its line in lists."""
        return {}

    def own_facets(self) -> list[Facet]:
        """What this kind can be found by, besides what every resource has."""
        return []

    def own_texts(self) -> list[str]:
        """Rich text outside the body, in which links to other pages may stand."""
        return []

    def arrange(self, sections: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """What is read here, in order: the `sections` of the body, and what this kind adds."""
        return sections

    def indicators_shown(self) -> list[Indicator]:
        """The numbers that are shown here with a chart, and offered for download."""
        return []

    def leads_to(self) -> set[int]:
        """Numbers of the pages that this one shows already, whatever else is suggested."""
        return set()

    def plain_text(self) -> str:
        """All that can be read here, as plain text: what search looks through."""
        return ""

    def said(self) -> list[Line]:
        """What is said in its own recording, where a reader can go to each line of it."""
        return []

    def advice(self) -> list[str]:
        """What would make this better, though it may go live without."""
        return []

    def lacks_accessible_text(self) -> str:
        """What somebody who does not hear or see the main thing here goes without; "" for nothing.
        A kind with sound or moving pictures says more. For the report on accessibility."""
        return ""
