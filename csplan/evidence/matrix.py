"""A matrix of issues and criteria out of a partnership's own tables, and what it says in words.

The matrix is an open one of our own: any criteria, any scales, any number of scorers. What is read is checked row by row, and a row
that cannot be used refuses the file with a sentence, because a score left out unseen would move every place.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from csplan.cycle.outline import Row
from csplan.errors import CsplanError, InputRejected
from csplan.evidence.incoming import file, package
from csplan.evidence.plain_words import capital, listed, number
from csplan.statistics import prioritisation
from csplan.statistics.inputs import Array

#: The scale of a criterion where the weights say none.
LOWEST, HIGHEST = 1.0, 5.0
#: How closely the second set of draws keeps to the given weights: a weight of 20% then lies between 10% and 32% in 95% of draws.
CONCENTRATION = 50.0
DRAWS, SEED = 10_000, 1
#: The longest list of issues known to have been put through a matrix has some 130.
MOST_ISSUES, MOST_CRITERIA, MOST_SCORERS = 200, 40, 100
#: How many issues are asked about at the top unless it is said, and how many are named where scorers differ.
TOP, MOST_NAMED = 5, 3
_NOT_SCORED = ("", "-", "–", "—", "n/a", "[x]")
_NUMBER = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,12})?", re.ASCII)

OUR_OWN = "This is an open matrix of csplan's own. It is not MoRiLE, and its scores are not to be set beside MoRiLE's."
LIMITS = "The ranges show what the weights do. They do not show how sure the scores are."


@dataclass(frozen=True)
class Scored:
    """A matrix as it was read. scores : array (scorers, issues, criteria), NaN where not scored;  scales : array (criteria, 2)"""

    issues: tuple[str, ...]
    criteria: tuple[str, ...]
    scorers: int
    scores: Array
    weights: Array
    scales: Array


def read(scores: Path, weights: Path | None = None) -> Scored:
    """The matrix of a table of scores and a table of weights. Without weights every criterion counts the same, from 1 to 5.

    Raises InputRejected naming the first row that cannot be used.
    """
    found: dict[tuple[str, str, str], tuple[float, str]] = {}
    issues, criteria, scorers = _Names("issues", MOST_ISSUES), _Names("criteria", MOST_CRITERIA), _Names("scorers", MOST_SCORERS)
    for place, cells in _rows(scores, ("Issue", "Criterion", "Score"), ("Scorer",)):
        key = (
            scorers.of(cells.get("Scorer", "the scorer"), place, "scorer"),
            issues.of(cells["Issue"], place, "issue"),
            criteria.of(cells["Criterion"], place, "criterion"),
        )
        if key in found:
            who = "" if "Scorer" in cells else " Where several people scored, say who in a column Scorer."
            raise InputRejected(f"{place}: this issue was scored on this criterion in {found[key][1]} already.{who}")
        score = float("nan") if cells["Score"].lower() in _NOT_SCORED else _number(cells["Score"], place, "score")
        found[key] = score, place.rpartition(", ")[2]
    shares, scales = _weighed(weights, criteria)
    cube = np.full((len(scorers.shown), len(issues.shown), len(criteria.shown)), np.nan)
    for (who, issue, criterion), (score, place) in found.items():
        at = scorers.at(who), issues.at(issue), criteria.at(criterion)
        low, high = scales[at[2]]
        if score < low or score > high:
            raise InputRejected(
                f"{package.safe_name(scores.name)}, {place}: the score {score:g} lies outside the scale of "
                f"“{criteria.shown[criterion]}”, {low:g} to {high:g}. Another scale goes into the weights, under Lowest and Highest."
            )
        cube[at] = score
    return Scored(tuple(issues.shown.values()), tuple(criteria.shown.values()), len(scorers.shown), cube, shares, scales)


class _Names:
    """Names as first written, found again however their letters and gaps are written."""

    def __init__(self, what: str, most: int) -> None:
        self.what, self.most = what, most
        self.shown: dict[str, str] = {}

    def of(self, words: str, place: str, one: str) -> str:
        """The key of a name, which is kept when it is new."""
        shown = " ".join(words.split())
        if not shown:
            raise InputRejected(f"{place}: the {one} is blank. Every row needs one.")
        key = shown.casefold()
        self.shown.setdefault(key, shown)
        if len(self.shown) > self.most:
            raise InputRejected(f"{place}: there are more than {self.most} {self.what}. Put like ones together first.")
        return key

    def at(self, key: str) -> int:
        return list(self.shown).index(key)


def _weighed(path: Path | None, criteria: _Names) -> tuple[Array, Array]:
    """(weights, scales) of the criteria in their order."""
    size = len(criteria.shown)
    weights, scales = np.full(size, np.nan), np.tile([LOWEST, HIGHEST], (size, 1))
    if path is None:
        return np.ones(size), scales
    for place, cells in _rows(path, ("Criterion", "Weight"), ("Lowest", "Highest")):
        key = " ".join(cells["Criterion"].split()).casefold()
        if key not in criteria.shown:
            raise InputRejected(
                f"{place}: nothing was scored on “{cells['Criterion']}”. Write it as in the scores, or leave it out."
            )
        at = criteria.at(key)
        if not np.isnan(weights[at]):
            raise InputRejected(f"{place}: “{criteria.shown[key]}” has a weight already. Give each criterion one.")
        weights[at] = _weight(cells["Weight"], place)
        ends = cells.get("Lowest", ""), cells.get("Highest", "")
        if any(ends):
            scales[at] = _number(ends[0], place, "lowest score"), _number(ends[1], place, "highest score")
            if scales[at, 0] >= scales[at, 1]:
                raise InputRejected(f"{place}: the highest score must be above the lowest.")
    lacking = [name for i, name in enumerate(criteria.shown.values()) if np.isnan(weights[i])]
    if lacking:
        raise InputRejected(f"{package.safe_name(path.name)} gives no weight for {listed(f'“{name}”' for name in lacking)}.")
    return weights, scales


def _weight(words: str, place: str) -> float:
    """A weight as a number, or as a percentage with its sign."""
    found = _number(words.removesuffix("%").strip(), place, "weight") / (100 if words.endswith("%") else 1)
    if found <= 0:
        raise InputRejected(
            f"{place}: the weight is {words}. It must be more than nought; leave out a criterion that does not count."
        )
    return found


def _number(words: str, place: str, what: str) -> float:
    if not _NUMBER.fullmatch(words):
        shown = f"“{words[:40]}” is no number" if words else "is blank"
        raise InputRejected(f"{place}: the {what} {shown}. Write it as 3 or 3.5.")
    return float(words)


def _rows(path: Path, wanted: Sequence[str], also: Sequence[str]) -> Iterator[tuple[str, dict[str, str]]]:
    """(where it stands, {heading: words}) of each row of the first table that has the headings wanted; other columns are passed over."""
    shown = package.safe_name(path.name)
    for table in file.read_path(path).tables:
        heads = [" ".join(head.split()).casefold() for head in table.heads]
        if all(name.casefold() in heads for name in wanted):
            columns = {name: heads.index(name.casefold()) for name in (*wanted, *also) if name.casefold() in heads}
            return ((f"{shown}, {row.place}", _cells(row, columns)) for row in table.rows)
    raise InputRejected(f"{shown} has no table with the headings {listed(wanted)} and a row below them.")


def _cells(row: Row, columns: dict[str, int]) -> dict[str, str]:
    return {name: row.cells[at].strip() for name, at in columns.items()}


@dataclass(frozen=True, eq=False)
class Ranked:
    """A matrix worked out: under any weights, near the given ones, with each criterion left out, and between scorers."""

    scored: Scored
    matrix: prioritisation.Matrix
    any_weights: prioritisation.Moved
    near: prioritisation.Moved
    left_out: prioritisation.LeftOut
    dissent: prioritisation.Dissent
    sentences: tuple[str, ...]

    @property
    def order(self) -> list[int]:
        """The issues from the first place on, those without a place last; equal ones as they were read."""
        places = np.where(np.isnan(self.matrix.place), np.inf, self.matrix.place)
        return [int(i) for i in np.argsort(places, kind="stable")]

    @property
    def most_differed(self) -> list[int]:
        """The issues on which scorers differ most, the most first; none where nobody differs."""
        spread = np.nan_to_num(self.dissent.by_issue)
        return [int(i) for i in np.argsort(-spread, kind="stable") if spread[i] > 0][:MOST_NAMED]

    @property
    def lacking(self) -> dict[int, list[str]]:
        """The criteria that nobody scored, of each issue that has no place."""
        gaps = np.isnan(self.matrix.scores)
        return {i: [self.scored.criteria[c] for c in np.flatnonzero(row)] for i, row in enumerate(gaps) if row.any()}


def rank(scored: Scored, top: int | None = None) -> Ranked:
    """Work a matrix out. top : how many first places are asked about; by default five, or half of those ranked where they are few"""
    made = prioritisation.matrix(scored.scores, scored.weights, scored.scales)
    ranked = int((~np.isnan(made.place)).sum())
    if ranked < 2:
        raise CsplanError(
            "Fewer than two issues were scored on every criterion, so there is nothing to rank. Fill in what is blank."
        )
    k = top if top is not None else TOP if ranked > TOP else (ranked + 1) // 2
    if not 1 <= k < ranked:
        raise CsplanError(
            f"--top is {k}: it must be at least 1 and less than the {ranked} issues that were scored on every criterion."
        )
    moved, near = (prioritisation.move_weights(made, k, concentration=c, draws=DRAWS, seed=SEED) for c in (None, CONCENTRATION))
    sentences = list(prioritisation.verdicts(made, moved))
    found = Ranked(scored, made, moved, near, prioritisation.leave_out(made), prioritisation.dissent(made), tuple(sentences))
    for i, criteria in found.lacking.items():
        sentences[i] = f"It has no place, because nobody scored it on {listed(criteria)}."
    return Ranked(scored, made, moved, near, found.left_out, found.dissent, tuple(sentences))


def findings(found: Ranked) -> list[str]:
    """What is to be said of the matrix as a whole: how steady the order is, what moves it most, where scorers differ."""
    return [*_steadiness(found), *_differing(found), LIMITS, OUR_OWN]


def _steadiness(found: Ranked) -> list[str]:
    """How near the order of other weights comes to the given one, and which criterion it hangs on most."""
    if np.isnan([found.any_weights.tau, found.near.tau]).any():
        return ["All issues have the same total, so there is no order that other weights could change."]
    said = [
        f"Kendall's tau-b between the given order and that of other weights (1 is the same order, -1 the reverse): "
        f"{_tau(found.any_weights)} under any weights; {_tau(found.near)} under weights near the given ones."
    ]
    tau = found.left_out.tau
    if np.isnan(tau).all():
        return said
    least = float(np.nanmin(tau))
    if least > 1 - 1e-9:
        return [*said, "Leaving out any one criterion leaves the order as it is."]
    names = [f"“{found.scored.criteria[c]}”" for c in np.flatnonzero(tau <= least + 1e-9)]
    each = listed(names) if len(names) == 1 else f"any of {listed(names)}"
    return [*said, f"Leaving out {each} changes the order most (tau-b {least:.2f})."]


def _tau(moved: prioritisation.Moved) -> str:
    return f"{moved.tau:.2f} on average and {moved.tau_low:.2f} to {moved.tau_high:.2f} in {moved.confidence:.0%} of draws"


def _differing(found: Ranked) -> list[str]:
    """Where scorers differ, and how far their orders agree."""
    if found.scored.scorers < 2:
        return ["One person scored, so nothing is known of how far others would differ."]
    most = found.most_differed
    named = listed(f"{found.scored.issues[i]} ({found.dissent.by_issue[i]:.2f})" for i in most) if most else ""
    said = [
        f"Scorers differ most on {named}. The number is the standard deviation of their scores, where 1 is the whole scale."
        if most
        else "No two scorers gave the same cell different scores."
    ]
    w, shared = found.dissent.concordance, found.dissent.issues
    if np.isnan(w):
        return [*said, f"How far their orders agree cannot be told: {_too_few(shared)}."]
    return [
        *said,
        f"Kendall's W of their orders is {w:.2f} on {number(shared)} issues (1 is one order for all, 0 none in common).",
    ]


def _too_few(shared: int) -> str:
    return (
        "their totals are all equal"
        if shared > 1
        else f"{number(shared)} issue{' was' if shared == 1 else 's were'} scored in full by every scorer"
    )


def as_json(found: Ranked) -> dict[str, Any]:
    """The whole as JSON takes it. Scorers are counted and not named."""
    scored, made = found.scored, found.matrix
    moved = {"any_weights": found.any_weights, "near_given_weights": found.near}
    issues = [
        {
            "issue": scored.issues[i],
            "place": _whole(made.place[i]),
            "total": _short(made.total[i]),
            "why": found.sentences[i] if i in found.lacking else None,
            **{
                name: {"low": _whole(m.low[i]), "high": _whole(m.high[i]), "share_in_top": _short(m.in_top[i])}
                for name, m in moved.items()
            },
            "spread": _short(found.dissent.by_issue[i]),
            "words": found.sentences[i],
            "scores": [
                {
                    "criterion": criterion,
                    "score": _short(made.scores[i, c]),
                    "scored_by": int(found.dissent.scored_by[i, c]),
                    "spread": _short(found.dissent.spread[i, c]),
                }
                for c, criterion in enumerate(scored.criteria)
            ],
        }
        for i in found.order
    ]
    criteria = [
        {
            "criterion": name,
            "weight": _short(made.weights[c]),
            "lowest": float(scored.scales[c, 0]),
            "highest": float(scored.scales[c, 1]),
            "tau_b_without": _short(found.left_out.tau[c]),
        }
        for c, name in enumerate(scored.criteria)
    ]
    return {
        "top": found.near.k,
        "draws": found.near.draws,
        "seed": found.near.seed,
        "concentration": found.near.concentration,
        "share_of_draws": found.near.confidence,
        "issues": issues,
        "criteria": criteria,
        "tau_b": {
            name: {"mean": _short(m.tau), "low": _short(m.tau_low), "high": _short(m.tau_high)} for name, m in moved.items()
        },
        "scorers": {
            "count": scored.scorers,
            "issues_scored_by_all": found.dissent.issues,
            "kendall_w": _short(found.dissent.concordance),
            "why": _differing(found)[-1] if np.isnan(found.dissent.concordance) else None,
            "differ_most_on": [scored.issues[i] for i in found.most_differed],
        },
        "words": findings(found),
    }


def as_words(found: Ranked) -> str:
    """The matrix as lines for a terminal: the criteria, the ranked table, a sentence for each issue, and the findings."""
    scored, made = found.scored, found.matrix
    numbers = range(1, len(scored.criteria) + 1)
    lines = ["Criteria, each score brought to 0 (lowest) to 1 (highest):"]
    for n, name in zip(numbers, scored.criteria, strict=True):
        low, high = scored.scales[n - 1]
        lines.append(f"{n:>4}  {name}: weight {made.weights[n - 1]:.0%}, scored {low:g} to {high:g}")
    heads = "".join(f"{n:>6}" for n in numbers)
    k = found.near.k
    lines += ["", f"Place  Total{heads}  Any weights  Top {k:<3}  Near these  Top {k:<3}  Issue"]
    for i in found.order:
        cells = "".join(f"{_shown(x):>6}" for x in made.scores[i])
        ways = "".join(
            f"{_span(m, i):>{width}}{_percent(m.in_top[i]):>9}" for m, width in ((found.any_weights, 13), (found.near, 12))
        )
        place = "-" if np.isnan(made.place[i]) else f"{made.place[i]:.0f}"
        lines.append(f"{place:>5}{_shown(made.total[i]):>7}{cells}{ways}  {scored.issues[i]}")
    lines += ["", *(f"{capital(scored.issues[i])}: {found.sentences[i]}" for i in found.order), "", *findings(found)]
    return "\n".join(lines)


def _shown(x: float) -> str:
    return "-" if np.isnan(x) else f"{x:.2f}"


def _span(moved: prioritisation.Moved, i: int) -> str:
    low, high = moved.low[i], moved.high[i]
    return "-" if np.isnan(low) else f"{low:.0f}" if low == high else f"{low:.0f} to {high:.0f}"


def _percent(share: float) -> str:
    """A share of draws; what is neither none nor all is never printed as either."""
    if np.isnan(share):
        return "-"
    return "<1%" if 0 < share < 0.01 else ">99%" if 0.99 < share < 1 else f"{share:.0%}"


def _short(x: float) -> float | None:
    return None if np.isnan(x) else round(float(x), 4)


def _whole(x: float) -> int | None:
    return None if np.isnan(x) else int(x)
