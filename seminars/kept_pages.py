"""Pages of a seminar that were kept as drafts: written on, and published, on one screen with its facts."""

from dataclasses import dataclass

from home import releasing
from seminars import drafts
from seminars.models import Seminar, SeminarIndexPage, SeminarPage


@dataclass(frozen=True)
class KeptPages:
    """`pages` are the newest versions, English first, one below each of `parents`."""

    pages: tuple[SeminarPage, ...]
    parents: tuple[SeminarIndexPage, ...]

    @property
    def seen(self) -> str:
        """What a form was opened on: another version in between has another number."""
        return " ".join(str(page.latest_revision_id) for page in self.pages)


def of(seminar: Seminar, user) -> KeptPages | None:
    """None where a page has ever been published, is being reviewed, or is not this person's to change."""
    parents = releasing.in_order(drafts.indexes())
    standing = {page.locale_id: page for page in seminar.pages.select_related("locale", "latest_revision")}
    found = [standing.get(parent.locale_id) for parent in parents]
    if not found or not all(page and _is_kept(page, user) for page in found):
        return None
    return KeptPages(tuple(map(_newest, found)), tuple(parents))


def write(kept: KeptPages, seminar: Seminar, words: dict[str, dict[str, str]], *, user) -> list[SeminarPage]:
    """A newer version of each draft; `words` are columns by language. Those before stay under History."""
    for page in kept.pages:
        page.seminar = seminar
        for name, value in words[page.locale.language_code].items():
            setattr(page, name, value)
        # It takes its title from the seminar.
        page.clean()
        page.save_revision(user=user, log_action=True)
    return list(kept.pages)


def _is_kept(page, user):
    if page.live or page.first_published_at or not page.latest_revision or page.workflow_in_progress:
        return False
    rights = page.permissions_for_user(user)
    return rights.can_edit() and not rights.page_locked()


def _newest(page):
    newest = page.latest_revision.as_object()
    newest.locale = page.locale
    return newest
