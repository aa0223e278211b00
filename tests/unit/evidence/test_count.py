"""Counting an area, and the view of a day that pages read."""

from datetime import date

import pytest

from csplan.cycle import clock, periods
from csplan.errors import CsplanError
from csplan.evidence import count, load, status, trace
from csplan.evidence.view import View, default_period

JUNE, JULY = "2025-06", "2025-07"


def counted(store, area, first=JUNE, last=JULY, **asked):
    return count.count(store, area=area, from_month=first, to_month=last, **asked)


@pytest.fixture
def two_months(draw, take):
    """Durham's June and July: here, there, in Darlington, elsewhere in the country, without an area."""
    for month, n in ((JUNE, 0), (JULY, 100)):
        rows = [
            *draw.rows(3, start=n, lsoa=draw.HERE),
            draw.row(n + 10, lsoa=draw.THERE, type="Drugs"),
            draw.row(n + 11, lsoa=draw.HERE, type="Anti-social behaviour", crime_id=""),
            draw.row(n + 12, lsoa=draw.DARLINGTON),
            draw.row(n + 13, lsoa=draw.NEWCASTLE),
            draw.row(n + 14, lsoa="", lsoa_name=""),
            draw.row(n + 15, lsoa="E01999999"),
        ]
        take(f"{month}-durham-street.csv", draw.csv_bytes([row | {"month": month} for row in rows]))


def test_area_is_counted_by_the_code_in_the_file(two_months, store, draw):
    assert counted(store, draw.COUNTY) == {
        "area": {"code": draw.COUNTY, "name": "County Durham", "type": "district"},
        "from": JUNE,
        "to": JULY,
        "type": None,
        "count": 10,
        "rows": [{"key": JUNE, "count": 5}, {"key": JULY, "count": 5}],
        "missing_months": [],
        "missing": [],
        "events": [],
        "unplaced": 4,
    }


@pytest.mark.parametrize(
    "asked, expected",
    [
        ({"type": "burglary"}, 6),
        ({"type": "drugs"}, 2),
        ({"type": "all-crime"}, 8),  # all but anti-social behaviour
        ({"type": "robbery"}, 0),  # none, which is not missing
    ],
)
def test_types(two_months, store, draw, asked, expected):
    assert counted(store, draw.COUNTY, **asked)["count"] == expected


def test_split_by_type_and_by_area_adds_up(two_months, store, draw):
    by_type = {row["key"]: row["count"] for row in counted(store, draw.COUNTY, by="type")["rows"]}
    assert by_type["burglary"] == 6 and by_type["robbery"] == 0 and len(by_type) == 14
    by_area = {row["key"]: row["count"] for row in counted(store, draw.COUNTY, by="area")["rows"]}
    assert (by_area[draw.HERE], by_area[draw.THERE], by_area[draw.YONDER]) == (8, 2, 0)
    assert sum(by_type.values()) == sum(by_area.values()) == 10


def test_force_adds_its_districts_and_what_lies_nowhere_stays_apart(two_months, store, draw):
    """Sum of the areas of a force, rows placed outside it and rows unplaced: all its rows."""
    force = counted(store, "E23000008")
    assert force["count"] == counted(store, draw.COUNTY)["count"] + counted(store, "E06000005")["count"] == 12
    assert force["count"] + 2 + force["unplaced"] == status.status(store)["rows"]


def test_month_not_held_is_missing_and_not_zero(two_months, store, draw):
    found = counted(store, draw.COUNTY, "2025-05", "2025-08")
    assert found["count"] == 10 and found["missing_months"] == ["2025-05", "2025-08"]
    assert [row["count"] for row in found["rows"]] == [None, 5, 5, None]


def test_nothing_held_is_no_number_with_its_reason(two_months, store, draw):
    """Newcastle has a row in Durham's file; its own force's file is not held."""
    found = counted(store, draw.NEWCASTLE)
    assert found["count"] is None and found["unplaced"] is None and found["missing_months"] == [JUNE, JULY]
    assert found["why"].startswith("No month from 2025-06 to 2025-07 is held")


def test_neighbouring_force_does_not_move_a_figure(two_months, store, take, draw):
    before = counted(store, draw.COUNTY)
    rows = [draw.row(i, lsoa=lsoa) for i, lsoa in enumerate([draw.HERE, draw.NEWCASTLE, draw.NEWCASTLE])]
    theirs = {"reported_by": "Northumbria Police", "falls_within": "Northumbria Police"}
    take("2025-06-northumbria-street.csv", draw.csv_bytes([row | theirs for row in rows]))
    assert counted(store, draw.COUNTY) == before
    assert counted(store, draw.NEWCASTLE)["count"] == 2
    region = counted(store, "E12000001", JUNE, JUNE)
    assert region["missing_months"] == [JUNE]  # Cleveland is not held


