"""Indicators, deliverables and priorities as they are written: what each rule finds, and what it lets be."""

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from csplan.cycle import lint

GOOD_KPI = {
    "ref": "K1",
    "title": "Homes made safe in time",
    "kind": "outcome",
    "work_areas": ["1.2"],
    "polarity": "higher_better",
    "unit": "% of referrals",
    "per": 100,
    "numerator": "Referrals done within five working days",
    "denominator": "Referrals due in the quarter",
    "frequency": "quarterly",
    "lag_days": 31,
    "owner": "chair-1",
    "source": "Quarterly return",
    "baseline": 84,
    "target": 90,
    "monitor_only_reason": "",
}
PLAN = (date(2020, 4, 1), date(2025, 3, 31))
GOOD_DELIVERABLE = {
    "ref": "1.2.1",
    "title": "Refer homes for stronger locks",
    "work_areas": ["1.2"],
    "lead": "Head of Community Safety",
    "group": "sub-group-1",
    "due": date(2021, 3, 31),
    "evidence": "record",
    "why": "",
}


def kpi(**other):
    return [f.rule for f in lint.kpi({**GOOD_KPI, **other})]


def deliverable(names=(), **other):
    return [f.rule for f in lint.deliverable({**GOOD_DELIVERABLE, **other}, plan_days=PLAN, names=names)]


def test_what_is_well_written_has_nothing_to_mend():
    assert kpi() == [] and deliverable() == []
    assert lint.priority({"ref": "1", "title": "Be safe"}, [{"kind": "output"}, {"kind": "outcome"}]) == ()


@pytest.mark.parametrize(
    ("other", "rules"),
    [
        # a share without one of its parts; a plain count needs none
        ({"numerator": ""}, ["K1"]),
        ({"denominator": " "}, ["K1"]),
        ({"per": 1, "numerator": "", "denominator": ""}, []),
        ({"unit": ""}, ["K2"]),
        # polarity: unknown; neither way without and with its reason; a band without and with its edges
        ({"polarity": "up"}, ["K3"]),
        ({"polarity": "more_reporting", "target": None, "monitor_only_reason": "Watched."}, ["K3"]),
        ({"polarity": "more_reporting", "polarity_reason": "Asked for.", "target": None, "monitor_only_reason": "Watched."}, []),
        ({"polarity": "band", "target": None, "monitor_only_reason": "Watched.", "band_low": 28}, ["K3"]),
        ({"polarity": "band", "target": None, "monitor_only_reason": "Watched.", "band_low": 0, "band_high": 40}, []),
        # no baseline; a baseline of zero is one
        ({"baseline": None}, ["K4"]),
        ({"baseline": 0}, []),
        # neither target nor reason; both; only watched
        ({"target": None}, ["K5"]),
        ({"monitor_only_reason": "Watched."}, ["K5"]),
        ({"target": None, "monitor_only_reason": "Watched."}, []),
        ({"owner": None}, ["K6"]),
        # names that can be read in two ways, and what settles them
        ({"title": "Fires"}, ["K7"]),
        ({"title": "Deliberate secondary fires"}, []),
        ({"title": "Incidents in the quarter"}, ["K7"]),
        ({"title": "Hate incidents reported"}, []),
        ({"title": "Repeat burglary"}, ["K7"]),
        ({"title": "Repeat burglary within a year"}, []),
        ({"title": "Fireside talks"}, []),
        # lag: not said; below, on and above the time between reviews; above and marked; yearly
        ({"lag_days": None}, ["K8"]),
        ({"lag_days": 91}, []),
        ({"lag_days": 92}, []),
        ({"lag_days": 93}, ["K8"]),
        ({"lag_days": 93, "caveat": "Known three months late."}, []),
        ({"lag_days": 366, "frequency": "yearly"}, []),
        ({"lag_days": 367, "frequency": "yearly"}, ["K8"]),
        # what is neither good nor bad has no target
        ({"polarity": "demand_only", "polarity_reason": "It counts calls."}, ["K9"]),
        ({"kind": "hope"}, ["K10"]),
        ({"work_areas": []}, ["K11"]),
        ({"source": ""}, ["K12"]),
    ],
)
def test_an_indicator(other, rules):
    assert kpi(**other) == rules


