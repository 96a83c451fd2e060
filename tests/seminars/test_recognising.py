"""One company in several spellings, scripts and mailboxes has one cap; what is not seen is merged by hand."""

from dataclasses import replace

import pytest

from portal.audit.models import Event
from seminars import seats
from seminars.models import CompanyAlias, SignUp
from tests.seminars.makers import details, make_seminar

FOUR_SPELLINGS = [
    ("Demo Harbour Limited", "mei@harbour.example"),
    ("DEMO HARBOUR CO., LTD.", "mei.chan@gmail.com"),
    ("示範藍港環境工程有限公司", "ken@mail.harbour.example"),
    ("示范蓝港环境工程（有限公司）", "ken.wong@qq.com"),
]


def enter(seminar, company, email):
    option = seminar.options.get(mode="online")
    seats.sign_up(seminar, option=option, details=replace(details("who", email=email), company=company))
    return SignUp.objects.order_by("-pk").first()


def keys(seminar):
    return list(seminar.sign_ups.order_by("queue_number").values_list("company_key", flat=True))


def states(seminar):
    return list(seminar.sign_ups.order_by("queue_number").values_list("state", flat=True))


def test_four_spellings_in_two_scripts_are_one_company(seminar):
    for company, email in FOUR_SPELLINGS:
        enter(seminar, company, email)
    assert keys(seminar) == ["domain:harbour.example"] * 4
    assert states(seminar) == ["confirmed", "confirmed", "waiting", "waiting"]


def test_mailbox_that_comes_first_lends_its_key_to_the_domain(seminar):
    enter(seminar, "Demo Harbour", "mei@gmail.com")
    enter(seminar, "Demo Harbour Ltd", "ken@harbour.example")
    enter(seminar, "Another name", "otto@harbour.example")
    assert keys(seminar) == ["name:demoharbour"] * 3


def test_two_without_a_company_do_not_share_its_places(seminar):
    for number in range(3):
        enter(seminar, "N/A", f"p{number}@gmail.com")
    assert states(seminar) == ["confirmed"] * 3


def test_names_of_200_characters_are_told_apart(seminar):
    long = "示" * 199
    enter(seminar, f"{long}甲", "a@gmail.com")
    enter(seminar, f"{long}乙", "b@gmail.com")
    assert len(set(keys(seminar))) == 2


def test_merging_throws_nobody_out_and_holds_for_who_comes_later(seminar, organiser):
    for number in range(2):
        enter(seminar, "Demo Harbour", f"a{number}@gmail.com")
    enter(seminar, "藍港", "b@harbour.example")
    assert states(seminar) == ["confirmed"] * 3
    people = seats.merge_companies(
        seminar, keys=["name:demoharbour", "domain:harbour.example"], actor=organiser
    )
    assert people == 3 and set(keys(seminar)) == {"domain:harbour.example"}
    assert states(seminar) == ["confirmed"] * 3
    assert enter(seminar, "DEMO HARBOUR LTD", "late@gmail.com").state == "waiting"
    assert Event.objects.get(verb="seminar.companies_merged").actor_uuid == organiser.uuid


def test_merging_is_known_at_the_next_seminar_and_followed_at_those_that_wait(seminar, organiser):
    other = make_seminar()
    for each in (seminar, other):
        enter(each, "Demo Harbour", "a@gmail.com")
        enter(each, "藍港", "b@harbour.example")
    seats.merge_companies(seminar, keys=keys(seminar), actor=organiser)
    assert enter(make_seminar(), "Demo Harbour", "a@gmail.com").company_key == "domain:harbour.example"
    assert keys(other) == ["name:demoharbour", "domain:harbour.example"]
    seats.refill(other)
    assert keys(other) == ["domain:harbour.example"] * 2


def test_separating_refills_the_queue_and_is_remembered(seminar, organiser):
    enter(seminar, "Demo Harbour", "a@harbour.example")
    enter(seminar, "Demo Harbour", "b@harbour.example")
    enter(seminar, "Demo Harbour", "c@river.example")
    assert states(seminar) == ["confirmed", "confirmed", "waiting"]
    assert seats.separate_company(seminar, key="domain:harbour.example", actor=organiser) == 3
    assert states(seminar) == ["confirmed"] * 3
    assert enter(seminar, "Demo Harbour", "d@river.example").company_key == "domain:river.example"


def test_merging_twice_leads_straight_to_the_last(seminar, organiser):
    for company in ("alpha", "beta", "gamma"):
        enter(seminar, company, f"a@{company}.example")
    seats.merge_companies(seminar, keys=["domain:alpha.example", "domain:beta.example"], actor=organiser)
    seats.merge_companies(seminar, keys=["domain:gamma.example", "domain:alpha.example"], actor=organiser)
    assert len(set(keys(seminar))) == 1
    assert len(set(CompanyAlias.objects.values_list("counts_as", flat=True))) == 1


@pytest.mark.parametrize(
    "chosen", [[], ["domain:alpha.example"], ["domain:alpha.example", "domain:no.example"]]
)
def test_fewer_than_two_companies_are_not_merged(seminar, organiser, chosen):
    enter(seminar, "alpha", "a@alpha.example")
    with pytest.raises(seats.SeatError):
        seats.merge_companies(seminar, keys=chosen, actor=organiser)
    assert not CompanyAlias.objects.exists()
