"""Now by the database's clock: with several machines there is one that everybody asks."""

from datetime import UTC, datetime

from django.db import connection

CLOCK = {
    "sqlite": "SELECT STRFTIME('%Y-%m-%dT%H:%M:%f', 'now')",
    "postgresql": "SELECT STATEMENT_TIMESTAMP()",
}


def database_now() -> datetime:
    """Aware, in UTC."""
    with connection.cursor() as cursor:
        cursor.execute(CLOCK[connection.vendor])
        now = cursor.fetchone()[0]
    return datetime.fromisoformat(now).replace(tzinfo=UTC) if isinstance(now, str) else now
