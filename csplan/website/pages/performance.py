"""How it is going: every indicator as a row of the scorecard, priority by priority."""

from collections.abc import Iterable, Sequence
from typing import Any

from csplan.cycle import kpi as rules
from csplan.documents import charts, signals
from csplan.documents.sentences import count, plain, value_words
from csplan.evidence.plain_words import capital, listed, number
from csplan.website.answers import Table

#: mark of the page -> its words. The shapes are those of `components/figure.html`.
MARKS: dict[str, str] = {
    "improvement": signals.MEANINGS["improvement"],
    "concern": signals.MEANINGS["concern"],
    "signal": signals.MEANINGS["question"],
    "none": "Within the usual range",
    "unknown": "Cannot be said yet",
}
#: Marks of an indicator whose latest reading is worth asking about.
ASKED_ABOUT = ("improvement", "concern", "signal")
HEADS = ("id", "title", "priority", "period", "value", "low", "high", "unit", "state", "verdict", "target", "target_verdict")


def page(found: dict[str, Any], plan: dict[str, Any] | None, home: str) -> dict[str, Any]:
    """Everything the template prints. found : of `reading.kpi.scorecard`; plan : the one that stands, None where none is public."""
    rows = {k["id"]: row(k, home) for k in found["kpis"]}
    titled = {p["ref"]: p for p in plan["priorities"]} if plan else {}
    refs = sorted({*titled, *(p["ref"] for p in found["priorities"])}, key=int)
    given = {p["ref"]: p for p in found["priorities"]}
    at = f"{home}plans/{plan['plan']['slug']}/" if plan else None
    return {
        "headline": headline(list(rows.values())),
        "marks": list(MARKS.items()),
        "has_lines": any(r["spark"] for r in rows.values()),
        "priorities": [
            {
                "ref": ref,
                "title": titled[ref]["title"] if ref in titled else given[ref]["title"],
                "url": f"{at}{ref}/" if ref in titled else None,
                "kpis": [rows[id] for id in (given[ref]["kpis"] if ref in given else ())],
                "without": without(titled.get(ref), found["kpis"]),
            }
            for ref in refs
        ],
    }


def headline(rows: Sequence[dict[str, Any]]) -> str:
    """The message: how many are worth asking about, and how many say nothing yet."""
    if not rows:
        return "No indicator had been adopted by this day"
    asked, usual = (sum(r["mark"] in marks for r in rows) for marks in (ASKED_ABOUT, ("none",)))
    unknown = len(rows) - asked - usual
    told = [
        f"{number(n)} {'is' if n == 1 else 'are'} {words}"
        for n, words in ((asked, "worth asking about"), (usual, "within the usual range"))
        if n
    ]
    of = f"Of {count(len(rows), 'indicator')}"
    if not told:
        return f"{of} nothing can be said yet"
    return f"{of}, {listed(told)}" + (f"; of the other {number(unknown)} nothing can be said yet" if unknown else "")


def without(priority: dict[str, Any] | None, kpis: Iterable[dict[str, Any]]) -> str | None:
    """The work areas of a priority that no indicator measures; None where every one has its own, or none is adopted at all."""
    measured = {ref for k in kpis for ref in k["work_areas"]}
    if priority is None or not measured:
        return None
    left = [f"{w['ref']} {w['title']}" for w in priority["work_areas"] if w["ref"] not in measured]
    return listed(left) if left else None


def row(k: dict[str, Any], home: str, *, key: str = "") -> dict[str, Any]:
    """One indicator: name, sentence, small line, mark and target.

    k : of `reading.kpi.about`;  key : tells apart the lines of an indicator that stands on a page more than once
    """
    mark = mark_of(k)
    return {
        "id": k["id"],
        "title": k["title"],
        "url": f"{home}performance/{k['id']}/",
        "sentence": sentence(k),
        "spark": small_line(k, key=key),
        "blank": "" if k["latest"] is None else blank_words(k),
        "mark": mark,
        "mark_words": MARKS[mark],
        "target_words": target_words(k),
        "target_is_example": bool(k.get("target_is_example")),
        "is_example": k["latest"] is not None and k["latest"]["is_example"],
    }


def mark_of(k: dict[str, Any]) -> str:
    """What the latest reading is marked with: a name of `MARKS`."""
    if k["signal"] is not None:
        bad = rules.is_bad(k["polarity"], k["signal"]["direction"])
        return "signal" if bad is None else "concern" if bad else "improvement"
    return "unknown" if signals.known(k["chart"]) is None else "none"


def sentence(k: dict[str, Any]) -> str:
    """The latest value with its period, and what the one test says of a change."""
    if k["latest"] is None:
        return str(k["why"])
    return f"{latest_words(k)} {k['verdict_words']}"


def latest_words(k: dict[str, Any]) -> str:
    """ "87.3% of referrals in October to December 2025 (95% interval 81.6 to 91.4)." """
    latest = k["latest"]
    between = f" (95% interval {plain(latest['low'])} to {plain(latest['high'])})" if show_interval(k) else ""
    return f"{value_words(latest['value'], k['unit'])} in {latest['period_words']}{between}."


def show_interval(k: dict[str, Any]) -> bool:
    """Shares and rates carry their interval; a plain count of what was recorded stands for itself."""
    return k["per"] != 1 and k["latest"]["low"] is not None


def target_words(k: dict[str, Any]) -> str:
    """What is aimed at and whether it will be met; for one that is only watched, why it has no target."""
    if k["target"] is None:
        return f"{capital(rules.TARGET_VERDICTS[k['target_verdict']])}: {k['target_words'][:1].lower()}{k['target_words'][1:]}"
    return str(k["target_words"])


def blank_words(k: dict[str, Any]) -> str:
    """What stands where a line would: how many readings there are."""
    held = len(k["series"])
    return f"{capital(number(held))} {'reading' if held == 1 else 'readings'}: too few for a line."


def small_line(k: dict[str, Any], *, key: str = "") -> str | None:
    """The months charted as a small line with its usual range; None where there are too few readings for one."""
    limits = signals.known(k["chart"])
    if limits is None or k["latest"] is None:
        return None
    values = {point["period"]: point["value"] for point in k["series"]}
    months = k["chart_periods"]
    marked = signals.marks(signals.found(months, k["chart"]), k["polarity"])
    return charts.sparkline(
        [values.get(month) for month in months],
        title=f"{k['title']}, the last two years",
        desc=f"{latest_words(k)} The usual range is {plain(round(limits.low))} to {plain(round(limits.high))}.",
        limits=limits,
        marked={i: marked[month] for i, month in enumerate(months) if month in marked},
        width=330,
        height=64,
        key=key,
    )


def table(found: dict[str, Any]) -> Table:
    """The scorecard as CSV: one row for each indicator with its latest reading."""
    return Table(HEADS, [_cells(k) for k in found["kpis"]])


def _cells(k: dict[str, Any]) -> list[Any]:
    latest = k["latest"] or dict.fromkeys(("period", "value", "low", "high", "state"))
    return [(latest | k)[head] for head in HEADS]
