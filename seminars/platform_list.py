"""The attendance list of an online meeting platform, matched with the people who have a place.

Nothing of the list is stored: who was found goes to the next page and back, signed.
"""

import re
import unicodedata
from dataclasses import dataclass
from uuid import UUID

from django.core import signing

from portal.files import tables
from portal.files.refusals import TABLE_TOO_LARGE, Refused
from portal.search.folding import plain
from seminars.companies import fold_email
from seminars.models import Seminar, SignUp

SALT, GOOD_FOR_SECONDS = "seminars.platform_list", 3600
# Who comes back has a row more; reading takes about a second of a request.
MAX_ROWS = 5_000
# As the common platforms write them, in three languages; without case, spaces and brackets.
NAMES = {
    *("name", "fullname", "nameoriginalname", "participant", "participantname", "displayname", "username"),
    *(
        "姓名",
        "名稱",
        "名称",
        "姓名原始姓名",
        "名稱原始名稱",
        "用户名",
        "用戶名稱",
        "参会者",
        "參加者",
        "昵称",
    ),
}
EMAILS = {
    *("email", "useremail", "emailaddress", "participantemail", "mail", "參加者電郵", "電郵", "電子郵件"),
    *("電郵地址", "电子邮件", "邮箱", "用户邮箱", "电子邮箱", "使用者電子郵件"),
}
MINUTES = {
    *("durationminutes", "totaldurationminutes", "duration", "inmeetingduration", "timeinsessionminutes"),
    *("attendanceduration", "minutes", "时长分钟", "总时长分钟", "時長分鐘", "總時長分鐘", "持續時間分鐘"),
    *("持续时间分钟", "时长", "時長", "分鐘", "分钟"),
}
PARTS = re.compile(r"(\d+)\s*(h|m|s|小时|小時|時|分钟|分鐘|分|秒)")
SECONDS_OF = {"h": 3600, "小": 3600, "時": 3600, "m": 60, "分": 60, "s": 1, "秒": 1}


@dataclass(frozen=True)
class Found:
    person: SignUp
    listed_name: str
    minutes: int | None


@dataclass(frozen=True)
class Match:
    """By address is certain; by name a person confirms; `unknown` are the names of the rest."""

    by_address: list[Found]
    by_name: list[Found]
    unknown: list[str]


@dataclass
class _Entry:
    name: str
    email: str
    seconds: int | None = None


def read(upload, seminar: Seminar) -> Match:
    """Read an uploaded list. Raises portal.files.refusals.Refused with the sentence for the user."""
    table = tables.read(upload, is_heading=lambda text: _folded(text) in NAMES | EMAILS, most=MAX_ROWS)
    if table.more:
        raise Refused(TABLE_TOO_LARGE, name=table.name)
    return match(seminar, _entries(table))


def match(seminar: Seminar, entries: list) -> Match:
    people = list(seminar.sign_ups.filter(state=SignUp.State.CONFIRMED).select_related("option"))
    by_key = {person.email_key: person for person in people}
    found, left = {}, []
    for entry in entries:
        person = by_key.get(fold_email(entry.email)) if entry.email else None
        if person:
            _gather(found, person, entry)
        else:
            left.append(entry)
    by_name = {}
    for person in people:
        if person.pk not in found:
            for key in _keys_of(person.name):
                by_name.setdefault(key, {})[person.pk] = person
    named, unknown = {}, []
    for entry in left:
        same = {pk: person for key in _keys_of(entry.name) for pk, person in by_name.get(key, {}).items()}
        if len(same) == 1:
            _gather(named, *same.values(), entry)
        else:
            unknown.append(entry.name or entry.email)
    return Match(list(_found(found)), list(_found(named)), sorted({name for name in unknown if name}))


def _gather(found, person, entry):
    """Who left and came back stands in the list twice: the time adds up."""
    before = found.setdefault(person.pk, (person, _Entry(entry.name, entry.email)))[1]
    if entry.seconds is not None:
        before.seconds = (before.seconds or 0) + entry.seconds


def _found(gathered):
    for person, entry in gathered.values():
        minutes = None if entry.seconds is None else round(entry.seconds / 60)
        yield Found(person, entry.name, minutes)


def sealed(match: Match) -> str:
    """What the page after the upload carries: people of this list only, and nobody can add another."""
    lists = [
        [[str(each.person.uuid), each.minutes] for each in part] for part in (match.by_address, match.by_name)
    ]
    return signing.dumps(lists, salt=SALT, compress=True)


def opened(seal: str, confirmed: set[str]) -> dict[UUID, int | None]:
    """Sign-up -> minutes: all found by address, and of those found by name the ones that were confirmed.

    Raises signing.BadSignature for what this portal did not seal within the last hour.
    """
    by_address, by_name = signing.loads(seal, salt=SALT, max_age=GOOD_FOR_SECONDS)
    chosen = by_address + [pair for pair in by_name if pair[0] in confirmed]
    return {UUID(uuid): minutes for uuid, minutes in chosen}


def _entries(table):
    columns = [_folded(heading) for heading in table.headings]
    places = [_place(columns, known) for known in (NAMES, EMAILS, MINUTES)]
    for _number, cells in table.rows:
        name, email, minutes = (
            cells[at].strip() if at is not None and at < len(cells) else "" for at in places
        )
        if name or email:
            yield _Entry(name, email, _seconds(minutes))


def _place(columns, known):
    return next((at for at, heading in enumerate(columns) if heading in known), None)


def _folded(text):
    folded = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(r"[\W_]+", "", folded)


def _keys_of(name):
    """A name in either script, with and without accents and spaces, its words in any order."""
    words = re.findall(r"[^\W_]+", plain(name))
    return {"".join(words), " ".join(sorted(words))} if words else set()


def _seconds(text):
    """`45` (minutes), `1h 5m 3s`, `1小时5分`, `01:05:03`; None for what is no duration."""
    folded = unicodedata.normalize("NFKC", text).strip().lower()
    if re.fullmatch(r"\d{1,4}(\.\d+)?", folded):
        return round(float(folded) * 60)
    if re.fullmatch(r"\d{1,2}:\d{2}:\d{2}", folded):
        hours, minutes, seconds = map(int, folded.split(":"))
        return hours * 3600 + minutes * 60 + seconds
    parts = PARTS.findall(folded)
    return sum(int(number) * SECONDS_OF[unit[0]] for number, unit in parts) if parts else None
