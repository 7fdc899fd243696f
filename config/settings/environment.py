"""Every variable the site reads from its environment, in one place.

A variable is declared here with its type and default, read in the settings modules through
`env`, and described in `docs/operations.md`; a test compares the three.
"""

from pathlib import Path

import environ

BASE_DIR = Path(__file__).resolve().parent.parent.parent

env = environ.Env(
    ALLOWED_HOSTS=(list, []),
    CHECK_LINKS=(bool, False),
    CLOCK_SECONDS=(int, 60),
    DATABASE_URL=(str, ""),
    DATA_DIR=(str, str(BASE_DIR / "var")),
    DEBUG=(bool, False),
    DEFAULT_FROM_EMAIL=(str, "Rede Aberta <nao-responda@localhost>"),
    ELASTICSEARCH_PREFIX=(str, "rede-aberta"),
    ELASTICSEARCH_SECONDS=(float, 1.0),
    ELASTICSEARCH_URL=(str, ""),
    EMAIL_URL=(str, "consolemail://"),
    PORT=(int, 8000),
    PUBLIC_URL=(str, ""),
    SECRET_KEY=(str, ""),
    TIME_ZONE=(str, "America/Sao_Paulo"),
    WEBSUB_HUBS=(list, []),
    X_ACCEL_PREFIX=(str, ""),
)
