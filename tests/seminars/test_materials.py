from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from portal.audit.models import Event
from portal.files import refusals, scanning
from portal.files.models import StoredFile
from portal.files.refusals import Refused
from seminars import attendance, links, materials, seats
from seminars.models import Seminar, SeminarMaterial, SeminarPage, SignUp
from tests.files import makers
from tests.seminars.makers import details, ended


def words(title="Slides", audience="public"):
    return {"title_en": title, "title_zh_hant": "簡報", "title_zh_hans": "", "audience": audience}


def add_file(seminar, title="Slides", audience="public", *, checked=True):
    upload = SimpleUploadedFile("slides.pdf", makers.pdf())
    material = materials.add_file(seminar, upload, words=words(title, audience), actor=None)
    if checked:
        scanning.scan.call(str(material.files().get().uuid))
    return material


@pytest.fixture
def people(published, online):
    """Mei and Ken had a place; Mei came. The seminar is over."""
    for who in ("mei", "ken"):
        seats.sign_up(published, option=online, details=details(who, who))
    Seminar.objects.filter(pk=published.pk).update(**ended(published))
    found = {each.email.split("@")[0]: each for each in SignUp.objects.all()}
    attendance.check_in(found["mei"], witness=SignUp.Witness.OFFICE)
    return {who: SignUp.objects.select_related("seminar").get(pk=each.pk) for who, each in found.items()}


@pytest.fixture
def past(people):
    return people["mei"].seminar


def own_file(person, material):
    keys = {"uuid": person.uuid, "token": links.token_for(person), "material_uuid": material.uuid}
    return reverse("seminars:own_material", kwargs=keys)


def public_file(material):
    return reverse("seminars:material", args=[material.seminar.uuid, material.uuid])


def read(client, path):
    answer = client.get(path)
    if answer.status_code == 200:
        assert b"".join(answer.streaming_content).startswith(b"%PDF")
    return answer.status_code


def test_files_for_attendees_open_by_the_link_of_who_came_and_no_other(client, people, past):
    for_all, for_attendees = add_file(past), add_file(past, "Recording", "attendees")
    assert read(client, own_file(people["mei"], for_attendees)) == 200
    assert read(client, own_file(people["ken"], for_attendees)) == 404
    assert read(client, own_file(people["ken"], for_all)) == 200
    assert read(client, public_file(for_all)) == 200
    assert read(client, public_file(for_attendees)) == 404


def test_own_page_shows_each_person_what_he_or_she_may_have(client, people, past):
    add_file(past)
    materials.add_link(past, link="https://film.example/1", words=words("Film", "attendees"), actor=None)
    Seminar.objects.filter(pk=past.pk).update(survey_link="https://survey.example/")
    mei = client.get(links.path_to(people["mei"])).content.decode()
    ken = client.get(links.path_to(people["ken"])).content.decode()
    assert all(piece in mei for piece in ("Slides", "https://film.example/1", "https://survey.example/"))
    assert "Slides" in ken and "film.example" not in ken and "survey.example" not in ken


def test_page_of_the_past_seminar_shows_what_is_for_everybody(client, past):
    add_file(past)
    add_file(past, "Unchecked", checked=False)
    materials.add_link(past, link="https://film.example/1", words=words("Film", "attendees"), actor=None)
    page = SeminarPage.objects.get(seminar=past, locale__language_code="zh-hant")
    text = client.get(page.url).content.decode()
    assert "簡報" in text and "PDF" in text
    assert "Unchecked" not in text and "film.example" not in text


@pytest.mark.parametrize("change", [{"state": "cancelled"}, {"state": "postponed"}, {"ends_at": None}])
def test_nothing_is_given_out_of_what_was_not_held(client, people, past, change):
    material = add_file(past)
    if "ends_at" in change:
        change = {"ends_at": past.ends_at + timedelta(hours=5)}
    Seminar.objects.filter(pk=past.pk).update(**change)
    assert read(client, public_file(material)) == 404
    assert read(client, own_file(people["mei"], material)) == 404
    assert "Slides" not in client.get(links.path_to(people["mei"])).content.decode()


def test_removed_material_is_gone_with_its_bytes(client, past, organiser):
    material = add_file(past)
    assert materials.remove(material, actor=organiser)
    assert not materials.remove(material, actor=organiser)
    assert read(client, public_file(material)) == 404
    assert StoredFile.objects.get(owner_uuid=material.uuid).state == "removed"
    verbs = Event.objects.filter(object_uuid=past.uuid, verb__startswith="seminar.material")
    assert list(verbs.values_list("verb", flat=True)) == [
        "seminar.material_added",
        "seminar.material_removed",
    ]


def test_refused_file_leaves_no_row(past):
    with pytest.raises(Refused) as refused:
        upload = SimpleUploadedFile("slides.pdf", b"<html>")
        materials.add_file(past, upload, words=words(), actor=None)
    assert refused.value.code == refusals.MISMATCH
    assert not SeminarMaterial.objects.exists() and not StoredFile.objects.exists()


def test_there_is_an_end_to_materials(past, monkeypatch):
    monkeypatch.setattr(materials, "MOST", 1)
    materials.add_link(past, link="https://film.example/1", words=words(), actor=None)
    with pytest.raises(Refused):
        add_file(past)
    assert SeminarMaterial.objects.count() == 1 and not StoredFile.objects.exists()


# The organiser's screens


def post(browser, name, where, data):
    return browser.post(reverse(f"office_seminars:{name}", args=where), data)


