"""The indicators as they stood at an instant: each with its latest reading, what may be said of it, and its target."""

from datetime import date, datetime
from typing import Any

from csplan.cycle import clock, periods
from csplan.cycle import kpi as rules
from csplan.documents.signals import in_words
from csplan.evidence.findings_shapes import AreaFindings, ChangeFinding
from csplan.records import lookup
from csplan.records.models import Kpi, Partnership, PlanVersion, Reading
from csplan.records.models.record import Viewer
from csplan.records.reading import kpi_series
from csplan.records.reading.kpi_series import Series

NOT_RETURNED = "No reading has been returned and approved yet."
FEW_READINGS = "Too few readings to tell a change."


def scorecard(partnership: Partnership, *, viewer: Viewer, at: datetime, findings: AreaFindings | None = None) -> dict[str, Any]:
    """Every indicator under the keys of CONTRACT 3, and the same by priority.

    findings : what the evidence found in the partnership's area on that day; the verdict of a computed indicator is its
        topic's, the same as on every other page. Without it no verdict is given.
    kpis : [{id, title, priority, latest, signal, verdict, target_verdict, series, …}]
    priorities : [{ref, title, kpis: [id]}], titles as the plan in force has them
    """
    rows = [about(kpi, viewer=viewer, at=at, findings=findings) for kpi in _held(partnership, viewer, at)]
    titles = _priority_titles(partnership, viewer, at)
    refs = sorted({*titles, *(row["priority"] for row in rows)}, key=int)
    groups = [{"ref": r, "title": titles.get(r), "kpis": [row["id"] for row in rows if row["priority"] == r]} for r in refs]
    return {"kpis": rows, "priorities": groups}


def kpi(
    partnership: Partnership, ref: str, *, viewer: Viewer, at: datetime, findings: AreaFindings | None = None
) -> dict[str, Any]:
    """One indicator: what `about` gives under `kpi`, and its readings, last first, with the months worth asking about."""
    found = find(partnership, ref, viewer=viewer, at=at)
    series = kpi_series.series(found, viewer=viewer, at=at)
    marked = {period: signal.kind for signal in series.signals for period in signal.months}
    return {
        "kpi": about(found, viewer=viewer, at=at, findings=findings),
        "readings": [reading(r, at) | {"signal": marked.get(r.period)} for r in reversed(series.readings)],
        "signals": [{"kind": s.kind, "direction": s.direction, "months": list(s.months)} for s in series.signals],
        "signals_words": in_words(series.signals) if series.chart else None,
    }


def find(partnership: Partnership, ref: str, *, viewer: Viewer, at: datetime) -> Kpi:
    """The indicator itself, for a page and for `actions.reading`."""
    return lookup.one(_held(partnership, viewer, at), f"indicator “{ref}”", ref=ref)


def measured(partnership: Partnership, *, viewer: Viewer, at: datetime) -> frozenset[str]:
    """The references of the indicators of which some reading may be seen."""
    held = Reading.objects.visible_to(viewer, at).filter(kpi__in=_held(partnership, viewer, at))
    return frozenset(held.values_list("kpi__ref", flat=True))


def waiting(partnership: Partnership, *, viewer: Viewer, at: datetime) -> list[dict[str, Any]]:
    """Submitted readings that wait for approval; `may_approve` is false for the person who submitted one."""
    held = Reading.objects.visible_to(viewer, at).filter(kpi__partnership=partnership, source="submitted")
    held = held.exclude(approval__approved_at__lte=at).select_related("kpi", "recorded_by").order_by("recorded_at")
    return [
        {
            "kpi": r.kpi.ref,
            "title": r.kpi.title,
            **reading(r, at),
            "may_approve": viewer is not None and r.recorded_by_id != viewer.pk,
        }
        for r in held
    ]


def due(partnership: Partnership, *, viewer: Viewer, at: datetime) -> list[dict[str, Any]]:
    """Indicators whose last ended period has no reading: {kpi, title, period, due_on, body}, the earliest due first."""
    lines = []
    for row in _held(partnership, viewer, at).filter(computed_from="").select_related("body"):
        period = kpi_series.last_period(row.frequency, at)
        if not Reading.objects.filter(kpi=row, period=period, recorded_at__lte=at).exists():
            lines.append(
                {
                    "kpi": row.ref,
                    "title": row.title,
                    "period": period,
                    "period_words": periods.parse(period).title,
                    "due_on": rules.due_on(period),
                    "body": row.body.code,
                }
            )
    return sorted(lines, key=lambda line: (line["due_on"], line["kpi"]))


