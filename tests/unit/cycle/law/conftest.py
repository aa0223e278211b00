"""A small partnership on a day, and the one question that every table of these tests asks."""

from dataclasses import replace
from datetime import date

import pytest

from csplan.cycle import duties
from csplan.cycle.duty_facts import Authority, Evidence, Facts

REGISTER = Evidence("The register", "/here/about/")
KINDS = ("council", "police", "fire", "health", "probation")


@pytest.fixture
def partnership():
    """A unitary area in England with one body of every kind, and nothing else."""
    bodies = tuple(Authority(k, k.title(), date(2013, 4, 1), None, REGISTER, k) for k in KINDS)
    return Facts("unitary", False, date(2009, 4, 1), date(2013, 4, 1), REGISTER, authorities=bodies)


@pytest.fixture
def find(partnership):
    """find(rule, day, **changes to the partnership) -> what the rule finds."""

    def found(rule, on, **changes):
        outcomes = duties.evaluate(replace(partnership, **changes), date.fromisoformat(on))
        return next(o.finding for o in outcomes if o.rule.id == rule)

    return found


@pytest.fixture
def check(find):
    """check(row) for a row of (rule, day, changes, status, words): the finding is that, in those words."""

    def checked(rule, on, changes, status, words):
        found = find(rule, on, **changes)
        assert found.status == status, found.reason
        assert words in found.reason and found.reason.endswith(".")
        assert (status == "not met") <= bool(found.would_meet)

    return checked


@pytest.fixture
def complete():
    """complete(rows, rules): every rule is shown met, and shown at least once otherwise."""

    def checked(rows, rules):
        shown = {rule.id: {row[3] for row in rows if row[0] == rule.id} for rule in rules}
        lacking = {id for id, statuses in shown.items() if "met" not in statuses or len(statuses) < 2}
        assert not lacking

    return checked
