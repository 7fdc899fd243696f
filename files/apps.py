from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "files"
    verbose_name = "Arquivos"

    def ready(self) -> None:
        from files import receivers  # noqa: F401