def about(row: Kpi, *, viewer: Viewer, at: datetime, findings: AreaFindings | None) -> dict[str, Any]:
    """An indicator with its latest reading and what may be said of it."""
    series = kpi_series.series(row, viewer=viewer, at=at)
    latest = series.readings[-1] if series.readings else None
    change = _change(row, findings)
    verdict, verdict_words = _verdict(row, change, series)
    target_verdict, target_words = _target(row, series, clock.day_of(at))
    return {
        "id": row.ref,
        "title": row.title,
        "priority": row.priority_ref,
        "work_areas": row.work_areas,
        "definition": row.definition,
        "kind": row.kind,
        "polarity": row.polarity,
        "polarity_words": rules.POLARITIES[row.polarity],
        "polarity_reason": row.polarity_reason or None,
        "band": [row.band_low, row.band_high] if row.band_low is not None else None,
        "unit": row.unit,
        "per": row.per,
        "frequency": row.frequency,
        "owner": row.owner.title,
        "body": row.body.name if row.body else None,
        "body_code": row.body.code if row.body else None,
        "source": row.source,
        "numerator_words": row.numerator or None,
        "denominator_words": row.denominator or None,
        "lag_days": row.lag_days,
        "computed_from": row.computed_from or None,
        "caveat": row.caveat or None,
        "baseline": row.baseline,
        "baseline_words": row.baseline_words or None,
        "target": row.target,
        "target_on": row.target_on,
        "target_is_past": row.target_on is not None and row.target_on < clock.day_of(at),
        "target_is_example": row.target is not None and row.is_example,
        "monitor_only_reason": row.monitor_only_reason or None,
        "is_example": row.is_example,
        "latest": reading(latest, at) if latest else None,
        "why": None if latest else NOT_RETURNED,
        "signal": _signal(series),
        "verdict": verdict,
        "verdict_words": verdict_words,
        "target_verdict": target_verdict,
        "target_words": target_words,
        "chart": series.chart,
        "chart_periods": list(series.chart_periods),
        "series": [{"period": r.period, "value": r.value} for r in series.readings],
    }


def reading(row: Reading, at: datetime) -> dict[str, Any]:
    """A reading with its state."""
    return {
        "period": row.period,
        "period_words": periods.parse(row.period).title,
        "value": row.value,
        "low": row.low,
        "high": row.high,
        "numerator": row.numerator,
        "denominator": row.denominator,
        "state": row.state(at),
        "source": row.source,
        "observation": row.observation or None,
        "commentary": row.commentary or None,
        "is_example": row.is_example,
        "recorded_at": row.recorded_at,
    }


def _held(partnership: Partnership, viewer: Viewer, at: datetime) -> Any:
    return Kpi.objects.visible_to(viewer, at).filter(partnership=partnership).select_related("owner", "body")


def _change(row: Kpi, findings: AreaFindings | None) -> ChangeFinding | None:
    """What the evidence says of the topic that an indicator is computed from."""
    if findings is None or not row.computed_from:
        return None
    topic = row.computed_from.split(".")[0].removeprefix("recorded-")
    return next((finding.change for finding in findings.topics if finding.topic == topic), None)


def _verdict(row: Kpi, change: ChangeFinding | None, series: Series) -> tuple[str, str]:
    """The verdict of the one test, and its sentence."""
    if change is not None:
        return change.verdict, change.words
    if row.computed_from or not series.readings:
        return "not_held", NOT_RETURNED if not series.readings else f"{rules.VERDICTS['not_held'].capitalize()}."
    return "too_few", FEW_READINGS


def _target(row: Kpi, series: Series, day: date) -> tuple[str, str]:
    """Whether the target will be met if nothing changes, and its sentence; in the past tense once its day has gone."""
    chart = series.chart
    verdict = rules.target_verdict(
        low=chart.low if chart else None,
        high=chart.high if chart else None,
        target=row.target,
        polarity=row.polarity,
        is_monitored_only=bool(row.monitor_only_reason),
    )
    if verdict == "monitor_only":
        return verdict, row.monitor_only_reason
    if row.target is not None and row.target_on and row.target_on < day:
        was_set = f"The target of {row.target:g} was set for {periods.month_in_words(f'{row.target_on:%Y-%m}')}; "
        return verdict, was_set + _after_its_day(row, verdict, chart is not None)
    if verdict == "may_meet" and chart is None:
        return verdict, f"The target is {row.target:g}. Too few readings to say whether it will be met."
    return verdict, f"The target of {row.target:g} {rules.TARGET_VERDICTS[verdict]}."


def _after_its_day(row: Kpi, verdict: str, has_range: bool) -> str:
    """What is said of a target whose day has gone: where the usual range lies against it, or that nothing can be said."""
    if not has_range:
        return "too few readings are held to say whether it was met."
    return rules.PAST_TARGETS.get(verdict, "it is not judged.")


def _signal(series: Series) -> dict[str, Any] | None:
    """The signal that the latest reading is part of; null where it is part of none."""
    last = series.readings[-1].period if series.readings else None
    found = next((s for s in series.signals if last in s.months), None)
    return {"kind": found.kind, "direction": found.direction, "months": list(found.months)} if found else None


def _priority_titles(partnership: Partnership, viewer: Viewer, at: datetime) -> dict[str, str]:
    """{ref: title} of the priorities in the newest version that stands."""
    versions = PlanVersion.objects.visible_to(viewer, at).filter(plan__partnership=partnership)
    shown = versions.filter(publication__published_at__lte=at).order_by("-publication__published_at").first() or versions.last()
    return {p.ref: p.title for p in shown.priorities.all()} if shown else {}
