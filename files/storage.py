"""Writing into published storage."""

import hashlib
from pathlib import Path, PurePosixPath
from typing import Any

from django.core.files.base import ContentFile, File
from django.core.files.storage import storages

from files.inspection import hash_of


def digest_of(content: bytes) -> str:
    """SHA-256 in hexadecimal; the strong validator of a published file."""
    return hashlib.sha256(content).hexdigest()


def publish(name: str, content: bytes) -> str:
    """Store `content` under `name` with part of its digest in the file name; returns that name.

    The same content gets the same name, so writing twice changes nothing and a file that is being
    read is never overwritten by another.
    """
    return _store(name, digest_of(content), len(content), ContentFile(content))


def publish_file(name: str, path: Path, storage: str = "published") -> dict[str, Any]:
    """Store the file at `path` as `publish` does, without holding all of it in memory; returns
    {file, bytes, sha256}."""
    size = path.stat().st_size
    with path.open("rb") as file:
        digest = hash_of(file)
        stored = _store(name, digest, size, File(file), storage)
    return {"file": stored, "bytes": size, "sha256": digest}


def keep_file(name: str, path: Path) -> dict[str, Any]:
    """Store the file at `path` where nobody from outside gets it, under a name made in the same
    way."""
    return publish_file(name, path, "default")


def _store(name: str, digest: str, size: int, content: File, place: str = "published") -> str:
    path = PurePosixPath(name)
    stored = str(path.with_name(f"{path.stem}-{digest[:16]}{path.suffix}"))
    storage = storages[place]
    if storage.exists(stored):
        if storage.size(stored) == size:
            return stored
        storage.delete(stored)
    return storage.save(stored, content)
