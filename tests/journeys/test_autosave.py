"""What is typed is saved by itself, and where it cannot be, the page says so and keeps the text."""

import re
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from applications import rounds
from applications.drafts import drafting
from applications.models import Application, ProjectRecord
from portal.accounts.demo import BY_CODE
from portal.accounts.models import Membership

pytestmark = pytest.mark.browser
OWNER, COLLEAGUE = BY_CODE["owner"].email, BY_CODE["colleague"].email
SAVED = re.compile(r"^Saved at \d\d:\d\d, Hong Kong time$")
WORDS = "A slow answer 慢慢寫 𨋢"


class Writer:
    """The owner at a section with a long answer that nobody has begun."""

    def __init__(self, visitor):
        self.visitor, self.page = visitor, visitor.page
        self.application = Application.objects.get(provider__memberships__user__email=OWNER)
        sections = self.application.form_version.definition["sections"]
        begun = set(self.application.answers.values_list("section_uid", flat=True))
        self.section, self.question = next(
            (section, question)
            for section in sections
            for question in section["questions"]
            if question["kind"] == "long_text" and section["uid"] not in begun
        )
        visitor.sign_in(OWNER)
        self.page.goto(self.address)
        self.posts = []
        self.page.on("request", lambda each: self.posts.append(each) if each.method == "POST" else None)

    @property
    def address(self):
        return f"{self.visitor.origin}/en/apply/{self.application.uuid}/sections/{self.section['uid']}/"

    @property
    def field(self):
        return self.page.locator(f"textarea[name={self.question['key']}]")

    @property
    def bar(self):
        return self.page.locator("[data-savebar] [data-shown]")

    def type(self, text):
        self.field.click()
        self.page.keyboard.insert_text(text)

    def must_read(self, words):
        # Within the ten seconds that are promised.
        expect(self.bar).to_have_text(words, timeout=10_000)

    def kept(self):
        row = self.application.answers.filter(section_uid=self.section["uid"]).first()
        return row.data[self.question["key"]] if row else None

    def section_is_saved_by_colleague(self, text):
        row = self.application.answers.filter(section_uid=self.section["uid"]).first()
        member = Membership.objects.select_related("user", "provider").get(user__email=COLLEAGUE)
        drafting.save_section(
            self.application,
            self.section["uid"],
            {self.question["key"]: text},
            base_version=row.version if row else 0,
            member=member,
        )


@pytest.fixture
def visitor(new_visitor):
    return new_visitor()


@pytest.fixture
def writer(visitor):
    return Writer(visitor)


def test_text_is_saved_within_ten_seconds_of_the_last_key(writer):
    writer.must_read("Your answers are saved while you write.")
    writer.type(WORDS)
    writer.must_read(SAVED)
    assert writer.kept() == WORDS
    writer.type(" and more")
    writer.must_read("Not saved yet")
    writer.must_read(SAVED)
    assert writer.kept() == WORDS + " and more"
    assert len(writer.posts) == 2
    writer.visitor.look_here()
    spoken = writer.page.locator("[data-spoken]")
    assert spoken.get_attribute("role") == "status", "announced politely"
    writer.page.reload()
    assert writer.field.input_value() == WORDS + " and more"


@pytest.mark.audit
def test_somebody_who_writes_without_a_pause_is_saved_on_the_way(writer):
    for _ in range(11):
        writer.type("more ")
        writer.page.wait_for_timeout(900)
    assert writer.kept()


@pytest.mark.audit
def test_slow_answers_are_waited_for_one_at_a_time(writer):
    under_way, most = [], []

    def slowly(route):
        under_way.append(route)
        most.append(len(under_way))
        answer = route.fetch()
        writer.page.wait_for_timeout(2_500)
        under_way.remove(route)
        route.fulfill(response=answer)

    writer.page.route(writer.address, lambda route: slowly(route) if route.request.method == "POST" else None)
    writer.type("one ")
    writer.must_read("Saving…")
    writer.type("two ")
    writer.page.wait_for_timeout(2_200)
    writer.type("three")
    writer.must_read(SAVED)
    assert writer.kept() == "one two three"
    assert max(most) == 1


@pytest.mark.audit
def test_lost_answer_is_no_conflict_with_oneself(writer):
    lost = []

    def lose(route):
        if route.request.method == "POST" and not lost:
            lost.append(route.fetch().status)
            route.abort()
        else:
            route.continue_()

    writer.page.route(writer.address, lose)
    writer.type("kept by the server")
    writer.must_read(re.compile("^Not saved: no connection"))
    writer.type(", and more")
    writer.must_read(SAVED)
    assert lost == [200]
    assert writer.kept() == "kept by the server, and more"


@pytest.mark.audit
def test_without_a_connection_the_page_stays_and_saves_when_it_is_back(writer):
    writer.page.context.set_offline(True)
    writer.type(WORDS)
    writer.must_read(re.compile("^Not saved: no connection"))
    writer.visitor.look_here()
    writer.visitor.press("Save and continue")
    writer.page.wait_for_timeout(500)
    assert writer.page.url == writer.address
    assert writer.field.input_value() == WORDS
    assert writer.page.evaluate("document.activeElement.hasAttribute('data-savebar')")
    assert writer.kept() is None
    writer.page.context.set_offline(False)
    writer.must_read(SAVED)
    assert writer.kept() == WORDS


