from knowledge.models.booklets import BookletPage
from knowledge.models.case_files import CaseFile
from knowledge.models.cases import CasePage
from knowledge.models.changes import Change
from knowledge.models.checkups import Checkup
from knowledge.models.editable_documents import EditableDocumentPage
from knowledge.models.indexes import ResourceIndexPage
from knowledge.models.interviews import InterviewPage
from knowledge.models.kinds import Kind, kinds
from knowledge.models.lineage import Lineage, PublishedLicence
from knowledge.models.links import ExternalLink, LinkUse
from knowledge.models.people import Person
from knowledge.models.publisher import Publisher
from knowledge.models.related import RelatedResource, ThemeHighlight
from knowledge.models.relations import Contribution, ResourceTag, ResourceTheme
from knowledge.models.resources import ResourcePage
from knowledge.models.sources import ResourceSource
from knowledge.models.texts import ArticlePage, GuidePage
from knowledge.models.themes import Theme
from knowledge.models.videos import VideoPage
from knowledge.models.waiting import HeldPublication
from knowledge.models.withdrawals import Withdrawal

__all__ = [
    "ArticlePage",
    "BookletPage",
    "CaseFile",
    "CasePage",
    "Change",
    "Checkup",
    "Contribution",
    "EditableDocumentPage",
    "ExternalLink",
    "GuidePage",
    "HeldPublication",
    "InterviewPage",
    "Kind",
    "Lineage",
    "LinkUse",
    "Person",
    "PublishedLicence",
    "Publisher",
    "RelatedResource",
    "ResourceIndexPage",
    "ResourcePage",
    "ResourceSource",
    "ResourceTag",
    "ResourceTheme",
    "Theme",
    "ThemeHighlight",
    "VideoPage",
    "Withdrawal",
    "kinds",
]
