"""What is known on a day: the counts that were held and published by then, for any area.

Pages are read as at a day. A month of police.uk counts as published from the first day of the third month after it, so a
view of an earlier day never shows a later figure.
"""

from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import Any

from csplan.cycle import periods
from csplan.cycle.periods import Period
from csplan.evidence import counted, editions
from csplan.evidence.store import Store

#: Nothing was published on police.uk for months before this one.
FIRST_MONTH = "2010-12"


class View:
    """The store as it could be read on `day`.

    area : whose months `months`, `last_month` and `period` are about; without it, the area of the carried figures when
    there is one, else every force held
    as_first : of each month the file that was first published, instead of the one that stands now
    """

    def __init__(self, store: Store, day: date, area: str | None = None, *, as_first: bool = False) -> None:
        self.store = store
        self.day = day
        self.as_first = as_first
        self._manifest = store.manifest()
        self._counted = counted.of(store, self._manifest, as_first=as_first)
        carried = {release.area for release in self._manifest.carried}
        self.area = area or (next(iter(carried)) if len(carried) == 1 else None)

    def is_published(self, month: str) -> bool:
        """Whether the month's figures were out by the day."""
        return periods.published_on(month) <= self.day

    def months_of(self, area: str) -> tuple[str, ...]:
        """The months held of an area and published by the day, in order."""
        return tuple(month for month in self._counted.series(area).months if self.is_published(month))

    @cached_property
    def months(self) -> tuple[str, ...]:
        """The months held and published by the day, in order."""
        if self.area is not None:
            return self.months_of(self.area)
        held = {month for months in self._counted.months().values() for month in months}
        return tuple(sorted(month for month in held if self.is_published(month)))

    @property
    def last_month(self) -> str | None:
        """The last of them; None when nothing is held."""
        return self.months[-1] if self.months else None

    @property
    def period(self) -> Period | None:
        """The period shown unless another is asked for: see `default_period`."""
        return default_period(self.months)

    def period_of(self, area: str) -> Period | None:
        """The same for one area's months."""
        return default_period(self.months_of(area))

    def missing(self, area: str, period: Period) -> tuple[str, ...]:
        """The months of the period that are not held of the area, or not yet published."""
        held = set(self.months_of(area))
        return tuple(month for month in period.months if month not in held)

    def series(self, area: str, type: str | None = None) -> dict[str, int]:
        """month -> rows of a type (`all-crime`, or None for everything) in an area; held months only, zeros included."""
        series = self._counted.series(area).of(type)
        return {month: n for month, n in series.items() if self.is_published(month)}

    def counts(self, area_type: str, type: str | None, period: Period, within: str | None = None) -> dict[str, int]:
        """area code -> rows in the period, for every area of a type (inside `within`, else of all that is held).

        Only areas of which the whole period is held: a sum over a gap would pass for a total.
        """
        wanted = set(period.months)
        out = {}
        for widest in [within] if within else self._counted.widest():
            for area in self._counted.inside(widest, area_type, self.day):
                held = [n for month, n in self.series(area, type).items() if month in wanted]
                if len(held) == len(wanted):
                    out[area] = sum(held)
        return out

    def status(self, area: str, month: str, type: str | None = None) -> str:
        """What stands behind an area's figure of a month: a key of `cycle.kpi.STATUSES`."""
        count = self.series(area, type).get(month)
        if count is None:
            return "not_collected" if month < FIRST_MONTH else "missing"
        return "counted" if count else "zero"

    def origins(self, area: str) -> dict[str, str]:
        """month -> whether an area's figures come from events or are carried, for the months held and published."""
        series = self._counted.series(area)
        return {m: origin for m, origin in zip(series.months, series.origins, strict=True) if self.is_published(m)}

    def releases(self, area: str, months: Iterable[str]) -> list[dict[str, Any]]:
        """The releases that an area's figures of those months come from: {key, sha256}, in order of key."""
        origins, forces = self.origins(area), counted.forces_of(area)
        wanted = [month for month in months if month in origins]
        current = editions.first(self._manifest) if self.as_first else editions.current(self._manifest)
        units = [current[force, month] for month in wanted if origins[month] == "events" for force in forces]
        found = {unit.key: unit.sha256 for unit in units}
        if any(origins[month] == "carried" for month in wanted):
            told = reversed(self._manifest.carried) if self.as_first else self._manifest.carried
            found |= {release.key: release.sha256 for release in told if release.force in forces}
        return [{"key": key, "sha256": sha256} for key, sha256 in sorted(found.items())]


def default_period(months: tuple[str, ...]) -> Period | None:
    """The calendar year of the last month when all twelve are held, else the unbroken run that ends at the last month.

    >>> default_period(("2024-11", "2024-12", "2025-01", "2025-02")).id
    '2024-11..2025-02'
    """
    if not months:
        return None
    last, held = months[-1], set(months)
    if held.issuperset(periods.between(f"{last[:4]}-01", f"{last[:4]}-12")):
        return periods.parse(last[:4])
    first = last
    while periods.add_months(first, -1) in held:
        first = periods.add_months(first, -1)
    return periods.run(first, last)
