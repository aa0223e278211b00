"""Who lives where: small areas, districts, their residents, households and deprivation, from census and look-up files."""

import csv
import gzip
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from carry.tables import number, rows

#: Census tenures under the five names that pages use.
TENURES = {
    "Owned: Owns outright": "owned_outright",
    "Owned: Owns with a mortgage or loan": "owned_with_mortgage",
    "Shared ownership: Shared ownership": "owned_with_mortgage",
    "Social rented: Rents from council or Local Authority": "social_rent",
    "Social rented: Other social rented": "social_rent",
    "Private rented: Private landlord or letting agency": "private_rent",
    "Private rented: Other private rented": "private_rent",
    "Lives rent free": "rent_free",
}
TENURE_COLUMNS = ("owned_outright", "owned_with_mortgage", "social_rent", "private_rent", "rent_free")
#: Forces whose name in the look-up is not the one that is said.
FORCE_NAMES = {"London, City of": "City of London", "Metropolitan Police": "Metropolitan"}
#: The days the tables came out: Census 2021 ethnic group, whose total is residents; Census 2021 tenure, whose total is
#: households; Census 2011 population and households of small areas.
RESIDENTS_2021 = date(2022, 11, 29)
HOUSEHOLDS_2021 = date(2023, 1, 5)
CENSUS_2011 = date(2012, 11, 23)
WALES = ("W92000004", "Wales")


@dataclass(frozen=True)
class SmallArea:
    """A lower layer super output area of 2021."""

    lsoa: str
    msoa: str
    district: str
    part: str  # the letter at the end of its ONS name
    residents: int
    households: int
    decile: str  # 1 most deprived to 10; empty in Wales
    lon: str
    lat: str


@dataclass(frozen=True)
class District:
    """A district; one made since 2019 may still have several community safety partnerships."""

    code: str
    name: str
    csps: tuple[tuple[str, str], ...]
    force: str
    force_name: str
    region: tuple[str, str]

    @property
    def cells(self) -> tuple[str, ...]:
        """Its line of districts.csv, up to the shares."""
        codes, names = (";".join(part) for part in zip(*self.csps, strict=True))
        return (self.code, self.name, codes, names, self.force, self.force_name, force_slug(self.force_name), *self.region)


def census_totals(path: Path, column: str) -> dict[str, int]:
    """{LSOA 2021: total} from a long census table that repeats the total on each row."""
    return {row["lsoa21_code"]: int(row[column]) for row in rows(path)}


def msoa_names(lookups: Path) -> dict[str, tuple[str, str]]:
    """{ONS name of an MSOA of 2021: (code, House of Commons Library name)}."""
    path = lookups / "msoa-2011-and-2021-to-lad-with-house-of-commons-library-names.csv.gz"
    held = (row for row in rows(path) if row["MSOA21CD"])
    return {row["MSOANM"]: (row["MSOA21CD"], row["MSOAHCLNM"]) for row in held}


def lsoa_districts(lookups: Path) -> dict[str, tuple[str, str]]:
    """{LSOA 2021: (its ONS name, its district of April 2024)}.

    From the exact look-up of 2022 with the codes of 2024. The look-up to wards is a best fit: it puts one LSOA of West
    Northamptonshire (E01027305) into Cherwell.
    """
    now = {row["ltla22_code"]: row["ltla24_code"] for row in rows(lookups / "lad-code-changes-2019-to-2023.csv.gz")}
    held = rows(lookups / "lsoa-2011-to-lsoa-2021-to-lad-2022-england-wales.csv.gz")
    return {row["lsoa21_code"]: (row["lsoa21_name"], now.get(row["ltla22_code"], row["ltla22_code"])) for row in held}


