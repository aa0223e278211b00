"""An indicator that is computed: what its readings copy, when they show, and how a target is told whose day has gone."""

import pytest

from csplan.cycle import clock, periods
from csplan.errors import CsplanError
from csplan.records.actions import reading
from csplan.records.models import Reading
from csplan.records.reading import kpi
from csplan.records.story import Computed

NOW = "2026-04-20T10:00:00"


def two_years(computed_from):
    """Burglaries of 24 months: 200 a month with a little unrest, and 300 in the last."""
    if computed_from != "recorded-burglary.count":
        return
    for i, month in enumerate(periods.between("2024-01", "2025-12")):
        value = 300 if month == "2025-12" else 200 + 10 * (i % 3)
        yield Computed(month, value, value, None, None, None, f"{computed_from}/E06000047/{month}")


def latest(partnership, ref, *, when=NOW, viewer=None):
    return kpi.kpi(partnership, ref, viewer=viewer, at=clock.parse(when))["kpi"]["latest"]


def test_a_computed_reading_copies_the_observation(tell, person):
    partnership = tell("2026-04-20", two_years)
    told = kpi.kpi(partnership, "recorded-burglary", viewer=None, at=clock.parse(NOW))
    assert len(told["readings"]) == 24
    assert told["readings"][0]["observation"] == "recorded-burglary.count/E06000047/2025-12"
    assert told["readings"][0]["state"] == "final" and told["readings"][0]["signal"] == "outside"
    assert told["kpi"]["signal"] == {"kind": "outside", "direction": "up", "months": ["2025-12"]}
    assert told["kpi"]["chart_periods"][0] == "2024-01" and told["kpi"]["target_verdict"] == "will_miss"
    row = Reading.objects.get(period="2025-12")
    with pytest.raises(CsplanError, match="needs no approval"), clock.at(clock.parse(NOW)):
        reading.approve(reading=row, by=person("performance"))


def test_no_month_shows_before_it_was_published(tell):
    partnership = tell("2026-04-20", two_years)
    shown = kpi.kpi(partnership, "recorded-burglary", viewer=None, at=clock.parse("2026-02-28T23:59:59"))
    assert shown["readings"][0]["period"] == "2025-11"
    assert kpi.scorecard(partnership, viewer=None, at=clock.parse("2020-03-09"))["kpis"] == []


def test_a_target_whose_day_has_gone_is_told_in_the_past(tell):
    row = tell("2026-04-20", two_years)
    told = kpi.kpi(row, "recorded-burglary", viewer=None, at=clock.parse(NOW))["kpi"]
    assert told["target_is_example"] and told["target_is_past"]
    assert told["target_words"] == "The target of 170 was set for March 2026; the usual range lies on the wrong side of it."
    before = kpi.kpi(row, "recorded-burglary", viewer=None, at=clock.parse("2026-03-31T10:00:00"))["kpi"]
    assert "was set for" not in before["target_words"]
