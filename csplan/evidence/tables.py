"""Open tables in: recognised by their headings, checked value by value, and kept as Parquet beside the file as received.

A table is read whole or refused whole when it is not what it seems; single rows whose key or values are not what their column holds
are put aside and listed. A value that the publisher left out, or marked as not available, is missing and never zero.

Boundaries are told as a table too: code, name, the box in which an area lies and of how many points it is drawn. The outline itself
stays in the file as received.
"""

import csv
import io
import json
import re
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from csplan.errors import InputRejected
from csplan.evidence import forces, outlines, sources, sql
from csplan.evidence.archive import Refused
from csplan.evidence.incoming import drawn
from csplan.evidence.incoming import file as incoming
from csplan.evidence.reasons import Reason
from csplan.evidence.sources import MARKS, VALUES, Source

#: Below this share of good values a column does not hold what its heading says.
LEAST_GOOD = 0.5
#: A heading line longer than this is none.
LONGEST_HEAD = 100_000


@dataclass(frozen=True)
class Table:
    """A table that was read into the DuckDB table `held`. headings : as the columns are called there, in the order of the file"""

    source: Source
    edition: str
    scope: str
    headings: tuple[str, ...]
    rows_read: int
    rows_loaded: int
    reasons: tuple[Reason, ...]

    @property
    def rows_quarantined(self) -> int:
        return self.rows_read - self.rows_loaded


def recognise(data: bytes, own: Path | None = None) -> Source | None:
    """The source of a file by its headings; None where it is of none. own : a folder of documents of sources beside ours"""
    shape, headings = _begins(data)
    return sources.of(shape, headings, own) if headings else None


def unknown(path: str, data: bytes, otherwise: Refused) -> Refused:
    """Why a file is refused that no source fits. otherwise : what was said of it as a street file"""
    if otherwise.code != "unknown_file":
        return otherwise
    do = "`csplan evidence sources` lists what is read, and `csplan evidence map` writes a mapping for another table."
    shape, headings = _begins(data)
    if shape in ("shapefile", "geopackage") and not headings:
        return _why_not_drawn(shape, data, path)
    if data.lstrip()[:1] == b"{":
        return Refused("unknown_file", f"{path} is a JSON file, and no outlines of a source that is known here. {do}")
    if data[:LONGEST_HEAD].split(b"\n", 1)[0].count(b";") > len(headings):
        return Refused("semicolons", f"{path} has its values parted by semicolons. Save it as CSV with commas, and give that.")
    if headings:
        shown = ", ".join(heading[:30] for heading in headings[:12])
        return Refused("unknown_file", f"{path} has headings this program does not know: {shown}. {do}")
    return Refused("unknown_file", f"{path} is not a file this program knows. {do}")


def _why_not_drawn(shape: str, data: bytes, path: str) -> Refused:
    try:
        _drawn(shape, data, path)
    except Refused as e:
        return e
    return Refused("unknown_file", f"{path} is not a file this program knows.")


def mapping(data: bytes, name: str) -> str:
    """A document of a source for a file that none fits, to be read through and corrected. Raises `Refused` for what is no table."""
    shape, headings = _begins(data)
    if not headings:
        raise Refused("unknown_file", f"{name} is no table, GeoJSON or TopoJSON, so no mapping can be made of it.")
    rows = _first_rows(data, name, shape)
    kinds = {h: sources.kind_of(h, [str(row[i] or "").strip() for row in rows if i < len(row)]) for i, h in enumerate(headings)}
    key = next((h for h, kind in kinds.items() if kind not in ("text", "number", "whole")), headings[0])
    about = {
        "name": f"own/{re.sub(r'[^a-z0-9]+', '-', name.split('.')[0].lower()).strip('-')}",
        "title": "What the table holds, in a few words",
        "publisher": "Who publishes it",
        "licence": "Open Government Licence v3.0",
        "kind": "boundary" if shape in sources.DRAWN else "lookup",
        "shape": shape,
        "key": key,
        "edition": "The year or month it is of",
        "tried_on": "none",
    }
    said = [f"{field} = {_toml(value)}" for field, value in about.items()]
    columns = [f"{_toml(heading)} = {_toml(kind)}" for heading, kind in kinds.items()]
    return "\n".join([*said, "", "# heading = kind of value: " + ", ".join(VALUES), "[columns]", *columns]) + "\n"


