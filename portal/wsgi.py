import os

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.production")

application = get_wsgi_application()

if getattr(settings, "REFUSE_UNSAFE_START", False):
    # Models, and so our checks, can be imported only now.
    from portal import checks

    if problems := checks.problems_at_start():
        lines = "\n".join(f"  - {problem}" for problem in problems)
        raise ImproperlyConfigured(f"The portal does not start:\n{lines}")

# Whatever was kept was made by the version before. Rendered pages need all that is loaded only now.
from portal import page_cache  # noqa: E402

page_cache.forget_now()
