"""Tables of every source come in by their headings, keep what is missing missing, and refuse what they are not."""

import gzip
import json

import pytest

from csplan.errors import CsplanError
from csplan.evidence import build, decide, editions, sources, tables
from csplan.evidence.load import load
from csplan.evidence.sources import Source
from csplan.evidence.status import status
from csplan.evidence.store import Store
from tests.unit.evidence.table_files import (
    DRAWN,
    EXAMPLES,
    GOOD,
    IMD,
    SQUARE,
    TABULAR,
    drawn,
    headings_of,
    held,
    imd,
    name_of,
    table,
)


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "data")


@pytest.fixture
def take(store, tmp_path):
    def taken(data, name="table.csv", **how):
        file = tmp_path / "in" / name
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(data)
        return load(store, [file], by="terminal:test", **how).units[0]

    return taken


# ---- every source ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("source", [*TABULAR, *DRAWN], ids=lambda s: s.name)
def test_a_file_of_every_source_is_recognised_and_kept(source, store, take):
    unit = take(drawn(source) if source in DRAWN else table(source), name_of(source))
    assert (unit.outcome, unit.source, unit.reasons) == ("accepted", source.name, ())
    ((scope, edition, rows),) = held(store, source.name)
    assert rows == (2 if source in DRAWN else 3) and edition and bool(scope) == bool(source.scope or source.scope_in)
    assert status(store)["rows"] == 0 and status(store)["releases"][0]["state"] == "accepted"


@pytest.mark.parametrize("source", TABULAR, ids=lambda s: s.name)
def test_the_order_of_columns_does_not_matter_and_one_that_lacks_does(source, take):
    headings = headings_of(source)[::-1]
    assert take(table(source, headings=headings), name_of(source)).outcome == "accepted"
    lacking = take(table(source, headings=headings[:-1]), name_of(source, 2))
    assert lacking.outcome == "rejected" or lacking.source != source.name


def test_sources_are_named_once_and_say_what_they_were_tried_on():
    assert len(sources.every()) >= 55 and all(s.tried_on for s in sources.every())
    assert all(s.key in s.columns for s in sources.every())


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"kind": "other"}, "is no kind of table"),
        ({"shape": "pdf"}, "is no shape of file"),
        ({"columns": {"a": "colour"}}, "is no kind of value"),
        ({"key": "b"}, "the key, the scope, the month"),
        ({"edition": ""}, "say the edition"),
        ({"edition_in": r"(\d+)"}, "and not both"),
        ({"colour": "red"}, "says nothing of a source"),
    ],
)
def test_a_document_that_is_no_source_is_refused_in_words(wrong, said):
    well = {"name": "a/b", "title": "T", "publisher": "P", "licence": "L", "kind": "lookup", "shape": "csv", "key": "a"}
    well |= {"columns": {"a": "text"}, "tried_on": "x", "edition": "1"}
    assert isinstance(sources.checked(well, "a.toml"), Source)
    with pytest.raises(CsplanError, match=said):
        sources.checked(well | wrong, "a.toml")


# ---- values ---------------------------------------------------------------------------------------------------


def test_what_is_left_out_or_marked_is_missing_and_never_nought(store, take):
    marks = ("", "NA", "[c]", "-", "..")
    take(imd(*[(f"E0102059{n}", "Here", "E06000047", "Durham", mark, "1", "1") for n, mark in enumerate(marks)]))
    unit = editions.tables(store.manifest())[0]
    headings, rows = tables.lines(store.path(unit.events))
    assert [row[headings.index("IMD_score")] for row in rows] == [None] * len(marks)
    assert tables.shown(None) == "not available"


