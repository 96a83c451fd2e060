from django.db import migrations

POSTGRESQL = [
    """
    CREATE FUNCTION audit_event_is_final() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'audit events are final';
    END $$
    """,
    """
    CREATE TRIGGER audit_event_rows BEFORE UPDATE OR DELETE ON audit_event
    FOR EACH ROW EXECUTE FUNCTION audit_event_is_final()
    """,
    """
    CREATE TRIGGER audit_event_truncate BEFORE TRUNCATE ON audit_event
    FOR EACH STATEMENT EXECUTE FUNCTION audit_event_is_final()
    """,
]
SQLITE = [
    f"""
    CREATE TRIGGER audit_event_{verb.lower()} BEFORE {verb} ON audit_event
    BEGIN SELECT RAISE(ABORT, 'audit events are final'); END
    """
    for verb in ("UPDATE", "DELETE")
]
UNDO = {
    "postgresql": ["DROP FUNCTION audit_event_is_final() CASCADE"],
    "sqlite": ["DROP TRIGGER audit_event_update", "DROP TRIGGER audit_event_delete"],
}


def protect(apps, schema_editor):
    for statement in {"postgresql": POSTGRESQL, "sqlite": SQLITE}[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def unprotect(apps, schema_editor):
    for statement in UNDO[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunPython(protect, unprotect, elidable=False)]
