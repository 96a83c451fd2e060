"""Years of rounds as rows: applications with what belongs to them, by the thousand.

Nothing of it went through the portal's doors; it is there to be read past. The files have no bytes.
"""

import itertools
import random
import uuid
from datetime import timedelta

from django.db import connection
from django.db.models import F
from django.utils import timezone

from applications.models import (
    Application,
    CheckItem,
    FormVersion,
    ProjectRecord,
    Round,
    Status,
    Submission,
)
from portal.accounts.models import Provider, Role
from portal.audit.models import Event
from portal.files.models import StoredFile
from tests.services.people import person

BATCH, CHUNK = 1_000, 2_000
FILES, EVENTS, PROJECTS, CHECKS = 4, 40, 2, 6
EARLIER_ROUNDS = 4
OFFICERS = 6
S = Status
# How many of a hundred stand where, in the round that is open and in those before it.
OPEN_ROUND = {
    S.DRAFT: 10, S.SUBMITTED: 30, S.IN_VERIFICATION: 25, S.CLARIFICATION_REQUESTED: 10,
    S.IN_ASSESSMENT: 20, S.WITHDRAWN: 5,
}  # fmt: skip
EARLIER = {
    S.COMMENDED: 45, S.NOT_COMMENDED: 30, S.INELIGIBLE: 10, S.WITHDRAWN: 10, S.IN_ASSESSMENT: 3,
    S.IN_VERIFICATION: 2,
}  # fmt: skip
OWN_WORDS = ("Green", "Clear", "Bright", "North", "Still", "River", "Delta", "Harbour", "Cloud", "Pine")
FIELDS = ("Air", "Water", "Energy", "Filter", "Coating", "Heat", "Monitoring", "Recycling")
VERBS = (
    ("application", "application.submitted", ""),
    ("case", "check.decided", CheckItem.State.PASSED),
    ("case", "note.added", ""),
    ("case", "visit.planned", ""),
    ("application", "application.section_saved", ""),
)


