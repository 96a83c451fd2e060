"""Every field of ours as people and screen readers meet it."""

import json
import random
import subprocess
from datetime import date
from html.parser import HTMLParser

import pytest
from django import forms as django_forms
from django.conf import settings
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils import translation

from portal import forms


class Survey(forms.Form):
    names = {"email": "your email address"}

    email = forms.EmailField(label="Email address", help_text="We write to you once")
    company = django_forms.CharField(
        label="Company", max_length=20, widget=django_forms.TextInput({"autocomplete": "organization"})
    )
    phone = forms.PhoneField(label="Telephone", required=False)
    code = forms.CodeField(label="Registration number")
    staff = forms.IntegerField(label="Technical staff", suffix="people", min_value=1)
    cost = forms.DecimalField(label="Cost saved", prefix="HK$", max_digits=8, decimal_places=2)
    story = django_forms.CharField(label="How you help", max_length=10, widget=django_forms.Textarea)
    start = forms.DateField(label="Start", help_text="For example, 27 3 2025")
    kind = django_forms.ChoiceField(
        label="Company type", choices=[("a", "Factory"), ("b", "Other")], widget=django_forms.RadioSelect
    )
    where = django_forms.MultipleChoiceField(
        label="Where",
        choices=[("hk", "Hong Kong"), ("gd", "Guangdong")],
        widget=django_forms.CheckboxSelectMultiple,
    )
    industry = django_forms.ChoiceField(label="Industry", choices=[("", "Choose"), ("t", "Textiles")])
    chart = django_forms.FileField(label="Chart")
    password = django_forms.CharField(
        label="Password", widget=django_forms.PasswordInput({"autocomplete": "current-password"})
    )
    agree = django_forms.BooleanField(label="I agree")
    token = django_forms.CharField(widget=django_forms.HiddenInput)


