from django.db import migrations

from seminars.companies import company_of


def fill(apps, schema_editor):
    people = apps.get_model("seminars", "SignUp").objects.exclude(email="")
    for person in people.only("company", "email").iterator():
        found = company_of(person.company, person.email)
        people.filter(pk=person.pk).update(company_domain=found.domain, company_name_key=found.name[:255])


class Migration(migrations.Migration):
    dependencies = [("seminars", "0005_add_offers_and_companies")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
