"""Rights that somebody gave last time, offered again and never given for them."""

from django.forms import Field


def offer_again(field: Field, value: str, words: str = "") -> None:
    """Offer what somebody gave last time, at one click (`assets/js/mesa.js`). The field stays as it
    is: rights are never guessed."""
    if value:
        field.widget.attrs |= {"data-use-again": value, "data-use-again-text": words or value}
