"""The page of the states of a plan is what the table says."""

import subprocess
import sys
from pathlib import Path

from csplan.cycle import plan_states

ROOT = Path(__file__).resolve().parents[3]


def test_the_page_of_the_documentation_is_the_table():
    checked = subprocess.run([sys.executable, ROOT / "tools" / "plan_states_page.py", "--check"], check=False)
    assert checked.returncode == 0, "run: python tools/plan_states_page.py"


def test_every_state_and_every_act_is_on_it():
    page = (ROOT / "docs" / "plan-states.md").read_text(encoding="utf-8")
    assert "```mermaid" in page
    for state, meaning in plan_states.STATES.items():
        assert f"| {state} | {meaning} |" in page
    for after in plan_states.MAY_FOLLOW.values():
        assert all(f"{state} ({act})" in page for state, act in after.items())
