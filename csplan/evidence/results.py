"""Results: the observations of a whole district worked out at once and kept as Parquet, for pages and downloads that read many.

    results/observations.parquet   one line for each observation; columns as in `COLUMNS`
    results/releases.parquet       release_set, key, sha256: what the observations of a period rest on
    results/fingerprints.json      the fingerprint of each of them

Both are made again from the counts at any time and hold nothing that is not in them.
"""

import csv
import hashlib
import json
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from csplan.cycle import periods
from csplan.cycle.periods import Period
from csplan.errors import CsplanError
from csplan.evidence import areas, catalogue
from csplan.evidence.areas import Area, Denominator
from csplan.evidence.catalogue import Indicator
from csplan.evidence.findings import no_rate, not_held
from csplan.evidence.findings_shapes import Release
from csplan.evidence.observations import Observation, observation_id
from csplan.evidence.plain_words import runs
from csplan.evidence.store import fingerprint_of
from csplan.evidence.view import View
from csplan.statistics.rates import crude_rate

FOLDER, FINGERPRINTS = "results", "fingerprints.json"
KINDS = ("district", "msoa", "lsoa", "division", "local")

#: column -> type; `base` names the denominator, `release_set` the lines of releases.parquet
COLUMNS = {
    "id": "VARCHAR", "indicator": "VARCHAR", "measure": "VARCHAR", "area": "VARCHAR", "area_type": "VARCHAR", "period": "VARCHAR",
    "status": "VARCHAR", "value": "DOUBLE", "low": "DOUBLE", "high": "DOUBLE", "numerator": "BIGINT", "denominator": "BIGINT",
    "per": "INTEGER", "base": "VARCHAR", "why": "VARCHAR", "release_set": "VARCHAR",
}  # fmt: skip
RELEASE_COLUMNS = {"release_set": "VARCHAR", "key": "VARCHAR", "sha256": "VARCHAR"}
Row = Sequence[Any]


@dataclass(frozen=True)
class Written:
    """What `write` wrote."""

    path: Path
    observations: int
    areas: int


def write(view: View, folder: Path, district: str | None = None) -> Written:
    """Write counts and rates of every indicator worked out here, for a district and every area inside it.

    Periods: each unbroken run of months held and each calendar year held whole; for the district also each month.
    folder : the data folder;  district : its code, None for the area whose months the view is about
    Raises CsplanError when the view has no such district.
    """
    home = areas.get(district or view.area or "")
    months = view.months_of(home.code)
    if not months:
        raise CsplanError(f"No recorded crime is held for {home.name}. Load its police force’s files first.")
    inside = [area for kind in KINDS[1:] for area in _every(view, home, kind, months)]
    longer = _periods(months)
    monthly = [periods.parse(month) for month in months if periods.parse(month) not in longer]
    table = _Table(view, home)
    rows = [*table.rows([home, *inside], longer), *table.rows([home], monthly)]
    place = folder / FOLDER
    place.mkdir(parents=True, exist_ok=True)
    lines = [(name, release["key"], release["sha256"]) for name, held in sorted(table.releases.items()) for release in held]
    _write_parquet(place / "releases.parquet", RELEASE_COLUMNS, lines)
    _write_parquet(place / "observations.parquet", COLUMNS, rows)
    told = {name: fingerprint_of(place / name) for name in ("observations.parquet", "releases.parquet")}
    new = place / f".new-{FINGERPRINTS}"
    new.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    new.replace(place / FINGERPRINTS)
    return Written(place / "observations.parquet", len(rows), 1 + len(inside))


def read(
    folder: Path, *, indicator: str | None = None, area: str | None = None, period: str | None = None
) -> tuple[Observation, ...]:
    """The observations written, of one indicator, area or period where asked, in order of id.

    Raises CsplanError when none have been written.
    """
    import duckdb

    place = folder / FOLDER
    if not (place / "observations.parquet").exists():
        raise CsplanError(f"No results are held in {place}. Run `csplan evidence build` to work them out.")
    asked = {"indicator": indicator, "area": area, "period": period}
    wanted = {name: value for name, value in asked.items() if value is not None}
    where = " AND ".join(f"{name} = ${name}" for name in wanted) or "true"
    with duckdb.connect() as con:
        found = con.execute(
            f"SELECT * FROM read_parquet('{_quoted(place / 'observations.parquet')}') WHERE {where} ORDER BY id", wanted
        )
        rows = [dict(zip(COLUMNS, row, strict=True)) for row in found.fetchall()]
        held = con.execute(f"SELECT * FROM read_parquet('{_quoted(place / 'releases.parquet')}') ORDER BY ALL").fetchall()
    releases: dict[str, tuple[Release, ...]] = {}
    for name, key, sha256 in held:
        releases[name] = (*releases.get(name, ()), {"key": key, "sha256": sha256})
    return tuple(_observation(row, releases) for row in rows)


def _observation(row: dict[str, Any], releases: dict[str, tuple[Release, ...]]) -> Observation:
    kept = {name: value for name, value in row.items() if name not in ("area_type", "release_set")}
    text = {name: kept[name] or "" for name in ("base", "why")}
    return Observation(**kept | text, releases=releases.get(row["release_set"], ()))


