"""What somebody can work out of everything that was published together."""

import sys
from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from csplan.errors import CsplanError
from csplan.statistics import attack as module
from csplan.statistics.attack import Target, attack, check_witness, repair, targets_of
from csplan.statistics.disclosure import NEVER, OPEN, SHARED, SHARED_AUTHORITY, VULNERABLE, released
from csplan.statistics.ledger import MOST, Published, exact, mark, nearest, not_lower


def one(published, weights, tier=SHARED, atoms=2, **more):
    [found] = attack(published, [Target("it", weights, tier, **more)], atoms)
    return found


def of(*atoms: int) -> dict[int, int]:
    return dict.fromkeys(atoms, 1)


A, B, C = of(0), of(1), of(2)
ALL = of(0, 1)


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: attack([exact("N", of(2), 1)], [], 2), "^N is of atom 2: there are 2, numbered from 0$"),
        (lambda: attack([exact("N", of(-1), 1)], [], 2), "^N is of atom -1"),
        (lambda: attack([exact("N", {}, 1)], [], 2), "^N is of atom None"),
        (lambda: one([exact("N", of(0), 1)], of(2)), "^it is of atom 2"),
        (lambda: one([exact("N", of(0), 1)], of(0), others=of(5)), "^it is of atom 5"),
        (lambda: attack([exact("N", of(0), MOST + 1)], [], 2), "^N is above 10,000,000: no count here is so high$"),
        (lambda: one([exact("N", of(0), 1), exact("M", of(0), 2)], of(0)), "contradict each other"),
        (lambda: one([Published("odd", {0: 2}, 3, 3)], of(1)), "contradict each other"),
    ],
)
def test_what_does_not_fit_is_refused(call, sentence):
    with pytest.raises(ValueError, match=sentence):
        call()


def test_without_the_solver_it_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "highspy", None)
    with pytest.raises(CsplanError, match=r"Install csplan\[disclosure\]"):
        attack([exact("N", of(0), 1)], [], 1)


# The rules of failing, each at its edge: the range that is left of one count, and the verdict.
@pytest.mark.parametrize(
    ("low", "high", "tier", "verdict"),
    [
        (0, 3, SHARED, "narrow"),
        (0, 4, SHARED, "safe"),
        (0, 6, VULNERABLE, "narrow"),
        (0, 7, VULNERABLE, "safe"),
        (1, 9, SHARED, "not none"),
        (1, 7, SHARED_AUTHORITY, "safe"),
        (4, 7, SHARED_AUTHORITY, "narrow"),
        (3, 3, SHARED, "exact"),
        (0, 0, SHARED, "exact"),
        (7, 20, SHARED, "not none"),
        (8, 20, SHARED, "not small"),
        (12, 12, VULNERABLE, "exact"),
        (13, 13, VULNERABLE, "not small"),
        (0, None, SHARED, "safe"),
        (0, 0, OPEN, "not small"),
        (0, 3, NEVER, "safe"),
        (1, 3, NEVER, "not none"),
        (2, 2, NEVER, "exact"),
    ],
)
def test_each_rule_at_its_edge(low, high, tier, verdict):
    found = one([Published("", of(0), low, high)], of(0), tier)
    assert found.verdict == verdict and found.is_safe is (verdict in ("safe", "not small"))
    assert (found.low, found.high) == (low, MOST if high is None else high) == (found.low_lp, found.high_lp)
    assert len(found.witnesses) == (2 if verdict == "safe" else 0)
    unsure = one([Published("", of(0), low, high)], of(0), tier, is_small=False)
    known_small = tier.hidden is not None and high is not None and high <= tier.hidden
    assert unsure.verdict == ("safe" if verdict == "not none" and not known_small else verdict)


def test_what_is_surely_small_is_judged_as_small():
    assert one([Published("", of(0), 1, 7)], of(0), is_small=False).verdict == "not none"
    assert one([Published("", of(0), 1, 8)], of(0), is_small=False).verdict == "safe"