def test_conflict_is_told_and_both_texts_are_shown(writer):
    writer.section_is_saved_by_colleague("The colleague's words")
    writer.type("The owner's words")
    writer.must_read(re.compile("^Not saved: .* changed this at"))
    writer.visitor.look_here()
    writer.type(", which go on")
    writer.page.wait_for_timeout(3_000)
    assert writer.kept() == "The colleague's words"
    writer.visitor.press("See both texts")
    main = writer.page.locator("main")
    expect(main).to_contain_text("The colleague's words")
    expect(main).to_contain_text("The owner's words, which go on")
    assert writer.field.input_value() == "The owner's words, which go on"
    writer.field.fill("Of both")
    writer.page.wait_for_timeout(3_000)
    assert writer.kept() == "The colleague's words", "after a conflict the person decides"
    writer.visitor.press("Save and leave")
    assert writer.kept() == "Of both"


def test_session_that_ends_while_writing_loses_nothing(writer):
    writer.type("Before. ")
    writer.must_read(SAVED)
    Session.objects.all().delete()
    writer.type("After.")
    writer.must_read(re.compile("^Not saved: you were signed out"))
    writer.visitor.look_here()
    writer.visitor.press("Save and continue")
    assert writer.field.input_value() == "Before. After."
    with writer.page.context.expect_page() as opened:
        writer.visitor.follow("Sign in (opens in a new tab)")
    tab = opened.value
    tab.get_by_label("Email address", exact=True).fill(OWNER)
    tab.locator("input[type=password]").fill("demo-portal-2026")
    tab.get_by_role("button", name="Sign in", exact=True).click()
    tab.get_by_role("heading", name="Your applications").wait_for()
    tab.close()
    writer.page.bring_to_front()
    writer.page.evaluate("window.dispatchEvent(new Event('focus'))")
    writer.must_read(SAVED)
    assert writer.kept() == "Before. After."
    writer.visitor.press("Save and leave")
    assert writer.page.url.endswith(f"/{writer.application.uuid}/"), "the form works again, too"


@pytest.mark.audit
def test_somebody_else_who_signs_in_does_not_save_the_text(writer):
    writer.type("Mine. ")
    writer.must_read(SAVED)
    Session.objects.all().delete()
    writer.type("Mine too.")
    writer.must_read(re.compile("^Not saved: you were signed out"))
    tab = writer.page.context.new_page()
    tab.goto(writer.visitor.origin + "/en/account/login/")
    tab.get_by_label("Email address", exact=True).fill(COLLEAGUE)
    tab.locator("input[type=password]").fill("demo-portal-2026")
    tab.get_by_role("button", name="Sign in", exact=True).click()
    tab.get_by_role("heading", name="Your applications").wait_for()
    tab.close()
    writer.page.evaluate("window.dispatchEvent(new Event('focus'))")
    writer.must_read(re.compile("^Not saved: somebody else is signed in"))
    assert writer.kept() == "Mine. "


@pytest.mark.audit
def test_closing_while_writing_is_told_and_leaving_is_asked_about(writer):
    writer.type("In time. ")
    writer.must_read(SAVED)
    round = writer.application.round
    round.closes_at = rounds.database_now() - timedelta(seconds=1)
    round.save()
    writer.type("Too late.")
    writer.must_read(re.compile("^The round is closed, so nothing was saved"))
    writer.visitor.look_here()
    assert writer.kept() == "In time. "
    questions = []

    def stay(dialog):
        questions.append(dialog.type)
        dialog.dismiss()

    writer.page.on("dialog", stay)
    writer.page.close(run_before_unload=True)
    writer.page.wait_for_timeout(500)
    assert questions == ["beforeunload"]
    assert writer.field.input_value() == "In time. Too late."


@pytest.mark.audit
def test_last_words_before_closing_are_sent_in_time(writer):
    round = writer.application.round
    round.closes_at = rounds.database_now() + timedelta(seconds=9)
    round.save()
    writer.page.reload()
    writer.must_read(
        re.compile(r"^Changes are taken until .*, Hong Kong time\. What you type is saved until then\.$")
    )
    for _ in range(5):
        writer.type("word ")
        writer.page.wait_for_timeout(1_000)
    writer.must_read(SAVED)
    assert writer.kept().startswith("word word ")


def test_saved_page_is_left_without_a_question_and_links_wait_for_the_save(writer):
    writer.page.on("dialog", lambda dialog: pytest.fail(f"asked: {dialog.type}"))
    writer.type(WORDS)
    writer.visitor.follow("Your application")
    writer.page.get_by_role("heading", name="Your application", exact=True).wait_for()
    assert writer.kept() == WORDS


@pytest.mark.audit
def test_new_project_record_is_saved_once_and_gets_its_address(visitor):
    writer = Writer(visitor)
    before = ProjectRecord.objects.count()
    visitor.go(f"/en/apply/{writer.application.uuid}/projects/add/")
    factory = visitor.page.locator("input[name=factory_name]")
    factory.fill("Demo Ceramics 陶瓷")
    writer.must_read(SAVED)
    record = ProjectRecord.objects.latest("id")
    assert visitor.page.url.endswith(f"/projects/{record.uuid}/")
    factory.fill("Demo Ceramics 陶瓷 Works")
    writer.must_read("Not saved yet")
    writer.must_read(SAVED)
    visitor.press("Save and leave")
    visitor.page.get_by_text("The project record was saved.").wait_for()
    record.refresh_from_db()
    assert record.factory_name == "Demo Ceramics 陶瓷 Works"
    assert ProjectRecord.objects.count() == before + 1
