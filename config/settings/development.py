"""The embedded defaults: one machine, SQLite, local files, mail on the console."""

import secrets

from config.settings.base import *
from config.settings.base import ALLOWED_HOSTS, CSRF_TRUSTED_ORIGINS, PORT, SECRET_KEY

# `make run` hands over a key kept for the installation; any other command gets a passing one.
SECRET_KEY = SECRET_KEY or secrets.token_urlsafe(50)
ALLOWED_HOSTS = [*ALLOWED_HOSTS, "localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = [
    *CSRF_TRUSTED_ORIGINS,
    f"http://localhost:{PORT}",
    f"http://127.0.0.1:{PORT}",
]