def test_a_group_all_of_which_is_in_one_category():
    shown = [Published("rest", of(1), 0, 0), Published("part", of(0), 1, 7)]
    assert one(shown, of(0), SHARED_AUTHORITY, others=of(1)).verdict == "whole group"
    assert one(shown, of(0), SHARED_AUTHORITY).verdict == "safe"
    assert one([replace(shown[0], high=1), shown[1]], of(0), SHARED_AUTHORITY, others=of(1)).verdict == "safe"
    assert one([shown[0], replace(shown[1], low=0)], of(0), SHARED_AUTHORITY, others=of(1)).verdict == "safe"
    # The rest is twice a count of which four times are 3 at most: 1 in fractions, none in whole numbers.
    twice = [Published("", {1: 1, 2: -2}, 0, 0), Published("", {2: 4}, 0, 3), shown[1]]
    found = one(twice, of(0), SHARED_AUTHORITY, atoms=3, others=of(1))
    assert found.verdict == "whole group" and found.witnesses == ()


def test_whole_numbers_tell_what_fractions_do_not():
    # 2a + 2b = 15 to 17 leaves 16 alone, so that a and b are 8 together; 3a - 6c = 3 to 4 leaves a odd.
    both = [Published("", {0: 2, 1: 2}, 15, 17), Published("", of(0), 0, 7)]
    found = one(both, of(0, 1), NEVER)
    assert (found.low_lp, found.high_lp, found.low, found.high) == (8, 8, 8, 8)
    # c is 7 less a multiple of 5, and 12 less a multiple of 9: in fractions anything from 0 to 7.
    few = Published("", of(1), 0, 7)
    found = one([exact("", {0: 5, 1: 1}, 7), few], of(1))
    assert (found.low_lp, found.high_lp, found.low, found.high, found.verdict) == (0, 7, 2, 7, "not none")
    assert found.witnesses == () and found.carried_by == (0, 1)
    found = one([exact("", {0: 9, 1: 1}, 12), few], of(1))
    assert (found.low_lp, found.high_lp, found.low, found.high, found.verdict) == (0, 7, 3, 3, "exact")


def test_sentences():
    assert one([exact("", of(0), 3)], of(0)).sentence == "it can be worked out: it is 3."
    assert one([Published("", of(0), 0, 2)], of(0)).sentence == "it can nearly be worked out: it is from 0 to 2."
    assert one([Published("", of(0), 2, 1200)], of(0)).sentence == "it can be told not to be none: it is 2 at least."
    assert one([Published("", of(0), 0, 1200)], of(0)).sentence == "it cannot be worked out: it may be anything from 0 to 1,200."
    assert one([Published("", of(0), 0, None)], of(0)).sentence.endswith("anything from 0 to any number.")
    assert one([exact("", of(0), 9)], of(0)).sentence == "it is no small count: it is 9 at least."
    group = [exact("", of(1), 0), Published("", of(0), 1, 7)]
    assert one(group, of(0), SHARED_AUTHORITY, others=of(1)).sentence == "it can be told to be all of its group, 1 at least."


def test_what_is_not_settled_in_time_is_not_safe(monkeypatch):
    # A bound that no table reaches, as when time runs out.
    asked = module._Solver.ask

    def cut_short(self, weights, *, least):
        value, table, holding = asked(self, weights, least=least)
        return (value + (0 if least else 1) if self.whole else value), table, holding

    monkeypatch.setattr(module._Solver, "ask", cut_short)
    found = one([Published("", of(0), 0, 7)], of(0))
    assert found.verdict == "not settled" and not found.is_safe and found.witnesses == ()
    assert found.carried_by == (0,) and found.sentence.startswith("it was not settled in the time allowed")


