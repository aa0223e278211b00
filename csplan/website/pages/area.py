"""The profile of one area: what its page shows beside the facts of CONTRACT.md section 3."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from csplan.cycle import calendar
from csplan.cycle.periods import Period
from csplan.evidence import areas, types
from csplan.evidence.areas import SMALL, Area, Profile
from csplan.evidence.findings_shapes import AreaFindings, TopicFinding
from csplan.evidence.plain_words import capital, how_many, number
from csplan.website.answers import Table
from csplan.website.pages import maps, pictures, summary
from csplan.website.pages.ground import Ground

#: What a kind of area is called, and what it is.
KINDS = {
    "district": ("Area profile", "District"),
    "csp": ("Area profile", "Community safety partnership"),  # of several districts that act as one
    "msoa": ("Neighbourhood profile", "Middle layer super output area"),
    "lsoa": ("Small area profile", "Lower layer super output area"),
    "division": ("Division profile", "Electoral division"),
    "local": ("Local area profile", "Area drawn by the partnership,"),
}
NAMED_BY = {"msoa": " Named by the House of Commons Library."}
#: Kinds that may be the whole area of a partnership.
WHOLE_AREAS = ("district", "csp")
#: Below this share of people the fit of whole small areas to an area is said.
WHOLE = 0.995
VISITORS = (
    "Crime in town centres is counted where it happens, and many who are there live elsewhere: a high rate for each resident "
    "may come from visitors, shops and pubs."
)
#: Topics in big figures at the head of the page.
HEADLINE_TOPICS, BURGLARY = 3, "burglary"
TENURE = {
    "owned_outright": "Owned outright",
    "owned_with_mortgage": "Owned with a mortgage",
    "social_rent": "Rented from a council or housing association",
    "private_rent": "Rented privately",
    "rent_free": "Lived in rent free",
}
CSV_HEADS = (
    *("area", "name", "from", "to", "topic", "title", "status", "count", "rate", "low", "high", "per", "denominator"),
    *("change_percent", "change_low", "change_high", "change_p_value", "change_verdict", "comparison", "comparison_group"),
)


def page(findings: AreaFindings, *, ground: Ground, months: Sequence[str], day: date, base: str) -> dict[str, Any]:
    """Everything the template prints.

    months : every month held on the day;  base : the address of the pages of facts and figures, such as /county-durham/insight/
    """
    area, profile = findings.area, areas.profile(findings.area.code, day)
    eyebrow, _ = KINDS[area.type]
    ordered = summary.by_count(findings)
    shown = headline(findings, ordered, profile)
    return {
        "title": area.name,
        "eyebrow": eyebrow,
        "lede": f"{people_words(profile)}{summary.recorded_words(findings, 'here')}",
        "about": about_words(profile),
        "ended": ended_words(area, day),
        "locator": maps.locate(area, ground) or maps.doors(ground, base),
        "numbers_head": numbers_head(findings.period, shown),
        "numbers_shown": shown,
        "beside": pictures.beside_others(findings),
        "rates": pictures.rates_table(findings),
        "not_compared": not_compared(findings),
        "changes": summary.changes_words(findings),
        "changed": [t.change.words for t in ordered if t.change.verdict in ("up", "down")],
        "rows": summary.rows(findings, ordered, area.name, f"{base}areas/{area.code}/{{}}/"),
        "lines": summary.lines_words(findings.period),
        "lives": lives(profile, day),
        "tenure": tenure_table(profile),
        "inside": inside(area, base),
        "around": around(area, base),
        "around_crumbs": [(one["name"], one["path"]) for one in reversed(around(area, base))],
        "held": summary.held_words_of(area.name, months),
        "quote": before_you_quote(findings, months, profile, ground),
        "papers": f"{base.removesuffix('insight/')}factsheets/{area.code}",
        "insight": base,
    }


def people_words(profile: Profile) -> str:
    """How many live there, as a sentence that leads to the next; empty while it was not published."""
    if profile.residents is None or profile.households is None:
        return ""
    lived = f"{profile.residents.value:,} people lived here at the census of {profile.residents.year}"
    return f"{lived}, in {profile.households.value:,} households. "


def about_words(profile: Profile) -> str:
    """What the area is, officially."""
    area = profile.area
    made_of = "" if profile.lsoas == 1 else f", made of {number(profile.lsoas)} small areas"
    return f"{KINDS[area.type][1]} {area.code}{made_of}.{NAMED_BY.get(area.type, '')}"


def ended_words(area: Area, day: date) -> str | None:
    """That a division is no longer in force on the day, if so."""
    if area.type not in ("division", "local") or area.code in areas.members(area.type, day):
        return None
    return f"This {'division' if area.type == 'division' else 'area'} was not in force on {calendar.in_words(day)}. Its boundaries were drawn anew."


def headline(findings: AreaFindings, ordered: Sequence[TopicFinding], profile: Profile) -> list[dict[str, str]]:
    """The big figures: all that was recorded, the most frequent types, burglary, and deprivation."""
    when = summary.when(findings.period)
    total = "–" if findings.recorded is None else f"{findings.recorded:,}"
    out = [
        {"value": total, "unit": "", "words": f"crimes and incidents recorded {when}", "more": "Anti-social behaviour included"}
    ]
    # Large counts take more room, and the county's are large.
    most = HEADLINE_TOPICS - 1 if findings.area.type in WHOLE_AREAS else HEADLINE_TOPICS
    shown = [t for t in ordered if t.topic != BURGLARY][: most - 1]
    out += [big_figure(t) for t in (*shown, findings.topic(BURGLARY))]
    if profile.deciles is not None:
        out.append(most_deprived(profile, profile.deciles))
    return out


def numbers_head(period: Period, numbers: Sequence[object]) -> str:
    """What the big figures are of."""
    return f"{'The year' if len(period.id) == 4 else capital(period.title)} in {number(len(numbers))} numbers"


def big_figure(t: TopicFinding) -> dict[str, str]:
    """A type's count with its rate and interval, or why there is none."""
    if not pictures.is_rated(t) or t.denominator is None:
        more = t.why or capital(pictures.TOO_FEW)
    else:
        more = f"{t.rate:.1f} per {t.per:,} {t.denominator.id.split('-')[0]}, between {t.low:.1f} and {t.high:.1f}"
    words = _of(t).noun_singular if t.count == 1 else _of(t).noun_plural
    return {"value": "–" if t.count is None else f"{t.count:,}", "unit": "", "words": words, "more": more}


