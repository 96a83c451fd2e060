"""Site visits: planned, done, cancelled, with photos that only the office sees."""

import io
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from applications import workflow
from applications.desk import visits
from applications.models import SiteVisit
from portal.audit.models import Event
from portal.files import previews, scanning
from portal.files.models import StoredFile
from portal.mail.models import Message

PLAN = {
    "day_day": "3",
    "day_month": "12",
    "day_year": "2026",
    "at": "１４:30",
    "place": "Demo Dyeing Works, Dongguan",
    "people": "Officer\r\nMs Demo",
}
REPORT = {**PLAN, "findings": "Two lines run. 𨋢", "result": "partly"}


def image(name="line.png"):
    content = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(content, "PNG")
    return SimpleUploadedFile(name, content.getvalue())


def address(name, case, *parts):
    return reverse(f"cases:{name}", args=[case.uuid, *parts])


@pytest.fixture
def checked(case, officer):
    workflow.start_verification(case, officer=officer)
    return case


@pytest.fixture
def visit(client_for, officer, checked):
    client_for(officer).post(address("visit_plan", checked), PLAN)
    return checked.visits.get()


@pytest.fixture
def photo(client_for, officer, checked, visit):
    client_for(officer).post(address("photo_upload", checked, visit.uuid), {"photos": image()})
    stored = StoredFile.objects.get(owner_uuid=visit.uuid)
    scanning.scan.call(str(stored.uuid))
    previews.make.call(str(stored.uuid))
    return stored


def test_planning_keeps_hong_kong_time_and_tells_nobody(client_for, officer, checked):
    mails = Message.objects.count()

    answer = client_for(officer).post(address("visit_plan", checked), PLAN)

    visit = checked.visits.get()
    assert answer.url == address("visits", checked)
    assert visit.visited_at.isoformat() == "2026-12-03T06:30:00+00:00"
    assert (visit.state, visit.people, visit.changed_by) == ("planned", "Officer\nMs Demo", officer)
    assert Message.objects.count() == mails
    page = client_for(officer).get(address("visits", checked)).content.decode()
    assert "Thursday 3 December 2026" in page
    assert '<span class="cp-count">1</span>' in page


def test_double_click_plans_one_visit(client_for, officer, checked):
    data = {**PLAN, "key": str(uuid4())}
    for _ in range(2):
        assert client_for(officer).post(address("visit_plan", checked), data).status_code == 302
    assert checked.visits.count() == 1


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"day_day": "31", "day_month": "2"}, "date"),
        ({"day_day": "", "day_month": "", "day_year": ""}, "Enter the date of the visit"),
        ({"at": "25:00"}, "Enter the time with hours and minutes"),
        ({"at": "soon"}, "Enter the time with hours and minutes"),
        ({"at": "1"}, "Enter the time with hours and minutes"),
        ({"place": "x" * 301}, "300"),
        ({"place": " "}, "Enter the place"),
    ],
)
def test_bad_plan_is_explained_and_kept(client_for, officer, checked, wrong, sentence):
    answer = client_for(officer).post(address("visit_plan", checked), {**PLAN, **wrong})

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert "Ms Demo" in answer.content.decode()
    assert not SiteVisit.objects.exists()


@pytest.mark.parametrize("typed", ["9:05", "09.05", "0905", "９：０５", "905"])
def test_time_is_understood_as_people_type_it(client_for, officer, checked, typed):
    client_for(officer).post(address("visit_plan", checked), {**PLAN, "at": typed})

    assert checked.visits.get().visited_at.isoformat() == "2026-12-03T01:05:00+00:00"


def test_report_marks_the_visit_done_and_can_be_put_right(client_for, officer, checked, visit):
    client = client_for(officer)
    client.post(address("visit_report", checked, visit.uuid), {**REPORT, "version": "1"})
    visit.refresh_from_db()
    assert (visit.state, visit.result, visit.findings) == ("done", "partly", "Two lines run. 𨋢")

    client.post(
        address("visit_report", checked, visit.uuid), {**REPORT, "findings": "Three lines.", "version": "2"}
    )

    visit.refresh_from_db()
    assert (visit.state, visit.findings, visit.version) == ("done", "Three lines.", 3)
    verbs = Event.objects.filter(object_kind="case").values_list("verb", flat=True)
    assert list(verbs) == ["visit.planned", "visit.done", "visit.changed"]


def test_report_needs_findings_and_result(client_for, officer, checked, visit):
    answer = client_for(officer).post(
        address("visit_report", checked, visit.uuid), {**REPORT, "findings": "", "result": ""}
    )

    assert answer.status_code == 422
    visit.refresh_from_db()
    assert visit.state == "planned"


def test_cancelled_visit_keeps_its_reason_and_stays_cancelled(client_for, officer, checked, visit):
    client = client_for(officer)
    cancel = address("visit_cancel", checked, visit.uuid)
    asked = client.get(cancel).content.decode()
    assert visit.place in asked and "Cancel the visit</button>" in asked
    assert client.post(cancel, {"reason": "", "version": "1"}).status_code == 422

    client.post(cancel, {"reason": "Typhoon.", "version": "1"})
    again = client.post(cancel, {"reason": "Typhoon.", "version": "1"})

    visit.refresh_from_db()
    assert again.status_code == 302
    assert (visit.state, visit.cancel_reason, visit.version) == ("cancelled", "Typhoon.", 2)
    late = client.post(address("visit_report", checked, visit.uuid), {**REPORT, "version": "2"})
    assert late.status_code == 409
    assert "Two lines run." in late.content.decode()
    uploaded = client.post(address("photo_upload", checked, visit.uuid), {"photos": image()})
    assert uploaded.status_code == 422
    assert not StoredFile.objects.filter(owner_uuid=visit.uuid).exists()


