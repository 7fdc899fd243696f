"""A city's own installation: refuses to start on a guess."""

from django.core.exceptions import ImproperlyConfigured

from config.settings.base import *
from config.settings.base import PUBLIC_URL, SECRET_KEY
from config.settings.environment import env

if len(SECRET_KEY) < 50:
    raise ImproperlyConfigured("SECRET_KEY: set a random value of 50 characters or more.")
if not env("PUBLIC_URL").startswith("https://"):
    raise ImproperlyConfigured("PUBLIC_URL: set the public address, beginning with https://.")

SECURE_HSTS_SECONDS = 31_536_000
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# A city's own site looks after its links; the demo opens no address of others unasked.
CHECK_LINKS = env.bool("CHECK_LINKS", default=True)
ADMINS: list[tuple[str, str]] = []
assert PUBLIC_URL
