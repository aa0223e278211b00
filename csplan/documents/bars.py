"""Bars and dots: values with their intervals, in order, beside a reference. Bars start at zero."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from csplan.documents.axes import foot_axis
from csplan.documents.palette import ACCENT, HAIR, INK, LINE, PAPER, QUIET, STONE
from csplan.documents.svg import WIDE, Scale, dot, fitted, line, number, picture, polygon, rect, scale, text, ticks


@dataclass(frozen=True)
class Bar:
    """One row: a value with its interval, and whether it is the place the reader asked about."""

    name: str
    value: float
    low: float
    high: float
    is_here: bool = False


def ranked_bars(
    rows: Sequence[Bar],
    *,
    title: str,
    desc: str,
    centre: float | None = None,
    centre_words: str = "",
    width: int = WIDE,
    key: str = "",
) -> str:
    """Bars of rates in the order given, with whiskers. This place in the accent, the others in stone.

    centre : a dashed line, such as the median of the rows, named at the top by `centre_words`
    """
    small = width < 500
    label, top, tall = (156 if small else 230), (30 if centre is not None else 8), 30
    base = top + tall * len(rows)
    marks = ticks(max(r.high for r in rows), 3 if small else 4)
    x = scale(0, marks[-1], label, width - 52)
    body = [foot_axis(marks, top, base, x)]
    if centre is not None:
        body.append(line(x(centre), top - 6, x(centre), base, stroke=INK, width=1.5, dash="5 3"))
        body.append(text(min(max(x(centre), label), width - 60), top - 12, centre_words, 13, INK, "middle"))
    for i, row in enumerate(rows):
        middle = top + tall * (i + 0.5)
        body += [_name(row.name, label, middle, small, row.is_here), _bar(label, x(row.value), middle, row.is_here)]
        body += [_whisker(x(row.low), x(row.high), middle)]
        words = number(row.value, 1)
        start = _clear_of(x(row.high) + 7, words, None if centre is None else x(centre))
        body += [text(start, middle + 5, words, 13, INK, bold=row.is_here, halo=True)]
    body.append(line(label, top, label, base, stroke=LINE))
    return picture(width, base + 30, *body, title=title, desc=desc, key=key)


def _clear_of(start: float, words: str, crossed: float | None) -> float:
    """Where words begin so that an upright line at `crossed` does not strike them: to its right, if it would."""
    is_struck = crossed is not None and start - 5 < crossed < start + 0.6 * 13 * len(words) + 5
    return crossed + 7 if crossed is not None and is_struck else start


@dataclass(frozen=True)
class Beside:
    """One row beside a reference. verdict : of `csplan.cycle.kpi.COMPARISONS`; rows above and below stand out, no others"""

    name: str
    value: float
    low: float
    high: float
    reference: float
    verdict: str = "not_compared"


def times_dots(rows: Sequence[Beside], *, reference_words: str, title: str, desc: str, width: int = WIDE, key: str = "") -> str:
    """Each rate as so many times the reference's, on a scale of doublings, with its interval.

    Filled diamonds for rows that lie above or below the range of their group, rings for the others. It serves rates with
    different denominators, which bars would put on one scale.
    """
    small = width < 500
    label, top, tall = (150 if small else 236), 30, 30 if small else 23
    base = top + tall * len(rows)
    least, most = _doublings(rows)
    x = scale(least, most, label + 14, width - 30)
    body = []
    labels = {k: reference_words if k == 0 else _times(k) for k in range(least, most + 1)}
    for k in labels:
        body.append(line(x(k), top - 8, x(k), base, stroke=HAIR if k else INK, width=1 if k else 1.5))
    for k in _without_overlap(labels, x):
        body.append(text(x(k), top - 15, labels[k], 13, QUIET if k else INK, "middle"))
    for i, row in enumerate(rows):
        middle, told = top + tall * (i + 0.5), row.verdict in ("above", "below")
        at, low, high = (x(_log(v / row.reference, least, most)) for v in (row.value, row.low, row.high))
        body += [_name(row.name, label, middle, small, told), line(low, middle, high, middle, ACCENT if told else LINE, 2.5)]
        body.append(_diamond(at, middle) if told else dot(at, middle, 5, PAPER, LINE, 2))
    return picture(width, base + 8, *body, title=title, desc=desc, key=key)


def _doublings(rows: Sequence[Beside]) -> tuple[int, int]:
    """The whole doublings that hold every interval, at least half to twice, at most a sixteenth to sixteen times."""
    lows = [r.low / r.reference for r in rows if r.low > 0]
    least = math.floor(math.log2(min([0.5, *lows])))
    most = math.ceil(math.log2(max([2.0, *(r.high / r.reference for r in rows)])))
    return max(least, -4), min(most, 4)


def _without_overlap(labels: Mapping[int, str], x: Scale) -> list[int]:
    """The labels that can be written side by side, the reference first and the others outwards from it."""
    shown: list[int] = []
    for k in sorted(labels, key=abs):
        if all(abs(x(k) - x(other)) > 3.6 * (len(labels[k]) + len(labels[other])) + 6 for other in shown):
            shown.append(k)
    return shown


def _log(times: float, least: int, most: int) -> float:
    return min(max(math.log2(times), least), most) if times > 0 else least


def _times(k: int) -> str:
    """-1 -> "half", 2 -> "4 times"."""
    named = {-4: "a sixteenth", -3: "an eighth", -2: "a quarter", -1: "half", 1: "twice"}
    return named.get(k) or f"{2**k} times"


def _diamond(x: float, y: float, r: float = 7.5) -> str:
    return polygon([(x, y - r), (x + r, y), (x, y + r), (x - r, y)], ACCENT, PAPER, 1.2)


def _bar(left: float, right: float, middle: float, is_subject: bool) -> str:
    """One bar: the subject in the accent, all others in outlined stone."""
    return rect(left, middle - 9, max(right - left, 1), 18, ACCENT if is_subject else STONE, ACCENT if is_subject else LINE)


def _whisker(low: float, high: float, middle: float) -> str:
    """The interval, with caps, on a ground of paper so that it is seen on a dark bar."""
    caps = [line(at, middle - 4, at, middle + 4, stroke=INK, width=1.5) for at in (low, high)]
    return (
        line(low, middle, high, middle, stroke=PAPER, width=4)
        + line(low, middle, high, middle, stroke=INK, width=1.5)
        + "".join(caps)
    )


def _name(words: str, label: float, middle: float, small: bool, bold: bool = False) -> str:
    """The name of a row, right against its bar, on two rows where it is long."""
    size = 13 if small else 14
    rows = fitted(words, label - 14, size)
    first = middle + 5 - 7.5 * (len(rows) - 1)
    return "".join(text(label - 10, first + 15 * i, row, size, INK, "end", bold=bold) for i, row in enumerate(rows))