@pytest.mark.parametrize(
    ("other", "rules"),
    [
        ({"lead": None}, ["D1"]),
        ({"lead": " "}, ["D1"]),
        # nobody in particular
        ({"lead": "All"}, ["D2"]),
        ({"lead": "All partners"}, ["D2"]),
        ({"lead": "Partners"}, ["D2"]),
        ({"lead": "Various agencies"}, ["D2"]),
        # two at once
        ({"lead": "Police and council"}, ["D2"]),
        ({"lead": "Police / council"}, ["D2"]),
        ({"lead": "Police & council"}, ["D2"]),
        ({"lead": "Fire and rescue service, with the council"}, ["D2"]),
        # one, whose name joins words
        ({"lead": "Fire and Rescue Service"}, []),
        ({"lead": "Chair, Being Safe and Feeling Safe Sub Group"}, []),
        ({"lead": "Director of Public Health"}, []),
        ({"lead": "Roads and Bridges Board"}, ["D2"]),
        # day: none; the day before, first day, last day, the day after; outside with its reason; as a form sends it
        ({"due": None}, ["D3"]),
        ({"due": date(2020, 3, 31)}, ["D4"]),
        ({"due": date(2020, 4, 1)}, []),
        ({"due": date(2025, 3, 31)}, []),
        ({"due": date(2025, 4, 1)}, ["D4"]),
        ({"due": date(2025, 4, 1), "why": "The building opens then."}, []),
        ({"due": "2025-04-01"}, ["D4"]),
        ({"evidence": ""}, ["D5"]),
        ({"group": ""}, ["D6"]),
        ({"work_areas": []}, ["D7"]),
    ],
)
def test_a_deliverable(other, rules):
    assert deliverable(**other) == rules


def test_a_name_that_the_partnership_knows_is_one_lead():
    assert deliverable(names=("Roads and Bridges Board",), lead="Roads and Bridges Board") == []
    assert deliverable(names=("Roads and Bridges Board",), lead="Roads and Bridges Board and police") == ["D2"]


def test_without_the_days_of_the_plan_no_day_is_looked_at():
    assert lint.deliverable({**GOOD_DELIVERABLE, "due": date(1999, 1, 1)}) == ()


@pytest.mark.parametrize(("kinds", "rules"), [([], ["P1"]), (["output", "input"], ["P2"]), (["output", "outcome"], [])])
def test_a_priority_is_measured_by_what_changed_for_people(kinds, rules):
    assert [f.rule for f in lint.priority({"ref": "1"}, [{"kind": k} for k in kinds])] == rules


def test_every_rule_is_whole_and_each_is_found_by_a_row_above():
    assert len({r.id for r in lint.RULES}) == len(lint.RULES)
    for rule in lint.RULES:
        assert rule.about in lint.ABOUT and rule.severity in lint.SEVERITIES
        assert rule.title and rule.what_to_do.endswith(".")
    tables = [m.args[1] for t in (test_an_indicator, test_a_deliverable, test_a_priority_is_measured_by_what_changed_for_people)
              for m in t.pytestmark if m.name == "parametrize"]  # fmt: skip
    assert {rule for rows in tables for row in rows for rule in row[1]} == {r.id for r in lint.RULES}


def test_a_finding_says_what_is_wrong_and_what_to_do():
    [found] = lint.kpi({**GOOD_KPI, "title": "Fires"})
    assert (found.about, found.ref, found.severity) == ("kpi", "K1", "should")
    assert found.words == "Its name says “fires”, which readers take in two ways. Set on purpose, or by accident?"
    assert found.what_to_do == "Put the answer into the name."


def test_the_page_of_the_documentation_is_the_table():
    tool = Path(__file__).resolve().parents[3] / "tools" / "lint_page.py"
    checked = subprocess.run([sys.executable, tool, "--check"], check=False)
    assert checked.returncode == 0, "run: python tools/lint_page.py"
