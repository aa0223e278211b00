"""What may be shown of small counts."""

from dataclasses import FrozenInstanceError, replace
from decimal import ROUND_HALF_UP, Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from csplan.statistics import disclosure
from csplan.statistics.disclosure import (
    NEVER,
    OPEN,
    SHARED,
    SHARED_AUTHORITY,
    VULNERABLE,
    VULNERABLE_AUTHORITY,
    Tier,
    released,
    released_rates,
    rounded,
    totals,
    words,
)

NAN = float("nan")
#: tier -> what is printed of 0 to 24, and of missing, written down by hand
SHOWN = {
    "S": ["c"] * 8 + [10] * 5 + [15] * 5 + [20] * 5 + [25] * 2 + ["x"],
    "S of authorities": [0] + ["c"] * 7 + [10] * 5 + [15] * 5 + [20] * 5 + [25] * 2 + ["x"],
    "V": ["c"] * 13 + [15] * 5 + [20] * 5 + [25] * 2 + ["x"],
    "O": [*range(25), "x"],
    "X": ["c"] * 25 + ["x"],
}
TIERS = {"S": SHARED, "S of authorities": SHARED_AUTHORITY, "V": VULNERABLE, "O": OPEN, "X": NEVER}


def printed(found) -> list:
    """As a person reads it: c for hidden, x for missing."""
    marks = {"suppressed": "c", "missing": "x"}
    return [marks.get(s, int(v) if v == v else None) for v, s in zip(found.values, found.status, strict=True)]


@pytest.mark.parametrize("name", SHOWN)
def test_each_count_is_shown_as_the_rules_say(name):
    found = released([*range(25), NAN], TIERS[name])
    assert printed(found) == SHOWN[name]
    assert np.isnan(found.values[found.status != "counted"]).all() and found.tier is TIERS[name]


def test_the_tiers_are_those_of_the_rules():
    facts = [(t.name, t.hidden, t.base, t.narrowest, t.shows_zero, t.least_residents) for t in TIERS.values()]
    assert facts == [
        ("S", 7, 5, 4, False, 0),
        ("S", 7, 5, 4, True, 0),
        ("V", 12, 5, 7, False, 5_000),
        ("O", -1, 1, 0, True, 0),
        ("X", None, 1, 0, False, 0),
    ]
    assert [(t.smallest_area, t.shortest_period) for t in (*TIERS.values(), VULNERABLE_AUTHORITY)] == [
        ("small area (LSOA)", "quarter"),
        ("local authority", "month"),
        ("electoral division, or neighbourhood (MSOA)", "financial year"),
        ("small area (LSOA)", "month"),
        ("", ""),
        ("local authority", "quarter"),
    ]
    texts = {"smallest_area": "local authority", "shortest_period": "quarter"}
    assert replace(VULNERABLE, **texts) == VULNERABLE_AUTHORITY
    plain = Tier("A", 7, 5, "an area", "a year", 4)
    assert not plain.shows_zero and plain.least_residents == 0


@pytest.mark.parametrize("hidden", [-1, 0, *range(1, 31)])
@pytest.mark.parametrize("base", [1, 3, 4, 5, 10])
def test_hiding_ends_where_rounding_begins_anew_or_is_refused(hidden, base):
    # Hiding ends well where the next count rounds otherwise than the last hidden one does; with none hidden only 0 stands apart.
    def near(n: int) -> int:
        return int((Decimal(n) / base).quantize(Decimal(1), ROUND_HALF_UP)) * base

    if near(hidden) != near(hidden + 1) if hidden >= 0 else base == 1:
        assert Tier("A", hidden, base, "", "", 4).hidden == hidden
    else:
        with pytest.raises(ValueError, match="is no edge of rounding"):
            Tier("A", hidden, base, "", "", 4)


