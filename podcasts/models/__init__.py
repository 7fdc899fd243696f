from podcasts.models.audio import EpisodeAudio
from podcasts.models.episodes import EpisodePage
from podcasts.models.feeds import FeedItem, LibraryFeed, ShowFeed
from podcasts.models.shows import PodcastIndexPage, ShowPage

__all__ = [
    "EpisodeAudio",
    "EpisodePage",
    "FeedItem",
    "LibraryFeed",
    "PodcastIndexPage",
    "ShowFeed",
    "ShowPage",
]
