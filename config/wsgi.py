"""The WSGI application.

What every page needs is loaded before the first one is asked for, and from then on left alone by the
garbage collector, which else looks through all of it (some 70 ms) in the middle of somebody's page.
"""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.development")

application = get_wsgi_application()
get_resolver().url_patterns  # noqa: B018  (reading imports all views)
gc.collect()
gc.freeze()
