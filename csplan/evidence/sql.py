"""Every question asked of event rows, in plain SQL, and the one place that opens DuckDB.

DuckDB keeps nothing: it reads a CSV file as received into a table in memory, writes lean Parquet, and counts Parquet.
`COUNTS` is the text that a second engine runs over the same files; it keeps to filter, group and count for that reason.
"""

import errno
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

#: The twelve columns of a street file, in their order, under our names.
STREET = (
    "crime_id",
    "month",
    "reported_by",
    "falls_within",
    "longitude",
    "latitude",
    "location",
    "lsoa",
    "lsoa_name",
    "type",
    "outcome",
    "context",
)

#: How a street file is read, after its path.
_CSV = f"""auto_detect = false, header = true, delim = ',', quote = '"', escape = '"', strict_mode = true, null_padding = false,
    columns = {dict.fromkeys(STREET, "VARCHAR")}"""

_READ = """
CREATE OR REPLACE TEMP TABLE street AS SELECT * FROM read_csv(
    ?, {csv}, store_rejects = true, rejects_table = 'unread', rejects_scan = 'unread_scans')
"""

#: One row for each event. lsoa is '' where the row carries none; crime_id is the first half of police.uk's, or empty.
_EVENTS = """
COPY (
    SELECT
        CASE WHEN {id_ok} THEN unhex(left(crime_id, 32)) END AS crime_id,
        reported_by,
        coalesce(CASE WHEN {lsoa_ok} THEN lsoa END, '') AS lsoa,
        names.slug AS type,
        coalesce(outcome, '') AS outcome,
        coalesce(location, '') AS location,
        CASE WHEN {place_ok} THEN CAST(CAST(longitude AS DECIMAL(9, 6)) * 1000000 AS INTEGER) END AS lon,
        CASE WHEN {place_ok} THEN CAST(CAST(latitude AS DECIMAL(9, 6)) * 1000000 AS INTEGER) END AS lat
    FROM {source} AS street JOIN (VALUES {names}) AS names (name, slug) ON street.type = names.name
    WHERE {kept}
    ORDER BY 3, 4{order}
) TO {to} (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 3)
"""

#: Events counted by month, type and area. `events` is a table or view with the columns named.
COUNTS = "SELECT month, type, lsoa, count(*) AS n FROM events GROUP BY month, type, lsoa"

_AS_RECEIVED = """
CREATE OR REPLACE TEMP TABLE counted AS
WITH events AS (SELECT month, type, coalesce(lsoa, '') AS lsoa FROM read_csv(?, {csv})) {counts}
"""

_PARTS = """
SELECT * FROM read_parquet({parts}, hive_partitioning = true, hive_types = {{'month': VARCHAR, 'force': VARCHAR}})
"""

#: Rows in one part and not in the other, each as often as it is missing.
_DIFFERENT = """
SELECT count(*) FROM (
    (SELECT * FROM read_parquet($one) EXCEPT ALL SELECT * FROM read_parquet($other))
    UNION ALL
    (SELECT * FROM read_parquet($other) EXCEPT ALL SELECT * FROM read_parquet($one)))
"""


def connect() -> Any:
    """A DuckDB connection in memory that downloads nothing."""
    import duckdb

    return duckdb.connect(":memory:", config={"autoinstall_known_extensions": False, "autoload_known_extensions": False})


def text(value: str) -> str:
    """A value as a constant of SQL.

    >>> text("King's Road")
    "'King''s Road'"
    """
    return "'" + value.replace("'", "''") + "'"


def name(heading: str) -> str:
    """A heading as the name of a column of SQL.

    >>> name("Of all")
    '"Of all"'
    """
    return '"' + heading.replace('"', '""') + '"'


def copy(con: Any, query: str, to: Path) -> None:
    """Write what a query gives as one Parquet file. A full disk raises OSError."""
    import duckdb

    try:
        con.execute(f"COPY ({query}) TO {text(str(to))} (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 3)")
    except duckdb.IOException as e:
        raise OSError(errno.ENOSPC if "No space left" in str(e) else errno.EIO, str(e)) from e


def _plain(path: Path) -> str:
    """A path that DuckDB reads as it stands: signs that would match several files are put in brackets.

    >>> _plain(Path("cases[1]/a.csv"))
    'cases[[]1]/a.csv'
    """
    return re.sub(r"([*?\[])", r"[\1]", str(path))


def one_of(column: str, values: Iterable[str]) -> str:
    """The condition that a column holds one of the values."""
    return f"{column} IN ({', '.join(text(v) for v in sorted(values)) or 'NULL'})"


@dataclass(frozen=True)
class Unread:
    """Lines that are not a row of twelve values; `open_quote` is the line where a quotation mark is never closed."""

    lines: tuple[int, ...]
    open_quote: int | None


def read_street(con: Any, *paths: Path) -> Unread:
    """Read the file, or several as one, into the table `street`, all columns as text, blanks as NULL."""
    con.execute("DROP TABLE IF EXISTS unread")
    con.execute("DROP TABLE IF EXISTS unread_scans")
    con.execute(_READ.format(csv=_CSV), [[_plain(path) for path in paths]])
    lines = con.execute("SELECT line, max(CAST(error_type AS VARCHAR) = 'UNQUOTED VALUE') FROM unread GROUP BY line").fetchall()
    return Unread(tuple(sorted(line for line, _ in lines)), min((line for line, is_open in lines if is_open), default=None))


