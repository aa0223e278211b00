"""The cube: whatever way it is brought up to date, it is the table that counting everything gives."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from csplan.evidence import cube, load, police, sql, types
from csplan.evidence.cube import EMPTY, updated

MONTHS = ("2025-01", "2025-02", "2025-03")
#: What one month may hold: (type, area) -> rows.
contents = st.dictionaries(
    st.tuples(st.sampled_from(types.COUNTED[:3]), st.sampled_from(["", "E01000001", "E01000002", "E01000003"])),
    st.integers(1, 70_000),
    min_size=1,
    max_size=5,
)


def counts_of(held):
    return [(month, kind, area, n) for month, cells in held.items() for (kind, area), n in cells.items()]


def same(a, b):
    return a.areas == b.areas and a.months == b.months and a.counts.dtype == b.counts.dtype and np.array_equal(a.counts, b.counts)


@settings(max_examples=60)
@given(st.lists(st.tuples(st.sampled_from(MONTHS), st.none() | contents), max_size=8))
def test_bringing_up_to_date_equals_counting_everything(steps):
    """Months arrive, are restated and are taken away, one at a time."""
    table, held = EMPTY, {}
    for month, cells in steps:
        if cells is None:
            held.pop(month, None)
        else:
            held[month] = cells
        fresh = counts_of({month: held[month]} if month in held else {})
        table = updated(table, fresh, touched={month}, months=held)
    anew = updated(EMPTY, counts_of(held), touched=set(held), months=held)
    assert same(table, anew)
    assert cube.as_files(table) == cube.as_files(anew)


def test_tables_equal_the_files_counted_as_they_came(draw, put, store):
    files = [put(f"{month}-durham-street.csv", draw.street(9, month=month)) for month in MONTHS]
    load.load(store, files, by="terminal:test")
    table = cube.read(store, store.manifest().cube["durham"])
    con = sql.connect()
    sql.count_as_received(con, files)
    counted = con.execute("SELECT month, type, lsoa, n FROM counted").fetchall()
    anew = updated(EMPTY, [(m, types.NAMES[name], area, n) for m, name, area, n in counted], touched=MONTHS, months=MONTHS)
    assert same(table, anew) and len(counted) == 6


def test_one_pass_writes_the_rows_that_a_load_writes(draw, put, store):
    """What is measured beside other programs is what a load makes, row by row."""
    file = put("2025-06-durham-street.csv", draw.csv_bytes([*draw.rows(9), draw.row(50, lsoa="", longitude="", latitude="")]))
    load.load(store, [file], by="terminal:test")
    con, (unit,) = sql.connect(), store.manifest().units
    # Beside each other, for the folders of a load add a month and a force to its rows.
    one, held = store.folder / "one.parquet", store.folder / "held.parquet"
    held.write_bytes(store.path(unit.events).read_bytes())
    police.write_as_received(con, [file], one)
    assert sql.differing_rows(con, held, one) == 0


def test_numbers_are_small_until_one_is_not():
    for n, kind in ((65_535, np.uint16), (65_536, np.uint32)):
        table = updated(EMPTY, [("2025-01", "burglary", "E01000001", n)], touched={"2025-01"}, months=["2025-01"])
        assert table.counts.dtype == kind
        assert table.counts.sum() == n


def test_month_without_a_count_is_there_and_area_without_one_is_not():
    table = updated(
        EMPTY, [("2025-01", "burglary", "E01000001", 1)], touched={"2025-01", "2025-02"}, months=["2025-01", "2025-02"]
    )
    assert table.months == ("2025-01", "2025-02")
    table = updated(table, [("2025-01", "burglary", "E01000002", 1)], touched={"2025-01"}, months=["2025-01", "2025-02"])
    assert table.areas == ("E01000002",)
