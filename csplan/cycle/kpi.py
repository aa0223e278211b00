"""Key performance indicators: how they are judged, the states of a reading, and every verdict in words.

The words live here once. Numbers come from `csplan.statistics`; what may be said of them comes from these tables.
"""

from datetime import date, timedelta

from csplan.cycle import periods
from csplan.errors import CsplanError

#: polarity -> the intent behind it, in words
POLARITIES: dict[str, str] = {
    "lower_better": "Lower is better",
    "higher_better": "Higher is better",
    "more_reporting": "More reporting is wanted, so a rise is not in itself bad",
    "demand_only": "It counts demand or activity, so neither way is better",
    "no_judgement": "No judgement is made",
    "band": "Best inside a band",
}
#: Polarities under which a direction may be called better or worse. All others never carry a colour.
JUDGED = frozenset({"lower_better", "higher_better"})

#: states of a reading
READING_STATES: dict[str, str] = {
    "expected": "not returned yet",
    "provisional": "returned, waiting to be approved",
    "final": "approved",
}

#: Is it a change? From the one test.
VERDICTS: dict[str, str] = {
    "up": "more than before",
    "down": "fewer than before",
    "no_clear_change": "no clear change",
    "too_few": "too few to tell",
    "break": "not comparable across a change in recording",
    "not_held": "months to compare are not held",
}
#: Is a month worth asking about? From the control chart.
SIGNALS: dict[str, str] = {
    "outside": "outside the usual range",
    "run": "seven or more in a row on one side of the average",
    "trend": "seven or more in a row all rising or all falling",
    "near_limits": "two of three close to the edge of the usual range",
}
#: Will the target be met, if things go on as they are?
TARGET_VERDICTS: dict[str, str] = {
    "will_meet": "will be met if nothing changes",
    "will_miss": "will be missed if nothing changes",
    "may_meet": "will be met in some periods and missed in others",
    "monitor_only": "watched, with no target",
    "no_target": "no target is set",
}
#: The same of a target whose day has gone: where the usual range lies against it.
PAST_TARGETS: dict[str, str] = {
    "will_meet": "the usual range lies on the right side of it.",
    "will_miss": "the usual range lies on the wrong side of it.",
    "may_meet": "the usual range lies on both sides of it.",
}
#: What stands behind a figure.
STATUSES: dict[str, str] = {
    "counted": "counted",
    "zero": "none recorded",
    "missing": "not held",
    "suppressed": "too few people to show",
    "not_collected": "not collected here",
}
#: How an area stands beside the others of its group.
COMPARISONS: dict[str, str] = {
    "above": "above the range of its group",
    "within": "within the range of its group",
    "below": "below the range of its group",
    "not_compared": "not compared",
}


def is_bad(polarity: str, direction: str) -> bool | None:
    """Whether "up" or "down" is the bad way; None where no judgement may be made."""
    if polarity not in JUDGED:
        return None
    return (direction == "up") == (polarity == "lower_better")


def target_verdict(*, low: float | None, high: float | None, target: float | None, polarity: str, is_monitored_only: bool) -> str:
    """Whether the usual range (low to high) lies on the right side of the target."""
    if is_monitored_only:
        return "monitor_only"
    if target is None or polarity not in JUDGED:
        return "no_target"
    if low is None or high is None:
        return "may_meet"
    lower_is_better = polarity == "lower_better"
    if (high <= target) if lower_is_better else (low >= target):
        return "will_meet"
    if (low > target) if lower_is_better else (high < target):
        return "will_miss"
    return "may_meet"


def due_on(period_id: str, *, days_after: int = 31) -> date:
    """The last day for a return: so many days after the period ends."""
    return periods.parse(period_id).ends_on + timedelta(days=days_after)


def check_possible(numerator: float | None, denominator: float | None, value: float, *, per: float, unit: str) -> None:
    """Refuse what can be no share (per 100, in %) and no count (per 1, without a denominator)."""
    if per == 100 and unit.startswith("%"):
        if numerator is not None and denominator is not None and numerator > denominator:
            raise CsplanError(
                f"{numerator:g} of {denominator:g} is more than the whole: the numerator may not be greater than the denominator."
            )
        if not 0 <= value <= 100:
            raise CsplanError(f"The value {value:g} is no percentage: it must lie between 0 and 100.")
    elif per == 1 and denominator is None and (value < 0 or value != int(value)):
        raise CsplanError(f"The value {value:g} is no count: it must be a whole number of zero or more.")


def check_values(numerator: float | None, denominator: float | None, value: float, *, per: float) -> None:
    """Refuse a value that does not follow from its numerator and denominator within rounding (half of one per cent)."""
    if denominator is not None and denominator <= 0:
        raise CsplanError("The denominator must be greater than zero. Correct it, or leave both parts out and give the value.")
    if numerator is None or denominator is None:
        return
    expected = per * numerator / denominator
    if abs(value - expected) > max(0.05, 0.005 * abs(expected)):
        raise CsplanError(
            f"The value {value:g} does not agree with {numerator:g} out of {denominator:g}, which gives {expected:.1f}. "
            "Correct one of the three."
        )
