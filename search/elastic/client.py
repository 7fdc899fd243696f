"""The way to Elasticsearch: one client for a process, with the settings of the site."""

from functools import lru_cache

from django.conf import settings
from elasticsearch import ApiError, Elasticsearch, TransportError

# Whatever goes wrong there: no answer, an answer too late, an error for an answer.
AWAY = (TransportError, ApiError)
_PATIENT = 30.0  # seconds, where nobody waits for a page


def client(seconds: float | None = None) -> Elasticsearch:
    """The client, for calls that may take so many seconds each; tries once."""
    return _client(settings.ELASTICSEARCH_URL, seconds or settings.ELASTICSEARCH_SECONDS)


def patient_client() -> Elasticsearch:
    """For the clock and for commands."""
    return client(_PATIENT)


@lru_cache(maxsize=4)
def _client(url: str, seconds: float) -> Elasticsearch:
    # A node that failed is asked again at once: when to leave it alone is the breaker's to say.
    return Elasticsearch(
        url,
        request_timeout=seconds,
        max_retries=0,
        retry_on_timeout=False,
        dead_node_backoff_factor=0,
    )
