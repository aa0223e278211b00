"""A district among those of its region as a picture and a table; the key of a map; what a factsheet rests on."""

import re
from dataclasses import replace
from datetime import date

import pytest

from csplan.cycle import kpi, periods
from csplan.documents import maps as drawn_maps
from csplan.documents.palette import ACCENT
from csplan.evidence import areas
from csplan.evidence.areas import Area
from csplan.evidence.region import DistrictRate, RegionFindings
from csplan.website.pages import factsheet, maps, region

HERE, THERE, YONDER = (Area(f"E0600000{i}", name, "district", None) for i, name in enumerate(("Here", "There", "Yonder")))
OUT, GONE = Area("E07000001", "Out", "district", None), Area("E07000002", "Gone", "district", None)
FOUND = RegionFindings(
    topic="burglary",
    district=HERE,
    region=Area("E12000001", "North East", "region", None),
    period=periods.parse("2025"),
    per=1000,
    base="households",
    base_label="households, Census 2021",
    districts=(
        DistrictRate(THERE, "Northumbria", 1420, 100_000, 14.2, 13.5, 15.0),
        DistrictRate(HERE, "Durham", 960, 100_000, 9.6, 9.0, 10.2),
        DistrictRate(YONDER, "Northumbria", 410, 100_000, 4.1, 3.7, 4.5),
    ),
    left_out=(),
    why="",
)


# ---- the region -------------------------------------------------------------------------------------


def test_the_district_alone_has_the_accent_and_the_median_is_named():
    drawn = region.figure(FOUND)
    for picture in (drawn["wide"], drawn["narrow"]):
        assert len(re.findall(rf'<rect [^>]*fill="{ACCENT}"', picture)) == 1
        assert ">Median 9.6</text>" in picture and re.findall(r'font-weight="700"[^>]*>([^<]+)<', picture) == ["Here", "9.6"]
        assert f"<desc id={re.search('<desc id=([^>]+)>', picture)[1]}>{FOUND.words} The median is 9.6.</desc>" in picture


def test_message_table_and_source_stand_with_the_picture():
    drawn = region.figure(FOUND)
    assert drawn["head"] == FOUND.headline
    assert (
        "per 1,000 households in three districts of the North East, January to December 2025, with 95% intervals" in drawn["sub"]
    )
    assert drawn["source"] == "Source: data.police.uk. Households, Census 2021. Recording differs between forces."
    assert drawn["table"]["rows"][1] == ("Here", "Durham", "960", "9.6", "9.0 to 10.2")
    assert drawn["table"]["here"] == "Here" and "Not a league table" in drawn["table"]["sub"]


def test_who_is_left_out_is_named_with_the_reason():
    out = replace(FOUND, left_out=((OUT, "a month is missing"), (GONE, "a month is missing"), (YONDER, "too few")))
    assert region.left_out_words(out) == " Left out: Out and Gone: a month is missing; Yonder: too few."
    assert region.figure(out)["source"].endswith("too few.")


def test_forces_are_named_once_each():
    told = region.page(FOUND, "/p/insight/topics/burglary/")
    assert told["caution"] == "Recording differs between forces. Police forces here: Durham and Northumbria."
    assert told["figure"]["csv"] == "/p/insight/topics/burglary/region.csv"


@pytest.mark.parametrize("found", [None, replace(FOUND, districts=(), why="It is not compared.")])
def test_nothing_is_drawn_where_nothing_may_stand_beside_it(found):
    assert region.page(found, "/p/") is None


def test_csv_has_a_row_for_each_district_as_drawn():
    table = region.table(FOUND)
    assert [len(row) == len(table.heads) for row in table.rows] == [True] * 3
    assert dict(zip(table.heads, list(table.rows)[1], strict=True)) == {
        "district": HERE.code, "name": "Here", "force": "Durham", "topic": "burglary", "from": "2025-01", "to": "2025-12",
        "count": 960, "population": 100_000, "rate": 9.6, "low": 9.0, "high": 10.2, "per": 1000, "denominator": "households",
    }  # fmt: skip


# ---- the key of a map -------------------------------------------------------------------------------


def test_key_holds_the_marks_that_occur_and_how_many_areas_have_each():
    values = {"A": 4.0, "B": 0.0, "C": 0.0, "D": "missing", "E": 5.0}
    told = maps.key(values, drawn_maps.classes(values.values()), "Key")
    assert [(mark["words"], mark["areas"]) for mark in told["marks"]] == [
        ("None recorded", "two areas"),
        ("Not held", "one area"),
    ]
    assert all(kpi.STATUSES[status] for status in drawn_maps.MARKS)


def test_key_of_a_map_with_colours_alone_has_no_marks():
    values = {"A": 4.0, "B": 5.0}
    assert maps.key(values, drawn_maps.classes(values.values()), "Key")["marks"] == []


# ---- factsheets -------------------------------------------------------------------------------------


def test_a_factsheet_names_each_publisher_once_and_the_licence_once():
    told = " ".join(factsheet.sources(areas.profile("E02004340"), has_deprivation=True, has_map=True))
    for once in (
        "Home Office",
        "Office for National Statistics",
        "Ministry of Housing",
        "Open Government Licence v3.0",
        "Census 2021",
    ):
        assert told.count(once) == 1
    assert "Contains OS data © Crown copyright and database right" in told


def test_a_factsheet_names_nothing_that_it_does_not_show():
    early = areas.profile("E02004340", date(2020, 1, 9))  # no census of small areas was out
    assert factsheet.sources(early, has_deprivation=False, has_map=False) == [factsheet.RECORDED, factsheet.LICENCE]
    county = areas.profile("E06000047", date(2020, 1, 9))
    told = " ".join(factsheet.sources(county, has_deprivation=False, has_map=False))
    assert "Census 2011: Office for National Statistics." in told and "OS data" not in told