def test_organiser_adds_a_file_that_takes_its_name_from_the_file(client_for, organiser, past):
    upload = SimpleUploadedFile("Notes 𨋢.pdf", makers.pdf())
    answer = post(
        client_for(organiser), "material_add", [past.uuid], {"file": upload, "audience": "attendees"}
    )
    assert answer.status_code == 302
    material = SeminarMaterial.objects.get()
    assert (material.title_en, material.audience, material.link) == ("Notes 𨋢", "attendees", "")
    assert material.files().get().uploaded_by == organiser


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"audience": "public"}, "Choose a file, or enter a link below."),
        ({"audience": "public", "link": "film.example"}, "Enter a whole web address"),
        ({"audience": "public", "link": "javascript:alert(1)"}, "Enter a whole web address"),
        ({"audience": "public", "link": "https://film.example/1"}, "Enter a title for the link"),
    ],
)
def test_organiser_hears_what_is_missing(client_for, organiser, past, typed, said):
    answer = post(client_for(organiser), "material_add", [past.uuid], typed)
    assert answer.status_code == 422 and said in answer.content.decode()
    assert not SeminarMaterial.objects.exists()


@pytest.mark.parametrize("link", ["film.example", "https://film.example/1"])
def test_file_is_kept_beside_a_link_which_stands_in_a_new_form(client_for, organiser, past, link):
    browser, upload = client_for(organiser), SimpleUploadedFile("Notes.pdf", makers.pdf())
    answer = post(
        browser, "material_add", [past.uuid], {"file": upload, "audience": "public", "link": f" {link}"}
    )
    assert [each.title_en for each in SeminarMaterial.objects.filter(link="")] == ["Notes"]
    page = browser.get(answer["Location"]).content.decode()
    assert f'value="{link}"' in page and "The file is added. A link is a material of its own" in page
    assert SeminarMaterial.objects.count() == 1


def test_file_that_an_error_elsewhere_loses_is_asked_for_again(client_for, organiser, past):
    upload = SimpleUploadedFile("Notes.pdf", makers.pdf())
    data = {"file": upload, "audience": "nobody", "title_en": "Notes 𨋢"}
    answer = post(client_for(organiser), "material_add", [past.uuid], data)
    page = answer.content.decode()
    assert answer.status_code == 422 and "Please choose the file again" in page and "Notes 𨋢" in page


def test_form_opened_by_its_address_says_that_a_cancelled_seminar_takes_no_materials(
    client_for, organiser, past
):
    browser, kept = client_for(organiser), add_file(past, "Old slides")
    Seminar.objects.filter(pk=past.pk).update(state="cancelled")
    target = reverse("office_seminars:material_add", args=[past.uuid])
    why = "The seminar is cancelled: there are no materials, survey or certificates to send."
    page = browser.get(target).content.decode()
    assert why in page and 'name="link"' not in page
    # Who had the form open already: even what would be refused anyway stands there still.
    for link in ("https://film.example/1", "film.example"):
        typed = {"link": link, "title_en": "Film 𨋢", "audience": "public"}
        answer = browser.post(target, typed)
        page = answer.content.decode()
        assert answer.status_code == 409 and f"{why} Nothing was saved" in page
        assert f'value="{link}"' in page and "Film 𨋢" in page and "Enter a whole" not in page
    upload = SimpleUploadedFile("Notes.pdf", makers.pdf())
    answer = browser.post(target, {"file": upload, "audience": "public", "title_en": "Notes"})
    assert answer.status_code == 409 and "choose the file again" not in answer.content.decode()
    # What stood there before is still to be seen and removed, and nothing leads to the form.
    screen = browser.get(reverse("office_seminars:after", args=[past.uuid])).content.decode()
    assert why in screen and "Old slides" in screen and target not in screen
    assert list(SeminarMaterial.objects.all()) == [kept] and StoredFile.objects.count() == 1


def test_material_that_comes_in_while_the_seminar_is_cancelled_is_not_kept(past):
    Seminar.objects.filter(pk=past.pk).update(state="cancelled")
    with pytest.raises(materials.Cancelled):
        add_file(past)
    with pytest.raises(materials.Cancelled):
        materials.add_link(past, link="https://film.example/1", words=words(), actor=None)
    assert not SeminarMaterial.objects.exists() and not StoredFile.objects.exists()


def test_organiser_changes_words_and_link(client_for, organiser, past):
    material = materials.add_link(past, link="https://film.example/1", words=words(), actor=None)
    data = {**words("Film", "attendees"), "link": "https://film.example/2"}
    assert post(client_for(organiser), "material", [past.uuid, material.uuid], data).status_code == 302
    material.refresh_from_db()
    assert (material.title_en, material.audience, material.link) == ("Film", "attendees", data["link"])


@pytest.mark.parametrize("rows", [1, 3])
def test_pages_cost_the_same_with_three(
    client,
    client_for,
    organiser,
    people,
    past,
    rows,
    django_assert_num_queries,
    django_assert_max_num_queries,
):
    for number in range(rows):
        add_file(past, f"Slides {number}")
    browser = client_for(organiser)
    after = reverse("office_seminars:after", args=[past.uuid])
    page = SeminarPage.objects.get(seminar=past, locale__language_code="en").url
    own = links.path_to(people["mei"])
    for each in (page, own):
        client.get(each)
    browser.get(after)
    with django_assert_num_queries(15):
        client.get(page)
    with django_assert_num_queries(7):
        client.get(own)
    # Nine on SQLite, two more on PostgreSQL.
    with django_assert_max_num_queries(11):
        browser.get(after)
