"""The table of who may do what is complete, and keeps its promises."""

import subprocess
import sys
from pathlib import Path

import pytest

from csplan.cycle import roles
from csplan.errors import CsplanError

#: CONTRACT: the roles an installation has.
CONTRACTED = "resident partner lead chair analyst performance equality manager board scrutiny auditor administrator".split()


def test_every_role_of_the_contract_is_there_and_no_other():
    assert list(roles.ROLES) == CONTRACTED


def test_every_action_has_words_and_known_roles():
    assert set(roles.ACTIONS) == set(roles.WORDS)
    known = set(roles.ROLES) | {roles.PUBLIC, roles.TERMINAL}
    assert all(allowed and allowed <= known for allowed in roles.ACTIONS.values())


def test_an_auditor_changes_nothing():
    assert not any(roles.may(action, {"auditor"}) for action in roles.ACTIONS)


def test_an_administrator_looks_after_accounts_and_approves_nothing():
    assert [a for a in roles.ACTIONS if roles.may(a, {"administrator"})] == ["membership.invite", "membership.end"]


@pytest.mark.parametrize("action", ["plan.agree", "reading.approve", "equality.sign", "evidence.decide", "plan.freeze"])
def test_the_terminal_may_not_approve_what_a_person_must(action):
    assert not roles.may(action, {roles.TERMINAL})


def test_a_refusal_says_who_may():
    with pytest.raises(CsplanError, match="You may not approve a reading here. Ask someone who may: performance."):
        roles.check_may("reading.approve", {"lead"})
    roles.check_may("reading.approve", {"lead", "performance"})


def test_author_and_approver_are_different_people():
    roles.check_different_people(1, 2, "a reading")
    with pytest.raises(CsplanError, match="You may not approve a reading that you wrote"):
        roles.check_different_people(1, 1, "a reading")


def test_the_page_of_the_documentation_is_the_table():
    tool = Path(__file__).resolve().parents[3] / "tools" / "roles_page.py"
    checked = subprocess.run([sys.executable, tool, "--check"], check=False)
    assert checked.returncode == 0, "run: python tools/roles_page.py"