@pytest.mark.parametrize(
    "asked, words",
    [
        ({"area": "E99999999"}, "No area held has the code"),
        ({"first": "June"}, "is not a month"),
        ({"first": "2025-08"}, "is after the last"),
        ({"type": "arson"}, "There is no crime type “arson”"),
        ({"by": "week"}, "cannot be split by “week”"),
    ],
)
def test_what_cannot_be_counted_is_refused_in_words(store, draw, asked, words):
    given = {"area": draw.COUNTY, "first": JUNE, "last": JULY} | asked
    with pytest.raises(CsplanError, match=words):
        counted(store, given.pop("area"), given.pop("first"), given.pop("last"), **given)


def test_small_area_of_2021_is_missing_in_months_coded_to_2011(take, store, draw):
    """One code was split into three in 2021: the county has both months, a part of it only the later."""
    take("a.csv", draw.csv_bytes([draw.row(i, month="2018-10", lsoa=draw.OLD_CODE) for i in range(4)]))
    take("b.csv", draw.csv_bytes([draw.row(i, month=JUNE, lsoa=draw.NEW_CODE) for i in range(3)]))
    assert counted(store, draw.COUNTY, "2018-10", "2018-10")["count"] == 4
    assert counted(store, draw.COUNTY, JUNE, JUNE)["count"] == 3
    assert counted(store, draw.NEW_CODE, "2018-10", "2018-10")["missing_months"] == ["2018-10"]
    assert counted(store, draw.NEW_CODE, JUNE, JUNE)["count"] == 3


def carry(store, draw, tmp_path, **cells):
    """Carried figures of May and June 2025 for two small areas."""
    table = {(draw.HERE, "burglary"): [7, 8], (draw.HERE, "drugs"): [0, 1], (draw.THERE, "burglary"): [2, 3]}
    table |= {(draw.THERE, "drugs"): [0, 0]}
    figures = draw.figures(tmp_path / "figures", table | cells, ("2025-05", JUNE))
    return load.carry(store, figures, by="terminal:test")


def test_carried_figures_fill_the_months_without_events(two_months, store, draw, tmp_path):
    report = carry(store, draw, tmp_path)
    assert [u.outcome for u in report.units] == ["accepted"]
    assert counted(store, draw.HERE, "2025-05", JULY)["rows"] == [
        {"key": "2025-05", "count": 7},
        {"key": JUNE, "count": 4},  # events have taken the place of the carried 9
        {"key": JULY, "count": 4},
    ]
    found = status.status(store)
    assert found["rows"] == 18 and found["months"] == {draw.COUNTY: ["2025-05", JUNE], "durham": [JUNE, JULY]}


def test_carried_figures_alone_have_no_unplaced_rows(store, draw, tmp_path):
    carry(store, draw, tmp_path)
    found = counted(store, draw.HERE, "2025-05", JUNE)
    assert found["count"] == 16 and found["unplaced"] is None and "carried" in found["why"]
    assert status.status(store)["rows"] == 0


def test_carried_figures_stand_only_for_areas_they_hold_whole(store, draw, tmp_path):
    carry(store, draw, tmp_path)
    assert counted(store, draw.YONDER, JUNE, JUNE)["missing_months"] == [JUNE]
    assert counted(store, draw.COUNTY, JUNE, JUNE)["missing_months"] == [JUNE]


def test_carried_twice_is_unchanged(store, draw, tmp_path):
    carry(store, draw, tmp_path)
    before = store.manifest()
    assert [u.outcome for u in carry(store, draw, tmp_path).units] == ["unchanged"]
    assert store.manifest() == before


def test_events_that_differ_from_carried_figures_give_notice(store, take, draw, tmp_path):
    """Whole county or nothing: the notice is about areas the carried table holds whole, so all its areas are drawn."""
    from csplan.evidence import areas

    table = {(lsoa, "burglary"): [1] for lsoa in areas.lsoas(draw.COUNTY)}
    load.carry(store, draw.figures(tmp_path / "f", table, [JUNE]), by="terminal:test")
    report = take("a.csv", draw.csv_bytes([draw.row(i, lsoa=draw.HERE) for i in range(5)]))
    assert [r.code for r in report.units[0].reasons] == ["differs_from_carried"]
    (told,) = status.status(store)["restated"]
    assert (told["rows_first"], told["rows"]) == (330, 5)


def test_view_shows_nothing_before_it_was_published(two_months, store, draw):
    """June counts as published from 1 September, July from 1 October."""
    for day, months in ((date(2025, 8, 31), ()), (date(2025, 9, 1), (JUNE,)), (date(2025, 10, 1), (JUNE, JULY))):
        view = View(store, day, draw.COUNTY)
        assert view.months == months == tuple(view.series(draw.COUNTY))
        assert view.last_month == (months[-1] if months else None)


