"""A helper at the door ticks people off while the network comes and goes."""

import pytest

from seminars import attendance, links, seats
from seminars.models import SignUp
from tests.seminars.makers import details, make_crowd, make_seminar
from tests.seminars.test_attendance import today

pytestmark = pytest.mark.browser


def expected(*who):
    """Their door, on the day of the seminar."""
    seminar = make_seminar(venue=len(who))
    venue = seminar.options.get(mode="hong_kong")
    for each in who:
        seats.sign_up(seminar, option=venue, details=details(each, each))
    today(seminar)
    return attendance.open_door(venue, actor=None)


def came():
    return set(SignUp.objects.filter(attended_at__isnull=False).values_list("name", flat=True))


def row(helper, name):
    return helper.page.locator(".cp-door li").filter(has_text=name)


def tick(helper, name):
    row(helper, name).get_by_role("button", name="Has come").click()


def test_ticks_wait_on_the_phone_until_the_network_is_back(new_visitor):
    door = expected("ken", "ada")
    make_crowd(door.option.seminar, 60)
    SignUp.objects.filter(company="Crowd 60 Limited").update(option=door.option)
    SignUp.objects.filter(name="Demo Person 58").update(name="鍾國榮")
    before = came()
    helper = new_visitor(width=320)
    helper.go(links.path_to_door(door))
    helper.look_here()
    waiting = helper.page.get_by_text("waits on this phone")

    helper.page.context.set_offline(True)
    # Names and codes that the page knows are found without the network; the page stays.
    box = helper.page.get_by_role("searchbox", name="Name")
    box.fill("demo A")
    assert not row(helper, "Demo Ken").is_visible() and row(helper, "Demo Ada").is_visible()
    box.press("Enter")
    helper.page.get_by_text("There is no network now.").wait_for()
    assert row(helper, "Demo Ada").is_visible() and not row(helper, "Demo Ken").is_visible()
    # Also far down the list, and in any order of the words.
    box.fill("person 59 demo")
    assert helper.page.locator(".cp-door__name:visible").all_inner_texts() == ["Demo Person 59"]
    # A name is found in the other script, and with another way to write it.
    for typed in ("钟国", "鐘國榮", "荣"):
        box.fill(typed)
        assert helper.page.locator(".cp-door__name:visible").all_inner_texts() == ["鍾國榮"]
    box.fill("nobody")
    helper.page.get_by_text("None of the names on this page.").wait_for()
    ken = SignUp.objects.filter(option=door.option).select_related("seminar").get(name="Demo Ken")
    box.fill(links.check_in_address(ken))
    box.press("Enter")
    helper.page.get_by_role("status").filter(has_text="Demo Ken").wait_for()
    assert row(helper, "Demo Ken").is_visible() and not row(helper, "Demo Ada").is_visible()
    assert box.input_value() == "" and came() == before, "found, not ticked off"

    helper.page.get_by_role("link", name="Show all names").click()
    row(helper, "Demo Ada").get_by_role("button").wait_for()

    tick(helper, "Demo Ken")
    waiting.wait_for()
    assert "Kept on this phone" in row(helper, "Demo Ken").inner_text() and came() == before
    helper.look_here()
    helper.page.context.set_offline(False)
    row(helper, "Demo Ken").get_by_text("came ").wait_for()
    assert came() - before == {"Demo Ken"} and not waiting.is_visible()
    assert "1 of 62 people have come" in helper.page.inner_text("main")

    # The phone is put away before the network is back, and taken out again.
    helper.page.context.set_offline(True)
    tick(helper, "Demo Ada")
    waiting.wait_for()
    phone = helper.page.context
    helper.page.close()
    phone.set_offline(False)
    helper.page = phone.new_page()
    helper.go(links.path_to_door(door))
    row(helper, "Demo Ada").get_by_text("came ").wait_for()
    assert came() - before == {"Demo Ken", "Demo Ada"}


def test_tick_at_a_door_whose_link_was_replaced_is_told_to_the_helper(new_visitor):
    door = expected("ken")
    before = came()
    helper = new_visitor(width=320)
    helper.go(links.path_to_door(door))
    attendance.open_door(door.option, actor=None)
    tick(helper, "Demo Ken")
    helper.page.get_by_text("The portal did not take the tick").wait_for()
    assert came() == before
