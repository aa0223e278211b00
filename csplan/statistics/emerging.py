"""How hot spots and cold spots come and go: new ones, lasting ones, fading ones.

Each time is looked at by itself with Gi* (`hotspots`), and each place over all times with the test of Mann and Kendall (`trend`).
From both each place gets one word. The words are those of Esri's Emerging Hot Spot Analysis; so is what they mean.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from csplan.statistics.change import LARGEST_Q, false_discovery
from csplan.statistics.hotspots import gi_star
from csplan.statistics.inputs import Array, Many
from csplan.statistics.trend import mann_kendall

#: From this share of the times on a place counts as hot (or cold) throughout.
THROUGHOUT = 0.9
#: With fewer times held nothing is said of how a place changes.
FEWEST_TIMES = 10

Truth = NDArray[np.bool_]

_WORDS = {
    "new": "{kind} spot at the last time and never before",
    "consecutive": "{kind} spot for the last two times or more without a break, and never before",
    "intensifying": "{kind} spot nearly all the time, the last included, and growing {more}",
    "persistent": "{kind} spot nearly all the time, the last included, without a clear trend",
    "diminishing": "{kind} spot nearly all the time, the last included, and growing {less}",
    "sporadic": "{kind} spot at the last time and on and off before",
    "oscillating": "{kind} spot at the last time that was a {other} spot before",
    "historical": "{kind} spot nearly all the time, but not at the last time",
}


@dataclass(frozen=True)
class Emerging:
    """What each place is called, and from what.

    pattern : str array (places,)               a word of `classify`
    z, q : array (places, times)                Gi* of each time; its q, put right for all places and times together
    trend_z, trend_p : array (places,)          whether z rises or falls over the times, p two-sided
    hot_share, cold_share : array (places,)     the share of the times held at which the place is hot, and cold
    held : array (places,)                      how many times are held
    largest_q : float                           below this q a place is hot or cold, and below this p a trend is one
    """

    pattern: NDArray[np.str_]
    z: Array
    q: Array
    trend_z: Array
    trend_p: Array
    hot_share: Array
    cold_share: Array
    held: Array
    largest_q: float


def emerging(values: Many, neighbours: Any, *, largest_q: float = LARGEST_Q) -> Emerging:
    """How each place has been a hot spot, or a cold one, over all times.

    values : array (places, times)               rates, or counts of places of one size, in order of time; NaN where missing
    neighbours : scipy.sparse (places, places)   w above 0 where two places are neighbours; the place itself always counts
    largest_q : float                            below this a place is called hot or cold, and a trend a trend
    Returns Emerging(pattern, z, q, trend_z, trend_p, hot_share, cold_share, held, largest_q)

    Gi* is worked out for all times in one product. A place is hot at a time when z is above 0 and q below `largest_q`, cold when
    z is below 0; q is Benjamini and Hochberg's over all places and times. The trend is that of the z of a place over the times.
    `classify` then says the word.

    Each time is set against the places of that time alone. (Esri's tool can also count the time before as a neighbour, and set
    against all times together; with neighbourhoods of one time and each time by itself it does what is done here.)

    Raises ValueError when values are not places by times, when `largest_q` does not lie between 0 and 1, or as `gi_star`.

    Source: Esri, How Emerging Hot Spot Analysis works (ArcGIS Pro), for the steps; its default of neighbours in time is left out.

    >>> from csplan.statistics.hotspots import nearest
    >>> places, times = np.arange(60), np.arange(24)
    >>> values = 10 + np.sin(7.0 * places[:, None] + 3.0 * times) + 30 * ((places[:, None] < 6) & (times >= 20))
    >>> found = emerging(values, nearest(np.column_stack([1000 * places, 0 * places]), 4))
    >>> found.pattern[[0, 3, 30]].tolist()
    ['consecutive_hot', 'consecutive_hot', 'none']
    """
    if np.ndim(values) != 2:
        raise ValueError(f"values have shape {np.shape(values)}: they must be places by times")
    if not 0 < largest_q < 1:
        raise ValueError(f"largest_q is {largest_q}: it must lie between 0 and 1, as in 0.05")
    found = gi_star(values, neighbours)
    q = false_discovery(found.p_value.ravel()).reshape(found.z.shape)
    hot, cold = (found.z > 0) & (q < largest_q), (found.z < 0) & (q < largest_q)
    trend = mann_kendall(found.z)
    held = ~np.isnan(found.z)
    clear = np.asarray(trend.p_value) < largest_q
    direction = np.where(clear, np.sign(trend.z), 0.0)
    n = held.sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        shares = hot.sum(axis=1) / n, cold.sum(axis=1) / n
    return Emerging(
        classify(hot, cold, direction, held),
        found.z,
        q,
        np.asarray(trend.z),
        np.asarray(trend.p_value),
        *shares,
        n * 1.0,
        largest_q,
    )


def classify(hot: Truth, cold: Truth, direction: Array, held: Truth) -> NDArray[np.str_]:
    """The word for each place, from when it was hot and cold and whether its z rose or fell.

    hot, cold : bool array (places, times)   whether it was a hot spot, or a cold one, at each time
    direction : array (places,)              above 0 where z rose clearly, below 0 where it fell, 0 where neither is clear
    held : bool array (places, times)        whether anything is known of that time
    Returns str array (places,)              a word of these with "_hot" or "_cold", or "none", or "not_held"

    With the share taken of the times held, and the last time the last of all:

    "new"            hot at the last time, and at no time before
    "consecutive"    hot at the last two times or more without a break and at no time before, and at less than 90% in all
    "intensifying"   hot at 90% or more, the last included, and z rising
    "persistent"     hot at 90% or more, the last included, with no clear trend
    "diminishing"    hot at 90% or more, the last included, and z falling
    "sporadic"       hot at the last time and, with a break, before; at less than 90% in all; cold at no time
    "oscillating"    hot at the last time and cold at one before; hot at less than 90%
    "historical"     not hot at the last time, and hot at 90% or more

    "none" is what is none of these. "not_held" is a place whose last time is missing, or of which fewer than ten times are held.
    Cold spots have the same words the other way up: an intensifying one has a z that falls.

    Two points that Esri's table leaves open: a place that fits two words gets the first, so one that was cold and is hot for the
    first time is new; and a place hot at 90% of times but not the last is historical whatever its trend.

    Raises ValueError when the shapes do not fit, or when a place is hot and cold at once or at a time that is not held.

    Source: Esri, How Emerging Hot Spot Analysis works (ArcGIS Pro), table of patterns; ten times as its tool asks for.

    >>> hot = np.array([[0] * 11 + [1], [0] * 10 + [1, 1], [1] * 12, [1] * 11 + [0], [0, 1] * 6], dtype=bool)
    >>> classify(hot, ~hot & False, np.array([0, 0, 1.0, -1.0, 0]), hot | True).tolist()
    ['new_hot', 'consecutive_hot', 'intensifying_hot', 'historical_hot', 'sporadic_hot']
    """
    shapes = {np.shape(part) for part in (hot, cold, held)}
    if len(shapes) > 1 or np.ndim(hot) != 2 or np.shape(direction) != np.shape(hot)[:1]:
        raise ValueError("hot, cold and held must be places by times, all alike, and direction one number for each place")
    wrong = (hot & cold) | ((hot | cold) & ~held)
    if wrong.any():
        place, time = np.argwhere(wrong)[0]
        raise ValueError(f"place {place} at time {time} is both hot and cold, or called so without being held")
    enough = (held.sum(axis=1) >= FEWEST_TIMES) & held[:, -1:].any(axis=1)
    heats, colds = _patterns(hot, cold, direction, held), _patterns(cold, hot, -direction, held)
    conditions = [~enough, *heats.values(), *colds.values()]
    names = ["not_held", *(f"{name}_hot" for name in heats), *(f"{name}_cold" for name in colds)]
    return np.select(conditions, names, "none")


def verdict(pattern: str) -> str:
    """One sentence for a word of `classify`.

    >>> verdict("oscillating_hot")
    'A hot spot at the last time that was a cold spot before.'
    """
    if pattern == "none":
        return "No pattern of hot or cold spots."
    if pattern == "not_held":
        return "Too few times are held, or the last is missing, so nothing is said."
    name, _, kind = pattern.rpartition("_")
    if name not in _WORDS or kind not in ("hot", "cold"):
        raise ValueError(f"pattern is {pattern}: it is not a word of classify")
    other = "cold" if kind == "hot" else "hot"
    return f"A {_WORDS[name].format(kind=kind, other=other, more='stronger', less='weaker')}."


def _patterns(seen: Truth, opposite: Truth, direction: Array, held: Truth) -> dict[str, Truth]:
    """Which places fit each word, in the order in which they are asked."""
    times = held.sum(axis=1)
    many = seen.sum(axis=1)
    last = seen[:, -1]
    # Less a hair, so that rounding does not part 9 of 10 from 90%.
    throughout = (many > 0) & (many >= THROUGHOUT * times - 1e-9)
    unbroken = last & (_at_the_end(seen, held) == many)
    return {
        "new": last & (many == 1),
        "consecutive": unbroken & (many > 1) & ~throughout,
        "intensifying": throughout & last & (direction > 0),
        "persistent": throughout & last & (direction == 0),
        "diminishing": throughout & last & (direction < 0),
        "sporadic": last & ~throughout & ~opposite.any(axis=1),
        "oscillating": last & ~throughout & opposite.any(axis=1),
        "historical": throughout & ~last,
    }


def _at_the_end(seen: Truth, held: Truth) -> NDArray[np.int64]:
    """How often a place was seen at the end without a held time between at which it was not; missing times are passed over."""
    unbroken = np.logical_and.accumulate((seen | ~held)[:, ::-1], axis=1)
    found: NDArray[np.int64] = (unbroken & seen[:, ::-1]).sum(axis=1)
    return found
