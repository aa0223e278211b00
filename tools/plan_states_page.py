"""Write docs/plan-states.md: the states of a version of a plan, from the one table in `csplan/cycle/plan_states.py`.

python tools/plan_states_page.py            writes the page
python tools/plan_states_page.py --check    says whether it is up to date (exit code 1 when not)
"""

import sys
from pathlib import Path

from csplan.cycle import plan_states

PAGE = Path(__file__).resolve().parents[1] / "docs" / "plan-states.md"

HEAD = """# The states of a plan

A plan is written in versions. Each version stands in one of these states on any day, worked out from when things happened to it;
nobody sets a state by hand. A version that is frozen never changes: what is to be said otherwise is said in the next version.
The page of a plan's versions shows the states that each passed through.

Written by `tools/plan_states_page.py` from `csplan/cycle/plan_states.py`; do not edit.

## What may follow what

"""

STATES_HEAD = """
## Each state

| state | what it means | what may follow, and by which act |
| --- | --- | --- |
"""


def page() -> str:
    """The whole page: the chart, then the table that it is drawn from."""
    chart = f"```mermaid\n{plan_states.chart()}\n```\n"
    return HEAD + chart + STATES_HEAD + "".join(_row(*row) for row in plan_states.rows())


def _row(state: str, meaning: str, may_follow: dict[str, str]) -> str:
    after = "; ".join(f"{name} ({act})" for name, act in may_follow.items()) or "nothing: it stays as it is"
    return f"| {state} | {meaning} | {after} |\n"


def main() -> None:
    """Write the page, or check it."""
    if "--check" in sys.argv:
        sys.exit(not PAGE.exists() or PAGE.read_text(encoding="utf-8") != page())
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
