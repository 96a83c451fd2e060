import csv
import io
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from portal.audit.models import Event
from portal.mail.models import Message
from seminars import seats
from seminars.models import AttendanceOption, Seminar, SeminarPage, SignUp
from tests.seminars.makers import details, make_pages, make_seminar


@pytest.fixture
def people(seminar, online, venue):
    """Two with a place, one waiting for the venue."""
    seats.sign_up(seminar, option=online, details=details("mei"))
    seats.sign_up(seminar, option=venue, details=details("ken"))
    seats.sign_up(seminar, option=venue, details=details("otto", "beta", company_type="factory"))
    return {person.email.split("@")[0]: person for person in SignUp.objects.all()}


@pytest.fixture
def staff(client_for, organiser):
    return client_for(organiser)


def url(name, seminar, *args):
    return reverse(f"office_seminars:{name}", args=[seminar.uuid, *args])


def test_list_shows_counts_and_keeps_coming_and_past_apart(staff, people, seminar):
    page = staff.get(reverse("office_seminars:index")).content.decode()
    assert "Demo seminar" in page
    assert "Demo seminar" not in staff.get(reverse("office_seminars:index") + "?when=past").content.decode()
    assert (
        "Demo seminar" not in staff.get(reverse("office_seminars:index") + "?when=nonsense").content.decode()
    )


def test_organiser_starts_a_new_seminar_from_the_list_and_sees_what_is_not_published(
    staff, client_for, officer, seminar, index
):
    target, new = reverse("office_seminars:index"), reverse("seminar_facts:add")
    page = staff.get(target).content.decode()
    assert new in page and "Not published" in page
    assert new not in client_for(officer).get(target).content.decode()
    make_pages(seminar)
    assert "Not published" not in staff.get(target).content.decode()


def test_overview_leads_to_the_pages_and_says_which_are_drafts(staff, client_for, officer, published):
    hidden = published.pages.get(locale__language_code="zh-hans")
    SeminarPage.objects.filter(pk=hidden.pk).update(live=False)
    page = staff.get(url("detail", published)).content.decode()
    assert page.count(">Published</strong>") == 2 and page.count(">Draft</strong>") == 1
    edits = {reverse("wagtailadmin_pages:edit", args=[each.pk]) for each in published.pages.all()}
    assert all(edit in page for edit in edits)
    reader = client_for(officer).get(url("detail", published)).content.decode()
    assert not any(edit in reader for edit in edits)


def test_overview_counts_per_state_company_and_way_to_attend(staff, people, seminar):
    response = staff.get(url("detail", seminar))
    assert {label: count for label, count, _ in response.context["states"] if count} == {
        "Has a place": 2,
        "On the waiting list": 1,
    }
    assert [(row["name"], row["confirmed"], row["waiting"]) for row in response.context["companies"]] == [
        ("Demo Alpha Limited", 2, 0),
        ("Demo Beta Limited", 0, 1),
    ]
    assert "everyone at alpha.example" in response.content.decode()
    assert [(row["taken"], row["waiting"]) for row in response.context["options"]] == [(1, 0), (1, 1)]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["Demo Mei", "Demo Ken", "Demo Otto"]),
        ("?state=waiting", ["Demo Otto"]),
        ("?q=BETA.example", ["Demo Otto"]),
        ("?q=Demo+Alpha", ["Demo Mei", "Demo Ken"]),
        ("?company_type=factory&state=waiting", ["Demo Otto"]),
        ("?state=nonsense", []),
        ("?option=nonsense", []),
        ("?q=nobody", []),
    ],
)
def test_filters_show_exactly_who_fits(staff, people, seminar, query, names):
    response = staff.get(url("sign_ups", seminar) + query)
    assert [person.name for person in response.context["page"]] == names


@pytest.mark.parametrize("typed", ["伙伴", "夥伴 陈", "陳大", "ＤＥＭＯ partner", "partners"])
def test_people_are_found_in_either_script(staff, seminar, online, people, typed):
    who = details("zoe", name="陳大文", company="示範夥伴 Demo Partners")
    seats.sign_up(seminar, option=online, details=who)

    page = staff.get(f"/en/office/seminars/{seminar.uuid}/sign-ups/", {"q": typed})

    assert [each.name for each in page.context["page"]] == ["陳大文"]


def test_list_has_pages(staff, seminar, online):
    online.capacity = None
    online.save(update_fields=["capacity"])
    for number in range(51):
        seats.sign_up(seminar, option=online, details=details(f"p{number}", f"c{number}"))
    assert len(staff.get(url("sign_ups", seminar) + "?page=2").context["page"].object_list) == 1


@pytest.mark.parametrize("name", ["index", "detail", "sign_ups"])
def test_screens_cost_the_same_with_one_and_three_rows(
    staff, seminar, online, name, django_assert_num_queries
):
    target = reverse("office_seminars:index") if name == "index" else url(name, seminar)

    def cost():
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as queries:
            assert staff.get(target).status_code == 200
        return len(queries)

    seats.sign_up(seminar, option=online, details=details("one"))
    staff.get(target)
    with_one = cost()
    for number in range(2):
        seats.sign_up(seminar, option=online, details=details(f"p{number}", f"c{number}"))
        make_seminar()
    assert cost() == with_one


