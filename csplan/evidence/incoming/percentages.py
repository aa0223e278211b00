"""Which cells of a workbook are shown as per cent: 0.87 on the disk and 87% to the person who typed it.

The library that reads cells does not say how they are shown, and a share read as 0.87 instead of 87 would be a wrong figure.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any
from xml.parsers import expat

#: sheet -> (row, column) counted from nought
Cells = dict[str, frozenset[tuple[int, int]]]

#: Numbers of the built-in formats 0% and 0.00%.
_BUILT_IN = {"9", "10"}
#: So many repeats of a filled cell at most; more is a column formatted to the sheet's end.
REPEATED = 500
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def cells(data: bytes, kind: str) -> Cells:
    """The cells shown as per cent, for each sheet. kind : xlsx or ods"""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return _of_xlsx(archive) if kind == "xlsx" else _of_ods(archive)


def _elements(archive: zipfile.ZipFile, member: str) -> Iterator[tuple[str, dict[str, str], bool]]:
    """(name, attributes, whether it opens) of each element of a member, read as a stream. Entities of its own are refused."""
    found: list[tuple[str, dict[str, str], bool]] = []

    def refuse(*_: Any) -> None:
        raise ValueError("a workbook defines no entities")

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.EntityDeclHandler = refuse
    parser.StartElementHandler = lambda name, attributes: found.append((name.rsplit(" ", 1)[-1], attributes, True))
    parser.EndElementHandler = lambda name: found.append((name.rsplit(" ", 1)[-1], {}, False))
    with archive.open(member) as stream:
        while chunk := stream.read(1 << 16):
            parser.Parse(chunk, False)
            yield from found
            found.clear()
        parser.Parse(b"", True)
    yield from found


def _of_xlsx(archive: zipfile.ZipFile) -> Cells:
    names = set(archive.namelist())
    if "xl/styles.xml" not in names or "xl/_rels/workbook.xml.rels" not in names:
        return {}
    styles = _percent_styles(archive)
    target = {
        a["Id"]: a["Target"].lstrip("/")
        for tag, a, opens in _elements(archive, "xl/_rels/workbook.xml.rels")
        if opens and "Id" in a
    }
    out: Cells = {}
    for tag, about, opens in _elements(archive, "xl/workbook.xml"):
        if opens and tag == "sheet":
            member = target.get(about.get(f"{_RELATION} id", ""), "")
            member = member if member.startswith("xl/") else f"xl/{member}"
            if styles and member in names:
                out[about.get("name", "")] = frozenset(_shown(archive, member, styles))
    return out


def _percent_styles(archive: zipfile.ZipFile) -> set[str]:
    """Numbers of the cell styles that show per cent."""
    formats, styles, n, inside = set(_BUILT_IN), set[str](), 0, False
    for tag, about, opens in _elements(archive, "xl/styles.xml"):
        if tag == "numFmt" and opens and "%" in re.sub(r'"[^"]*"|\\.', "", about.get("formatCode", "")):
            formats.add(about.get("numFmtId", ""))
        elif tag == "cellXfs":
            inside = opens
        elif tag == "xf" and opens and inside:
            if about.get("numFmtId") in formats:
                styles.add(str(n))
            n += 1
    return styles


def _shown(archive: zipfile.ZipFile, member: str, styles: set[str]) -> Iterator[tuple[int, int]]:
    for tag, about, opens in _elements(archive, member):
        if opens and tag == "c" and about.get("s") in styles:
            place = re.fullmatch(r"([A-Z]{1,3})(\d{1,7})", about.get("r", ""))
            if place:
                yield int(place[2]) - 1, _column(place[1])


def _column(letters: str) -> int:
    """A is 0, Z is 25, AA is 26."""
    n = 0
    for letter in letters:
        n = n * 26 + ord(letter) - ord("A") + 1
    return n - 1


def _of_ods(archive: zipfile.ZipFile) -> Cells:
    """An OpenDocument cell says itself what kind of value it holds; rows and cells that repeat are written once."""
    found: dict[str, set[tuple[int, int]]] = {}
    sheet, row, column, step = "", 0, 0, 1
    for tag, attributes, opens in _elements(archive, "content.xml"):
        about = {name.rsplit(" ", 1)[-1]: value for name, value in attributes.items()}
        if tag == "table" and opens:
            sheet, row = about.get("name", ""), 0
        elif tag == "table-row":
            row, column = (row, 0) if opens else (row + step, 0)
            step = _times(about, "number-rows-repeated") if opens else step
        elif tag in ("table-cell", "covered-table-cell") and opens:
            times = _times(about, "number-columns-repeated")
            if about.get("value-type") == "percentage":
                rows, columns = range(row, row + min(step, REPEATED)), range(column, column + min(times, REPEATED))
                found.setdefault(sheet, set()).update((r, c) for r in rows for c in columns)
            column += times
    return {name: frozenset(places) for name, places in found.items()}


def _times(about: dict[str, str], name: str) -> int:
    return min(int(about.get(name, "1")), 1 << 20)
