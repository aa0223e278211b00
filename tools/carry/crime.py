"""Street-level crime files in, counts by place, type and month out. Counts only: no event, point or outcome is kept."""

import csv
import hashlib
import io
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median

#: A force with fewer than this many rows for each 1,000 residents in a month did not publish it: the few rows are
#: other forces' crimes placed just over the line. The lowest month that was published has more than three.
STRAY_PER_1000 = 0.5
#: A month is left out as mixed up when this many types fall under a third of the force's own middle month; only types
#: that usually number at least 100 a month are looked at.
MIXED_TYPES = 5


def slug(crime_type: str) -> str:
    """police.uk's name of a type, as we write it: "Anti-social behaviour" -> anti-social-behaviour."""
    return crime_type.lower().replace(" ", "-")


@dataclass(frozen=True)
class ForceMonth:
    """One file of one force and one month, counted."""

    month: str
    file: str
    sha256: str
    edition: str  # of the LSOA codes in it: 2011 or 2021
    rows: int
    in_county: int
    without_area: int
    counts: Mapping[tuple[str, str], int]  # (LSOA code, type) of the county's rows


def street_files(folder: Path, force: str) -> Iterator[tuple[str, bytes]]:
    """(name, bytes) of every street file of one force in the archives of a folder."""
    for archive in sorted(folder.glob(f"{force}-street-*.zip")):
        with zipfile.ZipFile(archive) as held:
            for member in sorted(held.namelist()):
                yield member.rsplit("/", 1)[-1], held.read(member)


def edition_of(codes: set[str], only: Mapping[str, frozenset[str]]) -> str:
    """Whether a file is coded to the areas of 2011 or of 2021; a file that mixes the two is refused."""
    seen = {edition for edition, own in only.items() if codes & own}
    if len(seen) != 1:
        raise SystemExit(f"A street file uses codes of {sorted(seen) or 'no edition'}. It needs codes of one edition.")
    return seen.pop()


def force_month(name: str, data: bytes, county: frozenset[str], only: Mapping[str, frozenset[str]]) -> ForceMonth:
    """One street file counted. county: codes of both editions; only: the codes that one edition alone has."""
    held = list(csv.DictReader(io.StringIO(data.decode("utf-8"))))
    ours = [row for row in held if row["LSOA code"] in county]
    return ForceMonth(
        month=name[:7],
        file=name,
        sha256=hashlib.sha256(data).hexdigest(),
        edition=edition_of({row["LSOA code"] for row in ours}, only),
        rows=len(held),
        in_county=len(ours),
        without_area=sum(row["LSOA code"] == "" for row in held),
        counts=Counter((row["LSOA code"], slug(row["Crime type"])) for row in ours),
    )


def force_months(folder: Path, force: str, codes: Mapping[str, frozenset[str]]) -> list[ForceMonth]:
    """Every month held of one force, in order. codes: the county's LSOA codes by edition."""
    county = codes["2011"] | codes["2021"]
    only = {"2011": codes["2011"] - codes["2021"], "2021": codes["2021"] - codes["2011"]}
    found = [force_month(name, data, county, only) for name, data in street_files(folder, force)]
    return sorted(found, key=lambda m: m.month)


def counts_by_lsoa(months: list[ForceMonth], codes: Mapping[str, frozenset[str]]) -> list[list[object]]:
    """Lines of code, type and one count for each month; None where the code is not of that month's edition."""
    types = sorted({kind for m in months for _, kind in m.counts})
    return [
        [code, kind, *(m.counts.get((code, kind), 0) if code in codes[m.edition] else None for m in months)]
        for code in sorted(codes["2011"] | codes["2021"])
        for kind in types
    ]


def national(parquet: Path, district_of: Mapping[str, str]) -> Counter[tuple[str, str, str]]:
    """Counts by (district, type, month) of the whole country, from the table already counted by LSOA."""
    import duckdb

    held: Counter[tuple[str, str, str]] = Counter()
    rows = duckdb.sql(f"select lsoa_code, crime_type, month, n from '{parquet}'").fetchall()
    for code, kind, month, n in rows:
        held[district_of[code], slug(kind), month] += n
    return held


def absences(
    counts: Mapping[tuple[str, str, str], int], force_of: Mapping[str, str], residents: Mapping[str, int]
) -> dict[tuple[str, str], str]:
    """{(force, month): why} of the force-months that cannot be used: "not published" or "types mixed up"."""
    by_type: Counter[tuple[str, str, str]] = Counter()
    people: Counter[str] = Counter()
    for (district, kind, month), n in counts.items():
        by_type[force_of[district], kind, month] += n
    for district, n in residents.items():
        people[force_of[district]] += n
    months, types = sorted({key[2] for key in by_type}), sorted({key[1] for key in by_type})
    why = {}
    for force in people:
        usual = {kind: median(by_type[force, kind, m] for m in months) for kind in types}
        often = [kind for kind in types if usual[kind] >= 100]
        for month in months:
            total = sum(by_type[force, kind, month] for kind in types)
            if total * 1000 < STRAY_PER_1000 * people[force]:
                why[force, month] = "not published"
            elif sum(by_type[force, kind, month] < usual[kind] / 3 for kind in often) >= MIXED_TYPES:
                why[force, month] = "types mixed up"
    return why
