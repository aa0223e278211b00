"""Whether events fell where something was done by more than elsewhere, and whether they moved next door.

Before and after tell little by themselves: events may have fallen everywhere. So the place where something was done is compared
with a like place where nothing was, and the ground around it, to which events may have moved, with ground of its own kind.
"""

from dataclasses import dataclass
from math import isnan
from typing import Any, Generic

import numpy as np

from csplan.statistics.inputs import Array, Many, Value, amounts, exposures, one_number, upper_tail


@dataclass(frozen=True)
class Displacement(Generic[Value]):
    """Events more (or, below zero, fewer) than the comparison areas would lead one to expect.

    value, low, high : float or array (areas,)   where it was done and around it together, with limits; NaN where missing
    standard_error, z, p_value : the same        two-sided p of the normal distribution; NaN where nothing happened anywhere
    local, local_error : the same shape          where it was done alone, and its standard error
    moved, moved_error : the same shape          around it alone; NaN when no such ground was given
    phi : float                                  how many times more counts were taken to vary than chance; NaN of a sum of kinds
    confidence : float                           0.95 for 95% limits
    """

    value: Value
    low: Value
    high: Value
    standard_error: Value
    z: Value
    p_value: Value
    local: Value
    local_error: Value
    moved: Value
    moved_error: Value
    phi: float
    confidence: float


def weighted_displacement(
    treated: Many,
    control: Many,
    *,
    displacement: Any = None,
    displacement_control: Any = None,
    lengths: tuple[float, float] = (1, 1),
    phi: float = 1.0,
    confidence: float = 0.95,
) -> Displacement[Any]:
    """The weighted displacement difference: events prevented, or added, beyond what like areas show.

    treated : array (2,) or (areas, 2)                events before and after, where something was done; NaN where missing
    control : the same shape                          events of a like area where nothing was done
    displacement : the same shape, or None            events around the treated area, to which they may have moved
    displacement_control : the same shape, or None    events of ground like that
    lengths : two numbers                             how long before and after lasted, in one unit, when not equally long
    phi : float                                       how many times more counts vary than chance, at least 1; see `dispersion`
    Returns Displacement(value, low, high, standard_error, z, p_value, local, local_error, moved, moved_error, phi, confidence)

    With T, C, D and E the treated, control and displacement areas and the control of the last:
    WDD = (T1 - T0) - (C1 - C0) + (D1 - D0) - (E1 - E0). Its variance is phi times the sum of all counts, eight or four of them, z is
    WDD over its standard error, and the limits are those of the normal distribution. Of periods of unequal length counts are first
    divided by it, and their variances by its square: all is then for one unit of time.

    Below zero means fewer events than expected. Displacement counts against what was gained, and a fall around the area adds to it.

    It rests on the control area: without what was done, both would have changed by as many events. That asks for a control of about
    the same level, chosen before the outcome was known. Months of recorded crime vary more than chance, so with phi at 1 too much is
    claimed. With a handful of events in an area the normal distribution is rough.

    Raises ValueError when the shapes do not fit, when one of the two displacement areas is given alone, or naming the first count
    that is negative.

    Source: Wheeler and Ratcliffe (2018), "A simple weighted displacement difference test", Crime Science 7, whose worked example is
    matched; Wheeler's R package ptools for unequal lengths. phi is this program's own addition.

    >>> found = weighted_displacement([207, 110], [308, 318], displacement=[178, 157], displacement_control=[150, 140])
    >>> found.value, round(found.z, 2), round(found.low), round(found.high)
    (-118.0, -2.98, -196, -40)
    """
    from scipy.special import ndtr, ndtri

    if (displacement is None) != (displacement_control is None):
        raise ValueError("displacement and displacement_control must be given together: each is judged by the other")
    inflation = one_number(phi, "phi", exposures(phi, "phi"))
    if inflation < 1:
        raise ValueError(f"phi is {phi}: counts never vary less than by chance, so it must be 1 at least")
    lasted = exposures(lengths, "lengths")
    if lasted.shape != (2,) or np.isnan(lasted).any():
        raise ValueError("lengths must be two known numbers, of before and of after")
    given = [amounts(treated, "treated"), amounts(control, "control")]
    if displacement is not None:
        given += [amounts(displacement, "displacement"), amounts(displacement_control, "displacement_control")]
    names = ("treated", "control", "displacement", "displacement_control")
    for counts, name in zip(given, names, strict=False):
        if counts.shape != given[0].shape or counts.ndim not in (1, 2) or counts.shape[-1] != 2:
            raise ValueError(f"{name} has shape {counts.shape}: each area must be events before and after, all of one shape")
    local, local_variance = _beyond(given[0], given[1], lasted, inflation)
    moved, moved_variance = _beyond(given[2], given[3], lasted, inflation) if len(given) == 4 else (local * 0, local * 0)
    value, variance = local + moved, local_variance + moved_variance
    # Where nothing happened anywhere nothing is known: a difference of exactly zero would be a claim.
    error = np.sqrt(np.where(variance > 0, variance, np.nan))
    reach, z = float(ndtri(1 - upper_tail(confidence))) * error, value / error
    none = np.full_like(local, np.nan)
    apart = (moved, np.sqrt(moved_variance)) if len(given) == 4 else (none, none)
    return Displacement(
        _shaped(value),
        _shaped(value - reach),
        _shaped(value + reach),
        _shaped(error),
        _shaped(z),
        _shaped(2 * ndtr(-np.abs(z))),
        _shaped(local),
        _shaped(np.sqrt(local_variance)),
        _shaped(apart[0]),
        _shaped(apart[1]),
        inflation,
        confidence,
    )


