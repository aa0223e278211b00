"""What a statistic accepts: numbers in which NaN means missing, refused with the first bad place named."""

from collections.abc import Sequence
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Many = NDArray[Any] | Sequence[float]
#: One number in gives one number out; an array in gives an array out.
Value = TypeVar("Value", float, Array)


def amounts(values: float | Many, name: str) -> Array:
    """The values as floats. NaN is missing; a negative or endless value is refused."""
    found = np.asarray(values, dtype=np.float64)
    _refuse(found, found < 0, name, "it cannot be less than zero")
    _refuse(found, np.isinf(found), name, "it must have an end")
    return found


def exposures(values: float | Many, name: str) -> Array:
    """People, households or days as floats. NaN is missing; zero, a negative or an endless value is refused."""
    found = np.asarray(values, dtype=np.float64)
    _refuse(found, found <= 0, name, "it must be more than zero")
    _refuse(found, np.isinf(found), name, "it must have an end")
    return found


def one_number(value: float, name: str, accepted: Array) -> float:
    """The single number in `accepted`; an array or a missing value is refused."""
    if accepted.ndim or np.isnan(accepted):
        raise ValueError(f"{name} is {value}: one known number is needed")
    return float(accepted)


def upper_tail(confidence: float) -> float:
    """The share left above the upper limit: 0.025 for a confidence of 0.95."""
    if not 0 < confidence < 1:
        raise ValueError(f"confidence is {confidence}: it must lie between 0 and 1, as in 0.95")
    return (1 - confidence) / 2


def refuse_unequal(first: Array, second: Array, names: str) -> None:
    """Refuse two lists that are not rows of the same length."""
    if first.ndim != 1 or first.shape != second.shape:
        raise ValueError(f"{names} have shapes {first.shape} and {second.shape}: both must be lists of the same length")


def _refuse(values: Array, bad: NDArray[np.bool_], name: str, why: str) -> None:
    if bad.any():
        at = tuple(int(i) for i in np.argwhere(bad)[0])
        place = f"[{', '.join(map(str, at))}]" if at else ""
        raise ValueError(f"{name}{place} is {values[at]:g}: {why}")
