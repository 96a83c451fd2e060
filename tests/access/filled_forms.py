"""Every form that names something by its id, filled in as a person would, so that it does its work.

`TYPED` holds what is typed or chosen beside what the form's page brings along (hidden fields, what is ticked
already); a value may ask the world. A form without a page of its own stands on the one in `STANDS_ON`.
"""

import time
from datetime import timedelta

from bs4 import BeautifulSoup
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from applications import rounds
from portal.dates import local
from portal.forms.traps import STAMP_SALT
from tests.access.routes_officer import picture
from tests.access.test_garbage import undone
from tests.access.walk import parameters
from tests.access.world import ROUTES
from tests.bench.browsing import fields_of
from tests.files.makers import pdf
from tests.services.people import PASSWORD

SIGNED = {"signer_name": "Demo Signatory", "signer_role": "Director", "agreed": "on"}
PERSON = {
    "name": "Demo Cleo",
    "company": "Demo Gamma Limited",
    "company_type": "provider",
    "email": "cleo@gamma.example",
    "if_full": "waiting_list",
}


def on_day(days, name="due"):
    """A date as the three boxes of its field."""

    def typed(world):
        day = local(rounds.database_now() + timedelta(days=days))
        return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}

    return typed


def certificate(world):
    return SimpleUploadedFile("another.pdf", pdf(3))


def table(world):
    return SimpleUploadedFile("b.csv", b"factory,city\nDemo Dyers,4419\n")


def place_asked(world):
    """A project record of the case, by which a question is asked about it."""
    return f"project:{world.checked.projects.get().uuid}"


def reply_to_newest(world):
    target = world.asked.clarifications.order_by("-pk").first().targets.get()
    return {f"reply-{target.pk}": "Since 2016."}


def checked_line(world):
    prefix = f"check-{world.checked.check_items.first().uuid}"
    return {f"{prefix}-state": "question", f"{prefix}-note": "Which year?"}


def online(world):
    return world.seminar.options.get(mode="online").uuid


def venue(world):
    return world.seminar.options.get(mode="hong_kong").uuid


def opened_a_while_ago(world):
    return signing.dumps(int(time.time()) - 60, salt=STAMP_SALT)


def capacity(world):
    return {f"capacity_{world.seminar.options.get(mode='online').pk}": "7"}


def join_link(world):
    pk = world.seminar.options.get(mode="online").pk
    return {f"link_{pk}": "https://meet.demo.example/a", "hours_before": "24"}


def earlier_case(world):
    """What this company has handed in before."""
    return world.submitted.uuid


def earlier_file(world):
    return world.case_file.uuid


def address_again(world):
    return world.user("removed").email


def company_key(world):
    return world.sign_up.company_key


