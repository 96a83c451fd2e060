import structlog
from django_structlog.middlewares import RequestMiddleware


class RequestLogMiddleware(RequestMiddleware):
    """Logs every request by its route: a path or a query may hold the token of a signed link or a name."""

    @staticmethod
    def format_request(request):
        match = getattr(request, "resolver_match", None)
        return f"{request.method} {match.route if match else '(no route)'}"

    @staticmethod
    def bind_user_id(request):
        """Who it was, if the view asked: to ask here would cost a query, and fail without a database."""
        user = getattr(request, "_cached_user", None)
        if user is not None and user.is_authenticated:
            structlog.contextvars.bind_contextvars(user=str(user.uuid))
