"""The statutory duties of a community safety partnership, as at a day: the one name under which the law is asked.

The rules are rows in `csplan.cycle.law`, one file for each instrument; what they read is in `csplan.cycle.duty_facts`.
"""

from csplan.cycle.law import NOT_TESTED, RULES, evaluate, summary, unmet_duties
from csplan.cycle.law.assessment import ASSESSMENT_BLOCKS
from csplan.cycle.law.kept import KEPT
from csplan.cycle.law.rule import JURISDICTIONS, SEVERITIES, STATUSES, Finding, Outcome, Rule

__all__ = [
    "ASSESSMENT_BLOCKS",
    "JURISDICTIONS",
    "KEPT",
    "NOT_TESTED",
    "RULES",
    "SEVERITIES",
    "STATUSES",
    "Finding",
    "Outcome",
    "Rule",
    "evaluate",
    "summary",
    "unmet_duties",
]
