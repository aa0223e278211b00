"""The register of a partnership changes only by its manager, and keeps what it was."""

from datetime import date
from pathlib import Path

import pytest

from csplan.cycle import clock
from csplan.errors import CsplanError
from csplan.records.actions import membership, partnership
from csplan.records.models import AuditEvent, Partnership
from csplan.records.story import files

FOLDER = Path(__file__).resolve().parents[3] / "partnerships" / "county-durham"
KEEPER = "terminal:keeper"
DAY = date(2026, 4, 1)


@pytest.fixture(autouse=True)
def day():
    with clock.at(clock.parse("2026-11-23")):
        yield


@pytest.fixture
def founded(db: None) -> Partnership:
    return partnership.found(described=files.read(FOLDER, "partnership.toml"), by=KEEPER)


def person(founded, role):
    return membership.invite(partnership=founded, username=role, person="P", role=role, password_hash="!", by=KEEPER).user


def test_a_body_is_entered_with_its_days_and_a_short_name_of_its_own(founded):
    manager = person(founded, "manager")
    body = partnership.add_body(partnership=founded, name="A second fire authority", kind="fire", from_on=DAY, by=manager)
    assert (body.code, body.category, body.from_on) == ("fire-2", "responsible authority", DAY)
    assert AuditEvent.objects.last().action == "partnership.describe"


def test_a_body_ends_on_a_day_and_stays_in_the_register(founded):
    manager, fire = person(founded, "manager"), founded.bodies.get(code="fire")
    assert partnership.end_body(body=fire, to_on=DAY, by=manager).to_on == DAY
    with pytest.raises(CsplanError, match="last day is before its first"):
        partnership.end_body(body=fire, to_on=date(2003, 3, 31), by=manager)


def test_there_is_one_board(founded):
    manager = person(founded, "manager")
    with pytest.raises(CsplanError, match="There is a board already"):
        partnership.add_group(partnership=founded, name="Another", kind="board", by=manager)
    group = partnership.add_group(partnership=founded, name="Night-time economy", kind="sub-group", quorum=3, by=manager)
    assert (group.slug, group.quorum, group.is_strategy_group) == ("sub-group", 3, False)
    assert partnership.set_quorum(group=group, quorum=None, by=manager).quorum is None


def test_an_office_belongs_to_a_body_of_the_partnership(founded, db):
    manager, board = person(founded, "manager"), founded.groups.get(slug="board")
    fire = founded.bodies.get(code="fire")
    office = partnership.add_office(
        partnership=founded, title="Chief Fire Officer", body=fire, group=board, from_on=DAY, by=manager
    )
    assert office.slug == "chief-fire-officer" and office.group == board
    other = partnership.found(described={"partnership": _other()}, by=KEEPER)
    with pytest.raises(CsplanError, match="belongs to another partnership"):
        partnership.add_office(partnership=other, title="X", body=fire, group=None, from_on=DAY, by=KEEPER)


def _other():
    told = files.read(FOLDER, "partnership.toml")["partnership"]
    return {**told, "slug": "other"}


@pytest.mark.parametrize("role", ["analyst", "administrator", "board", "lead", "auditor"])
def test_nobody_but_a_manager_describes_the_partnership(founded, role):
    with pytest.raises(CsplanError, match="You may not change how the partnership is set up"):
        partnership.add_body(partnership=founded, name="X", kind="fire", from_on=DAY, by=person(founded, role))


@pytest.mark.parametrize(
    ("told", "words"),
    [({"kind": "king"}, "is not a kind of body"), ({"kind": "fire", "to_on": date(2026, 3, 31)}, "last day is before its first")],
)
def test_a_body_that_cannot_be_is_refused(founded, told, words):
    with pytest.raises(CsplanError, match=words):
        partnership.add_body(partnership=founded, name="X", from_on=DAY, by=KEEPER, **told)
