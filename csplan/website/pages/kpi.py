"""One indicator: its message, its control chart, how it is measured, and every reading."""

from collections.abc import Sequence
from typing import Any

from csplan.cycle import calendar, periods
from csplan.cycle import kpi as rules
from csplan.documents import charts, signals
from csplan.documents.sentences import count
from csplan.documents.signals import Signal
from csplan.documents.svg import NARROW, WIDE
from csplan.evidence import catalogue
from csplan.evidence.plain_words import capital
from csplan.evidence.series_events import SeriesEvent
from csplan.website.answers import Table
from csplan.website.pages import indicator_list, performance
from csplan.website.pages.events import beneath
from csplan.website.pages.performance import plain

TALL, TALL_NARROW = 380, 330
NO_VALUE = "–"
HEADS = ("id", "period", "value", "low", "high", "numerator", "denominator", "state", "source", "is_example")
FREQUENCIES = {"monthly": "Every month", "quarterly": "Every quarter", "yearly": "Every year"}
STATES = {"computed": "computed", "submitted": rules.READING_STATES["final"]}


def page(
    found: dict[str, Any], plan: dict[str, Any] | None, place: str, home: str, *, events: Sequence[SeriesEvent] = ()
) -> dict[str, Any]:
    """Everything the template prints.

    found : of `reading.kpi.kpi`;  plan : the one that stands, None where none is public
    place : the partnership's area, in words;  events : the dated events on the series that it is computed from
    """
    k = found["kpi"]
    mark = performance.mark_of(k)
    return {
        "kpi": k,
        "headline": headline(k, mark),
        "lede": performance.sentence(k),
        "note_title": f"Reading for {k['latest']['period_words']}" if k["latest"] else "No reading yet",
        "kpi_mark": mark,
        "mark_words": performance.MARKS[mark],
        "target_words": performance.target_words(k),
        "has_example": (k["is_example"] and not k["computed_from"]) or any(r["is_example"] for r in found["readings"]),
        "chart": control(found, place, events),
        "facts": facts(k),
        "indicator_url": indicator_url(k, home),
        "readings_table": readings_table(found),
        "commentary": commentary(found),
        "priority_url": f"{home}performance/#priority-{k['priority']}",
        "serves": serves(k, plan, home),
    }


def headline(k: dict[str, Any], mark: str) -> str:
    """One sentence: does the last reading stand out, and will the target be met?"""
    if k["latest"] is None:
        return "Nothing has been returned and approved yet"
    when = k["latest"]["period_words"]
    first = {
        "none": f"{when} lies within the usual range",
        "unknown": f"{capital(count(len(k['series']), 'reading'))} so far: too few to tell a change",
    }.get(mark, f"{when} is worth asking about")
    if k["target_verdict"] == "monitor_only" or signals.known(k["chart"]) is None:
        return first
    if k.get("target_is_past"):
        return f"{first}; the day of the target has gone"
    return f"{first}; the target {rules.TARGET_VERDICTS[k['target_verdict']]}"


def indicator_url(k: dict[str, Any], home: str) -> str | None:
    """Where its definition is told; None where the catalogue has none. It has a page once there is a reading."""
    method = _method(k)
    return indicator_list.address(f"{home}insight/", method, with_page=k["latest"] is not None) if method else None


def _method(k: dict[str, Any]) -> str | None:
    """The indicator of the catalogue that defines it; None where the catalogue has none of that name."""
    ref = k["computed_from"].rsplit(".", 1)[0] if k["computed_from"] else k["id"]
    return ref if ref in {i.id for i in catalogue.all()} else None


def control(found: dict[str, Any], place: str, events: Sequence[SeriesEvent] = ()) -> dict[str, Any] | None:
    """The control chart of a monthly indicator, with its message and measure; None where there are too few readings."""
    k = found["kpi"]
    limits = signals.known(k["chart"])
    if limits is None:
        return None
    values = {r["period"]: r["value"] for r in k["series"]}
    marked_by = tuple(Signal(s["kind"], s["direction"], tuple(s["months"])) for s in found["signals"])
    first = k["chart_periods"][0]
    told = beneath(events, values)

    def draw(width: int, height: int, since: str) -> str:
        return charts.control_chart(
            values,
            title=f"Control chart: {k['title'].lower()}",
            desc=signals.describe(values, limits=limits, signals=marked_by),
            limits=limits,
            baseline_from=first,
            marked=signals.marks(marked_by, k["polarity"]),
            events=told["flags"],
            target=k["target"],
            since=since,
            width=width,
            height=height,
        )

    held = sum(month in values for month in k["chart_periods"])
    return {
        "head": signals.in_words(marked_by).rstrip("."),
        "sub": f"{k['title']}, {place}. Band: the usual range, from the {held} months held since {periods.month_in_words(first)}.",
        "wide": draw(WIDE, TALL, ""),
        "narrow": draw(NARROW, TALL_NARROW, first),
        "events": told["flagged"],
        "known": told["others"],
        "source": f"{k['source']}. Hatched: months not held, which are not zero. Marked: worth asking about; a season alone can "
        "look like this.",
    }