def test_why_a_threshold_is_refused_is_said_in_a_sentence():
    with pytest.raises(
        ValueError, match="^hidden is 9, which is no edge of rounding to the nearest 5: a published 10 would mean 10 to 12 only$"
    ):
        Tier("A", 9, 5, "", "", 4)
    with pytest.raises(ValueError, match="^hidden is 5, which is no edge .*: a published 5 would mean 6 to 7 only$"):
        Tier("A", 5, 5, "", "", 4)
    with pytest.raises(
        ValueError, match="^hidden is 5, .* to the nearest 4: a published 8 would mean 6 to 9 only$|a published 8 would"
    ):
        Tier("A", 6, 4, "", "", 4)
    with pytest.raises(ValueError, match="^hidden is -2: it must be zero or more, or -1 to hide none$"):
        Tier("A", -2, 1, "", "", 4)
    with pytest.raises(ValueError, match="^base is 0: it must be a whole number of one at least$"):
        Tier("A", 7, 0, "", "", 4)
    with pytest.raises(ValueError, match="^base is 0"):
        Tier("A", None, 0, "", "", 4)


@given(st.integers(0, 10**6), st.integers(1, 12))
@settings(max_examples=50)
def test_rounding_goes_to_the_nearest_and_half_way_up(count, base):
    by_hand = int((Decimal(count) / base).quantize(Decimal(1), ROUND_HALF_UP)) * base
    assert rounded(count, base) == by_hand
    if base in (1, 5):
        tier = Tier("A", -1 if base == 1 else 2, base, "", "", 0)
        assert released([count], tier).values[0] == by_hand or count < 3


def test_every_printed_number_stands_for_five_counts():
    for tier in (SHARED, VULNERABLE):
        found = released(np.arange(200), tier).values
        _, sizes = np.unique(found[:198][~np.isnan(found[:198])], return_counts=True)
        assert set(sizes) == {5}


@given(
    st.lists(st.one_of(st.integers(0, 60), st.none()), min_size=1, max_size=12), st.sampled_from(["S", "V", "S of authorities"])
)
@settings(max_examples=50)
def test_order_does_not_matter_missing_stays_and_nothing_small_is_shown(counts, name):
    x = [NAN if c is None else c for c in counts]
    found, back = released(x, TIERS[name]), released(x[::-1], TIERS[name])
    assert printed(found) == printed(back)[::-1]
    assert [s == "missing" for s in found.status] == [c is None for c in counts]
    shown = found.values[found.status == "counted"]
    assert (np.isin(shown, 0) | (shown > TIERS[name].hidden)).all() and (shown % 5 == 0).all()
    assert name == "S of authorities" or 0 not in shown


@pytest.mark.parametrize("name", SHOWN)
def test_what_was_sent_hidden_stays_hidden(name):
    found = released([NAN, 40, 0, 12], TIERS[name], suppressed=[True, True, True, False])
    assert found.status[:3].tolist() == ["suppressed"] * 3 and np.isnan(found.values[:3]).all()
    assert found.status[3] == ("counted" if name in ("S", "S of authorities", "O") else "suppressed")


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: released([1, -1], SHARED), r"^counts\[1\] is -1: it cannot be less than zero$"),
        (lambda: released([1, np.inf], SHARED), r"^counts\[1\] is inf: it must have an end$"),
        (lambda: released([[1, 2], [3, 2.5]], SHARED), r"^counts\[1, 1\] is 2.5: a count is a whole number$"),
        (lambda: released(0.5, SHARED), r"^counts is 0.5: a count is a whole number$"),
        (
            lambda: released([1, 2], SHARED, suppressed=[True]),
            r"^suppressed has shape \(1,\) and counts have \(2,\): they must be alike$",
        ),
        (lambda: released_rates(released([9, 9], SHARED), [100, 0]), r"^population\[1\] is 0: it must be more than zero$"),
        (
            lambda: released_rates(released([9, 9], SHARED), [100]),
            r"^population has shape \(1,\) and counts have \(2,\): they must",
        ),
        (lambda: released_rates(released([9], SHARED), [100], per=0), "^per is 0: it must be one at least$"),
    ],
)
def test_what_does_not_fit_is_refused(call, sentence):
    with pytest.raises(ValueError, match=sentence):
        call()


def test_of_several_wrong_counts_the_first_is_named_and_results_cannot_be_changed():
    with pytest.raises(ValueError, match=r"^counts\[1\] is 1.5"):
        released([1, 1.5, 2.5], SHARED)
    shown = released([9], SHARED)
    for one, field in ((SHARED, "hidden"), (shown, "values"), (totals(shown), "values"), (released_rates(shown, [9]), "per")):
        with pytest.raises(FrozenInstanceError):
            setattr(one, field, 0)


