from django.conf import settings
from django.core.checks import Error, register

from portal.files.policy import MAX_FILE_SIZE, MEGABYTE

# What our documentation tells the operator to put into clamd.conf; portal.E031 compares.
DEFAULT_SCANNER_LIMITS = {"MaxFileSize": 50 * MEGABYTE, "StreamMaxLength": 60 * MEGABYTE}


@register()
def scanner_limits(app_configs, **kwargs):
    """Above MaxFileSize clamd says OK without looking, so our largest upload must lie well below it."""
    limits = getattr(settings, "SCANNER_LIMITS", DEFAULT_SCANNER_LIMITS)
    if MAX_FILE_SIZE < limits["MaxFileSize"] < limits["StreamMaxLength"]:
        return []
    return [
        Error(
            "The virus scanner's limits do not lie above the largest upload.",
            hint="MAX_FILE_SIZE < clamd MaxFileSize < clamd StreamMaxLength, in bytes, in SCANNER_LIMITS.",
            id="files.E001",
        )
    ]
