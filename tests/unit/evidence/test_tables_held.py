"""Monthly tables, and tables at the terminal: listed, looked at, mapped and fetched."""

import json

import pytest

from csplan import cli
from csplan.evidence import build, editions, sources, tables
from csplan.evidence.archive import Refused
from csplan.evidence.load import load
from tests.unit.evidence.table_files import GOOD, IMD, imd, table, value

OUTCOMES = sources.named("police.uk/outcomes")
FILE = "2025-06-durham-outcomes.csv"


@pytest.fixture
def take(store, tmp_path):
    def taken(data, name="table.csv", **how):
        file = tmp_path / "in" / name
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(data)
        return load(store, [file], by="terminal:test", **how).units[0]

    return taken


def outcomes(n=5):
    return [[value(OUTCOMES, heading, i % 3) for heading in OUTCOMES.columns] for i in range(n)]


@pytest.mark.parametrize(
    ("column", "wrong", "said"),
    [
        (1, "2025-05", "1 row of another month, put aside. The first is row 4."),
        (3, "Northumbria Police", "1 row of another police force, put aside. The first is row 4."),
        (4, "54.77", "Row 4, Longitude: “54.77” is not degrees east"),
        (7, "E0102", "Row 4, LSOA code: “E0102” is not the code of a small area"),
    ],
)
def test_rows_that_a_monthly_file_should_not_have_are_put_aside(take, column, wrong, said):
    rows = outcomes()
    rows[2][column] = wrong
    unit = take(table(OUTCOMES, rows), FILE)
    assert (unit.outcome, unit.rows_loaded, unit.force, unit.month) == ("quarantined", 4, "durham", "2025-06")
    assert unit.reasons[0].message.startswith(said)


def test_a_monthly_file_of_another_month_or_force_is_refused(take):
    for name in ("2025-07-durham-outcomes.csv", "2025-06-cleveland-outcomes.csv"):
        unit = take(table(OUTCOMES), name)
        assert unit.outcome == "rejected" and "than its name tells" in unit.reasons[0].message
    assert "does not tell of which year" in take(table(OUTCOMES), "outcomes.csv").reasons[0].message


def test_the_edition_of_a_monthly_file_is_told_by_what_is_around_it(store, take):
    assert take(table(OUTCOMES, outcomes()), FILE, edition="2025-08").outcome == "accepted"
    rows = outcomes()
    rows[0][-1] = "Offender charged"
    later = take(table(OUTCOMES, rows), FILE, edition="2025-09")
    assert later.outcome == "accepted", "a later release of the month takes its place"
    assert [u.sha256 for u in editions.tables(store.manifest())] == [later.sha256]


# ---- at the terminal ------------------------------------------------------------------------------------------


@pytest.fixture
def csplan(store, capsys):
    def run(*words):
        with pytest.raises(SystemExit) as left:
            cli.main(["--data", str(store.folder), *map(str, words)])
        said = capsys.readouterr()
        return left.value.code or 0, said.out + said.err

    return run


def test_what_is_held_is_listed_and_looked_at(take, csplan):
    assert "Nothing of mhclg/imd-2015 is held" in csplan("evidence", "look", IMD)[1]
    take(imd(GOOD))
    assert "held: 2015, one row" in csplan("evidence", "sources")[1]
    told = json.loads(csplan("--json", "evidence", "look", IMD, "--key", "E01020590")[1])
    assert told["rows"][0]["IMD_score"] == 12.5 and told["rows"][0]["edition"] == "2015"
    assert "No row has that key" in csplan("evidence", "look", IMD, "--key", "E01999999")[1]
    assert "There is no source" in csplan("evidence", "look", "nothing")[1]


def test_a_mapping_of_ones_own_is_made_corrected_and_read_by(store, take, csplan, tmp_path):
    own = b"ward,name,benches\nE05016152,Annfield,3\nE05016153,Aycliffe,[c]\n"
    assert take(own).outcome == "rejected"
    file, mapping = tmp_path / "in" / "table.csv", tmp_path / "own.toml"
    code, said = csplan("evidence", "map", file, "--to", mapping)
    assert code == 0 and "Written to" in said
    assert '"ward" = "ward"' in mapping.read_text() and '"benches" = "whole"' in mapping.read_text()
    assert "is there already" in csplan("evidence", "map", file, "--to", mapping)[1]
    corrected = mapping.read_text().replace("The year or month it is of", "2025")
    store.own_sources.mkdir(parents=True)
    (store.own_sources / "benches.toml").write_text(corrected)
    unit = take(own)
    assert (unit.outcome, unit.source) == ("accepted", "own/table")
    assert "is read already, as own/table" in csplan("evidence", "map", file)[1]
    assert build.rebuild(store)["equal"]
    (store.own_sources / "benches.toml").write_text(corrected.replace('"lookup"', '"bench"'))
    code, said = csplan("evidence", "sources")
    assert code == 2 and "benches.toml: “bench” is no kind of table" in said


def test_what_is_no_table_gets_no_mapping():
    with pytest.raises(Refused, match="is no table"):
        tables.mapping(b"%PDF-1.7", "a.pdf")


def test_a_release_without_a_fixed_address_names_its_page(csplan):
    code, said = csplan("evidence", "fetch", "mhclg/imd")
    assert code == 2 and "https://www.gov.uk" in said and "csplan evidence load" in said
