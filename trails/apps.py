from django.apps import AppConfig


class TrailsConfig(AppConfig):
    name = "trails"
    verbose_name = "Trilhas"

    def ready(self) -> None:
        from trails import receivers  # noqa: F401
