from datetime import timedelta

import pytest
from django.core import mail
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from portal.mail import sender
from portal.mail.models import Message
from seminars import afterwards, attendance, copying, links, materials, seats
from seminars.models import AttendanceOption, Seminar, SignUp
from tests.seminars.makers import details, ended

SURVEY = "https://survey.example/abc?x=1"


@pytest.fixture
def past(published, online):
    """Mei (English), Ken (繁體) and Ada (简体) had a place, Otto waits; Mei and Ken came."""
    languages = {"mei": "en", "ken": "zh-hant", "ada": "zh-hans", "otto": "en"}
    for who, language in languages.items():
        seats.sign_up(published, option=online, details=details(who, who, language=language))
    Message.objects.all().delete()
    Seminar.objects.filter(pk=published.pk).update(**ended(published), survey_link=SURVEY)
    for who in ("mei", "ken"):
        come(who)
    return Seminar.objects.get(pk=published.pk)


def come(who):
    attendance.check_in(SignUp.objects.get(email__startswith=who), witness=SignUp.Witness.OFFICE)


def add_film(seminar):
    titles = {"title_en": "Film & talk", "title_zh_hant": "錄影", "title_zh_hans": ""}
    words = {**titles, "audience": "attendees"}
    materials.add_link(seminar, link="https://film.example/1", words=words, actor=None)


def minute_over(seminar):
    Seminar.objects.filter(pk=seminar.pk).update(follow_up_at=F("follow_up_at") - timedelta(seconds=61))
    Message.objects.update(not_before=F("not_before") - timedelta(seconds=61))


@pytest.fixture
def post(settings):
    settings.MAIL_TRANSPORT = "django.core.mail.backends.locmem.EmailBackend"

    def send():
        mail.outbox = []
        afterwards.queue_due()
        while sender.send_due():
            pass
        return {each.to[0].split("@")[0]: each for each in mail.outbox}

    return send


def test_everybody_who_came_hears_once_and_in_the_own_language(past, organiser, post):
    add_film(past)
    afterwards.start_follow_up(past, actor=organiser)
    assert post() == {}  # it can still be taken back
    minute_over(past)
    sent = post()
    assert sent.keys() == {"mei", "ken"}
    mei = SignUp.objects.get(email__startswith="mei")
    assert sent["mei"].subject == "Thank you for attending: Demo seminar"
    for piece in ("Film & talk", SURVEY, links.address_of(mei), "Demo Mei"):
        assert piece in sent["mei"].body
    assert sent["ken"].subject == "感謝出席：示範研討會" and "錄影" in sent["ken"].body
    assert post() == {}


def test_who_is_ticked_off_later_hears_then(past, organiser, post):
    afterwards.start_follow_up(past, actor=organiser)
    minute_over(past)
    post()
    come("ada")
    sent = post()
    assert sent.keys() == {"ada"} and sent["ada"].subject == "感谢出席：示范研讨会"


def test_taken_back_within_the_minute_nothing_leaves(past, organiser, post):
    afterwards.start_follow_up(past, actor=organiser)
    afterwards.stop_follow_up(past, actor=organiser)
    assert post() == {} and not Message.objects.exists()


def test_stopped_before_it_left_it_is_not_sent_and_started_again_it_is(past, organiser, post):
    afterwards.start_follow_up(past, actor=organiser)
    minute_over(past)
    assert afterwards.queue_due() == 2
    afterwards.stop_follow_up(past, actor=organiser)
    assert post() == {}
    afterwards.start_follow_up(past, actor=organiser)
    minute_over(past)
    assert post().keys() == {"mei", "ken"}


def test_tick_that_was_taken_back_keeps_its_mail_back(past, organiser, post):
    afterwards.start_follow_up(past, actor=organiser)
    minute_over(past)
    afterwards.queue_due()
    attendance.take_back(SignUp.objects.get(email__startswith="ken"))
    assert post().keys() == {"mei"}


def test_whose_data_is_gone_is_not_written_to(past, organiser, post):
    afterwards.start_follow_up(past, actor=organiser)
    minute_over(past)
    afterwards.queue_due()
    SignUp.objects.filter(email__startswith="ken").update(email="")
    assert post().keys() == {"mei"}


def test_after_two_months_nobody_is_written_to_any_more(past, organiser, post):
    afterwards.start_follow_up(past, actor=organiser)
    Seminar.objects.filter(pk=past.pk).update(
        follow_up_at=timezone.now() - afterwards.LASTS - timedelta(seconds=1)
    )
    assert post() == {} and not Message.objects.exists()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"survey_link": ""}, "Add a material"),
        ({"ends_at": timezone.now() + timedelta(hours=9)}, "The seminar is not over yet."),
        ({"state": "cancelled"}, "The seminar did not take place."),
        ({"state": "postponed"}, "The seminar did not take place."),
    ],
)
def test_organiser_hears_why_it_cannot_be_sent(client_for, organiser, past, change, said):
    Seminar.objects.filter(pk=past.pk).update(**change)
    address = reverse("office_seminars:follow_up", args=[past.uuid])
    page = client_for(organiser).post(address, follow=True).content.decode()
    assert said in page
    assert Seminar.objects.get(pk=past.pk).follow_up_at is None


