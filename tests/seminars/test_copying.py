from datetime import datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from portal.dates import HONG_KONG
from portal.mail.models import Message
from seminars import copying, drafts, seats
from seminars.models import (
    InvitationCode,
    Organisation,
    RundownItem,
    Seminar,
    SeminarPage,
    SeminarQuestion,
    Speaker,
)
from tests.seminars.makers import details

START = datetime(2031, 5, 8, 14, 30, tzinfo=HONG_KONG)


@pytest.fixture
def rich(published, online):
    """A seminar with something of everything, somebody signed up, and a mail about it."""
    Seminar.objects.update(state="held", revision=4, by_invitation=True, confirms_addresses=True)
    published.options.update(
        join_link="https://meet.example/secret", offer_hours=24, weather_triggers=["black_rain"],
        weather_decision_time="11:00", map_link="https://map.example/hall",
    )  # fmt: skip
    RundownItem.objects.create(seminar=published, starts="10:00", ends="10:30", activities_en="Welcome")
    Speaker.objects.create(seminar=published, name_en="Demo Speaker")
    Organisation.objects.create(seminar=published, name_en="Demo Guild", part="co_organiser")
    SeminarQuestion.objects.create(seminar=published, label_en="A", label_zh_hant="甲", label_zh_hans="甲")
    InvitationCode.objects.create(seminar=published, code="GUILD2026")
    SeminarPage.objects.filter(seminar=published).update(lead="What it is about.")
    published.refresh_from_db()
    person = details("mei", invitation="GUILD2026")
    Seminar.objects.update(state="scheduled")
    seats.sign_up(published, option=online, details=person)
    Seminar.objects.update(state="held")
    return Seminar.objects.get(pk=published.pk)


def test_copy_has_the_rules_and_no_people_mails_links_or_states(rich, organiser):
    mails = Message.objects.count()
    made, pages = copying.copy_seminar(rich, starts_at=START, user=organiser)
    made = Seminar.objects.get(pk=made.pk)
    assert (made.starts_at, made.ends_at - made.starts_at) == (START, rich.ends_at - rich.starts_at)
    assert made.starts_at - made.sign_up_closes_at == rich.starts_at - rich.sign_up_closes_at
    assert (made.state, made.revision, made.next_queue_number) == ("scheduled", 0, 1)
    assert (made.title_zh_hant, made.company_cap, made.confirms_addresses) == ("示範研討會", 2, True)
    assert not made.by_invitation and not made.invitation_codes.exists()
    assert [
        (each.label_en, each.capacity, each.offer_hours, each.join_link, each.map_link, each.weather_triggers)
        for each in made.options.all()
    ] == [
        ("Online", 3, 24, "", "https://map.example/hall", ["black_rain"]),
        ("Demo Hall", 1, 24, "", "https://map.example/hall", ["black_rain"]),
    ]
    for name in copying.CHILDREN:
        assert getattr(made, name).count() == getattr(rich, name).count() > 0
        assert not set(getattr(made, name).values_list("pk")) & set(getattr(rich, name).values_list("pk"))
    assert not made.sign_ups.exists() and Message.objects.count() == mails
    assert rich.sign_ups.count() == 1
    assert len(pages) == 3 and not any(page.live for page in made.pages.all())
    assert {page.get_latest_revision_as_object().lead for page in pages} == {"What it is about."}


def test_copy_without_an_index_makes_nothing(seminar, organiser):
    with pytest.raises(drafts.NoSeminarIndex):
        copying.copy_seminar(seminar, starts_at=START, user=organiser)
    assert Seminar.objects.count() == 1


def test_organiser_copies_on_a_page_and_goes_on_to_the_facts(client_for, organiser, rich):
    staff = client_for(organiser)
    target = reverse("office_seminars:copy", args=[rich.uuid])
    start = timezone.localtime(rich.starts_at)
    assert f'value="{start:%H:%M}"' in staff.get(target).content.decode()
    assert "open to everybody until you choose" in staff.get(target).content.decode()
    day = timezone.localdate() + timedelta(days=60)
    parts = {"day_day": day.day, "day_month": day.month, "day_year": day.year}
    past = staff.post(target, {**parts, "day_year": "2020", "time": "14:30"})
    assert past.status_code == 422 and "Choose a day in the future." in past.content.decode()
    wrong = staff.post(target, {**parts, "time": "half past"})
    assert wrong.status_code == 422 and "half past" in wrong.content.decode()
    done = staff.post(target, {**parts, "time": "14:30"})
    made = Seminar.objects.exclude(pk=rich.pk).get()
    assert done["Location"] == reverse("seminar_facts:edit", args=[made.pk])
    assert timezone.localtime(made.starts_at).strftime("%H:%M") == "14:30"
    assert staff.get(done["Location"]).status_code == 200
