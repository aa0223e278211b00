"""What each kind of published figure tells, and pairs of releases that are safe alone and unsafe together."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from csplan.statistics.attack import Finding, Target, attack, repair
from csplan.statistics.disclosure import NEVER, SHARED, SHARED_AUTHORITY, VULNERABLE, Tier
from csplan.statistics.ledger import Published, controlled, exact, mark, nearest, not_lower, rate, restated, within


def of(*atoms: int) -> dict[int, int]:
    return dict.fromkeys(atoms, 1)


# What each kind of figure tells: value -> limits, by brute force over every count that could have been printed so.
@pytest.mark.parametrize("value", range(0, 60, 5))
def test_limits_of_a_rounded_figure_are_the_counts_that_round_to_it(value):
    fits = [n for n in range(-5, 80) if 5 * ((n + 2) // 5) == value]
    found = nearest("", of(0), value)
    assert (found.low, found.high) == (fits[0], fits[-1])
    moved = [n for n in range(-5, 80) if value in (5 * (n // 5), 5 * -(-n // 5))]
    assert (controlled("", of(0), value).low, controlled("", of(0), value).high) == (moved[0], moved[-1])


@pytest.mark.parametrize(("base", "value", "low", "high"), [(10, 20, 15, 24), (3, 6, 5, 7), (1, 4, 4, 4)])
def test_limits_of_other_bases(base, value, low, high):
    assert (nearest("", of(0), value, base).low, nearest("", of(0), value, base).high) == (low, high)
    found = controlled("", of(0), value, base)
    assert (found.low, found.high) == (value - base + 1, value + base - 1)


@given(st.integers(0, 400), st.integers(1, 9_000), st.sampled_from([0, 1, 2]), st.sampled_from([100, 1000, 100_000]))
@settings(max_examples=50)
def test_limits_of_a_rate_are_the_counts_that_print_it(count, people, places, per):
    step = 10**places

    def tenths(n: int) -> int:
        return (2 * n * per * step + people) // (2 * people)  # half-way goes up, in whole numbers

    printed = f"{tenths(count) // step}" + (f".{tenths(count) % step:0{places}d}" if places else "")
    found = rate("r", of(0), printed, people, per=per)
    assert found.low <= count <= found.high
    assert {tenths(found.low), tenths(found.high)} == {tenths(count)}
    assert tenths(found.high + 1) != tenths(count) and (found.low == 0 or tenths(found.low - 1) != tenths(count))


def test_the_other_kinds():
    assert exact("a", of(0), 4) == Published("a", of(0), 4, 4, False, 1)
    limits = [(p.low, p.high) for p in (mark("", of(0), t) for t in (SHARED, SHARED_AUTHORITY, VULNERABLE, NEVER))]
    assert limits == [(0, 7), (1, 7), (0, 12), (0, None)]
    assert (within("", of(0), 10, 3).low, within("", of(0), 10, 3).high) == (7, 13)
    assert within("", of(0), 10, 0).low == 10
    led = not_lower("", of(0, 1), {1: 1, 2: 2})
    assert (led.weights, led.low, led.high) == ({0: 1, 2: -2}, 0, None)
    later = restated(replace(exact("later", {0: 2, 3: 1}, 9), use=7), {0: (1, 2), 5: (6, 7)})
    assert later[0] == Published("later", {0: 2, 3: 1, 1: 2, 2: -2}, 9, 9, False, 7)
    assert later[1:] == (Published("later: no more removed than there was", {0: 1, 2: -1}, 0, None, True),)
    assert rate("", of(0), "1,250.0", 1000, per=1000).low == 1250
    assert rate("", of(0), "0", 1000).low == 0 and rate("", of(0), "0", 1000).high == 0
    assert rate("", of(0), "2", 1000, per=1000) == rate("", of(0), "2", 1000)


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: nearest("N", of(0), 12), "^N is 12: it is not rounded to the nearest 5$"),
        (lambda: nearest("N", of(0), 12, 0), "^N is 12: it is not rounded to the nearest 0$"),
        (lambda: controlled("N", of(0), 12), "^N is 12: it is not rounded"),
        (lambda: within("N", of(0), 12, -1), "^N has a reach of -1: it must be zero or more$"),
        (lambda: not_lower("N", of(0), of(0)), "^N compares a sum with itself$"),
        (lambda: rate("N", of(0), "two", 100), "^N is “two”: a rate is a number such as 2.5$"),
        (lambda: rate("N", of(0), "٢", 100), "^N is “٢”: a rate"),
        (lambda: rate("N", of(0), "2", 0), "^N is for each 1,000 of 0: both must be more than zero$"),
        (lambda: rate("N", of(0), "2", 5, per=0), "^N is for each 0 of 5: both"),
    ],
)
def test_what_does_not_fit_is_refused(call, sentence):
    with pytest.raises(ValueError, match=sentence):
        call()


A, B, C, D = of(0), of(1), of(2), of(3)
ALL = of(0, 1)


# Pairs of releases, each safe alone and unsafe together: first, second, target, atoms, tier.
PAIRS: dict[str, tuple[list[Published], list[Published], dict[int, int], Tier]] = {
    "sliver": ([exact("ward", ALL, 33)], [exact("its streets but one", A, 30)], B, SHARED),
    "sliver, both rounded, beside a small base": ([nearest("ward", ALL, 33, 3)], [nearest("part", A, 33, 3)], B, SHARED),
    "sliver in tier V": ([nearest("ward", ALL, 30)], [exact("part", A, 30)], B, VULNERABLE),
    "area and its neighbours": ([exact("district", of(0, 1, 2), 90)], [exact("all but one", of(0, 2), 88)], B, SHARED),
    "cut across": ([exact("ward", of(0, 1), 40), exact("LSOA", of(1, 2), 15)], [exact("A", A, 38), exact("C", C, 13)], B, SHARED),
    "rolling months": ([exact("Jan to Dec", of(0, 1, 2), 50)], [exact("Feb to Jan", of(1, 2, 3), 48), exact("last", D, 3)], A, SHARED),
    "year less eleven months": ([exact("year", of(0, 1), 60)], [exact("eleven months", A, 55)], B, SHARED),
    "quarter less two months": ([exact("quarter", of(0, 1, 2), 21)], [exact("month 1", A, 8), exact("month 2", B, 9)], C, SHARED),
    "two years and a half": ([exact("24 months", of(0, 1), 31)], [exact("first 23", A, 31)], B, SHARED),
    "restated, none removed": ([exact("first", A, 20)], [exact("restated", of(0, 1), 21)], B, SHARED),
    "restated, both known": (
        [exact("first", A, 5 + 20)],
        [*restated(exact("later", A, 26), {0: (1, 2)}), exact("none were removed", C, 0)],
        B,
        SHARED,
    ),
    "rate of the whole": ([exact("part", A, 30)], [rate("rate", ALL, "8.25", 4000)], B, SHARED),
    "rate of the part": ([exact("ward", ALL, 33)], [rate("rate", A, "7.50", 4000)], B, SHARED),
    "two rates": ([rate("rate of all", ALL, "8.25", 4000)], [rate("rate of part", A, "7.50", 4000)], B, SHARED),
    "rank": ([mark("A", A, SHARED), mark("B", B, SHARED), exact("both", ALL, 7)], [not_lower("B leads", {1: 1}, {0: 7})], B, SHARED),
    "rank from above": ([Published("A", A, 0, 3)], [not_lower("A leads B", A, B)], B, SHARED),
    "highest of all": ([mark("B", B, SHARED), exact("C", C, 5)], [not_lower("B leads C", B, C)], B, SHARED),
    "complement of one partner": ([exact("all partners", ALL, 25)], [exact("the fire service’s own", A, 22)], B, SHARED),
    "subset of an open count": ([exact("violence", B, 2)], [mark("abuse", A, SHARED), not_lower("abuse is violence", B, A)], A, SHARED),
    "category less the others": ([exact("all kinds", of(0, 1, 2), 30)], [exact("kinds 1 and 2", of(0, 1), 24)], C, SHARED),
    "rounded once exactly": ([mark("B", B, SHARED), nearest("ward", ALL, 15)], [exact("part", A, 17)], B, SHARED),
    "controlled rounding": ([mark("B", B, SHARED), controlled("ward", ALL, 20)], [exact("part", A, 24)], B, SHARED),
    "cell key": ([mark("B", B, SHARED), within("ward", ALL, 20, 1)], [exact("part", A, 19)], B, SHARED),
    "marks that add up": ([mark("A", A, SHARED), mark("B", B, SHARED)], [exact("both", ALL, 14)], B, SHARED),
    "sum of marks rounded": ([mark("A", A, SHARED), mark("B", B, SHARED)], [nearest("both", ALL, 15)], B, SHARED),
}  # fmt: skip


def one(published: list[Published], weights: dict[int, int], tier: Tier, atoms: int) -> Finding:
    [found] = attack(published, [Target("it", weights, tier)], atoms)
    return found


@pytest.mark.parametrize("name", PAIRS)
def test_each_release_is_safe_alone_and_both_together_are_not(name):
    first, second, target, tier = PAIRS[name]
    assert one(first, target, tier, 4).is_safe and one(second, target, tier, 4).is_safe
    found = one([*first, *second], target, tier, 4)
    assert not found.is_safe and found.carried_by
    # The second is changed: what is out is kept, and what is left is safe.
    out = [replace(p, is_out=True) for p in first]
    mended = repair([*out, *second], [Target("it", target, tier)], 4)
    assert mended.blocked == () and mended.withdrawn and set(mended.withdrawn) <= {p.name for p in second}
    assert one(mended.kept, target, tier, 4).is_safe and all(p in mended.kept for p in out)


def test_there_are_pairs_enough():
    assert len(PAIRS) >= 20
