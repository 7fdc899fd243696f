"""A whole feed."""

from podcasts.checker.channel import check_channel
from podcasts.checker.findings import Finding
from podcasts.checker.items import check_items
from podcasts.checker.reading import parse


def check(content: bytes) -> list[Finding]:
    """All that is to say of a feed without opening what it points at, in its order."""
    channel, findings = parse(content)
    if channel is None:
        return findings
    return [*findings, *check_channel(channel), *check_items(channel)]
