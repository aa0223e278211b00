"""Charts of months: values in, one SVG string out. Headline and subtitle stand in words outside the drawing.

A month that is not held is a gap: the line stops and starts, and nothing is drawn across.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from csplan.documents.axes import MonthAxis, end_labels, unbroken, value_axis
from csplan.documents.palette import ACCENT, CONCERN, GOOD, HAIR, INK, OTHER, PAPER, QUIET, TINT
from csplan.documents.signals import Limits, digits_of, known
from csplan.documents.svg import (
    HATCHED,
    NARROW,
    WIDE,
    Scale,
    apart,
    dot,
    el,
    fitted,
    hatch,
    hexagon,
    line,
    number,
    picture,
    polygon,
    polyline,
    rect,
    scale,
    text,
    ticks,
)

COLOURS = {"question": ACCENT, "improvement": GOOD, "concern": CONCERN}


def control_chart(
    months: Mapping[str, float],
    *,
    title: str,
    desc: str,
    limits: Limits | None = None,
    baseline_from: str = "",
    marked: Mapping[str, str] | None = None,
    events: Sequence[str] = (),
    target: float | None = None,
    since: str = "",
    width: int = WIDE,
    height: int = 360,
    key: str = "",
) -> str:
    """A line of months with honest gaps, the average and usual range, months worth asking about, and dated events.

    months : {"2025-01": 272}        months not held are absent
    limits : mean, low, high         drawn only from `baseline_from` on; without it, over everything
    marked : {month: meaning}        as `signals.marks` gives
    events : ("2025-03", …)          months with a numbered flag, at most four; explained in words below the drawing
    target : in the unit of the values
    since : draw nothing before this month; a narrow drawing shows the latest baseline only
    Under 500 wide the limits are named in one row under the drawing and not at its right.
    Raises ValueError when no month is held.
    """
    limits = known(limits)
    held = {m: float(v) for m, v in months.items() if m >= since}
    if not held:
        raise ValueError("no month is held, so there is nothing to draw")
    small = width < 500
    marks = ticks(
        max(*held.values(), limits.high if limits else 0, target or 0) * 1.04, whole=all(v == int(v) for v in held.values())
    )
    digits = digits_of(held.values(), limits)
    labels = [] if small else _labels(limits, target, digits)
    left = 13 + 9 * max(len(number(v)) for v in marks)
    right = min([width - 16, *(width - 14 - 6.6 * len(words) for _, words, _ in labels)])
    top, bottom = 44 if events else 14, height - (78 if small and (limits or target is not None) else 56)
    y = scale(0, marks[-1], bottom, top)
    axis = MonthAxis.fit(tuple(held), left, right, 46 if small else 62)
    body = [hatch() if axis.gaps() else "", value_axis(marks, left, right, y), _gaps(axis, top, bottom), axis.draw(bottom)]
    if limits:
        body.append(_usual_range(axis, limits, baseline_from, y))
    if target is not None:
        ends = [(begin, axis.end(i)) for i, begin in enumerate(axis.begins)]
        body += [line(begin, y(target), end, y(target), stroke=INK, width=1.5, dash="7 4") for begin, end in ends]
    body += [_line(axis, run, held, y, baseline_from, marked or {}) for run in axis.stretches]
    body.append(end_labels([(y(value), words, colour) for value, words, colour in labels], right + 8))
    body.append(_row_of_words(limits, target, height, digits) if small else "")
    body.append(_flags(axis, events, top, bottom))
    return picture(width, height, *body, title=title, desc=desc, key=key)


def _gaps(axis: MonthAxis, top: float, bottom: float) -> str:
    """Each run of months not held: a hatched column that says how many."""
    out, middle = [], (top + bottom) / 2
    for x, missing in axis.gaps():
        out.append(rect(x, top, axis.gap, bottom - top, HATCHED))
        out.append(rect(x + 1, middle - 26, axis.gap - 2, 64, PAPER))
        rows = ((-7, missing, 15), (11, "month" if missing == 1 else "months", 13), (28, "not held", 13))
        out += [
            text(x + axis.gap / 2, middle + at, words, size, INK, "middle", bold=size > 13, halo=size == 13)
            for at, words, size in rows
        ]
    return "".join(out)


def _usual_range(axis: MonthAxis, limits: Limits, baseline_from: str, y: Scale) -> str:
    """The band between the limits and the average, over the months they were made from."""
    out = []
    for i, run in enumerate(axis.stretches):
        within = [m for m in run if m >= baseline_from]
        if within:
            begin, end = axis.x(within[0]) - axis.step / 2, axis.end(i)
            out.append(rect(begin, y(limits.high), end - begin, y(limits.low) - y(limits.high), TINT))
            out += [line(begin, y(v), end, y(v), stroke=ACCENT, dash="2 4") for v in (limits.low, limits.high)]
            out.append(line(begin, y(limits.mean), end, y(limits.mean), stroke=ACCENT, width=1.5))
    return "".join(out)


def _line(
    axis: MonthAxis, run: tuple[str, ...], held: Mapping[str, float], y: Scale, since: str, marked: Mapping[str, str]
) -> str:
    """One stretch: grey before the baseline, ink from it on, with a dot or a mark at every month."""
    at = {m: (axis.x(m), y(held[m])) for m in run}
    new = [m for m in run if m >= since]
    old = [m for m in run if m < since] + (new[:1] if new and new[0] != run[0] else [])
    out = [polyline([at[m] for m in part], colour, width) for part, colour, width in ((old, OTHER, 2), (new, INK, 2.5)) if part]
    for m in run:
        out.append(signal_mark(*at[m], marked[m]) if m in marked else dot(*at[m], 3, INK if m >= since else OTHER))
    return "".join(out)


def _labels(limits: Limits | None, target: float | None, digits: int) -> list[tuple[float, str, str]]:
    """What each line is: (value, words, colour)."""
    named = ((limits.high, "Usual high"), (limits.mean, "Average"), (limits.low, "Usual low")) if limits else ()
    return [(value, f"{words} {number(value, digits)}", ACCENT) for value, words in named] + (
        [(target, f"Target {number(target, digits)}", INK)] if target is not None else []
    )


def _row_of_words(limits: Limits | None, target: float | None, height: float, digits: int) -> str:
    """The same in one row, where there is no room at the right."""
    out = ""
    if limits:
        low, high = number(limits.low, digits), number(limits.high, digits)
        out += text(0, height - 8, f"Average {number(limits.mean, digits)}, usually {low} to {high}", 14, ACCENT)
    if target is not None:
        out += text(NARROW, height - 8, f"Target {number(target, digits)}", 14, INK, "end")
    return out


def _flags(axis: MonthAxis, events: Sequence[str], top: float, bottom: float) -> str:
    """Numbered flags above the months of events, with a dotted line down; their words stand under the drawing."""
    held = {m for run in axis.stretches for m in run}
    shown = [(i, axis.x(m)) for i, m in enumerate(events, 1) if m in held]
    out = []
    for (i, x), flag in zip(shown, apart([x for _, x in shown], 25), strict=True):
        out.append(polyline([(flag, top - 18), (x, top - 4), (x, bottom)], stroke=INK, width=1, dash="1 3"))
        out += [
            el("circle", cx=float(flag), cy=float(top - 18), r=11, fill=INK),
            text(flag, top - 13, i, 14, PAPER, "middle", bold=True),
        ]
    return "".join(out)


def signal_mark(x: float, y: float, meaning: str, r: float = 6, edge: float = 1.3) -> str:
    """A shape as well as a colour: disc for improvement, diamond for concern, hexagon where no judgement is made."""
    colour = COLOURS[meaning]
    if meaning == "improvement":
        return dot(x, y, r, colour, PAPER, edge)
    if meaning == "concern":
        reach = r * 1.25
        return polygon([(x, y - reach), (x + reach, y), (x, y + reach), (x - reach, y)], colour, PAPER, edge)
    return polygon(hexagon(x, y, r + 1), colour, PAPER, edge)


def sparkline(
    values: Sequence[float | None],
    *,
    title: str,
    desc: str,
    limits: Limits | None = None,
    marked: Mapping[int, str] | None = None,
    width: int = 168,
    height: int = 46,
    key: str = "",
) -> str:
    """A word-sized line: the usual range behind, gaps left open, the last value ringed.

    values : None or NaN where a month is not held
    marked : {position: meaning}
    With limits it is drawn between its least and greatest value and not from zero; the caption says so.
    """
    return picture(width, height, _small_line(values, limits, marked or {}, width, height), title=title, desc=desc, key=key)


def _small_line(
    values: Sequence[float | None],
    limits: Limits | None,
    marked: Mapping[int, str],
    width: float,
    height: float,
    left: float = 0,
    top: float = 0,
) -> str:
    """The drawing of a small line at a place."""
    limits = known(limits)
    held = {i: float(v) for i, v in enumerate(values) if v is not None and not math.isnan(v)}
    if not held:
        return text(left, top + height / 2 + 5, "Not held", 13, QUIET)
    spread = [*held.values(), *((limits.low, limits.high) if limits else ())]
    x = scale(0, max(len(values) - 1, 1), left + 7, left + width - 8)
    y = scale(min(spread) if limits else 0, max(spread) or 1, top + height - 6, top + 6)
    body = []
    if limits:
        body.append(rect(left, y(limits.high), width, y(limits.low) - y(limits.high), TINT))
        body.append(line(left, y(limits.mean), left + width, y(limits.mean), stroke=ACCENT))
    at = {i: (x(i), y(v)) for i, v in held.items()}
    body += [polyline(run) if len(run) > 1 else dot(*run[0], 2) for run in unbroken(at, len(values))]
    r = min(3.6, max(2, 0.42 * width / len(values)))
    body += [signal_mark(*at[i], meaning, r, 0.5) for i, meaning in marked.items()]
    last = max(held)
    return "".join(body) + ("" if last in marked else dot(*at[last], 4))


@dataclass(frozen=True)
class SmallLine:
    """One row of `small_lines`: a name, its months, and the words for its last month."""

    name: str
    values: Sequence[float | None]
    words: str
    limits: Limits | None = None
    marked: Mapping[int, str] = field(default_factory=dict)


def small_lines(rows: Sequence[SmallLine], *, title: str, desc: str, width: int = WIDE, key: str = "") -> str:
    """Every topic with its own small line, two to a row on a page and one on a phone."""
    columns = 2 if width > 500 else 1
    gutter, tall = 40, 55
    each = (width - gutter * (columns - 1)) / columns
    rows_down = math.ceil(len(rows) / columns)
    body = []
    for k, row in enumerate(rows):
        x, y = (k // rows_down) * (each + gutter), (k % rows_down) * tall
        names = fitted(row.name, each - 152, 14)
        first = y + 38 - 9 * len(names)
        body.append(line(x, y + 0.5, x + each, y + 0.5, stroke=HAIR))
        body += [text(x, first - 4 + 16 * i, words, 14, INK, bold=True) for i, words in enumerate(names)]
        body.append(text(x, first - 3 + 17 * len(names), row.words, 13, QUIET))
        body.append(_small_line(row.values, row.limits, row.marked, 140, 41, x + each - 140, y + 7))
    return picture(width, rows_down * tall, *body, title=title, desc=desc, key=key)
