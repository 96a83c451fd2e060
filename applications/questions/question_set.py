"""Everything a form asks, to be read and printed before anybody starts."""

from applications.drafts.documents import policy_of
from applications.models import Round
from applications.questions.answers import ROW_LIMIT, is_tight
from applications.submissions import presenting


def of(definition: dict, round: Round) -> dict:
    """What templates/applications/questions.html shows of a definition."""
    return {
        "sections": [
            section | {"questions": [_question(each) for each in section["questions"]]}
            for section in definition["sections"]
        ],
        "documents": [{"requirement": each, "policy": policy_of(each)} for each in definition["documents"]],
        # Forms from before these stood in them.
        "minimum": definition.get("minimum_projects", round.minimum_projects),
        "declared": definition if "declaration_en" in definition else round,
    }


def _question(question):
    limit = question["limit"]
    is_said = question["kind"] == "long_text" or is_tight(question)
    return question | {
        "guidance": presenting.guidance(question),
        "characters": f"{limit:,}" if limit and is_said else "",
        "rows": limit or ROW_LIMIT,
    }
