"""Every action asks a permission of the one table, and every permission of the records has its action."""

import re
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser

from csplan.cycle import clock, roles
from csplan.errors import CsplanError
from csplan.records import acting
from csplan.records.actions import partnership as partnerships
from csplan.records.models import AuditEvent, Membership, Partnership
from csplan.records.reading import people
from csplan.records.story import files

ACTIONS = Path(acting.__file__).parent / "actions"
FOLDER = Path(__file__).resolve().parents[3] / "partnerships" / "county-durham"
KEEPER = "terminal:keeper"


@pytest.fixture
def founded(db: None) -> Partnership:
    with clock.at(clock.parse("2019-12-02")):
        return partnerships.found(described=files.read(FOLDER, "partnership.toml"), by=KEEPER)


def test_each_action_has_its_row_in_the_table_and_each_row_its_action():
    asked = {name for file in ACTIONS.glob("*.py") for name in re.findall(r'act\("([a-z_.]+)"', file.read_text())}
    assert asked == {name for name in roles.ACTIONS if not name.startswith("evidence.")}


def test_nothing_but_the_actions_saves():
    """Readings, papers, checks and stories change no record by themselves."""
    for file in ACTIONS.parent.rglob("*.py"):
        if ACTIONS not in file.parents and "migrations" not in file.parts and file.name != "audit.py":
            assert not re.search(r"\.save\(|objects\.create\(|bulk_create\(|\.delete\(\)", file.read_text()), file


def test_a_partnership_is_founded_from_its_file(founded):
    assert founded.bodies.count() == 11 and founded.groups.get(kind="scrutiny").name.startswith("Safer and Stronger")
    assert founded.offices.filter(group__is_strategy_group=True).count() >= 2
    assert AuditEvent.objects.get().subject_ref == "county-durham"


@pytest.mark.parametrize(
    ("slug", "by", "refusal"),
    [
        ("county-durham", KEEPER, "There is already a partnership “county-durham” here"),
        ("api", KEEPER, "begins addresses of the program itself"),
        ("another", roles.PUBLIC, "You may not set up a partnership here"),
    ],
)
def test_a_partnership_that_may_not_be_is_refused(founded, slug, by, refusal):
    told = files.read(FOLDER, "partnership.toml")
    told["partnership"]["slug"] = slug
    with clock.at(clock.parse("2019-12-03")), pytest.raises(CsplanError, match=refusal):
        partnerships.found(described=told, by=by)
    assert Partnership.objects.count() == 1


@pytest.mark.parametrize(
    ("role", "body", "refusal"),
    [("resident", None, "is not a role that a person can hold"), ("king", None, "is not a role"), ("partner", None, "Say which")],
)
def test_a_role_that_nobody_can_hold_is_not_given(founded, role, body, refusal):
    with clock.at(clock.parse("2019-12-03")), pytest.raises(CsplanError, match=refusal):
        invite(founded, "someone", role)


def invite(founded, username, role):
    from csplan.records.actions import membership

    return membership.invite(partnership=founded, username=username, person="P", role=role, password_hash="!", by=KEEPER)


def test_a_role_is_given_once(founded):
    with clock.at(clock.parse("2019-12-03")):
        invite(founded, "someone", "analyst")
        with pytest.raises(CsplanError, match="someone already holds the role analyst"):
            invite(founded, "someone", "analyst")
    assert Membership.objects.count() == 1


def test_who_is_not_signed_in_acts_as_the_public(founded):
    assert acting.who(AnonymousUser(), founded).roles == {roles.PUBLIC}


def test_only_a_named_person_decides_on_evidence(founded):
    with clock.at(clock.parse("2019-12-03")):
        invite(founded, "ann", "analyst")
        invite(founded, "leo", "lead")
        assert people.check_may_decide_on_evidence("ann", None).get_username() == "ann"
        with pytest.raises(CsplanError, match="Ask someone who may: analyst or manager"):
            people.check_may_decide_on_evidence("leo", "county-durham")
        with pytest.raises(CsplanError, match="There is no account “zed” here"):
            people.check_may_decide_on_evidence("zed", None)


def test_without_a_partnership_the_way_to_one_is_named(db):
    with pytest.raises(CsplanError, match="Run csplan demo"):
        people.the_partnership(None)
