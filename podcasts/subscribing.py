"""Ways to subscribe to a show: plain links that open an app with the feed filled in, and a QR code.

Addresses: as each app documents them. Nothing is loaded from where they lead.
"""

from dataclasses import dataclass
from urllib.parse import quote

from django.utils.safestring import SafeString, mark_safe


@dataclass(frozen=True)
class App:
    """A podcast app, where it runs, and the address that opens it at a feed."""

    name: str
    runs_on: str
    url: str


def apps_for(feed_url: str) -> list[App]:
    """The usual apps that take any feed, the freest first."""
    bare, whole = feed_url.split("://", 1)[-1], quote(feed_url, safe="")
    return [
        App("AntennaPod", "Android", f"https://antennapod.org/deeplink/subscribe?url={whole}"),
        App("Apple Podcasts", "iPhone, iPad e Mac", f"podcast://{bare}"),
        App("Pocket Casts", "Android e iPhone", f"pktc://subscribe/{bare}"),
        App("Podcast Addict", "Android", f"podcastaddict://{bare}"),
        App("Overcast", "iPhone", f"overcast://x-callback-url/add?url={whole}"),
        App("Castro", "iPhone", f"castro://subscribe/{bare}"),
    ]


def qr_code(url: str) -> SafeString:
    """An inline SVG, dark on light whatever the colours of the page, as cameras expect."""
    import segno

    drawn = segno.make(url, error="m", micro=False).svg_inline(
        scale=5, border=4, light="#ffffff", dark="#000000", svgclass="qr", lineclass=None
    )
    return mark_safe(drawn)  # noqa: S308 (drawn here, of an address of this site)
