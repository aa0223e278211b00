"""Methods of the statistics on a table of one's own."""

import json
from pathlib import Path

import numpy as np
import pytest

from csplan import cli
from csplan.cycle.outline import Row, Table
from csplan.errors import CsplanError
from csplan.evidence import calculation
from csplan.statistics import funnel, hotspots, rates, standardisation, vulnerability

WARDS = ("Ward,Count,Population", 'North,12,"1,500"', "South,[c],900", "East,0,1200")


def table(*lines: str) -> Table:
    heads, *rows = [line.replace('"1,500"', "1500").split(",") for line in lines]
    return Table(tuple(heads), tuple(Row(tuple(cells), f"row {i}") for i, cells in enumerate(rows, 2)), "the file")


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as left:
        cli.main(list(arguments))
    said = capsys.readouterr()
    return int(left.value.code or 0), said.out, said.err


def test_columns_go_to_the_arguments_they_are_named_after():
    done = calculation.calculate(calculation.method("rates.crude_rate"), table(*WARDS), {"per": "10000"})
    ours = rates.crude_rate([12, np.nan, 0], [1500, 900, 1200], per=10000)
    np.testing.assert_array_equal(done.values["value"], ours.value)
    np.testing.assert_array_equal(done.values["high"], ours.high)
    assert done.labels == ("North", "South", "East") and done.missing == 1


def test_a_heading_in_the_singular_and_in_capitals_will_do():
    done = calculation.calculate(calculation.method("funnel.position"), table(*WARDS), {})
    np.testing.assert_array_equal(done.values["z"], funnel.position([12, np.nan, 0], [1500, 900, 1200]).z)
    assert done.words == ("within", "not_compared", "within")


def test_what_is_not_held_stays_missing_in_words_and_in_json():
    done = calculation.calculate(calculation.method("rates.crude_rate"), table(*WARDS), {})
    assert done.as_json()["result"]["value"] == [8.0, None, 0.0]
    assert "One value was not held, and counts as missing, not as zero." in done.as_text()
    assert "South  not known" in done.as_text()
    json.dumps(done.as_json(), allow_nan=False)


def test_two_ways_of_a_table_are_rows_and_columns():
    laid, labels, _ = calculation._columns(
        calculation.method("concentration.concentration"),
        table("Row,Column,Counts", "burglary,a,1", "burglary,b,9", "drugs,b,4", "drugs,a,4", "robbery,a,2"),
    )
    assert labels == ("burglary", "drugs", "robbery")
    np.testing.assert_array_equal(laid["counts"], [[1, 9], [4, 4], [2, np.nan]])


@pytest.mark.parametrize("cell", ["", "-", "[c]", "*", "<5", "n/a", "NaN"])
def test_no_mark_is_ever_zero(cell):
    assert np.isnan(calculation._number(cell, "row 2", "count"))


@pytest.mark.parametrize(
    ("method", "lines", "said", "sentence"),
    [
        ("rates.crude_rate", (*WARDS[:1], "North,twelve,1500"), {}, "Row 2, count: “twelve” is no number."),
        ("rates.crude_rate", (*WARDS[:1], "North,١٢,1500"), {}, "Row 2, count: “١٢” is no number."),
        ("rates.crude_rate", ("Ward,Count", "North,12"), {}, "rates.crude_rate needs population: give it as a column"),
        ("rates.crude_rate", ("Ward,Size", "North,12"), {}, "No heading of the table is one that rates.crude_rate takes"),
        ("rates.crude_rate", (*WARDS[:1], "North,-1,1500"), {}, r"count\[0\] is -1: it cannot be less than zero"),
        ("rates.crude_rate", WARDS, {"people": "3"}, "rates.crude_rate takes no people: it takes count, population, per"),
        ("rates.crude_rate", WARDS, {"per": "many"}, "--set, per: “many” is no number."),
        ("rates.crude_rate", WARDS, {"per": ""}, "--set per has no value"),
        (
            "concentration.concentration",
            ("Row,Column,Counts", "a,b,1", "a,b,2"),
            {},
            "row 2 and row 3 are both of a and b: keep one of them.",
        ),
    ],
)
def test_what_cannot_be_worked_out_is_one_sentence(method, lines, said, sentence):
    with pytest.raises(CsplanError, match=sentence):
        calculation.calculate(calculation.method(method), table(*lines), said)


def test_a_name_that_is_nearly_right_is_answered_with_the_right_ones():
    with pytest.raises(CsplanError, match="Did you mean rates.crude_rate?"):
        calculation.method("crude_rate")
    with pytest.raises(CsplanError, match="Did you mean rates.proportion"):
        calculation.method("rates.propotion")