def test_the_least_useful_figure_is_withdrawn_then_what_carries_most_then_the_last():
    ward, part, same = exact("ward", ALL, 33), exact("part", A, 30), exact("part again", A, 30)
    target = [Target("it", B, SHARED)]
    assert repair([replace(ward, use=2), part], target, 2).withdrawn == ("part",)
    assert repair([ward, replace(part, use=2)], target, 2).withdrawn == ("ward",)
    assert repair([ward, part], target, 2).withdrawn == ("part",)
    blocked = repair([replace(ward, is_out=True), replace(part, is_out=True), exact("other", of(2), 40)], target, 3)
    assert blocked.withdrawn == () and [f.name for f in blocked.blocked] == ["it"] and len(blocked.kept) == 3
    twice = repair([replace(ward, is_out=True), part, same], target, 2)
    assert set(twice.withdrawn) == {"part", "part again"} and [p.name for p in twice.kept] == ["ward"]
    both = [exact("left", of(0, 2), 33), exact("right", of(1, 2), 33), exact("middle", of(2), 30)]
    found = repair(both, [Target("l", A, SHARED), Target("r", B, SHARED)], 3)
    assert found.withdrawn == ("middle",)
    assert repair([part], target, 2) == module.Repair((part,), (), ())


def test_targets_are_every_sum_and_difference_that_is_hidden():
    ward, street, other = exact("ward", of(0, 1), 23), exact("street", A, 20), nearest("other", of(1, 2), 10)
    truth = [20, 3, 6]
    found = targets_of([ward, street, other], truth, SHARED)
    assert [(t.name, t.weights) for t in found] == [("ward without street", B), ("other without ward", C)]
    assert all(t.tier is SHARED and t.is_small and t.others is None for t in found)
    assert [t.name for t in targets_of([ward, street], [20, 0, 0], SHARED_AUTHORITY)] == []
    assert [t.name for t in targets_of([ward, street], [20, 0, 0], SHARED)] == ["ward without street"]
    assert [t.name for t in targets_of([street], [7, 0, 0], SHARED)] == ["street"]
    assert targets_of([street], [8, 0, 0], SHARED) == ()
    assert [t.name for t in targets_of([street], [8, 0, 0], NEVER)] == ["street"]
    assert [t.name for t in targets_of([street, replace(street, name="again")], [1, 0, 0], SHARED)] == ["street"]
    every = targets_of([ward, street], None, SHARED)
    assert {t.name for t in every} == {"ward", "street", "ward without street"} and not any(t.is_small for t in every)
    assert targets_of([not_lower("", A, B)], [1, 1], SHARED) == ()
    double = targets_of([exact("", {0: 2}, 6), exact("", of(0, 1), 5)], [3, 2], SHARED)
    assert {tuple(t.weights.items()) for t in double} == {((0, 1), (1, 1)), ((0, 2),), ((1, 1),)}


# Cases drawn at random: a table of small areas by categories, with sums, a cutting area, and a second release of both.
def drawn(seed: int, areas: int = 5, kinds: int = 3):
    chance = np.random.default_rng(seed)
    truth = chance.poisson(chance.choice([1.5, 4, 9, 25], (areas, kinds))).ravel().tolist()
    cell = np.arange(areas * kinds).reshape(areas, kinds)
    cut = sorted(chance.choice(areas, 2, replace=False).tolist())
    sums = [of(*cell[a].tolist()) for a in range(areas)] + [of(*cell[:, k].tolist()) for k in range(kinds)]
    sums += [of(*cell[cut, k].tolist()) for k in range(kinds)] + [of(*cell.ravel().tolist())]
    return truth, [of(i) for i in range(len(truth))], sums


