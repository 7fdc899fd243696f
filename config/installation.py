"""What is random for each embedded installation, made once and kept beside its data."""

import json
import os
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path

_NAME = "installation.json"


@dataclass(frozen=True)
class Installation:
    """The secrets of one installation."""

    secret_key: str
    curator_password: str


def installation(data_dir: Path) -> Installation:
    """The installation whose data lies in `data_dir`, made on first use, readable by its owner."""
    path = data_dir / _NAME
    if path.exists():
        return Installation(**json.loads(path.read_text()))
    data_dir.mkdir(parents=True, exist_ok=True)
    made = Installation(secrets.token_urlsafe(50), secrets.token_urlsafe(9))
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        json.dump(asdict(made), file)
    return made