TYPED = {
    "accounts:join": {"name": "Demo Guest", "password": PASSWORD},
    "accounts:member_role": {"role": "submit"},
    "applications:section": {"slogan": "Other"},
    "applications:project_add": {"factory_name": "Another"},
    "applications:project_change": {"factory_name": "Another"},
    "applications:project_import": {"file": table},
    "applications:upload": {"files": certificate},
    "applications:copy": {"source": earlier_case},
    "applications:reuse": {"file": earlier_file},
    "applications:file_replace": {"files": certificate},
    "applications:submit": SIGNED,
    "applications:clarification": {"": reply_to_newest},
    "applications:clarification_check": SIGNED,
    "applications:thread_ask": {"text": "May we?"},
    "applications:thread": {"text": "And now?"},
    "cases:clarification_ask": {
        "": on_day(20),
        "place": place_asked,
        "question-0": "Since when?",
        "send": "1",
    },
    "cases:clarification_extend": {"": on_day(30), "reason": "More time."},
    "cases:clarification_cancel": {"reason": "Not needed."},
    "cases:hand_over": {"officer": lambda world: world.user("officer").uuid},
    "cases:checklist": {"": checked_line},
    "cases:notes": {"text": "Seen again."},
    "cases:note": {"text": "Seen, and seen again."},
    "cases:assessment": {"reason": "Enough seen."},
    "cases:ineligible": {"reason": "Not registered.", "confirmed": "1"},
    "cases:visit_plan": {"": on_day(9, "day"), "at": "14:30", "place": "2 Demo Street"},
    "cases:visit_change": {"": on_day(9, "day"), "at": "14:30", "place": "2 Demo Street"},
    "cases:visit_report": {
        "": on_day(-1, "day"),
        "at": "14:30",
        "place": "1 Demo Street",
        "findings": "All there.",
        "result": "confirmed",
    },
    "cases:visit_cancel": {"reason": "Not needed."},
    "cases:photo_upload": {"photos": lambda world: picture()},
    "companies:detail": {"verdict": "not", "note": "Another name."},
    "companies:claim": {"outcome": "refused", "note": "Not theirs."},
    "office:person_erase": {"reason": "left", "email": address_again},
    "rounds:extend": {"": on_day(40, "day"), "clock": "17:00", "reason": "Typhoon."},
    "rounds:extend_draft": {"": on_day(40, "day"), "clock": "17:00", "reason": "Illness."},
    "threads:answer": {"text": "Yes."},
    "threads:template": {"text_en": "No"},
    "seminars:change_address": {"email": "ada@other.example"},
    "seminars:correct": {"question": "And when?"},
    "seminars:sign_up": PERSON | {"option": online, "opened": opened_a_while_ago},
    "seminars:send_link": {"email": "ada@alpha.example"},
    "office_seminars:add": PERSON | {"option": online, "language": "en"},
    "office_seminars:add_many": {
        "people": "Demo Cleo\tDemo Gamma Limited\tcleo@gamma.example",
        "company_type": "provider",
        "option": online,
        "language": "en",
        "act": "add",
    },
    "office_seminars:correct": {"name": "Demo Cleo"},
    "office_seminars:move": {"option": venue},
    "office_seminars:merge_companies": {"company": company_key},
    "office_seminars:separate_company": {"company": company_key},
    "office_seminars:copy": {"": on_day(90, "day"), "time": "14:30"},
    "office_seminars:places": {"": capacity},
    "office_seminars:mails_before": {"": join_link},
    "office_seminars:change": {"venue_en": "Elsewhere.", "step": "confirm"},
    "office_seminars:postpone": {"step": "confirm"},
    "office_seminars:after_terms": {"survey_link": "https://survey.demo.example/"},
    "office_seminars:certificates": {"act": "stop"},
    "office_seminars:material": {"title_en": "Slides again", "audience": "public"},
    "office_seminars:material_add": {
        "link": "https://demo.example/b",
        "title_en": "Recording",
        "audience": "public",
    },
    "office_seminars:cancel_seminar": {"step": "confirm"},
    "office_seminars:move_online": {"join_link": "https://meet.demo.example/b", "step": "confirm"},
    "office_seminars:cancel_option": {"step": "confirm"},
}

# Where the form does its work, if that is not where the matrix asks for it.
PLACES = {"cases:clarification_ask": lambda world: {"uuid": world.checked.uuid}}
PARAMETERS = parameters()
STANDS_ON = {
    "applications:upload": "applications:documents",
    "applications:reuse": "applications:documents",
    "applications:project_import_cancel": "applications:project_preview",
    "cases:copy_order": "cases:copies",
    "cases:hand_over": "cases:officer",
    "cases:photo_upload": "cases:visits",
    "cases:start_verification": "cases:start",
    "cases:take": "cases:overview",
    "threads:answer": "threads:thread",
    "threads:close": "threads:thread",
    "office_seminars:door_open": "office_seminars:attendance",
    "office_seminars:door_close": "office_seminars:attendance",
    "office_seminars:attendance_mark": "office_seminars:attendance",
    "office_seminars:merge_companies": "office_seminars:companies",
    "office_seminars:separate_company": "office_seminars:companies",
    "office_seminars:move": "office_seminars:person",
    "office_seminars:put_first": "office_seminars:person",
}


def place_of(route, world):
    """What stands in the address of the form."""
    return PLACES.get(route.name, route.kwargs)(world)


def filled(client, route, world):
    """What a browser sends when the person has filled in the form."""
    kwargs = place_of(route, world)
    data = _as_it_stands(client, route, kwargs) | route.data(world)
    for name, value in TYPED.get(route.name, {}).items():
        value = value(world) if callable(value) else value
        data |= value if not name else {name: value}
    return data


def _as_it_stands(client, route, kwargs):
    name = STANDS_ON.get(route.name, route.name)
    page = next(each for each in ROUTES if each.name == name)
    if name == route.name and page.get is None:
        return {}
    known = {key: value for key, value in kwargs.items() if key in PARAMETERS[name]}
    # Some pages note that they were read.
    answer = undone(lambda: client.get(reverse(name, kwargs=known)))
    if answer.streaming or answer.status_code != 200:
        return {}
    target = reverse(route.name, kwargs=kwargs)
    for form in BeautifulSoup(answer.content, "html.parser").select("main form"):
        action = (form.get("action") or target).partition("?")[0]
        if form.get("method", "").lower() == "post" and action == target:
            return {key: value for key, value in fields_of(form).items() if key != "csrfmiddlewaretoken"}
    return {}
