"""People at the desk: invited by a code, taking it up, losing a role; and what of it stays secret."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.models import User
from django.test import Client

from csplan.cycle import clock, roles
from csplan.records.actions import invitation, membership
from csplan.records.actions import partnership as partnerships
from csplan.records.models import Invitation, Membership, Partnership
from csplan.records.story import files

FOLDER = Path(__file__).resolve().parents[2] / "partnerships" / "county-durham"
KEEPER = "terminal:keeper"
PASSWORD = "three plain words here"
PEOPLE, REGISTER = "/county-durham/desk/people/", "/county-durham/desk/partnership/"
INVITE = {"do": "invite", "role": "analyst", "person": "Community safety analyst", "body": ""}


@pytest.fixture(autouse=True)
def quick(settings: Any) -> Iterator[None]:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    with clock.at(clock.parse("2026-11-23")):
        yield


@pytest.fixture
def durham(db: None) -> Partnership:
    return partnerships.found(described=files.read(FOLDER, "partnership.toml"), by=KEEPER)


@pytest.fixture
def signed_in(durham: Partnership) -> Callable[..., Client]:
    """A browser of a person who holds a role."""

    def of(role: str, name: str | None = None) -> Client:
        told = {"username": name or role, "person": f"The {role}", "role": role, "password_hash": "!"}
        body = durham.bodies.get(code="police") if role == "partner" else None
        user = membership.invite(partnership=durham, **told, body=body, by=KEEPER).user
        browser = Client()
        browser.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return browser

    return of


def text(answer: Any) -> str:
    return answer.content.decode()


def made(durham: Partnership, role: str = "analyst", by: Any = KEEPER) -> str:
    return invitation.make(partnership=durham, role=role, person=f"The {role}", by=by).code


def test_a_manager_invites_prints_and_the_person_comes_in(signed_in, durham):
    manager = signed_in("manager")
    paper = manager.post(PEOPLE, INVITE)
    page = text(paper)
    [code] = re.findall(r'csp-sheet__code">([A-Z2-7-]{19})<', page)
    assert re.fullmatch(r"([A-Z2-7]{4}-){3}[A-Z2-7]{4}", code) and "testserver/accounts/invitation/" in page
    assert paper["Cache-Control"] == "private, no-store"
    assert code not in text(manager.get(PEOPLE)) and "Community safety analyst" in text(manager.get(PEOPLE))
    [link] = re.findall(r"http://testserver(/accounts/invitation/\?code=[A-Z2-7-]{19})", page)

    person = Client()
    offered = person.get(link)
    assert "Safe Durham Partnership" in text(offered) and "Community safety analyst" in text(offered)
    assert offered["Referrer-Policy"] == "strict-origin" and offered["Cache-Control"] == "private, no-store"
    sent = {"code": code, "do": "new", "username": "ann", "password": PASSWORD, "again": PASSWORD}
    assert person.post("/accounts/invitation/", sent)["Location"] == "/county-durham/desk/"
    assert "You now hold the role analyst here." in text(person.get("/county-durham/desk/"))
    assert "ann, since 23 November 2026" in text(manager.get(PEOPLE))
    assert "has been used" in text(Client().get(link))


def test_reading_the_link_takes_nothing(durham):
    code = made(durham)
    for _ in range(3):
        assert Client().get(f"/accounts/invitation/?code={code}").status_code == 200
    assert Invitation.objects.get().taken_at is None
    assert f"?code={code}" not in text(Client().get(f"/accounts/invitation/?code={code}"))  # no link on it repeats the code


def test_an_account_takes_a_second_role_by_its_password(durham):
    User.objects.create_user("ann", password=PASSWORD)
    browser, code = Client(), made(durham)
    wrong = browser.post("/accounts/invitation/", {"code": code, "do": "held", "login": "ann", "word": "another word here"})
    assert wrong.status_code == 422 and text(wrong).count("do not belong together") == 2
    taken = browser.post("/accounts/invitation/", {"code": code, "do": "held", "login": "ann", "word": PASSWORD})
    assert taken["Location"] == "/county-durham/desk/" and Membership.objects.get().user.get_username() == "ann"


def test_who_is_signed_in_takes_the_role_with_one_press(signed_in, durham):
    auditor, code = signed_in("auditor"), made(durham)
    page = text(auditor.get(f"/accounts/invitation/?code={code}"))
    assert "You are signed in as auditor." in page and "Choose" not in page
    assert auditor.post("/accounts/invitation/", {"code": code, "do": "mine"}).status_code == 302
    assert set(Membership.objects.values_list("role", flat=True)) == {"auditor", "analyst"}


def test_nobody_takes_with_an_account_that_is_not_signed_in(durham):
    answer = Client().post("/accounts/invitation/", {"code": made(durham), "do": "mine"})
    assert answer.status_code == 200 and Invitation.objects.get().taken_at is None


def test_who_made_an_invitation_does_not_take_it(signed_in, durham):
    administrator = signed_in("administrator")
    code = made(durham, role="manager", by=User.objects.get(username="administrator"))
    answer = administrator.post("/accounts/invitation/", {"code": code, "do": "mine"})
    assert answer.status_code == 422 and "Nobody gives themselves a role" in text(answer)


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"username": ""}, "username"),
        ({"username": "two words"}, "username"),
        ({"password": "short", "again": "short"}, "password"),
        ({"password": "qwertyuiop123", "again": "qwertyuiop123"}, "password"),
        ({"again": "something else"}, "again"),
        ({"do": "held", "login": "", "word": "x"}, "login"),
        ({"do": "held", "login": "x", "word": ""}, "word"),
    ],
)
def test_what_cannot_be_taken_is_said_at_its_field_and_no_password_comes_back(durham, sent, field):
    whole = {"code": made(durham), "do": "new", "username": "ann", "password": PASSWORD, "again": PASSWORD}
    answer = Client().post("/accounts/invitation/", {**whole, **sent})
    page = text(answer)
    assert answer.status_code == 422 and f'id="{field}-error"' in page and f'href="#{field}"' in page
    assert PASSWORD not in page and Invitation.objects.get().taken_at is None


@pytest.mark.parametrize(("sent", "words"), [({"code": ""}, "Type the code"), ({"code": "AAAA"}, "No invitation has this code")])
def test_a_code_that_is_none_is_said_at_its_field(durham, sent, words):
    answer = Client().post("/accounts/invitation/", sent)
    assert answer.status_code == 422 and text(answer).count(words) == 2


def test_guessing_is_locked_for_that_computer_and_no_code_is_written_down(durham):
    code, browser = made(durham), Client()
    for n in range(5):
        assert browser.get(f"/accounts/invitation/?code=AAAA-BBBB-CCCC-DDD{n + 2}").status_code == 422
    locked = browser.get(f"/accounts/invitation/?code={code}")
    assert locked.status_code == 429 and "Too many wrong codes" in text(locked) and code not in text(locked)
    assert Client(REMOTE_ADDR="192.0.2.7").get(f"/accounts/invitation/?code={code}").status_code == 200
    assert browser.get("/accounts/login/").status_code == 200  # signing in is another matter
    assert "DDD2" not in repr(list(AccessAttempt.objects.values()))


def test_coming_back_to_a_code_that_was_used_is_no_guess(durham):
    code, browser = made(durham), Client()
    invitation.take(code=code, username="ann", password=PASSWORD)
    for _ in range(6):
        assert "has been used" in text(browser.get(f"/accounts/invitation/?code={code}"))
    assert AccessAttempt.objects.count() == 0


def test_a_wrong_password_is_not_kept_with_the_attempt(durham):
    User.objects.create_user("ann", password=PASSWORD)
    sent = {"code": made(durham), "do": "held", "login": "ann", "word": "almost my password"}
    Client().post("/accounts/invitation/", sent)
    kept = repr(list(AccessAttempt.objects.values()))
    assert "almost" not in kept and sent["code"] not in kept and AccessAttempt.objects.count() == 1


def test_an_invitation_is_taken_back(signed_in, durham):
    manager, code = signed_in("manager"), made(durham)
    pk = Invitation.objects.get().pk
    assert manager.post(PEOPLE, {"do": "cancel", "invitation": pk})["Location"] == PEOPLE
    assert "was cancelled" in text(Client().get(f"/accounts/invitation/?code={code}"))
    assert "Cancelled" in text(manager.get(PEOPLE))


def test_a_role_that_is_ended_opens_nothing_at_the_next_page(signed_in):
    manager, analyst = signed_in("manager"), signed_in("analyst")
    assert analyst.get("/county-durham/desk/").status_code == 200
    pk = Membership.objects.get(role="analyst").pk
    assert "End the role analyst of The analyst?" in text(manager.get(f"{PEOPLE}{pk}/end/"))
    assert Membership.objects.get(pk=pk).to_at is None  # asking ends nothing
    assert manager.post(f"{PEOPLE}{pk}/end/")["Location"] == PEOPLE
    assert analyst.get("/county-durham/desk/").status_code == 404  # in the session that was open
    assert "The analyst, analyst (analyst), until" in text(manager.get(PEOPLE))


def test_nobody_ends_their_own_role_and_the_last_manager_stays(signed_in):
    manager, administrator = signed_in("manager"), signed_in("administrator")
    pk = Membership.objects.get(role="manager").pk
    assert "You may not end a role of your own" in text(manager.post(f"{PEOPLE}{pk}/end/"))
    assert "This is the last manager" in text(administrator.post(f"{PEOPLE}{pk}/end/"))
    assert f"{PEOPLE}{pk}/end/" not in text(manager.get(PEOPLE))  # no way to it is offered


@pytest.mark.parametrize("role", [r for r in roles.ROLES if r != "resident"])
def test_only_those_who_may_see_the_rooms(signed_in, role):
    browser = signed_in(role)
    for address, action in ((PEOPLE, "membership.invite"), (REGISTER, "partnership.describe")):
        may = roles.may(action, [role])
        assert browser.get(address).status_code == (200 if may else 403)
        assert browser.post(address, INVITE).status_code in ((200, 405) if may else (403,))
        assert (f'href="{address}"' in text(browser.get("/county-durham/desk/"))) is may


def test_a_stranger_is_asked_to_sign_in(durham):
    for address in (PEOPLE, REGISTER, f"{PEOPLE}1/end/", f"{REGISTER}add/body/"):
        assert Client().get(address)["Location"].startswith("/accounts/login/")


def test_another_partnerships_people_are_not_there(signed_in, durham, elsewhere):
    manager = signed_in("manager")
    other = membership.invite(partnership=elsewhere, username="zed", person="Z", role="analyst", password_hash="!", by=KEEPER)
    assert manager.get("/elsewhere/desk/people/").status_code == 404
    assert manager.post(f"{PEOPLE}{other.pk}/end/").status_code == 404
    invitation.make(partnership=elsewhere, role="board", person="B", by=KEEPER)
    row = Invitation.objects.get(partnership=elsewhere)
    assert manager.post(PEOPLE, {"do": "cancel", "invitation": row.pk}).status_code == 404


@pytest.mark.parametrize(
    ("sent", "field"),
    [({"role": ""}, "role"), ({"person": " "}, "person"), ({"role": "partner"}, "body")],
)
def test_an_invitation_that_cannot_be_made_is_said_at_its_field(signed_in, sent, field):
    answer = signed_in("manager").post(PEOPLE, {**INVITE, **sent})
    assert answer.status_code == 422 and f'id="{field}-error"' in text(answer)


# ---- the register --------------------------------------------------------------------------------


def test_a_manager_adds_a_body_a_group_and_an_office_and_ends_a_body(signed_in, durham):
    manager = signed_in("manager")
    days = {"from-day": "1", "from-month": "4", "from-year": "2026"}
    body = {"name": "A new fire authority", "kind": "fire", **days}
    assert manager.post(f"{REGISTER}add/body/", body)["Location"] == REGISTER
    group = {"name": "Night-time economy", "kind": "sub-group", "quorum": "3"}
    assert manager.post(f"{REGISTER}add/group/", group)["Location"] == REGISTER
    office = {"name": "Chief Fire Officer", "body": "fire-2", "group": "sub-group", **days}
    assert manager.post(f"{REGISTER}add/office/", office)["Location"] == REGISTER
    last = {"to-day": "31", "to-month": "3", "to-year": "2026"}
    assert manager.post(f"{REGISTER}bodies/fire/end/", last)["Location"] == REGISTER
    assert manager.post(f"{REGISTER}groups/board/quorum/", {"quorum": "5"})["Location"] == REGISTER
    page = text(manager.get(REGISTER))
    for words in ("A new fire authority", "Night-time economy", "Chief Fire Officer", "to 31 March 2026", "Quorum: 5"):
        assert words in page
    assert ">Not now<" in page


@pytest.mark.parametrize(
    ("address", "sent", "field"),
    [
        ("add/body/", {"name": "", "kind": "fire", "from-day": "1", "from-month": "4", "from-year": "2026"}, "name"),
        ("add/group/", {"name": "X", "kind": "board", "quorum": ""}, "kind"),
        ("add/office/", {"name": "X", "body": "", "from-day": "1", "from-month": "4", "from-year": "2026"}, "body"),
        ("add/office/", {"name": "X", "body": "fire", "group": "nothing", "from-day": "1", "from-month": "4", "from-year": "2026"}, "group"),
        ("add/office/", {"name": "X", "body": "fire"}, "from"),
        ("bodies/fire/end/", {}, "to"),
        ("bodies/fire/end/", {"to-day": "31", "to-month": "2", "to-year": "2026"}, "to"),
        ("bodies/fire/end/", {"to-day": "31", "to-month": "3", "to-year": "2003"}, "to"),
        ("groups/board/quorum/", {"quorum": "many"}, "quorum"),
    ],
)  # fmt: skip
def test_what_the_register_cannot_take_is_said_at_its_field(signed_in, address, sent, field):
    answer = signed_in("manager").post(f"{REGISTER}{address}", sent)
    assert answer.status_code == 422 and f'id="{field}-error"' in text(answer)


@pytest.mark.parametrize("address", ["add/king/", "bodies/nobody/end/", "groups/nothing/quorum/"])
def test_what_the_register_does_not_hold_is_not_found(signed_in, address):
    assert signed_in("manager").get(f"{REGISTER}{address}").status_code == 404
