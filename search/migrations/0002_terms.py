"""The full-text table of the embedded engine, as the database at hand keeps such a thing."""

from django.db import migrations

_CREATE = {
    "sqlite": ["CREATE VIRTUAL TABLE search_terms USING fts5(title, keywords, summary, body)"],
    "postgresql": [
        "CREATE TABLE search_terms (entry_id bigint PRIMARY KEY, terms tsvector NOT NULL)",
        "CREATE INDEX search_terms_gin ON search_terms USING gin (terms)",
    ],
}


def create(apps, schema_editor):
    for statement in _CREATE.get(schema_editor.connection.vendor, []):
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    schema_editor.execute("DROP TABLE IF EXISTS search_terms")


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [migrations.RunPython(create, drop)]
