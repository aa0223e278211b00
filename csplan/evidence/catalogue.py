"""The catalogue of indicators: what each counts, why, from where, and what must be said beside it.

An indicator is a reviewed document, one TOML file each in `catalogue/`, named after its id. A partnership adopts some of
them as its key performance indicators and gives those a baseline and a target of its own; the catalogue holds neither.
"""

import re
import tomllib
from collections.abc import Collection, Iterable
from dataclasses import MISSING, dataclass, fields
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from csplan.cycle.kpi import JUDGED, POLARITIES
from csplan.cycle.roles import ROLES
from csplan.errors import CsplanError
from csplan.evidence.plain_words import avoided

FOLDER = Path(__file__).with_name("catalogue")

KINDS = {"open": "worked out from published open data", "partner": "returned by a partner"}
TIERS = {"outcome": "what residents see or suffer", "output": "what the partnership does", "input": "what the work rests on"}
MEASURES = ("count", "rate", "share", "change")
#: how often a new value comes -> months apart
FREQUENCIES = {"month": 1, "quarter": 3, "year": 12}
#: Performance is reviewed each quarter; a figure that comes later than this says why it is still worth having.
REVIEW_CYCLE_DAYS = 92
#: An indicator is looked at again within two years.
REVIEW_WITHIN = timedelta(days=2 * 366)
#: What an indicator names in place of a work area when it serves every one of them.
EVERY_WORK_AREA = "all"
#: Areas that hold more than one partnership: their figures are never labelled as the partnership's.
WIDER_AREAS = ("police force", "region", "fire authority")

_ID = re.compile(r"K\d{3}|recorded-[a-z-]+")
_WORK_AREA = re.compile(r"\d+\.\d+")
_LETTERS = re.compile(r"\b[A-Z]{2,}s?\b")


@dataclass(frozen=True)
class Changed:
    """One change to the definition: the day, and what is different since."""

    on: date
    what: str


@dataclass(frozen=True)
class Indicator:
    """One indicator as its file states it. Texts are plain English; what may be empty says so.

    measures : of count, rate, share, change
    denominator, denominator_id : in words, and `residents` or `households` where the evidence works it out; empty for counts
    per : the value is per so many of the denominator; 1 for counts, 100 for shares
    band : lowest and highest wanted value, where the polarity is a band
    lag_days, late_because : days from a period's end to its figure, and why one later than a quarter is kept; else empty
    work_areas : as 1.2; `EVERY_WORK_AREA` alone for one that serves the whole plan
    topic : the police.uk type, or all-crime, that it is counted from; empty when a partner returns it
    proxy_of : the indicator in whose place it is shown, by name, until that one’s figures are held; else empty
    """

    id: str
    title: str
    kind: str
    tier: str
    why: str
    measures: tuple[str, ...]
    numerator: str
    denominator: str
    denominator_id: str
    unit: str
    per: int
    polarity: str
    intent: str
    method: str
    source: str
    frequency: str
    lag: str
    lag_days: int
    geography: str
    caveats: tuple[str, ...]
    author_role: str
    checker_role: str
    next_review: date
    changes: tuple[Changed, ...]
    work_areas: tuple[str, ...] = ()
    topic: str = ""
    proxy_of: str = ""
    late_because: str = ""
    band: tuple[float, float] | None = None


def read(path: Path) -> Indicator:
    """The indicator of one file. A file that is not one is refused with its name and what is wrong."""
    try:
        facts = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as e:
        raise CsplanError(f"The indicator file {path.name} cannot be read ({e}). Correct it, or take it away.") from e
    known = {f.name for f in fields(Indicator)}
    needed = {f.name for f in fields(Indicator) if f.default is MISSING}
    wrong = sorted(facts.keys() - known) or sorted(needed - facts.keys())
    if wrong:
        said = "has no place for" if facts.keys() - known else "lacks"
        raise CsplanError(f"The indicator file {path.name} {said} “{wrong[0]}”. See the files beside it for what one holds.")
    if facts["id"] != path.stem:
        raise CsplanError(f"The indicator file {path.name} calls itself “{facts['id']}”. Give file and id the same name.")
    values: dict[str, Any] = {name: tuple(v) if isinstance(v, list) else v for name, v in facts.items()}
    return Indicator(**values | {"changes": tuple(Changed(**change) for change in facts["changes"])})


@cache
def _held() -> dict[str, Indicator]:
    return {path.stem: read(path) for path in sorted(FOLDER.glob("*.toml"))}


def all() -> tuple[Indicator, ...]:
    """Every indicator, in order of id."""
    return tuple(_held().values())


def get(id: str) -> Indicator:
    """The indicator of an id. Raises CsplanError when the catalogue has none."""
    try:
        return _held()[id]
    except KeyError:
        raise CsplanError(f"There is no indicator “{id}” in the catalogue. Use one of those listed under Indicators.") from None


def of_topic(topic: str) -> Indicator:
    """The indicator that counts a police.uk type, or all-crime."""
    return get(f"recorded-{topic}")


# ---- the linter -------------------------------------------------------------------------------------


