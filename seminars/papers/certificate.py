"""The PDF of a certificate of attendance: one sheet in three languages, the person's own first."""

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from django_tasks import task

from portal import pdf
from portal.files import making
from portal.languages import lang_tag
from portal.texts import SUFFIX_OF, localized
from seminars import codes, verifying
from seminars.models import AttendanceCertificate, Organisation, Seminar, SignUp
from seminars.papers import keeping

OWNER_KIND = "attendance_certificate"
STYLE = Path(__file__).with_name("certificate.css")
# Hundreds at once: whoever waits for an upload to be checked goes first.
PRIORITY = -20


@dataclass(frozen=True)
class Wording:
    """What the sheet says in one language."""

    language: str
    lang: str
    heading: str
    sentence: str
    title: str
    issuer: str


def order(made: list[AttendanceCertificate]) -> None:
    """Put the PDFs into the queue, in the caller's transaction."""
    for each in made:
        make.using(priority=PRIORITY).enqueue(str(each.uuid))


@task()
def make(certificate_uuid: str) -> str:
    """Make one PDF. Safe to run twice; without the store it is tried again, without Pango there is none."""
    waiting = AttendanceCertificate.objects.filter(uuid=UUID(certificate_uuid), file=None)
    found = waiting.select_related("sign_up__seminar", "sign_up__option").first()
    if found is None:
        return "gone"
    if not pdf.is_available():
        return "unavailable"
    language = found.sign_up.language
    with translation.override(language):
        content = pdf.make(_html(found, language), style=STYLE)
        name = _("Certificate of attendance %(code)s") % {"code": verifying.in_groups(found.code)}
    stored = keeping.keep(content, name=f"{name}.pdf", owner_kind=OWNER_KIND, owner_uuid=found.uuid)
    return "ready" if making.settle(waiting, stored) else "gone"


def _html(certificate, language):
    address = verifying.address_of(certificate, language)
    spoken = wordings(certificate.sign_up)
    context = {
        "lang": lang_tag(language),
        "certificate": certificate,
        "sign_up": certificate.sign_up,
        "seminar": certificate.sign_up.seminar,
        "wordings": spoken,
        "is_long": _is_long(certificate.sign_up, spoken),
        "code": verifying.in_groups(certificate.code),
        "address": address.partition("?")[0],
        "qr": codes.svg(address, qr_label()),
    }
    return render_to_string("seminars/papers/certificate.html", context)


def _is_long(sign_up, spoken):
    """Set smaller, so that it stays on one sheet."""
    return len(sign_up.name) > 50 or len(sign_up.company) > 90 or any(len(each.title) > 90 for each in spoken)


def qr_label() -> str:
    return _("The address where this certificate is verified")


def issuers(seminar: Seminar) -> list[str]:
    """Who says so: the organisers, else whom one may ask, in the active language."""
    organisers = [
        localized(each, "name").text
        for each in seminar.organisations.all()
        if each.part == Organisation.Part.ORGANISER
    ]
    named = organisers or [localized(seminar, "enquiry_name").text]
    return [name for name in named if name]


def wordings(sign_up: SignUp) -> list[Wording]:
    """All three, the language of the sign-up first."""
    order = sorted(SUFFIX_OF, key=lambda code: code != sign_up.language)
    found = []
    for code in order:
        with translation.override(code):
            found.append(
                Wording(
                    code,
                    lang_tag(code),
                    _("Certificate of Attendance"),
                    _("attended the following seminar"),
                    localized(sign_up.seminar, "title").text,
                    " · ".join(issuers(sign_up.seminar)),
                )
            )
    return found
