"""One topic in one area: its message, its months, and how it stands beside areas of its kind."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404

from csplan.cycle import kpi
from csplan.cycle.periods import Period
from csplan.evidence import catalogue, types
from csplan.evidence.catalogue import Indicator
from csplan.evidence.findings_shapes import AreaFindings, TopicFinding
from csplan.evidence.plain_words import months_said
from csplan.website.answers import Table
from csplan.website.pages import maps, pictures, summary
from csplan.website.pages.area import around
from csplan.website.pages.ground import Ground

#: Said of a count whose direction may be judged, and which still is not everything that happened.
IN_PART = "Only in part: it counts what was reported to the police or found by them, and recorded."
#: A smaller part is not said as a number.
LEAST_SAID = 0.01
#: What stands after a percentage, by verdict.
FELL_OR_ROSE = {"down": "fewer", "up": "more"}


def of(findings: AreaFindings, topic: str) -> TopicFinding:
    """The finding of a type; 404 naming the types there are."""
    try:
        return findings.topic(topic)
    except KeyError:
        listed = ", ".join(t.topic for t in findings.topics)
        raise Http404(f"There is no topic “{topic}”. Choose one of: {listed}.") from None


def facts(findings: AreaFindings, t: TopicFinding) -> dict[str, Any]:
    """The topic as data: the keys of an area, with one `topic` in place of all."""
    found = {name: value for name, value in findings.as_json().items() if name not in ("topics", "recorded")}
    return found | {"topic": t.as_json()}


def page(
    findings: AreaFindings, t: TopicFinding, *, ground: Ground, months: Sequence[str], unplaced: str, base: str
) -> dict[str, Any]:
    """Everything the template prints.

    unplaced : how many rows carry no area, as a sentence;  base : the address of the pages of facts and figures
    """
    area = findings.area
    return {
        "title": t.title,
        "place": area.name,
        "place_path": f"{base}areas/{area.code}/",
        "around_crumbs": [(one["name"], one["path"]) for one in reversed(around(area, base))],
        "head": t.headline,
        "lede": t.words,
        "change": t.change.words,
        "comparison": t.comparison.words,
        "numbers_shown": headline(t, findings.period),
        "control": pictures.control(t, area.name),
        "signals": pictures.signals_words(t),
        "locator": maps.locate(area, ground),
        "method": method(t) | {"unplaced": unplaced},
        "held": summary.held_words_of(area.name, months),
        "others": [
            {"name": other.title, "path": f"{base}areas/{area.code}/{other.topic}/"}
            for other in findings.topics
            if other is not t
        ],
        "county_path": f"{base}topics/{t.topic}/",
        "insight": base,
    }


def headline(t: TopicFinding, period: Period) -> list[dict[str, str]]:
    """Count, rate and change as big figures, each with what it needs beside it."""
    kind = types.get(t.topic)
    noun = kind.noun_singular if t.count == 1 else kind.noun_plural
    count = "–" if t.count is None else f"{t.count:,}"
    share = share_words(t.share) if t.share is not None and t.count else t.why
    out = [{"value": count, "unit": "", "words": f"{noun} recorded {summary.when(period)}", "more": share}]
    if pictures.is_rated(t) and t.denominator is not None:
        words = f"{t.denominator.id.split('-')[0]}, {summary.when(period)}"
        out.append(
            {"value": f"{t.rate:.1f}", "unit": f"per {t.per:,}", "words": words, "more": f"between {t.low:.1f} and {t.high:.1f}"}
        )
    if t.change.verdict in FELL_OR_ROSE and t.change.percent is not None:
        out.append(changed(t))
    if t.comparison.group_rate is not None and pictures.is_rated(t):
        out.append(together(t))
    return out


def share_words(share: float) -> str:
    """How large a part of everything recorded there."""
    told = f"{100 * share:.0f}%" if share >= LEAST_SAID else "Less than 1%"
    return f"{told} of everything recorded"


def together(t: TopicFinding) -> dict[str, str]:
    """The rate of all areas compared, and where this one lies."""
    return {
        "value": f"{t.comparison.group_rate:.1f}",
        "unit": f"per {t.per:,}",
        "words": f"in all of {t.comparison.group} together",
        "more": f"This place lies {kpi.COMPARISONS[t.comparison.verdict].removesuffix(' of its group')}",
    }


def changed(t: TopicFinding) -> dict[str, str]:
    """A change that the test told, with its interval."""
    c, way = t.change, FELL_OR_ROSE[t.change.verdict]
    assert c.percent is not None and c.low is not None and c.high is not None
    near, far = sorted((abs(c.low), abs(c.high)))
    return {
        "value": f"{abs(c.percent):.0f}%",
        "unit": way,
        "words": f"a day in {months_said(c.after_months)} than in {months_said(c.before_months)}",
        "more": f"between {near:.0f}% and {far:.0f}% {way}",
    }


def indicator_of(t: TopicFinding) -> Indicator:
    """The indicator that counts a type."""
    return catalogue.of_topic(t.topic)


def method(t: TopicFinding) -> dict[str, Any]:
    """What is counted, what must be said beside it, and where the definition stands."""
    indicator = indicator_of(t)
    incidence = types.get(t.topic).polarity_reason or IN_PART
    return {
        "id": indicator.id,
        "numerator": indicator.numerator,
        "method": indicator.method,
        "incidence": incidence,
        "caveats": [sentence for sentence in indicator.caveats if sentence != incidence],
        "proxy_of": catalogue.get(indicator.proxy_of).title if indicator.proxy_of else None,
    }


def table(findings: AreaFindings, t: TopicFinding) -> Table:
    """The page as CSV: one row for each month held."""
    rows = [(findings.area.code, findings.area.name, t.topic, month, n) for month, n in sorted(t.series.items())]
    return Table(("area", "name", "topic", "month", "count"), rows)
