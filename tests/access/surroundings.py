"""What stands around the companies' stories: texts of the office, seminars, and what is in preparation."""

from django.db import models
from django.http import QueryDict
from django.utils import timezone

from applications.desk import saved_filters
from applications.desk.cases import CaseList
from applications.models import Criterion, DocumentRequirement, EligibilityItem, Question, Round, Section
from applications.support import reply_templates
from home.models import HomePage, NewsIndexPage, NewsPage
from portal.accounts import claims, companies, invitations
from portal.accounts.models import RegistrationClaim, UnsentForm
from portal.accounts.permissions import membership_of
from portal.mail.models import Message
from seminars import letters, seats
from seminars.models import (
    AttendanceOption,
    Letter,
    Organisation,
    RundownItem,
    SeminarMaterial,
    SignUp,
    Speaker,
)
from seminars.models.asking import InvitationCode, SeminarQuestion
from seminars.models.company import CompanyAlias
from tests.access.columns import MADE, text_fields
from tests.access.stories import OFFICE, OFFICERS
from tests.applications.conftest import make_round
from tests.seminars.makers import details, make_seminar

MAILS = "officer auditor root"
# Auditors have no list of sign-ups, but all mail.
SEMINARS = "organiser officer auditor root"
FACTS = "organiser officer editor root"


def plant(world, words):
    """Everything of it, with the attributes that the rows of the matrix ask for."""
    office_texts(world, words)
    claimed(world, words)
    signed_up(world, words)
    announced_later(words)
    in_preparation(words)
    return {"claim": RegistrationClaim.objects.get(state="open", provider=world.company)}


def office_texts(world, words):
    for code in ("officer", "auditor"):
        name = words.plant(f"Filter{code}", code)
        query = words.plant(f"FilterQuery{code}", code)
        saved_filters.save(world.user(code), name, CaseList.from_query(QueryDict(f"q={query}")))
    texts = {
        name: words.plant(f"Template{name}", OFFICE) for name in reply_templates.TEXTS if name != "is_retired"
    }
    reply_templates.add(texts | {"is_retired": False}, officer=world.user("officer"))
    UnsentForm.objects.filter(pk=world.unsent.pk).update(
        fields=[["address", [words.plant("Unsent", "owner")]]]
    )
    Message.objects.filter(pk=world.mail.pk).update(
        last_error=words.plant("LastError", f"organiser {MAILS}"),
        # Of an enquiry it stands in the text as well; no page shows it besides.
        reply_to=f"{words.plant('Writer', '')}@demo.example",
    )
    invited = f"{words.plant('Invited', f'owner submitter colleague viewer {MAILS}')}@demo.example"
    invitations.invite_colleague(
        membership_of(world.user("owner")), email=invited, role="view", language="en"
    )


def claimed(world, words):
    """One person claims the company's number twice: the first claim is refused, the second still open."""
    newcomer = world.user("newcomer")
    # Who claims a number has typed it.
    words.readers[world.company.hk_registration] |= {"newcomer"}
    for part in ("First", "Second"):
        for claim in RegistrationClaim.objects.filter(claimant=newcomer, state="open"):
            note = words.plant(f"Claim{part}Note", OFFICERS)
            claims.settle(claim, claims.State.REFUSED, officer=world.user("officer"), note=note)
        profile = {name: getattr(world.company, name) for name in companies.PROFILE_FIELDS}
        for name in ("name_en", "address"):
            profile[name] = words.plant(
                f"Claim{part}{name}", f"newcomer {MAILS if name == 'name_en' else OFFICERS}"
            )
        companies.register_company(newcomer, profile)


