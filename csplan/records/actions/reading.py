"""Readings of indicators: computed from evidence, or submitted by one person, alone or in a return, and approved by another."""

import math
from dataclasses import dataclass
from datetime import date

from csplan.cycle import clock, kpi_import, periods, roles
from csplan.cycle import kpi as rules
from csplan.cycle.words import count
from csplan.errors import CsplanError
from csplan.evidence.reasons import Reason
from csplan.evidence.report import UnitReport
from csplan.evidence.returns.read import Line, Mark, Return
from csplan.records import acting
from csplan.records.models import Kpi, Membership, Partnership, Reading, ReadingApproval

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
        check_own_body(kpi, deed.actor)
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
    named = name_period(kpi, period, clock.day_of(deed.at))
    check_is_first(kpi, named)
    reading = Reading.objects.create(kpi=kpi, period=named.id, recorded_at=deed.at, **columns)
    deed.record("reading", str(reading), value=reading.value, source=reading.source)
    return reading


def check_is_first(kpi: Kpi, period: periods.Period) -> None:
    """Refuse a second value of a period."""
    held = Reading.objects.filter(kpi=kpi, period=period.id).select_related("approval").first()
    if held is not None:
        closed = ", which is approved and closed" if held.state(clock.now()) == "final" else ""
        raise CsplanError(
            f"{kpi.ref} already has a value for {period.title}{closed}, and a reading never changes. "
            "Say in the commentary of the next reading what was wrong."
        )


def check_unit(kpi: Kpi, unit: str) -> None:
    """Refuse a percentage or pounds of an indicator that counts something else. unit : "%", "£" or "" """
    if unit == "%" and not kpi.unit.startswith("%"):
        raise CsplanError(
            f"The file gives a percentage, and {kpi.ref} is read in {kpi.unit}. Match the line to another indicator."
        )
    if unit == "£" and "£" not in kpi.unit and "pound" not in kpi.unit.lower():
        raise CsplanError(f"The file gives pounds, and {kpi.ref} is read in {kpi.unit}. Match the line to another indicator.")


def name_period(kpi: Kpi, text: str, on: date) -> periods.Period:
    """The period by the one name that readings of this indicator use; refused where it is of another length or not over."""
    period = periods.parse(text)
    if len(period.months) != MONTHS_OF[kpi.frequency]:
        raise CsplanError(f"{kpi.ref} is read {kpi.frequency}, and {period.title} is not such a period. Choose another period.")
    if period.ends_on >= on:
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


def check_own_body(kpi: Kpi, actor: acting.Actor) -> None:
    """A partner returns figures for one body; for others the indicator is not theirs to return."""
    if not actor.roles.isdisjoint({"lead", "performance"}):
        return
    own = Membership.objects.held_by(actor.user, clock.now()).filter(partnership=kpi.partnership, role="partner", body=kpi.body)
    if not own.exists():
        raise CsplanError(f"{kpi.ref} is returned by {kpi.body}. Ask someone there to return it.")


@dataclass(frozen=True)
class Returned:
    """One row of a return that may be taken, or is held already (`is_known`)."""

    kpi: Kpi
    period: periods.Period
    value: float
    numerator: float | None
    denominator: float | None
    commentary: str
    is_known: bool


class NoNumber(CsplanError):
    """A row whose value is a mark: understood, and no reading is made of it."""


def receive(
    *, partnership: Partnership, found: Return, path: str, sha256: str, dry_run: bool = False, by: acting.By
) -> tuple[UnitReport, tuple[Mark, ...]]:
    """Return every row that can be taken. Gives what became of the file, and what is to mend in its rows.

    found : a return that evidence has read and whose shape it has checked;  path, sha256 : of the file
    dry_run : say what would happen, and record nothing
    Each row stands alone: one that is refused keeps no other out. The same file again changes nothing.
    """
    actor = acting.who(by, partnership)
    roles.check_may("reading.submit", actor.roles)
    kpis = {
        kpi.ref: kpi for kpi in Kpi.objects.filter(partnership=partnership, adopted_at__lte=clock.now()).select_related("body")
    }
    taken, known, unnumbered, marks, seen = 0, 0, 0, list(found.marks), set[tuple[str, str]]()
    for line in found.lines:
        try:
            row = _row(line, kpis, partnership, actor)
            _check_once(row, seen)
            if not row.is_known and not dry_run:
                _submit(row, path, by)
            known += row.is_known
            taken += not row.is_known
        except NoNumber as mark:
            unnumbered += 1
            marks.append(Mark(line.row, "Value", str(mark)))
        except CsplanError as refused:
            marks.append(Mark(line.row, "", str(refused)))
    marks.sort(key=lambda mark: mark.row)
    return _report(found, path, sha256, taken, known, unnumbered, marks), tuple(marks)


