from django.apps import AppConfig


class TrailsConfig(AppConfig):
    name = "trails"
    verbose_name = "Trilhas"

    def ready(self) -> None:
        from knowledge.amb import register_parents
        from trails import receivers  # noqa: F401
        from trails.models import trails_through

        register_parents(trails_through)
