"""Seminars: the public sign-up, everybody's own page behind a signed link, and the organiser's screens."""

from django.core.files.uploadedfile import SimpleUploadedFile

from home.models import HomePage
from seminars import attendance, certificates, changes, drafts, letters, links, materials, seats
from seminars.models import Letter, Seminar, SeminarIndexPage, SignUp
from seminars.papers import sheets
from tests.access.engine import (
    ANSWERED,
    DENIED,
    HIDDEN,
    MOVED,
    NOBODY,
    OPEN,
    Route,
    expect,
    office,
    public,
)
from tests.files import makers
from tests.seminars.makers import details, ended, make_seminar

READERS = ("organiser", "officer")
ACTORS = ("organiser",)


def build(world):
    world.seminar = make_seminar()
    world.hidden_seminar = make_seminar(venue=None)
    _index()
    for page in drafts.make_drafts(world.seminar):
        page.save_revision().publish()
    for seminar, who in ((world.seminar, "ada"), (world.hidden_seminar, "ben")):
        seats.sign_up(seminar, option=seminar.options.get(mode="online"), details=details(who))
    world.sign_up = SignUp.objects.get(seminar=world.seminar)
    SignUp.objects.filter(pk=world.sign_up.pk).update(new_email="ada@new.example")
    world.venue = world.seminar.options.get(mode="hong_kong")
    world.door = attendance.open_door(world.venue, actor=None)
    world.other_door = attendance.open_door(world.hidden_seminar.options.get(mode="online"), actor=None)
    world.sheet = sheets.order(world.venue, reader=world.user("organiser"), language="en")
    world.other_sign_up = SignUp.objects.get(seminar=world.hidden_seminar)
    venue = world.seminar.options.get(mode="hong_kong")
    # Taken back already: pressing again does no harm, whoever may press.
    world.change = changes.make(world.seminar, changes.CancelOption(option_id=venue.pk), actor=None)
    changes.undo(world.change, actor=None)
    world.letter = Letter(subject_en="Hello", body_en="Dear {name}")
    letters.send(world.seminar, [world.sign_up], world.letter, actor=None)
    letters.take_back(world.letter, actor=None)

    _build_past(world)


def _build_past(world):
    """A seminar that was held; Ada came. One file for everybody, one for those who came."""
    past = make_seminar(venue=None)
    for page in drafts.make_drafts(past):
        page.save_revision().publish()
    seats.sign_up(past, option=past.options.get(), details=details("ada"))
    Seminar.objects.filter(pk=past.pk).update(**ended(past))
    past.refresh_from_db()
    world.past = past
    world.attendee = SignUp.objects.get(seminar=past)
    attendance.check_in(world.attendee, witness=SignUp.Witness.OFFICE)
    Seminar.objects.filter(pk=past.pk).update(certificates_at=past.ends_at)
    certificates.issue_due()
    for audience in ("public", "attendees"):
        words = {"title_en": "Slides", "title_zh_hant": "", "title_zh_hans": "", "audience": audience}
        upload = SimpleUploadedFile("slides.pdf", makers.pdf())
        world.__dict__[f"{audience}_file"] = materials.add_file(past, upload, words=words, actor=None)
    world.removable = materials.add_link(past, link="https://demo.example/", words=words, actor=None)


def _index():
    if not SeminarIndexPage.objects.exists():
        for home in HomePage.objects.all():
            home.add_child(instance=SeminarIndexPage(title="Seminars", slug="events", locale=home.locale))


def seminar(world):
    return {"uuid": world.seminar.uuid}


def hidden(world):
    return {"uuid": world.hidden_seminar.uuid}


def own(world):
    return {"uuid": world.sign_up.uuid, "token": links.token_for(world.sign_up)}


def by_new_address(world):
    """The link that went to the address somebody wants to change to."""
    person = SignUp.objects.get(pk=world.sign_up.pk)
    return {"uuid": person.uuid, "token": links.new_address_token(person)}


def wrong(world):
    """Somebody else's token for this sign-up."""
    return {"uuid": world.sign_up.uuid, "token": links.token_for(world.other_sign_up)}


