"""How an indicator is judged."""

from datetime import date

import pytest

from csplan.cycle import kpi
from csplan.errors import CsplanError


@pytest.mark.parametrize(
    ("low", "high", "target", "polarity", "verdict"),
    [
        (127, 170, 170, "lower_better", "will_meet"),  # the whole range at or under
        (127, 171, 170, "lower_better", "may_meet"),
        (171, 261, 170, "lower_better", "will_miss"),
        (90, 99, 90, "higher_better", "will_meet"),
        (80, 89, 90, "higher_better", "will_miss"),
        (80, 91, 90, "higher_better", "may_meet"),
        (None, None, 90, "higher_better", "may_meet"),  # no range yet
        (1, 2, None, "lower_better", "no_target"),
        (1, 2, 3, "more_reporting", "no_target"),  # an ambiguous count has no target to miss
    ],
)
def test_a_target_is_held_against_the_usual_range(low, high, target, polarity, verdict):
    assert kpi.target_verdict(low=low, high=high, target=target, polarity=polarity, is_monitored_only=False) == verdict
    assert verdict in kpi.TARGET_VERDICTS


def test_a_watched_indicator_has_no_verdict_on_a_target():
    assert kpi.target_verdict(low=1, high=2, target=1, polarity="lower_better", is_monitored_only=True) == "monitor_only"


@pytest.mark.parametrize("polarity", sorted(set(kpi.POLARITIES) - kpi.JUDGED))
def test_an_ambiguous_count_is_never_called_bad(polarity):
    assert kpi.is_bad(polarity, "up") is None and kpi.is_bad(polarity, "down") is None


def test_the_bad_way_follows_the_polarity():
    assert kpi.is_bad("lower_better", "up") and not kpi.is_bad("lower_better", "down")
    assert kpi.is_bad("higher_better", "down") and not kpi.is_bad("higher_better", "up")


def test_a_return_is_due_a_month_after_its_period():
    assert kpi.due_on("2025/26 Q3") == date(2026, 1, 31)


@pytest.mark.parametrize(
    ("numerator", "denominator", "value", "per", "unit", "refusal"),
    [
        (300, 260, 115.4, 100, "% of people", "300 of 260 is more than the whole"),
        (None, None, 101, 100, "% of people", "between 0 and 100"),
        (None, None, -1, 100, "% of people", "between 0 and 100"),
        (None, None, 180.5, 1, "fires", "a whole number"),
        (None, None, -1, 1, "fires", "a whole number"),
    ],
)
def test_what_cannot_be_is_refused(numerator, denominator, value, per, unit, refusal):
    with pytest.raises(CsplanError, match=refusal):
        kpi.check_possible(numerator, denominator, value, per=per, unit=unit)


def test_what_can_be_is_taken():
    for whole in (0, 100):
        kpi.check_possible(None, None, whole, per=100, unit="% of people")
    kpi.check_possible(260, 260, 100, per=100, unit="% of people")
    kpi.check_possible(None, None, 180, per=1, unit="fires")
    kpi.check_possible(None, None, 41.2, per=100000, unit="per 100,000 children")


def test_a_value_must_follow_from_its_parts():
    kpi.check_values(83, 100, 83.0, per=100)
    kpi.check_values(1, 3, 33.3, per=100)
    kpi.check_values(None, None, 12, per=1)
    with pytest.raises(CsplanError, match="The value 84 does not agree with 83 out of 100, which gives 83.0"):
        kpi.check_values(83, 100, 84, per=100)
    with pytest.raises(CsplanError, match="greater than zero"):
        kpi.check_values(1, 0, 1, per=1)
