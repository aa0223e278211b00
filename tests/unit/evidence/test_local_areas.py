"""Areas that a partnership draws out of whole small areas, and postcodes of a table that is loaded."""

from datetime import date

import pytest

from csplan.errors import CsplanError
from csplan.evidence import areas, count
from csplan.evidence.areas import local_areas
from csplan.evidence.load import load
from csplan.evidence.postcodes import Postcodes

DURHAM = "E06000047"
#: The small areas of two neighbourhoods of County Durham.
FIRST, SECOND = (areas.lsoas(area.code) for area in areas.within(DURHAM, "msoa")[:2])


@pytest.fixture
def draw_areas(tmp_path, monkeypatch):
    """Write lines as the local areas of a partnership that is the only one."""
    folder = tmp_path / "partnerships" / "example"
    folder.mkdir(parents=True)
    monkeypatch.setenv("CSPLAN_PARTNERSHIPS", str(folder.parent))

    def drawn(*lines, heads="Name,LSOA,Kind,From,To"):
        (folder / local_areas.FILE).write_text("\n".join([heads, *lines]) + "\n", encoding="utf-8")
        return local_areas.every()

    return drawn


def lines(name, codes, more=",,"):
    return [f"{name},{code}{more}" for code in codes]


def test_it_is_an_area_like_any_other(draw_areas):
    draw_areas(*lines("First & Only", FIRST, ",Area Action Partnership,2024-05-01,"))
    area = areas.get("local-first-only")
    assert (area.name, area.type, area.parent) == ("First & Only", "local", DURHAM)
    assert areas.find("LOCAL-FIRST-ONLY") == area and areas.find("local-other") is None
    assert areas.lsoas(area.code) == tuple(sorted(FIRST)) and areas.district_of(area.code) == DURHAM
    assert areas.share_fitted(area.code) == 1.0
    whole = areas.get(areas.within(DURHAM, "msoa")[0].code)
    assert areas.denominator(area.code, "residents").value == areas.denominator(whole.code, "residents").value
    assert areas.within(DURHAM, "local") == (area,)
    assert areas.search("first only", county=DURHAM)[0] == area


def test_it_has_its_days(draw_areas):
    draw_areas(*lines("Old", FIRST, ",,,2024-04-30"), *lines("New", FIRST, ",,2024-05-01,"))
    assert [area.name for area in areas.within(DURHAM, "local", date(2024, 4, 30))] == ["Old"]
    assert [area.name for area in areas.within(DURHAM, "local", date(2024, 5, 1))] == ["New"]
    assert [area.name for area in areas.within(DURHAM, "local")] == ["New"]


def test_its_counts_are_the_sum_of_its_small_areas(draw_areas, draw, take, store):
    draw_areas(*lines("Here", [draw.HERE]), *lines("Both", [draw.HERE, draw.THERE]))
    take("2025-06-durham-street.csv", draw.csv_bytes([*draw.rows(3, lsoa=draw.HERE), draw.row(9, lsoa=draw.THERE)]))
    asked = {"from_month": "2025-06", "to_month": "2025-06"}
    assert [count.count(store, area=f"local-{name}", **asked)["count"] for name in ("here", "both")] == [3, 4]


def test_a_small_area_of_2011_stands_for_what_it_became(draw_areas):
    split = next(old for old, new in areas.tables.changes().pieces.items() if len(new) > 1)
    draw_areas(*lines("Split", [split]))
    assert set(areas.lsoas("local-split")) == {new for new, _ in areas.tables.changes().pieces[split]}


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        (["Here,E01999999,,,"], "Row 2 of local-areas.csv in partnerships/example: “E01999999” is not the code of a small area"),
        ([",E01020590,,,"], "Row 2 of local-areas.csv in partnerships/example names no area"),
        ([f"Here,{FIRST[0]},,,", f"Here,{FIRST[0]},,,"], "has a small area of Here twice"),
        ([f"Here,{FIRST[0]},,,", "Here,E01000001,,,"], "lies in several districts"),
        ([f"Here,{FIRST[0]},,1 May 2024,"], "Row 2 of local-areas.csv in partnerships/example, From: “1 May 2024” is not a day"),
    ],
)
def test_a_wrong_line_is_refused_with_its_row(draw_areas, told, sentence):
    with pytest.raises(CsplanError, match=sentence):
        draw_areas(*told)


def test_other_columns_are_refused(draw_areas):
    with pytest.raises(CsplanError, match="has the columns Area, Code. It has Name and LSOA, and may have Kind, From, To"):
        draw_areas("a,b", heads="Area,Code")


def test_a_postcode_of_a_loaded_table_is_found(tmp_path, monkeypatch, store, put):
    """In a partnership that carries no postcodes."""
    monkeypatch.setenv("CSPLAN_PARTNERSHIPS", str(tmp_path))
    rows = [
        "pcds,oslaua,lsoa21,extra",
        f"XX1 1AA,{DURHAM},{FIRST[0]},",
        f"XX1 1AB,{DURHAM},{SECOND[0]},",
        f"XX1 1AD,{DURHAM},{SECOND[1]},",
    ]
    put_at = put("ONSPD_MAY_2025_UK_XX.csv", "\n".join([*rows, "XX9 9ZZ,E06000001,E01011949,"]).encode())
    (unit,) = load(store, [put_at], by="tests").units
    assert (unit.outcome, unit.source, unit.rows_loaded) == ("accepted", "ons/postcode-directory", 4)
    held = Postcodes(store)
    first, second = (areas.within(DURHAM, "msoa")[n].code for n in (0, 1))
    assert [area.code for area in areas.search("xx1 1aa", county=DURHAM, postcodes=held)][:2] == [first, FIRST[0]]
    assert [area.code for area in areas.search("XX1", county=DURHAM, postcodes=held)] == [second, first]
    assert areas.search("XX9 9ZZ", county=DURHAM, postcodes=held) == () and areas.search("XX1 1AA", county=DURHAM) == ()


def test_a_place_is_found_at_the_terminal(tmp_path, capsys):
    import json

    from csplan import cli

    def found(*words):
        with pytest.raises(SystemExit) as left:
            cli.main(["--data", str(tmp_path), "--partnership", "county-durham", "--json", "evidence", "find", *words])
        return left.value.code, json.loads(capsys.readouterr().out)["areas"]

    code, rows = found("durham", "city")
    assert not code and rows[0]["name"] == "Durham City"
    assert found("zzzz") == (1, []) and found("E01020590")[1][0]["type"] == "lsoa"
