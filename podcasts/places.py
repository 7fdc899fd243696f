"""Of what place something is, as the location tag of Podcasting 2.0 says it."""

import re

from django.core.exceptions import ValidationError

from podcasts.checker.values import is_point

_BETWEEN = re.compile(r"\s*[,;]\s*|\s+")


def geo(text: str) -> str:
    """The point as a geo URI (RFC 5870), latitude and longitude in degrees; "" if it is none."""
    uri = f"geo:{','.join(_BETWEEN.split(text.strip()))}"
    return uri if is_point(uri) and uri.count(",") == 1 else ""


def check_coordinates(text: str) -> None:
    """Raises ValidationError for what is no point on Earth."""
    if not geo(text):
        raise ValidationError(
            "Escreva a latitude e a longitude em graus, com ponto: -23.6864, -46.6228."
        )
