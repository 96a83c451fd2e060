"""Questions to the Secretariat: who may read and write, what is told to whom, and what never leaks."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from applications import rounds, workflow
from applications.drafts import tasklist
from applications.models import ReplyTemplate, Thread, ThreadMessage
from applications.support import reply_templates, threads
from applications.support.threads import NoSuchPlace
from portal.accounts.permissions import membership_of
from portal.audit.models import Event
from portal.mail import kinds
from portal.mail.models import Message
from tests.applications.conftest import GOOD, own_section, save
from tests.applications.test_views import LANGUAGES, at, words
from tests.services.people import person

pytestmark = pytest.mark.django_db
SECRET = "Our turnover is 12 million"


@pytest.fixture
def company(client_for, mei):
    return client_for(mei)


@pytest.fixture
def office(client_for, officer):
    return client_for(officer)


def in_office(name, *parts):
    return reverse(f"threads:{name}", args=parts)


def ask(application, member, *, place="", text="May we?", **more):
    more = {"key": uuid4(), "language": "en"} | more
    return threads.ask(application, member=member, place=place, text=text, **more)


def greeting(**texts):
    blank = {"text_en": "", "text_zh_hant": "", "text_zh_hans": ""}
    return {"name": "Greeting", "is_retired": False} | blank | texts


def mails():
    return sorted(Message.objects.values_list("kind", "to"))


def test_asking_tells_the_office_without_the_words(draft, owner, officer):
    key = uuid4()
    thread = ask(draft, owner, place=tasklist.PROJECTS, text=SECRET, key=key)
    assert ask(draft, owner, place=tasklist.PROJECTS, text=SECRET, key=key) == thread
    assert mails() == [("thread.asked", "officer@demo.example")]
    mail = Message.objects.get()
    assert "Project records" in mail.body
    assert SECRET not in mail.body + mail.subject
    assert (thread.waits_for_office, thread.messages.count()) == (True, 1)
    event = Event.objects.get(object_uuid=thread.uuid)
    assert SECRET not in str(event.__dict__)


def test_the_case_officer_alone_is_told(submitted, owner, officer):

    person("second officer", role="officer")
    workflow.start_verification(submitted, officer=officer)
    Message.objects.all().delete()
    ask(submitted, owner)
    assert mails() == [("thread.asked", "officer@demo.example")]


@pytest.mark.parametrize(
    ("place", "key"), [("nowhere", ""), ("contacts", "summary"), ("projects", "summary")]
)
def test_only_places_of_the_form_can_be_asked_about(draft, owner, place, key):
    with pytest.raises(NoSuchPlace):
        ask(draft, owner, place=place, question_key=key)
    assert Thread.objects.count() == 0


def test_an_answer_reaches_those_who_asked_and_not_their_words(draft, owner, ken, officer):
    thread = ask(draft, membership_of(ken), text=SECRET)
    Message.objects.all().delete()
    key = uuid4()
    threads.answer(thread, officer=officer, text="Yes, " + SECRET, key=key)
    threads.answer(thread, officer=officer, text="Yes, " + SECRET, key=key)
    assert mails() == [("thread.answered", "ken@demo.example")]
    mail = Message.objects.get()
    assert SECRET not in mail.body + mail.subject
    link = kinds.get(mail.kind).links(mail)["thread"]
    assert link.endswith(f"/en/apply/{draft.uuid}/questions/{thread.uuid}/")
    thread.refresh_from_db()
    assert thread.waits_for_office is False


def test_the_owner_is_told_where_the_asker_has_left(draft, owner, ken, officer):
    thread = ask(draft, membership_of(ken))
    ken.memberships.all().delete()
    Message.objects.all().delete()
    threads.answer(thread, officer=officer, text="Yes", key=uuid4())
    assert mails() == [("thread.answered", "mei@demo.example")]


def test_writing_again_opens_a_closed_thread(draft, owner, officer):
    thread = ask(draft, owner)
    threads.answer(thread, officer=officer, text="Yes", key=uuid4())
    threads.close(thread, officer=officer)
    assert thread.state == "closed"
    Message.objects.all().delete()
    threads.write(thread, member=owner, text="And now?", key=uuid4())
    threads.write(thread, member=owner, text="Hello?", key=uuid4())
    thread.refresh_from_db()
    assert (thread.state, thread.waits_for_office) == ("open", True)
    # Two messages while nobody has answered are one mail.
    assert mails() == [("thread.asked", "officer@demo.example")]


def test_new_answers_are_marked_until_this_person_has_read_them(
    draft, owner, ken, officer, company, client_for
):
    thread = ask(draft, owner)
    assert threads.unread_of([draft], owner.user) == {}
    threads.answer(thread, officer=officer, text="Yes", key=uuid4())
    dashboard = reverse("applications:dashboard")
    assert "1 new answer" in words(company.get(dashboard))
    assert "New answer" in words(company.get(at("threads", draft)))
    company.head(at("thread", draft, thread.uuid))
    assert threads.unread_of([draft], owner.user) == {draft.pk: 1}
    company.get(at("thread", draft, thread.uuid))
    assert "1 new answer" not in words(company.get(dashboard))
    assert threads.unread_of([draft], ken) == {draft.pk: 1}
    assert "1 new answer" in words(client_for(ken).get(at("application", draft)))


def test_asking_from_a_page_carries_its_place(draft, company):
    page = company.get(at("section", draft, "contacts"))
    assert "Ask the Secretariat about this part" in words(page)
    page = company.get(at("thread_ask", draft), {"place": "contacts"})
    form = page.context["form"]
    assert form["place"].value() == "contacts"
    sent = [
        company.post(
            at("thread_ask", draft), {"place": "contacts", "text": "Who?", "key": form["key"].value()}
        )
        for _ in range(2)
    ]
    thread = Thread.objects.get()
    assert {each["Location"] for each in sent} == {at("thread", draft, thread.uuid)}
    page = company.get(at("thread", draft, thread.uuid))
    assert "Back to “Contact people”" in words(page)
    assert f'href="{at("section", draft, "contacts")}"' in page.content.decode()


def test_lists_show_how_each_question_begins(draft, owner, company, office):
    ask(draft, owner, place="projects", text="Which year?")
    ask(draft, owner, place="projects", text="Which factory?")
    for page in (company.get(at("threads", draft)), office.get(in_office("index"))):
        assert words(page).count("Which year?") == words(page).count("Which factory?") == 1


@pytest.mark.parametrize(
    "wrong", [{"text": ""}, {"text": "x" * 5001}, {"place": "nowhere", "text": "Keep me"}]
)
def test_mistakes_are_told_and_nothing_typed_is_lost(draft, company, wrong):
    page = company.post(at("thread_ask", draft), {"place": "projects", "text": "Why?"} | wrong)
    assert page.status_code == 422
    assert wrong["text"] in page.content.decode()
    assert Thread.objects.count() == 0


def test_another_company_finds_no_thread_and_writes_in_none(draft, owner, otto, vic, client_for):
    thread = ask(draft, owner)
    stranger = client_for(otto)
    assert stranger.get(at("thread", draft, thread.uuid)).status_code == 404
    assert stranger.post(at("thread", draft, thread.uuid), {"text": "Hacked"}).status_code == 404
    assert stranger.get(at("threads", draft)).status_code == 404
    other = workflow.start(draft.round, member=membership_of(otto))
    assert stranger.get(at("thread", other, thread.uuid)).status_code == 404
    assert stranger.post(at("thread", other, thread.uuid), {"text": "Hacked"}).status_code == 404
    viewer = client_for(vic)
    assert viewer.get(at("thread", draft, thread.uuid)).status_code == 200
    assert viewer.post(at("thread", draft, thread.uuid), {"text": "Hacked"}).status_code == 403
    assert ThreadMessage.objects.count() == 1


def test_a_key_of_another_thread_sends_nothing_into_this_one(draft, owner, otto, client_for):
    first = ask(draft, owner)
    key = first.messages.get().key
    other = workflow.start(draft.round, member=membership_of(otto))
    client_for(otto).post(at("thread_ask", other), {"place": "", "text": "Mine", "key": str(key)})
    assert first.messages.count() == 1
    assert not Thread.objects.filter(application=other, messages__text="May we?").exists()


def test_the_office_reads_the_question_and_never_the_draft(draft, owner, office):
    save(draft, own_section(draft)["uid"], GOOD | {"summary": SECRET}, owner)
    thread = ask(draft, owner, place=own_section(draft)["uid"], question_key="summary", text="May we?")
    page = office.get(in_office("thread", thread.uuid))
    text = words(page)
    assert "Your service: Summary" in text
    assert "May we?" in text
    assert SECRET not in page.content.decode()
    assert "the company's own" in text.replace("&#x27;", "'")
    assert office.get(reverse("cases:overview", args=[draft.uuid])).status_code == 404


def test_the_list_shows_who_waits_first_and_filters_exactly(draft, submitted, owner, officer, office):
    waiting = ask(submitted, owner, text="Old")
    answered = ask(submitted, owner, place="documents", text="New")
    threads.answer(answered, officer=officer, text="Yes", key=uuid4())
    closed = ask(submitted, owner, place="projects")
    threads.close(closed, officer=officer)

    def shown(**query):
        return [row["thread"] for row in office.get(in_office("index"), query).context["rows"]]

    assert shown()[0] == waiting
    assert shown(state="waiting") == [waiting]
    assert shown(state="answered") == [answered]
    assert shown(state="closed") == [closed]
    assert shown(q="Provider A DEMO-TS") == shown()
    assert shown(q="Somebody Else") == []
    assert shown(state="nonsense") == []
    assert shown(round=str(submitted.round.uuid)) == shown()
    assert shown(round=str(uuid4())) == []
    assert [
        row["thread"] for row in office.get(reverse("cases:threads", args=[submitted.uuid])).context["rows"]
    ]


@pytest.mark.parametrize(("language", "text"), [("en", "Hello"), ("zh-hant", "你好"), ("zh-hans", "您好")])
def test_a_template_is_filled_in_in_the_askers_language(draft, owner, officer, office, language, text):
    template = reply_templates.add(
        {
            "name": "Greeting",
            "text_en": "Hello",
            "text_zh_hant": "你好",
            "text_zh_hans": "您好",
            "is_retired": False,
        },
        officer=officer,
    )
    thread = ask(draft, owner, language=language)
    page = office.post(
        in_office("answer", thread.uuid), {"template": template.uuid, "text": "Typed before", "fill": "1"}
    )
    assert page.context["form"]["text"].value() == f"Typed before\n\n{text}"
    assert page.context["fallback"] is None
    assert thread.messages.count() == 1


def test_a_template_without_the_language_says_so(draft, owner, officer, office):
    template = reply_templates.add(greeting(text_en="Hello"), officer=officer)
    thread = ask(draft, owner, language="zh-hant")
    page = office.post(in_office("answer", thread.uuid), {"template": template.uuid, "text": "", "fill": "1"})
    assert "has no text in the language of the asker" in words(page)


def test_sending_twice_answers_once(draft, owner, office):
    thread = ask(draft, owner)
    typed = {"text": "Yes", "key": str(uuid4())}
    for _ in range(2):
        assert office.post(in_office("answer", thread.uuid), typed).status_code == 302
    assert thread.messages.filter(is_from_office=True).count() == 1
    assert office.post(in_office("answer", thread.uuid), {"text": ""}).status_code == 422


def test_readers_read_and_only_officers_answer(draft, owner, client_for, auditor, assessor, editor):
    thread = ask(draft, owner)
    assert client_for(auditor).get(in_office("thread", thread.uuid)).status_code == 200
    assert client_for(auditor).post(in_office("answer", thread.uuid), {"text": "x"}).status_code == 403
    for user in (assessor, editor):
        assert client_for(user).get(in_office("thread", thread.uuid)).status_code == 403
    assert thread.messages.count() == 1


def test_templates_are_kept_by_officers_without_overwriting(office, officer):
    typed = {"name": "Scans", "text_en": "Clear scans", "text_zh_hant": "", "text_zh_hans": ""}
    assert office.post(in_office("template_add"), typed | {"text_en": ""}).status_code == 422
    assert office.post(in_office("template_add"), typed).status_code == 302
    assert office.post(in_office("template_add"), typed).status_code == 422
    template = ReplyTemplate.objects.get()
    url = in_office("template", template.uuid)
    assert office.post(url, typed | {"text_en": "Mine", "version": "1"}).status_code == 302
    stale = office.post(url, typed | {"text_en": "Theirs", "version": "1"})
    assert stale.status_code == 409
    assert "Mine" in words(stale)
    assert "Theirs" in stale.content.decode()
    template.refresh_from_db()
    assert (template.text_en, template.version) == ("Mine", 2)


@pytest.mark.parametrize("prefix", LANGUAGES)
def test_pages_open_in_each_language(draft, owner, company, prefix):
    thread = ask(draft, owner)
    for name, more in (("threads", ()), ("thread_ask", ()), ("thread", (thread.uuid,))):
        assert company.get(at(name, draft, *more, language=LANGUAGES[prefix])).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_lists_cost_a_fixed_number_of_queries(
    submitted, owner, office, company, count, django_assert_max_num_queries
):
    for _ in range(count):
        ask(submitted, owner)
    with django_assert_max_num_queries(12):
        office.get(in_office("index"))
    with django_assert_max_num_queries(12):
        company.get(at("threads", submitted))


def test_last_word_decides_the_order_of_the_companys_list(draft, owner, company, monkeypatch):
    first, second = ask(draft, owner), ask(draft, owner)
    later = rounds.database_now() + timedelta(hours=1)
    monkeypatch.setattr(rounds, "database_now", lambda: later)
    threads.write(first, member=owner, text="More", key=uuid4())
    rows = company.get(at("threads", draft)).context["rows"]
    assert [row["thread"] for row in rows] == [first, second]
