"""Numbers of people in bands: no band of fewer than ten can be read or worked out."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from csplan.cycle.consultation import Question
from csplan.cycle.results import LEAST_PEOPLE, tally, together

COUNTS = st.dictionaries(st.sampled_from("abcdefg"), st.integers(0, 60), min_size=1)


def splits(shown, total, bands):
    """Every way in which the bands can hold the people, given what is printed: what an attacker works out, for small numbers."""
    ways = []
    for guess in product(range(total + 1), repeat=len(bands)):
        held = dict(zip(bands, guess, strict=True))
        if sum(guess) == total and all(sum(held[b] for b in joined) == n for joined, n in shown):
            ways.append(held)
    return ways


def test_an_attacker_cannot_tell_a_small_band():
    for counts in ({"a": 1, "b": 1, "c": 38}, {"a": 9, "b": 9, "c": 22}, {"a": 1, "b": 10, "c": 15}, {"a": 0, "b": 3, "c": 12}):
        shown, total = together(counts), sum(counts.values())
        ways = splits(shown, total, list(counts))
        for band, n in counts.items():
            if n < LEAST_PEOPLE:
                assert len({way[band] for way in ways}) > LEAST_PEOPLE, (counts, band)


def test_twin_leaving_small_bands_out_would_tell_them():
    shown = [(("c",), 38)]  # with the total of forty beside it, and two bands of at least one
    assert [w for w in splits(shown, 40, ["a", "b", "c"]) if w["a"] and w["b"]] == [{"a": 1, "b": 1, "c": 38}]


@given(COUNTS)
def test_no_number_is_under_ten_and_none_is_lost(counts):
    shown = together(counts)
    assert sum(n for _, n in shown) == sum(counts.values())
    assert sorted(band for joined, _ in shown for band in joined) == sorted(counts)
    if sum(counts.values()) >= LEAST_PEOPLE:
        assert all(n >= LEAST_PEOPLE for _, n in shown)


def test_a_ranking_counts_who_put_what_first_and_the_mean_place():
    asked = Question("r", "rank", "Which first?", "priorities", ("A", "B", "C"))
    found = tally(asked, [(["B", "A"], False), (["B"], True), (["A", "B", "C"], False), ("", False)])
    assert (found.answered, found.without) == (3, 2)
    assert [(c.choice, c.count, c.without, c.mean_place) for c in found.choices] == [
        ("A", 1, 1, 1.5),
        ("B", 2, 1, 4 / 3),
        ("C", 0, 0, 3.0),
    ]


def test_several_answers_of_one_person_each_count():
    asked = Question("m", "multiple", "Which?", "levels", ("A", "B"))
    found = tally(asked, [(["A", "B"], False), (["A"], False)])
    assert found.answered == 2 and [c.count for c in found.choices] == [2, 1]
