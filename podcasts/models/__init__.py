from podcasts.models.audio import EpisodeAudio
from podcasts.models.brought import BroughtPage
from podcasts.models.episodes import EpisodePage
from podcasts.models.feeds import FeedItem, LibraryFeed, ShowFeed
from podcasts.models.hubs import HubNotice
from podcasts.models.shows import PodcastIndexPage, ShowPage

__all__ = [
    "BroughtPage",
    "EpisodeAudio",
    "EpisodePage",
    "FeedItem",
    "HubNotice",
    "LibraryFeed",
    "PodcastIndexPage",
    "ShowFeed",
    "ShowPage",
]