def added(option, **fields):
    values = {
        "name": "Demo Tel",
        "company": "Demo Gamma Limited",
        "company_type": "association",
        "email": "tel@gamma.example",
        "option": str(option.uuid),
        "if_full": "waiting_list",
        "language": "zh-hant",
    }
    return {**values, **fields}


def test_somebody_is_added_by_hand_and_told_in_the_chosen_language(staff, seminar, online):
    assert staff.post(url("add", seminar), added(online)).status_code == 302
    person = SignUp.objects.get()
    assert (person.source, person.state, person.language) == ("office", "confirmed", "zh-hant")
    assert Message.objects.get().subject == "你已獲名額：示範研討會"
    again = staff.post(url("add", seminar), added(online))
    assert again.status_code == 409 and "signed up for the seminar already" in again.content.decode()
    assert "Demo Tel" in again.content.decode() and SignUp.objects.count() == 1


def test_adding_without_a_name_is_refused_in_words(staff, seminar, online):
    response = staff.post(url("add", seminar), added(online, name=""))
    assert response.status_code == 422 and "Enter the name" in response.content.decode()


def test_cancelling_one_asks_first_and_promotes_the_next(staff, seminar, people):
    target = url("cancel", seminar, people["ken"].uuid)
    assert "Cancel the sign-up of Demo Ken?" in staff.get(target).content.decode()
    assert SignUp.objects.get(pk=people["ken"].pk).state == "confirmed"
    for _ in range(2):
        assert staff.post(target)["Location"] == url("sign_ups", seminar)
    assert SignUp.objects.get(pk=people["ken"].pk).ended == "by_organiser"
    assert SignUp.objects.get(pk=people["otto"].pk).state == "confirmed"
    assert Message.objects.filter(kind="signup.cancelled").count() == 1


def test_sign_up_of_another_seminar_is_unknown(staff, people):
    other = make_seminar()
    target = url("cancel", other, people["ken"].uuid)
    assert (staff.get(target).status_code, staff.post(target).status_code) == (404, 404)


def test_more_places_promote_and_the_message_says_how_many(staff, seminar, online, venue, people):
    values = {f"capacity_{online.pk}": "3", f"capacity_{venue.pk}": "2", "company_cap": ""}
    response = staff.post(url("places", seminar), values, follow=True)
    assert "One person came up from the waiting list" in response.content.decode()
    seminar.refresh_from_db()
    assert seminar.company_cap is None and SignUp.objects.get(pk=people["otto"].pk).state == "confirmed"
    assert Event.objects.filter(verb="seminar.places_changed").count() == 1
    staff.post(url("places", seminar), values)
    assert Event.objects.filter(verb="seminar.places_changed").count() == 1


def test_way_to_attend_that_the_page_did_not_show_keeps_its_places_and_link(staff, seminar, online, venue):
    """It was added after the page was opened: an empty box would mean that there is no limit."""
    AttendanceOption.objects.update(join_link="https://meet.example/a")
    staff.post(url("places", seminar), {f"capacity_{online.pk}": "7", "company_cap": ""})
    staff.post(url("mails_before", seminar), {"hours_before": "24"})

    found = {each.pk: (each.capacity, each.join_link) for each in AttendanceOption.objects.all()}
    assert found == {
        online.pk: (7, "https://meet.example/a"),
        venue.pk: (venue.capacity, "https://meet.example/a"),
    }


@pytest.mark.parametrize("state", ["cancelled", "held", "begun"])
def test_what_can_no_longer_be_done_is_not_offered_and_refused_in_words(
    staff, seminar, online, venue, people, state
):
    """Neither more places nor more people, once it has begun or is off."""
    targets = {name: url(name, seminar) for name in ("places", "add", "add_many")}
    overviews = [staff.get(url(name, seminar)).content.decode() for name in ("detail", "sign_ups")]
    assert all(any(target in page for page in overviews) for target in targets.values())
    now = timezone.now()
    changed = {"starts_at": now - timedelta(minutes=1)} if state == "begun" else {"state": state}
    Seminar.objects.update(**changed)
    overviews = [staff.get(url(name, seminar)).content.decode() for name in ("detail", "sign_ups")]
    assert not any(target in page for page in overviews for target in targets.values())
    for target in targets.values():
        page = staff.get(target)
        assert page.status_code == 200 and "has begun or does not take place" in page.content.decode()
        assert "<form method" not in page.content.decode().partition("<main")[2].partition("</main>")[0]

    values = {f"capacity_{online.pk}": "9", f"capacity_{venue.pk}": "9", "company_cap": ""}
    late = staff.post(targets["places"], values)
    assert late.status_code == 409 and "has begun or does not take place" in late.content.decode()
    assert 'value="9"' in late.content.decode(), "what was typed stays"
    rows = {"people": "Demo Ada, Demo Gamma Limited, ada@gamma.example"}
    choices = {"option": str(online.uuid), "company_type": "other", "language": "en", "act": "check"}
    late = staff.post(targets["add_many"], rows | choices)
    assert late.status_code == 409 and "Demo Ada" in late.content.decode()
    assert sorted(AttendanceOption.objects.values_list("capacity", flat=True)) == [1, 3]
    assert SignUp.objects.count() == 3


