"""police.uk street files: which they are, whether they can be trusted, and what must be said about them.

A file is read whole or refused whole when it is not what it seems: another kind of file, values under the wrong heading,
the wrong month or force. Single rows that cannot be counted are put aside and listed; the rest is taken in.

| column | meaning | may be blank |
| --- | --- | --- |
| Crime ID | 64 letters and digits; kept as its first half | yes: anti-social behaviour has none |
| Month | the month the file is of | no |
| Reported by, Falls within | the police force | no |
| Longitude, Latitude | a map point near the place, degrees | yes |
| Location | the map point in words | yes |
| LSOA code, LSOA name | the small area of the map point | yes: counted as without an area |
| Crime type | one of `types.NAMES` | no |
| Last outcome category, Context | as published; context is not kept | yes |
"""

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from csplan.cycle.periods import is_month, month_in_words, month_of
from csplan.evidence import forces, sql, types
from csplan.evidence.archive import Refused
from csplan.evidence.manifest import STREET
from csplan.evidence.reasons import Reason

SOURCE = STREET
FIRST_MONTH = "2010-12"

HEADINGS = (
    "Crime ID",
    "Month",
    "Reported by",
    "Falls within",
    "Longitude",
    "Latitude",
    "Location",
    "LSOA code",
    "LSOA name",
    "Crime type",
    "Last outcome category",
    "Context",
)
#: As files were first published until 2013 (datasets/crime-uk on GitHub quotes April 2012): grid references, and no small areas.
OLDER_HEADINGS = ("Month", "Reported by", "Falls within", "Easting", "Northing", "Location", "Crime type", "Context")
_FILE_NAME = re.compile(r"(\d{4}-\d{2})-([a-z-]+)-street\.csv")

_LSOA = "regexp_full_match(lsoa, '[EW]01[0-9]{6}')"
_LON = "try_cast(longitude AS DOUBLE) BETWEEN -9 AND 2.5"
_LAT = "try_cast(latitude AS DOUBLE) BETWEEN 49 AND 61"
_PLACE = f"({_LON} AND {_LAT})"
_NAMED_TYPE = sql.one_of("type", types.NAMES)

#: How the values of each kind of column are written. A column of free words is wrong when it reads like another's.
_KINDS = {
    "crime_id": "[0-9a-f]{64}",
    "month": "[0-9]{4}-[0-9]{2}",
    "force": ".*(police|constabulary).*",
    "degrees": r"-?[0-9]+\.[0-9]+",
    "location": "on or near.*|no location",
    "lsoa": "[EW]01[0-9]{6}",
    "lsoa_name": ".+ [0-9]{3}[A-Z]",
    "type": "|".join(types.NAMES),
}


def _reads_like(column: str, own: str) -> str:
    """The condition that a column's values are written as its own kind is, or at least like no other kind."""
    others = "|".join(pattern for kind, pattern in _KINDS.items() if kind != own)
    unlike = f"NOT regexp_full_match({column}, '(?i){others}')"
    # CASE, because OR would hold every value against every pattern.
    return (
        f"(CASE WHEN regexp_full_match({column}, '(?i){_KINDS[own]}') THEN true ELSE {unlike} END)" if own in _KINDS else unlike
    )


#: heading -> our column, the condition its values meet, and what they should be in words. More than half of a column's
#: values failing means that the values stand under the wrong heading, and the file is refused.
CHECKS: dict[str, tuple[str, str, str]] = {
    "Crime ID": ("crime_id", _reads_like("crime_id", "crime_id"), "identifiers"),
    "Month": ("month", "regexp_full_match(month, '[0-9]{4}-(0[1-9]|1[0-2])')", "months such as 2025-06"),
    "Reported by": ("reported_by", _reads_like("reported_by", "force"), "police forces"),
    "Falls within": ("falls_within", _reads_like("falls_within", "force"), "police forces"),
    "Longitude": ("longitude", _LON, "degrees east of Greenwich"),
    "Latitude": ("latitude", _LAT, "degrees north"),
    "Location": ("location", _reads_like("location", "location"), "places"),
    "LSOA code": ("lsoa", _LSOA, "codes of small areas"),
    "LSOA name": ("lsoa_name", _reads_like("lsoa_name", "lsoa_name"), "names of small areas"),
    "Crime type": ("type", _NAMED_TYPE, "crime types"),
    "Last outcome category": ("outcome", _reads_like("outcome", "outcome"), "outcomes"),
    "Context": ("context", _reads_like("context", "context"), "remarks"),
}
#: What a crime ID must be to be kept.
_CRIME_ID = "regexp_full_match(crime_id, '[0-9a-fA-F]{64}')"


#: No line of a street file comes near this; the reader drops far longer ones without a word, so they are refused first.
LONGEST_LINE = 100_000


@dataclass(frozen=True)
class Street:
    """What one street file holds. `types` counts the rows taken in; `kept` is the condition they met, for writing them."""

    force: str
    month: str
    rows_read: int
    rows_loaded: int
    types: Mapping[str, int]
    reasons: tuple[Reason, ...]
    kept: str

    @property
    def rows_quarantined(self) -> int:
        return self.rows_read - self.rows_loaded


