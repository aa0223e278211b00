"""What somebody can work out of everything that was published together.

Each published figure tells something of the smallest counts behind it (the atoms): their sum lies between two limits. The attack
takes all of it at once and asks for the least and the most that a hidden count can be. Where the two lie close, the count is not
hidden, whatever mark stands in its place. Where they lie apart, two whole tables that fit all that was published prove it.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, permutations
from math import ceil, floor
from typing import Any

import numpy as np

from csplan.errors import CsplanError
from csplan.statistics.disclosure import Tier
from csplan.statistics.ledger import MOST, Published, Weights

#: A solver is right to within this; every sum behind it is a whole number.
NEAR = 1e-6
#: Seconds for each of the two questions in whole numbers; what is not settled by then counts as not safe.
PATIENCE = 60.0

SAFE, NOT_SMALL, EXACT, NARROW = "safe", "not small", "exact", "narrow"
NOT_NONE, WHOLE_GROUP, NOT_SETTLED = "not none", "whole group", "not settled"
SENTENCES = {
    SAFE: "{name} cannot be worked out: it may be anything from {low} to {high}.",
    NOT_SMALL: "{name} is no small count: it is {low} at least.",
    EXACT: "{name} can be worked out: it is {low}.",
    NARROW: "{name} can nearly be worked out: it is from {low} to {high}.",
    NOT_NONE: "{name} can be told not to be none: it is {low} at least.",
    WHOLE_GROUP: "{name} can be told to be all of its group, {low} at least.",
    NOT_SETTLED: "{name} was not settled in the time allowed, so it is not shown to be safe.",
}


@dataclass(frozen=True)
class Target:
    """What nobody should be able to work out.

    name : str                as a person would call it
    weights : dict            atom: how often it counts
    tier : Tier               how narrow a range tells too much, up to what counts are hidden, and whether none is
    is_small : bool           False where its true count is not known to be hidden: then only what is surely small is judged
    others : dict or None     the rest of its group; where that must be none, all of the group is in the target
    """

    name: str
    weights: Weights
    tier: Tier
    is_small: bool = True
    others: Weights | None = None


@dataclass(frozen=True)
class Finding:
    """What the attack found of one target.

    name : str                          of the target
    low_lp, high_lp : int               range of the linear programme; the true range lies inside it
    low, high : int                     range in whole numbers; that of the linear programme where it already tells too much
    verdict : str                       safe, not small, exact, narrow, not none, whole group or not settled
    witnesses : tuple of two or empty   two whole tables that fit, one with the least and one with the most
    carried_by : tuple of int           the published figures (by place) that make the range no wider
    """

    name: str
    low_lp: int
    high_lp: int
    low: int
    high: int
    verdict: str
    witnesses: tuple[tuple[int, ...], ...]
    carried_by: tuple[int, ...]

    @property
    def is_safe(self) -> bool:
        """Whether it cannot be worked out, or is no small count."""
        return self.verdict in (SAFE, NOT_SMALL)

    @property
    def sentence(self) -> str:
        """In words."""
        high = f"{self.high:,}" if self.high < MOST else "any number"
        return SENTENCES[self.verdict].format(name=self.name, low=f"{self.low:,}", high=high)


@dataclass(frozen=True)
class Repair:
    """What is left when figures are withdrawn until nothing can be worked out.

    kept : tuple        the figures that may be published
    withdrawn : tuple   names of those withdrawn, in order
    blocked : tuple     findings that no withdrawal mends, since what tells it is out already
    """

    kept: tuple[Published, ...]
    withdrawn: tuple[str, ...]
    blocked: tuple[Finding, ...]


def targets_of(published: Sequence[Published], truth: Sequence[int] | None, tier: Tier) -> tuple[Target, ...]:
    """All that a release must not tell: each sum published, and each difference of two, whose true count is hidden.

    published : list of Published
    truth : list of int, or None    the true count of each atom; None where it is not known
    tier : Tier                     by whose rules
    Returns tuple of Target

    The difference of A and B is what lies in A and not in B, whether or not all of B lies in A. What is the same sum of atoms stands
    once. None is sought in a tier that shows it. Where the truth is not known every sum and difference is a target, but only what
    is surely small is judged as small.

    Source: the sets that Hundepool and others (2012) call complements and slivers.

    >>> from csplan.statistics.disclosure import SHARED
    >>> from csplan.statistics.ledger import exact
    >>> [t.name for t in targets_of([exact("A", {0: 1, 1: 1}, 23), exact("B", {0: 1}, 20)], [20, 3], SHARED)]
    ['A without B']
    """
    sums = [p for p in published if min(p.weights.values(), default=0) > 0]
    found = {frozenset(p.weights.items()): p.name for p in reversed(sums)}
    for a, b in permutations(sums, 2):
        rest = frozenset((atom, n) for atom, n in a.weights.items() if atom not in b.weights)
        if rest and len(rest) < len(a.weights):
            found.setdefault(rest, f"{a.name} without {b.name}")
    if truth is None:
        return tuple(Target(name, dict(sorted(rest)), tier, is_small=False) for rest, name in found.items())
    least = 1 if tier.shows_zero else 0
    true = {rest: sum(truth[atom] * n for atom, n in rest) for rest in found}
    return tuple(
        Target(name, dict(sorted(rest)), tier)
        for rest, name in found.items()
        if least <= true[rest] and (tier.hidden is None or true[rest] <= tier.hidden)
    )


def attack(published: Sequence[Published], targets: Iterable[Target], atoms: int) -> tuple[Finding, ...]:
    """The least and the most that each target can be, by all that is published together.

    published : list of Published
    targets : list of Target
    atoms : int                     how many atoms there are
    Returns tuple of Finding, one for each target

    L = min w.x and U = max w.x where low <= a.x <= high for each figure and x >= 0; first in fractions (a linear programme), whose
    range holds the true one, so that a range too narrow is a failure already; where it is wide, in whole numbers.

    A target fails where U - L is below `tier.narrowest`; where L is above 0 and the tier hides none; or where the others of its
    group must be none and it is one at least. What passes carries two tables, checked by `check_witness`.

    Raises ValueError when an atom is not there, or when no table fits all that is published. Raises CsplanError without highspy.

    Source: Fischetti and Salazar (2000), the attacker's problem; Hundepool and others (2012), chapter 4.

    >>> from csplan.statistics.disclosure import SHARED
    >>> from csplan.statistics.ledger import exact, mark
    >>> ledger = [exact("ward", {0: 1, 1: 1}, 33), exact("its first half", {0: 1}, 30), mark("its second half", {1: 1}, SHARED)]
    >>> attack(ledger, [Target("the second half", {1: 1}, SHARED)], 2)[0].sentence
    'the second half can be worked out: it is 3.'
    """
    _check_atoms(published, atoms)
    lines, whole = _Solver(published, atoms, whole=False), _Solver(published, atoms, whole=True)
    return tuple(_found(target, published, lines, whole, atoms) for target in targets)


def check_witness(published: Sequence[Published], table: Sequence[int], weights: Weights, value: int) -> bool:
    """Whether a table fits all that is published and gives a target a value, by whole numbers alone.

    published : list of Published
    table : list of int             a count for each atom
    weights : dict                  of the target
    value : int                     what the target should be
    Returns bool

    Nothing of the solver is trusted: sums of whole numbers are compared with whole numbers.

    Source: arithmetic.

    >>> from csplan.statistics.ledger import exact
    >>> check_witness([exact("all", {0: 1, 1: 1}, 9)], (4, 5), {1: 1}, 5)
    True
    >>> check_witness([exact("all", {0: 1, 1: 1}, 9)], (5, 5), {1: 1}, 5)
    False
    """
    if any(type(n) is not int or n < 0 for n in table):
        return False
    for p in published:
        if max(p.weights, default=-1) >= len(table):
            return False
        got = _sum(p.weights, table)
        if (p.low is not None and got < p.low) or (p.high is not None and got > p.high):
            return False
    return max(weights, default=-1) < len(table) and _sum(weights, table) == value


def repair(published: Sequence[Published], targets: Iterable[Target], atoms: int) -> Repair:
    """Withdraw figures, one at a time, until nothing can be worked out.

    published : list of Published
    targets : list of Target
    atoms : int                     how many atoms there are
    Returns Repair(kept, withdrawn, blocked)

    Each time the least useful figure that is not out yet and carries a failure (its dual value is not zero); of several the one that
    carries most failures, then the last. Withdrawing one only widens ranges, so what passed is not asked again. Merging groups or
    areas, or a longer period, loses less and is for a person to try first.

    Source: after the order of repair of Hundepool and others (2012).

    >>> from csplan.statistics.disclosure import SHARED
    >>> from dataclasses import replace
    >>> from csplan.statistics.ledger import exact
    >>> ledger = [replace(exact("ward", {0: 1, 1: 1}, 33), is_out=True), exact("its first half", {0: 1}, 30)]
    >>> repair(ledger, [Target("the second half", {1: 1}, SHARED)], 2).withdrawn
    ('its first half',)
    """
    kept, left = list(published), list(targets)
    withdrawn: list[str] = []
    blocked: list[Finding] = []
    while True:
        findings = attack(kept, left, atoms)
        failing = [(t, f) for t, f in zip(left, findings, strict=True) if not f.is_safe]
        mendable = [(t, f) for t, f in failing if any(not kept[k].is_out for k in f.carried_by)]
        blocked += [f for t, f in failing if (t, f) not in mendable]
        if not mendable:
            return Repair(tuple(kept), tuple(withdrawn), tuple(blocked))
        carries = Counter(k for _, f in mendable for k in f.carried_by if not kept[k].is_out)
        worst = min(carries, key=lambda k: (kept[k].use, -carries[k], -k))
        withdrawn.append(kept.pop(worst).name)
        left = [t for t, _ in mendable]


def _found(target: Target, published: Sequence[Published], lines: "_Solver", whole: "_Solver", atoms: int) -> Finding:
    _check_atoms([target, *([replace(target, weights=target.others)] if target.others else [])], atoms)
    (low, _, down), (high, _, up) = lines.ask(target.weights, least=True), lines.ask(target.weights, least=False)
    verdict, ties, _ = _judged(target, low, high, lines)
    carried = down | up | ties
    if verdict != SAFE:
        return Finding(target.name, low, high, low, high, verdict, (), tuple(sorted(carried)))
    (least, first, _), (most, second, _) = whole.ask(target.weights, least=True), whole.ask(target.weights, least=False)
    verdict, _, third = _judged(target, least, most, whole)
    proven = all(
        check_witness(published, table, weights, value)
        for table, weights, value in ((first, target.weights, least), (second, target.weights, most), *third)
    )
    if verdict == SAFE and not proven:
        verdict = NOT_SETTLED
    if verdict != SAFE:
        # In whole numbers no dual value tells what carries it: whatever the two tables lean on may.
        carried |= {i for i, p in enumerate(published) for table in (first, second) if _sum(p.weights, table) in (p.low, p.high)}
    return Finding(
        target.name, low, high, least, most, verdict, (first, second) if verdict == SAFE else (), tuple(sorted(carried))
    )


def _judged(
    target: Target, low: int, high: int, solver: "_Solver"
) -> tuple[str, set[int], list[tuple[tuple[int, ...], Weights, int]]]:
    """(verdict, what else carries it, a table that shows that others of the group need not be none)"""
    if target.others and low >= 1:
        most, table, ties = solver.ask(target.others, least=False)
        return (WHOLE_GROUP, ties, []) if most == 0 else (_verdict(target, low, high), set(), [(table, target.others, most)])
    return _verdict(target, low, high), set(), []


def _verdict(target: Target, low: int, high: int) -> str:
    hidden, narrowest = target.tier.hidden, target.tier.narrowest
    if hidden is not None and low > hidden:
        return NOT_SMALL
    if low == high:
        return EXACT
    if high - low < narrowest:
        return NARROW
    surely_small = target.is_small or (hidden is not None and high <= hidden)
    return NOT_NONE if low > 0 and surely_small and not target.tier.shows_zero else SAFE


class _Solver:
    """The figures as rows of one programme; between two questions nothing but the sum that is sought changes."""

    def __init__(self, published: Sequence[Published], atoms: int, *, whole: bool) -> None:
        try:
            import highspy
        except ImportError as e:
            raise CsplanError("The attack needs highspy, which is not installed. Install csplan[disclosure].") from e
        self.atoms, self.whole = atoms, whole
        self.kit: Any = highspy
        self.highs = _quiet(highspy)
        # The primal simplex goes on from where the last question ended; the dual one starts afresh each time.
        options = {"threads": 1, "simplex_strategy": 4, "mip_rel_gap": 0.0}
        for name, value in options.items():
            self.highs.setOptionValue(name, value)
        self.highs.passModel(self._model(published))

    def _model(self, published: Sequence[Published]) -> Any:
        rows = [p.weights for p in published]
        lp = self.kit.HighsLp()
        lp.num_col_, lp.num_row_ = self.atoms, len(rows)
        lp.col_cost_, lp.col_lower_ = [0.0] * self.atoms, [0.0] * self.atoms
        lp.col_upper_ = [float(MOST)] * self.atoms
        lp.row_lower_ = [-self.kit.kHighsInf if p.low is None else float(p.low) for p in published]
        lp.row_upper_ = [self.kit.kHighsInf if p.high is None else float(p.high) for p in published]
        lp.a_matrix_.format_ = self.kit.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = [0, *accumulate(len(row) for row in rows)]
        lp.a_matrix_.index_ = [atom for row in rows for atom in row]
        lp.a_matrix_.value_ = [float(n) for row in rows for n in row.values()]
        if self.whole:
            lp.integrality_ = [self.kit.HighsVarType.kInteger] * self.atoms
        return lp

    def ask(self, weights: Weights, *, least: bool) -> tuple[int, tuple[int, ...], set[int]]:
        """(the proven limit, a table that reaches it, the rows that hold it there)"""
        self.highs.changeObjectiveSense(self.kit.ObjSense.kMinimize if least else self.kit.ObjSense.kMaximize)
        columns = np.fromiter(weights, dtype=np.int32)
        self.highs.changeColsCost(len(columns), columns, np.fromiter(weights.values(), dtype=np.float64))
        # The limit is of the whole run of this solver, so each question adds its own.
        if self.whole:
            self.highs.setOptionValue("time_limit", self.highs.getRunTime() + PATIENCE)
        self.highs.run()
        answer = self._answer(least)
        self.highs.changeColsCost(len(columns), columns, np.zeros(len(columns)))
        return answer

    def _answer(self, least: bool) -> tuple[int, tuple[int, ...], set[int]]:
        status, info = self.highs.getModelStatus(), self.highs.getInfo()
        if status == self.kit.HighsModelStatus.kInfeasible:
            raise ValueError("the published figures contradict each other: no table of counts fits them all")
        if not self.whole and status != self.kit.HighsModelStatus.kOptimal:
            raise RuntimeError(f"the solver ended with {self.highs.modelStatusToString(status)}")
        # Where time ran out, the proven bound and the best table found differ, and `check_witness` says so.
        value = info.mip_dual_bound if self.whole else info.objective_function_value
        limit = np.clip(value, -MOST * self.atoms, MOST * self.atoms)
        solution = self.highs.getSolution()
        table = tuple(round(x) for x in solution.col_value) if solution.value_valid else (0,) * self.atoms
        holding = {i for i, dual in enumerate(solution.row_dual) if abs(dual) > NEAR}
        return ceil(limit - NEAR) if least else floor(limit + NEAR), table, holding


def _quiet(kit: Any) -> Any:
    """A solver that prints nothing: it would print its name when it is made, before it can be told not to."""

    class Quiet(kit.Highs):  # type: ignore[misc]
        def enableCallbacks(self) -> None:
            self.setOptionValue("output_flag", False)
            super().enableCallbacks()

    return Quiet()


def _check_atoms(named: Sequence[Published | Target], atoms: int) -> None:
    for one in named:
        wrong = next((atom for atom in one.weights if not 0 <= atom < atoms), None)
        if wrong is not None or not one.weights:
            raise ValueError(f"{one.name} is of atom {wrong}: there are {atoms}, numbered from 0")
        if isinstance(one, Published) and any(limit is not None and abs(limit) > MOST for limit in (one.low, one.high)):
            raise ValueError(f"{one.name} is above {MOST:,}: no count here is so high")


def _sum(weights: Weights, table: Sequence[int]) -> int:
    return sum(n * table[atom] for atom, n in weights.items())
