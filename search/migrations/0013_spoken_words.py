"""Give sites that have words already those of everyday speech that new sites begin with since."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from search.seeds import add_to, spoken_words


def add_words(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    expressions = apps.get_model("search", "Expression").objects.using(editor.connection.alias)
    add_to(expressions, spoken_words())


class Migration(migrations.Migration):
    dependencies = [("search", "0012_entries_that_expire")]

    operations = [migrations.RunPython(add_words, migrations.RunPython.noop, elidable=True)]