def test_two_officers_see_both_texts(client_for, officer, colleague, checked, visit):
    url = address("visit_report", checked, visit.uuid)
    client_for(colleague).post(url, {**REPORT, "findings": "From the colleague.", "version": "1"})

    answer = client_for(officer).post(url, {**REPORT, "findings": "From me.", "version": "1"})

    visit.refresh_from_db()
    page = answer.content.decode()
    assert (answer.status_code, visit.findings) == (409, "From the colleague.")
    assert "From the colleague." in page and "From me." in page
    assert 'name="version" value="2"' in page


@pytest.mark.parametrize("status", ["submitted", "public_notice", "ineligible", "withdrawn"])
def test_no_visit_outside_verification_and_assessment(client_for, officer, checked, status):
    type(checked).objects.filter(pk=checked.pk).update(status=status)

    answer = client_for(officer).post(address("visit_plan", checked), PLAN)

    assert answer.status_code == 409
    assert "Demo Dyeing Works, Dongguan" in answer.content.decode()
    assert not SiteVisit.objects.exists()


def test_photo_is_shown_as_a_picture_and_comes_down_whole(
    client_for, officer, auditor, checked, visit, photo
):
    for user in (officer, auditor):
        client = client_for(user)
        page = client.get(address("visits", checked)).content.decode()
        assert address("photo_picture", checked, visit.uuid, photo.uuid) in page
        picture = client.get(address("photo_picture", checked, visit.uuid, photo.uuid))
        original = client.get(address("photo", checked, visit.uuid, photo.uuid))
        assert (picture["Content-Type"], picture["Cache-Control"]) == ("image/png", "no-store")
        assert original["Content-Disposition"] == 'attachment; filename="line.png"'
        assert b"".join(original) == image().read()
        b"".join(picture)


def test_bad_photos_are_named_and_good_ones_stay(client_for, officer, checked, visit):
    chosen = [image("good.png"), SimpleUploadedFile("bad.png", b"no picture"), image("notes.gif")]

    answer = client_for(officer).post(address("photo_upload", checked, visit.uuid), {"photos": chosen})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "“bad.png”" in page and "“notes.gif”" in page
    assert "1 photo was uploaded." in page
    assert StoredFile.objects.get(owner_uuid=visit.uuid).original_name == "good.png"
    assert client_for(officer).post(address("photo_upload", checked, visit.uuid)).status_code == 422


def test_removed_photo_is_gone_for_everybody(client_for, officer, checked, visit, photo):
    client = client_for(officer)
    remove = address("photo_remove", checked, visit.uuid, photo.uuid)
    assert "line.png" in client.get(remove).content.decode()

    client.post(remove)
    client.post(remove)

    photo.refresh_from_db()
    assert photo.state == StoredFile.State.REMOVED
    assert "line.png" not in client.get(address("visits", checked)).content.decode()
    assert client.get(address("photo", checked, visit.uuid, photo.uuid)).status_code == 410
    assert Event.objects.filter(verb="visit.photo_removed").count() == 1


def test_photo_of_a_visit_opens_at_no_other_address(
    client_for, officer, mei, checked, other_case, visit, photo
):
    client = client_for(officer)
    workflow.start_verification(other_case, officer=officer)
    other = visits.plan(other_case, visits.Plan(visit.visited_at, "Elsewhere", ""), officer=officer)
    for name in ("photo", "photo_picture", "photo_remove"):
        assert client.get(address(name, other_case, visit.uuid, photo.uuid)).status_code == 404
        assert client.get(address(name, other_case, other.uuid, photo.uuid)).status_code == 404
    assert client.get(address("file", checked, photo.uuid)).status_code == 404
    company = client_for(mei)
    assert company.get(reverse("applications:download", args=[checked.uuid, photo.uuid])).status_code == 404
    assert company.get(address("photo", checked, visit.uuid, photo.uuid)).status_code == 403
    assert client.post(address("photo_remove", other_case, other.uuid, photo.uuid)).status_code == 404
    photo.refresh_from_db()
    assert photo.state == StoredFile.State.CLEAN


def test_only_officers_work_on_visits(
    client_for, auditor, releaser, assessor, mei, otto, checked, visit, photo
):
    before = Event.objects.count()
    for user in (auditor, releaser, assessor, mei, otto):
        client = client_for(user)
        assert client.post(address("visit_plan", checked), PLAN).status_code == 403
        for name in ("visit_change", "visit_report", "visit_cancel"):
            answer = client.post(address(name, checked, visit.uuid), {**REPORT, "reason": "x", "version": 1})
            assert answer.status_code == 403
        assert (
            client.post(address("photo_upload", checked, visit.uuid), {"photos": image()}).status_code == 403
        )
        assert client.post(address("photo_remove", checked, visit.uuid, photo.uuid)).status_code == 403
    assert Event.objects.count() == before
    page = client_for(auditor).get(address("visits", checked)).content.decode()
    page = page.split("<main")[1].split("</main>")[0]
    assert "Demo Dyeing Works, Dongguan" in page
    assert "<form" not in page


@pytest.mark.parametrize("count", [1, 3])
def test_page_costs_the_same_queries_with_any_number_of_visits(
    client_for, officer, checked, visit, photo, count, django_assert_num_queries
):
    for number in range(count - 1):
        plan = visits.Plan(visit.visited_at, f"Works {number}", "")
        more = visits.plan(checked, plan, officer=officer)
        visits.add_photo(more, image(), officer=officer)
    client = client_for(officer)
    client.get(address("visits", checked))

    with django_assert_num_queries(12):
        client.get(address("visits", checked))