@dataclass(frozen=True)
class Failing:
    """Rows of `street` whose value in a column is not as it should be, and the first of them by place, from 0."""

    rows: int
    filled: int
    first: int
    example: str


def failing(con: Any, conditions: Mapping[str, tuple[str, str]]) -> dict[str, Failing]:
    """By name, each column some of whose values (blanks apart) do not meet its condition: name -> column, condition."""
    wrong = {name: f"({column} IS NOT NULL AND NOT coalesce({rule}, false))" for name, (column, rule) in conditions.items()}
    asked = ", ".join(f"count({conditions[name][0]}), count_if({rule})" for name, rule in wrong.items())
    found = con.execute(f"SELECT {asked} FROM street").fetchall()[0]
    out = {}
    for i, (name, rule) in enumerate(wrong.items()):
        filled, rows = found[2 * i : 2 * i + 2]
        if rows:
            column = conditions[name][0]
            first = con.execute(f"SELECT min(rowid), arg_min({column}, rowid) FROM street WHERE {rule}").fetchall()[0]
            out[name] = Failing(rows, filled, *first)
    return out


def values(con: Any, column: str, *, where: str = "true") -> dict[str, int]:
    """Each value of a column of `street` with its number of rows, the most frequent first; blank is ''."""
    asked = f"SELECT coalesce({column}, ''), count(*) FROM street WHERE {where} GROUP BY 1 ORDER BY 2 DESC, 1"
    return dict(con.execute(asked).fetchall())


def count_rows(con: Any, *conditions: str) -> list[tuple[int, int | None]]:
    """For each condition the rows of `street` that meet it, and the place of the first, from 0."""
    asked = ", ".join(f"count_if({rule}), min(rowid) FILTER (WHERE {rule})" for rule in conditions)
    found = con.execute(f"SELECT {asked} FROM street").fetchall()[0]
    return list(zip(found[::2], found[1::2], strict=True))


def repeated_ids(con: Any, kept: str) -> tuple[int, int | None]:
    """Kept rows whose crime ID stood in an earlier row already, and the place of the first of them."""
    named = f"crime_id IS NOT NULL AND {kept}"
    n = con.execute(f"SELECT count(*) - count(DISTINCT crime_id) FROM street WHERE {named}").fetchall()[0][0]
    if not n:
        return 0, None
    nth = f"SELECT rowid AS place, row_number() OVER (PARTITION BY crime_id ORDER BY rowid) AS nth FROM street WHERE {named}"
    return n, con.execute(f"SELECT min(place) FROM ({nth}) WHERE nth > 1").fetchall()[0][0]


def write_events(con: Any, to: Path, *, names: Mapping[str, str], kept: str, id_ok: str, lsoa_ok: str, place_ok: str) -> None:
    """Write the kept rows of `street` as one Parquet file, sorted by area and type. A full disk raises OSError."""
    import duckdb

    asked = _EVENTS.format(
        source="street",
        order=", street.rowid",
        names=_pairs(names),
        kept=kept,
        id_ok=id_ok,
        lsoa_ok=lsoa_ok,
        place_ok=place_ok,
        to=text(str(to)),
    )
    try:
        con.execute(asked)
    except duckdb.IOException as e:
        raise OSError(errno.ENOSPC if "No space left" in str(e) else errno.EIO, str(e)) from e


def _pairs(names: Mapping[str, str]) -> str:
    return ", ".join(f"({text(name)}, {text(slug)})" for name, slug in sorted(names.items()))


def write_as_received(con: Any, paths: Sequence[Path], to: Path, *, names: Mapping[str, str], **rules: str) -> None:
    """Write street files as they came as one Parquet file of events, in one pass. rules : id_ok, lsoa_ok and place_ok of `write_events`

    Nothing is checked first, so no load does this: it is what can be measured beside other programs that check nothing.
    """
    source = f"(SELECT * FROM read_csv(?, {_CSV}))"
    asked = _EVENTS.format(source=source, order="", names=_pairs(names), kept="true", to=text(str(to)), **rules)
    con.execute(asked, [[_plain(path) for path in paths]])


def counts(con: Any, parts: Sequence[Path]) -> list[tuple[str, str, str, int]]:
    """(month, type, LSOA code or '', rows) over the parts given, in no order."""
    rows: list[tuple[str, str, str, int]] = over_events(con, parts, COUNTS)
    return rows


def over_events(con: Any, parts: Sequence[Path], asked: str) -> list[Any]:
    """What a query over `events` gives, which are the rows of the parts."""
    listed = ", ".join(text(_plain(part)) for part in parts)
    con.execute("CREATE OR REPLACE TEMP VIEW events AS " + _PARTS.format(parts=f"[{listed}]"))
    found: list[Any] = con.execute(asked).fetchall()
    return found


def count_as_received(con: Any, paths: Sequence[Path]) -> None:
    """Count street files as they came into the table `counted` (month, type as named there, lsoa or '', n).

    Nothing is checked or kept: it is what the tables of counts of a load are held against. A line that cannot be read raises.
    """
    con.execute(_AS_RECEIVED.format(csv=_CSV, counts=COUNTS), [[_plain(path) for path in paths]])


def differing_rows(con: Any, one: Path, other: Path) -> int:
    """How many rows two parts do not share; the order of rows does not matter."""
    return int(con.execute(_DIFFERENT, {"one": _plain(one), "other": _plain(other)}).fetchall()[0][0])
