"""Findings in words. Each rule takes a finding and says no more than the test behind it.

- A difference is stated as one only when its test passed; else the sentence says what would still fit.
- A percentage stands only on 20 events or more on both sides, a rate only on 10 or more.
- A count that follows police, shop or reporting practice is never called better or worse: the reason stands beside it.
- A control chart's signal asks a question. It is never called a change.
"""

from csplan.cycle.kpi import JUDGED, SIGNALS, VERDICTS
from csplan.cycle.periods import Period
from csplan.evidence import series_events
from csplan.evidence.findings_shapes import (
    ChangeFinding,
    ComparisonFinding,
    SignalFinding,
    TopicFinding,
)
from csplan.evidence.plain_words import are, capital, how_many, months_said, number, per_cent, same_months_said
from csplan.evidence.types import Type
from csplan.statistics.change import LEAST_COUNT, LEAST_MONTHS

#: Below this many events a sentence gives no rate.
FEWEST_FOR_RATE = 10
#: A difference under this is not called fewer or more unless its test passed, and an interval inside LEVEL is called level.
WORTH_SAYING = 8.0
LEVEL = 15.0
#: A share under this says little.
LEAST_SHARE = 0.05
LONGEST_HEADLINE = 89

#: What a headline adds where no direction is better.
TAILS = {
    "more_reporting": "more reporting is also wanted",
    "demand_only": "the count follows reports and activity",
    "no_judgement": "neither way is better",
}
_SHARES = {
    (1, 10): "one in ten", (1, 8): "one in eight", (1, 5): "one in five", (1, 4): "a quarter", (3, 10): "three in ten",
    (1, 3): "a third", (2, 5): "two in five", (1, 2): "half", (3, 5): "three in five", (2, 3): "two thirds",
}  # fmt: skip
_SAME_SHARE = 0.008


# ---- how much ---------------------------------------------------------------------------------------


def volume_words(finding: TopicFinding, of: Type, period: Period) -> str:
    """How much, per how many people or households, and how large a part of the whole. Says why when there is no number."""
    if finding.count is None:
        return finding.why
    recorded = f"Police recorded {_so_many(finding.count, of)} {when_words(period)}"
    if finding.count == 0:
        return f"{recorded}."
    if finding.count < FEWEST_FOR_RATE:
        return f"{recorded}: too few for a rate."
    if finding.rate is None or finding.denominator is None:
        return f"{recorded}. {finding.why}"
    base = of.denominator
    if finding.rate < 1:
        return f"{recorded}, about one for every {round(finding.per / finding.rate, -2):,.0f} {base}."
    part = f", {share_words(finding.share)} of everything recorded" if finding.share and finding.share >= LEAST_SHARE else ""
    return f"{recorded}{part}: {rate_words(finding.rate, finding.low, finding.high, finding.per, base)}."


def rate_words(rate: float, low: float | None, high: float | None, per: int, base: str) -> str:
    """ "9.6 for every 1,000 households (95% interval 9.2 to 10.0)". The only such words there are."""
    return f"{rate:.1f} for every {per:,} {base} (95% interval {low:.1f} to {high:.1f})"


def share_words(share: float) -> str:
    """A share of the whole, 0 to 1, as people say it where it is close to a plain part: 0.1 -> "one in ten"; else per cent."""
    close = [words for (top, bottom), words in _SHARES.items() if abs(share - top / bottom) < _SAME_SHARE]
    return close[0] if close else per_cent(100 * share)


def _so_many(count: int, of: Type) -> str:
    """ "no robberies", "one robbery", "254 robberies"."""
    return f"{number(count)} {of.noun_singular if count == 1 else of.noun_plural}"


def when_words(period: Period) -> str:
    """ "in 2025", "in June 2025", "from January to April 2025"."""
    if period.from_month == period.to_month or len(period.id) == 4:
        return f"in {period.id if len(period.id) == 4 else period.title}"
    return f"from {period.title}"


# ---- change -----------------------------------------------------------------------------------------


def change_words(change: ChangeFinding, of: Type) -> str:
    """The verdict on a change as a sentence, with the counts, and what the interval leaves open. The only such sentence there is."""
    if change.verdict == "not_held":
        return "The same months a year earlier are not held, so nothing can be said of a change."
    if change.verdict == "break":
        known = [event.words for event in series_events.all() if event.id in change.broken_by]
        return " ".join([f"Recording changed between the two: {VERDICTS['break']}.", *known])
    before, after = months_said(change.before_months), same_months_said(change.after_months)
    first, second = change.before or 0, change.after or 0
    pair = f"{how_many(first)} in {before} and {how_many(second)} in {after}"
    if change.verdict == "too_few" or change.percent is None or change.low is None or change.high is None:
        recorded = f"Police recorded {_so_many(first, of)} in {before} and {how_many(second)} in {after}"
        return f"{recorded}: {VERDICTS['too_few']}{_too_few(change)}."
    if change.verdict in ("up", "down"):
        moved = f"{'rose' if change.verdict == 'up' else 'fell'} by {per_cent(change.percent)}"
        near, far = sorted((change.low, change.high), key=abs)
        told = f"Daily counts of {of.noun_plural} {moved} (95% interval {per_cent(near)} to {per_cent(far)}) between {before} and {after}"
        counts = f"from {how_many(first)} to {how_many(second)}"
        return " ".join([f"{told}, {counts}.", of.polarity_reason]).strip()
    if -LEVEL < change.low and change.high < LEVEL:
        return f"There is {VERDICTS['no_clear_change']} in {of.noun_plural}, level within {LEVEL:.0f}% either way: {pair}."
    open_to = f"anything from {_moved(change.low)} to {_moved(change.high)} would fit"
    if abs(change.percent) >= WORTH_SAYING:
        more = f"{'fewer' if change.percent < 0 else 'more'} {of.noun_plural} in {months_said(change.after_months)}"
        than = f"({how_many(second)}) than a year before ({how_many(first)})"
        return (
            f"Police recorded {more} {than}, but it is {VERDICTS['no_clear_change']}: chance could account for it, and {open_to}."
        )
    return f"There is {VERDICTS['no_clear_change']} in {of.noun_plural}: {pair}, and {open_to}."