def test_numbers_are_numbers_also_with_commas(store, take):
    take(imd((*GOOD[:4], "1,012.5", "32,844", "10")))
    headings, rows = tables.lines(store.path(editions.tables(store.manifest())[0].events), key="lsoa11_code", value="E01020590")
    assert dict(zip(headings, rows[0], strict=True)) | {} == {
        "lsoa11_code": "E01020590",
        "lsoa11_name": "Here 001A",
        "lad13_code": "E06000047",
        "lad13_name": "County Durham",
        "IMD_score": 1012.5,
        "IMD_rank": 32844,
        "IMD_decile": 10,
    }


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        (0, "E0102059", "Row 4, lsoa11_code: “E0102059” is not the code of a small area (LSOA). 1 row was put aside."),
        (0, "", "Row 4, lsoa11_code: there is no value, where the code of a small area (LSOA) should be. 1 row was put aside."),
        (2, "Durham", "Row 4, lad13_code: “Durham” is not the code of a district. 1 row was put aside."),
        (4, "12.5.1", "Row 4, IMD_score: “12.5.1” is not a number. 1 row was put aside."),
        (4, "١٢", "Row 4, IMD_score: “١٢” is not a number. 1 row was put aside."),
        (5, "1.5", "Row 4, IMD_rank: “1.5” is not a whole number. 1 row was put aside."),
        (6, "=1+1", "Row 4, IMD_decile: “=1+1” is not a whole number. 1 row was put aside."),
    ],
)
def test_a_row_with_a_wrong_value_is_put_aside_with_row_and_column(take, column, value, said):
    wrong = [*GOOD]
    wrong[column] = value
    unit = take(imd(GOOD, GOOD, wrong, GOOD))
    assert (unit.outcome, unit.rows_read, unit.rows_loaded, unit.rows_quarantined) == ("quarantined", 4, 3, 1)
    assert [r.message for r in unit.reasons] == [said]


def test_columns_that_hold_something_else_refuse_the_file(store, take):
    swapped = [(GOOD[1], GOOD[0], *GOOD[2:])] * 3
    unit = take(imd(*swapped))
    assert unit.outcome == "rejected" and "the columns seem to be swapped" in unit.reasons[0].message
    assert not store.manifest().units


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (imd(), "has headings and no rows"),
        (imd(GOOD) + b"E01020591,too few\n", "Row 3 of table.csv does not have 7 values"),
        (imd(GOOD) + b"a,b,c,d,e,f,g,h,i\n", "Row 3 of table.csv does not have 7 values"),
        (b"lsoa11_code;IMD_score\n1;2\n", "has its values parted by semicolons"),
        (imd(GOOD).replace(b"IMD_rank", b"IMD_rang"), "has headings this program does not know"),
        (b'{"type": "FeatureCollection", "features": []}', "no outlines of a source"),
        (b"{" * 5000, "no outlines of a source"),
        (b'{"hexes": {"E05001067": {"q": 1}}}', "no outlines of a source"),
    ],
)
def test_what_is_no_such_table_is_refused_in_a_sentence_and_nothing_is_kept(store, take, data, said):
    unit = take(data)
    assert unit.outcome == "rejected" and said in unit.reasons[0].message and not store.manifest().units


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_byte_order_marks_and_line_ends_are_as_they_are(take, encoding, ends):
    data = imd(GOOD, GOOD).decode().replace("\n", ends).encode(encoding)
    assert take(data).outcome == "accepted"
    assert take(gzip.compress(data), "table.csv.gz").outcome in ("accepted", "unchanged")


def test_headings_alike_are_told_apart():
    assert tables.apart(["A", "A", "", "A"]) == ("A", "A-2", "column-3", "A-3")


# ---- outlines -------------------------------------------------------------------------------------------------

WARDS = sources.named("ons/districts-2024")


@pytest.mark.parametrize(
    ("ring", "said"),
    [
        ([[[54.7, -1.6], [54.8, -1.5], [54.8, -1.6]]], "has latitude where longitude should be"),
        ([[[429535, 551175], [429635, 551175], [429635, 551275]]], "is not in degrees"),
        ([[[100, 10], [101, 10], [101, 11]]], "lies outside the United Kingdom"),
        ([[]], "outlines cannot be read"),
        ([[["x", 1], [2, 3]]], "outlines cannot be read"),
    ],
)
def test_outlines_in_the_wrong_place_are_refused(take, ring, said):
    unit = take(drawn(WARDS, ring), "districts.geojson")
    assert unit.outcome == "rejected" and said in unit.reasons[0].message


