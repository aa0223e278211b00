"""An officer signs in, finds a desk with what their role may do, and signs out; a stranger is kept out."""

import json
from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from csplan.cycle import clock
from csplan.cycle.roles import ROLES

OFFICERS = [role for role in ROLES if role != "resident"]
PASSWORD = "a long enough password"


@pytest.fixture(autouse=True)
def quick_passwords(settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def demonstration(db: None, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A partnership with one person for each role, and the accounts file that a demonstration writes."""
    from csplan.records.models import Body, Membership, Partnership

    founded = clock.start_of(date(2019, 6, 3))
    partnership = Partnership.objects.create(
        slug="county-durham", name="Safe Durham Partnership", area_code="E06000047", area_name="County Durham", tier="unitary",
        jurisdiction="England", contact="Community safety team", founded_at=founded,
    )  # fmt: skip
    police = Body.objects.create(
        partnership=partnership, code="police", name="The police", kind="police", category="responsible", from_on=date(2011, 1, 1)
    )
    accounts = []
    for role in OFFICERS:
        user = User.objects.create_user(role, password=PASSWORD)
        Membership.objects.create(
            user=user, partnership=partnership, role=role, body=police, person=f"The {role}", from_at=founded
        )
        accounts.append(
            {"username": role, "role": role, "password": PASSWORD, "partnership": "county-durham", "person": f"The {role}"}
            | {"body": "The police", "totp_secret": None}
        )
    (tmp_path / "demo-accounts.json").write_text(json.dumps(accounts))
    monkeypatch.setenv("CSPLAN_DATA", str(tmp_path))
    return partnership


def sign_in(client: Client, name: str, password: str = PASSWORD, **more: str) -> Any:
    return client.post("/accounts/login/", {"login": name, "password": password, **more})


@pytest.mark.parametrize("role", OFFICERS)
def test_every_role_signs_in_by_its_button(client, demonstration, role):
    page = client.get("/accounts/login/").content.decode()
    assert f"Sign in as {role}</button>" in page and ROLES[role] in page
    assert client.post("/accounts/try/", {"username": role})["Location"] == "/county-durham/desk/"
    desk = client.get("/county-durham/desk/").content.decode()
    assert f"You are signed in as The {role}." in desk and ROLES[role] in desk


def test_the_demonstration_says_that_no_second_factor_is_asked(client, demonstration):
    assert "no password or second factor is asked" in client.get("/accounts/login/").content.decode()


def test_a_real_installation_offers_no_buttons(client, demonstration, settings):
    settings.IS_PRODUCTION = True
    assert "Try a role" not in client.get("/accounts/login/").content.decode()
    assert client.post("/accounts/try/", {"username": "manager"}).status_code == 404


def test_the_buttons_need_the_forms_token(demonstration):
    stranger = Client(enforce_csrf_checks=True)
    answer = stranger.post("/accounts/try/", {"username": "manager"})
    assert answer.status_code == 403 and "open too long" in answer.content.decode()


def test_the_buttons_open_no_other_account(client, demonstration):
    User.objects.create_user("somebody", password=PASSWORD)
    assert client.post("/accounts/try/", {"username": "somebody"}).status_code == 404


def test_a_password_opens_the_desk_and_leads_back_to_the_page_asked_for(client, demonstration):
    asked = client.get("/county-durham/desk/")
    assert asked["Location"] == "/accounts/login/?next=/county-durham/desk/"
    assert sign_in(client, "manager")["Location"] == "/county-durham/desk/"
    client.post("/accounts/logout/")
    assert sign_in(client, "manager", next="/county-durham/about/")["Location"] == "/county-durham/about/"


def test_sign_in_leads_to_no_other_site(client, demonstration):
    assert sign_in(client, "manager", next="https://elsewhere.example/")["Location"] == "/county-durham/desk/"


@pytest.mark.parametrize(
    ("name", "password", "sentence"),
    [
        ("manager", "wrong", "do not belong together"),
        ("nobody", PASSWORD, "do not belong together"),
        ("", PASSWORD, "Type your user name."),
        ("manager", "", "Type your password."),
    ],
)
def test_a_refusal_says_what_to_do_beside_its_field(client, demonstration, name, password, sentence):
    page = sign_in(client, name, password).content.decode()
    assert page.count(sentence) == 2  # in the summary and beside the field
    assert "<title>Error: Sign in" in page


def test_five_wrong_passwords_lock_the_account_for_this_computer_only(client, demonstration):
    answers = [sign_in(client, "manager", "wrong") for _ in range(5)]
    assert [a.status_code for a in answers] == [200, 200, 200, 200, 429]
    locked = sign_in(client, "manager")
    assert locked.status_code == 429 and "For 15 minutes this account cannot sign in" in locked.content.decode()
    assert sign_in(client, "analyst").status_code == 302
    elsewhere = Client(REMOTE_ADDR="192.0.2.7")
    assert sign_in(elsewhere, "manager").status_code == 302


def test_the_lock_keeps_the_machines_time(client, demonstration):
    for _ in range(5):
        sign_in(client, "manager", "wrong")
    with clock.at(clock.london(date(2035, 1, 1))):
        assert sign_in(client, "manager").status_code == 429


def test_what_an_officer_sees_is_kept_by_no_browser(client, demonstration):
    sign_in(client, "manager")
    for address in ("/county-durham/desk/", "/county-durham/about/", "/accounts/login/"):
        assert client.get(address)["Cache-Control"] == "private, no-store", address
    assert Client().get("/county-durham/about/")["Cache-Control"] == "no-cache"


def test_the_session_ends_with_sign_out(client, demonstration):
    sign_in(client, "manager")
    cookie = client.cookies["sessionid"]
    assert cookie["httponly"] and cookie["samesite"] == "Lax" and not cookie["max-age"]
    assert "Sign out" in client.get("/county-durham/about/").content.decode()
    assert client.post("/accounts/logout/")["Location"] == "/"
    assert client.get("/county-durham/desk/").status_code == 302


def test_signing_out_by_a_link_asks_first(client, demonstration):
    sign_in(client, "manager")
    assert "Sign out?" in client.get("/accounts/logout/").content.decode()
    assert client.get("/county-durham/desk/").status_code == 200


def test_another_partnerships_desk_is_not_there(client, demonstration):
    from csplan.records.models import Partnership

    Partnership.objects.create(
        slug="elsewhere", name="Elsewhere", area_code="E07000001", area_name="Elsewhere", tier="district",
        jurisdiction="England", contact="Office", founded_at=clock.start_of(date(2019, 6, 3)),
    )  # fmt: skip
    sign_in(client, "manager")
    assert client.get("/elsewhere/desk/").status_code == 404


def test_a_role_that_has_ended_opens_nothing(client, demonstration):
    from csplan.records.models import Membership

    Membership.objects.filter(role="manager").update(to_at=clock.london(date(2020, 1, 1)))
    sign_in(client, "manager")
    assert client.get("/county-durham/desk/").status_code == 404


def test_an_earlier_day_is_read_with_todays_roles(client, demonstration):
    sign_in(client, "manager")
    page = client.get("/county-durham/desk/?as_at=2019-01-01").content.decode()
    assert "Tuesday 1 January 2019" in page and "The manager" in page


def test_nobody_signs_up(client, demonstration):
    assert client.get("/accounts/signup/").status_code == 404
    assert "sign up" not in client.get("/accounts/login/").content.decode().lower()
