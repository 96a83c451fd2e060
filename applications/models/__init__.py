from applications.models.application import (
    ENDED,
    AnswerRevision,
    Application,
    DocumentSlot,
    ProjectRecord,
    ProjectRevision,
    SectionAnswers,
    Status,
    Submission,
    SubmissionCopy,
)
from applications.models.case_copy import CaseCopy
from applications.models.clarification import (
    ClarificationExtension,
    ClarificationRequest,
    ClarificationTarget,
)
from applications.models.importing import ProjectImport
from applications.models.office import SavedFilter, StatusTarget
from applications.models.review import CheckItem, InternalNote
from applications.models.round import (
    Criterion,
    DocumentRequirement,
    EligibilityItem,
    Extension,
    FormVersion,
    Question,
    ReferenceSequence,
    Round,
    Section,
)
from applications.models.thread import ReplyTemplate, Thread, ThreadMessage, ThreadReading
from applications.models.visit import SiteVisit

__all__ = [
    "ENDED",
    "AnswerRevision",
    "Application",
    "CaseCopy",
    "CheckItem",
    "ClarificationExtension",
    "ClarificationRequest",
    "ClarificationTarget",
    "Criterion",
    "DocumentRequirement",
    "DocumentSlot",
    "EligibilityItem",
    "Extension",
    "FormVersion",
    "InternalNote",
    "ProjectImport",
    "ProjectRecord",
    "ProjectRevision",
    "Question",
    "ReferenceSequence",
    "ReplyTemplate",
    "Round",
    "SavedFilter",
    "Section",
    "SectionAnswers",
    "SiteVisit",
    "Status",
    "StatusTarget",
    "Submission",
    "SubmissionCopy",
    "Thread",
    "ThreadMessage",
    "ThreadReading",
]
