"""How seminars are found: their pages, with the facts of the row that the pages show."""

from django.db.models.signals import post_delete, post_save
from django.utils.translation import gettext_lazy as _

from home import searching
from portal import dates
from portal.search import index, kinds
from portal.texts import localized
from seminars.models import AttendanceOption, Organisation, RundownItem, Seminar, SeminarPage, Speaker

# What is shown of each row; a change of other columns changes nothing that is found.
COLUMNS = {
    Seminar: ("kind", "title", "venue"),
    RundownItem: ("activities",),
    Speaker: ("name", "post"),
    Organisation: ("name",),
    AttendanceOption: ("label", "address"),
}
FACTS = {"starts_at", "state"}


def register() -> None:
    kinds.register("seminar", _("Seminars"), order=30)
    for model in COLUMNS:
        post_save.connect(follow, sender=model)
        post_delete.connect(follow, sender=model)


@searching.entries_of.register
def of_seminar(page: SeminarPage) -> list[index.Entry]:
    seminar = Seminar.objects.prefetch_related("rundown", "speakers", "organisations", "options").get(
        pk=page.seminar_id
    )
    rows = [
        *seminar.rundown.all(),
        *seminar.speakers.all(),
        *seminar.organisations.all(),
        *seminar.options.all(),
    ]
    language = page.locale.language_code
    facts = [_texts(row, language) for row in rows]
    written = [page.lead, *_plain(page, "introduction"), *_plain(page, "notes")]
    lines = [localized(seminar, "kind", language).text, *written, localized(seminar, "venue", language).text]
    return [
        searching.entry(
            page,
            kind="seminar",
            title=localized(seminar, "title", language).text,
            text="\n".join(filter(None, [*lines, *facts])),
            date=dates.local(seminar.starts_at).date(),
            when=_when(seminar),
        )
    ]


def follow(sender, instance, update_fields=None, **kwargs) -> None:
    if update_fields is not None and not (_shown(sender) | FACTS) & set(update_fields):
        return
    seminar = instance.pk if sender is Seminar else instance.seminar_id
    pages = SeminarPage.objects.filter(seminar=seminar)
    searching.refresh(pages)


def _shown(model):
    return {f"{name}_{suffix}" for name in COLUMNS[model] for suffix in ("en", "zh_hant", "zh_hans")}


def _texts(row, language):
    return "\n".join(filter(None, (localized(row, name, language).text for name in COLUMNS[type(row)])))


def _plain(page, name):
    lines = page._meta.get_field(name).get_searchable_content(getattr(page, name))
    return [" ".join(line.split()) for line in lines]


def _when(seminar):
    """A date that does not hold is not shown as if it did."""
    if seminar.state in {Seminar.State.POSTPONED, Seminar.State.CANCELLED}:
        return str(seminar.get_state_display())
    return dates.day_and_weekday(seminar.starts_at)