def test_organiser_starts_and_takes_back(client_for, organiser, past):
    browser, address = client_for(organiser), reverse("office_seminars:follow_up", args=[past.uuid])
    page = browser.post(address, follow=True).content.decode()
    started = Seminar.objects.get(pk=past.pk).follow_up_at
    assert started > timezone.now() and "Take it back" in page
    browser.post(address)
    assert Seminar.objects.get(pk=past.pk).follow_up_at == started
    browser.post(address, {"act": "stop"})
    assert Seminar.objects.get(pk=past.pk).follow_up_at is None


def test_mail_is_looked_at_first_in_each_language_and_holds_no_working_link(client_for, organiser, past):
    add_film(past)
    browser, address = client_for(organiser), reverse("office_seminars:follow_up", args=[past.uuid])
    answer = browser.get(address)
    preview, page = answer.context["preview"], answer.content.decode()
    assert [(each.language, each.people) for each in preview.samples] == [
        ("en", 1),
        ("zh-hant", 1),
        ("zh-hans", 0),  # Ada, who may be ticked off later
    ]
    assert "2 people are written to." in page and SURVEY.replace("&", "&amp;") in page
    assert "Demo Mei" in preview.samples[0].body and "/mine/…" in preview.samples[0].body
    assert "[[" not in page and not any(links.token_for(each) in page for each in SignUp.objects.all())
    assert Seminar.objects.get(pk=past.pk).follow_up_at is None and not Message.objects.exists()
    browser.post(address)
    page = browser.get(address).content.decode()
    assert "Going out since" in page and "Send the mail" not in page


def test_what_is_shown_first_is_what_leaves(client_for, organiser, past, post):
    add_film(past)
    address = reverse("office_seminars:follow_up", args=[past.uuid])
    shown = client_for(organiser).get(address).context["preview"].samples
    afterwards.start_follow_up(past, actor=organiser)
    minute_over(past)
    sent = post()
    for who, sample in (("mei", shown[0]), ("ken", shown[1])):
        own = links.address_of(SignUp.objects.get(email__startswith=who))
        assert sent[who].subject == sample.subject
        assert sent[who].body == sample.body.replace(f"{own.split('/mine/')[0]}/mine/…", own)


def test_nothing_is_shown_that_cannot_be_sent_yet(client_for, organiser, past):
    Seminar.objects.filter(pk=past.pk).update(survey_link="")
    address = reverse("office_seminars:follow_up", args=[past.uuid])
    page = client_for(organiser).get(address, follow=True)
    assert page.redirect_chain and "Add a material" in page.content.decode()


def test_organiser_sets_survey_and_least_time(client_for, organiser, past):
    address = reverse("office_seminars:after_terms", args=[past.uuid])
    browser = client_for(organiser)
    wrong = browser.post(address, {"survey_link": "survey", "certificate_minutes": "0"})
    assert wrong.status_code == 422 and 'value="survey"' in wrong.content.decode()
    browser.post(address, {"survey_link": "https://survey.example/2", "certificate_minutes": "４5"})
    past.refresh_from_db()
    assert (past.survey_link, past.certificate_minutes) == ("https://survey.example/2", 45)


def test_survey_of_a_cancelled_seminar_is_refused_in_words_and_stays_typed(client_for, organiser, past):
    Seminar.objects.filter(pk=past.pk).update(state="cancelled")
    address = reverse("office_seminars:after_terms", args=[past.uuid])
    browser, why = client_for(organiser), "The seminar is cancelled: there are no materials"
    page = browser.get(address).content.decode()
    assert why in page and "certificate_minutes" not in page
    answer = browser.post(address, {"survey_link": "https://survey.example/2", "certificate_minutes": "0"})
    page = answer.content.decode()
    assert answer.status_code == 409 and why in page and "Nothing was saved" in page
    assert 'value="https://survey.example/2"' in page
    with pytest.raises(materials.Cancelled):
        afterwards.set_terms(past, survey_link="", certificate_minutes=45, actor=organiser)
    past.refresh_from_db()
    assert (past.survey_link, past.certificate_minutes) == (SURVEY, None)


def test_lost_link_is_sent_again_after_the_end_without_a_calendar_entry(client, past, post):
    assert "Did you attend?" in client.get(past.pages.get(locale__language_code="en").url).content.decode()
    client.post(reverse("seminars:send_link", args=[past.uuid]), {"email": "ken@ken.example"})
    sent = post()
    ken = SignUp.objects.get(email__startswith="ken")
    assert sent.keys() == {"ken"} and links.address_of(ken) in sent["ken"].body
    assert "證明書" in sent["ken"].body and not sent["ken"].attachments


def test_copy_takes_the_minutes_and_nothing_that_goes_out(past, organiser):
    Seminar.objects.filter(pk=past.pk).update(
        certificate_minutes=30, follow_up_at=timezone.now(), certificates_at=timezone.now()
    )
    AttendanceOption.objects.filter(seminar=past, address_en="").update(address_en="-")
    past.refresh_from_db()
    made, _pages = copying.copy_seminar(past, starts_at=timezone.now() + timedelta(days=30), user=organiser)
    assert (made.survey_link, made.follow_up_at, made.certificates_at) == ("", None, None)
    assert made.certificate_minutes == 30 and not made.materials.exists()
