"""More rows for a table: by a button that loses nothing, up to the limit of the question."""

import re

import pytest

from applications.models import SectionAnswers
from tests.applications.conftest import make_round, own_section, save
from tests.applications.test_views import at

pytestmark = pytest.mark.django_db
COLUMNS = "what | What | 事項 | 事项\nwhen | When | 時間 | 时间"


@pytest.fixture
def round(db):
    return make_round(
        questions=[
            ("summary", "long_text", {"limit": 50}),
            ("events", "table", {"columns": COLUMNS, "limit": 12}),
            ("few", "table", {"columns": COLUMNS, "limit": 2}),
        ]
    )


@pytest.fixture
def section(draft):
    return at("section", draft, own_section(draft)["uid"])


def rows_in(page):
    return len(set(re.findall(r'name="events-(\d+)-what"', page.content.decode())))


def test_button_saves_all_of_the_page_and_gives_five_more_rows(client_for, mei, section):
    browser = client_for(mei)
    typed = {"summary": "Half a sent", "events-0-what": "Talk", "events-1-what": "Walk 𨋢", "version": "0"}
    reply = browser.post(section, {**typed, "more": "events"})
    assert reply["Location"] == f"{section}?more=events#id_events-2-what"
    saved = SectionAnswers.objects.get().data
    assert saved["summary"] == "Half a sent"
    assert [each["what"] for each in saved["events"]] == ["Talk", "Walk 𨋢"]
    assert rows_in(browser.get(section)) == 4
    page = browser.get(reply["Location"])
    assert rows_in(page) == 7
    assert 'id="id_events-2-what"' in page.content.decode()


def test_rows_end_at_the_limit_and_so_does_the_button(client_for, mei, draft, owner, section):
    save(draft, own_section(draft)["uid"], {"events": [{"what": "a", "when": "b"}] * 9}, owner)
    page = client_for(mei).get(f"{section}?more=events")
    assert rows_in(page) == 12
    text = page.content.decode()
    assert 'value="events" data-add-row' not in text and 'value="few" data-add-row' not in text
    assert "There is room for 12 rows." in text and "There is room for 2 rows." in text


def test_stale_page_that_asks_for_rows_is_a_conflict_with_both_texts(client_for, mei, ken, section):
    client_for(ken).post(section, {"summary": "ken's", "version": "0"})
    asked = {"summary": "mei's", "events-0-what": "Talk", "version": "0", "more": "events"}
    page = client_for(mei).post(section, asked | {"is_completed": "yes"})
    assert page.status_code == 409
    assert "ken&#x27;s" in page.content.decode() and "mei&#x27;s" in page.content.decode()
    assert 'value="Talk"' in page.content.decode()
    assert page.context["form"]["is_completed"].value() == "yes", "what was chosen is kept as what was typed"


@pytest.mark.parametrize("more", ["summary", "nothing", "version", "\x00", "is_completed"])
def test_other_names_ask_for_nothing(client_for, mei, section, more):
    reply = client_for(mei).post(section, {"summary": "a", "version": "0", "more": more})
    assert reply.status_code == 302 and "more" not in reply["Location"]
    assert client_for(mei).get(f"{section}?more={more}").status_code == 200


def test_enter_in_a_field_saves_and_asks_for_no_rows(client_for, mei, section):
    """A browser presses the first button of the form."""
    form = client_for(mei).get(section).content.decode().split('id="typed"', 1)[1]
    first = re.search(r"<button[^>]*>", form)[0]
    assert "data-add-row" not in first and 'type="submit"' in first
