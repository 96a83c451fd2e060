"""Whether a request wrote anything: only then is it worth to look what changed."""

from django.db import connection


class Writes:
    """`with Writes() as writes: ...; writes.any` says whether rows other than of sessions were written."""

    def __init__(self):
        self.any = False
        self._wrapper = connection.execute_wrapper(self._note)

    def __enter__(self):
        self._wrapper.__enter__()
        return self

    def __exit__(self, *raised):
        return self._wrapper.__exit__(*raised)

    def _note(self, execute, sql, params, many, context):
        self.any |= sql.startswith(("INSERT", "UPDATE", "DELETE")) and "django_session" not in sql
        return execute(sql, params, many, context)
