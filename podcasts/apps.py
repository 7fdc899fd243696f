from django.apps import AppConfig


class PodcastsConfig(AppConfig):
    name = "podcasts"
    verbose_name = "Podcasts"

    def ready(self) -> None:
        from podcasts import receivers  # noqa: F401
