from django.db import migrations


def begin_histories(apps, schema_editor):
    """Records that stand already begin their history as they are."""
    ProjectRecord = apps.get_model("applications", "ProjectRecord")
    ProjectRevision = apps.get_model("applications", "ProjectRevision")
    ProjectRevision.objects.bulk_create(
        ProjectRevision(
            application_id=record.application_id,
            project_uuid=record.uuid,
            version=record.version,
            data=record.entered,
            changed_by_id=record.changed_by_id,
            started_at=record.changed_at,
            changed_at=record.changed_at,
        )
        for record in ProjectRecord.objects.order_by("id").iterator()
    )


class Migration(migrations.Migration):

    dependencies = [
        ("applications", "0002_keep_history_of_projects"),
    ]

    operations = [
        migrations.RunPython(begin_histories, migrations.RunPython.noop),
    ]
