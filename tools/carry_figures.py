#!/usr/bin/env python
"""Works out the small tables that csplan carries from official files. Run by maintainers, never by the program.

    python tools/carry_figures.py --data FOLDER            writes the tables
    python tools/carry_figures.py --data FOLDER --check    says which tables differ from what FOLDER gives

FOLDER holds police/, population/, lookups/, deprivation/ and boundaries/ with the files named in the tables' figures.toml.
The same files always give the same tables. The hexagon seats are fixed data: they are checked and never moved.
"""

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from carry import about, crime, ground, people
from carry.tables import LONG, as_csv, as_json, packed, rows, unpacked

COUNTY, FORCE = "E06000047", "durham"
WORDS = Path(__file__).resolve().parent / "carry"
REPOSITORY = Path(__file__).resolve().parent.parent
COUNTRY_FOLDER = "csplan/evidence/figures"
COUNTY_FOLDER = "partnerships/county-durham/figures"
FORMER_DIVISIONS = ("2013-05-02", "2025-04-30")
PRESENT_DIVISIONS = ("2025-05-01", "")

Files = dict[str, bytes]


def lsoa_codes(data: Path) -> dict[str, frozenset[str]]:
    """The county's LSOA codes of each edition."""
    held = list(rows(data / "lookups/lsoa-2011-to-lsoa-2021-to-lad-2022-england-wales.csv.gz"))
    ours = [row for row in held if row["ltla22_code"] == COUNTY]
    return {year: frozenset(row[f"lsoa{year[2:]}_code"] for row in ours) for year in ("2011", "2021")}


def small_area_tables(areas: list[people.SmallArea], data: Path) -> Files:
    """LSOAs, MSOAs and the codes that changed, for England and Wales."""
    lookups = data / "lookups"
    return {
        "lsoa-2021.csv.gz": as_csv(
            ("lsoa", "msoa", "district", "part", "residents", "households", "decile", "lon", "lat"),
            [(a.lsoa, a.msoa, a.district, a.part, a.residents, a.households, a.decile, a.lon, a.lat) for a in areas],
        ),
        "msoa-2021.csv": as_csv(("msoa", "name", "district"), people.msoas(areas, lookups)),
        "lsoa-2011-changes.csv": as_csv(("lsoa11", "lsoa21", "change", "weight"), people.changes(areas, lookups)),
    }


def totals(areas: list[people.SmallArea]) -> dict[str, tuple[int, int]]:
    """{district: (residents, households)}."""
    out: dict[str, tuple[int, int]] = {}
    for a in areas:
        residents, households = out.get(a.district, (0, 0))
        out[a.district] = (residents + a.residents, households + a.households)
    return out


def district_tables(areas: list[people.SmallArea], known: list[people.District], data: Path) -> Files:
    """Districts with their shares, and what rates are rates of."""
    shares = people.shares(data, {a.lsoa: a.district for a in areas})
    rural = people.rural_shares(areas, data / "lookups")
    columns = ("share_not_deprived", "share_overcrowded", "share_owned_outright", "share_social_rent", "share_private_rent")
    names = ("district", "name", "csp", "csp_name", "force", "force_name", "force_slug", "region", "region_name")
    lines = [(*d.cells, *(shares[d.code][column] for column in columns), rural[d.code]) for d in known]
    days = {"residents": people.RESIDENTS_2021, "households": people.HOUSEHOLDS_2021}
    counted = [
        (district, measure, 2021, value, days[measure])
        for district, both in totals(areas).items()
        for measure, value in zip(days, both, strict=True)
    ]
    counted += [(COUNTY, measure, 2011, value, people.CENSUS_2011) for measure, value in people.county_2011(data, COUNTY).items()]
    return {
        "districts.csv": as_csv((*names, *columns, "share_rural"), lines),
        "fire-authorities.csv": as_csv(("district", "fire", "name"), people.fire_authorities(data / "lookups")),
        "denominators.csv": as_csv(("area", "measure", "year", "value", "published_on"), counted),
        "people.csv": as_csv(("district", *people.PEOPLE), people.characteristics(data, {a.lsoa: a.district for a in areas})),
    }


def national_counts(
    areas: list[people.SmallArea], known: list[people.District], months: list[crime.ForceMonth], data: Path
) -> tuple[bytes, list[Mapping[str, object]]]:
    """Counts of 2025 by district, and the force-months left blank with the reason."""
    parquet = data / "police/street-crime-counts-by-lsoa-month-type-2025-england-wales.parquet"
    counts = crime.national(parquet, {a.lsoa: a.district for a in areas})
    force_of = {d.code: d.force for d in known}
    why = crime.absences(counts, force_of, {district: n for district, (n, _) in totals(areas).items()})
    columns, types = sorted({key[2] for key in counts}), sorted({key[1] for key in counts})
    for m in months:
        if m.month in columns:
            for kind in types:
                counts[COUNTY, kind, m.month] = sum(n for (_, k), n in m.counts.items() if k == kind)
    lines = [
        (d.code, kind, *(None if (d.force, month) in why else counts[d.code, kind, month] for month in columns))
        for d in known
        for kind in types
    ]
    names = {d.force: d.force_name for d in known}
    groups = sorted({(force, reason) for (force, _), reason in why.items()})
    missing: list[Mapping[str, object]] = [
        {"force": f, "name": names[f], "why": r, "months": sorted(m for (g, m), s in why.items() if (g, s) == (f, r))}
        for f, r in groups
    ]
    return as_csv(("district", "type", *columns), lines), missing


