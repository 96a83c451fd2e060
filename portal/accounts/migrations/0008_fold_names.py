from django.db import migrations


def fill(apps, schema_editor):
    providers = apps.get_model("accounts", "Provider").objects.all()
    field = providers.model._meta.get_field("folded_names")
    for provider in providers.iterator():
        providers.filter(pk=provider.pk).update(folded_names=field.folded(provider))


class Migration(migrations.Migration):
    dependencies = [("accounts", "0007_keep_folded_names")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