class Elements(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.found = []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.found.append((tag, dict(attributes)))

    def by_id(self):
        return {attributes["id"]: tag for tag, attributes in self.found if attributes.get("id")}

    def controls(self):
        return [
            attributes
            for tag, attributes in self.found
            if tag in ("input", "select", "textarea") and attributes.get("type") != "hidden"
        ]


def filled(**changes):
    data = QueryDict(mutable=True)
    data.update(
        {
            "email": "mei@demo.example",
            "company": "Demo Provider A",
            "code": "12345678",
            "staff": "4",
            "cost": "10",
            "story": "By visits",
            "start_day": "31",
            "start_month": "3",
            "start_year": "2026",
            "kind": "a",
            "where": "hk",
            "industry": "t",
            "password": "pass",
            "agree": "on",
            "token": "t",
        }
    )
    data.update(changes)
    return data


def errors_of(form):
    return {name: list(errors) for name, errors in form.errors.items()}


VISIBLE = [name for name in Survey.base_fields if name != "token"]


@pytest.mark.parametrize("language", ["en", "zh-hant", "zh-hans"])
@pytest.mark.parametrize("name", VISIBLE)
def test_a_field_with_an_error_ties_label_hint_and_error_to_its_control(name, language):
    with translation.override(language):
        form = Survey({}) if name != "phone" else Survey(filled())
        if name == "phone":
            form.add_error("phone", "Check the number")
        html = form[name].as_field_group()
    page = Elements(html)
    ids = page.by_id()
    controls = page.controls()
    assert controls
    labels = {attributes["for"] for tag, attributes in page.found if tag == "label"}
    assert {control["id"] for control in controls} == labels
    described = [a["aria-describedby"] for _, a in page.found if a.get("aria-describedby")]
    assert described
    for reference in " ".join(described).split():
        assert reference in ids
    assert f"id_{name}_error" in " ".join(described)
    if form[name].help_text:
        assert f"id_{name}_helptext" in " ".join(described)
    assert "govuk-form-group--error" in html
    if len(controls) > 1:
        assert ids and any(tag == "fieldset" for tag, _ in page.found)
    assert form[name].anchor in ids


@pytest.mark.parametrize("name", VISIBLE)
def test_nothing_in_the_markup_keeps_people_from_typing(name):
    for control in Elements(Survey({})[name].as_field_group()).controls():
        assert not {"required", "maxlength", "min", "max", "pattern", "step", "onpaste"} & control.keys()
        assert control.get("type") != "number"
        assert "placeholder" not in control


def test_autocomplete_passes_through():
    fields = Survey()
    found = {
        name: Elements(fields[name].as_field_group()).controls()[0].get("autocomplete")
        for name in ("email", "company", "password")
    }
    assert found == {"email": "email", "company": "organization", "password": "current-password"}


def test_optional_fields_say_so_and_required_ones_do_not():
    form = Survey()
    form.fields["company"].required = False
    form.fields["company"].required_on_submit = True
    says = {name for name in VISIBLE if "(optional)" in form[name].as_field_group()}
    assert says == {"phone"}


def test_a_filter_form_marks_nothing_optional():
    class Filter(forms.Form):
        mark_optional = False
        q = django_forms.CharField(required=False, label="Company")

    assert "optional" not in str(Filter())


def test_the_summary_says_the_same_as_the_fields_and_leads_to_them():
    form = Survey({})
    form.add_error(None, "The round is closed")
    html = render_to_string("forms/error_summary.html", {"form": form})
    group_ids = Elements(str(form)).by_id()
    links = [a["href"][1:] for tag, a in Elements(html).found if tag == "a"]
    assert len(links) == len(VISIBLE) - 1  # the telephone is optional
    assert set(links) <= group_ids.keys()
    for messages in form.errors.values():
        for message in messages:
            assert message in html
    assert 'role="alert"' in html and "There is a problem" in html


def test_no_summary_before_the_form_is_sent():
    assert render_to_string("forms/error_summary.html", {"form": Survey()}).strip() == ""


def test_empty_answers_get_a_sentence_that_says_what_to_do():
    found = errors_of(Survey({"token": "t"}))
    assert found == {
        "email": ["Enter your email address"],
        "company": ["Enter the company"],
        "code": ["Enter the registration number"],
        "staff": ["Enter the technical staff"],
        "cost": ["Enter the cost saved"],
        "story": ["Enter how you help"],
        "start": ["Enter the start"],
        "kind": ["Choose the company type"],
        "where": ["Choose where"],
        "industry": ["Choose the industry"],
        "chart": ["Choose a file: chart"],
        "password": ["Enter the password"],
        "agree": ["Tick the box to go on: I agree"],
    }


@pytest.mark.parametrize(
    ("language", "label", "sentence"),
    [
        ("en", "Reason", "Enter the reason"),
        ("en", "Mainland registration", "Enter the Mainland registration"),
        ("en", "VOC", "Enter the VOC"),
        ("en", "Your name", "Enter your name"),
        ("en", "How you help", "Enter how you help"),
        ("en", "Is there a lift?", "Enter your answer to “Is there a lift?”"),
        ("zh-hant", "原因", "請輸入原因"),
        ("zh-hant", "需要電梯嗎？", "請輸入「需要電梯嗎？」的答案"),
        ("zh-hans", "需要电梯吗？", "请输入“需要电梯吗？”的答案"),
    ],
)
def test_sentence_names_what_to_enter_as_people_say_it(language, label, sentence):
    class Asks(forms.Form):
        it = django_forms.CharField(label=label)

    with translation.override(language):
        assert errors_of(Asks({})) == {"it": [sentence]}


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"email": "mei@"}, "Enter your email address in the form name@example.com"),
        ({"company": "x" * 21}, "Shorten the company to 20 characters; it has 21"),
        ({"staff": "many"}, "Enter the technical staff as a whole number, like 12"),
        ({"staff": "0"}, "Enter 1 or more for the technical staff"),
        ({"cost": "12.345"}, "Enter the cost saved with at most 2 digits after the point"),
        ({"start_month": "2"}, "Enter the start as a real date with day, month and year"),
        ({"start_month": ""}, "Enter a day, a month and a year"),
        ({"start_year": "26"}, "Enter the start as a real date with day, month and year"),
        ({"kind": "z"}, "Choose the company type from the list"),
        ({"where": "mars"}, "Choose where from the list"),
    ],
)
def test_wrong_answers_get_a_sentence_that_says_what_to_do(changes, message):
    form = Survey(filled(**changes))
    name = next(iter(changes)).split("_")[0]
    assert errors_of(form)[name] == [message]


def test_a_message_given_to_the_field_itself_wins():
    class Own(forms.Form):
        email = forms.EmailField(error_messages={"required": "We need an address"})

    assert errors_of(Own({})) == {"email": ["We need an address"]}


