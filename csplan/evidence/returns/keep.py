"""Returns of partners in the data folder: the file as it came, and its good rows as Parquet. They are not published."""

import csv
import io
from datetime import date
from pathlib import Path
from typing import Any

from csplan.errors import InputRejected
from csplan.evidence import sql, tables
from csplan.evidence.archive import Refused
from csplan.evidence.returns import read as reader
from csplan.evidence.returns import wards
from csplan.evidence.returns.data_set import KPI as KPI
from csplan.evidence.returns.read import Return
from csplan.evidence.store import Store

#: Kinds of value that are kept as numbers.
NUMBERS = ("whole", "age")


def is_return(path: str, data: bytes, name: str) -> bool:
    """Whether a file is a return. Raises Refused for a workbook that cannot be read, or that holds none."""
    try:
        found = reader.recognise(data, name)
    except InputRejected as e:
        raise Refused("workbook", str(e)) from e
    if found is None and data.startswith(b"PK"):
        raise Refused(
            "unknown_file",
            f"{path} is a workbook, and no sheet of it has the headings of a return. {reader.how()} "
            "Of any other table, save the sheet as CSV and give that.",
        )
    return found is not None


def read(store: Store, raw: Path, path: str, name: str, district: str | None, received_at: str) -> Return:
    """The return in a file, as it is read on the day on which it came. Raises Refused."""
    try:
        outline = reader.outline_of(raw.read_bytes(), name)
    except InputRejected as e:
        raise Refused("unreadable", str(e)) from e
    day = date.fromisoformat(received_at[:10])
    return reader.read(path, outline, wards.held(store, district), district, today=day)


def write(con: Any, found: Return, to: Path) -> None:
    """Write the good rows, each with its number in the file, as Parquet: the same bytes for the same rows."""
    columns = found.data_set.columns
    scratch = io.StringIO()
    out = csv.writer(scratch, lineterminator="\n")
    out.writerow(["row", *(column.heading for column in columns)])
    out.writerows([line.row, *line.cells.values()] for line in found.lines)
    staged = to.with_name(f"{to.name}.rows")
    try:
        staged.write_text(scratch.getvalue(), encoding="utf-8")
        tables.stage_csv(con, to.name, staged, ["number", *(column.heading for column in columns)], ",")
    finally:
        staged.unlink(missing_ok=True)
    kept = ", ".join(_kept(column.heading, column.kind in NUMBERS) for column in columns)
    sql.copy(con, f"SELECT CAST(number AS BIGINT) AS row, {kept} FROM typed ORDER BY 1", to)


def _kept(heading: str, is_number: bool) -> str:
    column = f"nullif({sql.name(heading)}, '')"
    return f"{f'CAST({column} AS BIGINT)' if is_number else column} AS {sql.name(heading)}"
