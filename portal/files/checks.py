from django.conf import settings
from django.core.checks import Error, register

from portal.files.inspection.ooxml import MAX_PART
from portal.files.policy import MAX_FILE_SIZE, MEGABYTE

# What clamd.conf of the installation says; SCANNER_LIMITS tells other values.
DEFAULT_SCANNER_LIMITS = {"MaxFileSize": 50 * MEGABYTE, "StreamMaxLength": 60 * MEGABYTE}


@register()
def scanner_limits(app_configs, **kwargs):
    """Above MaxFileSize clamd says OK without looking, so our largest upload and part must lie below."""
    limits = getattr(settings, "SCANNER_LIMITS", DEFAULT_SCANNER_LIMITS)
    if max(MAX_FILE_SIZE, MAX_PART) < limits["MaxFileSize"] < limits["StreamMaxLength"]:
        return []
    return [
        Error(
            "The virus scanner's limits do not lie above the largest upload and the largest part of one.",
            hint="Needed: 40 MB < MaxFileSize < StreamMaxLength, in clamd.conf and in SCANNER_LIMITS.",
            id="files.E001",
        )
    ]