def _every(view: View, home: Area, kind: str, months: Sequence[str]) -> tuple[Area, ...]:
    """The areas of a kind inside; of divisions and local areas also those that were in force in a month held."""
    days = {view.day} if kind not in ("division", "local") else {view.day, *(periods.parse(month).starts_on for month in months)}
    found = {area.code: area for day in days for area in areas.within(home.code, kind, day)}
    return tuple(found[code] for code in sorted(found))


def _periods(months: Sequence[str]) -> list[Period]:
    """Each run held and each calendar year held whole; none twice."""
    years = sorted({month[:4] for month in months})
    whole = [year for year in years if set(periods.parse(year).months) <= set(months)]
    return [periods.parse(id) for id in dict.fromkeys([*(periods.run(*stretch).id for stretch in runs(months)), *whole])]


class _Table:
    """Lines for many areas at once; `releases` collects the sets that they rest on."""

    def __init__(self, view: View, home: Area) -> None:
        self.view, self.home = view, home
        self.indicators = [indicator for indicator in catalogue.all() if indicator.topic]
        self.releases: dict[str, list[Release]] = {}

    def rows(self, places: Sequence[Area], asked: Sequence[Period]) -> Iterator[Row]:
        """Count and rate of every indicator, for each area and period."""
        totals = np.array([self._totals(area, asked) for area in places]).reshape(len(places), len(self.indicators), len(asked))
        bases = [[areas.denominator(area.code, i.denominator_id, self.view.day) for i in self.indicators] for area in places]
        people = np.array([[base.value if base else np.nan for base in row] for row in bases])
        rates = [crude_rate(totals[:, k], people[:, [k]], per=i.per) for k, i in enumerate(self.indicators)]
        limits = np.array([(rate.value, rate.low, rate.high) for rate in rates])
        sets = [self._release_set(period) for period in asked]
        for a, area in enumerate(places):
            for p, period in enumerate(asked):
                status, why = self._missing(area, period)
                for k, indicator in enumerate(self.indicators):
                    if status:
                        count, rate = _unknown(indicator, status, why)
                    else:
                        count, rate = _figures(indicator, int(totals[a, k, p]), limits[k, :, a, p].tolist(), bases[a][k])
                    release_set = None if status else sets[p]
                    yield self._row(indicator, "count", area, period, count, release_set)
                    yield self._row(indicator, "rate", area, period, rate, release_set)

    def _row(self, i: Indicator, measure: str, area: Area, period: Period, held: Row, release_set: str | None) -> Row:
        name = observation_id(i.id, measure, area.code, period)
        return (name, i.id, measure, area.code, area.type, period.id, *held, release_set)

    def _totals(self, area: Area, asked: Sequence[Period]) -> NDArray[np.float64]:
        """Events, shape (indicators, periods): NaN where a month of the period is missing."""
        known = [self.view.series(area.code, i.topic) for i in self.indicators]
        return np.array([[sum(series.get(month, np.nan) for month in period.months) for period in asked] for series in known])

    def _missing(self, area: Area, period: Period) -> tuple[str, str]:
        """The status and the reason when a month is missing; both empty when none is."""
        missing = self.view.missing(area.code, period)
        return (self.view.status(area.code, missing[0]), not_held(missing, period)) if missing else ("", "")

    def _release_set(self, period: Period) -> str:
        """The name of the releases behind a period: the start of their fingerprint."""
        held = self.view.releases(self.home.code, period.months)
        name = hashlib.sha256("\n".join(f"{r['key']} {r['sha256']}" for r in held).encode()).hexdigest()[:16]
        self.releases[name] = held
        return name


def _unknown(indicator: Indicator, status: str, why: str) -> tuple[Row, Row]:
    """Status to why of a count and a rate that cannot be given."""
    blank = (status, None, None, None, None, None)
    return (*blank, 1, None, why), (*blank, indicator.per, None, why)


def _figures(indicator: Indicator, count: int, limits: Sequence[float], base: Denominator | None) -> tuple[Row, Row]:
    """Status to why of a count and of its rate, which is missing where the denominator is."""
    status = "counted" if count else "zero"
    counted = (status, count, None, None, count, None, 1, None, "")
    if base is None:
        return counted, ("missing", None, None, None, count, None, indicator.per, None, no_rate(indicator.denominator_id))
    return counted, (status, *limits, count, base.value, indicator.per, base.id, "")


def _write_parquet(path: Path, columns: dict[str, str], rows: Sequence[Row]) -> None:
    """Rows as Parquet, through a CSV file that DuckDB reads in one go; written beside and renamed."""
    import duckdb

    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".new-") as scratch:
        lines, new = Path(scratch) / "lines.csv", Path(scratch) / path.name
        with lines.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
        types = ", ".join(f"'{name}': '{type}'" for name, type in columns.items())
        source = f"read_csv('{_quoted(lines)}', header = false, nullstr = '', columns = {{{types}}})"
        with duckdb.connect() as con:
            con.execute(f"COPY (SELECT * FROM {source}) TO '{_quoted(new)}' (FORMAT parquet, COMPRESSION zstd)")
        new.replace(path)


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
