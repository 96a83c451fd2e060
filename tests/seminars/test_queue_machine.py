"""Whatever order people and organisers act in: places and the cap hold, and nobody is forgotten."""

from collections import Counter
from contextlib import suppress
from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from portal.mail.models import Message
from seminars import seats
from seminars.models import AttendanceOption, SignUp
from tests.seminars.makers import details, make_seminar

HELD = ("confirmed", "offered")


class Queue(RuleBasedStateMachine):
    def __init__(self):
        super().__init__()
        self.seminar = make_seminar(online=2, venue=1, cap=2)
        self.options = {option.mode: option for option in self.seminar.options.all()}
        AttendanceOption.objects.filter(pk=self.options["hong_kong"].pk).update(offer_hours=24)
        # Lowering a limit leaves people where they are: what is over then may only shrink.
        self.over = {}
        self.changes = Counter()

    def people(self, **fields):
        return SignUp.objects.filter(seminar=self.seminar, **fields)

    @rule(
        who=st.integers(0, 11),
        mode=st.sampled_from(["online", "hong_kong"]),
        if_full=st.sampled_from(SignUp.IfFull.values),
    )
    def sign_up(self, who, mode, if_full):
        known = self.people(email=f"p{who}@c{who % 4}.example").live().exists()
        form = details(f"p{who}", f"c{who % 4}", if_full=if_full)
        seats.sign_up(self.seminar, option=self.options[mode], details=form)
        self.changes["already" if known else "entered"] += 1

    @precondition(lambda self: self.people().exists())
    @rule(data=st.data())
    def cancel(self, data):
        person = data.draw(st.sampled_from(list(self.people().select_related("seminar"))))
        seats.cancel(person)
        assert seats.cancel(person) is False

    @rule(online=st.one_of(st.none(), st.integers(0, 4)), venue=st.integers(0, 3), cap=st.integers(1, 3))
    def change_places(self, online, venue, cap):
        capacities = {self.options["online"].pk: online, self.options["hong_kong"].pk: venue}
        seats.change_places(self.seminar, capacities=capacities, company_cap=cap, actor=None)
        self.look_again()

    @precondition(lambda self: self.people(state="waiting").exists())
    @rule(data=st.data(), adds_place=st.booleans())
    def put_first(self, data, adds_place):
        person = data.draw(st.sampled_from(list(self.people(state="waiting").select_related("seminar"))))
        seats.put_first(person, adds_place=adds_place, actor=None)
        self.look_again()

    @precondition(lambda self: self.people().live().exists())
    @rule(data=st.data(), mode=st.sampled_from(["online", "hong_kong"]))
    def move(self, data, mode):
        person = data.draw(st.sampled_from(list(self.people().live().select_related("seminar"))))
        with suppress(seats.NoPlace):
            seats.move(person, option=self.options[mode], actor=None)

    @precondition(lambda self: self.people(state="offered").exists())
    @rule(data=st.data(), accepts=st.booleans())
    def answer_an_offer(self, data, accepts):
        person = data.draw(st.sampled_from(list(self.people(state="offered").select_related("seminar"))))
        if accepts:
            assert seats.accept(person) is True
            assert seats.accept(person) is False
            return
        self.people(pk=person.pk).update(held_until=timezone.now() - timedelta(minutes=1))
        with pytest.raises(seats.OfferOver):
            seats.accept(person)
        seats.refill(self.seminar)

    @precondition(lambda self: self.people().exists())
    @rule(companies=st.sets(st.integers(0, 3), min_size=2, max_size=3), together=st.booleans())
    def merge_or_separate(self, companies, together):
        keys = set(self.people(company_domain__in=[f"c{n}.example" for n in companies]).values_list(
            "company_key", flat=True
        ))  # fmt: skip
        if together and len(keys) > 1:
            seats.merge_companies(self.seminar, keys=list(keys), actor=None)
        elif keys:
            seats.separate_company(self.seminar, key=min(keys), actor=None)
        self.look_again()

    def look_again(self):
        self.seminar.refresh_from_db()
        for option in self.options.values():
            option.refresh_from_db()
        self.over = self.excess()

    def excess(self):
        """How far each limit is exceeded, by name of option or company."""
        confirmed = list(self.people(state__in=HELD).values_list("option_id", "company_key"))
        found = Counter()
        for pk, count in Counter(pk for pk, _ in confirmed).items():
            capacity = next(each.capacity for each in self.options.values() if each.pk == pk)
            found[pk] = max(0, count - capacity) if capacity is not None else 0
        for key, count in Counter(key for _, key in confirmed).items():
            found[key] = max(0, count - self.seminar.company_cap)
        return found

    @invariant()
    def limits_hold(self):
        # Who was put first by hand may come on top of a company's cap, never of the hall's places.
        first = Counter(self.people(goes_first=True).values_list("company_key", flat=True))
        assert all(count <= self.over.get(name, 0) + first[name] for name, count in self.excess().items())

    @invariant()
    def nobody_eligible_waits(self):
        taken = Counter(self.people(state__in=HELD).values_list("option_id", flat=True))
        companies = Counter(self.people(state__in=HELD).values_list("company_key", flat=True))
        free = {
            each.pk
            for each in self.options.values()
            if each.capacity is None or taken[each.pk] < each.capacity
        }
        for person in self.people(state="waiting"):
            wanted = {person.option_id}
            if person.if_full == "online":
                wanted.add(self.options["online"].pk)
            capped = companies[person.company_key] >= self.seminar.company_cap and not person.goes_first
            assert not wanted & free or capped
            assert person.if_full != "neither"

    @invariant()
    def one_mail_for_each_change(self):
        told = Counter(Message.objects.exclude(kind="signup.already").values_list("about", flat=True))
        revisions = dict(self.people().values_list("uuid", "revision"))
        for uuid in self.people(ended="no_place").values_list("uuid", flat=True):
            revisions[uuid] = 1  # entering and not being kept is one change, told once
        assert {uuid: told[uuid] for uuid in revisions} == revisions

    @invariant()
    def one_live_row_for_each_address(self):
        live = Counter(self.people().live().values_list("email_key", flat=True))
        assert max(live.values(), default=0) <= 1


@pytest.mark.django_db
def test_queue_keeps_its_rules_in_every_order():
    run_state_machine_as_test(
        Queue, settings=settings(max_examples=10, stateful_step_count=25, deadline=None)
    )
