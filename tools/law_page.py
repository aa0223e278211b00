"""Write docs/law.md: every rule of the law as the program tests it, from the table in `csplan/cycle/law`.

python tools/law_page.py            writes the page
python tools/law_page.py --check    says whether it is up to date (exit code 1 when not)
"""

import sys
from itertools import groupby
from pathlib import Path

from csplan.cycle import calendar, duties

PAGE = Path(__file__).resolve().parents[1] / "docs" / "law.md"

HEAD = """# The law as dated data

What the program tests, rule by rule, in the order of the law. A rule is asked as at a day and reads only what was held by then. It
answers: met; not met, with what would meet it; not applicable, with the reason; or unknown, where nothing held shows it.

This is a checklist, not legal advice. *Advisory* marks a rule that rests on law recalled, or on a page that no lawyer has read for
us: it never says “unlawful”. *Good practice* is no duty in law: not following it is a warning.

Written by `tools/law_page.py` from `csplan/cycle/law`; do not edit.
"""

KEPT = """
## What a partnership may state in `kept.toml`

Documents and appointments that are kept elsewhere, in `partnerships/NAME/kept.toml`. Each stands under `[[kept]]` with `what`,
`title`, `from_on` and `url` (a public address), and where they apply `to_on`, `review_on`, `due_on`, `done_on`, `parties` (codes of
bodies in `partnership.toml`) and `parts`. On a day before `from_on` nothing of it shows.

```toml
[[kept]]
what = "information-sharing-protocol"
title = "Protocol on sharing information"
from_on = 2024-04-01
review_on = 2026-03-31
parties = ["council", "police", "fire", "health", "probation"]
parts = ["section-115", "data-protection-basis"]
url = "https://www.example.org/protocol"
```

| what | what it is |
| --- | --- |
"""


def page() -> str:
    """The whole page."""
    groups = groupby(duties.RULES, key=lambda rule: rule.instrument)
    tables = "".join(f"\n## {instrument}\n\n{TABLE}{''.join(map(row, rules))}" for instrument, rules in groups)
    kept = "".join(f"| `{what}` | {words} |\n" for what, words in duties.KEPT.items())
    besides = "".join(f"| {law} | {why} |\n" for law, why in duties.NOT_TESTED.items())
    untested = f"\n## What is not tested\n\n| law | why |\n| --- | --- |\n{besides}"
    return f"{HEAD}{tables}{untested}{KEPT}{kept}"


TABLE = "| rule | clause | what it asks | applies | in force | weight | checked |\n| --- | --- | --- | --- | --- | --- | --- |\n"


def row(rule: duties.Rule) -> str:
    """A rule as a line of its table."""
    weight = {"must": "duty", "practice": "good practice"}[rule.severity] + (", advisory" if rule.advisory else "")
    asks = f"**{rule.title}.** {rule.summary}"
    where = f"{rule.applies_when}; {duties.JURISDICTIONS[rule.jurisdictions]}"
    return f"| {rule.id} | {clause(rule)} | {asks} | {where} | {days(rule)} | {weight} | {rule.verified_by} |\n"


def clause(rule: duties.Rule) -> str:
    """Where it stands; in Wales too, when that is elsewhere."""
    if rule.wales is None or rule.wales.clause == rule.clause:
        return rule.clause
    return f"{rule.clause}; Wales: {rule.wales.clause}"


def days(rule: duties.Rule) -> str:
    """The days it is in force."""
    wales = rule.wales.from_on if rule.wales and rule.wales.from_on != rule.from_on else None
    there = f" (Wales {calendar.in_words(wales)})" if wales else ""
    last = f" to {calendar.in_words(rule.to_on)}" if rule.to_on else ""
    return f"from {calendar.in_words(rule.from_on)}{there}{last}"


def main() -> None:
    """Write the page, or check it."""
    if "--check" in sys.argv:
        sys.exit(not PAGE.exists() or PAGE.read_text(encoding="utf-8") != page())
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
