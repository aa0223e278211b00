"""Invitations and the ends of roles: who may, once, in time, and nobody for themselves."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import User

from csplan.cycle import clock, roles
from csplan.errors import CsplanError
from csplan.evidence import proposal
from csplan.evidence.areas import tables
from csplan.records import acting, audit
from csplan.records.actions import invitation, membership
from csplan.records.actions import partnership as partnerships
from csplan.records.models import AuditEvent, Invitation, Membership, Partnership
from csplan.records.reading import people
from csplan.records.story import files

FOLDER = Path(__file__).resolve().parents[3] / "partnerships" / "county-durham"
KEEPER = "terminal:keeper"
PASSWORD = "three plain words here"


@pytest.fixture(autouse=True)
def day(settings) -> Iterator[None]:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    with clock.at(clock.parse("2019-12-02")):
        yield


@pytest.fixture
def founded(db: None) -> Partnership:
    return partnerships.found(described=files.read(FOLDER, "partnership.toml"), by=KEEPER)


def held(founded: Partnership, username: str, role: str) -> User:
    return membership.invite(
        partnership=founded, username=username, person=f"The {role}", role=role, password_hash="!", by=KEEPER
    ).user


def offer(founded: Partnership, by: acting.By = KEEPER, role: str = "analyst") -> invitation.Made:
    return invitation.make(partnership=founded, role=role, person="The analyst", by=by)


def test_every_area_of_the_tables_can_be_founded(db):
    for n, code in enumerate(sorted(tables.districts())):
        described = proposal.propose(code, slug=f"p-{n}", on=date(2026, 11, 25)).described
        founded = partnerships.found(described=described, by=KEEPER)
        assert founded.bodies.count() == len(described["bodies"]), code
    assert Partnership.objects.count() == 318 and audit.verify() == []


@pytest.mark.parametrize(
    ("role", "may"),
    [(role, roles.may("membership.invite", [role])) for role in roles.ROLES if role not in ("resident", "partner")],
)
def test_managers_and_administrators_invite_and_nobody_else(founded, role, may):
    person = held(founded, "someone", role)
    assert may == (role in ("manager", "administrator"))
    if may:
        assert offer(founded, person).invitation.made_by == person
    else:
        with pytest.raises(CsplanError, match="You may not invite people here"):
            offer(founded, person)
        assert not Invitation.objects.exists()


def test_the_code_is_kept_nowhere(founded):
    made = offer(founded)
    kept = repr(list(Invitation.objects.values())) + repr(list(AuditEvent.objects.values()))
    assert made.code not in kept and made.code.replace("-", "") not in kept
    assert len(made.code) == 19 and offer(founded).code != made.code


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"role": "king"}, "role"),
        ({"role": "resident"}, "role"),
        ({"person": "   "}, "person"),
        ({"person": "x" * 201}, "person"),
        ({"role": "partner"}, "body"),  # without a body
    ],
)
def test_an_offer_that_cannot_be_made_says_why_at_its_field(founded, told, field):
    with pytest.raises(invitation.Refused) as refused:
        invitation.make(**{"partnership": founded, "role": "analyst", "person": "The analyst", "by": KEEPER, **told})
    assert list(refused.value.problems) == [field]


@pytest.mark.parametrize("typed", [str, str.lower, lambda code: code.replace("-", " "), lambda code: code.replace("-", "")])
def test_a_code_is_read_as_people_type_it(founded, typed):
    made = offer(founded)
    given = invitation.take(code=typed(made.code), username="ann", password=PASSWORD)
    assert (given.role, given.person, given.user.get_username()) == ("analyst", "The analyst", "ann")
    assert given.user.check_password(PASSWORD)
    assert AuditEvent.objects.last().action == "membership.accept" and audit.verify() == []


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"taken": True}, "has been used"),
        ({"cancelled": True}, "was cancelled"),
        ({"expires_at": datetime.now(UTC) - timedelta(seconds=1)}, "is too old"),
        ({"code": "AAAA-BBBB-CCCC-DDDD"}, "No invitation has this code"),
        ({"code": ""}, "No invitation has this code"),
    ],
)
def test_a_code_that_cannot_be_taken_says_why(founded, change, words):
    made = offer(founded)
    if change.get("taken"):
        invitation.take(code=made.code, username="first", password=PASSWORD)
    if change.get("cancelled"):
        invitation.cancel(invitation=made.invitation, by=KEEPER)
    if "expires_at" in change:
        Invitation.objects.update(expires_at=change["expires_at"])
    with pytest.raises(invitation.NotTaken, match=words):
        invitation.take(code=change.get("code", made.code), username="ann", password=PASSWORD)
    assert not User.objects.filter(username="ann").exists()


def test_how_long_it_holds_is_told_by_the_machines_clock_whatever_day_it_is_here(founded):
    made = offer(founded)
    with clock.at(clock.parse("2035-01-01")):
        assert invitation.take(code=made.code, username="ann", password=PASSWORD).role == "analyst"


@pytest.mark.parametrize(
    ("username", "password", "field"),
    [
        ("", PASSWORD, "username"),
        ("two words", PASSWORD, "username"),
        ("x" * 151, PASSWORD, "username"),
        ("TAKEN", PASSWORD, "username"),  # whatever its letters
        ("ann", "", "password"),
        ("ann", "elevenchars", "password"),  # one below
        ("ann", "passwordpassword", None),
        ("ann", "qwertyuiop123", "password"),  # common
        ("annabel-lee-1849", "annabel-lee-1849", "password"),  # like the user name
        ("ann", "twelve chars", None),  # on
    ],
)
def test_user_name_and_password_are_checked_each_at_its_field(founded, username, password, field):
    held(founded, "taken", "auditor")
    made = offer(founded)
    if field is None:
        assert invitation.take(code=made.code, username=username, password=password).role == "analyst"
        return
    with pytest.raises(invitation.Refused) as refused:
        invitation.take(code=made.code, username=username, password=password)
    assert list(refused.value.problems) == [field]
    assert Invitation.objects.get().taken_at is None


def test_an_account_that_is_held_takes_the_role(founded):
    auditor = held(founded, "ann", "auditor")
    invitation.take(code=offer(founded).code, user=auditor)
    assert {m.role for m in people.held(founded, viewer=auditor, at=clock.now())} == {"auditor", "analyst"}


def test_nobody_invites_themselves(founded):
    administrator = held(founded, "ada", "administrator")
    made = offer(founded, administrator, role="manager")
    with pytest.raises(invitation.NotTaken, match="Nobody gives themselves a role"):
        invitation.take(code=made.code, user=administrator)
    assert Invitation.objects.get().taken_at is None and not Membership.objects.filter(role="manager").exists()


def test_a_role_that_is_held_is_not_taken_twice_and_the_code_stays(founded):
    ann = held(founded, "ann", "analyst")
    made = offer(founded)
    with pytest.raises(CsplanError, match="already holds the role analyst"):
        invitation.take(code=made.code, user=ann)
    assert Invitation.objects.get().taken_at is None


def test_what_was_taken_is_not_cancelled_and_what_was_cancelled_is_not_again(founded):
    made, other = offer(founded), offer(founded)
    invitation.take(code=made.code, username="ann", password=PASSWORD)
    with pytest.raises(CsplanError, match="has been taken. End the role instead"):
        invitation.cancel(invitation=made.invitation, by=KEEPER)
    invitation.cancel(invitation=other.invitation, by=KEEPER)
    with pytest.raises(CsplanError, match="cancelled already"):
        invitation.cancel(invitation=other.invitation, by=KEEPER)


# ---- the ends of roles ----------------------------------------------------------------------------


def role_of(user: User) -> Membership:
    return Membership.objects.get(user=user)


def test_a_manager_ends_a_role_and_it_is_gone_at_once(founded):
    manager, ann = held(founded, "max", "manager"), held(founded, "ann", "analyst")
    membership.end(membership=role_of(ann), by=manager)
    assert acting.who(ann, founded).roles == frozenset()
    assert [m.person for m in people.ended(founded, viewer=manager, at=clock.now())] == ["The analyst"]
    with pytest.raises(CsplanError, match="has ended already"):
        membership.end(membership=role_of(ann), by=manager)


def test_nobody_ends_a_role_of_their_own(founded):
    manager, _other = held(founded, "max", "manager"), held(founded, "mia", "manager")
    with pytest.raises(CsplanError, match="a role of your own"):
        membership.end(membership=role_of(manager), by=manager)


def test_the_last_manager_stays(founded):
    ada, max_, mia = held(founded, "ada", "administrator"), held(founded, "max", "manager"), held(founded, "mia", "manager")
    membership.end(membership=role_of(max_), by=ada)
    with pytest.raises(CsplanError, match="This is the last manager"):
        membership.end(membership=role_of(mia), by=ada)
    assert acting.who(mia, founded).roles == {"manager"}


def test_a_manager_whose_account_is_closed_does_not_count(founded):
    ada, max_, mia = held(founded, "ada", "administrator"), held(founded, "max", "manager"), held(founded, "mia", "manager")
    User.objects.filter(pk=mia.pk).update(is_active=False)
    with pytest.raises(CsplanError, match="This is the last manager"):
        membership.end(membership=role_of(max_), by=ada)


@pytest.mark.parametrize("role", ["analyst", "board", "auditor", "lead"])
def test_others_end_no_role(founded, role):
    someone, ann = held(founded, "someone", role), held(founded, "ann", "performance")
    with pytest.raises(CsplanError, match="You may not end a person’s role here"):
        membership.end(membership=role_of(ann), by=someone)


def test_a_role_that_ended_can_be_given_again(founded):
    manager, ann = held(founded, "max", "manager"), held(founded, "ann", "analyst")
    membership.end(membership=role_of(ann), by=manager)
    invitation.take(code=offer(founded, manager).code, user=ann)
    assert acting.who(ann, founded).roles == {"analyst"} and role_of(ann).to_at is None
    told = [(e.action, e.detail.get("ended", False)) for e in AuditEvent.objects.filter(subject_ref="ann")]
    assert told == [("membership.invite", False), ("membership.end", True)]
    assert AuditEvent.objects.last().detail["username"] == "ann"