def _of(t: TopicFinding) -> types.Type:
    return types.get(t.topic)


def most_deprived(profile: Profile, deciles: tuple[int, ...]) -> dict[str, str]:
    """How many small areas are in England's most deprived tenth; of a small area, its own tenth."""
    source = "Indices of Deprivation 2025"
    if profile.lsoas == 1:
        words = "tenth of England by deprivation, where 1 is the most deprived"
        return {"value": str(deciles.index(1) + 1), "unit": "of 10", "words": words, "more": source}
    words = "small areas in England’s most deprived tenth"
    return {"value": str(deciles[0]), "unit": f"of {profile.lsoas}", "words": words, "more": source}


def not_compared(findings: AreaFindings) -> list[str]:
    """Why a type is not compared, each reason once."""
    return list(dict.fromkeys(t.comparison.why for t in findings.topics if t.comparison.verdict == "not_compared"))


def lives(profile: Profile, day: date) -> list[tuple[str, str]]:
    """Who lives here, as names and values."""
    if profile.residents is None or profile.households is None:
        return [("Residents", f"Not held here for areas of this size on {calendar.in_words(day)}")]
    out = [
        ("Residents", f"{profile.residents.value:,} (Census {profile.residents.year})"),
        ("Households", f"{profile.households.value:,} (Census {profile.households.year})"),
    ]
    if profile.deciles is None:
        return out
    if profile.lsoas == 1:
        words = f"Tenth {profile.deciles.index(1) + 1} of 10 in England, where 1 is the most deprived"
    else:
        most, half = profile.deciles[0], sum(profile.deciles[5:])
        are = "is" if most == 1 else "are"
        words = f"{capital(how_many(most))} of {number(profile.lsoas)} small areas {are} in England’s most deprived tenth, "
        words += f"{how_many(half)} in its less deprived half"
    return [*out, ("Deprivation", f"{words} (Indices of Deprivation 2025)")]


def tenure_table(profile: Profile) -> dict[str, Any] | None:
    """How homes are held; None where it is not carried or not published yet."""
    if not profile.tenure:
        return None
    total = sum(profile.tenure.values())
    return {
        "caption": "How people hold their homes, Census 2021",
        "heads": ["Tenure", "Households", "Share"],
        "rows": [(TENURE[name], f"{n:,}", f"{100 * n / total:.0f}%") for name, n in profile.tenure.items()],
        "numeric": (1, 2),
    }


def inside(area: Area, base: str) -> list[dict[str, str]]:
    """The small areas it is made of; none for the county and for a small area itself."""
    if area.type not in ("msoa", "division", "local"):
        return []
    some = sorted((areas.get(code) for code in areas.lsoas(area.code)), key=lambda a: (a.name, a.code))
    return [{"name": a.name, "path": f"{base}areas/{a.code}/"} for a in some]


def around(area: Area, base: str) -> list[dict[str, str]]:
    """What it lies in, the nearest first, up to the district."""
    out = []
    while area.type in SMALL and area.parent:
        area = areas.get(area.parent)
        out.append({"name": area.name, "path": f"{base}areas/{area.code}/"})
    return out


def before_you_quote(findings: AreaFindings, months: Sequence[str], profile: Profile, ground: Ground) -> list[str]:
    """What must be said beside the figures."""
    area, gaps = findings.area, summary.gap_words(months)
    out = [
        "Recorded crime is what was reported and recorded. It is not all crime.",
        "The police move each published point to a nearby map point, so an event close to an edge may be counted next door.",
    ]
    if gaps:
        out.append(f"Months not held are gaps, never zeros. Not held between the first and the last: {gaps}.")
    if area.type in WHOLE_AREAS:
        return [*out, *ground.caveats]
    out.append("Do not rank areas on these rates: most intervals overlap.")
    out.append(VISITORS)
    fitted = areas.share_fitted(area.code)
    if fitted < WHOLE:
        out.append(f"The figures are sums of whole small areas, which hold {100 * fitted:.0f}% of the division’s people.")
    if profile.lsoas == 1:
        out.append("Small counts swing by chance: look at a year or more, never at one month.")
    return out


def table(findings: AreaFindings) -> Table:
    """The page as CSV: one row for each type."""
    where = (findings.area.code, findings.area.name, findings.period.from_month, findings.period.to_month)
    return Table(CSV_HEADS, [(*where, t.topic, t.title, *_measured(t), *_judged(t)) for t in findings.topics])


def _measured(t: TopicFinding) -> tuple[object, ...]:
    return t.status, t.count, t.rate, t.low, t.high, t.per, t.denominator.label if t.denominator else None


def _judged(t: TopicFinding) -> tuple[object, ...]:
    change = (t.change.percent, t.change.low, t.change.high, t.change.p_value, t.change.verdict)
    return *change, t.comparison.verdict, t.comparison.group
