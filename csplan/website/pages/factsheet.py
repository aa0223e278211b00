"""The factsheet of an area, or of one topic there, as a paper: `csplan.documents.factsheet` with what the site knows beside."""

from datetime import date

from csplan.documents.factsheet import area_factsheet
from csplan.documents.paper import KeyFigure, Paper
from csplan.evidence import areas
from csplan.evidence.areas import Area, Profile
from csplan.evidence.areas.people import PUBLISHER
from csplan.evidence.findings_shapes import AreaFindings
from csplan.evidence.plain_words import capital, listed
from csplan.website.pages import maps
from csplan.website.pages.area import KINDS, most_deprived
from csplan.website.pages.ground import Ground

#: Said of what a factsheet rests on: a sentence for each publisher, then one licence for all.
RECORDED = "What was recorded: Home Office, for the police forces of England and Wales (data.police.uk)."
DEPRIVED = "Deprivation: Ministry of Housing, Communities and Local Government."
LICENCE = "All under the Open Government Licence v3.0."
MAP_RIGHTS = "Contains OS data © Crown copyright and database right 2025."


def paper(findings: AreaFindings, *, ground: Ground, masthead: str, office: str, day: date, topic: str | None) -> Paper:
    """The paper as at the day read. office : who answers for it; topic : None for every topic"""
    area, profile = findings.area, areas.profile(findings.area.code, day)
    drawing, facts = maps.small_locator(area, ground), () if topic else deprivation(profile)
    return area_factsheet(
        findings,
        line=line(profile),
        made_on=day,
        partnership=masthead,
        office=office,
        sources=sources(profile, has_deprivation=bool(facts), has_map=drawing is not None),
        facts=facts,
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


def sources(profile: Profile, *, has_deprivation: bool, has_map: bool) -> list[str]:
    """What this paper rests on, and no more: so a paper read as at an early day names nothing that came later."""
    people = profile.residents or profile.households
    statistics = [*([f"Census {people.year}"] if people else []), *(["boundaries on the map"] if has_map else [])]
    told = [
        RECORDED,
        f"{capital(listed(statistics))}: {PUBLISHER}." if statistics else "",
        DEPRIVED if has_deprivation else "",
        LICENCE,
        MAP_RIGHTS if has_map else "",
    ]
    return [sentence for sentence in told if sentence]


def file_name(area: Area, topic: str | None, period: str, form: str) -> str:
    """What the file is called when it is saved."""
    return "-".join(part for part in ("factsheet", area.code, topic or "", period) if part) + f".{form}"