def combined(differences: Many, standard_errors: Many, weights: Many, *, confidence: float = 0.95) -> Displacement[float]:
    """Differences of several kinds of events added up, each counted by its weight, such as its harm.

    differences : array (kinds,)       `value` of each kind, from `weighted_displacement`; NaN makes the sum NaN
    standard_errors : array (kinds,)   `standard_error` of each
    weights : array (kinds,)           what one event of the kind counts for, zero or more
    Returns Displacement               whose `local` is the sum too, and whose `moved` and `phi` are NaN

    With d, s and w of each kind: the sum of w d, with standard error sqrt(sum w^2 s^2). The kinds are taken as independent.

    Raises ValueError when the lists differ in length, or naming the first error or weight that is negative.

    Source: Wheeler's R package ptools, `wdd_harm`, whose printed example is matched.

    >>> found = combined([-14.0, -42.0, -157.0], [20.7, 35.0, 28.9], [3, 2, 5])
    >>> found.value, round(found.standard_error, 1)
    (-911.0, 172.2)
    """
    from scipy.special import ndtr, ndtri

    d = np.asarray(differences, dtype=np.float64)
    s, w = amounts(standard_errors, "standard_errors"), amounts(weights, "weights")
    if d.ndim != 1 or d.shape != s.shape or d.shape != w.shape:
        raise ValueError(
            f"differences, standard_errors and weights have shapes {d.shape}, {s.shape} and {w.shape}: give equal lists"
        )
    value, error = float((w * d).sum()), float(np.sqrt((w**2 * s**2).sum())) or np.nan
    reach, z = float(ndtri(1 - upper_tail(confidence))) * error, value / error
    p_value = 2 * float(ndtr(-abs(z)))
    return Displacement(value, value - reach, value + reach, error, z, p_value, value, error, np.nan, np.nan, np.nan, confidence)


def displacement_words(found: Displacement[float]) -> str:
    """What a weighted displacement difference tells, in a sentence.

    found : Displacement   of one treated area, from `weighted_displacement`
    Returns str            claims a fall or a rise only when the limits leave out no difference

    It never says why. What else changed in only one of the areas is not known to it.

    Raises ValueError for more than one area.

    Source: the words are ours.

    >>> displacement_words(weighted_displacement([207, 110], [308, 318]))
    'Compared with the control area there were about 107 fewer events than expected (likely range: 167 fewer to 47 fewer).'
    >>> displacement_words(weighted_displacement([20, 15], [22, 20]))
    'Compared with the control area there were about 3 fewer events than expected, but chance alone could give as much.'
    """
    if np.ndim(found.value):
        raise ValueError("found holds more than one area: a sentence tells of one")
    if isnan(found.value):
        return "The areas cannot be compared: one of the counts is missing."
    if isnan(found.z):
        return "There were no events in any of the areas, so nothing can be told."
    control = "control area" if isnan(found.moved) else "control areas, and counting events that may have moved,"
    if found.low <= 0 <= found.high and abs(found.value) <= 0.5:
        return f"Compared with the {control} there were about as many events as expected."
    events = "event" if round(abs(found.value)) == 1 else "events"
    told = f"Compared with the {control} there were about {_more(found.value)} {events} than expected"
    if found.low <= 0 <= found.high:
        return f"{told}, but chance alone could give as much."
    return f"{told} (likely range: {_more(found.low)} to {_more(found.high)})."


def _beyond(treated: Array, control: Array, lasted: Array, phi: float) -> tuple[Array, Array]:
    """How much more the first changed than the second, and the variance of that."""
    treated_rate, control_rate = treated / lasted, control / lasted
    change = (treated_rate - control_rate)[..., 1] - (treated_rate - control_rate)[..., 0]
    return np.asarray(change), np.asarray(phi * ((treated + control) / lasted**2).sum(axis=-1))


def _more(events: float) -> str:
    return f"{abs(events):,.0f} {'fewer' if events < 0 else 'more'}"


def _shaped(values: Any) -> Any:
    """A plain number for one number, the array for an array."""
    return float(values) if np.ndim(values) == 0 else values