def figures(truth, cells, *, rounding: bool, hidden: int = 7, first: int = 0):
    found = []
    for i, weights in enumerate(cells):
        true = sum(n * truth[a] for a, n in weights.items())
        if first <= true <= hidden:
            found.append(Published(f"figure {i}", weights, first, hidden))
        else:
            found.append(
                nearest(f"figure {i}", weights, 5 * ((true + 2) // 5)) if rounding else exact(f"figure {i}", weights, true)
            )
    return found


def gate(seed: int) -> None:
    truth, cells, sums = drawn(seed)
    ledger = figures(truth, cells + sums, rounding=True)
    targets = targets_of(ledger, truth, SHARED)
    kept = repair(ledger, targets, len(truth))
    assert not kept.blocked
    for found in attack(kept.kept, targets, len(truth)):
        assert found.is_safe and len(found.witnesses) == 2
        weights = next(t.weights for t in targets if t.name == found.name)
        assert check_witness(kept.kept, found.witnesses[0], weights, found.low)
        assert check_witness(kept.kept, found.witnesses[1], weights, found.high)
        true = sum(n * truth[a] for a, n in weights.items())
        assert found.low_lp <= found.low <= true <= found.high <= found.high_lp
    assert check_witness(ledger, truth, of(0), truth[0])


@pytest.mark.parametrize("seed", range(4))
def test_what_the_gate_lets_through_the_attack_does_not_break(seed):
    gate(seed)


@pytest.mark.slow
def test_what_the_gate_lets_through_the_attack_does_not_break_in_hundreds():
    for seed in range(4, 500):
        gate(seed)


def breaks(seeds: range, **rules) -> float:
    """How often the attack breaks a release made by weaker rules."""
    broken = []
    for seed in seeds:
        truth, cells, sums = drawn(seed)
        ledger = figures(truth, cells + sums, **rules)
        targets = targets_of(ledger, truth, SHARED)
        broken.append(any(not f.is_safe for f in attack(ledger, targets, len(truth))))
    return float(np.mean(broken))


def test_twin_without_rounding_the_attack_breaks_it():
    assert breaks(range(20), rounding=False) >= 0.95


@pytest.mark.slow
def test_twin_of_each_guard_in_hundreds():
    assert breaks(range(200), rounding=False) >= 0.95
    assert breaks(range(200), rounding=True, first=1) >= 0.95


def test_twin_where_none_is_shown_the_attack_breaks_it():
    assert breaks(range(20), rounding=True, first=1) >= 0.95


def by_scipy(ledger, weights, atoms: int, whole: bool) -> tuple[int, int]:
    rows = np.zeros((len(ledger), atoms))
    for i, p in enumerate(ledger):
        rows[i, list(p.weights)] = list(p.weights.values())
    low = [-np.inf if p.low is None else p.low for p in ledger]
    high = [np.inf if p.high is None else p.high for p in ledger]
    cost = np.zeros(atoms)
    cost[list(weights)] = list(weights.values())
    limits = []
    for sign in (1, -1):
        more = {"integrality": np.ones(atoms)} if whole else {}
        got = milp(sign * cost, constraints=LinearConstraint(rows, low, high), bounds=Bounds(0, MOST), **more)
        limits.append(sign * got.fun)
    return int(np.ceil(limits[0] - 1e-6)), int(np.floor(limits[1] + 1e-6))


def agrees(seed: int) -> None:
    truth, cells, sums = drawn(seed, areas=4)
    ledger = figures(truth, cells + sums, rounding=bool(seed % 3))[seed % 4 :]
    targets = targets_of(ledger, truth, SHARED)[:4]
    for target, found in zip(targets, attack(ledger, targets, len(truth)), strict=True):
        assert (found.low_lp, found.high_lp) == by_scipy(ledger, target.weights, len(truth), False)
        if found.witnesses:
            assert (found.low, found.high) == by_scipy(ledger, target.weights, len(truth), True)


@pytest.mark.parametrize("seed", range(8))
def test_a_second_solver_agrees(seed):
    agrees(seed)


@pytest.mark.slow
def test_a_second_solver_agrees_in_hundreds():
    for seed in range(8, 200):
        agrees(seed)


@given(st.lists(st.integers(0, 6), min_size=3, max_size=3), st.integers(0, 2))
@settings(max_examples=25)
def test_ranges_are_those_of_trying_every_table(truth, which):
    ledger = [nearest("all", of(0, 1, 2), 5 * ((sum(truth) + 2) // 5)), exact("two", of(0, 1), truth[0] + truth[1])]
    ledger += [mark("first", A, SHARED), not_lower("lead", A if truth[0] >= truth[1] else B, B if truth[0] >= truth[1] else A)]
    fits = [t for t in product(range(25), repeat=3) if check_witness(ledger, t, A, t[0])]
    found = one(ledger, of(which), NEVER, 3)
    assert (found.low, found.high) == (min(t[which] for t in fits), max(t[which] for t in fits))


def test_order_and_repetition_do_not_matter_and_more_figures_only_tell_more():
    truth, cells, sums = drawn(3)
    ledger = figures(truth, cells + sums, rounding=True)
    targets = targets_of(ledger, truth, SHARED)
    whole = [(f.low_lp, f.high_lp) for f in attack(ledger, targets, len(truth))]
    assert whole == [(f.low_lp, f.high_lp) for f in attack([*ledger[::-1], *ledger], targets, len(truth))]
    fewer = [(f.low_lp, f.high_lp) for f in attack(ledger[::2], targets, len(truth))]
    assert all(a <= c and d <= b for (a, b), (c, d) in zip(fewer, whole, strict=True))


def forged(seed: int) -> None:
    chance = np.random.default_rng(seed)
    truth, cells, sums = drawn(seed % 25)
    ledger = figures(truth, cells + sums, rounding=True)
    table = list(truth)
    assert check_witness(ledger, table, of(0), truth[0]) and check_witness(ledger, tuple(table), of(0), truth[0])
    # A forged count breaks its own cell's limits, which stand in the ledger.
    i = int(chance.integers(len(table)))
    limits = ledger[i]
    table[i] = int(chance.choice([limits.low - 1, limits.high + 1, limits.high + int(chance.integers(1, 50))]))
    assert not check_witness(ledger, table, of(i), table[i])
    assert not check_witness(ledger, truth, of(i), truth[i] + int(chance.choice([-1, 1])))


def test_forged_witnesses_are_refused():
    for seed in range(200):
        forged(seed)


@pytest.mark.parametrize("table", [(4.0, 5), (True, 8), (-1, 10), ("4", 5), (4,), (), (np.int64(4), 5), (4, float("nan"))])
def test_a_witness_holds_whole_numbers_alone(table):
    assert not check_witness([exact("all", ALL, 9)], table, B, 5)


def test_a_witness_is_checked_at_each_limit():
    ledger = [Published("", of(0), 2, 5), Published("", of(1), None, 5), Published("", of(2), 2, None)]
    assert check_witness(ledger, (2, 5, 2), A, 2) and check_witness(ledger, (5, 0, 99), C, 99)
    for table in ((1, 5, 2), (6, 5, 2), (2, 6, 2), (2, 5, 1)):
        assert not check_witness(ledger, table, A, table[0])
    assert check_witness([], (0,), of(0), 0)
    assert not check_witness([], (0,), of(1), 0)
    assert check_witness([], (3, 4), {0: 2, 1: -1}, 2)


def test_nothing_is_printed(capfd):
    one([exact("", of(0), 3)], of(0))
    assert capfd.readouterr() == ("", "")


def test_what_the_rules_release_is_a_ledger_that_holds():
    counts = [0, 3, 7, 8, 12, 33]
    shown = released(counts, SHARED)
    told = [
        mark("", of(i), SHARED) if s == "suppressed" else nearest("", of(i), int(v))
        for i, (v, s) in enumerate(zip(shown.values, shown.status, strict=True))
    ]
    assert check_witness(told, counts, of(0), 0)
    assert all(f.is_safe for f in attack(told, targets_of(told, counts, SHARED), len(counts)))
