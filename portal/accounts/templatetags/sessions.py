from datetime import timedelta

from django import template
from django.utils import timezone

from portal.accounts import session_time

register = template.Library()


@register.inclusion_tag("components/session_bar.html", takes_context=True)
def session_bar(context):
    """Warns a signed-in person before the session ends; empty for everybody else."""
    request = context.get("request")
    if request is None or not hasattr(request, "session") or not request.user.is_authenticated:
        return {}
    left = session_time.left(request)
    return {"left": left, "ends_at": timezone.now() + timedelta(seconds=left)}