def test_postponed_seminar_still_changes_its_places(staff, seminar, online, venue, people):
    Seminar.objects.update(state="postponed")
    assert url("places", seminar) in staff.get(url("detail", seminar)).content.decode()
    values = {f"capacity_{online.pk}": "3", f"capacity_{venue.pk}": "2", "company_cap": "2"}
    assert staff.post(url("places", seminar), values).status_code == 302
    venue.refresh_from_db()
    assert venue.capacity == 2 and not SignUp.objects.filter(pk=people["otto"].pk, state="confirmed")


def test_places_of_a_way_to_attend_that_is_off_are_not_offered_and_not_changed(
    staff, seminar, online, venue, people
):
    AttendanceOption.objects.filter(pk=venue.pk).update(state="cancelled")
    assert f"capacity_{venue.pk}" not in staff.get(url("places", seminar)).content.decode()
    values = {f"capacity_{online.pk}": "5", f"capacity_{venue.pk}": "8", "company_cap": "2"}
    late = staff.post(url("places", seminar), values)
    assert late.status_code == 409
    assert "“Demo Hall” is cancelled: its places stay as they are." in late.content.decode()
    assert sorted(AttendanceOption.objects.values_list("capacity", flat=True)) == [1, 3], "all or nothing"
    values[f"capacity_{venue.pk}"] = "1"
    assert staff.post(url("places", seminar), values).status_code == 302
    assert sorted(AttendanceOption.objects.values_list("capacity", flat=True)) == [1, 5]


def test_wrong_number_of_places_is_said(staff, seminar, online, venue):
    values = {f"capacity_{online.pk}": "many", f"capacity_{venue.pk}": "2", "company_cap": "0"}
    response = staff.post(url("places", seminar), values)
    assert response.status_code == 422 and "There is a problem" in response.content.decode()
    assert Seminar.objects.get().company_cap == 2


def test_csv_is_for_spreadsheets_and_runs_nothing(staff, seminar, online, people):
    seats.sign_up(seminar, option=online, details=details("evil", "evil", name="=HYPERLINK(1)", phone="+852"))
    content = b"".join(staff.get(url("export", seminar, "csv")).streaming_content)
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert len(rows) == 5 and len({len(row) for row in rows}) == 1
    assert rows[0][4] == "Counted with" and rows[1][4] == "everyone at alpha.example"
    assert rows[4][2] == "'=HYPERLINK(1)" and rows[4][7] == "'+852"
    assert Event.objects.filter(verb="seminar.exported_csv", object_uuid=seminar.uuid).count() == 1


def test_xlsx_has_everybody_and_text_stays_text(staff, seminar, online, people):
    seats.sign_up(seminar, option=online, details=details("evil", "evil", name="=1+1"))
    response = staff.get(url("export", seminar, "xlsx"))
    sheet = load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
    assert sheet.max_row == 5
    assert (sheet["C5"].value, sheet["C5"].data_type) == ("=1+1", "s")
    assert Event.objects.filter(verb="seminar.exported_xlsx").count() == 1


def test_export_holds_what_the_filters_show(staff, seminar, people):
    response = staff.get(url("export", seminar, "csv") + "?state=waiting")
    assert len(b"".join(response.streaming_content).decode().splitlines()) == 2
    assert staff.get(url("export", seminar, "pdf")).status_code == 404


PAGES = ["detail", "sign_ups", "add", "places", "cancel", "export"]


def address(name, seminar, people):
    extra = {"cancel": [people["ken"].uuid], "export": ["csv"]}.get(name, [])
    return url(name, seminar, *extra)


@pytest.mark.parametrize("name", PAGES)
def test_strangers_and_wrong_roles_stay_out(client, client_for, seminar, people, name, mei, assessor, editor):
    target = address(name, seminar, people)
    assert "/account/login/" in client.get(target)["Location"]
    for user in (mei, assessor, editor):
        assert client_for(user).get(target).status_code == 403


@pytest.mark.parametrize("name", PAGES)
def test_officer_looks_and_does_not_touch(client_for, officer, seminar, people, name):
    allowed = {"detail", "sign_ups"}
    response = client_for(officer).get(address(name, seminar, people))
    assert response.status_code == (200 if name in allowed else 403)
    if name == "sign_ups":
        assert "Add somebody" not in response.content.decode()


@pytest.mark.parametrize("name", PAGES)
def test_unknown_seminar_is_a_404(staff, seminar, people, name):
    target = address(name, seminar, people).replace(str(seminar.uuid), "00000000-0000-4000-8000-000000000000")
    assert staff.get(target).status_code == 404


@pytest.mark.parametrize("name", ["detail", "sign_ups", "export"])
def test_screens_that_only_show_refuse_a_post(staff, seminar, people, name):
    assert staff.post(address(name, seminar, people)).status_code == 405
