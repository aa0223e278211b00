"""The states of a version of a plan, which may follow which, and what moves it on. One table, printed as a chart in the documentation."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime

from csplan.errors import CsplanError

#: state -> what it means
STATES: dict[str, str] = {
    "draft": "being written",
    "frozen": "frozen for consultation: its words no longer change",
    "considered": "consulted on, and what people said is considered",
    "revised": "replaced by a revised version before it was agreed",
    "agreed": "agreed by the board",
    "approved": "agreed by the board, and approved by every body that must approve it too",
    "published": "agreed and published",
    "in force": "agreed, published and in force",
    "in review": "in force, and being reviewed",
    "ended": "its years are over, and nothing has closed or followed it yet",
    "refreshed": "replaced by a plan that followed it",
    "superseded": "replaced by a later version of the same plan",
    "closed": "closed: nothing more is done under it",
    "withdrawn": "withdrawn: kept at its address, and no longer the partnership’s",
}

#: state -> {state that may follow: the act that brings it about}. Nothing else may happen.
MAY_FOLLOW: dict[str, dict[str, str]] = {
    "draft": {"frozen": "freeze", "withdrawn": "withdraw"},
    "frozen": {"considered": "consider", "revised": "revise", "agreed": "agree", "withdrawn": "withdraw"},
    "considered": {"revised": "revise", "agreed": "agree", "withdrawn": "withdraw"},
    "revised": {},
    "agreed": {"approved": "approve", "published": "publish", "withdrawn": "withdraw"},
    "approved": {"published": "publish", "withdrawn": "withdraw"},
    "published": {"in force": "first day", "superseded": "publish a later version", "closed": "close", "withdrawn": "withdraw"},
    "in force": {
        "in review": "begin a review",
        "ended": "last day",
        "superseded": "publish a later version",
        "refreshed": "publish the plan that follows",
        "closed": "close",
        "withdrawn": "withdraw",
    },
    "in review": {
        "in force": "end the review",
        "ended": "last day",
        "superseded": "publish a later version",
        "refreshed": "publish the plan that follows",
        "closed": "close",
        "withdrawn": "withdraw",
    },
    "ended": {
        "superseded": "publish a later version",
        "refreshed": "publish the plan that follows",
        "closed": "close",
        "withdrawn": "withdraw",
    },
    "refreshed": {},
    "superseded": {},
    "closed": {},
    "withdrawn": {},
}

#: States in which the version is the partnership's agreed plan, whatever the day.
AGREED = frozenset({"agreed", "approved", "published", "in force", "in review", "ended"})
#: States in which it stands at the plan's address as published.
STANDING = frozenset({"published", "in force", "in review", "ended", "refreshed", "closed"})


@dataclass(frozen=True)
class Moments:
    """When each thing happened to a version; None where it has not. `reviews` : (begun, ended or None) of each review."""

    drafted_at: datetime
    frozen_at: datetime | None = None
    considered_at: datetime | None = None
    revised_at: datetime | None = None
    agreed_at: datetime | None = None
    approved_at: datetime | None = None
    published_at: datetime | None = None
    in_force_at: datetime | None = None
    ended_at: datetime | None = None
    superseded_at: datetime | None = None
    refreshed_at: datetime | None = None
    closed_at: datetime | None = None
    withdrawn_at: datetime | None = None
    reviews: tuple[tuple[datetime, datetime | None], ...] = ()

    def as_at(self, at: datetime) -> "Moments":
        """The same as it was known at an instant: nothing later."""
        known = {f.name: getattr(self, f.name) for f in fields(self) if f.name != "reviews"}
        past = {name: moment if moment is not None and moment <= at else None for name, moment in known.items()}
        begun = tuple((a, b if b is not None and b <= at else None) for a, b in self.reviews if a <= at)
        return Moments(**{**past, "drafted_at": self.drafted_at}, reviews=begun)  # type: ignore[arg-type]


def state(moments: Moments, at: datetime) -> str | None:
    """The state at an instant; None when the version did not exist yet."""
    if moments.drafted_at > at:
        return None
    m = moments.as_at(at)
    for name, moment in (("withdrawn", m.withdrawn_at), ("closed", m.closed_at), ("refreshed", m.refreshed_at)):
        if moment is not None:
            return name
    if m.superseded_at is not None:
        return "superseded"
    if m.published_at is not None:
        return _standing(m)
    if m.agreed_at is not None:
        return "agreed" if m.approved_at is None else "approved"
    if m.revised_at is not None and m.frozen_at is not None:
        return "revised"
    if m.considered_at is not None and m.frozen_at is not None:
        return "considered"
    return "draft" if m.frozen_at is None else "frozen"


def _standing(m: Moments) -> str:
    """What a published version is by its years, and by whether it is being reviewed."""
    if m.in_force_at is None:
        return "published"
    if m.ended_at is not None:
        return "ended"
    return "in review" if any(ended is None for _, ended in m.reviews) else "in force"


def may_follow(before: str, after: str) -> bool:
    """Whether a version may pass straight from one state to the other."""
    return after in MAY_FOLLOW[before]


def check_may(act: str, before: str, *, name: str) -> None:
    """Refuse an act that the table does not allow a version in this state."""
    if act not in MAY_FOLLOW[before].values():
        allowed = ", ".join(MAY_FOLLOW[before].values()) or "nothing"
        raise CsplanError(f"{name} is {STATES[before].split(':')[0]}, so that cannot be done to it. What may follow: {allowed}.")


def chart() -> str:
    """The table as a Mermaid state diagram, for the documentation."""
    names = {s: s.replace(" ", "_") for s in STATES}
    lines = [f'    state "{s}" as {names[s]}' for s in STATES if " " in s]
    lines += [f"    {names[a]} --> {names[b]}: {act}" for a, after in MAY_FOLLOW.items() for b, act in after.items()]
    ends = [f"    {names[s]} --> [*]" for s, after in MAY_FOLLOW.items() if not after]
    return "\n".join(["stateDiagram-v2", "    [*] --> draft: draft", *lines, *ends])


def rows() -> list[tuple[str, str, Mapping[str, str]]]:
    """(state, what it means, {what may follow: by which act}), for the documentation."""
    return [(s, STATES[s], MAY_FOLLOW[s]) for s in STATES]
