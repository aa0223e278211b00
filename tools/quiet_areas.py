"""How often the statistics claim something where nothing happened, and how often they find what did.

    python tools/quiet_areas.py        prints the shares and writes docs/methods/measured.json (two minutes)

Invented areas of fourteen topics, from 1,700 events a month to 13, over 24 months. Each month's mean is the topic's level, a
season, and unrest of its own. Where `change` is not 1, the months of the second year have that many times the events.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from csplan.statistics import change, control_chart, funnel

MEASURED = Path(__file__).parents[1] / "docs" / "methods" / "measured.json"
SEED = 2025
EVENTS_A_MONTH = np.array([1700, 960, 590, 480, 310, 230, 190, 160, 145, 103, 37, 21, 15, 13], dtype=float)
#: January of a leap year to December of the next.
DAYS = np.array([31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31], dtype=float)
MONTH = np.arange(24)
#: Places of the months compared, and of those not held.
SIXTEEN = ((0, 1, 2, 3), (12, 13, 14, 15), tuple(range(4, 12)))
ALL = (tuple(range(12)), tuple(range(12, 24)), ())


@dataclass(frozen=True)
class Scenario:
    """One kind of invented area.

    wave : the yearly wave's height as a share of the level; None for two high months (October, November, 35% more) in its place
    unrest : standard deviation of the month's own level, as a share
    memory : correlation of that with the month before
    """

    words: str
    wave: float | None = 0.15
    unrest: float = 0.14
    memory: float = 0.0
    change: float = 1.0
    months: tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]] = SIXTEEN


SCENARIOS = (
    Scenario("Nothing but chance, 16 months held", wave=0, unrest=0),
    Scenario("A season of 15% and unrest of 14%, 16 months held"),
    Scenario("The same, all 24 months held", months=ALL),
    Scenario("A season of 30% and unrest of 20%, 16 months held", wave=0.3, unrest=0.2),
    Scenario("Two high months a year in place of a wave, unrest of 10%, 16 months held", wave=None, unrest=0.1),
    Scenario("Wandering: unrest of 10% with a memory of 0.3, 16 months held", unrest=0.1, memory=0.3),
    Scenario("Wandering: unrest of 10% with a memory of 0.3, all 24 months held", unrest=0.1, memory=0.3, months=ALL),
)
CHANGED = (
    Scenario("Every topic fell by a quarter, unrest of 10%, 16 months held", unrest=0.1, change=0.75),
    Scenario("Every topic fell by a quarter, unrest of 10%, all 24 months held", unrest=0.1, change=0.75, months=ALL),
)


def claims(scenario: Scenario, *, areas: int, seed: int = SEED) -> dict[str, str | int]:
    """Over so many invented areas: tests made, claims of a change, areas with any claim."""
    rng = np.random.default_rng(seed)
    before, after, missing = scenario.months
    made = claimed = touched = 0
    for _ in range(areas):
        counts = rng.poisson(_means(scenario, rng)).astype(float)
        counts[:, missing] = np.nan
        tests = [change.verdict_test(series, DAYS, before=before, after=after) for series in counts]
        words = [change.verdict(t, q) for t, q in zip(tests, change.false_discovery([t.p_value for t in tests]), strict=True)]
        found = sum(word in ("up", "down") for word in words)
        made += sum(test.degrees_of_freedom > 0 for test in tests)
        claimed, touched = claimed + found, touched + (found > 0)
    return {"words": scenario.words, "tests": made, "claims": claimed, "areas": areas, "touched": touched}


def _means(scenario: Scenario, rng: np.random.Generator) -> NDArray[np.float64]:
    if scenario.wave is None:
        season = np.where(np.isin(MONTH % 12, (9, 10)), 1.35, 1.0)
    else:
        season = 1 + scenario.wave * np.cos(2 * np.pi * (MONTH - 6) / 12)
    level = EVENTS_A_MONTH[:, None] * DAYS / 30.4 * season * np.where(MONTH >= 12, scenario.change, 1.0)
    unrest = np.exp(scenario.unrest * _wandering(rng, scenario.memory) - scenario.unrest**2 / 2)
    return np.asarray(level * unrest, dtype=np.float64)


def _wandering(rng: np.random.Generator, memory: float) -> NDArray[np.float64]:
    """Standard normal numbers (topics, months), each correlated with the one before it."""
    numbers = rng.normal(size=(EVENTS_A_MONTH.size, MONTH.size))
    for i in range(1, MONTH.size):
        numbers[:, i] = memory * numbers[:, i - 1] + np.sqrt(1 - memory**2) * numbers[:, i]
    return numbers


def outliers(expected: float, spread: float, *, families: int, seed: int = SEED) -> dict[str, str | int]:
    """Over so many families of 65 areas: areas called high or low where none was made to be. `spread` is a share of the rate."""
    rng = np.random.default_rng(seed)
    called = touched = 0
    for _ in range(families):
        people = rng.uniform(5000, 11000, size=65)
        own = np.maximum(0.01, rng.normal(1, spread, size=65))
        words = funnel.verdicts(funnel.position(rng.poisson(expected * people / 8000 * own), people))
        found = int(np.isin(words, ("above", "below")).sum())
        called, touched = called + found, touched + (found > 0)
    differ = f"true rates differ by {spread:.0%}" if spread else "all at one rate"
    words_ = f"{expected:g} events expected in the middle area, {differ}"
    return {"words": words_, "tests": 65 * families, "claims": called, "areas": families, "touched": touched}


def signals(mean: float, *, charts: int, wave: float = 0.0, seed: int = SEED) -> dict[str, str | int]:
    """Over so many charts of 24 quiet months: points with a signal, and charts with any."""
    rng = np.random.default_rng(seed)
    means = mean * (1 + wave * np.cos(2 * np.pi * MONTH / 12))
    marked = [sum(signal is not None for signal in control_chart.xmr(rng.poisson(means)).signals) for _ in range(charts)]
    words = f"{mean:g} events a month, " + (f"a season of {wave:.0%}" if wave else "no season")
    return {"words": words, "tests": 24 * charts, "claims": sum(marked), "areas": charts, "touched": sum(n > 0 for n in marked)}


def measure() -> dict[str, list[dict[str, str | int]]]:
    """Everything that the pages under docs/methods print."""
    return {
        "quiet": [claims(scenario, areas=2000) for scenario in SCENARIOS],
        "changed": [claims(scenario, areas=500) for scenario in CHANGED],
        "funnel": [outliers(e, spread, families=1000) for spread in (0.0, 0.3) for e in (0.5, 2.5, 10, 50, 300)],
        "charts": [signals(mean, charts=2000) for mean in (0.5, 2, 4.5, 8, 50, 500)] + [signals(500, charts=2000, wave=0.15)],
    }


def _lines(measured: dict[str, list[dict[str, str | int]]]) -> Iterable[str]:
    for part, rows in measured.items():
        for row in rows:
            share, any_claim = int(row["claims"]) / int(row["tests"]), int(row["touched"]) / int(row["areas"])
            yield f"{part}: {row['words']}: {share:.2%} of tests, {any_claim:.1%} of areas or charts"


if __name__ == "__main__":
    result = measure()
    MEASURED.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    print("\n".join(_lines(result)))