def _too_few(change: ChangeFinding) -> str:
    """What there is too little of, where it is not events."""
    if change.held < LEAST_MONTHS:
        return f", with fewer than {LEAST_MONTHS} months held"
    if min(change.before or 0, change.after or 0) < LEAST_COUNT:
        return ""
    return ", as the months held do not show how much they differ by themselves"


def change_brief(change: ChangeFinding) -> str:
    """The verdict in a few words for a table: "down 31%, fewer than before (791 to 538)"."""
    verdict = VERDICTS[change.verdict]
    if change.verdict in ("not_held", "break") or change.before is None or change.after is None:
        return verdict
    pair = f"({change.before:,} to {change.after:,})"
    if change.percent is None or change.verdict not in ("up", "down"):
        return f"{verdict} {pair}"
    return f"{change.verdict} {per_cent(change.percent)}, {verdict} {pair}"


def _moved(percent: float) -> str:
    """“a 20% fall”, “an 8% rise”, “no change”."""
    size = per_cent(percent)
    if size == "0%":
        return "no change"
    return f"{'an' if size.startswith('8') or size in ('11%', '18%') else 'a'} {size} {'rise' if percent > 0 else 'fall'}"


# ---- months worth asking about ----------------------------------------------------------------------

_SIDES = {"outside": ("above it", "below it"), "run": ("above it", "below it"), "trend": ("rising", "falling")}


def signal_words(signal: SignalFinding) -> str:
    """Which months to ask about, and what the chart's rule saw in them. A question, never a finding."""
    up, down = _SIDES.get(signal.kind, ("the upper one", "the lower one"))
    seen = f"{SIGNALS[signal.kind]}, {up if signal.direction == 'up' else down}"
    return f"{months_said(signal.months)} {are(signal.months)} worth asking about: {seen}. A season alone can look like this."


# ---- beside other areas -----------------------------------------------------------------------------


def comparison_words(comparison: ComparisonFinding, finding: TopicFinding, of: Type) -> str:
    """Where the rate lies among the areas of its kind; says why when it is not compared. No rate is said below ten events."""
    if comparison.verdict == "not_compared" or finding.rate is None or comparison.group_rate is None:
        return comparison.why
    is_said = (finding.count or 0) >= FEWEST_FOR_RATE
    ours = f"The rate, {finding.rate:.1f} for every {finding.per:,} {of.denominator}," if is_said else "The rate"
    lies = "lies within" if comparison.verdict == "within" else f"is {comparison.verdict}"
    range_ = f"the range of {comparison.group}, allowing for chance and for how much they differ"
    theirs = f"{comparison.group_rate:.1f}" + ("" if is_said else f" for every {finding.per:,} {of.denominator}")
    return f"{ours} {lies} {range_}; all of them together have {theirs}."


# ---- headlines --------------------------------------------------------------------------------------


def headline(finding: TopicFinding, of: Type, period: Period) -> str:
    """What a picture of the finding shows: a sentence with a verb, under 90 characters, true to the test, without a cause."""
    return next(text for text in _headlines(finding, of, period) if len(text) <= LONGEST_HEADLINE)


def _headlines(finding: TopicFinding, of: Type, period: Period) -> tuple[str, ...]:
    """The fullest headline first, then shorter ones."""
    change, many = finding.change, capital(of.noun_plural)
    if finding.count is None:
        return f"No total of {of.noun_plural} can be given for {period.title}", f"No total can be given for {of.noun_plural}"
    if change.verdict in ("not_held", "break") or change.before is None or change.after is None:
        recorded = f"Police recorded {_so_many(finding.count, of)}"
        return f"{recorded} {when_words(period)}", recorded
    pair, when = f"from {change.before:,} to {change.after:,}", f"in {months_said(change.after_months)}"
    if change.verdict in ("up", "down") and change.percent is not None:
        moved = f"{many} {'rose' if change.verdict == 'up' else 'fell'} by {per_cent(change.percent)}"
        if of.polarity not in JUDGED:
            return f"{moved}, {pair}; {TAILS[of.polarity]}", f"{moved}; {TAILS[of.polarity]}", moved
        return f"{moved} {when}, {pair}", f"{moved}, {pair}", moved
    pair = f"{change.after:,} {when} after {change.before:,}"
    if change.verdict == "too_few" and change.held < LEAST_MONTHS:
        return f"{many} cannot yet be compared: too few months are held", "Too few months are held to compare"
    if change.verdict == "too_few":
        return f"{many} are too few to compare: {pair}", f"{many} are too few to compare"
    return (
        f"{many} show no clear change: {pair}",
        f"{many} show no clear change {when}",
        f"{many} show no clear change: {change.after:,} after {change.before:,}",
        f"{many} show no clear change",
    )
