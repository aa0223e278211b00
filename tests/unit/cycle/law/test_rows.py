"""The table of the law itself: every row is whole, dated and in order, and a finding keeps its promises."""

import re
import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from csplan.cycle import duties
from csplan.cycle.duty_facts import Authority, ConsultationHeld, Evidence, Kept, Recommendation
from csplan.cycle.law import rule as rules

IDS = [rule.id for rule in duties.RULES]


@pytest.mark.parametrize("rule", duties.RULES, ids=IDS)
def test_every_row_is_whole(rule):
    assert rule.instrument and rule.clause and rule.applies_when and rule.verified_by
    assert rule.title and not rule.title.endswith(".") and rule.summary.endswith(".")
    assert rule.severity in duties.SEVERITIES and rule.jurisdictions in duties.JURISDICTIONS
    assert rule.to_on is None or rule.from_on <= rule.to_on
    assert rule.listed_from is None or rule.listed_from < rule.from_on
    assert re.fullmatch(r"[A-Z]+\d*[A-Za-z]*(-[A-Z0-9]+[a-z]?)*", rule.id)


@pytest.mark.parametrize("rule", duties.RULES, ids=IDS)
def test_what_no_source_shows_is_advisory(rule):
    assert rule.advisory or rule.verified_by != rules.NOT_READ


def test_no_name_is_used_twice():
    assert len(set(IDS)) == len(IDS)


def test_the_rows_of_one_instrument_stand_together():
    instruments = [rule.instrument for rule in duties.RULES]
    seen = [name for i, name in enumerate(instruments) if i == 0 or instruments[i - 1] != name]
    assert len(seen) == len(set(seen))


@pytest.mark.parametrize("rule", duties.RULES, ids=IDS)
def test_a_rule_is_listed_from_its_first_day(partnership, rule):
    here = replace(partnership, jurisdiction="wales" if rule.jurisdictions == "wales" else "england")
    first = rule.listed_from or rule.from_on
    assert rule.id in {o.rule.id for o in duties.evaluate(here, first)}
    assert rule.id not in {o.rule.id for o in duties.evaluate(here, first - timedelta(days=1))}


def test_a_rule_is_listed_until_its_last_day():
    ended = replace(duties.RULES[0], to_on=date(2012, 11, 21))
    assert ended.is_listed(date(2012, 11, 21)) and not ended.is_listed(date(2012, 11, 22))


@pytest.mark.parametrize("jurisdiction", ["england", "wales"])
def test_each_country_hears_of_the_other_only_that_it_does_not_apply(partnership, jurisdiction):
    other = {"england": "wales", "wales": "england"}[jurisdiction]
    outcomes = duties.evaluate(replace(partnership, jurisdiction=jurisdiction), date(2024, 6, 1))
    theirs = [o for o in outcomes if o.rule.jurisdictions == other]
    assert theirs and {o.finding.status for o in theirs} == {"not applicable"}


def test_a_duty_that_is_not_met_says_what_would_meet_it():
    with pytest.raises(ValueError, match="what would meet it"):
        rules.Finding("not met", "No.")
    with pytest.raises(ValueError, match="no status"):
        rules.Finding("perhaps", "Who knows.")


@pytest.mark.parametrize("what", duties.KEPT)
def test_everything_that_can_be_stated_is_read_by_a_rule(partnership, what):
    """A statement of the day changes what some rule finds."""
    day = date(2024, 6, 1)
    evidence = Evidence("It", "/it/")
    everyone = frozenset(a.code for a in partnership.authorities)
    due = {"due_on": day, "done_on": day}
    stated = Kept(what, "It", day, evidence, parties=everyone, **due)
    asked = ConsultationHeld("Say", date(2024, 1, 1), date(2024, 5, 1), frozenset(), evidence, draft_frozen_on=date(2024, 1, 1))
    second = Authority("probation", "Another provider", date(2014, 6, 1), None, evidence, "another")
    # one area for each kind of duty that applies to some areas only
    areas = (
        replace(partnership, consultations=(replace(asked, closes_on=day),)),
        replace(partnership, consultations=(asked,)),
        replace(partnership, jurisdiction="wales"),
        replace(partnership, tier="two-tier", unitary_since=None),
        replace(partnership, is_combined=True),
        replace(partnership, authorities=(*partnership.authorities, second)),
        replace(partnership, recommendations=(Recommendation("It", date(2024, 1, 9), None, None, evidence),)),
    )
    assert any(duties.evaluate(replace(a, kept=(stated,)), day) != duties.evaluate(a, day) for a in areas)


def test_the_page_beside_the_program_says_the_same():
    tool = Path(__file__).resolve().parents[4] / "tools" / "law_page.py"
    checked = subprocess.run([sys.executable, str(tool), "--check"], check=False)
    assert checked.returncode == 0, "run: python tools/law_page.py"
