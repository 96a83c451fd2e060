"""QR codes as SVG, without a style of their own, so that our content policy allows them in a page."""

import qrcode
from django.utils.html import format_html
from qrcode.constants import ERROR_CORRECT_M

QUIET_ZONE = 4


def svg(text: str, label: str) -> str:
    """The code of `text`, dark on light whatever the theme, because cameras expect it."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=QUIET_ZONE)
    code.add_data(text)
    code.make(fit=True)
    matrix = code.get_matrix()
    path = "".join(
        f"M{x} {y}h1v1h-1z" for y, row in enumerate(matrix) for x, is_dark in enumerate(row) if is_dark
    )
    size = len(matrix)
    return format_html(
        '<svg class="cp-qr" role="img" aria-label="{label}" viewBox="0 0 {size} {size}" '
        'shape-rendering="crispEdges"><rect width="{size}" height="{size}" fill="#fff"/>'
        '<path fill="#000" d="{path}"/></svg>',
        label=label,
        size=size,
        path=path,
    )
