"""The factsheet of an area, or of one topic there, as a paper: `csplan.documents.factsheet` with what the site knows beside."""

from datetime import date
from pathlib import Path

from csplan.documents.factsheet import area_factsheet
from csplan.documents.paper import KeyFigure, Paper
from csplan.evidence import areas, carried
from csplan.evidence.areas import Area, Profile
from csplan.evidence.findings_shapes import AreaFindings
from csplan.evidence.places import COUNTRY_FIGURES, partnership_folder
from csplan.website.pages import maps
from csplan.website.pages.area import KINDS, most_deprived
from csplan.website.pages.ground import Ground

#: The carried tables that a factsheet rests on.
LOCAL_TABLES, COUNTRY_TABLES = (carried.COUNTS_BY_LSOA, "hexagons.json"), ("lsoa-2021.csv.gz", "denominators.csv")


def paper(
    findings: AreaFindings, *, ground: Ground, slug: str, masthead: str, office: str, day: date, topic: str | None
) -> Paper:
    """The paper as at the day read. office : who answers for it; topic : None for every topic"""
    area, profile = findings.area, areas.profile(findings.area.code, day)
    drawing = maps.small_locator(area, ground)
    return area_factsheet(
        findings,
        line=line(profile),
        made_on=day,
        partnership=masthead,
        office=office,
        sources=sources(slug, day),
        facts=() if topic else deprivation(profile),
        locator=drawing or "",
        locator_alt=maps.beside_towns(area, ground) if drawing else "",
        topic=topic,
    )


def line(profile: Profile) -> str:
    """The place in one line."""
    kind = KINDS[profile.area.type][1]
    if profile.residents is None or profile.households is None:
        return f"{kind} {profile.area.code}"
    people = f"{profile.residents.value:,} residents in {profile.households.value:,} households, Census {profile.residents.year}"
    return f"{people}. {kind} {profile.area.code}"


def deprivation(profile: Profile) -> tuple[KeyFigure, ...]:
    """How many of its small areas are among England's most deprived; nothing before that was published."""
    if profile.deciles is None:
        return ()
    told = most_deprived(profile, profile.deciles)
    return (KeyFigure(f"{told['value']} {told['unit']}", told["words"], told["more"]),)


def sources(slug: str, day: date) -> list[str]:
    """A sentence for each table, of those published by the day; the police counts always."""
    local = partnership_folder(slug) / "figures"
    files = [(local, name) for name in LOCAL_TABLES] + [(COUNTRY_FIGURES, name) for name in COUNTRY_TABLES]
    found = [carried.file(folder, name) for folder, name in files if (Path(folder) / name).exists()]
    return [
        f"{f.title}: {f.publisher}. {f.licence}. {f.attribution}"
        for f in found
        if f.published_on <= day or f.name == carried.COUNTS_BY_LSOA
    ]


def file_name(area: Area, topic: str | None, period: str, form: str) -> str:
    """What the file is called when it is saved."""
    return "-".join(part for part in ("factsheet", area.code, topic or "", period) if part) + f".{form}"
