from pathlib import Path

from django.apps import AppConfig
from django.conf import settings


class SiteConfig(AppConfig):
    """The house as a whole: settings, addresses, and the commands that run it."""

    name = "config"
    label = "site_config"
    verbose_name = "Configuração"

    def ready(self) -> None:
        """Where the embedded data lies must exist before anything opens the database."""
        Path(settings.DATA_DIR).mkdir(parents=True, exist_ok=True)