class Growth:
    """Adds to what the demonstration has; the same rows in every run."""

    def __init__(self):
        self.random = random.Random(7)
        self.model = Submission.objects.select_related("application__round").order_by("id").first()
        self.rounds = [self.model.application.round, *map(self._earlier_round, range(1, EARLIER_ROUNDS + 1))]
        self.forms = {each.pk: each.form_versions.last() or self._form(each) for each in self.rounds}
        self.officers = [person(f"bench officer {number}", role=Role.OFFICER) for number in range(OFFICERS)]
        self.companies = itertools.count(1)
        self.now = timezone.now()

    def to(self, wanted: int, *, bare: bool = False) -> None:
        """So many applications, drafts among them, each with its files, events, records and checks.

        `bare` leaves all that away, which lists of cases never read.
        """
        while missing := wanted - Application.objects.count():
            made = self._applications(min(missing, BATCH))
            if not bare:
                self._belongings(made)
        # Django sets these two to the moment of the insert.
        Application.objects.filter(reference__startswith="BENCH").update(
            created_at=F("submitted_at") - timedelta(days=9),
            status_changed_at=F("submitted_at") + timedelta(days=3),
        )
        if connection.vendor == "postgresql" and not connection.in_atomic_block:
            with connection.cursor() as cursor:
                cursor.execute("VACUUM ANALYZE")

    def _earlier_round(self, years):
        open_round = self.model.application.round
        back = timedelta(days=365 * years)
        return Round.objects.create(
            year=open_round.year - years,
            name_en=f"Demonstration round {open_round.year - years}",
            declaration_en="Demo",
            state=Round.State.DECIDED,
            opens_at=open_round.opens_at - back,
            closes_at=open_round.closes_at - back,
            reference_prefix=f"BENCH-{open_round.year - years}-",
        )

    def _form(self, round):
        model = self.model.form_version
        return FormVersion.objects.create(
            round=round, number=1, definition=model.definition, sha256=model.sha256
        )

    def _applications(self, number):
        companies = Provider.objects.bulk_create(
            self._company(next(self.companies)) for _each in range(-(-number // len(self.rounds)))
        )
        pairs = itertools.islice(itertools.product(companies, self.rounds), number)
        return Application.objects.bulk_create((self._application(*pair) for pair in pairs), CHUNK)

    def _company(self, number):
        name = f"Demo {self.random.choice(OWN_WORDS)} {self.random.choice(FIELDS)} {number}"
        return Provider(
            name_en=f"{name} Limited",
            name_zh_hant=f"示範企業{number}有限公司",
            name_zh_hans=f"示范企业{number}有限公司",
            hk_registration=f"B{number:07}",
        )

    def _application(self, company, round):
        is_open = round == self.rounds[0]
        shares = OPEN_ROUND if is_open else EARLIER
        status = self.random.choices(list(shares), list(shares.values()))[0]
        common = {"round": round, "provider": company, "form_version": self.forms[round.pk], "status": status}
        if status == S.DRAFT:
            return Application(**common)
        until = min(self.now, round.closes_at)
        return Application(
            **common,
            revision=1,
            reference=f"BENCH-{round.year}-{uuid.UUID(int=self.random.getrandbits(128)).hex[:12]}",
            submitted_at=round.opens_at + (until - round.opens_at) * self.random.random(),
            assignee=None if status == S.SUBMITTED else self.random.choice(self.officers),
            clarification_due_at=self.now + timedelta(days=self.random.uniform(-4, 14))
            if status == S.CLARIFICATION_REQUESTED
            else None,
        )

    def _belongings(self, applications):
        files = {each.pk: self._files(each) for each in applications}
        StoredFile.objects.bulk_create(itertools.chain.from_iterable(files.values()), CHUNK)
        handed_in = [each for each in applications if each.revision]
        Submission.objects.bulk_create((self._submission(each, files[each.pk]) for each in handed_in), 200)
        ProjectRecord.objects.bulk_create(
            (self._project(each, number) for each in applications for number in range(PROJECTS)), CHUNK
        )
        CheckItem.objects.bulk_create(
            (
                CheckItem(application=each, subject="section", target_uid=str(place), position=place)
                for each in handed_in
                if each.assignee_id
                for place in range(CHECKS)
            ),
            CHUNK,
        )
        Event.objects.bulk_create(
            itertools.chain.from_iterable(self._events(each, files[each.pk]) for each in applications), CHUNK
        )

    def _files(self, application):
        slots = application.form_version.definition["documents"]
        return [
            StoredFile(
                owner_kind="application",
                owner_uuid=application.uuid,
                slot=slots[number % len(slots)]["uid"],
                original_name=f"Demo document {number}.pdf",
                key=f"bench/{uuid.uuid4()}",
                size=200_000,
                sha256="0" * 64,
                detected_type="pdf",
                state=StoredFile.State.CLEAN,
                checked_by=StoredFile.CheckedBy.CLAMD,
            )
            for number in range(FILES)
        ]

    def _submission(self, application, files):
        return Submission(
            application=application,
            number=1,
            form_version=application.form_version,
            key=uuid.uuid4(),
            content=self.model.content | {"files": [named(each) for each in files]},
            sha256=uuid.uuid4().hex * 2,
            signer_name="Demo Signatory",
            signer_role="Director",
            submitted_at=application.submitted_at,
        )

    def _project(self, application, number):
        return ProjectRecord(
            application=application,
            entered={},
            factory_name=f"Demo Works {number}",
            number_key=f"BENCH{application.pk}{number}",
            match_key=uuid.uuid4().hex * 2,
            changed_at=self.now,
        )

    def _events(self, application, files):
        """Half of them of the application and the case, half of its files."""
        begun = application.submitted_at or self.now - timedelta(days=1)
        for number in range(EVENTS):
            kind, verb, state = VERBS[number // 2 % len(VERBS)]
            of_file = number % 2
            yield Event(
                at=begun + timedelta(hours=number),
                verb="file.stored" if of_file else verb,
                object_kind="file" if of_file else kind,
                object_uuid=files[number % FILES].uuid if of_file else application.uuid,
                actor_uuid=self.random.choice(self.officers).uuid,
                to_state="" if of_file else state,
                changed=["identity"] if state and not of_file else [],
            )


def named(stored):
    """A file as a submission names it."""
    return {
        "uuid": str(stored.uuid),
        "slot": stored.slot,
        "name": stored.original_name,
        "description": "",
        "size": stored.size,
        "sha256": stored.sha256,
        "type": stored.detected_type,
        "state": stored.state,
        "uploaded_by": "",
        "uploaded_at": timezone.now().isoformat(),
    }