def serves(k: dict[str, Any], plan: dict[str, Any] | None, home: str) -> list[dict[str, str]]:
    """The work areas that it measures, in the plan that stands."""
    if plan is None:
        return []
    areas = [w for p in plan["priorities"] for w in p["work_areas"] if w["ref"] in k["work_areas"]]
    at = f"{home}plans/{plan['plan']['slug']}/"
    return [{"words": f"{w['ref']} {w['title']}", "url": f"{at}{w['ref']}/"} for w in areas]


def facts(k: dict[str, Any]) -> list[tuple[str, str]]:
    """Names and words of the definition, in the order people ask."""
    rows = [
        ("What it counts", k["definition"]),
        ("Wanted", f"{rules.POLARITIES[k['polarity']]}. {k['polarity_reason'] or ''}".strip()),
        ("Shown as", capital(k["unit"])),
        ("Numerator", k["numerator_words"] or ""),
        ("Denominator", k["denominator_words"] or ""),
        ("How often", FREQUENCIES[k["frequency"]]),
        ("Known", f"{count(k['lag_days'], 'day')} after its period" if k["lag_days"] is not None else ""),
        ("Owner", k["owner"]),
        ("Returned by", k["body"] or "Nobody: it is computed from open figures"),
        ("Source", k["source"]),
        ("Starting point", f"{plain(k['baseline'])} ({k['baseline_words']})" if k["baseline"] is not None else ""),
        ("Target", target_fact(k)),
        ("Before you quote", k["caveat"] or ""),
    ]
    return [(term, words) for term, words in rows if words]


def target_fact(k: dict[str, Any]) -> str:
    """The target with its day, or why there is none."""
    if k["target"] is None:
        return f"None. {k['monitor_only_reason']}"
    by = f" by {calendar.in_words(k['target_on'])}" if k["target_on"] else ""
    return f"{performance.value_words(k['target'], k['unit'])}{by}"


def commentary(found: dict[str, Any]) -> dict[str, str] | None:
    """The owner's words on the last reading that has any; None where no reading has."""
    told = next((r for r in found["readings"] if r["commentary"]), None)
    return {"words": told["commentary"], "when": told["period_words"]} if told else None


def readings_table(found: dict[str, Any]) -> dict[str, Any]:
    """Every reading, the last first, with a row for each stretch of months that is not held."""
    k, has_interval = found["kpi"], any(r["low"] is not None for r in found["readings"])
    heads = ["Period", "Value", *(["95% interval"] if has_interval else []), "State", "Worth asking about"]
    rows: list[tuple[str, ...]] = []
    later = None
    for r in found["readings"]:
        gap = _between(r["period"], later) if k["frequency"] == "monthly" and later else ()
        if gap:
            rows.append((periods.in_words(periods.run(gap[0], gap[-1])), "not held", *[NO_VALUE] * (len(heads) - 2)))
        rows.append(_reading(r, has_interval=has_interval))
        later = r["period"]
    return {
        "caption": f"{k['title']}, the last first",
        "sub": f"{capital(k['unit'])}. A reading never changes under a reader: a correction would stand beside it.",
        "heads": heads,
        "rows": rows,
        "numeric": (1, 2) if has_interval else (1,),
    }


def _between(earlier: str, later: str) -> tuple[str, ...]:
    """The months that lie between two."""
    return periods.between(periods.add_months(earlier, 1), periods.add_months(later, -1))


def _reading(r: dict[str, Any], *, has_interval: bool) -> tuple[str, ...]:
    between = NO_VALUE if r["low"] is None else f"{plain(round(r['low'], 1))} to {plain(round(r['high'], 1))}"
    example = " (example)" if r["is_example"] else ""
    asked = rules.SIGNALS[r["signal"]] if r["signal"] else NO_VALUE
    return r["period_words"], plain(r["value"]), *([between] if has_interval else []), STATES[r["source"]] + example, asked


def table(found: dict[str, Any]) -> Table:
    """The readings as CSV, the last first."""
    return Table(HEADS, [[({"id": found["kpi"]["id"]} | r)[head] for head in HEADS] for r in found["readings"]])
