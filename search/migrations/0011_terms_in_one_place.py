"""On PostgreSQL, keep the terms of an entry in its row, up to a page of 8 kB: those of more than 2 kB
stood elsewhere, and were fetched again for each thing that is asked of them (ten times as slow)."""

from django.db import migrations

_STATEMENTS = [
    "ALTER TABLE search_terms SET (toast_tuple_target = 8160)",
    "UPDATE search_terms SET terms = terms || ''::tsvector",
]


def keep_together(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for statement in _STATEMENTS:
            schema_editor.execute(statement)


def set_apart(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE search_terms RESET (toast_tuple_target)")


class Migration(migrations.Migration):
    dependencies = [("search", "0010_everyday_words")]

    operations = [migrations.RunPython(keep_together, set_apart)]
