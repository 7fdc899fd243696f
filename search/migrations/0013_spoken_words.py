"""Give sites that have words already those of everyday speech that new sites begin with since."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from search.language import fold
from search.seeds import spoken_words


def add_words(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Add what is not there, and change nothing that is. A site without any is given all when it is
    set up."""
    expressions = apps.get_model("search", "Expression").objects.using(editor.connection.alias)
    there = {fold(text) for text in expressions.values_list("text", flat=True)}
    if not there:
        return
    expressions.bulk_create(
        expressions.model(text=word.text, is_acronym=False, meanings=word.meanings)
        for word in spoken_words()
        if fold(word.text) not in there
    )


class Migration(migrations.Migration):
    dependencies = [("search", "0012_entries_that_expire")]

    operations = [migrations.RunPython(add_words, migrations.RunPython.noop, elidable=True)]
