from podcasts.models.audio import EpisodeAudio
from podcasts.models.brought import BroughtPage
from podcasts.models.episodes import EpisodePage
from podcasts.models.feeds import FeedItem, LibraryFeed, ShowFeed
from podcasts.models.hearing import DayCount, Hearing
from podcasts.models.hubs import HubNotice
from podcasts.models.shows import PodcastIndexPage, ShowPage

__all__ = [
    "BroughtPage",
    "DayCount",
    "EpisodeAudio",
    "EpisodePage",
    "FeedItem",
    "Hearing",
    "HubNotice",
    "LibraryFeed",
    "PodcastIndexPage",
    "ShowFeed",
    "ShowPage",
]
