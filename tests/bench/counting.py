import time
from contextlib import ExitStack, contextmanager

from django.db import connections


class CountQueries:
    """Says how many statements an answer took, and in milliseconds its longest transaction and the work.

    Work is processor time of the web process alone: it stays the same where others keep the machine busy.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        count, open_for, begun = 0, [0.0], time.thread_time()

        def counted(execute, sql, params, many, context):
            nonlocal count
            count += 1
            return execute(sql, params, many, context)

        with ExitStack() as stack:
            for connection in connections.all():
                stack.enter_context(connection.execute_wrapper(counted))
                stack.enter_context(_timed(connection, open_for))
            response = self.get_response(request)
        response["X-Queries"] = str(count)
        response["X-Transaction"] = f"{max(open_for) * 1000:.3f}"
        response["X-Work"] = f"{(time.thread_time() - begun) * 1000:.3f}"
        return response


@contextmanager
def _timed(connection, open_for):
    """A transaction stands from where Django ends autocommit to where it begins again."""
    plain, begun = connection.set_autocommit, None

    def set_autocommit(autocommit, *args, **options):
        nonlocal begun
        if begun is not None:
            open_for.append(time.perf_counter() - begun)
        begun = None if autocommit else time.perf_counter()
        return plain(autocommit, *args, **options)

    connection.set_autocommit = set_autocommit
    try:
        yield
    finally:
        del connection.set_autocommit