def test_an_outline_is_told_by_the_box_in_which_it_lies(store, take):
    source = sources.named("ons/output-areas-2011")
    take(drawn(source), "areas.topojson")
    headings, rows = tables.lines(store.path(editions.tables(store.manifest())[0].events))
    for row in rows:
        told = dict(zip(headings, row, strict=True))
        assert [told[side] for side in ("west", "south", "east", "north")] == pytest.approx([-1.6, 54.7, -1.5, 54.8])
        assert told["points"] == 5
    assert take(drawn(WARDS, [SQUARE], "MultiPolygon"), "districts.geojson").outcome == "accepted"
    assert take(drawn(WARDS, [[1, 2]], "LineString"), "lines.geojson").outcome == "rejected"


# ---- several files of one source ------------------------------------------------------------------------------


def test_parts_and_editions_stand_beside_each_other(store, take):
    source = sources.named("ons/wards-2025-generalised")
    take(drawn(source), "one.geojson")
    other = drawn(source).replace(b"E06000047", b"E06000005")
    take(other, "two.geojson")
    assert [part for part, *_ in held(store, source.name)] == ["E06000005", "E06000047"]
    both = json.loads(drawn(source))
    both["features"] += json.loads(other)["features"]
    refused = take(json.dumps(both).encode(), "both.geojson")
    assert refused.outcome == "rejected" and "several values under “LAD25CD”" in refused.reasons[0].message


def test_a_table_whose_name_tells_no_edition_is_refused(take):
    source = sources.named("ons/population-by-age-lsoa-2011")
    unit = take(table(source), "population.csv")
    assert unit.outcome == "rejected" and "does not tell of which year" in unit.reasons[0].message


def test_a_file_that_differs_from_the_one_held_waits_for_a_person(store, take):
    assert take(imd(GOOD)).outcome == "accepted"
    assert take(imd(GOOD), "again.csv").outcome == "unchanged"
    waits = take(imd((*GOOD[:4], "13.5", "100", "1")), "other.csv")
    assert waits.outcome == "held" and "Approve or reject" in waits.reasons[-1].message
    decide.approve(store, f"{IMD} 2015", by="manager")
    unit = editions.tables(store.manifest())[0]
    assert tables.lines(store.path(unit.events))[1][0][4] == 13.5


def test_made_again_it_is_the_same_and_damage_is_found_and_mended(store, take):
    take(imd(GOOD, GOOD))
    assert build.rebuild(store)["equal"]
    unit = editions.tables(store.manifest())[0]
    rows = store.path(unit.events)
    whole = rows.read_bytes()
    rows.write_bytes(whole[:40] + bytes([whole[40] ^ 1]) + whole[41:])
    again = build.rebuild(store)
    assert not again["equal"] and again["problems"][0]["key"] == f"{IMD} 2015"
    assert rows.read_bytes() == whole and build.rebuild(store)["equal"]


def test_a_rehearsal_keeps_nothing(store, take):
    assert take(imd(GOOD), dry_run=True).outcome == "accepted" and not store.manifest().units


def test_the_kind_of_a_column_is_told_by_its_values():
    told_by_hand = {"month", "instant", "longitude", "latitude"}
    for kind in EXAMPLES.keys() - told_by_hand:
        assert sources.kind_of("area code", list(EXAMPLES[kind])) == kind, kind
    assert sources.kind_of("postcode of sorts", ["DH11AA"]) == "code" and sources.kind_of("name", ["DH11AA"]) == "text"
    assert sources.kind_of("anything", ["", "NA"]) == "text"
