"""Writing into published storage."""

import hashlib
from pathlib import PurePosixPath

from django.core.files.base import ContentFile
from django.core.files.storage import storages


def digest_of(content: bytes) -> str:
    """SHA-256 in hexadecimal; the strong validator of a published file."""
    return hashlib.sha256(content).hexdigest()


def publish(name: str, content: bytes) -> str:
    """Store `content` under `name` with part of its digest in the file name; returns that name.

    The same content gets the same name, so writing twice changes nothing and a file that is being
    read is never overwritten by another.
    """
    path = PurePosixPath(name)
    stored = str(path.with_name(f"{path.stem}-{digest_of(content)[:16]}{path.suffix}"))
    storage = storages["published"]
    if storage.exists(stored):
        if storage.size(stored) == len(content):
            return stored
        storage.delete(stored)
    return storage.save(stored, ContentFile(content))
