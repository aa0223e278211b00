"""What a page asks for with every row it reads, looked up once while nothing is written."""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

Found = TypeVar("Found")

#: What was looked up so far; None while things may change.
_kept: ContextVar[dict[Hashable, Any] | None] = ContextVar("kept", default=None)


@contextmanager
def only_read() -> Iterator[None]:
    """While a page is only read."""
    before = _kept.set({})
    try:
        yield
    finally:
        _kept.reset(before)


def once(key: Hashable, look_up: Callable[[], Found]) -> Found:
    """What `look_up` gives; inside `only_read` what it gave the first time. key : names what is looked up, and of what"""
    kept = _kept.get()
    if kept is None:
        return look_up()
    if key not in kept:
        kept[key] = look_up()
    found: Found = kept[key]
    return found
