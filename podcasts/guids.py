"""The number by which a podcast is known for ever."""

import uuid

_NAMESPACE = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")


def podcast_guid(feed_url: str) -> uuid.UUID:
    """The podcast:guid of a feed address: UUIDv5 of the address without scheme and final slashes.

    Source: Podcasting 2.0 namespace, `guid`.
    """
    address = feed_url.split("://", 1)[-1].rstrip("/")
    return uuid.uuid5(_NAMESPACE, address)
