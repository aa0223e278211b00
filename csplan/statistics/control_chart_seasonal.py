"""A control chart from which the season was taken out first, and which says so.

A yearly season alone raises signals: every summer would stand out. Divided by how high its month usually is, each value can be
held against the same range as any other.
"""

from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike

from csplan.statistics.control_chart import FEW, ControlChart, xmr
from csplan.statistics.inputs import Many, amounts, exposures, refuse_unequal

NOTE = "Seasonally adjusted: each value is divided by how high its month usually is, so values differ from those counted."


def seasonally_adjusted(values: Many, month_index: Many, *, baseline: ArrayLike | slice | None = None) -> ControlChart:
    """A control chart of values with the season taken out.

    values : float array (points,)        counts, rates or shares, zero or more; NaN is a gap
    month_index : float array (points,)   how high the month of each point usually is: 1 for an average month; NaN is a gap
    baseline : places, slice or None      the points that mean and range are made from; None for all
    Returns ControlChart(values, mean, low, high, signals, baseline, method, notes)   values adjusted, and a note that says so

    Each value is divided by the index of its month and charted by `xmr`. The index should come from several years; taken from
    the charted year alone it takes out the very signals that are looked for.

    Whole numbers with a mean below 5 are refused: divided, they would no longer be counts, and their exact limits would be lost.
    The chart for those is `u_chart` with the index as the exposure.

    Raises ValueError naming the first negative value or index that is not more than zero; when the lists differ in length; when
    the values are few events; also for a baseline as `xmr`.

    Source: own; dividing by a seasonal index is the multiplicative adjustment of classical decomposition.

    >>> chart = seasonally_adjusted([80, 120, 78, 123, 82, 119], [0.8, 1.2, 0.8, 1.2, 0.8, 1.2])
    >>> [round(value, 1) for value in chart.values], chart.notes[0][:19]
    ([100.0, 100.0, 97.5, 102.5, 102.5, 99.2], 'Seasonally adjusted')
    """
    y, index = amounts(values, "values"), exposures(month_index, "month_index")
    refuse_unequal(y, index, "values and month_index")
    known = y[~np.isnan(y)]
    if known.size and known.mean() < FEW and bool((known % 1 == 0).all()):
        raise ValueError(
            f"values have a mean of {known.mean():.3g}: below {FEW} events a season cannot be divided out; use u_chart with the "
            "index as exposure"
        )
    return replace(xmr(y / index, baseline=baseline), notes=(NOTE,))
