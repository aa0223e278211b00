"""What the findings of an area come to, in a sentence or two: for the head of a page and for home."""

from collections.abc import Sequence
from typing import Any

from csplan.cycle import periods
from csplan.cycle.periods import Period
from csplan.evidence import types
from csplan.evidence.findings_shapes import AreaFindings, TopicFinding
from csplan.evidence.plain_words import capital, listed, months_said, number, same_months_said
from csplan.website.pages.pictures import small_line


def when(period: Period) -> str:
    """ "in 2025", "from October 2018 to February 2019"."""
    if len(period.id) == 4 or period.from_month == period.to_month:
        return f"in {period.id if len(period.id) == 4 else period.title}"
    return f"from {period.title}"


def recorded_words(findings: AreaFindings, where: str) -> str:
    """How much was recorded in all. where : “here”, “in County Durham”"""
    if findings.recorded is None:
        return f"Not every month of {findings.period.title} is held, so no total is given."
    return f"Police recorded {findings.recorded:,} crimes and anti-social behaviour incidents {where} {when(findings.period)}."


def changes_words(findings: AreaFindings) -> str:
    """How many types rose and fell by the one test, and of how many that cannot be said."""
    first = findings.topics[0].change
    if all(t.change.verdict == "not_held" for t in findings.topics):
        return first.words
    rose, fell = (_titles(findings.topics, verdict) for verdict in ("up", "down"))
    span = f"From {months_said(first.before_months)} to {same_months_said(first.after_months)}"
    told = [f"{listed(some)} {verb}" for some, verb in ((fell, "fell"), (rose, "rose")) if some]
    others = len(findings.topics) - len(rose) - len(fell)
    rest = f"of the other {number(others)} types" if told else f"of the {number(others)} types"
    nothing = f"for {rest.removeprefix('of ')} there is no clear change, or too few to tell"
    return f"{span}, {' and '.join(told)}; {nothing}." if told else f"{span} there is no type of which a change can be told."


def _titles(topics: Sequence[TopicFinding], verdict: str) -> list[str]:
    return [_small(t.title) for t in topics if t.change.verdict == verdict]


def _small(title: str) -> str:
    return title[:1].lower() + title[1:]


def rows(findings: AreaFindings, topics: Sequence[TopicFinding], place: str, address: str) -> list[dict[str, Any]]:
    """Topics as rows: name, address (`{}` in `address` stands for the topic), how many and what changed, and the small line."""
    return [
        {
            "title": t.title,
            "path": address.format(t.topic),
            "words": row_words(t, findings.period),
            "line": small_line(t, findings.period, place),
        }
        for t in topics
    ]


def row_words(t: TopicFinding, period: Period) -> str:
    """ "2,248 in 2025. January to April: down 15%, fewer than before (861 to 735)"."""
    count = "Not held" if t.count is None else f"{t.count:,} {when(period)}"
    if t.change.verdict == "not_held":
        return f"{count}. No months to compare are held"
    return f"{count}. {_months(t.change.after_months)}: {t.change.brief}"


def _months(months: Sequence[str]) -> str:
    """ "January to April", the year left out where there is one."""
    return months_said(months).removesuffix(f" {months[0][:4]}") if len({m[:4] for m in months}) == 1 else months_said(months)


def lines_words(period: Period) -> str:
    """What the small lines are."""
    return (
        f"Lines: monthly counts, {period.title}, each on its own scale and not from zero. Band: the usual range of a month. Marked points "
        f"are worth asking about. No band is drawn where an average month has fewer than five. Source: data.police.uk."
    )


def held_words(months: Sequence[str]) -> str:
    """Which months are held, as stretches: "January to November 2014, October 2018 to February 2019 and …"."""
    return months_said(months) if months else "none"


def held_words_of(name: str, months: Sequence[str]) -> str:
    """The same with the source, for the foot of a page."""
    return f"Street-level crime from data.police.uk. Months held of {name}: {held_words(months)}."


def gap_words(months: Sequence[str]) -> str | None:
    """The stretches between the first and last month held that are not; None where there is no gap."""
    gaps = [m for m in periods.between(months[0], months[-1]) if m not in set(months)] if months else []
    return capital(months_said(gaps)) if gaps else None


def by_count(findings: AreaFindings) -> list[TopicFinding]:
    """Topics, the most frequent first."""
    return sorted(findings.topics, key=lambda t: (-(t.count or 0), t.title))


def chosen(findings: AreaFindings, slugs: Sequence[str]) -> list[TopicFinding]:
    """The topics named, in that order."""
    return [findings.topic(types.get(slug).slug) for slug in slugs]
