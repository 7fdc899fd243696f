"""How long something lasts, in words."""

from django.db import models


class HasDuration(models.Model):
    """Something heard or watched, measured."""

    milliseconds = models.PositiveIntegerField("duração", default=0, editable=False)

    class Meta:
        abstract = True

    @property
    def seconds(self) -> int:
        """Duration in whole seconds, at least one."""
        return max(1, round(self.milliseconds / 1000))

    @property
    def length_label(self) -> str:
        """“48 s”, “1 min 24 s”, “34 min”, “1 h 10 min”; "" while it has not been measured."""
        return length_label(self.seconds) if self.milliseconds else ""

    @property
    def iso_duration(self) -> str:
        """As schema.org and HTML write it (ISO 8601): “PT84S”."""
        return f"PT{self.seconds}S"


def length_label(seconds: int) -> str:
    """Seconds as people say them; from ten minutes on, nobody counts seconds."""
    minutes, rest = divmod(seconds, 60)
    if minutes < 10:
        parts = [(minutes, "min"), (rest, "s")]
    else:
        minutes = round(seconds / 60)
        parts = [(minutes // 60, "h"), (minutes % 60, "min")]
    return " ".join(f"{number} {unit}" for number, unit in parts if number)