def recognise(path: str, data: bytes) -> None:
    """Pass a street file by its headings; refuse everything else with one sentence on what it is and one on what to do."""
    if not data.strip():
        raise Refused("empty", f"{path} is empty. Download it again.")
    if data.lstrip()[:1] == b"<":
        raise Refused("web_page", f"{path} is a web page, not a CSV file. Download the file itself again.")
    try:
        first = data.split(b"\n", 1)[0].decode("utf-8-sig").strip("\r")
        found = next(csv.reader([first], strict=True), [])
    except (UnicodeDecodeError, csv.Error):
        found = []
    if tuple(found) == HEADINGS:
        if b"\0" in data:
            raise Refused("null_signs", f"{path} holds signs that no text has, so it is damaged. Download it again.")
        if max(map(len, data.split(b"\n"))) > LONGEST_LINE:
            raise Refused("line_too_long", f"A line of {path} is far longer than police.uk writes. Download the file again.")
        return
    if set(found) >= set(OLDER_HEADINGS):
        raise Refused(
            "older_layout",
            f"{path} is in the layout of before 2013, which has no small areas, so it cannot be counted by area. "
            "data.police.uk publishes the same months again in the later layout: download its archive and give that.",
        )
    if sorted(found) == sorted(HEADINGS):
        raise Refused("columns_swapped", f"The columns of {path} are not in police.uk's order. Download it again.")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Refused("utf_16", f"{path} was saved as UTF-16 text. Save it as CSV UTF-8, or download it again.")
    if b"\0" in data[:4096] or len(found) < 2:
        raise Refused(
            "unknown_file",
            f"{path} is not a file this program knows. Give street files from data.police.uk, or archives of them.",
        )
    shown = ", ".join(heading[:30] for heading in found[:12])
    raise Refused(
        "unknown_file", f"{path} has headings this program does not know: {shown}. Give street files from data.police.uk."
    )


def read(con: Any, path: str, name: str, file: Path) -> Street:
    """Check the street file held at `file`, and leave its rows in the table `street`.

    path, name : how it is shown; its own name, which may tell its month and force
    Raises `Refused` when it is not what it seems.
    """
    unread = sql.read_street(con, file)
    if unread.open_quote is not None:
        raise Refused(
            "damaged", f"A quotation mark opened in row {unread.open_quote} of {path} is never closed. Download it again."
        )
    read_rows = sum(sql.values(con, "type").values())
    total = read_rows + len(unread.lines)
    if not total:
        raise Refused("empty", f"{path} has headings and no rows. Download it again.")
    if unread.lines and _is_cut(file):
        raise Refused("damaged", f"{path} ends in the middle of row {unread.lines[-1]}: it was cut short. Download it again.")
    if len(unread.lines) * 2 > total:
        raise Refused("unreadable", f"Most rows of {path} do not have twelve values. Download it again.")
    failing = sql.failing(con, {heading: check[:2] for heading, check in CHECKS.items()})
    _check_columns(path, failing, unread.lines)
    month = _check_month(con, path, name)
    force, names = _check_force(con, path, name)
    kept = f"(month = {sql.text(month)} AND {sql.one_of('falls_within', names)} AND {_NAMED_TYPE})"
    counted = _by_type(con, kept)
    aside = _set_aside(con, month, names, unread.lines)
    reasons = (*aside, *_warnings(con, failing, kept, unread.lines))
    return Street(force, month, total, sum(counted.values()), counted, reasons, kept)


def write(con: Any, street: Street, to: Path) -> None:
    """Write the rows that `read` left as the events of one file."""
    sql.write_events(con, to, names=types.NAMES, kept=street.kept, id_ok=_CRIME_ID, lsoa_ok=_LSOA, place_ok=_PLACE)


def write_as_received(con: Any, paths: Sequence[Path], to: Path) -> None:
    """Write street files as they came as the events of one file, with none of the checks of `read`; only ever for measuring."""
    sql.write_as_received(con, paths, to, names=types.NAMES, id_ok=_CRIME_ID, lsoa_ok=_LSOA, place_ok=_PLACE)


def _is_cut(file: Path) -> bool:
    with file.open("rb") as bytes_:
        bytes_.seek(-1, 2)
        return bytes_.read(1) != b"\n"


def row_number(place: int, unread: tuple[int, ...]) -> int:
    """The row of the file at a place (from 0) among the rows that were read.

    >>> row_number(0, ()), row_number(5, (3, 4))
    (2, 9)
    """
    row = place + 2
    for line in unread:
        row += line <= row
    return row


def _check_columns(path: str, failing: Mapping[str, sql.Failing], unread: tuple[int, ...]) -> None:
    for heading, found in failing.items():
        if found.rows * 2 > found.filled:
            row, should = row_number(found.first, unread), CHECKS[heading][2]
            raise Refused(
                "columns_swapped",
                f"The values under “{heading}” in {path} are not {should}: row {row} has “{found.example[:40]}”. "
                "The columns seem to be swapped; download the file again.",
            )


