"""What became of every answer: received = coded + withdrawn + spam, with what is left to do before the report is approved."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from csplan.cycle import answer_parts, plan_changes
from csplan.records import plan_rows
from csplan.records.models import Coding, Consultation, Masking, PlanVersion, Response, Seal, SetAside, Settlement, Theme

#: Above so many comments a second person codes blind to the first.
CODED_ONCE_UP_TO = 100


@dataclass(frozen=True)
class Part:
    """One part of an answer in the person's own words. `masked` is None until an officer has confirmed what is covered."""

    response_id: int
    part: str
    words: str
    masked: str | None
    codings: dict[int, tuple[str, ...]] = field(default_factory=dict)
    settled: tuple[str, ...] | None = None

    @property
    def themes(self) -> tuple[str, ...] | None:
        """What it is counted under: what was settled, else what the first coder found; None while nobody has coded it."""
        if self.settled is not None:
            return self.settled
        return next(iter(self.codings.values()), None)

    @property
    def differs(self) -> bool:
        """Whether two coders differ and nothing is settled."""
        return self.settled is None and len({frozenset(t) for t in self.codings.values()}) > 1


def set_aside(consultation: Consultation, at: datetime | None = None) -> dict[int, str]:
    """{id of an answer: withdrawn or spam} for every answer that is set aside; at : as at an instant, now where none is given"""
    rows = SetAside.objects.filter(response__consultation=consultation)
    rows = rows.filter(set_at__lte=at) if at else rows
    last = dict(rows.order_by("id").values_list("response_id", "kind"))
    return {pk: kind for pk, kind in last.items() if kind != "restored"}


def parts(consultation: Consultation, at: datetime | None = None) -> list[Part]:
    """Every part in people's own words of the answers that are not set aside, in the order of the answers' ids.

    at : as it stood at an instant; now where none is given
    """
    aside = set_aside(consultation, at)
    asked = [q.rule for q in consultation.questions.all()]
    masked = {(m.response_id, m.part): m.words for m in _until(at, Masking, "confirmed_at", consultation)}
    codings: dict[tuple[int, str], dict[int, tuple[str, ...]]] = defaultdict(dict)
    for c in _until(at, Coding, "coded_at", consultation):
        codings[c.response_id, c.part][c.coder_id] = tuple(c.themes)
    settled = {(s.response_id, s.part): tuple(s.themes) for s in _until(at, Settlement, "settled_at", consultation)}
    return [
        Part(r.pk, name, words, masked.get((r.pk, name)), codings.get((r.pk, name), {}), settled.get((r.pk, name)))
        for r in _came(consultation, at)
        if r.pk not in aside
        for name, words in answer_parts.parts(asked, r.answers, r.passages).items()
    ]


def _until(at: datetime | None, rows: Any, column: str, consultation: Consultation) -> Any:
    """Rows of a consultation's answers in the order in which they were written, up to an instant where one is given."""
    held = rows.objects.filter(response__consultation=consultation).order_by("id")
    return held.filter(**{f"{column}__lte": at}) if at else held


def _came(consultation: Consultation, at: datetime | None) -> Any:
    held = Response.objects.filter(consultation=consultation)
    return held.filter(hour__lte=at) if at else held


def coded_twice(consultation: Consultation, comments: int) -> bool:
    """Whether a second person codes: above a hundred comments, or by choice."""
    return consultation.is_coded_twice or comments > CODED_ONCE_UP_TO


def finished(consultation: Consultation, at: datetime | None = None) -> list[Part]:
    """Comments whose coding is done: settled, or found alike by as many people as code here. Their themes may be shown to anyone
    at the desk, for nobody is left who must code them blind."""
    found = parts(consultation, at)
    least = 2 if coded_twice(consultation, len(found)) else 1
    return [p for p in found if p.settled is not None or (len(p.codings) >= least and not p.differs)]


def account(consultation: Consultation, at: datetime | None = None) -> dict[str, Any]:
    """{received, coded, withdrawn, spam, uncoded, comments, unmasked, unsettled, once, unchecked}.

    An answer is coded when each of its parts in the person's own words is; one without such a part has nothing to code and is
    coded by its choices. once : parts that wait for a second coder; unchecked : entered answers that no second person has checked
    """
    aside, found, came = set_aside(consultation, at), parts(consultation, at), _came(consultation, at)
    received = came.count()
    uncoded = {p.response_id for p in found if p.themes is None}
    twice = coded_twice(consultation, len(found))
    kinds = list(aside.values())
    checked = {"entry_check__checked_at__lte": at} if at else {"entry_check__isnull": False}
    entered = came.filter(entered_by__isnull=False).exclude(**checked)
    return {
        "received": received,
        "withdrawn": kinds.count("withdrawn"),
        "spam": kinds.count("spam"),
        "coded": received - len(aside) - len(uncoded),
        "uncoded": len(uncoded),
        "comments": len(found),
        "unmasked": sum(p.masked is None for p in found),
        "unsettled": sum(p.differs for p in found),
        "once": sum(len(p.codings) == 1 and p.settled is None for p in found) if twice else 0,
        "unchecked": entered.exclude(pk__in=aside).count(),
    }


def lacks(consultation: Consultation) -> list[str]:
    """A sentence for each thing that the consideration report waits for; empty where it may be approved."""
    told = account(consultation)
    undecided = Theme.objects.filter(consultation=consultation, decided_at__isnull=True).count()
    unproved = sum(
        not changes_stand(theme) for theme in Theme.objects.filter(consultation=consultation, decided_at__isnull=False)
    )
    held = [
        (told["unchecked"], "{n} entered answers wait for a second person’s check."),
        (told["unmasked"], "{n} comments wait for an officer to confirm what is covered in them."),
        (told["uncoded"], "{n} answers are not coded yet."),
        (told["once"], "{n} comments wait for a second coder."),
        (told["unsettled"], "{n} comments were coded differently by two people, and nothing is settled."),
        (undecided, "{n} themes have no decision yet."),
        (unproved, "{n} themes name clauses that changed in a version that is not frozen, or that does not change them."),
    ]
    return [_of_one(words) if n == 1 else words.format(n=n) for n, words in held if n]


def _of_one(words: str) -> str:
    """The sentence for a single thing."""
    for many, one in (
        ("{n} entered answers wait", "One entered answer waits"),
        ("{n} comments wait", "One comment waits"),
        ("covered in them", "covered in it"),
        ("{n} answers are", "One answer is"),
        ("{n} comments were", "One comment was"),
        ("{n} themes have", "One theme has"),
        ("{n} themes name", "One theme names"),
    ):
        words = words.replace(many, one)
    return words


def changes_stand(theme: Theme) -> bool:
    """Whether every clause that a theme says was changed for it does differ, in a version whose words no longer change."""
    if theme.changed_in is None:
        return not theme.changes
    if not Seal.objects.filter(version=theme.changed_in).exists():
        return False
    return set(theme.changes) <= clauses_changed(theme.consultation.version, theme.changed_in).keys()


def clauses_changed(before: PlanVersion, after: PlanVersion) -> dict[str, plan_changes.Difference]:
    """{address: what differs} of every clause that a later version says otherwise, in the order in which it is read."""
    return {d.clause: d for d in plan_changes.differences(plan_rows.document(before), plan_rows.document(after))}
