"""What the columns of a plan's table mean: proposed from their headings, decided by the person, remembered for the next file."""

import re
from collections.abc import Mapping, Sequence

#: field -> what it is, in the words of a list to choose from
FIELDS: dict[str, str] = {
    "priority": "Priority",
    "work_area": "Work area",
    "deliverable": "What will be done",
    "lead": "Who answers for it",
    "group": "Group that owns it",
    "contributors": "Who else contributes",
    "starts": "Starts on",
    "due": "Due on",
    "status": "How it stands",
    "resource": "What it needs",
    "mechanism": "How it is meant to work",
    "evidence": "What will show that it is done",
    "number": "Its number in the file (csplan gives its own)",
}
#: What a person chooses for a column that is to be left.
NOT_USED = ""

#: field -> headings that mean it, as `key` writes them. Where two fields share a heading's words, the first listed wins.
HEADINGS: dict[str, tuple[str, ...]] = {
    "number": ("no", "number", "ref", "reference", "id", "action no", "action number", "item", "ref no"),
    "priority": (
        "priority", "strategic priority", "priorities", "priority area", "key priority", "theme", "objective", "strategic objective",
        "aim", "goal",
    ),
    "work_area": ("work area", "area of work", "area of focus", "focus area", "workstream", "work stream", "strand", "sub priority"),
    "deliverable": (
        "deliverable", "key deliverable", "action", "actions", "key action", "activity", "key activity", "what we will do", "task",
        "milestone", "what", "what will be done", "commitment", "action required", "description", "deliverables", "description of action",
    ),
    "lead": (
        "lead", "owner", "lead officer", "responsible officer", "responsible", "lead agency", "lead partner", "lead organisation",
        "who", "accountable", "action owner", "responsibility", "by whom", "lead body", "responsible lead", "lead person",
        "who answers for it", "accountable officer", "person responsible", "led by",
    ),
    "group": (
        "group", "owning group", "sub group", "subgroup", "delivery group", "governance", "board", "reporting to", "group that owns it",
        "thematic group",
    ),
    "contributors": (
        "contributors", "partners", "supporting partners", "other partners", "support", "supporting agencies", "partner agencies",
        "who else contributes", "contributing partners", "delivery partners", "partners involved", "agencies involved",
    ),
    "starts": ("start", "start date", "starts", "from", "starts on", "begins", "start by"),
    "due": (
        "due", "due date", "deadline", "by when", "target date", "when", "timescale", "timescales", "timeframe", "end date", "date",
        "completion date", "complete by", "due by", "due on", "date due", "target completion date", "timeline",
    ),
    "status": ("status", "rag", "rag rating", "rag status", "progress", "brag", "brag rating", "how it stands", "current status", "state"),
    "resource": (
        "resource", "resources", "budget", "cost", "funding", "resources required", "resource required", "what it needs", "resourcing",
    ),
    "mechanism": ("how", "mechanism", "method", "approach", "how we will do it", "how it is meant to work", "rationale", "why"),
    "evidence": (
        "evidence", "success measure", "measure of success", "measures", "outcome measure", "how we will know", "success criteria",
        "what will show that it is done", "evidence of completion", "performance measure",
    ),
}  # fmt: skip
_FIELD_OF = {heading: field for field, headings in reversed(HEADINGS.items()) for heading in headings}


def key(heading: str) -> str:
    """A heading as it is compared and remembered: small letters, no signs, no "(s)".

    >>> key("Lead Officer(s):"), key("RAG-rating")
    ('lead officer', 'rag rating')
    """
    return " ".join(re.sub(r"[\W_]+", " ", re.sub(r"\(s\)|’s|'s", "", heading.lower())).split())


def propose_columns(
    heads: Sequence[str], remembered: Mapping[str, str], words: Mapping[str, str] | None = None
) -> dict[str, str]:
    """{heading: field} for the columns that are understood; each field once, by the first column that means it.

    remembered : {heading: field} as a person chose before; these win, also where the choice was to leave the column
    words : what the partnership calls the levels of its plan
    """
    chosen = {key(head): field for head, field in remembered.items()}
    own = {key(word): level for level, word in (words or {}).items() if level in FIELDS}
    out: dict[str, str] = {}
    for head in heads:
        if key(head) in chosen and _is_free(chosen[key(head)], out):
            out[head] = chosen[key(head)]
    for head in heads:
        if key(head) in chosen:
            continue
        field = _meaning(key(head), own)
        if field == "priority" and "priority" in out.values():
            field = "work_area"  # "Priority | Objective | Action": the second names what stands below
        if field and field not in out.values():
            out[head] = field
    return {head: out[head] for head in heads if out.get(head)}


def _is_free(field: str, out: Mapping[str, str]) -> bool:
    return field == NOT_USED or (field in FIELDS and field not in out.values())


def _meaning(heading: str, own: Mapping[str, str]) -> str | None:
    """The field that a heading means; a plural, or a word such as "proposed" before it, makes no difference."""
    forms = (
        heading,
        heading.removesuffix("s"),
        re.sub("ies$", "y", heading),
        re.sub(r"^(?:proposed|planned|agreed|the|key|our)\s+", "", heading),
    )
    return next((own[f] for f in forms if f in own), None) or next((_FIELD_OF[f] for f in forms if f in _FIELD_OF), None)


def is_plan(columns: Mapping[str, str]) -> bool:
    """Whether a table's columns make it a table of the plan: something to be done, or the levels above it."""
    fields = set(columns.values())
    return "deliverable" in fields or {"priority", "work_area"} <= fields
