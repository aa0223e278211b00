"""The districts most like a given one, from the carried census shares."""

import csv
from datetime import date

import pytest

from csplan.evidence import areas
from csplan.evidence.areas import tables
from csplan.evidence.places import COUNTRY_FIGURES
from csplan.evidence.similar import NEAREST, VARIABLES, SimilarDistrict, SimilarDistricts, _listed, _number, of_district

DAY = date(2026, 1, 1)
DURHAM = "E06000047"


@pytest.fixture(scope="module")
def durham():
    return of_district(areas.get(DURHAM), DAY)


def test_the_distances_are_plain_arithmetic_over_the_carried_shares(durham):
    with (COUNTRY_FIGURES / "districts.csv").open(encoding="utf-8", newline="") as opened:
        rows = {row["district"]: [float(row[column]) for column in VARIABLES] for row in csv.DictReader(opened)}
    columns = list(zip(*rows.values(), strict=True))
    n = len(rows)
    means = [sum(column) / n for column in columns]
    variances = [sum((x - m) ** 2 for x in column) / n for column, m in zip(columns, means, strict=True)]

    def far(code):
        return sum((a - b) ** 2 / v for a, b, v in zip(rows[code], rows[DURHAM], variances, strict=True))

    order = sorted((code for code in rows if code != DURHAM), key=far)
    assert [one.code for one in durham.nearest] == order[:14]
    assert [one.distance for one in durham.nearest] == pytest.approx([far(code) for code in order[:14]])
    pairs = [
        sum((a - b) ** 2 / v for a, b, v in zip(rows[x], rows[y], variances, strict=True)) for x in rows for y in rows if x < y
    ]
    assert durham.blindly == pytest.approx(sum(pairs) / len(pairs)) and durham.compared == n == len(tables.districts())


def test_what_sets_them_apart_adds_up_and_is_named(durham):
    for one in durham.nearest:
        assert set(one.shares) == set(VARIABLES.values()) and sum(one.shares.values()) == pytest.approx(1)
        assert one.shares[one.most] == max(one.shares.values())
        assert one.name == tables.districts()[one.code].name


def test_every_district_of_both_countries_has_its_group():
    for code in tables.districts():
        found = of_district(areas.get(code), DAY)
        assert len({one.code for one in found.nearest}) == NEAREST == 14 and not found.why
        assert code not in {one.code for one in found.nearest}
        assert [one.distance for one in found.nearest] == sorted(one.distance for one in found.nearest)


def test_words_name_the_districts_the_figures_and_how_far(durham):
    first, last = durham.nearest[0], durham.nearest[-1]
    assert durham.words.startswith(
        f"Of the 317 other districts of England and Wales, the 14 most like County Durham are {first.name}, "
    )
    assert f" and {last.name}, by six figures: the shares of households without hardship, " in durham.words
    assert f"{first.name} lies {first.distance:.1f} away and {last.name} {last.distance:.1f}, where two districts" in durham.words
    assert durham.words.endswith("lie 12.0 apart on average. These are not the official most similar groups.")


def test_json_has_every_number_shortened_and_the_words(durham):
    told = durham.as_json()
    assert told["words"] == durham.words and told["compared"] == 318 and len(told["nearest"]) == 14
    one = told["nearest"][0]
    assert one["distance"] == round(durham.nearest[0].distance, 4) and one["most"] == durham.nearest[0].most
    assert "Office for National Statistics" in told["source"] and told["variables"] == list(VARIABLES.values())


def test_before_the_figures_came_out_nothing_is_said():
    found = of_district(areas.get(DURHAM), date(2025, 3, 5))
    assert found.words == "The figures that tell which districts are alike were not published yet." and not found.nearest
    assert not of_district(areas.get(DURHAM), date(2025, 3, 6)).why


def test_an_area_that_is_no_district_is_told_so():
    lsoa = areas.get(areas.lsoas(DURHAM)[0])
    assert of_district(lsoa, DAY).words == f"{lsoa.name} is not one of the districts compared."


def test_fewer_may_be_asked_for_and_alike_districts_have_no_parts():
    assert [one.code for one in of_district(areas.get(DURHAM), DAY, nearest=3).nearest] == [
        one.code for one in of_district(areas.get(DURHAM), DAY).nearest[:3]
    ]
    assert SimilarDistrict("E1", "Ash", 0.0, {}).most == "" and SimilarDistricts("Ash", 3).words == ""
    assert _listed(["a"]) == "a" and _listed(["a", "b", "c"]) == "a, b and c" and (_number(6), _number(12)) == ("six", "12")
