"""Deliverables: the states in which one may stand, and which may follow which."""

from csplan.errors import CsplanError

#: state -> what it means
STATES: dict[str, str] = {
    "proposed": "proposed in a draft",
    "committed": "agreed, and not begun",
    "on track": "going as planned",
    "at risk": "may not be done in time",
    "off track": "will not be done in time as things are",
    "blocked": "cannot go on",
    "complete": "done, with evidence",
    "cancelled": "given up, with the reason",
    "carried forward": "goes on under the next plan",
}
#: States after which nothing more is reported.
ENDS = frozenset({"complete", "cancelled", "carried forward"})


def check_may_report(before: str | None, after: str, *, words: str, evidence: str) -> None:
    """Refuse a report that ends what has ended, completes without evidence, or cancels without a reason."""
    if after not in STATES or after == "proposed":
        allowed = ", ".join(s for s in STATES if s != "proposed")
        raise CsplanError(f"“{after}” is no state of a deliverable that is agreed. Choose one of: {allowed}.")
    if before in ENDS:
        raise CsplanError(f"This deliverable is {before}, so nothing more is reported of it. Nothing was changed.")
    if after == "complete" and not evidence.strip():
        raise CsplanError("Say what shows that it is done, and where that is kept.")
    if after in ("cancelled", "blocked", "off track", "at risk") and not words.strip():
        raise CsplanError("Say why, and what is done about it.")
