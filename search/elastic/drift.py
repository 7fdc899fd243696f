"""What Elasticsearch was never told: the site ran without its address for a while, or somebody changed
the index by hand. Versions tell, all of them together at little cost."""

from django.db.models import Count, Sum
from elasticsearch import Elasticsearch, helpers

from search.elastic.index import alias
from search.models import Entry


def unnoticed(client: Elasticsearch) -> list[int]:
    """The entries that the index has in another version, or not, or should not have. Where counts
    and sums agree, nothing more is read."""
    rows = Entry.objects.aggregate(count=Count("pk"), versions=Sum("version"))
    said = client.search(
        index=alias(),
        size=0,
        track_total_hits=True,
        aggs={"versions": {"sum": {"field": "version"}}},
    )
    count, versions = said["hits"]["total"]["value"], said["aggregations"]["versions"]["value"]
    if (count, int(versions)) == (rows["count"], rows["versions"] or 0):
        return []
    there = _versions(client)
    here = dict(Entry.objects.values_list("pk", "version"))
    return sorted(pk for pk in there.keys() | here.keys() if there.get(pk) != here.get(pk))


def _versions(client: Elasticsearch) -> dict[int, int]:
    query = {"_source": False, "docvalue_fields": ["version"]}
    found = helpers.scan(client, index=alias(), query=query, size=5000)
    return {int(each["_id"]): each["fields"]["version"][0] for each in found}
