"""Live figures in words: a reference in braces stands for a figure, and fills itself in from the evidence.

    {recorded-burglary.rate/E06000047/2025}         a figure inside a sentence: the name of an observation
    {chart recorded-burglary.count/E06000047/2025}  alone on a line: month by month; `table` the same as a table
    {map recorded-burglary.rate/E06000047/2025}     alone on a line: the rate of every area inside

What a reference is called everywhere (`ref`) is what stands between its braces. When a version is sealed, every reference of its
text is sealed with its observation, value, words and releases, so that sealed words never move.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from csplan.cycle import kpi, periods
from csplan.cycle.periods import Period
from csplan.errors import CsplanError
from csplan.evidence import areas, catalogue, findings, observations
from csplan.evidence import findings_words as said
from csplan.evidence.findings_shapes import AreaValue, short
from csplan.evidence.observations import Observation, Reference
from csplan.evidence.plain_words import capital, how_many, months_said, number, per_cent
from csplan.evidence.types import TYPES
from csplan.evidence.view import View

#: form -> what it stands for
FORMS: dict[str, str] = {
    "figure": "one figure, in a sentence",
    "chart": "a figure month by month, drawn; alone on a line",
    "map": "a rate in every area inside, drawn; alone on a line",
    "table": "a figure month by month; alone on a line",
}
_BLOCK = r"(?:chart|map|table) [^{}\n]+"
#: A reference as it is written in Markdown. A brace without a slash is none.
WRITTEN = re.compile(rf"\{{({_BLOCK}|[^{{}}\s/][^{{}}\n/]*/[^{{}}\n]+)\}}")
#: A line that is a block reference and nothing else.
ALONE = re.compile(rf"^[ \t]*\{{({_BLOCK})\}}[ \t]*$", re.MULTILINE)
#: What a block is drawn from.
MEASURE_OF = {"chart": "count", "table": "count", "map": "rate"}
#: The areas that a map shows.
INSIDE = "msoa"
TOO_FEW_FOR_RATE = "too few for a rate"


@dataclass(frozen=True)
class Written:
    """A reference as a text has it. name : of its observation;  is_alone : whether nothing else stands on its line"""

    ref: str
    form: str
    name: str
    is_alone: bool


@dataclass(frozen=True)
class Found:
    """What a reference stands for on the day of a view.

    about : what it is, such as “Burglary, County Durham, 2025”;  observation : None where the reference is not found
    words : what stands in its place in the text;  full : the same with unit and interval, or why there is no value
    rows : of a block, (month or area, words);  why : what is wrong with the reference; empty when it is found
    """

    ref: str
    form: str
    about: str = ""
    observation: Observation | None = None
    words: str = ""
    full: str = ""
    rows: tuple[tuple[str, str], ...] = ()
    why: str = ""

    @property
    def has_value(self) -> bool:
        """Whether there is a number; a figure that is missing or suppressed is found and has none."""
        return self.observation is not None and self.observation.value is not None

    def as_sealed(self) -> dict[str, Any]:
        """The reference as it is sealed; only for one that is found."""
        assert self.observation is not None
        held = self.observation
        return {
            "ref": self.ref,
            "form": self.form,
            "about": self.about,
            "observation": held.id,
            "status": held.status,
            "value": short(held.value),
            "words": self.words,
            "full": self.full,
            "releases": [dict(release) for release in held.releases],
            **({"rows": [list(row) for row in self.rows]} if self.rows else {}),
        }


def written(text: str) -> tuple[Written, ...]:
    """Every reference of a text, each once, in order.

    >>> [w.form for w in written("From {recorded-burglary.count/E06000047/2025} on\\n\\n{chart recorded-burglary.count/E06000047/2025}")]
    ['figure', 'chart']
    """
    every = dict.fromkeys(_written(found, text) for found in WRITTEN.finditer(text))
    return tuple(every)


def _written(found: re.Match[str], text: str) -> Written:
    ref = found[1]
    form, _, name = ref.partition(" ") if ref.split(" ")[0] in MEASURE_OF else ("figure", "", ref)
    line = text[text.rfind("\n", 0, found.start()) + 1 :].partition("\n")[0]
    return Written(ref, form, name.strip(), line.strip() == found[0])


def look_up(view: View, asked: Written) -> Found:
    """What a reference stands for on the day of the view. One that is not found says why, and is not raised."""
    try:
        parts = observations.parse_id(asked.name)
        _check_form(asked, parts)
        seen = observations.observe(view, parts.indicator, parts.measure, parts.area, parts.period)
        _check_told(parts, seen)
    except CsplanError as e:
        return Found(asked.ref, asked.form, why=str(e))
    about = f"{catalogue.get(parts.indicator).title}, {areas.get(parts.area).name}, {_short(parts.period)}"
    words, full, rows = _figure(view, parts, seen) if asked.form == "figure" else _block(view, asked.form, parts, seen)
    return Found(asked.ref, asked.form, about, seen, words, full, rows)


def _check_form(asked: Written, parts: Reference) -> None:
    """Refuse a block inside a sentence, and a block of something that it does not show."""
    wanted = MEASURE_OF.get(asked.form)
    if wanted is None:
        return
    if not asked.is_alone:
        raise CsplanError(f"A {asked.form} stands alone on its line. Put nothing before or after it.")
    if parts.measure != wanted:
        right = observations.observation_id(parts.indicator, wanted, parts.area, parts.period)
        raise CsplanError(f"A {asked.form} shows a {wanted}. Write it as {{{asked.form} {right}}}.")
    if asked.form == "map" and areas.get(parts.area).type != "district":
        raise CsplanError(f"A map shows the areas inside a district, and {areas.get(parts.area).name} is none. Name a district.")


def _check_told(parts: Reference, seen: Observation) -> None:
    """Refuse what no page tells: figures that partners return, and a change of several types together."""
    indicator = catalogue.get(parts.indicator)
    if not indicator.topic:
        raise CsplanError(seen.why)
    if parts.measure == "change" and indicator.topic not in TYPES:
        raise CsplanError("Changes are tested type by type, and this is several together. Name one, such as recorded-burglary.")


def _short(period: Period) -> str:
    """A calendar year by its number, any other period in words."""
    return period.id if len(period.id) == 4 else period.title


def look_up_all(view: View, texts: Iterable[str]) -> dict[str, Found]:
    """{ref: what it stands for} for every reference of the texts, in order."""
    return {asked.ref: look_up(view, asked) for text in texts for asked in written(text)}


def figures_of(texts: Iterable[str], view: View) -> list[dict[str, Any]]:
    """Every reference of the texts as it is sealed. Raises CsplanError naming the first that is not found."""
    every = look_up_all(view, texts)
    for found in every.values():
        check_found(found)
    return [found.as_sealed() for found in every.values()]


def check_found(found: Found) -> None:
    """Refuse a reference that stands for nothing."""
    if found.why:
        raise CsplanError(f"The figure {{{found.ref}}} is not found. {found.why}")


def restated(sealed: Mapping[str, Any], view: View) -> str:
    """A sentence when a sealed figure would be another on the day of the view; empty when it is the same or no longer found."""
    [asked] = written(f"{{{sealed['ref']}}}")
    now = look_up(view, asked)
    if now.observation is None or _is_same(sealed, now):
        return ""
    changed = "restated" if sealed["value"] is not None else "published"
    return f"This figure has since been {changed}: it would now be {now.words}."


def _is_same(sealed: Mapping[str, Any], now: Found) -> bool:
    then, current = sealed, now.as_sealed()
    return all(then.get(name) == current.get(name) for name in ("status", "value", "words", "rows"))


def offered(view: View, words: str, area: str, period: Period) -> list[Found]:
    """Every figure that may be written of an area and period, of the indicators worked out here whose title holds all the words."""
    asked = words.lower().split()
    held = [i for i in catalogue.all() if i.topic and all(word in f"{i.title} {i.id}".lower() for word in asked)]
    names = [observations.observation_id(i.id, measure, area, period) for i in held for measure in i.measures]
    return [found for found in look_up_all(view, [f"{{{name}}}" for name in names]).values() if not found.why]


# ---- one figure in words ------------------------------------------------------------------------------


def _figure(view: View, parts: Reference, seen: Observation) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    if seen.measure == "change":
        return _change(view, parts, seen)
    if seen.value is None:
        return _blank(view, parts, seen)
    words = _value_words(seen)
    return words, f"{capital(_full_words(seen, words))} {said.when_words(parts.period)}.", ()


def _change(view: View, parts: Reference, seen: Observation) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    """The one verdict that every page repeats, which also says when there is too little to tell."""
    try:
        change = findings.area_findings(view, seen.area, parts.period).topic(catalogue.get(seen.indicator).topic).change
    except CsplanError:
        return _blank(view, parts, seen)  # nothing at all is held there
    return change.brief, change.words, ()


def _blank(view: View, parts: Reference, seen: Observation) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    """A figure without a value says so in the text, and why beside it."""
    held = view.months_of(seen.area)
    last = f" The last month held is {periods.month_in_words(held[-1])}." if held and parts.period.to_month > held[-1] else ""
    return kpi.STATUSES[seen.status], f"{seen.why}{last}", ()


def _value_words(seen: Observation) -> str:
    """The number alone, as a sentence takes it: the writer says of what."""
    value = seen.value or 0.0
    if seen.measure == "rate":
        return f"{value:.1f}" if _may_be_rated(seen) else TOO_FEW_FOR_RATE
    return per_cent(value) if seen.measure == "share" else number(value)


def _full_words(seen: Observation, words: str) -> str:
    """The same with its unit and its interval."""
    if seen.measure == "rate" and _may_be_rated(seen):
        return said.rate_words(seen.value or 0.0, seen.low, seen.high, seen.per, seen.base.split("-")[0])
    if seen.measure == "share" and seen.low is not None and seen.high is not None:
        return f"{words} of {seen.base} (95% interval {per_cent(seen.low)} to {per_cent(seen.high)})"
    return f"{how_many(seen.value or 0.0)} recorded" if seen.measure == "count" else words


def _may_be_rated(seen: Observation) -> bool:
    return (seen.numerator or 0) >= said.FEWEST_FOR_RATE


# ---- blocks -------------------------------------------------------------------------------------------


def _block(view: View, form: str, parts: Reference, seen: Observation) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    """A sentence that says what the block shows, and its rows."""
    return _areas(view, parts) if form == "map" else _months(view, parts, seen)


def _months(view: View, parts: Reference, seen: Observation) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    indicator, place = catalogue.get(parts.indicator), areas.get(parts.area).name
    series, missing = view.series(parts.area, indicator.topic), view.missing(parts.area, parts.period)
    rows = tuple(
        (periods.month_in_words(m), kpi.STATUSES["missing"] if m in missing else f"{series[m]:,}") for m in parts.period.months
    )
    total = f": {number(seen.value)} in all" if seen.value is not None else f"; not held: {months_said(missing)}"
    words = f"{indicator.title} in {place}, month by month, {_short(parts.period)}{total}."
    return words, words, rows


def _areas(view: View, parts: Reference) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    indicator, place = catalogue.get(parts.indicator), areas.get(parts.area).name
    start = f"{indicator.title} by area in {place}, {_short(parts.period)}"
    if view.missing(parts.area, parts.period):
        return f"{start}: not every month is held.", f"{start}: not every month is held.", ()
    found = findings.topic_findings(view, indicator.topic, INSIDE, parts.period, district=parts.area)
    rated = sorted((v for v in found.areas if _is_rated(v)), key=lambda v: (v.rate or 0.0, v.area.name))
    rows = tuple((v.area.name, _area_words(v)) for v in sorted(found.areas, key=lambda v: v.area.name))
    if not rated:
        return f"{start}: too few in each for a rate.", f"{start}: too few in each for a rate.", rows
    low, high = (f"{v.rate:.1f} in {v.area.name}" for v in (rated[0], rated[-1]))
    ends = f"from {low} to {high}" if len(rated) > 1 else f"{low}, too few elsewhere"
    words = f"{start}: {ends}, for every {found.per:,} {found.base}."
    return words, words, rows


def _is_rated(v: AreaValue) -> bool:
    return v.rate is not None and (v.count or 0) >= said.FEWEST_FOR_RATE


def _area_words(v: AreaValue) -> str:
    if v.count is None:
        return kpi.STATUSES[v.status]
    return f"{v.rate:.1f}" if _is_rated(v) else f"{v.count:,} in all, {TOO_FEW_FOR_RATE}"
