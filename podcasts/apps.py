from django.apps import AppConfig


class PodcastsConfig(AppConfig):
    name = "podcasts"
    verbose_name = "Podcasts"

    def ready(self) -> None:
        from knowledge.draft_reading.addresses import open_to_draft
        from podcasts import drafts, receivers  # noqa: F401

        open_to_draft("episode_audio", "/podcasts/audio/", drafts.audio)
        open_to_draft("episode_low_audio", "/podcasts/audio/", drafts.low_audio)
        open_to_draft("episode_transcript", "/podcasts/transcricao/", drafts.transcript)
        open_to_draft("episode_chapters", "/podcasts/capitulos/", drafts.chapters)