def person(world):
    return {"uuid": world.seminar.uuid, "sign_up_uuid": world.sign_up.uuid}


def person_of_past(world):
    """On a seminar whose day has come: before it nobody is ticked off."""
    return {"uuid": world.past.uuid, "sign_up_uuid": world.attendee.uuid}


def stranger(world):
    """A person of another seminar under this one's address."""
    return {"uuid": world.seminar.uuid, "sign_up_uuid": world.other_sign_up.uuid}


def way(world):
    return {"uuid": world.seminar.uuid, "option_uuid": world.seminar.options.get(mode="hong_kong").uuid}


def way_of_another(world):
    return {"uuid": world.seminar.uuid, "option_uuid": world.hidden_seminar.options.get().uuid}


def made_change(world):
    return {"uuid": world.seminar.uuid, "change_uuid": world.change.uuid}


def change_of_another(world):
    return {"uuid": world.hidden_seminar.uuid, "change_uuid": world.change.uuid}


def letter(world):
    return {"uuid": world.seminar.uuid, "letter_uuid": world.letter.uuid}


def letter_of_another(world):
    return {"uuid": world.hidden_seminar.uuid, "letter_uuid": world.letter.uuid}


def export(world):
    return {"uuid": world.seminar.uuid, "kind": "csv"}


def door(world):
    return {"uuid": world.door.uuid, "token": links.door_token(world.door)}


def wrong_door(world):
    return {"uuid": world.door.uuid, "token": links.door_token(world.other_door)}


def at_wrong_place(world):
    """Somebody who has a place, but not behind this door."""
    return {**door(world), "sign_up_uuid": world.sign_up.uuid}


def code(world):
    return {"uuid": world.sign_up.uuid, "token": links.check_in_token(world.sign_up)}


def option(world):
    return {"uuid": world.seminar.uuid, "option_uuid": world.venue.uuid}


def sheet(world):
    return {**option(world), "sheet_uuid": world.sheet.uuid}


def past(world):
    return {"uuid": world.past.uuid}


def material_of(kind):
    return lambda world: {**past(world), "material_uuid": world.__dict__[kind].uuid}


def material_elsewhere(world):
    return {"uuid": world.seminar.uuid, "material_uuid": world.public_file.uuid}


def own_material(world):
    token = links.token_for(world.attendee)
    return {"uuid": world.attendee.uuid, "token": token, "material_uuid": world.attendees_file.uuid}


def attendee(world):
    return {"uuid": world.attendee.uuid, "token": links.token_for(world.attendee)}


def attendee_with_wrong_token(world):
    return {**attendee(world), "token": links.token_for(world.sign_up)}


def with_wrong_token(world):
    return {**own_material(world), "token": links.token_for(world.sign_up)}


def material_of_another(world):
    """Somebody's right link to the own page, and a file of a seminar that he or she never came to."""
    return {**own(world), "material_uuid": world.attendees_file.uuid}


# Only the organiser who ordered it finds it; it is not made yet, so that it leads back.
own_sheet = expect(
    DENIED, moved="organiser", hidden="root", sign_in=NOBODY, enrol="unenrolled", confirm="unconfirmed"
)