def test_view_counts_every_area_of_a_kind(two_months, store, draw):
    view = View(store, date(2026, 1, 1), draw.COUNTY)
    assert view.period == periods.parse("2025-06..2025-07")
    small = view.counts("lsoa", "burglary", view.period, draw.COUNTY)
    assert len(small) == 330 and {code: n for code, n in small.items() if n} == {draw.HERE: 6}
    assert view.counts("district", None, view.period) == {draw.COUNTY: 10, "E06000005": 2}
    assert view.counts("district", None, periods.parse("2025-Q2")) == {}  # April and May are not held


def test_view_tells_what_stands_behind_a_figure(two_months, store, draw):
    view = View(store, date(2025, 9, 1), draw.COUNTY)
    asked = [(JUNE, "burglary"), (JUNE, "robbery"), (JULY, "burglary"), ("2025-05", None), ("2010-11", None)]
    assert [view.status(draw.COUNTY, month, kind) for month, kind in asked] == [
        "counted",
        "zero",
        "missing",  # not published yet
        "missing",
        "not_collected",
    ]


def test_figure_is_traced_to_its_release_and_files(two_months, store, draw, tmp_path):
    carry(store, draw, tmp_path)
    with clock.at(clock.parse("2026-01-01")):
        found = trace.trace(store, "recorded-burglary", draw.HERE, "2025-05..2025-06")
    assert found["observation"]["observation"] == f"recorded-burglary.count/{draw.HERE}/2025-05..2025-06"
    assert found["observation"]["value"] == 7 + 3
    carried_release, events = found["releases"]
    assert events["key"] == "police.uk/street durham 2025-06"
    assert events["units"] == [{"path": "2025-06-durham-street.csv", "sha256": events["sha256"]}]
    assert carried_release["key"] == "csplan/carried E06000047"
    assert carried_release["units"] == [{"path": "2025-05-durham-street.csv", "sha256": "0" * 64}]


@pytest.mark.parametrize(
    "months, expected",
    [
        ((), None),
        (periods.between("2024-11", "2025-12"), "2025"),  # the whole calendar year
        (periods.between("2025-02", "2025-12"), "2025-02..2025-12"),  # eleven months of it
        (periods.between("2024-06", "2025-03"), "2024-06..2025-03"),  # an unbroken run over New Year
        (("2024-11", "2025-01"), "2025-01"),  # a gap before the last
    ],
)
def test_default_period(months, expected):
    found = default_period(months)
    assert (found.id if found else None) == expected


@pytest.mark.parametrize("order", [("2025-08", "2025-09"), ("2025-09", "2025-08")], ids=["as it came out", "the later one first"])
def test_a_month_is_counted_as_first_published_or_as_restated(store, draw, put, order):
    """The June of the release of August, and that of September, whichever is loaded first."""
    rows = {"2025-08": 10, "2025-09": 11}
    for edition in order:
        file = put(f"{edition}/{JUNE}-durham-street.csv", draw.csv_bytes(draw.rows(rows[edition], lsoa=draw.HERE)))
        load.load(store, [file], edition=edition, by="terminal:test")
    july = draw.csv_bytes([row | {"month": JULY} for row in draw.rows(4, start=50, lsoa=draw.HERE)])
    load.load(store, [put(f"{JULY}-durham-street.csv", july)], by="terminal:test")
    now, first = counted(store, draw.COUNTY), counted(store, draw.COUNTY, as_first=True)
    assert [row["count"] for row in now["rows"]] == [11, 4] and [row["count"] for row in first["rows"]] == [10, 4]
    assert (first["published"], first["restated_months"]) == ("first", [JUNE]) and "published" not in now
    assert counted(store, draw.COUNTY, first=JULY, as_first=True)["restated_months"] == []
    with clock.at(clock.parse("2026-01-01")):
        traced = {
            as_first: trace.trace(store, "recorded-burglary", draw.COUNTY, JUNE, as_first=as_first) for as_first in (True, False)
        }
    assert [traced[as_first]["observation"]["value"] for as_first in (True, False)] == [10, 11]
    shas = [traced[as_first]["releases"][0]["units"][0]["sha256"] for as_first in (True, False)]
    held = {unit.editions[0]: unit.sha256 for unit in store.manifest().units if unit.month == JUNE}
    assert shas == [held["2025-08"], held["2025-09"]] and traced[True]["published"] == "first"


def test_a_count_knows_which_forces_it_lacks(two_months, store, draw, take):
    """The North East has three forces: Durham published both months, Cleveland one, Northumbria none."""
    rows = draw.rows(2, start=300, reported_by="Cleveland Police", falls_within="Cleveland Police", lsoa="E01011949")
    take("2025-06-cleveland-street.csv", draw.csv_bytes(rows))
    found = counted(store, "E12000001")
    assert found["missing_months"] == [JUNE, JULY] and found["count"] is None
    assert found["missing"] == [
        {"force": "cleveland", "month": JULY},
        {"force": "northumbria", "month": JUNE},
        {"force": "northumbria", "month": JULY},
    ]
    assert counted(store, draw.COUNTY, last="2025-08")["missing"] == [{"force": "durham", "month": "2025-08"}]