def county_counts(months: list[crime.ForceMonth], codes: Mapping[str, frozenset[str]]) -> Files:
    """The county's counts by small area, and what each month's file held."""
    held = [(m.month, m.file, m.sha256, m.edition, m.rows, m.in_county, m.without_area) for m in months]
    headings = ("month", "file", "sha256", "lsoa_edition", "rows", "county_rows", "rows_without_area")
    return {
        "counts-by-lsoa.csv.gz": as_csv(("lsoa", "type", *(m.month for m in months)), crime.counts_by_lsoa(months, codes)),
        "force-months.csv": as_csv(headings, held),
    }


def county_ground(areas: list[people.SmallArea], seats: bytes, data: Path) -> Files:
    """Postcodes, divisions, outlines and the fixed seats."""
    boundaries, lookups = data / "boundaries", data / "lookups"
    former = (boundaries / "county-durham-wards-2013-full-resolution.geojson.gz", "WD13CD", "WD13NM", FORMER_DIVISIONS)
    present = (boundaries / "county-durham-wards-2025-generalised.geojson.gz", "WD25CD", "WD25NM", PRESENT_DIVISIONS)
    msoa = ground.shapes(boundaries / "county-durham-msoa-2021-generalised.geojson.gz", "MSOA21CD")
    lsoa = ground.shapes(boundaries / "county-durham-lsoa-2021-generalised.geojson.gz", "LSOA21CD")
    points = ground.postcode_points(lookups / "postcodes-county-durham-and-darlington-onspd-2025-11.csv.gz", COUNTY)
    lsoa_of = ground.placed(points, lsoa)
    residents = {a.lsoa: a.residents for a in areas if a.district == COUNTY}
    official = {
        row["lsoa21_code"]: row["ward24_code"]
        for row in rows(lookups / "lsoa-2021-to-ward-2024-to-lad-2024-england-wales.csv.gz")
        if row["ltla24_code"] == COUNTY
    }
    layers, divisions, choices = [], [], []
    for path, code, name, (start, end) in (former, present):
        layer = ground.shapes(path, code)
        homes = ground.homes_by_division(lsoa_of, ground.placed(points, layer))
        choice = official if end else ground.best_fit(homes)
        of_lsoa, of_division = ground.fitted(choice, homes, residents)
        layers.append(layer)
        divisions += [(c, n, start, end, f"{of_division[c]:.4f}") for c, n in ground.names(path, code, name).items()]
        choices += [(area, division, f"{of_lsoa[area]:.4f}") for area, division in choice.items()]
    ground.check_seats(json.loads(seats), {"msoa": frozenset(msoa), "lsoa": frozenset(lsoa)})
    return {
        "divisions.csv": as_csv(("code", "name", "from", "to", "share_fitted"), divisions),
        "hexagons.json": seats,
        "lsoa-divisions.csv": as_csv(("lsoa", "division", "share_fitted"), choices),
        "outlines.json": as_json(ground.outlines(msoa, layers)),
        "postcodes.csv.gz": as_csv(("postcode", "lsoa"), lsoa_of.items()),
    }


def complete(tables: Files, words: str, missing: Sequence[Mapping[str, object]] = ()) -> Files:
    """The tables, packed where their name says so, with the figures.toml that describes each of them and nothing else."""
    files = {name: packed(table) if name.endswith(".gz") else table for name, table in tables.items()}
    heavy = [name for name, table in files.items() if name.endswith(".csv") and len(table) > LONG]
    if heavy:
        raise SystemExit(f"{', '.join(heavy)} would be over {LONG} bytes. Give the name the ending .csv.gz.")
    return {**files, "figures.toml": about.described(WORDS / words, sorted(tables), missing)}


def work_out(data: Path) -> Files:
    """Every file with its path in the repository."""
    areas, codes = people.small_areas(data), lsoa_codes(data)
    known = people.districts(data / "lookups")
    months = crime.force_months(data / "police", FORCE, codes)
    counts, missing = national_counts(areas, known, months, data)
    seats = (REPOSITORY / COUNTY_FOLDER / "hexagons.json").read_bytes()
    country = {
        **small_area_tables(areas, data),
        **district_tables(areas, known, data),
        "counts-2025-by-district.csv.gz": counts,
    }
    headings = ("lsoa", *people.TENURE_COLUMNS)
    county = {
        **county_counts(months, codes),
        **county_ground(areas, seats, data),
        "tenure.csv": as_csv(headings, people.tenure(data, codes["2021"])),
    }
    return {
        **{f"{COUNTRY_FOLDER}/{name}": held for name, held in complete(country, "country.toml", missing).items()},
        **{f"{COUNTY_FOLDER}/{name}": held for name, held in complete(county, "county.toml").items()},
    }


def different(files: Files) -> list[str]:
    """The paths whose table in the repository is not the one given, or is not there."""
    held = {path: REPOSITORY / path for path in files}
    return [p for p, at in held.items() if not at.exists() or unpacked(at.read_bytes()) != unpacked(files[p])]


def main() -> int:
    """Write or check; 1 when a check finds a difference."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder of official files")
    parser.add_argument("--check", action="store_true", help="write nothing; say which tables differ")
    asked = parser.parse_args()
    files = work_out(asked.data)
    changed = different(files)
    for path in changed:
        print(f"{'differs' if asked.check else 'written'}: {path}")
        if not asked.check:
            (REPOSITORY / path).parent.mkdir(parents=True, exist_ok=True)
            (REPOSITORY / path).write_bytes(files[path])
    print(f"{len(files)} files, {len(changed)} {'different' if asked.check else 'written'}.", file=sys.stderr)
    return 1 if asked.check and changed else 0


if __name__ == "__main__":
    raise SystemExit(main())
