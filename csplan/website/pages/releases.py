"""Where the numbers come from: releases with their fingerprints, months held and missing, and the tables carried along."""

from datetime import date
from pathlib import Path
from typing import Any

from csplan.cycle import calendar, periods
from csplan.cycle.periods import Period
from csplan.evidence import areas, carried, count, editions, sources, types
from csplan.evidence.areas import Area
from csplan.evidence.places import COUNTRY_FIGURES, partnership_folder
from csplan.evidence.plain_words import capital, number
from csplan.evidence.trace import with_units
from csplan.evidence.view import View
from csplan.website.answers import Table
from csplan.website.pages import events, summary

#: A fingerprint is told apart by its beginning; the whole of it stands in the JSON.
SHOWN = 12
NOT_HELD = "not held"
#: Said of a carried table that also holds months later than the day read.
SOURCE_IN_PART = "police.uk street-level files of the months held on this day"
HOW_IN_PART = (
    "Only the months held on this day are shown. The file that the program carries also holds later months; they are not "
    "shown on this day."
)


def facts(view: View, partnership: Any, day: date) -> dict[str, Any]:
    """The facts of the page, for JSON too.

    releases : [{key, sha256, units [{path, sha256}]}] behind the figures shown on the day
    months : {held, missing} of the county;  tables : what is carried and was published by the day, in whole or `in_part`
    loaded : tables of other publishers that were taken in by the day: {source, title, publisher, licence, part, edition, rows, sha256}
    """
    county = areas.get(partnership.area_code)
    return {
        "area": {"code": county.code, "name": county.name, "type": county.type},
        "releases": with_units(view.store.manifest(), view, county.code, view.releases(county.code, view.months), view.months),
        "months": {"held": list(view.months), "missing": gaps(view.months)},
        "tables": [*tables(COUNTRY_FIGURES, day), *tables(partnership_folder(partnership.slug) / "figures", day)],
        "loaded": loaded(view, day),
        "downloads": downloads(partnership.slug, county),
        "events": events.listing(county.code, view.months, day),
    }


def loaded(view: View, day: date) -> list[dict[str, Any]]:
    """The tables that were loaded by the day, each with what its source is."""
    held = [u for u in editions.tables(view.store.manifest()) if u.received_at[:10] <= day.isoformat()]
    known = {s.name: s for s in sources.every(view.store.own_sources)} if held else {}
    return [
        {
            "source": u.source,
            "title": known[u.source].title if u.source in known else u.source,
            "publisher": known[u.source].publisher if u.source in known else None,
            "licence": known[u.source].licence if u.source in known else None,
            "part": u.force or None,
            "edition": u.month,
            "rows": u.rows_loaded,
            "sha256": u.sha256,
        }
        for u in held
    ]


def loaded_table(found: list[dict[str, Any]]) -> dict[str, Any] | None:
    """The same as the page prints it; None where none was loaded."""
    if not found:
        return None
    rows = [
        (
            t["title"],
            t["publisher"] or "–",
            " ".join(filter(None, (t["part"], t["edition"]))),
            f"{t['rows']:,}",
            t["sha256"][:SHOWN],
        )
        for t in found
    ]
    heads = ["Table", "Publisher", "Part and edition", "Rows", "Fingerprint"]
    return {"caption": "Tables of other publishers that are held", "heads": heads, "rows": rows, "numeric": (3,)}


def gaps(months: tuple[str, ...]) -> list[str]:
    """The months between the first and the last that are not held."""
    return [m for m in periods.between(months[0], months[-1]) if m not in months] if months else []


def tables(folder: Path, day: date) -> list[dict[str, Any]]:
    """The carried tables of a figures folder that were published by the day; of counts by month what holds on it."""
    if not (folder / "figures.toml").is_file():
        return []
    return [
        {
            "name": f.name,
            "title": f.title,
            "source": f.source if f.published_on <= day else SOURCE_IN_PART,
            "publisher": f.publisher,
            "licence": f.licence,
            "attribution": f.attribution,
            "published_on": f.published_on if f.published_on <= day else None,
            "in_part": f.published_on > day,
            "how": f.how if f.published_on <= day else HOW_IN_PART,
            "columns": dict(f.columns),
        }
        for f in carried.files(folder)
        if f.published_on <= day or f.name in (carried.COUNTS_BY_LSOA, carried.FORCE_MONTHS)
    ]


def downloads(slug: str, county: Area) -> list[dict[str, str]]:
    """Tables to take away, as CSV."""
    base = f"/{slug}/insight/"
    return [
        {"title": f"Every topic in {county.name}", "url": f"{base}areas/{county.code}.csv"},
        *({"title": f"{t.title} in every neighbourhood", "url": f"{base}topics/{t.slug}.csv"} for t in types.TYPES.values()),
    ]


def page(found: dict[str, Any], base: str) -> dict[str, Any]:
    """What only the HTML prints."""
    held = tuple(found["months"]["held"])
    return {
        "title": "Data and downloads",
        "held_words": summary.held_words(held),
        "gap_words": summary.gap_words(held),
        "calendar": months_table(held),
        "files": files_table(found["releases"]),
        "loaded_table": loaded_table(found["loaded"]),
        "published": [{**t, "published": published_words(t["published_on"])} for t in found["tables"]],
        "insight": base,
    }


def published_words(on: date | None) -> str | None:
    """The day a table came out; None where it also holds what came out later."""
    return calendar.in_words(on) if on else None


def months_table(held: tuple[str, ...]) -> dict[str, Any] | None:
    """A row for each year from the first month held to the last, with a word for each month; None where none is held."""
    if not held:
        return None
    first, last = held[0], held[-1]
    years = [str(year) for year in range(int(first[:4]), int(last[:4]) + 1)]

    def words(month: str) -> str:
        if month in held:
            return "held"
        return "–" if month < first or month > last else NOT_HELD

    return {
        "caption": "Months of police figures held",
        "sub": "A month that is not held is a gap, never a zero.",
        "heads": ["Year", *(name[:3] for name in periods.MONTH_NAMES)],
        "rows": [(year, *(words(f"{year}-{n:02d}") for n in range(1, 13))) for year in years],
    }


def files_table(releases: list[dict[str, Any]]) -> dict[str, Any] | None:
    """The publisher's files behind the figures, with the beginning of each fingerprint."""
    rows = [(unit["path"], unit["sha256"][:SHOWN], release["key"]) for release in releases for unit in release["units"]]
    if not rows:
        return None
    return {
        "caption": f"The {len(rows)} files counted",
        "sub": f"The first {SHOWN} signs of each fingerprint (SHA-256); whole fingerprints stand in this page as data.",
        "heads": ["File", "Fingerprint", "Release"],
        "rows": rows,
    }


def table(found: dict[str, Any]) -> Table:
    """The files as CSV."""
    rows = [(r["key"], unit["path"], unit["sha256"]) for r in found["releases"] for unit in r["units"]]
    return Table(("release", "file", "sha256"), rows)


def without_area_words(view: View, code: str, period: Period, slug: str) -> str:
    """How many rows of the police force's files of a period carry no area, and so are in no figure here.

    Counted in the files where those are held; else as the carried tables say of the publisher's files.
    """
    found = count.count(view.store, area=code, from_month=period.from_month, to_month=period.to_month)["unplaced"]
    if found is None:
        carried_months = carried.carried_counts(partnership_folder(slug) / "figures").force_months
        found = sum(m.rows_without_area for m in carried_months if m.month in period.months)
    rows, are = ("row", "carries") if found == 1 else ("rows", "carry")
    return f"{capital(number(found))} {rows} of the police force’s files of {period.title} {are} no small area, of any type."
