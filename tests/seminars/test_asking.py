"""Questions of the organiser's own, and seminars by invitation."""

import time

import pytest
from django.core import signing
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone, translation

from portal.forms.traps import STAMP_SALT
from seminars import links, questions, retaining, seats
from seminars.models import InvitationCode, SeminarQuestion, SignUp
from tests.seminars.makers import details


@pytest.fixture(autouse=True)
def fresh_limits():
    cache.clear()


@pytest.fixture
def diet(seminar):
    return SeminarQuestion.objects.create(
        seminar=seminar,
        kind="choice",
        label_en="Lunch",
        label_zh_hant="午餐",
        label_zh_hans="午餐安排",
        choices="veg | Vegetarian | 素食 | 素餐\nany | Any | 沒有限制 | 不限",
        is_required=True,
    )


@pytest.fixture
def code(seminar):
    type(seminar).objects.update(by_invitation=True)
    seminar.refresh_from_db()
    return InvitationCode.objects.create(seminar=seminar, code="GUILD2026", uses=1)


def url_of(seminar):
    return reverse("seminars:sign_up", args=[seminar.uuid])


def typed(option, who="mei", **fields):
    values = {
        "name": f"Demo {who}",
        "company": "Demo Alpha Limited",
        "company_type": "provider",
        "email": f"{who}@alpha.example",
        "option": str(option.uuid),
        "if_full": "waiting_list",
        "opened": signing.dumps(int(time.time()) - 60, salt=STAMP_SALT),
    }
    return values | fields


def test_question_stands_in_the_form_in_its_language_and_must_be_answered(client, published, online, diet):
    assert "Vegetarian" in client.get(url_of(published)).content.decode()
    with translation.override("zh-hant"):
        assert "沒有限制" in client.get(url_of(published)).content.decode()
    response = client.post(url_of(published), typed(online))
    assert response.status_code == 422 and "Answer the question “Lunch”" in response.content.decode()
    wrong = client.post(url_of(published), typed(online, **{questions.name_of(diet): "meat"}))
    assert wrong.status_code == 422 and not SignUp.objects.exists()


def test_answer_is_kept_shown_corrected_exported_and_erased(client, staff, published, online, diet):
    client.post(url_of(published), typed(online, **{questions.name_of(diet): "veg"}))
    person = SignUp.objects.get()
    assert person.answers == {str(diet.uuid): "veg"}
    assert "Vegetarian" in client.get(links.path_to(person)).content.decode()
    corrected = {**typed(online), questions.name_of(diet): "any"}
    assert client.post(links.path_to(person, "correct"), corrected).status_code == 302
    person.refresh_from_db()
    assert person.answers == {str(diet.uuid): "any"}
    export = reverse("office_seminars:export", args=[published.uuid, "csv"])
    lines = b"".join(staff.get(export).streaming_content).decode().splitlines()
    assert lines[0].endswith("Lunch") and lines[1].endswith("Any")
    retaining._anonymise(person)
    person.refresh_from_db()
    assert person.answers == {}


def test_choice_that_was_taken_out_later_still_says_its_code(seminar, online, diet):
    seats.sign_up(seminar, option=online, details=details("mei", answers={str(diet.uuid): "veg"}))
    diet.choices = "fish | Fish | 魚 | 鱼\nany | Any | 沒有限制 | 不限"
    assert questions.answer_texts(SignUp.objects.get(), [diet]) == [("Lunch", "veg")]


@pytest.mark.parametrize(
    "choices",
    ["", "one | One | 一 | 一", "a | A | 甲 | 甲\nb | B", "a | A | 甲 | 甲\na | B | 乙 | 乙"],
)
def test_choices_that_are_no_choice_are_refused(diet, choices):
    diet.choices = choices
    with pytest.raises(ValidationError):
        diet.full_clean()


def test_code_is_asked_for_and_forgives_case_width_and_spaces(client, published, online, code):
    assert "Invitation code" in client.get(url_of(published)).content.decode()
    for wrong in ("", "WRONG123"):
        response = client.post(url_of(published), typed(online, invitation=wrong))
        assert response.status_code in {409, 422} and not SignUp.objects.exists()
    assert client.post(url_of(published), typed(online, invitation=" ｇuild 2026 ")).status_code == 302
    assert SignUp.objects.get().invitation_code == code


def test_code_is_used_no_oftener_than_allowed_and_free_again_after_cancelling(published, online, code):
    seats.sign_up(published, option=online, details=details("mei", invitation="guild2026"))
    with pytest.raises(seats.NotInvited):
        seats.sign_up(published, option=online, details=details("ken", "beta", invitation="guild2026"))
    seats.cancel(SignUp.objects.select_related("seminar").get())
    seats.sign_up(published, option=online, details=details("ken", "beta", invitation="guild2026"))
    assert SignUp.objects.live().get().email == "ken@beta.example"


def test_wrong_code_is_answered_alike_for_known_and_unknown_addresses(client, published, online, code):
    seats.sign_up(published, option=online, details=details("mei", invitation="guild2026"))
    answers = [
        client.post(url_of(published), typed(online, who, invitation="WRONG123")) for who in ("mei", "new")
    ]
    assert [each.status_code for each in answers] == [409, 409]


def test_office_needs_no_code(seminar, online, organiser, code):
    person = seats.add_by_hand(seminar, option=online, details=details("mei"), actor=organiser)
    assert person.state == "confirmed" and person.consented_at <= timezone.now()


@pytest.fixture
def staff(client_for, organiser):
    return client_for(organiser)
