"""A history of indicators brought in from a file: each line with its figures and the indicator it is matched to."""

from collections.abc import Mapping, Sequence
from typing import Any

from csplan.cycle import kpi_import, period_words, periods
from csplan.cycle.outline import Outline
from csplan.records.reading import kpi_import as reading
from csplan.website.pages.plan_import import NOT_USED, headings, key, left
from csplan.website.typed import Typed

INDICATOR_WORDS = "The names of the indicators"
MATCHED_TO_NONE = "None of them: leave this line out"


def page(
    history: kpi_import.History, outline: Outline, kpis: Sequence[Any], refs: Mapping[str, str], chosen: Mapping[str, str]
) -> dict[str, Any]:
    """Everything that the preview prints."""
    lines = reading.lines(history)
    return {
        "headline": headline(history, refs),
        "can_return": bool(refs) or bool(lines and kpis),
        "columns": columns(outline, history.columns, chosen),
        "lines": [_line(i, name, history, kpis, refs) for i, name in enumerate(lines)],
        "left": left(history.not_understood),
        "left_count": len(history.not_understood),
    }


def headline(history: kpi_import.History, refs: Mapping[str, str]) -> str:
    """What was found, as the page's name."""
    lines = reading.lines(history)
    if not lines:
        return "No history of indicators was found in this file"
    return reading.counts_words(history, refs)


def _line(i: int, name: str, history: kpi_import.History, kpis: Sequence[Any], refs: Mapping[str, str]) -> dict[str, Any]:
    options = [("", MATCHED_TO_NONE), *((kpi.ref, f"{kpi.title} ({kpi.ref}), {kpi.unit}") for kpi in kpis)]
    figures = [
        (
            periods.parse(f.period).title,
            f.words or "blank",
            "A figure" if f.value is not None else f"No figure: {f.status}",
            f.place,
        )
        for f in history.rows
        if f.indicator == name
    ]
    return {"name": f"line-{i}", "label": name, "value": refs.get(name, ""), "options": options, "figures": figures}


def columns(outline: Outline, read: Mapping[str, Mapping[str, str]], chosen: Mapping[str, str]) -> list[dict[str, Any]]:
    """A choice for each heading: the names of the indicators, a period it may mean, or to be left."""
    now = {key(head): field for fields in read.values() for head, field in fields.items()} | {
        key(h): f for h, f in chosen.items()
    }
    return [
        {"name": f"column-{i}", "label": head, "value": now.get(key(head), ""), "options": _options(head, now.get(key(head), ""))}
        for i, head in enumerate(headings(outline))
    ]


def _options(head: str, now: str) -> list[tuple[str, str]]:
    named = {p.id: p.title for p in period_words.choices(head)}
    if now and now != kpi_import.INDICATOR:
        named.setdefault(now, periods.parse(now).title)
    return [("", NOT_USED), (kpi_import.INDICATOR, INDICATOR_WORDS), *named.items()]


def chosen(typed: Typed, outline: Outline, read: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """{heading: "indicator" or the name of a period} as the person chose."""
    out = {}
    for column in columns(outline, read, {}):
        allowed = [value for value, _ in column["options"]]
        out[column["label"]] = typed.choice(column["name"], allowed, "Choose what this column means")
    return out


def matched(typed: Typed, history: kpi_import.History, kpis: Sequence[Any]) -> dict[str, str]:
    """{words of a line: reference} as the person chose; lines of which nothing was asked yet are not in it."""
    allowed = ["", *(kpi.ref for kpi in kpis)]
    asked = [(f"line-{i}", name) for i, name in enumerate(reading.lines(history)) if f"line-{i}" in typed.sent]
    return {name: typed.choice(field, allowed, "Choose an indicator, or leave the line out") for field, name in asked}


def to_mend(history: kpi_import.History, refs: Mapping[str, str]) -> dict[str, str]:
    """{field: sentence} of why nothing can be returned as the lines are matched; empty where it can."""
    if not refs:
        return {"line-0": "Match at least one line to an indicator"}
    both = kpi_import.twice(history, refs)
    if both is None:
        return {}
    first, other, period = both
    said = f"“{first}” is matched to the same indicator, and both say something of {periods.parse(period).title}. Leave one of them out"
    return {f"line-{reading.lines(history).index(other)}": said}


def told(outcomes: Sequence[kpi_import.Outcome]) -> tuple[str, list[tuple[str, str, str]]]:
    """(how many readings were returned, in words, [(line, period, why not)] of what was not)."""
    returned = sum(o.outcome == "returned" for o in outcomes)
    not_taken = [
        (o.figure.indicator, periods.parse(o.figure.period).title, o.words)
        for o in outcomes
        if o.outcome in ("refused", "no number")
    ]
    words = (
        f"{returned} {'reading was' if returned == 1 else 'readings were'} returned" if returned else "No reading was returned"
    )
    return words, not_taken