def small_areas(data: Path) -> list[SmallArea]:
    """Every LSOA of England and Wales with what we keep of it."""
    residents = census_totals(data / "population/census-2021-ethnicity-lsoa-2021.csv.gz", "total_residents")
    households = census_totals(data / "population/census-2021-tenure-lsoa-2021.csv.gz", "total_households")
    deciles = {
        row["lsoa21_code"]: row["IMD_decile"] for row in rows(data / "deprivation/imd-2025-england-lsoa-2021-domains.csv.gz")
    }
    points = {
        row["LSOACD"]: (float(row["longitude"]), float(row["latitude"]))
        for row in rows(data / "lookups/lsoa-centroids-lat-long.csv.gz")
    }
    names = msoa_names(data / "lookups")
    out = []
    for code, (name, district) in sorted(lsoa_districts(data / "lookups").items()):
        lon, lat = points[code]
        out.append(
            SmallArea(
                code,
                names[name[:-1]][0],
                district,
                name[-1],
                residents[code],
                households[code],
                deciles.get(code, ""),
                number(lon, 4),
                number(lat, 4),
            )
        )
    return out


def msoas(areas: Iterable[SmallArea], lookups: Path) -> list[tuple[str, str, str]]:
    """(MSOA, name, district), each once."""
    title = dict(msoa_names(lookups).values())
    return sorted({(a.msoa, title[a.msoa], a.district) for a in areas})


def districts(lookups: Path) -> list[District]:
    """Every district of April 2024 with its partnerships, force and region."""
    regions = {
        row["ltla24_code"]: (row["region24_code"], row["region24_name"])
        for row in rows(lookups / "lad-2024-to-region-2024.csv.gz")
    }
    held: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in rows(lookups / "lad-2024-to-csp-2024-to-pfa-2024-england-wales.csv.gz"):
        held[row["ltla24_code"]].append(row)
    return [
        District(
            code=code,
            name=found[0]["ltla24_name"],
            csps=tuple(sorted((row["csp24_code"], row["csp24_name"]) for row in found)),
            force=found[0]["pfa24_code"],
            force_name=force_name(found[0]["pfa24_name"]),
            region=regions.get(code, WALES),
        )
        for code, found in sorted(held.items())
    ]


def fire_authorities(lookups: Path) -> list[tuple[str, str, str]]:
    """(district, fire authority, its name) of April 2024, in order of district."""
    held = rows(lookups / "lad-2024-to-fire-authority-2024-england-wales.csv.gz")
    return sorted((row["ltla24_code"], row["fra24_code"], row["fra24_name"].replace("&", "and")) for row in held)


def force_name(name: str) -> str:
    """A force's name as it is said: "Devon & Cornwall" -> "Devon and Cornwall"."""
    return FORCE_NAMES.get(name, name.replace("&", "and"))


def force_slug(name: str) -> str:
    """What police.uk calls a force in its file names: "Devon and Cornwall" -> devon-and-cornwall."""
    return name.lower().replace(" ", "-")


def shares(data: Path, district_of: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """{district: the census shares that finding similar areas needs}, each between 0 and 1."""
    population = data / "population"
    asked = {
        "share_not_deprived": ("household-deprivation", "deprivation_dimensions", "Household is not deprived in any dimension"),
        "share_overcrowded": ("household-overcrowding", "occupancy_rating", "(overcrowded)"),
        "share_owned_outright": ("tenure", "tenure", "Owned: Owns outright"),
        "share_social_rent": ("tenure", "tenure", "Social rented"),
        "share_private_rent": ("tenure", "tenure", "Private rented"),
    }
    out: dict[str, dict[str, str]] = defaultdict(dict)
    for column, (table, heading, wanted) in asked.items():
        part: Counter[str] = Counter()
        whole: Counter[str] = Counter()
        for row in rows(population / f"census-2021-{table}-lsoa-2021.csv.gz"):
            district = district_of[row["lsoa21_code"]]
            whole[district] += int(row["n"])
            part[district] += int(row["n"]) if wanted in row[heading] else 0
        for district, n in whole.items():
            out[district][column] = f"{part[district] / n:.4f}"
    return out


def rural_shares(areas: Iterable[SmallArea], lookups: Path) -> dict[str, str]:
    """{district: share of its residents in areas classed as rural}."""
    rural = {row["lsoa21_code"] for row in rows(lookups / "rural-urban-class-2021-lsoa-2021.csv.gz") if row["ruc"] == "Rural"}
    part: Counter[str] = Counter()
    whole: Counter[str] = Counter()
    for a in areas:
        whole[a.district] += a.residents
        part[a.district] += a.residents if a.lsoa in rural else 0
    return {district: f"{part[district] / n:.4f}" for district, n in whole.items()}


def changes(areas: Iterable[SmallArea], lookups: Path) -> list[tuple[str, str, str, str]]:
    """(LSOA 2011, LSOA 2021, change, weight) of the codes that changed; the weights of one 2011 code add to one."""
    people = {a.lsoa: a.residents for a in areas}
    pieces: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in rows(lookups / "lsoa-2011-to-lsoa-2021-to-lad-2022-england-wales.csv.gz"):
        if row["change_code"] != "U":
            pieces[row["lsoa11_code"]].append((row["lsoa21_code"], row["change_code"]))
    out = []
    for old, news in pieces.items():
        whole = sum(people[new] for new, _ in news)
        left = 1.0
        for new, change in sorted(news)[:-1]:
            weight = round(people[new] / whole, 6)
            left -= weight
            out.append((old, new, change, number(weight, 6)))
        last, change = max(news)
        out.append((old, last, change, number(left, 6)))
    return out


def county_2011(data: Path, county: str) -> dict[str, int]:
    """Residents and households of one district at the census of 2011.

    Read by position: three columns of the file share the name Persons, and only the first counts everybody.
    """
    total = {"residents": 0, "households": 0}
    path = data / "population/census-2011-usual-residents-and-households-lsoa-2011-england-wales.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8-sig", newline="") as file:
        lines = csv.reader(file)
        headings = next(lines)
        where = {
            "residents": headings.index("Persons"),
            "households": headings.index("Households"),
            "district": headings.index("Local authority code"),
        }
        for line in lines:
            if line[where["district"]] == county:
                total["residents"] += int(line[where["residents"]].replace(",", ""))
                total["households"] += int(line[where["households"]].replace(",", ""))
    return total


