"""Slips of the hand in the domain of an address."""

import pytest
from django.utils.datastructures import MultiValueDict

from portal.forms import EmailField
from portal.forms.mistyped import COMMON, AsksAboutAddress, is_one_off, meant_by

SLIPS = [
    *(("gmial.com", "gmail.com"), ("gamil.com", "gmail.com"), ("gmai.com", "gmail.com")),
    *(("gmaill.com", "gmail.com"), ("gnail.com", "gmail.com"), ("gmail.con", "gmail.com")),
    *(("gmail.co", "gmail.com"), ("GMIAL.COM", "gmail.com"), ("hotmial.com", "hotmail.com")),
    *(("outlok.com", "outlook.com"), ("yaho.com.hk", "yahoo.com.hk"), ("yahoo.com.kh", "yahoo.com.hk")),
    *(("iclould.com", "icloud.com"), ("netvigater.com", "netvigator.com"), ("foxmial.com", "foxmail.com")),
    *(("qq.con", "qq.com"), ("163.cm", "163.com")),
]
RIGHT = [
    *COMMON,
    *(
        "mail.com",
        "email.com",
        "ymail.com",
        "cloud.com",
        "yahoo.ca",
        "yahoo.co.uk",
        "yahoo.com.tw",
        "live.ca",
    ),
    *("live.hk", "hotmail.co.uk", "vip.163.com", "183.com", "188.com", "line.com", "zina.com", "aq.com"),
    *("demo.example", "journey.example", "cleanerproduction.hk", "例子.公司.香港", "g.example", "hk"),
]


@pytest.mark.parametrize(("typed", "meant"), SLIPS)
def test_domain_that_is_one_slip_away_is_recognised(typed, meant):
    assert meant_by(f"Mei.Chan+cp@{typed}") == f"Mei.Chan+cp@{meant}"


@pytest.mark.parametrize("domain", RIGHT)
def test_domain_that_exists_or_is_far_from_all_is_left_alone(domain):
    assert meant_by(f"mei@{domain}") == ""


def test_text_without_a_domain_is_left_alone():
    assert meant_by("gmial.com") == meant_by("") == ""


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        *(("abc", "abc", False), ("abc", "acb", True), ("abc", "cba", False), ("abc", "ab", True)),
        *(("abc", "bc", True), ("abc", "abcd", True), ("abc", "abde", False), ("abc", "a", False)),
        *(("abcd", "badc", False), ("abc", "axc", True), ("ab", "ba", True), ("", "a", True)),
    ],
)
def test_one_slip_is_one_character_or_two_that_changed_places(one, other, expected):
    assert is_one_off(one, other) is is_one_off(other, one) is expected


class Form(AsksAboutAddress):
    email = EmailField()


def test_form_asks_once_about_each_address_and_takes_the_second_sending():
    form = Form(MultiValueDict({"email": ["mei@gmial.com"]}))
    assert form.errors["email"] == [
        "Did you mean mei@gmail.com? Correct the address, or send the form once more "
        "if it is right as it stands."
    ]
    asked = form["asked_about"].value()
    assert asked == "mei@gmial.com" and f'value="{asked}"' in str(form["asked_about"])
    assert Form(MultiValueDict({"email": [" mei@gmial.com "], "asked_about": [asked]})).is_valid()
    assert Form(MultiValueDict({"email": ["mei@gmail.com"], "asked_about": [asked]})).is_valid()
    assert Form(MultiValueDict({"email": ["mei@gmial.com"]}), initial={"email": "mei@gmial.com"}).is_valid()
    another = Form(MultiValueDict({"email": ["mei@gmai.com"], "asked_about": [asked]}))
    assert not another.is_valid() and another["asked_about"].value() == "mei@gmai.com"
