from knowledge.models.booklets import BookletPage
from knowledge.models.indexes import ResourceIndexPage
from knowledge.models.invitations import DraftComment, DraftInvitation
from knowledge.models.kinds import Kind, kinds
from knowledge.models.people import Person
from knowledge.models.publisher import Publisher
from knowledge.models.relations import Contribution, ResourceTag, ResourceTheme
from knowledge.models.resources import ResourcePage
from knowledge.models.texts import ArticlePage, GuidePage
from knowledge.models.themes import Theme
from knowledge.models.waiting import HeldPublication
from knowledge.models.withdrawals import Withdrawal

__all__ = [
    "ArticlePage",
    "BookletPage",
    "Contribution",
    "DraftComment",
    "DraftInvitation",
    "GuidePage",
    "HeldPublication",
    "Kind",
    "Person",
    "Publisher",
    "ResourceIndexPage",
    "ResourcePage",
    "ResourceTag",
    "ResourceTheme",
    "Theme",
    "Withdrawal",
    "kinds",
]
