"""Readings of indicators: computed from evidence, or submitted by one person and approved by another."""

import math

from csplan.cycle import clock, periods, roles
from csplan.cycle import kpi as rules
from csplan.errors import CsplanError
from csplan.records import acting
from csplan.records.models import Kpi, Membership, Reading, ReadingApproval

#: frequency -> months in the period of one reading
MONTHS_OF = {"monthly": 1, "quarterly": 3, "yearly": 12}


def submit(
    *,
    kpi: Kpi,
    period: str,
    value: float,
    numerator: float | None = None,
    denominator: float | None = None,
    commentary: str = "",
    is_example: bool = False,
    by: acting.By,
) -> Reading:
    """Return a value for a period. It is provisional, and not public, until another person approves it."""
    with acting.act("reading.submit", partnership=kpi.partnership, by=by) as deed:
        if kpi.computed_from:
            raise CsplanError(f"{kpi.ref} is computed from open figures, so nobody returns it. Nothing was changed.")
        _check_is_own_body(kpi, deed)
        _check_value(value)
        rules.check_possible(numerator, denominator, value, per=kpi.per, unit=kpi.unit)
        rules.check_values(numerator, denominator, value, per=kpi.per)
        low, high = interval(kpi, value, numerator, denominator)
        return _record(
            deed,
            kpi,
            period,
            value=value,
            numerator=numerator,
            denominator=denominator,
            low=low,
            high=high,
            commentary=commentary.strip(),
            is_example=is_example,
            source="submitted",
            recorded_by=deed.user,
        )


def interval(kpi: Kpi, value: float, numerator: float | None, denominator: float | None) -> tuple[float | None, float | None]:
    """The 95% interval of a value: of a share or a rate from its parts, of a count from itself; none where neither is told."""
    from csplan.statistics import rates

    if numerator is not None and denominator is not None:
        if kpi.per == 100 and numerator <= denominator:
            share = rates.proportion(numerator, denominator)
            return share.low * 100, share.high * 100
        rate = rates.crude_rate(numerator, denominator, per=int(kpi.per))
        return rate.low, rate.high
    if kpi.per == 1 and value == int(value):
        return rates.count_interval(value)
    return None, None


def record_computed(
    *,
    kpi: Kpi,
    period: str,
    value: float,
    numerator: float | None = None,
    denominator: float | None = None,
    low: float | None = None,
    high: float | None = None,
    observation: str,
    by: acting.By,
) -> Reading:
    """Copy an observation of the evidence into a reading: its value, its parts, its interval and its name."""
    with acting.act("reading.record_computed", partnership=kpi.partnership, by=by) as deed:
        if not kpi.computed_from:
            raise CsplanError(f"{kpi.ref} is returned by {kpi.body}, not computed. Have it submitted.")
        _check_value(value)
        return _record(
            deed,
            kpi,
            period,
            value=value,
            numerator=numerator,
            denominator=denominator,
            low=low,
            high=high,
            observation=observation,
            source="computed",
            recorded_by=deed.actor.user,
        )


def approve(*, reading: Reading, by: acting.By) -> ReadingApproval:
    """Approve a submitted reading: from now it is final and public. Never by the person who submitted it."""
    with acting.act("reading.approve", partnership=reading.kpi.partnership, by=by) as deed:
        if reading.source == "computed":
            raise CsplanError("This reading is computed from published figures and needs no approval. Nothing was changed.")
        if ReadingApproval.objects.filter(reading=reading).exists():
            raise CsplanError("This reading is already approved. Nothing was changed.")
        roles.check_different_people(reading.recorded_by_id, deed.user.pk, "a reading")
        approval = ReadingApproval.objects.create(reading=reading, approved_at=deed.at, approved_by=deed.user)
        deed.record("reading", str(reading), value=reading.value)
    return approval


def _record(deed: acting.Deed, kpi: Kpi, period: str, **columns: object) -> Reading:
    """Write a reading for a period that has ended and has none yet."""
    named = _name_period(kpi, period, deed)
    if Reading.objects.filter(kpi=kpi, period=named.id).exists():
        raise CsplanError(
            f"{kpi.ref} already has a value for {named.title}, and a reading never changes. "
            "Say in the commentary of the next reading what was wrong."
        )
    reading = Reading.objects.create(kpi=kpi, period=named.id, recorded_at=deed.at, **columns)
    deed.record("reading", str(reading), value=reading.value, source=reading.source)
    return reading


def _name_period(kpi: Kpi, text: str, deed: acting.Deed) -> periods.Period:
    """The period by the one name that readings of this indicator use; refused where it is of another length or not over."""
    period = periods.parse(text)
    if len(period.months) != MONTHS_OF[kpi.frequency]:
        raise CsplanError(f"{kpi.ref} is read {kpi.frequency}, and {period.title} is not such a period. Choose another period.")
    if period.ends_on >= clock.day_of(deed.at):
        raise CsplanError(f"{period.title} has not ended. Return its value when it has.")
    return periods.parse(_quarter(period)) if kpi.frequency == "quarterly" else period


def _quarter(period: periods.Period) -> str:
    """The name of a quarter in the financial year: `2025/26 Q3`."""
    year, month = int(period.from_month[:4]), int(period.from_month[5:])
    if month % 3 != 1:
        raise CsplanError(f"{period.title} is not a quarter. Choose one that begins in April, July, October or January.")
    begins = year if month >= 4 else year - 1
    return f"{begins}/{(begins + 1) % 100:02d} Q{(month - 4) % 12 // 3 + 1}"


def _check_value(value: float) -> None:
    if not math.isfinite(value) or value < 0:
        raise CsplanError("The value must be a number of zero or more. Correct it.")


def _check_is_own_body(kpi: Kpi, deed: acting.Deed) -> None:
    """A partner returns figures for one body; for others the indicator is not theirs to return."""
    if not deed.actor.roles.isdisjoint({"lead", "performance"}):
        return
    own = Membership.objects.held_by(deed.user, clock.now()).filter(partnership=kpi.partnership, role="partner", body=kpi.body)
    if not own.exists():
        raise CsplanError(f"{kpi.ref} is returned by {kpi.body}. Ask someone there to return it.")
