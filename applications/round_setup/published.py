"""What stood in any published form of a round: from then on it is retired, never removed or turned over."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from applications.models import Question, Round


@dataclass(frozen=True)
class Published:
    # Key -> kind.
    questions: dict[str, str] = field(default_factory=dict)
    # uids of sections, documents and eligibility items.
    uids: frozenset[str] = frozenset()


def of(round: Round) -> Published:
    """Nothing while a round is being prepared, even if its opening was once taken back."""
    if round.pk is None or not round.is_released:
        return Published()
    questions, uids = {}, set()
    for definition in round.form_versions.order_by("number").values_list("definition", flat=True):
        uids |= {each["uid"] for each in [*definition["sections"], *definition["documents"]]}
        for question in (each for section in definition["sections"] for each in section["questions"]):
            questions[question["key"]] = question["kind"]
            uids.add(question["key"].removeprefix("eligible-"))
    return Published(questions, frozenset(uids))


def turned_over(round: Round) -> list[str]:
    """Keys of published questions that are gone or have another kind now."""
    now = dict(Question.objects.filter(section__round=round).values_list("key", "kind"))
    own = {key: kind for key, kind in of(round).questions.items() if not _is_fixed(key, now)}
    return [key for key, kind in own.items() if now.get(key) != kind]


def _is_fixed(key, now):
    """Contacts and eligibility are no rows of the round's sections."""
    return key.startswith(("eligible-", "contact_", "deputy_", "signatory_")) and key not in now


def removal_refused(name: str) -> str:
    return _("“%(name)s” stands in the published form and cannot be removed. Retire it instead.") % {
        "name": name
    }