def test_a_percent_sign_in_a_label_does_no_harm():
    class Percent(forms.Form):
        rate = django_forms.CharField(label="Share in %", max_length=2)

    assert errors_of(Percent({"rate": "123"})) == {
        "rate": ["Shorten the share in % to 2 characters; it has 3"]
    }
    assert errors_of(Percent({})) == {"rate": ["Enter the share in %"]}


@pytest.mark.parametrize(
    ("name", "typed", "value"),
    [
        ("email", " ｍｅｉ＠demo.example ", "mei@demo.example"),
        ("code", "９１４４－0300 ma 00", "9144-0300MA00"),
        ("staff", "１,２００", 1200),
        ("phone", "＋８５２　2345–6789", "+852 2345-6789"),
    ],
)
def test_full_width_and_grouped_input_is_understood(name, typed, value):
    form = Survey(filled(**{name: typed}))
    form.is_valid()
    assert form.cleaned_data[name] == value


@pytest.mark.parametrize("month", ["3", "03", "March", "mar", "３", "3月"])
def test_months_are_taken_as_people_write_them(month):
    form = Survey(filled(start_month=month))
    form.is_valid()
    assert form.cleaned_data["start"] == date(2026, 3, 31)


def test_a_date_comes_back_as_typed():
    html = Survey(filled(start_day="31", start_month="Febuary"))["start"].as_field_group()
    assert [control["value"] for control in Elements(html).controls()] == ["31", "Febuary", "2026"]


def test_the_parts_of_a_date_stand_in_the_order_of_the_language():
    with translation.override("zh-hant"):
        form = Survey(filled())
        names = [control["name"] for control in Elements(form["start"].as_field_group()).controls()]
        assert names == ["start_year", "start_month", "start_day"]
        assert form["start"].anchor == "id_start_2"


def test_line_ends_and_nul_are_unified_before_counting():
    form = Survey(filled(story="ab\r\ncd\r\nef\x00gh"))
    form.is_valid()
    assert form.cleaned_data["story"] == "ab\ncd\nefgh"


def test_messages_are_chinese_on_chinese_pages():
    with translation.override("zh-hant"):
        assert errors_of(Survey({}))["company"] == ["請輸入Company"]
    with translation.override("zh-hans"):
        assert errors_of(Survey({}))["kind"] == ["请选择Company type"]


def test_wagtails_forms_keep_djangos_own_markup():
    class Plain(django_forms.Form):
        kind = django_forms.ChoiceField(choices=[("a", "A")], widget=django_forms.RadioSelect)

    assert "govuk" not in str(Plain())


ALPHABET = "aé \t中文清潔生產𨋢𡃁鿫，。🙂👩‍👩‍👧‍👦🇭🇰e\u0301\n\u3000\u2028"


def test_browser_and_server_count_alike():
    """1,000 texts with plane-2 characters, joined emoji, combining marks and every kind of line end."""
    chance = random.Random(8)
    pieces = [*ALPHABET, "\r\n", "\r", "\n\r"]
    texts = ["".join(chance.choices(pieces, k=chance.randrange(60))) for _ in range(1000)]
    assert in_browser("countCharacters", texts) == [forms.count_characters(text) for text in texts]


def test_browser_writes_numbers_as_all_three_languages_do():
    numbers = [0, 7, 999, 1000, 20_000, 1_234_567]
    assert in_browser("withCommas", numbers) == [f"{number:,}" for number in numbers]


def in_browser(name, values):
    """What the function of that name, which counts beside a field, makes of each value."""
    script = (
        f'import {{ {name} }} from "./portal/frontend/js/counter.js";'
        "let all = ''; for await (const part of process.stdin) all += part;"
        f"console.log(JSON.stringify(JSON.parse(all).map({name})));"
    )
    found = subprocess.run(
        ["node", "--input-type=module", "--eval", script],
        input=json.dumps(values),
        capture_output=True,
        text=True,
        check=True,
        cwd=settings.BASE_DIR,
    )
    return json.loads(found.stdout)


def test_the_limit_bites_at_the_number_that_the_counter_shows():
    exact = Survey(filled(story="清𨋢🙂\r\n567890"))
    exact.is_valid()
    assert "story" not in exact.errors
    assert forms.count_characters("清𨋢🙂\r\n567890") == 10
    over = Survey(filled(story="清𨋢🙂\r\n5678901"))
    assert errors_of(over)["story"] == ["Shorten how you help to 10 characters; it has 11"]
