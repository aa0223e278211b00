"""What the answers to closed questions come to: counts, shares with an interval, places of a ranking, bands of people."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from csplan.cycle.consultation import Given, Question, listed

#: With fewer people than this nothing is said of what they say: one person's could be told from the rest.
LEAST_PEOPLE = 10


@dataclass(frozen=True)
class Choice:
    """One answer: how many chose it, how many of those not in a group of near copies; of a ranking, how many put it first."""

    choice: str
    count: int
    without: int
    mean_place: float | None = None


@dataclass(frozen=True)
class Tally:
    """One question. answered : people who answered it;  without : of these, not in a group of near copies"""

    question: Question
    answered: int
    without: int
    choices: tuple[Choice, ...]


def tally(question: Question, given: Iterable[tuple[Given, bool]]) -> Tally:
    """What was given to a question. given : (answer, whether it is flagged as a near copy) of everyone who was asked"""
    said = [(listed(answer), flagged) for answer, flagged in given if listed(answer)]
    most = 1 if question.kind == "rank" else None
    every = Counter(c for chosen, _ in said for c in chosen[:most])
    apart = Counter(c for chosen, flagged in said if not flagged for c in chosen[:most])
    choices = tuple(Choice(c, every[c], apart[c], _mean_place(question, c, said)) for c in question.choices)
    return Tally(question, len(said), sum(not flagged for _, flagged in said), choices)


def _mean_place(question: Question, choice: str, said: Sequence[tuple[list[str], bool]]) -> float | None:
    """The mean of the places that those gave it who placed it; None for other kinds, or where nobody did."""
    places = [chosen.index(choice) + 1 for chosen, _ in said if choice in chosen] if question.kind == "rank" else []
    return sum(places) / len(places) if places else None


def together(counts: Mapping[str, int]) -> list[tuple[tuple[str, ...], int]]:
    """[(bands, people)] in which no number is under ten: the smallest bands are counted together until they are.

    A band left out could be worked out from the total or from a share; one that is counted with others cannot. An empty band is small too.
    """
    small = [band for band, n in counts.items() if n < LEAST_PEOPLE]
    rest = sorted((band for band in counts if band not in small), key=lambda band: counts[band])
    while small and rest and sum(counts[band] for band in small) < LEAST_PEOPLE:
        small.append(rest.pop(0))
    apart: list[tuple[tuple[str, ...], int]] = [((band,), n) for band, n in counts.items() if band not in small]
    if not small:
        return apart
    joined = tuple(band for band in counts if band in small)
    return [*apart, (joined, sum(counts[band] for band in joined))]
