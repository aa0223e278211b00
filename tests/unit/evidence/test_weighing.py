"""Harm of an area by weights that somebody brings."""

import pytest

from csplan.cycle.outline import Row, Table
from csplan.errors import InputRejected
from csplan.evidence import weighing

HEADS = "Type,Low,Middle,High,Unit,Version,Source"
#: Invented: no index's weights are carried.
EXAMPLE = (HEADS, 'Drugs,1,2,"10",days,Example 1,an example', "anti-social-behaviour,1,1,1,,,")


def table(*lines: str) -> Table:
    heads, *rows = [line.replace('"', "").split(",") for line in lines]
    return Table(tuple(heads), tuple(Row(tuple(cells), f"row {i}") for i, cells in enumerate(rows, 2)), "the file")


@pytest.fixture
def june(draw, take):
    """Durham's June: three of one type, two drug offences, one of anti-social behaviour."""
    rows = [
        *draw.rows(3, start=0, lsoa=draw.HERE, type="Burglary"),
        *draw.rows(2, start=10, lsoa=draw.HERE, type="Drugs"),
        draw.row(20, lsoa=draw.HERE, type="Anti-social behaviour", crime_id=""),
    ]
    take("2025-06-durham-street.csv", draw.csv_bytes([row | {"month": "2025-06"} for row in rows]))


def test_each_event_counts_for_as_much_as_its_type_weighs(june, store, draw):
    found = weighing.weigh(store, draw.COUNTY, "2025-06", weighing.weights_of(table(*EXAMPLE)))
    told = found.as_json()
    assert (told["low"], told["middle"], told["high"]) == (3, 5, 21)
    assert (told["unit"], told["version"], told["source"]) == ("days", "Example 1", "an example")
    assert [(t["type"], t["count"]) for t in told["types"]] == [("drugs", 2), ("anti-social-behaviour", 1)]
    assert "burglary" in told["not_weighed"] and "drugs" not in told["not_weighed"]
    assert "between 3 and 21 days, 5 by the middle weights" in told["words"]


def test_a_month_that_is_not_held_leaves_the_harm_unknown(june, store, draw):
    found = weighing.weigh(store, draw.COUNTY, "2025-Q2", weighing.weights_of(table(*EXAMPLE)))
    assert found.missing == ("2025-04", "2025-05")
    assert found.words == "How much harm there was is not known: 2 of 3 months are not held."
    assert found.as_json()["middle"] is None


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        (("Type,Low,Middle,High,Unit,Version", "Drugs,1,2,3,days,1"), "The weights have no column Source"),
        ((HEADS, "Drugs,1,two,3,days,1,me"), "Row 2, Middle: “two” is no number."),
        ((HEADS, "Drugs,1,٢,3,days,1,me"), "Row 2, Middle: “٢” is no number."),
        ((HEADS, "Piracy,1,2,3,days,1,me"), "Row 2: “Piracy” is not a type of police.uk."),
        ((HEADS, "Drugs,1,2,3,days,1,me", "Drugs,1,2,3,,,"), "Row 3: Drugs has a weight already."),
        ((HEADS, "Drugs,1,2,3,,1,me"), "Unit is blank: write one for all rows of the file."),
        ((HEADS, "Drugs,1,2,3,days,1,me", "Burglary,1,2,3,years,,"), "Unit holds 2 different values"),
        ((HEADS, "Drugs,5,2,3,days,1,me"), "The weights cannot be used: "),
        ((HEADS, "Drugs,-1,2,3,days,1,me"), "The weights cannot be used: "),
    ],
)
def test_weights_that_cannot_be_used_are_one_sentence(lines, sentence):
    with pytest.raises(InputRejected) as refused:
        weighing.weights_of(table(*lines))
    assert str(refused.value).startswith(sentence)
