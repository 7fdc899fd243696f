"""For the test suite: files in a folder of the run's own; SQLite, unless DATABASE_URL is set."""

import os
import tempfile
from pathlib import Path

from config.settings.base import *
from config.settings.base import ALLOWED_HOSTS, DATABASES, ELASTICSEARCH_URL, STORAGES

SECRET_KEY = "somente-para-os-testes-" * 3
PUBLIC_URL = "http://rede.test"
WAGTAILADMIN_BASE_URL = PUBLIC_URL
ALLOWED_HOSTS = [*ALLOWED_HOSTS, "testserver", "localhost", "127.0.0.1", "rede.test"]
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL, "http://testserver"]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False

# Each process of a run has a folder of its own, removed when the process ends.
DATA_DIR = Path(tempfile.gettempdir()) / f"rede-aberta-tests-{os.getpid()}"
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    **STORAGES,
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(DATA_DIR / "originals"), "base_url": None},
    },
    "published": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(DATA_DIR / "published"), "base_url": None},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
if str(DATABASES["default"]["ENGINE"]).endswith("sqlite3"):
    DATABASES["default"]["NAME"] = DATA_DIR / "db.sqlite3"
    DATABASES["default"]["TEST"] = {"NAME": DATA_DIR / "test.sqlite3"}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
ACCOUNT_RATE_LIMITS = False
WEBSUB_HUBS = []
# Only tests that ask for Elasticsearch meet it, each process under a name of its own.
TEST_ELASTICSEARCH_URL, ELASTICSEARCH_URL = ELASTICSEARCH_URL, ""
ELASTICSEARCH_PREFIX = f"teste-{os.getpid()}"
ELASTICSEARCH_SECONDS = 30.0
CHECK_LINKS = False  # no test opens an address of somebody else
COUNT_QUERIES = False  # a thread of its own would write into what tests take back
