"""An index of the few entries that expire: whether any has is asked with every question."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("search", "0011_terms_in_one_place")]

    operations = [
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(
                condition=models.Q(("expires_at__isnull", False)),
                fields=["expires_at"],
                name="search_entry_expires",
            ),
        ),
    ]
