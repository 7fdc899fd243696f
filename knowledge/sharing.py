"""Plain links by which a page is passed on. Nothing is loaded from where they lead."""

from dataclasses import dataclass
from urllib.parse import quote


@dataclass(frozen=True)
class Way:
    """A service, as its users call it, and the address that opens it with everything filled in."""

    name: str
    url: str


def ways_to_share(title: str, url: str) -> list[Way]:
    """The ways to pass on the page called `title` at the absolute address `url`."""
    words, address = (quote(text, safe="") for text in (" ".join(title.split()), url))
    return [
        Way("WhatsApp", f"https://wa.me/?text={words}%0A{address}"),
        Way("E-mail", f"mailto:?subject={words}&body={words}%0D%0A{address}"),
        Way("Telegram", f"https://t.me/share/url?url={address}&text={words}"),
        Way("LinkedIn", f"https://www.linkedin.com/sharing/share-offsite/?url={address}"),
        Way("Facebook", f"https://www.facebook.com/sharer/sharer.php?u={address}"),
        Way("X", f"https://x.com/intent/post?text={words}&url={address}"),
    ]