def _toml(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)


def _first_rows(data: bytes, name: str, shape: str) -> list[list[Any]]:
    """Some rows of a table, as words."""
    if shape in sources.DRAWN:
        return _drawn(shape, data, name)[1]
    if shape == "parquet":
        raise Refused("unknown_file", f"{name} is a Parquet file, of which no mapping is made. Export it as CSV.")
    words = data[:LONGEST_HEAD].decode("utf-8-sig", "replace")
    return list(csv.reader(io.StringIO(words), delimiter="\t" if shape == "tsv" else ","))[1:-1]


def _drawn(shape: str, data: bytes, path: str) -> tuple[tuple[str, ...], list[list[Any]]]:
    """(headings, a row for each area) of a file of boundaries. Raises `Refused`."""
    if shape in ("geojson", "topojson"):
        return outlines.rows(data, path)
    try:
        return incoming.read_drawn(data, path)
    except InputRejected as e:
        raise Refused("damaged", str(e)) from e


def _begins(data: bytes) -> tuple[str, tuple[str, ...]]:
    """(shape, headings) of a file; no headings where it begins like nothing that is read here."""
    if data.startswith(b"PAR1"):
        return "parquet", _parquet_headings(data)
    if shape := drawn.kind(data):
        try:
            return shape, incoming.read_drawn(data, "the file")[0]
        except InputRejected:
            return shape, ()
    start = data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    if start == b"{":
        return outlines.headings(data)
    try:
        head = data[:LONGEST_HEAD].split(b"\n", 1)[0].decode("utf-8-sig").rstrip("\r")
    except UnicodeDecodeError:
        return "csv", ()
    shape = "tsv" if "\t" in head and head.count("\t") > head.count(",") else "csv"
    try:
        found = next(csv.reader([head], delimiter="\t" if shape == "tsv" else ",", strict=True), [])
    except csv.Error:
        found = []
    return shape, apart(found) if len(found) > 1 else ()


def _parquet_headings(data: bytes) -> tuple[str, ...]:
    import duckdb

    with tempfile.NamedTemporaryFile(suffix=".parquet") as file:
        file.write(data)
        file.flush()
        try:
            con = sql.connect()
            con.execute(f"SELECT * FROM read_parquet({sql.text(file.name)}) LIMIT 0")
            return apart([column[0] for column in con.description])
        except duckdb.Error:
            return ()


def apart(headings: Sequence[str]) -> tuple[str, ...]:
    """Headings with no two alike and none empty: a second “Persons” is “Persons-2”, the ninth without words is “column-9”.

    >>> apart(["LSOA", "Persons", "Persons", ""])
    ('LSOA', 'Persons', 'Persons-2', 'column-4')
    """
    out: list[str] = []
    for place, heading in enumerate(headings, start=1):
        name = heading.strip() or f"column-{place}"
        others = (f"{name}-{n}" for n in range(2, len(headings) + 2))
        out.append(name if name not in out else next(other for other in others if other not in out))
    return tuple(out)


def read(con: Any, path: str, name: str, file: Path, source: Source) -> Table:
    """Check a table held at `file`, and leave its good rows in the DuckDB table `held`. Raises `Refused`.

    path, name : how it is shown; its own name, which may tell its edition
    """
    headings = _stage(con, path, file, source)
    total = con.execute("SELECT count(*) FROM typed").fetchone()[0]
    if not total:
        raise Refused("empty", f"{path} has headings and no rows. Download it again.")
    edition, part = _edition(path, name, source), _part(path, name, source)
    bad = {heading: _bad(source, heading) for heading in headings}
    reasons = [*_wrong(con, path, source, headings, bad, total)]
    elsewhere = dict(_elsewhere(con, source, edition, part))
    reasons += _aside(con, path, elsewhere, total)
    kept = " AND ".join(f"NOT coalesce({rule}, false)" for rule in (*bad.values(), *elsewhere.values()))
    con.execute(f"CREATE OR REPLACE TEMP TABLE held AS SELECT {_typed(source, headings)} FROM typed WHERE {kept} ORDER BY row")
    loaded = con.execute("SELECT count(*) FROM held").fetchone()[0]
    return Table(source, edition, part or _scope(con, path, source), headings, total, loaded, tuple(reasons))


