"""Returns in the data folder: all in or not in, made again to the byte, mended by a later one, and in no list of what is public."""

import json

import pytest

from csplan.evidence import build, decide, editions, tables, whole
from csplan.evidence.load import load
from csplan.evidence.store import Store
from tests.unit.evidence.returns.conftest import DURHAM, GOOD, file

AN_HOUR = ["Burglary", "x", "2025-05-03", "", "Belmont", ""]


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "data")


@pytest.fixture
def give(store, tmp_path):
    def given(name, data, **kwargs):
        (tmp_path / name).write_bytes(data)
        return load(store, [tmp_path / name], by="tests", district=DURHAM, **kwargs)

    return given


@pytest.mark.parametrize("form", ["xlsx", "ods", "csv"])
def test_the_good_rows_count_and_the_others_are_listed(store, give, form):
    data = file(form, [GOOD, ["Robery", *GOOD[1:]], GOOD])
    (unit,) = give(f"a.{form}", data).units
    assert (unit.outcome, unit.source, unit.period, unit.month) == ("quarantined", "return/police-crimes", "2025-Q2", None)
    assert (unit.rows_read, unit.rows_loaded, unit.rows_quarantined) == (3, 2, 1)
    assert unit.reasons[0].first_row == 3
    (held,) = editions.returns(store.manifest())
    headings, rows = tables.lines(store.path(held.events))
    assert headings[:3] == ["row", "Group", "Sub-category"] and [row[0] for row in rows] == [2, 4]
    assert give(f"a.{form}", data).units[0].outcome == "unchanged"


def test_a_rehearsal_stores_nothing(store, give):
    assert give("a.csv", file("csv", [GOOD]), dry_run=True).units[0].outcome == "accepted"
    assert store.manifest().units == () and not store.folder.exists()


def test_a_refused_return_leaves_nothing(store, give):
    report = give("a.xlsx", file("xlsx", [GOOD, ["Burglary", "call 0191 496 0123", *GOOD[2:]]]))
    assert report.units[0].outcome == "rejected" and report.units[0].reasons[0].code == "personal"
    assert not list(store.folder.glob("raw/*")) and store.manifest().units == ()


def test_it_is_made_again_to_the_byte_and_a_changed_byte_is_found(store, give):
    give("a.xlsx", file("xlsx", [GOOD, AN_HOUR]))
    assert build.rebuild(store)["equal"] and not list(whole.problems(store))
    (held,) = editions.returns(store.manifest())
    kept = store.path(held.events)
    kept.write_bytes(kept.read_bytes().replace(b"Belmont", b"Belmond").replace(b"Burglary", b"Burglarx"))
    assert list(whole.problems(store)) == [f"{held.events}, of a.xlsx, does not fit its fingerprint."]
    assert not build.rebuild(store)["equal"] and not list(whole.problems(store))


def test_a_later_return_for_the_quarter_takes_its_place_unless_it_changes_much(store, give):
    give("a.csv", file("csv", [GOOD] * 10))
    assert give("b.csv", file("csv", [GOOD] * 11)).units[0].outcome == "accepted"
    assert [unit.path for unit in editions.returns(store.manifest())] == ["b.csv"]
    held = give("c.csv", file("csv", [GOOD] * 3)).units[0]
    assert held.outcome == "held" and "it has 3 rows where the file before it has 11" in held.reasons[-1].message
    assert [unit.path for unit in editions.returns(store.manifest())] == ["b.csv"]
    decide.approve(store, f"return/police-crimes {DURHAM} 2025-Q2", by="officer")
    assert [unit.path for unit in editions.returns(store.manifest())] == ["c.csv"]


def test_returns_are_no_public_tables(store, give):
    give("a.csv", file("csv", [GOOD]))
    assert editions.tables(store.manifest()) == ()


def test_a_return_of_indicators_is_for_a_person_to_return(give, store):
    headings = ["Indicator", "Partner", "Period", "Numerator", "Denominator", "Value"]
    data = file("csv", [["K105", "police", "2024/25", "", "", "12"]], headings)
    report = give("kpi.csv", data)
    assert report.units[0].outcome == "rejected" and "Say who you are with --by" in report.units[0].reasons[0].message
    seen = []

    def receive(found, path, sha256):
        seen.append((found.data_set.name, found.lines[0].cells["Value"], path, len(sha256)))
        return report.units[0]

    give("kpi.csv", data, receive=receive)
    assert seen == [("kpi", "12", "kpi.csv", 64)] and store.manifest().units == ()


def test_a_workbook_that_is_no_return_is_refused_with_what_to_do(give):
    report = give("a.xlsx", file("xlsx", [["1", "2"]], ["a", "b"]))
    assert "no sheet of it has the headings of a return" in report.units[0].reasons[0].message
    report = give("a.xlsx", b"PK\x03\x04 cut short")
    assert "is damaged or was cut short" in report.units[0].reasons[0].message


def test_the_rows_that_are_held_are_looked_at_by_their_place(give, store, capsys):
    from csplan import cli

    def looked(*words):
        with pytest.raises(SystemExit):
            cli.main(["--data", str(store.folder), "--json", "evidence", "look", "return/police-crimes", *words])
        return json.loads(capsys.readouterr().out)["rows"]

    give("a.csv", file("csv", [GOOD, [*GOOD[:4], "Peterlee", ""]]))
    first, second = looked()
    assert (first["edition"], first["row"], second["row"]) == ("2025-Q2", 2, 3) and first["Ward"] != second["Ward"]
    assert looked("--key", second["Ward"]) == [second] and looked("--key", "E05000000") == []
