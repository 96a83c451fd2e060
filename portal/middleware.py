import structlog
from django.conf import settings
from django_structlog.middlewares import RequestMiddleware

from portal import views

log = structlog.get_logger(__name__)


class RequestLogMiddleware(RequestMiddleware):
    """Logs every request by its route: a path or a query may hold the token of a signed link or a name."""

    @staticmethod
    def format_request(request):
        match = getattr(request, "resolver_match", None)
        unrouted = "(kept page)" if getattr(request, "is_answered_from_cache", False) else "(no route)"
        return f"{request.method} {match.route if match else unrouted}"

    @staticmethod
    def bind_user_id(request):
        """Who it was, if the view asked: to ask here would cost a query, and fail without a database."""
        user = getattr(request, "_cached_user", None)
        if user is not None and user.is_authenticated:
            structlog.contextvars.bind_contextvars(user=str(user.uuid))


class RequestSizeMiddleware:
    """Refuses a request that says it is too large before any of it is read."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        length = request.headers.get("content-length") or "0"
        if length.isdecimal() and int(length) > settings.MAX_REQUEST_SIZE:
            return views.request_too_large(request)
        return self.get_response(request)


class BusyDatabaseMiddleware:
    """Answers "try again" with the typed text, where a lock took too long or the database is away."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    @staticmethod
    def process_exception(request, exception):
        if not isinstance(exception, views.NO_DATABASE):
            return None
        log.warning("database_busy", failure=type(exception.__cause__ or exception).__name__)
        return views.busy(request)
