"""Harm in an area by somebody's own weights: a table of what an event of each type counts for. csplan ships none."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from csplan.cycle import periods
from csplan.cycle.outline import Table
from csplan.errors import InputRejected
from csplan.evidence import areas, counted, types
from csplan.evidence.findings_shapes import short
from csplan.evidence.store import Store
from csplan.statistics.harm import Harm, Weights, harm, harm_words

HEADINGS = ("type", "low", "middle", "high", "unit", "version", "source")
CAUTION = (
    "A type of police.uk holds slight and grave events alike, so the harm lies somewhere between the lowest and the highest. It is of "
    "recorded events only."
)


@dataclass(frozen=True)
class Weighed:
    """The harm of one area in one period. missing : months of it that are not held; the harm is then not known"""

    area: areas.Area
    period: periods.Period
    found: Harm
    missing: tuple[str, ...]

    @property
    def words(self) -> str:
        """What it comes to with its range; or why it is not known."""
        if self.missing:
            return f"How much harm there was is not known: {len(self.missing)} of {len(self.period.months)} months are not held."
        return harm_words(self.found)

    def as_json(self) -> dict[str, Any]:
        """area, period, types, low, middle, high, unit, version, source, missing_months, words."""
        w, f = self.found.weights, self.found
        rows = [
            {
                "type": name,
                "count": _known(n),
                "weight": {"low": lo, "middle": mid, "high": hi},
                "share": _known(part),
            }
            for name, n, lo, mid, hi, part in zip(
                w.categories, f.counts, w.low, w.middle, w.high, np.atleast_1d(f.share), strict=True
            )
        ]
        return {
            "area": {"code": self.area.code, "name": self.area.name, "type": self.area.type},
            "period": {"id": self.period.id, "from": self.period.from_month, "to": self.period.to_month},
            "low": _known(f.low),
            "middle": _known(f.value),
            "high": _known(f.high),
            "unit": w.unit,
            "version": w.version,
            "source": w.source,
            "types": rows,
            "not_weighed": [slug for slug in types.TYPES if slug not in w.categories],
            "missing_months": list(self.missing),
            "notes": [*f.notes, CAUTION],
            "words": self.words,
        }


def weigh(store: Store, area: str, period: str, weights: Weights) -> Weighed:
    """The harm of an area in a period, from its counts of each type that has a weight."""
    found, asked = areas.get(area), periods.parse(period)
    series = counted.of(store).series(area)
    missing = tuple(month for month in asked.months if month not in series.months)
    counts = [sum(series.of(slug).get(month, 0) for month in asked.months) for slug in weights.categories]
    return Weighed(found, asked, harm(np.full(len(counts), np.nan) if missing else counts, weights), missing)


def _known(value: Any) -> float | None:
    return None if np.isnan(value) else short(float(value))


def weights_of(table: Table) -> Weights:
    """Weights from a table with the headings Type, Low, Middle, High, Unit, Version and Source.

    Raises InputRejected with one sentence that names the row.
    """
    heads = [head.strip().lower() for head in table.heads]
    lacking = [head for head in HEADINGS if head not in heads]
    if lacking:
        raise InputRejected(
            f"The weights have no column {lacking[0].capitalize()}: they need {', '.join(h.capitalize() for h in HEADINGS)}."
        )
    columns = {head: [row.cells[heads.index(head)].strip() for row in table.rows] for head in HEADINGS}
    numbers = {
        name: [_number(text, row.place, name) for text, row in zip(columns[name], table.rows, strict=True)]
        for name in HEADINGS[1:4]
    }
    kinds = [
        _type(name, row.place, columns["type"][:i]) for i, (name, row) in enumerate(zip(columns["type"], table.rows, strict=True))
    ]
    said = {name: _same(columns[name], table, name) for name in HEADINGS[4:]}
    try:
        made = Weights(
            categories=tuple(kinds),
            low=numbers["low"],
            middle=numbers["middle"],
            high=numbers["high"],
            unit=said["unit"],
            version=said["version"],
            source=said["source"],
        )
        harm(np.zeros(len(kinds)), made)
    except ValueError as e:
        raise InputRejected(f"The weights cannot be used: {e}.") from e
    return made


def _number(text: str, place: str, name: str) -> float:
    try:
        if not text.isascii():
            raise ValueError
        return float(text.replace(",", ""))
    except ValueError as e:
        raise InputRejected(f"{place.capitalize()}, {name.capitalize()}: “{text}” is no number.") from e


def _type(name: str, place: str, before: list[str]) -> str:
    slug = types.NAMES.get(name, name.lower().replace(" ", "-"))
    if slug not in types.TYPES:
        raise InputRejected(f"{place.capitalize()}: “{name}” is not a type of police.uk. Write one of {', '.join(types.TYPES)}.")
    if name in before:
        raise InputRejected(f"{place.capitalize()}: {name} has a weight already. Keep one row for each type.")
    return slug


def _same(column: list[str], table: Table, name: str) -> str:
    """The one value of a column, which must be filled in the first row and may be blank below it."""
    held = dict.fromkeys(text for text in column if text)
    if len(held) != 1:
        why = "is blank" if not held else f"holds {len(held)} different values"
        raise InputRejected(f"{name.capitalize()} {why}: write one for all rows of {table.place}.")
    return next(iter(held))
