"""Maps: what is missing, suppressed, zero or not collected is never a colour; classes hold what they say."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csplan.documents import maps
from csplan.documents.palette import INK, RAMP, WASH
from csplan.documents.svg import SMALLEST

SEATS = {"A": (0, 0, 0), "B": (1, 0, 0), "C": (0, 1, 1), "D": (1, 1, 1), "E": (0, 2, 0)}
NAMES = {code: f"Area <{code}>" for code in SEATS}
VALUES = {"A": 4.0, "B": 0.0, "C": "suppressed", "D": "not_collected"}  # E has no value
SHAPES = {
    code: [[[i * 1000 + dx, dy] for dx, dy in ((0, 0), (900, 0), (900, 900), (0, 900), (0, 0))]] for i, code in enumerate(SEATS)
}
BANDS = maps.classes([1.0, 2.0, 3.0, 4.0, 5.0])


def area(drawn: str, code: str) -> str:
    return re.search(rf'<g data-area="{code}">(.*?)</g>', drawn)[1]


def drawings() -> list[str]:
    asked = {"title": "t", "desc": "d"}
    return [maps.hex_map(SEATS, VALUES, BANDS, NAMES, **asked), maps.choropleth(SHAPES, VALUES, BANDS, NAMES, **asked)]


@pytest.mark.parametrize("drawn", drawings(), ids=["hexagons", "outlines"])
def test_only_counted_areas_have_a_colour_of_a_class(drawn):
    assert any(f'fill="{colour}"' in area(drawn, "A") for colour in RAMP)
    for code in "BCDE":
        assert not any(f'fill="{colour}"' in area(drawn, code) for colour in RAMP)
    assert f'fill="{WASH}"' in area(drawn, "C")
    assert 'stroke-dasharray="3 3"' in area(drawn, "D")
    assert re.search(r'fill="url\(#hatch-\w+\)"', area(drawn, "E"))
    assert re.findall(r"<text[^>]*>([^<]+)</text>", drawn) == ["0", "c"]


@pytest.mark.parametrize("drawn", drawings(), ids=["hexagons", "outlines"])
def test_every_area_is_named_and_names_are_escaped(drawn):
    assert [f"<title>Area &lt;{c}&gt;</title>" in area(drawn, c) for c in SEATS] == [True] * 5


def test_highlighted_area_is_drawn_last():
    drawn = maps.hex_map(SEATS, VALUES, BANDS, NAMES, title="t", desc="d", highlight=["A"])
    assert re.findall(r'data-area="(\w)"', drawn)[-1] == "A"
    assert f'stroke="{INK}"' in area(drawn, "A")


def test_earlier_town_names_win_over_later_ones_in_their_place():
    drawn = maps.hex_map(
        SEATS,
        {},
        BANDS,
        NAMES,
        title="t",
        desc="d",
        width=343,
        places=[("Shildon", "A"), ("Bishop Auckland", "A"), ("Seaham", "E")],
    )
    assert [w for w in ("Shildon", "Bishop", "Seaham") if f">{w}</text>" in drawn] == ["Shildon", "Seaham"]
    assert min(float(s) for s in re.findall(r'font-size="([\d.]+)"', drawn)) >= SMALLEST


def test_town_name_stands_over_one_of_its_own_areas():
    drawn = maps.locator(SEATS, ["A"], title="t", desc="d", places=[("Town", ["A", "E"])])
    assert abs(place_of("Town", drawn)[0] - maps.centres(SEATS, 724)[0]["A"][0]) < 1


def place_of(words: str, drawn: str) -> tuple[float, float]:
    """Where words are written, by their middle."""
    x, y = re.search(rf'<text x="([\d.]+)" y="([\d.]+)"[^>]*>{words}<', drawn).groups()
    return float(x), float(y) - 5


def hexagons(values: dict[str, float | str], **asked: object) -> str:
    return maps.hex_map(SEATS, values, BANDS, NAMES, title="t", desc="d", **asked)


COUNTED = dict.fromkeys(SEATS, 4.0)


@pytest.mark.parametrize("mark", [0.0, "suppressed"])
def test_a_name_over_a_mark_moves_to_another_area_of_its_own(mark):
    drawn = hexagons(COUNTED | {"A": mark}, places=[("Town", ["A", "B"])])
    at, _, _ = maps.centres(SEATS, 724)
    assert abs(place_of("Town", drawn)[0] - at["B"][0]) < 1


@pytest.mark.parametrize("width", [724, 343])
def test_a_name_without_another_area_stands_clear_of_the_mark(width):
    drawn = hexagons(COUNTED | {"D": 0.0}, places=[("Town", ["D"])], width=width)
    at, r, _ = maps.centres(SEATS, width)
    x, y = place_of("Town", drawn)
    assert abs(x - at["D"][0]) < 1
    assert 13 < abs(y - at["D"][1]) < r + 15


def test_a_name_is_left_out_where_every_place_is_a_mark():
    """Two rows of narrow hexagons, all of them zero: nowhere is free."""
    seats = {f"{column}{row}": (column, row, row % 2) for column in range(24) for row in range(7)}
    names = dict.fromkeys(seats, "Area")
    drawn = maps.hex_map(
        seats, dict.fromkeys(seats, 0.0), BANDS, names, title="t", desc="d", places=[("Chester-le-Street", ["123"])]
    )
    assert drawn.count(">0</text>") == len(seats) and "Chester" not in drawn


def test_names_on_outlines_give_way_to_marks_too():
    drawn = maps.choropleth(SHAPES, COUNTED | {"A": 0.0}, BANDS, NAMES, title="t", desc="d", places=[("Town", ["A", "B"])])
    zero, town = place_of("0", drawn), place_of("Town", drawn)
    assert town[0] - zero[0] > 100  # over B


def test_no_name_leaves_the_drawing():
    """In the top row of small hexagons there is room for a name below a mark, none above it."""
    seats = {f"{column}.{row}": (column, row, row % 2) for column in range(13) for row in range(3)}
    drawn = maps.hex_map(
        seats,
        dict.fromkeys(seats, 4.0) | {"6.0": 0.0},
        BANDS,
        dict.fromkeys(seats, "Area"),
        title="t",
        desc="d",
        places=[("Town", ["6.0"])],
        width=343,
    )
    assert place_of("Town", drawn)[1] > place_of("0", drawn)[1] + 13


def test_locator_fills_the_place_alone():
    drawn = maps.locator(SEATS, ["C"], title="t", desc="d", width=320)
    assert len(re.findall(r"<polygon ", drawn)) == 5
    assert len(re.findall(r'<polygon [^>]*fill="#4c1540"', drawn)) == 1


def test_equal_numbers_of_areas_with_round_edges():
    bands = maps.classes([v + 0.37 for v in range(65)])
    assert bands.counts == (13, 13, 13, 13, 13)
    assert bands.edges == (0.0, 13.0, 26.0, 39.0, 52.0, 65.0)


def test_zero_and_words_are_in_no_class():
    assert maps.classes([0.0, "missing", 1.0, 2.0, 3.0, 4.0, 5.0]).counts == (1, 1, 1, 1, 1)


def test_equal_values_are_not_parted():
    bands = maps.classes([1.0] * 10 + [7.0])
    assert bands.counts == (10, 1)


def test_no_value_gives_an_empty_class():
    assert maps.classes([0.0, "missing"]).counts == (0,)


@given(st.lists(st.floats(0.001, 5000), min_size=1, max_size=80))
def test_every_value_is_in_one_class_and_between_its_edges(values):
    bands = maps.classes(values)
    assert sum(bands.counts) == len(values)
    assert len(bands.counts) <= 5
    assert list(bands.edges) == sorted(bands.edges)
    for v in values:
        assert bands.edges[bands.of(v)] <= v <= bands.edges[bands.of(v) + 1]
        assert bands.colour(v) in RAMP


def test_key_says_edges_and_counts():
    drawn = maps.key(BANDS, title="Key")
    assert re.findall(r"<text[^>]*>([^<]+)</text>", drawn) == ["1"] * 5 + ["1", "2", "3", "4", "5", "5"]
    assert "1 to 2: 1 area;" in drawn


@pytest.mark.parametrize(
    ("value", "mark", "sign"),
    [
        (4.0, None, ""),
        (0.0, "zero", ">0<"),
        ("suppressed", "suppressed", ">c<"),
        ("missing", "missing", "hatch"),
        ("not_collected", "not_collected", "3 3"),
    ],
)
def test_marks_of_the_key_are_those_of_the_map(value, mark, sign):
    assert maps.mark_of(value) == mark
    if mark:
        assert sign in maps.mark(mark) and sign in hexagons(COUNTED | {"A": value})
        assert 'aria-hidden="true"' in maps.mark(mark)


def test_a_mark_printed_twice_has_ids_of_its_own():
    assert maps.mark("missing", key="one") != maps.mark("missing", key="two")


def test_same_values_give_the_same_string():
    assert drawings() == drawings()