def write(con: Any, to: Path) -> None:
    """Write the rows that `read` left as Parquet: the same bytes for the same rows."""
    sql.copy(con, "SELECT * FROM held", to)


def _stage(con: Any, path: str, file: Path, source: Source) -> tuple[str, ...]:
    """The file as words in the DuckDB table `typed`, each row with its number in the file; gives the headings."""
    if source.shape in ("csv", "tsv"):
        shape, headings = _begins(file.read_bytes()[:LONGEST_HEAD])
        stage_csv(con, path, file, headings, "\t" if shape == "tsv" else ",")
        return headings
    if source.shape == "parquet":
        headings = _parquet_headings(file.read_bytes())
        words = ", ".join(f"CAST({sql.name(h)} AS VARCHAR) AS {sql.name(h)}" for h in headings)
        read = f"read_parquet({sql.text(str(file))})"
        con.execute(f"CREATE OR REPLACE TEMP TABLE typed AS SELECT row_number() OVER () AS row, {words} FROM {read}")
        return headings
    headings, rows = _drawn(source.shape, file.read_bytes(), path)
    scratch = io.StringIO()
    writer = csv.writer(scratch, lineterminator="\n")
    writer.writerows([headings, *rows])
    staged = file.with_name(f"{file.name}.rows")
    try:
        staged.write_text(scratch.getvalue(), encoding="utf-8")
        stage_csv(con, path, staged, headings, ",")
    finally:
        staged.unlink(missing_ok=True)
    return headings


def stage_csv(con: Any, path: str, file: Path, headings: Sequence[str], delimiter: str) -> None:
    """A file of values as words in the DuckDB table `typed`, each row with its number in the file."""
    import duckdb

    columns = ", ".join(f"{sql.text(f'c{i}')}: 'VARCHAR'" for i in range(len(headings)))
    names = ", ".join(f"trim(c{i}) AS {sql.name(heading)}" for i, heading in enumerate(headings))
    options = "header = true, auto_detect = false, quote = '\"', escape = '\"', strict_mode = true, max_line_size = 16000000"
    read = f"read_csv({sql.text(str(file))}, delim = {sql.text(delimiter)}, columns = {{{columns}}}, {options})"
    try:
        con.execute(f"CREATE OR REPLACE TEMP TABLE typed AS SELECT row_number() OVER () + 1 AS row, {names} FROM {read}")
    except duckdb.Error as e:
        line = re.search(r"Line: (\d+)", str(e))
        where = f"Row {line[1]} of {path}" if line else f"A row of {path}"
        raise Refused("row_unreadable", f"{where} does not have {len(headings)} values. Download the file again.") from e


def _bad(source: Source, heading: str) -> str:
    """The condition that a value is not what its column holds; the key may not be left out."""
    column, kind = sql.name(heading), source.type_of(heading)
    missing = f"({column} IS NULL OR {sql.one_of(column, MARKS)})"
    matches = f"regexp_full_match({column}, {sql.text(VALUES[kind][0])})"
    empty = missing if heading == source.key else "false"
    return f"({empty} OR (NOT {missing} AND NOT {matches}))"


def _wrong(con: Any, path: str, source: Source, headings: Sequence[str], bad: dict[str, str], total: int) -> Iterator[Reason]:
    """A reason for each column in which a value is wrong; a column that is mostly wrong is refused."""
    asked = ", ".join(f"count(*) FILTER ({rule})" for rule in bad.values())
    counts = con.execute(f"SELECT {asked} FROM typed").fetchone()
    for heading, n in zip(headings, counts, strict=True):
        if not n:
            continue
        column, should = sql.name(heading), VALUES[source.type_of(heading)][1]
        row, example = con.execute(f"SELECT row, {column} FROM typed WHERE {bad[heading]} ORDER BY row LIMIT 1").fetchone()
        shown = f"“{example[:40]}” is not {should}" if example else f"there is no value, where {should} should be"
        said = f"Row {row}, {heading}: {shown}."
        if n > total * (1 - LEAST_GOOD):
            raise Refused("columns_swapped", f"{said} Most rows of {path} are so; the columns seem to be swapped.")
        yield Reason("value_unread", f"{said} {n:,} {'row was' if n == 1 else 'rows were'} put aside.", n, row)


