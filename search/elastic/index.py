"""The indexes of the site in Elasticsearch: the one that answers, and one that is being built.

    rede-aberta-1a2b3c4d          the name under which everybody asks: an alias
    rede-aberta-1a2b3c4d-x7k2p9q4 the index behind it; the eight letters in the middle say how
                                  entries are kept (`documents.FORM`)

Every writing has a number, and an index takes none that is older than what it has. What is built
from the rows has number 0: whatever was changed meanwhile has come, or comes, with a greater one.
"""

import logging
import re
from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.conf import settings
from django.utils.crypto import get_random_string
from elasticsearch import Elasticsearch, NotFoundError, helpers

from search.elastic.analysis import ANALYSIS
from search.elastic.documents import FORM, MAPPING, SIMILARITY, Document

_AT_ONCE = 200  # documents of one call
_SENDERS = 2  # calls under way at once, while the next is made ready
_MOST_BYTES = 8 * 1024 * 1024  # of one call
logger = logging.getLogger("rede.search")


@dataclass(frozen=True)
class Change:
    """What an index is to have of an entry, and the number of this writing; no document: nothing."""

    page_id: int
    number: int
    document: Document | None


def alias() -> str:
    """The name under which this version of the site asks."""
    return f"{settings.ELASTICSEARCH_PREFIX}-{FORM}"


def _writing_alias(index: str) -> str:
    """A second name, so that an index deleted meanwhile is not made again by writing to it."""
    return f"{index}.w"


def indexes(client: Elasticsearch, form: str = FORM) -> list[str]:
    """The indexes of this version that are there, whether they answer or are being built."""
    prefix = settings.ELASTICSEARCH_PREFIX
    pattern = re.compile(rf"{re.escape(prefix)}-{form}-[a-z0-9]{{8}}")
    found = client.indices.get_alias(index=f"{prefix}-*", expand_wildcards="open,hidden")
    return sorted(name for name in found if pattern.fullmatch(name))


def put(client: Elasticsearch, index: str, changes: Iterable[Change], *, shown: bool) -> set[int]:
    """Write into one index; `shown`: found as soon as this returns. Returns what was refused. An
    index that is gone needs nothing. Raises one of `client.AWAY` when there is no answer."""
    refused = set()
    sent = helpers.streaming_bulk(
        client,
        (_action(index, change) for change in changes),
        chunk_size=_AT_ONCE,
        max_chunk_bytes=_MOST_BYTES,
        raise_on_error=False,
        refresh=shown,
        require_alias=True,
    )
    for done, item in sent:
        [(kind, result)] = item.items()
        if done or result["status"] == 409 or (kind == "delete" and "error" not in result):
            continue
        if result["error"].get("type") == "index_not_found_exception":
            continue
        logger.error("Elasticsearch refuses entry %s: %s", result["_id"], result["error"])
        refused.add(int(result["_id"]))
    return refused


def _action(index: str, change: Change) -> dict[str, Any]:
    return {
        "_op_type": "delete" if change.document is None else "index",
        "_index": _writing_alias(index),
        "_id": str(change.page_id),
        "version": change.number,
        "version_type": "external",
        **({} if change.document is None else {"_source": change.document}),
    }


def build(client: Elasticsearch, documents: Callable[[], Iterable[tuple[int, Document]]]) -> int:
    """A new index of everything, put in the place of the one that answers when it is whole; until
    then that one goes on. Whatever goes wrong, it stays. Returns how many entries it holds."""
    forget_unused(client)
    index = f"{alias()}-{get_random_string(8, 'abcdefghijkmnpqrstuvwxyz23456789')}"
    client.indices.create(
        index=index,
        aliases={_writing_alias(index): {}},
        mappings=MAPPING,
        settings={
            "number_of_shards": 1,
            "number_of_replicas": 0,
            "auto_expand_replicas": "0-1",
            "refresh_interval": "-1",
            "gc_deletes": "1h",  # what was taken away while it is built stays away
            "analysis": ANALYSIS,
            "similarity": SIMILARITY,
        },
    )
    try:
        count, refused = _send(client, index, documents())
        if refused:
            raise RuntimeError(f"Elasticsearch refuses the entries {sorted(refused)[:20]}")
        client.indices.put_settings(index=index, settings={"refresh_interval": "1s"})
        client.indices.refresh(index=index)
        # In one piece it answers in half the time. Nobody waits for that: it is done meanwhile.
        client.indices.forcemerge(index=index, max_num_segments=1, wait_for_completion=False)
        client.indices.update_aliases(
            actions=[
                {"add": {"index": index, "alias": alias()}},
                *({"remove_index": {"index": old}} for old in indexes(client) if old != index),
            ]
        )
    except BaseException:
        _drop(client, index)
        raise
    forget_unused(client)
    return count


def _send(
    client: Elasticsearch, index: str, documents: Iterable[tuple[int, Document]]
) -> tuple[int, set[int]]:
    """Write all of them, some at a time: while Elasticsearch takes those, the next are read, here and in
    this thread, whose connection to the database it is. Returns how many, and what was refused."""
    count, refused = 0, set[int]()
    changes = (Change(page, 0, made) for page, made in documents)
    with ThreadPoolExecutor(_SENDERS) as pool:
        sent: deque[Future[set[int]]] = deque()
        while some := list(islice(changes, _AT_ONCE)):
            count += len(some)
            sent.append(pool.submit(put, client, index, some, shown=False))
            if len(sent) > _SENDERS:
                refused |= sent.popleft().result()
        for each in sent:
            refused |= each.result()
    return count, refused


def forget_unused(client: Elasticsearch) -> None:
    """Delete what builds that were broken off left behind, and, once the index of this version
    answers, those of others."""
    answering = set(answering_indexes(client))
    unused = set(indexes(client)) - answering
    if answering:
        unused |= set(indexes(client, form="[0-9a-f]{8}")) - answering
    for index in unused:
        _drop(client, index)


def answering_indexes(client: Elasticsearch) -> list[str]:
    """The index behind the alias: one, or none yet."""
    try:
        return list(client.indices.get_alias(name=alias()))
    except NotFoundError:
        return []


def _drop(client: Elasticsearch, index: str) -> None:
    try:
        client.indices.delete(index=index, ignore_unavailable=True)
    except Exception:  # it is found and deleted by the next build
        logger.warning("The index %s could not be deleted", index, exc_info=True)