def _check_month(con: Any, path: str, name: str) -> str:
    """The file's month: that of most rows, which its name must not contradict."""
    month = next(iter(sql.values(con, "month")))
    told = _FILE_NAME.fullmatch(name)
    if told and is_month(told[1]) and told[1] != month:
        raise Refused(
            "wrong_month",
            f"{path} is named after {month_in_words(told[1])} and its rows are of {month or 'no month'}. Download it again.",
        )
    if not FIRST_MONTH <= month <= month_of(datetime.now(UTC).date()):
        raise Refused(
            "wrong_month", f"{path} is of {month or 'no month'}, for which nothing can be published. Download it again."
        )
    return month


def _check_force(con: Any, path: str, name: str) -> tuple[str, tuple[str, ...]]:
    """The file's force: that of most rows, which its name must not contradict; and the names the rows give it."""
    by_name = sql.values(con, "falls_within")
    rows_by_force: dict[str, int] = {}
    for given, rows in by_name.items():
        force = forces.slug(given)
        rows_by_force[force] = rows_by_force.get(force, 0) + rows
    force = max(rows_by_force, key=lambda f: (rows_by_force[f], f))
    if force not in forces.known():
        given = next(iter(by_name))
        raise Refused(
            "unknown_force", f"The rows of {path} are of “{given[:60]}”, which is no police force known here. Download it again."
        )
    told = _FILE_NAME.fullmatch(name)
    if told and told[2] in forces.known() and told[2] != force:
        raise Refused("wrong_force", f"{path} is named after {told[2]} and its rows are of {force}. Download it again.")
    return force, tuple(given for given in by_name if forces.slug(given) == force)


def _by_type(con: Any, kept: str) -> dict[str, int]:
    counted: dict[str, int] = {}
    for name, rows in sql.values(con, "type", where=kept).items():
        counted[types.NAMES[name]] = counted.get(types.NAMES[name], 0) + rows
    return dict(sorted(counted.items()))


def _rows(n: int) -> str:
    return "1 row" if n == 1 else f"{n:,} rows"


def _reason(code: str, found: tuple[int, int | None], words: str, unread: tuple[int, ...]) -> list[Reason]:
    n, first = found
    return [] if first is None or not n else [Reason(code, f"{_rows(n)} {words}", n, row_number(first, unread))]


def _set_aside(con: Any, month: str, names: tuple[str, ...], unread: tuple[int, ...]) -> list[Reason]:
    """The rows that are not counted, each under the first rule it breaks."""
    out = []
    if unread:
        said = f"{_rows(len(unread))} without twelve readable values, put aside."
        out.append(Reason("row_unreadable", said, len(unread), unread[0]))
    of_month = f"coalesce(month = {sql.text(month)}, false)"
    of_force = f"coalesce({sql.one_of('falls_within', names)}, false)"
    of_type = f"coalesce({_NAMED_TYPE}, false)"
    other_month, other_force, other_type = sql.count_rows(
        con, f"NOT {of_month}", f"{of_month} AND NOT {of_force}", f"{of_month} AND {of_force} AND NOT {of_type}"
    )
    out += _reason("month_differs", other_month, "of another month, put aside.", unread)
    out += _reason("force_differs", other_force, "of another police force, put aside.", unread)
    out += _reason("type_unknown", other_type, "with a crime type not known here, put aside.", unread)
    return out


def _warnings(con: Any, failing: Mapping[str, sql.Failing], kept: str, unread: tuple[int, ...]) -> list[Reason]:
    """What is odd about rows that are counted all the same."""
    out = []
    off_map_rule = f"(longitude IS NOT NULL OR latitude IS NOT NULL) AND NOT coalesce({_PLACE}, false)"
    odd_ids, off_map = sql.count_rows(con, f"{kept} AND NOT {_CRIME_ID}", f"{kept} AND {off_map_rule}")
    out += _reason("crime_id_unread", odd_ids, "with a crime ID that is not one; counted without it.", unread)
    if "LSOA code" in failing:
        found = failing["LSOA code"]
        out += _reason(
            "lsoa_unread", (found.rows, found.first), "with an LSOA code that is not one; counted without an area.", unread
        )
    out += _reason("place_unread", off_map, "with a point that is not in the country; counted by LSOA code.", unread)
    strange = forces.unknown_lsoas(code for code in sql.values(con, "lsoa") if code)
    if strange:
        (found_rows,) = sql.count_rows(con, f"{kept} AND {_LSOA} AND {sql.one_of('lsoa', strange)}")
        words = "with an LSOA code that is in no list; counted, and in no area."
        out += _reason("lsoa_unknown", found_rows, words, unread)
    out += _reason(
        "crime_id_repeated", sql.repeated_ids(con, kept), "repeating the crime ID of a row before; counted as published.", unread
    )
    return out