def _report(found: Return, path: str, sha256: str, taken: int, known: int, unnumbered: int, marks: list[Mark]) -> UnitReport:
    refused = found.rows_read - taken - known - unnumbered
    if refused:
        outcome = "quarantined" if taken or known else "rejected"
    elif unnumbered:
        outcome = "accepted_with_warnings"
    else:
        outcome = "accepted" if taken else "unchanged"
    reasons = [Reason("to_mend", mark.said, 1, mark.row) for mark in marks]
    if known:
        reasons.append(Reason("known", f"{count(known, 'row').capitalize()} held already.", known))
    aside = found.rows_read - taken - known
    return UnitReport(path, outcome, found.data_set.source, None, None, sha256, found.rows_read, taken, aside, tuple(reasons))


def _row(line: Line, kpis: dict[str, Kpi], partnership: Partnership, actor: acting.Actor) -> Returned:
    """The row as a reading of an adopted indicator. Raises CsplanError with what to mend."""
    cells = line.cells
    kpi = kpis.get(cells["Indicator"].upper()) or kpis.get(cells["Indicator"])
    if kpi is None:
        raise CsplanError(f"There is no indicator “{cells['Indicator']}” here. Write the reference of one that is adopted.")
    if kpi.computed_from or kpi.body is None:
        raise CsplanError(f"{kpi.ref} is computed from open figures, so nobody returns it. Leave the row out.")
    if cells["Partner"].casefold() != kpi.body.code:
        raise CsplanError(f"{kpi.ref} is returned by {kpi.body}, whose code is {kpi.body.code}. Correct the partner.")
    if cells.get("Area") not in ("", None, partnership.area_code):
        raise CsplanError(f"{kpi.ref} is read for the whole partnership ({partnership.area_code}). Leave the area blank.")
    check_own_body(kpi, actor)
    period = name_period(kpi, cells["Period"], clock.today())
    value, status, unit = _figure(cells["Value"])
    if value is None:
        raise NoNumber(f"“{cells['Value'] or 'blank'}” is {status}: no reading is made of it, and it is never nought.")
    check_unit(kpi, unit)
    _check_value(value)
    numerator, denominator = (_figure(cells[name])[0] for name in ("Numerator", "Denominator"))
    rules.check_possible(numerator, denominator, value, per=kpi.per, unit=kpi.unit)
    rules.check_values(numerator, denominator, value, per=kpi.per)
    held = Reading.objects.filter(kpi=kpi, period=period.id).first()
    is_known = held is not None and (held.value, held.numerator, held.denominator) == (value, numerator, denominator)
    if not is_known:
        check_is_first(kpi, period)
    return Returned(kpi, period, value, numerator, denominator, cells.get("Commentary", ""), is_known)


def _figure(words: str) -> tuple[float | None, str, str]:
    found = kpi_import.figure(words)
    return found if found is not None else (None, "not a number", "")


def _check_once(row: Returned, seen: set[tuple[str, str]]) -> None:
    if (row.kpi.ref, row.period.id) in seen:
        raise CsplanError(f"{row.kpi.ref} has a second value for {row.period.title} in this file. Leave one of them out.")
    seen.add((row.kpi.ref, row.period.id))


def _submit(row: Returned, path: str, by: acting.By) -> None:
    submit(
        kpi=row.kpi,
        period=row.period.id,
        value=row.value,
        numerator=row.numerator,
        denominator=row.denominator,
        commentary=row.commentary or f"Returned in the file {_name(path)}.",
        by=by,
    )


def _name(path: str) -> str:
    return path.rsplit("/", 1)[-1][:80]