def test_sums_are_of_what_is_shown():
    counts = [[12, 3, 0, NAN, 40], [21, 2, 9, 9, NAN], [8, 7, 1, 3, 40]]
    found = totals(released(counts, SHARED))
    assert [None if np.isnan(v) else v for v in found.values] == [40.0, None, 10.0, None, None]
    assert found.status.tolist() == ["counted", "suppressed", "counted", "missing", "missing"]
    assert found.left_out.tolist() == [0, 3, 2, 1, 0]
    across = totals(released(counts, SHARED), axis=1)
    assert across.status.tolist() == ["missing", "missing", "counted"] and across.values[2] == 50 and across.left_out[2] == 3
    assert totals(released(np.zeros(3), SHARED_AUTHORITY)).values == 0


@given(st.lists(st.integers(0, 40), min_size=1, max_size=8), st.sampled_from([SHARED, VULNERABLE]))
@settings(max_examples=30)
def test_a_sum_tells_no_more_than_the_table(counts, tier):
    shown = released(counts, tier)
    again = totals(shown)
    assert np.nansum(shown.values) == (0 if again.status == "suppressed" else again.values)
    assert again.status == "suppressed" or again.values > tier.hidden


def test_rates_are_of_rounded_counts_and_bear_few_places():
    found = released_rates(released([12, 12, 12, 3, NAN, 13], SHARED), [3999, 4000, 4001, 9000, 9000, NAN])
    assert found.places.tolist() == [0, 1, 1, 1, 1, 0] and found.per == 1000
    # 10 / 3,999, 10 / 4,000 and 10 / 4,001 for each 1,000: 2.5006, 2.5 and 2.4994
    assert found.values[:3].tolist() == [3.0, 2.5, 2.5] and np.isnan(found.values[3:]).all()
    # Half-way goes up: 10 in 4,000 of 100 is 0.25; 15 in 2,000 of 100 is 0.75, 10 in 2,000 is 0.5.
    assert released_rates(released([10, 15], SHARED), [4000, 2000], per=100).values.tolist() == [0.3, 1.0]
    assert released_rates(released([10], SHARED), [2000], per=100).values.tolist() == [1.0]
    assert released_rates(released([10], SHARED), [2001], per=100).values.tolist() == [0.0]
    assert released_rates(released([10], SHARED), [5], per=1).values.tolist() == [2.0]


@given(st.integers(0, 500), st.integers(1, 10**6), st.sampled_from([1, 100, 1000, 100_000]))
@settings(max_examples=50)
def test_a_rate_is_that_of_long_division(count, people, per):
    found = released_rates(released([count], SHARED), [people], per=per)
    if count < 8:
        assert np.isnan(found.values[0])
        return
    step = Decimal("0.1") if people >= 4000 else Decimal(1)
    near = 5 * ((2 * count + 5) // 10)
    assert found.values[0] == pytest.approx(float((Decimal(near) * per / people).quantize(step, ROUND_HALF_UP)), rel=1e-12)


def test_words():
    assert words(released([0, 3, 12, 40], SHARED)) == (
        "Of 4 counts 2 are hidden, as 7 or fewer (none among them) or as sent hidden; the others are to the nearest 5."
    )
    assert words(released([3, 40], SHARED_AUTHORITY)) == (
        "Of 2 counts 1 is hidden, as 1 to 7 or as sent hidden; the others are to the nearest 5."
    )
    assert words(released([0, 3], OPEN)) == "The counts are shown as they are."
    assert words(released([0, 3], NEVER)) == "Nothing of this kind is published."
    assert words(released(np.full(1500, 12), VULNERABLE)).startswith("Of 1,500 counts 1,500 are hidden, as 12 or fewer")
    assert disclosure.ONE_PLACE_FROM == 4_000
    many = Tier("A", 0, 1, "", "", 0)
    assert words(released([0, 1], many)).startswith("Of 2 counts 1 is hidden, as 0 or fewer (none among them)")
