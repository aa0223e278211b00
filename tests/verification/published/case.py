"""A number that others printed, beside ours."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Published:
    """Numbers as printed elsewhere, and ours."""

    what: str
    printed: tuple[str, ...]
    by: str
    ours: Callable[[], tuple[float, ...]]