def test_every_method_that_is_listed_says_what_it_does_and_where_it_is_from():
    found = calculation.methods()
    assert {"rates.crude_rate", "change.exact", "control_chart.xmr"} <= {m.name for m in found}
    # These read another method's result.
    assert not {"funnel.verdicts", "change.verdict", "agreement.readings"} & {m.name for m in found}
    for one in found:
        assert one.about.endswith(".") and one.takes


def test_neighbours_are_made_of_where_the_places_are():
    lines = ("Place,East,North,Values", "a,0,0,9", "b,0,1000,7", "c,0,2500,1", "d,0,4500,2")
    done = calculation.calculate(calculation.method("hotspots.gi_star"), table(*lines), {"k": "1"})
    ours = hotspots.gi_star([9, 7, 1, 2], hotspots.nearest([[0, 0], [0, 1000], [0, 2500], [0, 4500]], 1))
    np.testing.assert_array_equal(done.values["z"], ours.z)
    assert done.labels == ("a", "b", "c", "d")
    with pytest.raises(CsplanError, match="k is 6: it must be one at least and less than the 4 places"):
        calculation.calculate(calculation.method("hotspots.gi_star"), table(*lines), {})
    with pytest.raises(CsplanError, match="needs columns to make its neighbours of: East and North"):
        calculation.calculate(calculation.method("hotspots.gi_star"), table("Values", "9", "7"), {"k": "1"})


def test_a_chart_is_made_of_its_values_and_steps_of_their_reasons():
    values = [5.0, 6, 5, 7, 6, 5, 6, 7, 5, 6, 5, 6]
    done = calculation.calculate(
        calculation.method("assurance.assurance"), table("Values", *(f"{v}" for v in values)), {"target": "20", "better": "lower"}
    )
    assert done.values["verdict"] == "will_meet" and len(done.words) == 1
    lines = [f"{i},{v},{'A new system' if i == 6 else ''}" for i, v in enumerate(values)]
    done = calculation.calculate(calculation.method("control_chart_rebasing.rebased"), table("Month,Values,Reason", *lines), {})
    assert [(p.start, p.reason) for p in done.values["parts"]][1:] == [(6, "A new system")]


def test_measures_of_places_keep_the_names_of_their_columns():
    lines = ("Ward,Burglary,Unemployed", "a,1,2", "b,2,2", "c,9,2")
    done = calculation.calculate(calculation.method("vulnerability.localities"), table(*lines), {})
    ours = vulnerability.localities([[1, 2], [2, 2], [9, 2]], ("Burglary", "Unemployed"))
    np.testing.assert_array_equal(done.values["index"], ours.index)
    assert done.labels == ("a", "b", "c") and done.values["names"] == ("Burglary", "Unemployed")


def test_ages_across_and_areas_down_are_standardised():
    lines = ("Row,Column,Count,Population,Standard", "a,young,10,1000,3", "a,old,20,500,1", "b,young,30,2000,3", "b,old,5,400,1")
    done = calculation.calculate(calculation.method("standardisation.directly_standardised"), table(*lines), {})
    ours = standardisation.directly_standardised([[10, 20], [30, 5]], [[1000, 500], [2000, 400]], [3, 1])
    np.testing.assert_array_equal(done.values["value"], ours.value)
    assert done.labels == ("a", "b")


def test_two_shares_are_compared_with_a_sentence():
    said = {"part_1": "56", "whole_1": "70", "part_2": "48", "whole_2": "80"}
    done = calculation.calculate(calculation.method("testing.two_proportions"), None, said)
    assert (round(done.values["low"], 4), round(done.values["high"], 4)) == (0.0524, 0.3339)
    assert len(done.words) == 1 and done.words[0].endswith(".")


def test_the_terminal_answers_in_words_and_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    (tmp_path / "wards.csv").write_text("\n".join(WARDS), encoding="utf-8")
    code, words, _ = run(capsys, "calculate", "rates.crude_rate", str(tmp_path / "wards.csv"), "--set", "per=1000")
    assert code == 0 and "North" in words and "Source:" in words
    code, text, _ = run(capsys, "calculate", "rates.crude_rate", str(tmp_path / "wards.csv"), "--json")
    assert code == 0 and json.loads(text)["result"]["value"] == [8.0, None, 0.0]
    code, words, _ = run(capsys, "calculate")
    assert code == 0 and "rates.crude_rate" in words
    code, words, _ = run(capsys, "calculate", "rates.proportion", "--set", "part=6", "--set", "whole=52")
    assert code == 0 and "low: 0.05397" in words
    code, out, sentence = run(capsys, "calculate", "rates.proportion", "--set", "part")
    assert (code, out) == (2, "") and sentence.count("\n") == 1 and "write it as --set" in sentence
    code, out, sentence = run(capsys, "calculate", "rates.proportion", str(tmp_path / "none.csv"))
    assert (code, out) == (2, "") and "There is no file" in sentence
