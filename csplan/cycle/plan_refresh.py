"""Refreshing a plan: what may become of each priority of the plan before, and how what was claimed of it is graded."""

from csplan.errors import CsplanError

#: What becomes of a priority that a refresh leaves out. Whether it needs a reference that it goes into.
OUTCOMES: dict[str, tuple[str, bool]] = {
    "merged": ("went into another priority", True),
    "assurance": ("is led elsewhere, and the partnership is assured of it", True),
    "retired": ("is no longer a priority", False),
}
#: How far what was claimed was shown.
GRADES: dict[str, str] = {
    "shown": "shown by the evidence named",
    "in part": "shown in part",
    "not shown": "not shown",
    "cannot say": "cannot be said from what is held",
}


def check_closing(*, outcome: str, into: str, grade: str, claimed: str, evidence: str, lesson: str) -> None:
    """Refuse a closing record that does not say what was claimed, on what evidence, how it is graded and what was learnt."""
    if outcome not in OUTCOMES:
        raise CsplanError(f"“{outcome}” is no end of a priority. Choose one of: {', '.join(OUTCOMES)}.")
    if OUTCOMES[outcome][1] and not into.strip():
        raise CsplanError("Name what it went into: a priority such as 2, or an assurance area such as A1.")
    if grade not in GRADES:
        raise CsplanError(f"“{grade}” is no grade. Choose one of: {', '.join(GRADES)}.")
    for words, what in (
        (claimed, "what was claimed of it"),
        (evidence, "what the evidence is"),
        (lesson, "what was learnt"),
    ):
        if not words.strip():
            raise CsplanError(f"Say {what}. “Nothing” and “cannot be said” are answers; empty is not.")