def _typed(source: Source, headings: Sequence[str]) -> str:
    """The columns as they are kept: numbers as numbers, words as words, what is left out as NULL."""
    out = []
    for heading in headings:
        column, kind = sql.name(heading), source.type_of(heading)
        value = f"CASE WHEN {column} IS NULL OR {sql.one_of(column, MARKS)} THEN NULL ELSE {column} END"
        if kind in ("number", "whole", "longitude", "latitude"):
            number = f"CAST(replace({value}, ',', '') AS DOUBLE)"
            value = f"CAST({number} AS BIGINT)" if kind == "whole" else number
        out.append(f"{value} AS {column}")
    return ", ".join(out)


def _scope(con: Any, path: str, source: Source) -> str:
    """The part of the whole that a file holds: the one value of its column of scope, as it stands in an address."""
    if not source.scope:
        return ""
    asked = f"SELECT DISTINCT {sql.name(source.scope)} FROM held ORDER BY 1 LIMIT 3"
    found = [row[0] for row in con.execute(asked).fetchall() if row[0]]
    if len(found) != 1:
        raise Refused(
            "several_parts", f"{path} holds several values under “{source.scope}”. Give a file for each, or the whole file."
        )
    return re.sub(r"[^A-Za-z0-9]+", "-", str(found[0])).strip("-")


def _elsewhere(con: Any, source: Source, edition: str, part: str) -> Iterator[tuple[str, str]]:
    """(what they are of, condition) of rows that are not of the month or the force that the file's name tells."""
    if source.month:
        column, month = sql.name(source.month), sql.text(edition)
        rule = f"left({column}, 7) <> {month}"
        if source.type_of(source.month) == "instant":
            # Published in universal time: in summer the first hour of a month in London is the last of the one before.
            rule += f" AND strftime(try_cast(left({column}, 19) AS TIMESTAMP) + INTERVAL 1 HOUR, '%Y-%m') <> {month}"
        yield "another month", f"({rule})"
    if source.force:
        column = sql.name(source.force)
        named = [row[0] for row in con.execute(f"SELECT DISTINCT {column} FROM typed").fetchall() if row[0]]
        here = [name for name in named if forces.slug(name) == part]
        yield "another police force", f"NOT coalesce({sql.one_of(column, here)}, false)"


def _aside(con: Any, path: str, elsewhere: dict[str, str], total: int) -> Iterator[Reason]:
    for of, rule in elsewhere.items():
        n, row = con.execute(f"SELECT count(*), min(row) FROM typed WHERE {rule}").fetchone()
        if n > total * (1 - LEAST_GOOD):
            raise Refused("wrong_file", f"Most rows of {path} are of {of} than its name tells. Download it again.")
        if n:
            yield Reason("of_another", f"{n:,} {'row' if n == 1 else 'rows'} of {of}, put aside. The first is row {row}.", n, row)


def _part(path: str, name: str, source: Source) -> str:
    """The part that a file's name tells; empty where the source has no such pattern."""
    if not source.scope_in:
        return ""
    found = re.search(source.scope_in, name)
    if found is None:
        raise Refused("part_unknown", f"The name of {path} does not tell whose it is. Give the file its publisher’s name again.")
    return found[1]


def _edition(path: str, name: str, source: Source) -> str:
    if source.edition:
        return source.edition
    found = re.search(source.edition_in, name)
    if found is None:
        raise Refused(
            "edition_unknown", f"The name of {path} does not tell of which year it is. Give the file its publisher’s name again."
        )
    return found[1]


def lines(file: Path, *, key: str = "", value: str = "", most: int = 100) -> tuple[list[str], list[list[Any]]]:
    """(headings, rows) of a table as it is kept; of one key where one is given. Rows in the order of the file."""
    con = sql.connect()
    where = f"WHERE {sql.name(key)} = {sql.text(value)}" if key else ""
    con.execute(f"SELECT * FROM read_parquet({sql.text(str(file))}) {where} LIMIT {int(most)}")
    return [column[0] for column in con.description], [list(row) for row in con.fetchall()]


def shown(value: Any) -> str:
    """A value of a table in words."""
    return "not available" if value is None else json.dumps(value, ensure_ascii=False).strip('"')
