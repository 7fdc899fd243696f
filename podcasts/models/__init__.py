from podcasts.models.audio import EpisodeAudio
from podcasts.models.episodes import EpisodePage
from podcasts.models.feeds import FeedItem, ShowFeed
from podcasts.models.shows import PodcastIndexPage, ShowPage

__all__ = ["EpisodeAudio", "EpisodePage", "FeedItem", "PodcastIndexPage", "ShowFeed", "ShowPage"]