def tenure(data: Path, lsoas: frozenset[str]) -> list[list[object]]:
    """Lines of LSOA, households asked and households by tenure."""
    held: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows(data / "population/census-2021-tenure-lsoa-2021.csv.gz"):
        if row["lsoa21_code"] in lsoas:
            held[row["lsoa21_code"]][TENURES[row["tenure"]]] += int(row["n"])
    return [[code, *(n[column] for column in TENURE_COLUMNS)] for code, n in held.items()]


#: Columns of people.csv -> the group of the census’s table of ethnic groups.
ETHNIC_GROUPS = {
    "asian": "Asian, Asian British or Asian Welsh",
    "black": "Black, Black British, Black Welsh, Caribbean or African",
    "mixed": "Mixed or Multiple ethnic groups",
    "white": "White",
    "other_ethnic": "Other ethnic group",
}
PEOPLE = ("female", "male", "age_under_16", "age_16_to_64", "age_65_over", *ETHNIC_GROUPS)


def characteristics(data: Path, district_of: Mapping[str, str]) -> list[tuple[object, ...]]:
    """(district, one number for each of `PEOPLE`): sex of the census, ages of mid-2020, ethnic groups of the census by LSOA.

    A district made after 2021 has no sex and no ages, which are left blank.
    """
    found: dict[str, dict[str, object]] = defaultdict(dict)
    for row in rows(data / "population/census-2021-age-sex-lad-2021.csv.gz"):
        found[row["ltla21_code"]] |= {"female": int(row["total_females"]), "male": int(row["total_males"])}
    for row in rows(data / "population/mid-2020-population-by-age-lad-2021.csv.gz"):
        ages = {int(k.removesuffix("+")): int(v) for k, v in row.items() if k.removesuffix("+").isdigit()}
        young, old = sum(n for age, n in ages.items() if age < 16), sum(n for age, n in ages.items() if age >= 65)
        told = {"age_under_16": young, "age_16_to_64": sum(ages.values()) - young - old, "age_65_over": old}
        found[row["ltla21_code"]] |= told
    named = {group: column for column, group in ETHNIC_GROUPS.items()}
    counted: Counter[tuple[str, str]] = Counter()
    for row in rows(data / "population/census-2021-ethnicity-lsoa-2021.csv.gz"):
        counted[district_of[row["lsoa21_code"]], named[row["ethnic_group"]]] += int(row["n"])
    districts = sorted({district for district, _ in counted})
    return [
        (d, *(counted[d, column] if column in ETHNIC_GROUPS else found[d].get(column, "") for column in PEOPLE))
        for d in districts
    ]
