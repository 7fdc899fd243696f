"""What is asked of Elasticsearch, built by code from a query that was understood before.

Nothing that somebody typed is ever read by Elasticsearch as syntax. Whatever is asked, the reader's
keys and the day of expiry are filters of the query itself, so they hold for every count as well.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils import timezone

from search.elastic.analysis import LONGEST_TERM
from search.elastic.documents import LANGUAGES, WEIGHTS, clean, has, instant
from search.engines import FACETS, SearchRequest
from search.indexes import MAX_MATCHES, NEAR, SIDE_BY_SIDE, WORTH
from search.query import ACRONYM, Atom, Clause, Query, Ring

Asked = dict[str, Any]

VALUES = "values"  # of a facet that is counted among a part
MOST_VALUES = 200  # of one facet
EVERY = "every"  # the name of the count before the filters, where there are any
_FIRM = 10_000  # more than any words can score together
_IN_TITLE = 2 * _FIRM
_ACRONYM_WEIGHT = 1.2
_EXACT_WEIGHT = 0.3
_SUBJECT_WEIGHT = 1.2
_SUBJECT = 0.4
_OTHER_FIELDS = 0.2  # beside the field that counts most
_NOTHING: Asked = {"match_none": {}}


def body(request: SearchRequest) -> Asked:
    """The call for a page: its entries, the total, every facet without its own filter."""
    first = (request.page - 1) * request.per_page
    size = max(0, min(request.per_page, MAX_MATCHES - first))
    return {
        "query": _among(request),
        **({"post_filter": _all_of(_filters(request.filters))} if request.filters else {}),
        "aggs": _counts(request.filters),
        "sort": _order(request),
        "from": first if size else 0,
        "size": size,
        "track_total_hits": MAX_MATCHES + 1,
        "_source": False,
    }


def _among(request: SearchRequest) -> Asked:
    query = readable(request.keys)
    if request.without:
        query["must_not"].append({"terms": {"page": sorted(request.without)}})
    asked = request.query
    if asked:
        least, firm = asked.least(request.ring), asked.least(Ring.FIRM)
        needed = asked.strong if least else asked.wanted
        query["must"] = [_met(needed, least or 1)]
        query["should"] = [
            *(_clause(each, WEIGHTS) for each in asked.wanted if each not in needed),
            *_whole_title(asked),
            *_as_written(asked),
            *_subjects(asked),
            *_side_by_side(asked),
        ]
        if 0 < least < firm:
            tier = {"filter": _met(needed, firm), "boost": _FIRM}
            query["should"].append({"constant_score": tier})
        query["must_not"] += (_clause(each, WEIGHTS) for each in asked.unwanted)
    return {"bool": query}


def readable(keys: Iterable[str]) -> dict[str, list[Asked]]:
    """What shares a key with the reader and has not expired, as parts of a `bool`."""
    return {
        "filter": [{"terms": {"audience": sorted(clean(key) for key in keys)}}],
        "must_not": [{"range": {"expires": {"lte": instant(timezone.now())}}}],
    }


def _whole_title(query: Query) -> list[Asked]:
    """Who types a title means that page, however short others are."""
    weights = {"title": WEIGHTS["title"]}
    clauses = [_clause(each, weights) for each in query.wanted]
    return [{"constant_score": {"filter": _all_of(clauses), "boost": _IN_TITLE}}]


def _as_written(query: Query) -> list[Asked]:
    """Words in just the form in which they were typed count a little more."""
    return [
        {"match": {"written": {"query": clean(each.typed), "boost": _EXACT_WEIGHT}}}
        for each in query.wanted
        if each.typed
    ]


def _met(clauses: Iterable[Clause], count: int) -> Asked:
    """Meets so many of them."""
    return _some_of([_clause(each, WEIGHTS) for each in clauses], count)


def _side_by_side(query: Query) -> list[Asked]:
    """Words that stand together as they were typed are more than the same words anywhere. Not in the
    body: to read where each word stands there would take longer than all the rest."""
    return [
        {
            "multi_match": {
                "query": f"{clean(one)[:LONGEST_TERM]} {clean(other)[:LONGEST_TERM]}",
                "fields": list(WORTH),
                "type": "phrase",
                "slop": NEAR,
                "boost": SIDE_BY_SIDE / 2,  # a run of two scores as both do
            }
        }
        for _, (one, other) in query.neighbours
    ]


def _subjects(query: Query) -> list[Asked]:
    """What a text is about counts more than what it mentions."""
    return [
        {"dis_max": {"queries": [_subject(term) for term in sorted(told)]}}
        for each in query.wanted
        if (told := {atom.terms[0] for atom in each.atoms if len(atom.terms) == 1})
    ]


def _subject(term: str) -> Asked:
    value = clean(term)[:LONGEST_TERM]
    found: Asked = {"term": {"subject": {"value": value, "boost": _SUBJECT_WEIGHT}}}
    # Something for the subject itself, however common it is.
    return _some_of([found, {"constant_score": {"filter": found, "boost": _SUBJECT}}], 1)


def _clause(clause: Clause, weights: Mapping[str, float]) -> Asked:
    """The best of what will do; what was typed also as English and Spanish read it."""
    ways = [_atom(atom, weights) for atom in clause.atoms]
    if clause.typed:
        for language in LANGUAGES:
            fields = [f"{language}.{name}^{weight}" for name, weight in weights.items()]
            kind = {"type": "phrase"} if clause.atoms[0].is_phrase else {"operator": "and"}
            ways.append({"multi_match": {"query": clean(clause.typed), "fields": fields, **kind}})
    return ways[0] if len(ways) == 1 else {"dis_max": {"queries": ways}}


def _atom(atom: Atom, weights: Mapping[str, float]) -> Asked:
    terms = [clean(term)[:LONGEST_TERM] for term in atom.terms]
    if atom.field:
        if "keywords" not in weights:  # they are no words of a title
            return _NOTHING
        field = "acronyms" if atom.field == ACRONYM else "authors"
        return _all_of(
            [{"term": {field: {"value": term, "boost": _ACRONYM_WEIGHT}}} for term in terms]
        )
    fields = [f"{name}^{weight}" for name, weight in weights.items()]
    if atom.is_phrase:
        run = {"query": " ".join(terms), "fields": fields, "type": "phrase"}
        return {"multi_match": run | {"tie_breaker": _OTHER_FIELDS}}
    return _all_of([_in_any(term, weights) for term in terms])


def _in_any(term: str, weights: Mapping[str, float]) -> Asked:
    """Above all the best of the fields: to say one thing everywhere is not to say two."""
    ways = [{"term": {name: {"value": term, "boost": weight}}} for name, weight in weights.items()]
    return {"dis_max": {"queries": ways, "tie_breaker": _OTHER_FIELDS}}


def _all_of(queries: list[Asked]) -> Asked:
    return queries[0] if len(queries) == 1 else {"bool": {"must": queries}}


def _some_of(queries: list[Asked], count: int) -> Asked:
    return {"bool": {"should": queries, "minimum_should_match": count}}


def _filters(chosen: Mapping[str, str]) -> list[Asked]:
    return [{"term": {"has": has(name, value)}} for name, value in chosen.items()]


def _counts(chosen: Mapping[str, str]) -> Asked:
    """Every facet among what passes the filters of the others, and what there is without any."""
    counts: Asked = {EVERY: {"filter": {"match_all": {}}}} if chosen else {}
    for name in FACETS:
        counts[name] = {"terms": {"field": f"counted.{name}", "size": MOST_VALUES}}
        others = _filters({n: v for n, v in chosen.items() if n != name})
        if others:
            counts[name] = {"filter": _all_of(others), "aggs": {VALUES: counts[name]}}
    return counts


def _order(request: SearchRequest) -> list[Asked]:
    if request.order == "titulo":
        return [{"sort_title": "asc"}, {"page": "asc"}]
    if request.order == "recentes" or not request.query:
        return [{"published": "desc"}, {"page": "desc"}]
    return [{"_score": "desc"}, {"page": "asc"}]
