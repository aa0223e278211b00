"""The carried tables of areas, read once and kept."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from csplan.evidence.carried import lines
from csplan.evidence.places import COUNTRY_FIGURES, figures_folders


class SmallArea(NamedTuple):
    """A line of lsoa-2021.csv.gz."""

    lsoa: str
    msoa: str
    district: str
    part: str
    residents: int
    households: int
    decile: int | None
    lon: float
    lat: float


class District(NamedTuple):
    """A line of districts.csv, up to the shares."""

    code: str
    name: str
    csps: tuple[str, ...]
    csp_names: tuple[str, ...]
    force: str
    force_name: str
    force_slug: str
    region: str
    region_name: str


class Division(NamedTuple):
    """A line of divisions.csv: an electoral division and the days it was in force."""

    code: str
    name: str
    start: date
    end: date | None
    share_fitted: float

    def in_force(self, day: date | None) -> bool:
        """Whether it was in force on a day; of no day, whether it is in force still."""
        if day is None:
            return self.end is None
        return self.start <= day and (self.end is None or day <= self.end)


@dataclass(frozen=True)
class Country:
    """England and Wales."""

    small: Mapping[str, SmallArea]
    msoas: Mapping[str, tuple[str, str]]  # code: (name, district)
    districts: Mapping[str, District]
    members: Mapping[str, Mapping[str, tuple[str, ...]]]  # type: {code: its LSOAs}
    partial: Mapping[str, tuple[str, ...]]  # partnerships that share a district: {code: those districts}


@dataclass(frozen=True)
class Changes:
    """What became of the LSOAs of 2011 whose code changed."""

    pieces: Mapping[str, tuple[tuple[str, float], ...]]  # code of 2011: ((code of 2021, share of its people), ...)
    made_of: Mapping[str, tuple[str, ...]]  # code of 2021: codes of 2011


@dataclass(frozen=True)
class Local:
    """The divisions of one partnership's figures folder."""

    folder: Path
    divisions: Mapping[str, Division]
    members: Mapping[str, tuple[str, ...]]  # division: its LSOAs


@lru_cache
def country() -> Country:
    """Every LSOA, MSOA and district, and the LSOAs that make up each larger area."""
    found = lines(COUNTRY_FIGURES / "lsoa-2021.csv.gz")
    next(found)
    small = {
        r[0]: SmallArea(r[0], r[1], r[2], r[3], int(r[4]), int(r[5]), int(r[6]) if r[6] else None, float(r[7]), float(r[8]))
        for r in found
    }
    found = lines(COUNTRY_FIGURES / "msoa-2021.csv")
    next(found)
    msoas = {code: (name, district) for code, name, district in found}
    known = districts()
    members: dict[str, dict[str, list[str]]] = {
        kind: defaultdict(list) for kind in ("msoa", "district", "csp", "force", "fire", "region")
    }
    partial: dict[str, list[str]] = defaultdict(list)
    for code, area in small.items():
        members["msoa"][area.msoa].append(code)
        members["district"][area.district].append(code)
    for district in known.values():
        inside = members["district"][district.code]
        members["force"][district.force] += inside
        members["region"][district.region] += inside
        members["fire"][fire_authorities()[district.code][0]] += inside
        for csp in district.csps:
            if len(district.csps) == 1:
                members["csp"][csp] += inside
            else:
                partial[csp].append(district.code)
    return Country(
        small=small,
        msoas=msoas,
        districts=known,
        members={kind: {code: tuple(sorted(held)) for code, held in of.items()} for kind, of in members.items()},
        partial={csp: tuple(codes) for csp, codes in partial.items()},
    )


@lru_cache
def districts() -> Mapping[str, District]:
    """Every district; small, so that finding a force does not read the LSOAs."""
    found = lines(COUNTRY_FIGURES / "districts.csv")
    next(found)
    return {r[0]: District(r[0], r[1], tuple(r[2].split(";")), tuple(r[3].split(";")), *r[4:9]) for r in found}


@lru_cache
def fire_authorities() -> Mapping[str, tuple[str, str]]:
    """{district: (code of its fire and rescue authority, its name)}."""
    found = lines(COUNTRY_FIGURES / "fire-authorities.csv")
    next(found)
    return {district: (code, name) for district, code, name in found}


@lru_cache
def changes() -> Changes:
    """How the LSOAs of 2011 became those of 2021, where their code changed."""
    found = lines(COUNTRY_FIGURES / "lsoa-2011-changes.csv")
    next(found)
    pieces: dict[str, list[tuple[str, float]]] = defaultdict(list)
    made_of: dict[str, list[str]] = defaultdict(list)
    for old, new, _, weight in found:
        pieces[old].append((new, float(weight)))
        made_of[new].append(old)
    return Changes({c: tuple(p) for c, p in pieces.items()}, {c: tuple(p) for c, p in made_of.items()})


@lru_cache
def local(folder: Path) -> Local:
    """Divisions of one figures folder; none where it carries none."""
    if not (folder / "divisions.csv").exists():
        return Local(folder, {}, {})
    found = lines(folder / "divisions.csv")
    next(found)
    divisions = {
        code: Division(code, name, date.fromisoformat(start), date.fromisoformat(end) if end else None, float(share))
        for code, name, start, end, share in found
    }
    members: dict[str, list[str]] = defaultdict(list)
    found = lines(folder / "lsoa-divisions.csv")
    next(found)
    for lsoa, division, _ in found:
        members[division].append(lsoa)
    return Local(folder, divisions, {code: tuple(sorted(held)) for code, held in members.items()})


def every_local() -> tuple[Local, ...]:
    """The divisions of every partnership that carries figures."""
    return tuple(local(folder) for folder in figures_folders())


@lru_cache
def postcodes(folder: Path) -> Mapping[str, str]:
    """{postcode without its space: LSOA} of one figures folder."""
    if not (folder / "postcodes.csv.gz").exists():
        return {}
    found = lines(folder / "postcodes.csv.gz")
    next(found)
    return {postcode.replace(" ", ""): lsoa for postcode, lsoa in found}


@lru_cache
def tenure(folder: Path) -> Mapping[str, Mapping[str, int]]:
    """{LSOA: {tenure: households}} of one figures folder."""
    if not (folder / "tenure.csv").exists():
        return {}
    found = lines(folder / "tenure.csv")
    names = next(found)[1:]
    return {row[0]: {name: int(n) for name, n in zip(names, row[1:], strict=True)} for row in found}
