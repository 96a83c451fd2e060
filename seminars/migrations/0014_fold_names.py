from django.db import migrations

FOLDED = ("folded_name", "folded_company")


def fill(apps, schema_editor):
    people = apps.get_model("seminars", "SignUp").objects.all()
    fields = {name: people.model._meta.get_field(name) for name in FOLDED}
    for person in people.only("name", "company").iterator():
        folded = {name: field.folded(person) for name, field in fields.items()}
        # What was anonymised has no name, and holds none.
        folded["folded_name"] = folded["folded_name"] if person.name else ""
        people.filter(pk=person.pk).update(**folded)


class Migration(migrations.Migration):
    dependencies = [("seminars", "0013_keep_folded_names")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
