"""When two project records may be about one project: keys that leave out how things happen to be written."""

import hashlib
import unicodedata

# A shorter number is a company's own count (1, 2, P-1) and says nothing.
SHORTEST_NUMBER = 4


def folded(text: str) -> str:
    """Letters, digits and ideographs alone: no case, no width, no spaces and signs."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(each for each in plain if each.isalnum())


def keys(columns: dict) -> dict[str, str]:
    """`number_key` and `match_key` for a record's typed columns; empty where too little is known."""
    number = folded(columns["project_number"])
    parts = [folded(columns["factory_name"]), folded(columns["technology"])]
    start = columns["started_on"]
    match = ""
    if all(parts) and start:
        match = hashlib.sha256("|".join([*parts, f"{start:%Y-%m}"]).encode()).hexdigest()
    return {"number_key": number[:40] if len(number) >= SHORTEST_NUMBER else "", "match_key": match}
