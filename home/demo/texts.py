"""The texts of the demo library: Markdown with front matter."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

_FRONT_MATTER = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)


@dataclass(frozen=True)
class Text:
    """A fixture: what its front matter says, and its body in Markdown."""

    slug: str
    facts: dict[str, Any]
    source: str


def read(path: Path) -> Text:
    """Read one fixture. Raises ValueError when it has no front matter."""
    content = path.read_text(encoding="utf-8")
    match = _FRONT_MATTER.match(content)
    if match is None:
        raise ValueError(f"{path.name}: falta o cabeçalho entre linhas com ---.")
    return Text(path.stem, yaml.safe_load(match.group(1)), content[match.end() :])
