"""Coding as those who do it see it: the next comment in its masked words, how far they are, and how far two coders agree.

Nobody is shown here what another person found in a comment before both have coded it.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from csplan.cycle import answer_parts, suggest
from csplan.records.models import Coding, Consultation, Response, Settlement, Theme
from csplan.records.reading import comment, understanding
from csplan.records.reading.understanding import Part
from csplan.statistics import agreement as statistics

#: A suggestion looks back at so many of the coder's own comments, the newest: a page must not wait for thousands.
LOOKS_BACK = 400
BLIND = "Two people each coded the comments without seeing what the other had found."


@dataclass(frozen=True)
class Progress:
    """How far the coding is, for one person.

    comments : in all;  unmasked : that wait for masking;  coded : by anybody;  by_you : by this person
    left : that this person may code now, because nobody has or because a second person must
    again : that one other person has coded, which this person may code blind where no second one must
    """

    comments: int
    unmasked: int
    coded: int
    by_you: int
    left: int
    again: int
    twice: bool


def progress(consultation: Consultation, coder: int, found: Sequence[Part]) -> Progress:
    """How far the coding is. coder : id of the person who looks;  found : of `understanding.parts`, asked for once by a page"""
    twice = understanding.coded_twice(consultation, len(found))
    return Progress(
        comments=len(found),
        unmasked=sum(p.masked is None for p in found),
        coded=sum(bool(p.codings) for p in found),
        by_you=sum(coder in p.codings for p in found),
        left=sum(_waits_for(p, coder, twice) for p in found),
        again=0 if twice else sum(_waits_for(p, coder, True) and bool(p.codings) for p in found),
        twice=twice,
    )


def _waits_for(p: Part, coder: int, twice: bool) -> bool:
    return p.masked is not None and coder not in p.codings and len(p.codings) < (2 if twice else 1)


def waiting(consultation: Consultation, coder: int, found: Sequence[Part], *, again: bool = False) -> list[Part]:
    """Comments that a person may code now, in no order of arrival; again : those that another coded once, too"""
    twice = again or understanding.coded_twice(consultation, len(found))
    return [p for p in found if _waits_for(p, coder, twice)]


def task(consultation: Consultation, p: Part, coder: int, found: Sequence[Part]) -> dict[str, Any]:
    """One comment for its coder: {response, part, asked, quote, on_clause, masked, alike, suggestions}.

    asked : the question it answers, or that it is said of a passage;  quote, on_clause : that passage, None for an answer
    alike : how many more answers have the very same words;  suggestions : from this coder's own codings and the themes' words only
    """
    held = Response.objects.get(pk=p.response_id)
    asked, quote, clause = place(consultation, held, p.part)
    alike = 0 if quote is not None else sum(_is_like(o, p, coder) for o in found)
    # Each wording once: a campaign would crowd out all else.
    examples = list(
        {o.masked: suggest.Example(o.masked, o.codings[coder]) for o in found if o.masked and coder in o.codings}.values()
    )
    themes = {t.ref: f"{t.title}. {t.words}" for t in consultation.themes.all()}
    return {
        "response": p.response_id,
        "part": p.part,
        "asked": asked,
        "quote": quote,
        "on_clause": clause,
        "masked": p.masked,
        "alike": alike,
        "suggestions": suggest.suggestions(p.masked or "", examples[-LOOKS_BACK:], themes),
    }


def _is_like(other: Part, p: Part, coder: int) -> bool:
    same = (other.masked, other.part) == (p.masked, p.part) and other.response_id != p.response_id
    return same and coder not in other.codings and len(other.codings) < 2


def place(consultation: Consultation, response: Response, part: str) -> tuple[str, str | None, str | None]:
    """(what was asked, the passage that was commented on, the address of its clause); the last two None for a question."""
    if part.startswith(answer_parts.PASSAGE):
        passage = response.passages[int(part.removeprefix(answer_parts.PASSAGE)) - 1]
        return "", passage.get("quote", ""), passage.get("clause", "")
    question = next((q for q in consultation.questions.all() if q.ref == part), None)
    return (question.words if question else part), None, None


def find(found: Sequence[Part], response: str, part: str) -> Part | None:
    """The comment that a form names; None where there is none that counts."""
    return next((p for p in found if (str(p.response_id), p.part) == (response, part)), None)


def last_of(consultation: Consultation, coder: int, found: Sequence[Part]) -> Part | None:
    """The comment that a person coded last, from which they may go on to a comment on the plan."""
    rows = Coding.objects.filter(response__consultation=consultation, coder_id=coder).order_by("-id")
    newest = rows.values_list("response_id", "part").first()
    return find(found, str(newest[0]), newest[1]) if newest else None


# ---- agreement --------------------------------------------------------------------------------------


def agreement(consultation: Consultation, at: datetime) -> dict[str, Any]:
    """How far two coders agree: {why, words, comments, distinct, differed, settled, pooled, themes}.

    why : in words, where nobody has coded twice; all else is then 0, None or empty
    comments : coded by two;  distinct : those with words of their own, since a campaign would count one decision many times
    differed : of the distinct ones, where the two found other themes;  settled : how many of those are settled by then
    pooled, themes : kappa as `_kappa` gives it; of each theme with its ref and title
    """
    pairs = _pairs(consultation, at)
    distinct = list(
        {(masked, part, frozenset(one), frozenset(two)): pair for pair in pairs for _, part, masked, one, two in [pair]}.values()
    )
    if not distinct:
        why = "No comment was coded by two people, so nothing can be said of how far they agree."
        return {"why": why, "words": "", "comments": 0, "distinct": 0, "differed": 0, "settled": 0, "pooled": None, "themes": []}
    first, second = [d[3] for d in distinct], [d[4] for d in distinct]
    named = list(Theme.objects.filter(consultation=consultation, named_at__lte=at))
    pooled = _kappa(statistics.pooled(first, second, [t.ref for t in named]))
    by_theme = [
        {"ref": t.ref, "title": t.title, **_counts(first, second, t.ref), **_kappa(statistics.of_theme(first, second, t.ref))}
        for t in named
    ]
    differed = [d for d in distinct if set(d[3]) != set(d[4])]
    settled = set(
        Settlement.objects.filter(response__consultation=consultation, settled_at__lte=at).values_list("response_id", "part")
    )
    return {
        "why": None,
        "words": BLIND,
        "comments": len(pairs),
        "distinct": len(distinct),
        "differed": len(differed),
        "settled": sum((d[0], d[1]) in settled for d in differed),
        "pooled": pooled,
        "themes": by_theme,
    }


Pair = tuple[int, str, str, tuple[str, ...], tuple[str, ...]]


def _pairs(consultation: Consultation, at: datetime) -> list[Pair]:
    """(answer, part, masked words, themes of the first, themes of the second) of every comment that two people had coded by then."""
    aside = understanding.set_aside(consultation, at)
    masked = {(p.response_id, p.part): p.masked or "" for p in understanding.parts(consultation)}
    found: dict[tuple[int, str], list[tuple[str, ...]]] = {}
    for c in Coding.objects.filter(response__consultation=consultation, coded_at__lte=at).order_by("id"):
        found.setdefault((c.response_id, c.part), []).append(tuple(c.themes))
    return [
        (pk, part, masked.get((pk, part), ""), themes[0], themes[1])
        for (pk, part), themes in found.items()
        if len(themes) > 1 and pk not in aside
    ]


def _counts(first: Sequence[Sequence[str]], second: Sequence[Sequence[str]], ref: str) -> dict[str, int]:
    has = [(ref in one, ref in two) for one, two in zip(first, second, strict=True)]
    return {"both": has.count((True, True)), "one": has.count((True, False)) + has.count((False, True))}


def _kappa(found: statistics.Kappa) -> dict[str, Any]:
    """{kappa, low, high, agreement, words, note}: None for what is undefined; note : why the limits are not given, else empty"""
    value, low, high, share = (None if math.isnan(x) else x for x in (found.value, found.low, found.high, found.agreement))
    return {
        "kappa": value,
        "low": low,
        "high": high,
        "agreement": share,
        "words": statistics.in_words(found),
        "note": found.why if value is not None else "",
    }


def disagreements(consultation: Consultation) -> list[tuple[Part, int]]:
    """(comment, how many more answers in the very same words) of those that two people coded differently and nobody has settled."""
    groups: dict[Any, list[Part]] = {}
    for p in understanding.parts(consultation):
        if p.differs:
            own = p.response_id if p.part.startswith(answer_parts.PASSAGE) else None
            groups.setdefault((p.masked, p.part, own), []).append(p)
    return [(same[0], len(same) - 1) for same in groups.values()]


def clause_of(consultation: Consultation, p: Part, coder: int) -> str:
    """The clause that a comment is about: as this person found; once its coding is done, as it was settled or found first."""
    rows = Coding.objects.filter(response_id=p.response_id, part=p.part).order_by("id")
    own = rows.filter(coder_id=coder).first()
    if not any((o.response_id, o.part) == (p.response_id, p.part) for o in understanding.finished(consultation)):
        return own.clause if own else ""
    settled = Settlement.objects.filter(response_id=p.response_id, part=p.part).order_by("-id").first()
    found = settled or rows.first()
    return found.clause if found else ""


def may_quote(p: Part) -> bool:
    """Whether the person let their words be quoted."""
    return answer_parts.may_quote(Response.objects.get(pk=p.response_id).answers)


def clauses(consultation: Consultation) -> dict[str, str]:
    """{address: how it is called} of every clause of the version that people were asked about."""
    return comment.clauses(consultation.version)