def lint(indicator: Indicator) -> tuple[str, ...]:
    """What is wrong with an indicator, one sentence each; empty when it is clean.

    The rules are those boards have learnt the hard way: a numerator and denominator somebody can count, one unit, a
    direction or an honest “no judgement”, a source with its delay, a title with one meaning, two different people behind it.
    """
    i = indicator
    checks: tuple[tuple[bool, str], ...] = (
        (bool(_ID.fullmatch(i.id)), "The id must be K and three digits, or recorded- and a type."),
        (i.kind in KINDS, f"The kind must be one of {', '.join(KINDS)}."),
        (i.tier in TIERS, f"The tier must be one of {', '.join(TIERS)}."),
        (i.frequency in FREQUENCIES, f"The frequency must be one of {', '.join(FREQUENCIES)}."),
        (i.author_role in ROLES and i.checker_role in ROLES, "Author and checker must be roles of the partnership."),
        (i.author_role != i.checker_role, "The checker must hold another role than the author."),
        (i.kind == "open" or not i.topic, "What is counted from open data is of the open kind."),
        (bool(i.work_areas) or not i.id.startswith("K"), "It must name the work area it serves."),
        (_are_work_areas(i.work_areas), "Work areas are written 1.2, each once; one that serves all says all."),
        (i.geography not in WIDER_AREAS or "more than the partnership" in " ".join(i.caveats), WIDER.format(i.geography)),
        (i.lag_days <= REVIEW_CYCLE_DAYS or bool(i.late_because), "Its figure comes later than a quarter: say why it is kept."),
        (i.proxy_of != i.id, "It cannot stand in for itself."),
    )
    return (
        *(sentence for holds, sentence in checks if not holds),
        *_lint_words(i),
        *_lint_measure(i),
        *_lint_polarity(i),
        *_lint_dates(i),
    )


def _are_work_areas(some: tuple[str, ...]) -> bool:
    return some == (EVERY_WORK_AREA,) or len({one for one in some if _WORK_AREA.fullmatch(one)}) == len(some)


WIDER = "Its figures are for the {0}: a caveat must say that they cover more than the partnership."


def _lint_words(i: Indicator) -> Iterable[str]:
    if len(i.title) > 80 or _LETTERS.search(i.title):
        yield "The title must be under 80 signs and spell every short form out."
    if re.search(r"\bfires?\b", i.title, re.I) and not re.search("deliberate|accidental", i.title, re.I):
        yield "A title about fires must say whether they are deliberate or accidental."
    for name in ("why", "numerator", "unit", "intent", "method", "source", "lag", "geography"):
        if not getattr(i, name).strip():
            yield f"It must state its {name}."
    everything = " ".join((i.title, i.why, i.numerator, i.denominator, i.intent, i.method, i.source, i.lag, *i.caveats))
    if avoided(everything):
        yield f"“{avoided(everything)}” is on the list of words to avoid."


def _lint_measure(i: Indicator) -> Iterable[str]:
    unknown = [m for m in i.measures if m not in MEASURES]
    if unknown or not i.measures:
        yield f"Measures must be some of {', '.join(MEASURES)}."
    divides = "rate" in i.measures or "share" in i.measures
    if divides != bool(i.denominator):
        yield "A rate or a share must state its denominator, and a count has none."
    if "rate" in i.measures and (i.per < 1 or f"per {i.per:,}" not in i.unit):
        yield "The unit of a rate must say per how many."
    if "share" in i.measures and "rate" not in i.measures and i.per != 100:
        yield "A share is per 100."
    if bool(i.topic) != bool(i.denominator_id):
        yield "What is worked out here must name the denominator that the evidence holds, and nothing else names one."


def _lint_polarity(i: Indicator) -> Iterable[str]:
    if i.polarity not in POLARITIES:
        yield f"The polarity must be one of {', '.join(POLARITIES)}."
    elif i.polarity not in JUDGED and not i.caveats:
        yield "No direction of it is better: a caveat must say why."
    if (i.polarity == "band") != (i.band is not None):
        yield "A band needs its lowest and highest wanted value, and nothing else has them."


def _lint_dates(i: Indicator) -> Iterable[str]:
    days = [change.on for change in i.changes]
    if not days or days != sorted(days):
        yield "Changes must begin with its first definition and stand in order of day."
    elif not days[-1] < i.next_review <= days[-1] + REVIEW_WITHIN:
        yield "The next review must follow the last change within two years."


def lint_together(indicators: Collection[Indicator]) -> tuple[str, ...]:
    """What is wrong with a set of indicators as a whole: one that stands in for nothing, a priority without an outcome."""
    ids = {i.id for i in indicators}
    found = [
        f"{i.id} stands in for {i.proxy_of}, which is not in the catalogue."
        for i in indicators
        if i.proxy_of and i.proxy_of not in ids
    ]
    served: dict[str, set[str]] = {}
    for i in indicators:
        for work_area in i.work_areas if i.work_areas != (EVERY_WORK_AREA,) else ():
            served.setdefault(work_area.split(".")[0], set()).add(i.tier)
    return (
        *found,
        *(f"Priority {p} has no outcome among its indicators." for p, tiers in sorted(served.items()) if "outcome" not in tiers),
    )