ROUTES = [
    Route("seminars:collection_statement", get=public()),
    Route("seminars:sign_up", seminar, get=public(), post=public(ANSWERED)),
    Route("seminars:sign_up", hidden, get=public(HIDDEN), post=public(HIDDEN)),
    Route("seminars:sign_up_sent", seminar, get=public(MOVED)),
    Route("seminars:sign_up_sent", hidden, get=public(HIDDEN)),
    Route("seminars:calendar", seminar, get=public()),
    Route("seminars:calendar", hidden, get=public(HIDDEN)),
    Route("seminars:send_link", seminar, get=public(), post=public(OPEN)),
    Route("seminars:send_link", hidden, get=public(HIDDEN), post=public(HIDDEN)),
    Route("seminars:link_sent", seminar, get=public(MOVED)),
    Route("seminars:link_sent", hidden, get=public(HIDDEN)),
    # The link is the key: it opens for whoever holds it, and a wrong one for nobody, whatever the role.
    Route("seminars:status", own, get=public()),
    Route("seminars:own_calendar", own, get=public()),
    Route("seminars:change_address", own, get=public(), post=public(OPEN)),
    Route("seminars:colleague", own, get=public(MOVED)),
    Route("seminars:new_address", by_new_address, get=public(), post=public(MOVED)),
    Route("seminars:new_address", own, get=public(HIDDEN), post=public(HIDDEN)),
    Route("seminars:accept", own, get=public(), post=public(MOVED)),
    Route("seminars:confirm", own, get=public(), post=public(MOVED)),
    Route("seminars:correct", own, get=public(), post=public(OPEN)),
    Route("seminars:cancel", own, get=public(), post=public(MOVED)),
    Route("seminars:status", wrong, get=public(HIDDEN)),
    Route("seminars:own_calendar", wrong, get=public(HIDDEN)),
    Route("seminars:change_address", wrong, get=public(HIDDEN), post=public(HIDDEN)),
    Route("seminars:colleague", wrong, get=public(HIDDEN)),
    Route("seminars:accept", wrong, get=public(HIDDEN), post=public(HIDDEN)),
    Route("seminars:confirm", wrong, get=public(HIDDEN), post=public(HIDDEN)),
    Route("seminars:correct", wrong, get=public(HIDDEN), post=public(HIDDEN)),
    Route("seminars:cancel", wrong, get=public(HIDDEN), post=public(HIDDEN)),
    Route("office_seminars:index", get=office(*READERS)),
    Route("office_seminars:detail", seminar, get=office(*READERS)),
    Route("office_seminars:sign_ups", seminar, get=office(*READERS)),
    Route("office_seminars:export", export, get=office(*ACTORS)),
    Route("office_seminars:add", seminar, get=office(*ACTORS), post=office(*ACTORS)),
    Route("office_seminars:cancel", person, get=office(*ACTORS), post=office(*ACTORS, outcome=MOVED)),
    Route("office_seminars:cancel", stranger, get=office(*ACTORS, outcome="hidden")),
    Route("office_seminars:person", person, get=office(*READERS)),
    Route("office_seminars:person", stranger, get=office(*READERS, outcome="hidden")),
    Route("office_seminars:put_first", person, post=office(*ACTORS, outcome=MOVED)),
    Route("office_seminars:put_first", stranger, post=office(*ACTORS, outcome="hidden")),
    Route("office_seminars:correct", person, get=office(*ACTORS), post=office(*ACTORS)),
    Route(
        "office_seminars:correct",
        stranger,
        get=office(*ACTORS, outcome="hidden"),
        post=office(*ACTORS, outcome="hidden"),
    ),
    Route("office_seminars:move", person, post=office(*ACTORS, outcome=MOVED)),
    Route("office_seminars:move", stranger, post=office(*ACTORS, outcome="hidden")),
    Route("office_seminars:companies", seminar, get=office(*READERS)),
    Route("office_seminars:merge_companies", seminar, post=office(*ACTORS, outcome=MOVED)),
    Route("office_seminars:separate_company", seminar, post=office(*ACTORS, outcome=MOVED)),
    Route("office_seminars:add_many", seminar, get=office(*ACTORS), post=office(*ACTORS)),
    Route("office_seminars:copy", seminar, get=office(*ACTORS), post=office(*ACTORS)),
    Route("office_seminars:places", seminar, get=office(*ACTORS), post=office(*ACTORS, outcome=ANSWERED)),
    Route("office_seminars:mails", seminar, get=office(*READERS)),
    Route("office_seminars:letter", seminar, get=office(*ACTORS), post=office(*ACTORS, outcome=ANSWERED)),
    Route("office_seminars:letter_take_back", letter, post=office(*ACTORS, outcome=MOVED)),
    Route("office_seminars:letter_take_back", letter_of_another, post=office(*ACTORS, outcome="hidden")),
    Route(
        "office_seminars:mails_before", seminar, get=office(*ACTORS), post=office(*ACTORS, outcome=ANSWERED)
    ),
    *(
        Route(f"office_seminars:{name}", seminar, get=office(*ACTORS), post=office(*ACTORS, outcome=ANSWERED))
        for name in ("change", "postpone", "reschedule", "cancel_seminar")
    ),
    *(
        Route(
            f"office_seminars:{name}",
            where,
            get=office(*ACTORS, outcome=get),
            post=office(*ACTORS, outcome=post),
        )
        for name in ("move_online", "cancel_option", "weather")
        for where, get, post in ((way, OPEN, ANSWERED), (way_of_another, "hidden", "hidden"))
    ),
    Route("office_seminars:undo_change", made_change, post=office(*ACTORS, outcome=MOVED)),
    Route("office_seminars:undo_change", change_of_another, post=office(*ACTORS, outcome="hidden")),
    # A helper's link is a key, too. It opens on the day only: on others the page says so and shows no name.
    Route("seminars:door", door, get=public()),
    Route("seminars:door", wrong_door, get=public(HIDDEN)),
    Route("seminars:tick", at_wrong_place, post=public(HIDDEN)),
    Route("seminars:arrive", code, get=public()),
    Route("seminars:arrive", own, get=public(HIDDEN)),
    Route("office_seminars:attendance", seminar, get=office(*READERS)),
    Route(
        "office_seminars:attendance_import",
        seminar,
        get=office(*ACTORS),
        post=office(*ACTORS, outcome=ANSWERED),
    ),
    Route("office_seminars:attendance_mark", person_of_past, post=office(*ACTORS, outcome=MOVED)),
    Route("office_seminars:sheet", option, get=office(*ACTORS)),
    Route("office_seminars:sheet", way_of_another, get=office(*ACTORS, outcome=HIDDEN)),
    Route("office_seminars:sheet_order", option, post=office(*ACTORS, outcome=MOVED)),
    Route("office_seminars:sheet_order", way_of_another, post=office(*ACTORS, outcome=HIDDEN)),
    Route("office_seminars:sheet_file", sheet, get=own_sheet),
    Route("seminars:material", material_of("public_file"), get=public()),
    Route("seminars:material", material_of("attendees_file"), get=public(HIDDEN)),
    Route("seminars:material", material_elsewhere, get=public(HIDDEN)),
    Route("seminars:own_material", own_material, get=public()),
    Route("seminars:own_material", with_wrong_token, get=public(HIDDEN)),
    Route("seminars:own_material", material_of_another, get=public(HIDDEN)),
    Route("seminars:verify", get=public()),
    *(
        Route(f"seminars:{name}", where, get=public(outcome))
        for name, found in (("certificate", OPEN), ("certificate_pdf", MOVED))
        for where, outcome in ((attendee, found), (attendee_with_wrong_token, HIDDEN), (own, HIDDEN))
    ),
    Route("office_seminars:certificates", past, get=office(*ACTORS), post=office(*ACTORS, outcome=MOVED)),
    Route("office_seminars:after", past, get=office(*READERS)),
    Route("office_seminars:after_terms", past, get=office(*ACTORS), post=office(*ACTORS, outcome=ANSWERED)),
    Route("office_seminars:follow_up", past, get=office(*ACTORS), post=office(*ACTORS, outcome=MOVED)),
    Route("office_seminars:material_add", past, get=office(*ACTORS), post=office(*ACTORS)),
    Route("office_seminars:material_file", material_of("attendees_file"), get=office(*READERS)),
    Route("office_seminars:material_file", material_elsewhere, get=office(*READERS, outcome=HIDDEN)),
    *(
        Route(
            f"office_seminars:{name}",
            where,
            get=office(*ACTORS, outcome=get),
            post=office(*ACTORS, outcome=post),
        )
        for name, done in (("material", OPEN), ("material_remove", MOVED))
        for where, get, post in (
            (material_of("removable"), OPEN, done),
            (material_elsewhere, HIDDEN, HIDDEN),
        )
    ),
    Route("office_seminars:door_open", option, post=office(*ACTORS, outcome=MOVED)),
    Route("office_seminars:door_close", option, post=office(*ACTORS, outcome=MOVED)),
]
