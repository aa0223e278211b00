"""Whether a series, if nothing changes, will keep to its target.

A single value on the right side of a target says little: the next may fall on the other. What tells is where the whole usual
range lies. All on the right side: the target will be met. All on the wrong side: it will be missed. Across it: now one, now the
other.
"""

from dataclasses import dataclass
from math import floor, isnan, log10
from typing import Literal, Protocol

from csplan.statistics.control_chart import Signal
from csplan.statistics.control_chart_reading import Better, _refuse_other

TargetVerdict = Literal["will_meet", "will_miss", "may_meet", "monitor_only", "no_target"]


class _Chart(Protocol):
    """What is needed of a chart: a `ControlChart` and a `UChart` both have it.

    values : tuple of float               NaN where missing
    low, high : float or tuple of float   the usual range, or that of each point
    signals : tuple                       None or the signal of each point
    """

    @property
    def values(self) -> tuple[float, ...]: ...
    @property
    def low(self) -> float | tuple[float, ...]: ...
    @property
    def high(self) -> float | tuple[float, ...]: ...
    @property
    def signals(self) -> tuple[Signal | None, ...]: ...


@dataclass(frozen=True)
class Assurance:
    """Where a target lies against the usual range.

    verdict : str                         "will_meet", "will_miss", "may_meet", "monitor_only" or "no_target"
    target : float or None                as given
    low, high : float                     the usual range it was held against; NaN when there are too few points to tell
    better : "lower", "higher" or None    as given
    steady : bool                         False when the last known value has a signal: then the range may no longer hold
    """

    verdict: TargetVerdict
    target: float | None
    low: float
    high: float
    better: Better | None
    steady: bool


def assurance(chart: _Chart, target: float | None, better: Better | None, *, monitored_only: bool = False) -> Assurance:
    """Whether a target will be met if nothing changes.

    chart : ControlChart or UChart       of a rebased series, that of its last part
    target : number or None              in the unit of the chart's values; a value equal to it meets it
    better : "lower", "higher" or None   None where neither way is better
    monitored_only : bool                whether the series is watched without a target
    Returns Assurance(verdict, target, low, high, better, steady)

    With lower better the target is reliably met when high <= target, and reliably missed when low > target. With higher better
    it is reliably met when low >= target, and reliably missed when high < target. Otherwise it may be met or missed by chance.
    Where each point has a range of its own, the last one that is known counts. (R's NHSRplotthedots calls a target that lies on
    an edge of the range inconsistent; here a value equal to the target meets it.)

    "may_meet" is also the verdict when no range can be told: nothing is promised and nothing denied. `assurance_words` says
    which. Without a target, or where neither way is better, the verdict is "no_target".

    Raises ValueError when `better` is another word or the target is not a number that has an end.

    Source: NHS England, Making Data Count: assurance that a target will be consistently met, hit and missed, or consistently
    missed.

    >>> from csplan.statistics.control_chart import xmr
    >>> chart = xmr([98, 102] * 6)
    >>> [assurance(chart, target, "lower").verdict for target in (120, 100, 80)]
    ['will_meet', 'may_meet', 'will_miss']
    """
    _refuse_other(better)
    if target is not None and not abs(target) < float("inf"):
        raise ValueError(f"target is {target}: it must be a number that has an end")
    low, high = _last(chart.low), _last(chart.high)
    known = [signal for value, signal in zip(chart.values, chart.signals, strict=True) if not isnan(value)]
    steady = not known or known[-1] is None
    return Assurance(_verdict(low, high, target, better, monitored_only), target, low, high, better, steady)


def assurance_words(found: Assurance) -> str:
    """What a verdict on a target means, in one plain sentence.

    found : Assurance   as made by `assurance`
    Returns a sentence

    It never promises: every verdict holds only as long as nothing changes, and says so. When the last value stands out the
    sentence adds that things may already have changed.

    Source: NHS England, Making Data Count, for what each verdict means; the sentences are this program's own.

    >>> from csplan.statistics.control_chart import xmr
    >>> assurance_words(assurance(xmr([98, 102] * 6), 120, "lower"))
    'If nothing changes, the target of 120 or less will be met: the whole usual range, 89.4 to 111, lies on the right side of it.'
    """
    if found.verdict == "monitor_only":
        return "It is watched and has no target."
    if found.verdict == "no_target" or found.target is None:
        return "It has no target to be held against."
    target = f"the target of {found.target:,.10g} or {'less' if found.better == 'lower' else 'more'}"
    if isnan(found.low) or isnan(found.high):
        return f"There are too few values to tell whether {target} will be met."
    outcome = {
        "will_meet": "will be met: the whole usual range, {range}, lies on the right side of it",
        "will_miss": "will be missed: the whole usual range, {range}, lies on the wrong side of it",
        "may_meet": "will be met at some times and missed at others by chance: it lies within the usual range, {range}",
    }[found.verdict].format(range=f"{_said(found.low)} to {_said(found.high)}")
    doubt = "" if found.steady else ", but the latest value stands out, so things may already have changed"
    return f"If nothing changes, {target} {outcome}{doubt}."


def _verdict(low: float, high: float, target: float | None, better: Better | None, monitored_only: bool) -> TargetVerdict:
    if monitored_only:
        return "monitor_only"
    if target is None or better is None:
        return "no_target"
    # A range that is not known is neither on one side nor on the other: each comparison with NaN is false.
    if (high <= target) if better == "lower" else (low >= target):
        return "will_meet"
    if (low > target) if better == "lower" else (high < target):
        return "will_miss"
    return "may_meet"


def _last(limit: float | tuple[float, ...]) -> float:
    """The limit, or of many the last that is known."""
    if not isinstance(limit, tuple):
        return limit
    return next((one for one in reversed(limit) if not isnan(one)), float("nan"))


def _said(value: float) -> str:
    """Three digits that count, and never a power of ten."""
    decimals = max(0, 2 - floor(log10(value))) if value > 0 else 0
    return f"{value:,.{decimals}f}"
