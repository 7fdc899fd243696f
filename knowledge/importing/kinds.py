"""The registry of what each kind takes from a line; each room registers its own kinds."""

from dataclasses import dataclass
from typing import Any, ClassVar, Protocol

from wagtail.models import Page

from files.models import Document, Image, Recording, Video
from knowledge.importing.cells import Cells
from knowledge.markdown import Resolver
from knowledge.models import ResourceIndexPage, ResourcePage


@dataclass(frozen=True)
class Column:
    """A column of the spreadsheet, as docs/import.md describes it."""

    name: str
    what: str
    form: str
    example: str
    required: bool = False


class Bench(Protocol):
    """Where a line finds what it names. While a line is only judged, files are looked into and
    handed over unsaved; before it is written they are stored, outside any transaction.

    Each method adds its refusal to the cells and returns nothing when it finds nothing.
    """

    def document(self, name: str, cells: Cells, page: ResourcePage, *forms: str) -> Document | None:
        """The document in the file `name`, with the rights of `page`. It is of the first of `forms`
        (“pdf”, “odt”, “docx”), or, if it is in the CMS already, of any of them."""

    def recording(self, name: str, cells: Cells, page: ResourcePage) -> Recording | None:
        """The recording in the file `name`, with the rights of `page`."""

    def video(self, name: str, cells: Cells) -> Video | None:
        """The video of the CMS that `name` says."""

    def image(self, name: str, cells: Cells) -> Image | None:
        """The picture in the file `name`, with the rights that the line gives its pictures."""

    def resolver(self, cells: Cells) -> Resolver:
        """How a text in Markdown finds its links and pictures."""


class KindImporter:
    """What one kind takes from a line, beside what every resource has."""

    page_class: ClassVar[type[ResourcePage]]
    columns: ClassVar[tuple[Column, ...]] = ()

    @property
    def slug(self) -> str:
        return self.page_class.kind.slug

    def parent(self, cells: Cells) -> Page | None:
        """The page below which a new one stands; nothing, with a refusal, when there is none."""
        return ResourceIndexPage.objects.first()

    def fill(self, page: Any, cells: Cells, bench: Bench) -> None:
        """Write the own columns into `page`, in memory. A column that is not there changes
        nothing; what cannot be read is a refusal in `cells`."""


_importers: dict[str, KindImporter] = {}


def register_importer(importer: type[KindImporter]) -> type[KindImporter]:
    """Make a kind importable. For use as a decorator, once for each kind, when the site starts."""
    made = importer()
    _importers[made.slug] = made
    return importer


def importers() -> dict[str, KindImporter]:
    """Every importer by the slug of its kind, in the order in which they were registered."""
    return dict(_importers)
