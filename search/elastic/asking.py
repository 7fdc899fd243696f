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
from search.query import ACRONYM, Atom, Clause, Query

Asked = dict[str, Any]

VALUES = "values"  # of a facet that is counted among a part
MOST_VALUES = 200  # of one facet
_FIRM = 10_000  # more than any words can score together
_IN_TITLE = 2 * _FIRM
_ACRONYM_WEIGHT = 1.2
_EXACT_WEIGHT = 0.3
_SUBJECT_WEIGHT = 1.3
_OTHER_FIELDS = 0.2  # beside the field that counts most
_NOTHING: Asked = {"match_none": {}}


def page(request: SearchRequest, ring: int) -> Asked:
    """The search for the entries of a page, and how many pass the filters."""
    size = max(0, min(request.per_page, MAX_MATCHES - request.first))
    among = _among(request)
    among["filter"] += _filters(request.filters)
    if request.query:
        among["must"] = [_met(*request.query.needed(ring))]
        among["should"] = _wished(request.query, ring)
    return {
        "query": {"bool": among},
        "sort": _order(request),
        "from": request.first if size else 0,
        "size": size,
        "track_total_hits": _counted_to(request.query, ring),
        "_source": False,
    }


def counts(request: SearchRequest, ring: int) -> Asked:
    """The search for the facets, each without its own filter; its total is without any. It scores
    nothing, and is asked beside the other, which for the sake of counts would have to look at
    everything."""
    return {
        "query": _meeting(request, ring),
        "aggs": _facets(request.filters),
        "size": 0,
        "track_total_hits": True,
    }


def held(request: SearchRequest, ring: int, to: int) -> Asked:
    """The search for how many stand in a ring, counted `to` so many at the least."""
    return {"query": _meeting(request, ring), "size": 0, "track_total_hits": to}


def _meeting(request: SearchRequest, ring: int) -> Asked:
    """Whatever stands in the ring, unscored."""
    among = _among(request)
    if request.query:
        among["filter"].append(_met(*request.query.needed(ring)))
    return {"bool": among}


def _among(request: SearchRequest) -> dict[str, list[Asked]]:
    among = readable(request.keys)
    if request.without:
        among["must_not"].append({"terms": {"page": sorted(request.without)}})
    among["must_not"] += (_clause(each, WEIGHTS) for each in request.query.unwanted)
    return among


def _wished(query: Query, ring: int) -> list[Asked]:
    """What is not needed, and counts."""
    needed, _ = query.needed(ring)
    wished = [
        *(_clause(each, WEIGHTS) for each in query.wanted if each not in needed),
        *_whole_title(query),
        *_as_written(query),
        *_subjects(query),
        *_side_by_side(query),
    ]
    if query.is_mixed(ring):
        wished.append({"constant_score": {"filter": _met(needed, query.firm), "boost": _FIRM}})
    return wished


def _counted_to(query: Query, ring: int) -> int | bool:
    """How many are counted: where all of several things is needed, one more than are looked at, so
    that what cannot come first is skipped. To know that of any of several takes longer than to score
    them."""
    if ring < len(query.strong):
        return True
    return MAX_MATCHES + 1


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
    return {"term": {"subject": {"value": value, "boost": _SUBJECT_WEIGHT}}}


def _clause(clause: Clause, weights: Mapping[str, float]) -> Asked:
    """The best of what will do; what was typed also as English and Spanish read it."""
    ways = [_atom(atom, weights) for atom in clause.telling]
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


def _facets(chosen: Mapping[str, str]) -> Asked:
    """Every facet among what passes the filters of the others."""
    facets: Asked = {}
    for name in FACETS:
        facets[name] = {"terms": {"field": f"counted.{name}", "size": MOST_VALUES}}
        others = _filters({n: v for n, v in chosen.items() if n != name})
        if others:
            facets[name] = {"filter": _all_of(others), "aggs": {VALUES: facets[name]}}
    return facets


def _order(request: SearchRequest) -> list[Asked]:
    if request.order == "titulo":
        return [{"sort_title": "asc"}, {"page": "asc"}]
    if request.order == "recentes" or not request.query:
        return [{"published": "desc"}, {"page": "desc"}]
    return [{"_score": "desc"}, {"page": "asc"}]
