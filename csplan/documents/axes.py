"""Axes: where months and values stand, and what is written beside them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from csplan.cycle import periods
from csplan.documents.palette import HAIR, INK, LINE, QUIET
from csplan.documents.svg import Point, Scale, apart, line, number, text

Stretch = tuple[str, ...]


def stretches(months: Sequence[str]) -> tuple[Stretch, ...]:
    """Unbroken runs of the months held; a month that is not held ends one."""
    out: list[Stretch] = []
    for month in sorted(months):
        if out and periods.add_months(out[-1][-1], 1) == month:
            out[-1] = (*out[-1], month)
        else:
            out.append((month,))
    return tuple(out)


@dataclass(frozen=True)
class MonthAxis:
    """Months from left to right, with a column of fixed width for each run of months that is not held."""

    stretches: tuple[Stretch, ...]
    begins: tuple[float, ...]
    step: float
    gap: float

    @classmethod
    def fit(cls, months: Sequence[str], left: float, right: float, gap: float) -> "MonthAxis":
        """The axis that fills the space between left and right."""
        runs = stretches(months)
        step = (right - left - gap * (len(runs) - 1)) / sum(len(r) for r in runs)
        begins = tuple(left + gap * i + step * sum(len(r) for r in runs[:i]) for i in range(len(runs)))
        return cls(runs, begins, step, gap)

    def x(self, month: str) -> float:
        """The middle of a month."""
        return next(
            begin + self.step * (run.index(month) + 0.5)
            for run, begin in zip(self.stretches, self.begins, strict=True)
            if month in run
        )

    def end(self, i: int) -> float:
        """Where the i-th stretch ends."""
        return self.begins[i] + self.step * len(self.stretches[i])

    def gaps(self) -> tuple[tuple[float, int], ...]:
        """(left edge, months not held) of each gap."""
        pairs = zip(self.stretches, self.stretches[1:], strict=False)
        return tuple((self.end(i), periods.months_apart(a[-1], b[0]) - 1) for i, (a, b) in enumerate(pairs))

    def draw(self, base: float) -> str:
        """Names of months where there is room, and the year under each stretch."""
        return "".join(self._names(run, base) + self._years(run, i, base) for i, run in enumerate(self.stretches))

    def _names(self, run: Stretch, base: float) -> str:
        out = []
        for month in run:
            n, x = int(month[5:]), self.x(month)
            if self.step >= 26 or n in ((1, 7) if self.step < 11 else (1, 4, 7, 10)):
                name = periods.MONTH_NAMES[n - 1]
                out += [text(x, base + 18, name[:3] if self.step >= 30 else name[0], 13, QUIET, "middle")]
                out += [line(x, base, x, base + 4, stroke=LINE)]
        return "".join(out)

    def _years(self, run: Stretch, i: int, base: float) -> str:
        years: dict[str, list[str]] = {}
        for month in run:
            years.setdefault(month[:4], []).append(month)
        if len(years) > 1 and min(map(len, years.values())) * self.step < 40:
            years = {f"{run[0][:4]}–{run[-1][2:4]}": list(run)}
        return "".join(
            text((self.x(m[0]) + self.x(m[-1])) / 2, base + 42, words, 15, INK, "middle", bold=True) for words, m in years.items()
        )


def value_axis(values: Sequence[float], left: float, right: float, y: Scale) -> str:
    """Hairlines with the number at the left; zero is a firm line."""
    digits = 0 if all(v == int(v) for v in values) else 1
    return "".join(
        line(left, y(v), right, y(v), stroke=HAIR if v else LINE) + text(left - 8, y(v) + 5, number(v, digits), 14, QUIET, "end")
        for v in values
    )


def foot_axis(values: Sequence[float], top: float, base: float, x: Scale) -> str:
    """Hairlines that stand, with the number under them, for bars that lie."""
    digits = 0 if all(v == int(v) for v in values) else 1
    return "".join(line(x(v), top, x(v), base) + text(x(v), base + 20, number(v, digits), 13, QUIET, "middle") for v in values)


def end_labels(labels: Sequence[tuple[float, str, str]], x: float) -> str:
    """Words at the right end of lines, moved apart so that none covers another. labels : [(y, words, colour)]"""
    places = apart([y + 5 for y, _, _ in labels], 17)
    return "".join(text(x, at, words, 13, colour) for at, (_, words, colour) in zip(places, labels, strict=True))


def unbroken(points: Mapping[int, Point], length: int) -> tuple[tuple[Point, ...], ...]:
    """Runs of neighbouring points; a position that is not held ends one."""
    out: list[list[Point]] = [[]]
    for i in range(length):
        if i in points:
            out[-1].append(points[i])
        elif out[-1]:
            out.append([])
    return tuple(tuple(run) for run in out if run)