def signed_up(world, words):
    """Ada has a place at a published seminar, Ben at another one; each may read only what is his or hers."""
    for who, seminar in (("ada", world.seminar), ("ben", world.hidden_seminar)):
        option = seminar.options.get(mode="online")
        option.join_link = f"https://demo.example/{words.plant(f'Join{who}', 'organiser editor root')}"
        option.save()
        say = lambda name, who=who: words.plant(f"{who}{name}", f"{who} {SEMINARS}")  # noqa: E731
        typed = {name: say(name) for name in ("name", "company", "question")}
        question = SeminarQuestion.objects.create(seminar=seminar, label_en="Anything else?")
        typed["answers"] = {str(question.uuid): say("Answer")}
        email = f"{say('Mail')}@{say('Domain').lower()}.example"
        phone = words.telephone(f"{who}Phone", f"{who} {SEMINARS}")
        seats.sign_up(seminar, option=option, details=details(who, email=email, phone=phone, **typed))
        sign_up = SignUp.objects.get(seminar=seminar, email=email)
        sign_up.new_email = f"{say('NewMail')}@new.example"
        sign_up.save()
        world.__dict__[f"{who}_sign_up"] = sign_up
    written_to(world, words)


def written_to(world, words):
    """A letter of the organiser to Ada, whose mail is in English."""
    letter, read = Letter(), "organiser root"
    for field in (each for each in text_fields(Letter) if each.name != "filters"):
        is_hers = field.name.endswith("_en")
        known = f"ada {SEMINARS}" if is_hers or field.name.startswith("subject") else read
        setattr(letter, field.name, words.plant(f"Letter{field.name}", known))
    letter.filters = {"q": words.plant("LetterSearch", read)}
    letters.send(world.seminar, [world.ada_sign_up], letter, actor=world.user("organiser"))


def announced_later(words):
    """A seminar that has no page yet."""
    say = lambda name: words.plant(f"Later{name}", FACTS)  # noqa: E731
    seminar = make_seminar()
    now = timezone.localtime().time().replace(microsecond=0)
    RundownItem.objects.create(seminar=seminar, starts=now, ends=now)
    Speaker.objects.create(seminar=seminar)
    Organisation.objects.create(seminar=seminar)
    SeminarQuestion.objects.create(seminar=seminar)
    InvitationCode.objects.create(seminar=seminar)
    SeminarMaterial.objects.create(seminar=seminar, audience=SeminarMaterial.Audience.ATTENDEES)
    CompanyAlias.objects.create()
    AttendanceOption.objects.filter(seminar=seminar, mode="online").delete()
    write_texts(seminar, say)
    write_texts(CompanyAlias.objects.get(), say)
    parts = (RundownItem, Speaker, Organisation, AttendanceOption, SeminarQuestion, InvitationCode)
    for model in (*parts, SeminarMaterial):
        write_texts(model.objects.get(seminar=seminar), say)
    index = NewsIndexPage(title="News", slug="crawled-news")
    HomePage.objects.get(locale__language_code="en").add_child(instance=index)
    page = NewsPage(
        title=words.plant("UnpublishedNews", "editor root"), slug="unpublished", date=timezone.localdate()
    )
    page.summary, page.live = words.plant("UnpublishedSummary", "editor root"), False
    index.add_child(instance=page)
    page.save_revision()


def in_preparation(words):
    """Next year's round, of which nobody outside the office knows yet."""
    say = lambda name: words.plant(f"Next{name}", "officer auditor root")  # noqa: E731
    round = make_round("NEXT-", state=Round.State.PREPARING)
    section = Section.objects.get(round=round)
    Question.objects.exclude(pk=Question.objects.filter(section=section).first().pk).filter(
        section=section
    ).delete()
    DocumentRequirement.objects.filter(round=round, required=False).delete()
    Criterion.objects.create(round=round, sort_order=1)
    rows = [round, section, section.questions.get(), round.document_requirements.get()]
    rows += [EligibilityItem.objects.get(round=round), Criterion.objects.get(round=round)]
    for row in rows:
        write_texts(row, say)
    round.form_versions.all().delete()


def write_texts(row, say):
    """A word into every column of the row that people type into."""
    model = type(row)
    for field in text_fields(model):
        if f"{model._meta.label}.{field.name}" in MADE:
            continue
        word = say(f"{model.__name__}{field.name}")
        if isinstance(field, models.URLField):
            word = f"https://demo.example/{word}"
        elif isinstance(field, models.EmailField):
            word = f"{word}@demo.example"
        elif field.name in {"choices", "columns"}:
            word = f"code | {word} | x | x"
        setattr(row, field.name, word)
    row.save()
