"""What a demonstration officer has done so far with the case in verification."""

import io
from datetime import timedelta

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw

from applications import rounds
from applications.desk import checklist, notes, visits
from applications.models import Application, CheckItem, SiteVisit
from portal.accounts import companies, demo, people, verification
from portal.accounts.models import Provider, User

State = CheckItem.State


def check(application: Application, officer, items) -> None:
    """Find these lines of the checklist in order."""
    seen = checklist.mark(State.OPEN, "")
    verdicts = [checklist.Verdict(item.uuid, State.PASSED, "", seen) for item in items]
    checklist.save(application, verdicts, officer=officer)


def work(application: Application, officer) -> None:
    """Some lines checked and one in doubt, a note, a visit that was and one to come."""
    items = list(application.check_items.all())
    check(application, officer, items[:3])
    doubt = checklist.Verdict(
        items[3].uuid,
        State.QUESTION,
        "Demonstration: the year in the answer and the year in the document differ.",
        checklist.mark(State.OPEN, ""),
    )
    checklist.save(application, [doubt], officer=officer)
    notes.write(
        application,
        author=officer,
        text="Demonstration: the contact person asked to be called in the afternoon.",
    )
    now = rounds.database_now()
    past = visits.Plan(now - timedelta(days=2), "Demo Dyeing Works 1, Dongguan", "Demo Officer\nDemo Wong")
    visit = visits.plan(application, past, officer=officer)
    findings = visits.Report(
        past.visited_at,
        past.place,
        past.people,
        "Demonstration: two of three heat exchangers run as described; the third waits for a part.",
        SiteVisit.Result.PARTLY,
    )
    visits.report(visit, findings, base_version=visit.version, officer=officer)
    visits.add_photo(
        visit, _photo(), officer=officer, description="Demonstration picture, not a real factory"
    )
    visits.plan(
        application,
        visits.Plan(now + timedelta(days=9), "Demo Dyeing Works 2, Foshan", "Demo Officer"),
        officer=officer,
    )


def compare_and_claim(*, verified: str, claimed: dict, officer) -> None:
    """One company whose registration was compared, and one whose number a second person entered."""
    provider = Provider.objects.filter(hk_registration=verified).first()
    if provider and not provider.checks.exists():
        seen = verification.fingerprint(provider)
        note = "Demonstration: names and number agree."
        verification.decide(provider, is_verified=True, note=note, seen=seen, officer=officer)
    email = f"second_claim@{demo.DEMO_DOMAIN}"
    if not User.objects.filter(email=email).exists():
        claimant = people.create_verified(email, name="Demo Second Person", password=demo.DEMO_PASSWORD)
        companies.register_company(claimant, {**claimed, "name_en": "Demo Green Delta Energy (Kowloon)"})


def _photo():
    picture = Image.new("RGB", (640, 480), "#0f5b5f")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((80, 200, 560, 420), fill="#d9e8e3")
    draw.polygon(
        ((80, 200), (240, 90), (240, 200), (400, 90), (400, 200), (560, 90), (560, 200)), fill="#b8d1c9"
    )
    draw.text((90, 440), "Demonstration picture", fill="#ffffff")
    content = io.BytesIO()
    picture.save(content, "PNG")
    return ContentFile(content.getvalue(), name="demonstration-visit.png")
