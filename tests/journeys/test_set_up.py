"""A partnership is set up in a browser without scripts: the code, seven steps, the files, and the invited manager's desk."""

import json
import re
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from csplan import cli
from csplan.cycle import clock
from csplan.records import audit
from csplan.records.models import Invitation, Partnership
from csplan.website import set_up_code, setting_up

PASSWORD = "three plain words here"
FILES = ["partnership.toml", "report-it.toml", "website.toml"]


@pytest.fixture(autouse=True)
def quick_passwords(settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def data(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty data folder, on a day."""
    folder = tmp_path / "data"
    folder.mkdir()
    monkeypatch.setenv("CSPLAN_DATA", str(folder))
    with clock.at(clock.parse("2026-11-23")):
        yield folder


@pytest.fixture
def opened(client: Client, data: Path) -> Client:
    """A browser that gave the code."""
    assert client.post("/setup/", {"code": set_up_code.make(data)})["Location"] == "/setup/"
    return client


def text(answer: Any) -> str:
    return answer.content.decode()


def day(name: str, d: int, m: int, y: int) -> dict[str, int]:
    return {f"{name}-day": d, f"{name}-month": m, f"{name}-year": y}


def folder_of(data: Path, slug: str) -> dict[str, str]:
    return {p.name: p.read_text(encoding="utf-8") for p in sorted((data.parent / "partnerships" / slug).iterdir())}


def test_a_partnership_is_set_up_from_the_first_page_to_the_managers_desk(opened, data):
    step = opened.get("/setup/area/?q=hartle")
    assert "Hartlepool" in text(step)
    assert opened.post("/setup/area/", {"area": "E06000001"})["Location"] == "/setup/name/"
    name = {"name": "Safer Hartlepool", "slug": "", "contact": "Community Safety Team"}
    assert opened.post("/setup/name/", name)["Location"] == "/setup/colours/"
    colours = {"accent": "#00629B", "deep": "003b5c", "tint": "#e6f2f8"}
    assert opened.post("/setup/colours/", colours)["Location"] == "/setup/authorities/"
    assert "/setup/colours." in text(opened.get("/setup/authorities/"))  # the page wears them already
    council = {"name": "Hartlepool Borough Council", "kind": "council", **day("from", 30, 9, 1998)}
    assert opened.post("/setup/authorities/council/", council)["Location"] == "/setup/authorities/"
    fire = {"name": "Cleveland Fire Authority", "kind": "fire", **day("from", 1, 4, 2003)}
    opened.post("/setup/authorities/new/?kind=fire", fire)
    opened.post("/setup/authorities/probation/", {"do": "remove"})
    assert opened.post("/setup/authorities/")["Location"] == "/setup/groups/"
    opened.post("/setup/groups/board/", {"name": "Safer Hartlepool Board", "kind": "board", "quorum": "4"})
    opened.post("/setup/groups/new/", {"name": "Drugs and alcohol", "kind": "sub-group", "quorum": ""})
    assert opened.post("/setup/groups/")["Location"] == "/setup/people/"
    opened.post("/setup/people/", {"role": "manager", "person": "Community safety manager", "body": ""})
    opened.post("/setup/people/", {"role": "partner", "person": "Police performance officer", "body": "police"})
    opened.post("/setup/people/", {"role": "board", "person": "One too many", "body": ""})
    opened.post("/setup/people/", {"do": "remove", "place": "2"})
    assert opened.post("/setup/people/", {"do": "go-on"})["Location"] == "/setup/finish/"
    last = text(opened.get("/setup/finish/"))
    assert "Hartlepool (E06000001)" in last and 'href="/setup/authorities/">Enter the provider of probation services' in last

    done = text(opened.post("/setup/finish/"))
    founded = Partnership.objects.get()
    assert (founded.slug, founded.contact, founded.tier) == ("safer-hartlepool", "Community Safety Team", "unitary")
    assert [b.name for b in founded.bodies.order_by("code")] == [
        "Hartlepool Borough Council", "Cleveland Fire Authority", "Cleveland Police",
    ]  # fmt: skip
    assert {g.slug: g.quorum for g in founded.groups.all()} == {"board": 4, "scrutiny": None, "sub-group": None}
    codes = re.findall(r'csp-sheet__code">([A-Z2-7-]{19})<', done)
    assert len(codes) == 2 and "One too many" not in done
    assert audit.verify() == []

    told = tomllib.loads(folder_of(data, "safer-hartlepool")["website.toml"])
    assert told["colours"] == {"accent": "#00629b", "deep": "#003b5c", "tint": "#e6f2f8"}
    sheet = re.search(r'href="(/safer-hartlepool/colours\.[0-9a-f]{12}\.css)"', text(Client().get("/safer-hartlepool/about/")))
    assert sheet and b"--csp-accent: #00629b;" in Client().get(sheet[1]).content

    manager = Client()
    code = {"code": codes[0].lower()}
    assert "Community safety manager" in text(manager.post("/accounts/invitation/", code))
    new = {**code, "do": "new", "username": "manager", "password": PASSWORD, "again": PASSWORD}
    assert manager.post("/accounts/invitation/", new)["Location"] == "/safer-hartlepool/desk/"
    desk = text(manager.get("/safer-hartlepool/desk/"))
    assert (
        "You are signed in as Community safety manager." in desk and "left of the set-up" in desk and "There is none yet" in desk
    )
    for path in re.findall(
        r'<li><a href="(/safer-hartlepool/desk/[^"]+)">[A-Z]', text(manager.get("/safer-hartlepool/desk/partnership/"))
    ):
        assert manager.get(path).status_code == 200, path
    assert "No figures are held here yet" in text(manager.get("/safer-hartlepool/desk/plans/figures/"))
    assert "Nothing is held yet" in text(manager.get("/safer-hartlepool/thread/"))
    assert "There is no plan here yet" in text(manager.get("/safer-hartlepool/desk/plans/"))
    manager.post("/accounts/logout/")
    assert manager.post("/accounts/login/", {"login": "manager", "password": PASSWORD})["Location"] == "/safer-hartlepool/desk/"
    assert "Left to fill" in text(manager.get("/safer-hartlepool/desk/partnership/"))


def test_set_up_ends_when_it_is_done(opened, data):
    opened.post("/setup/area/", {"area": "E06000001"})
    opened.post("/setup/finish/")
    assert not (data / "setup.json").exists() and not (data / "setup-code.json").exists()
    for address in ("/setup/", "/setup/area/", "/setup/finish/"):
        assert opened.get(address).status_code == opened.post(address).status_code == 404
    assert opened.get("/").headers["Location"] == "/hartlepool-community-safety-partnership/"


def test_every_step_can_be_skipped_and_the_files_are_those_of_csplan_init(opened, data, tmp_path, monkeypatch, capsys):
    for step in list(setting_up.STEPS)[:-1]:
        page = text(opened.get(f"/setup/{step}/"))
        assert f'href="/setup/{setting_up.after(step)}/">Skip this step' in page
    left = text(opened.get("/setup/finish/"))
    assert 'href="/setup/area/">Choose the area' in left and "Set up the partnership</button>" not in left
    assert "No area is chosen" in text(opened.post("/setup/finish/")) and not Partnership.objects.exists()

    opened.post("/setup/area/", {"area": "E07000041"})
    done = text(opened.post("/setup/finish/"))
    assert "csplan invite manager" in done and not Invitation.objects.exists()
    slug = "exeter-community-safety-partnership"
    in_browser = folder_of(data, slug)
    assert list(in_browser) == FILES

    monkeypatch.setenv("CSPLAN_DATA", str(tmp_path / "other" / "data"))
    name = "Exeter Community Safety Partnership"
    with pytest.raises(SystemExit) as left_by:
        cli.main(["--data", str(tmp_path / "other" / "data"), "--as-at", "2026-11-23", "init", "E07000041", "--name", name])
    clock.start()
    assert not left_by.value.code and "Enter the fire and rescue authority" in capsys.readouterr().out
    assert folder_of(tmp_path / "other" / "data", slug) == in_browser


def test_what_was_said_is_kept_until_one_comes_back(opened, data):
    opened.post("/setup/area/", {"area": "E06000001"})
    opened.post("/setup/name/", {"name": "Kept", "slug": "kept", "contact": "The office"})
    again = Client()
    again.post("/setup/", {"code": set_up_code.make(data)})
    assert 'value="Kept"' in text(again.get("/setup/name/"))
    assert opened.get("/setup/name/")["Location"] == "/setup/"  # a new code ends the one before


def test_another_area_is_proposed_anew(opened, data):
    opened.post("/setup/area/", {"area": "E06000001"})
    opened.post("/setup/authorities/police/", {"do": "remove"})
    opened.post("/setup/area/", {"area": "W06000002"})
    page = text(opened.get("/setup/authorities/"))
    assert "North Wales Police" in page and "Enter the Local Health Board" in page and "Hartlepool" not in page


# ---- the code ------------------------------------------------------------------------------------


def test_without_the_code_no_step_opens(client, data):
    for step in setting_up.STEPS:
        assert client.get(f"/setup/{step}/")["Location"] == "/setup/"
        assert client.post(f"/setup/{step}/", {"area": "E06000001"})["Location"] == "/setup/"
    assert not (data / "setup.json").exists()


def test_the_front_door_leads_to_set_up_while_nothing_is_here(client, data):
    assert 'href="/setup/"' in text(client.get("/"))


def test_wrong_codes_are_said_and_then_locked(client, data):
    code = set_up_code.make(data)
    answers = [client.post("/setup/", {"code": "AAAA-BBBB-CCCC-DDDD"}) for _ in range(5)]
    assert [a.status_code for a in answers] == [422] * 5 and "csplan setup-code" in text(answers[0])
    locked = client.post("/setup/", {"code": code})
    assert locked.status_code == 429 and "Too many wrong codes" in text(locked)
    assert Client(REMOTE_ADDR="192.0.2.7").post("/setup/", {"code": code}).status_code == 302


def test_a_code_holds_for_a_day_and_is_kept_as_a_fingerprint(client, data):
    code = set_up_code.make(data)
    file = data / "setup-code.json"
    assert code not in file.read_text() and file.stat().st_mode & 0o777 == 0o600
    kept = json.loads(file.read_text())
    file.write_text(json.dumps({**kept, "expires_at": "2026-01-01T00:00:00+00:00"}))
    assert client.post("/setup/", {"code": code}).status_code == 422


# ---- what cannot be taken ------------------------------------------------------------------------

BODY = {"name": "A body", "kind": "fire", **day("from", 1, 4, 2003)}
GROUP = {"name": "A group", "kind": "sub-group", "quorum": ""}


@pytest.mark.parametrize(
    ("address", "sent", "field", "words"),
    [
        ("area", {"q": "hartle", "area": ""}, "area", "Choose an area from the list"),
        ("area", {"q": "hartle", "area": "E99999999"}, "area", "is not the code of a district"),
        ("name", {"name": "", "slug": "", "contact": "x"}, "name", "Write the name of the partnership"),
        ("name", {"name": "x" * 201, "slug": "x", "contact": "x"}, "name", "200 characters or fewer"),
        ("name", {"name": "X", "slug": "Two Words", "contact": "x"}, "slug", "An address is small letters"),
        ("name", {"name": "X", "slug": "accounts", "contact": "x"}, "slug", "begins addresses of the program itself"),
        ("name", {"name": "X", "slug": "county-durham", "contact": "x"}, "slug", "“county-durham” is taken"),
        ("name", {"name": "X", "slug": "x", "contact": " "}, "contact", "Write the office that people write to"),
        ("colours", {"accent": "#88cc00", "deep": "#003b5c", "tint": "#e6f2f8"}, "accent", "would do"),
        ("colours", {"accent": "#00629b", "deep": "#e6f2f8", "tint": "#e6f2f8"}, "deep", "would do"),
        ("colours", {"accent": "#00629b", "deep": "#003b5c", "tint": "#00629b"}, "tint", "would do"),
        ("colours", {"accent": "blue", "deep": "#003b5c", "tint": "#e6f2f8"}, "accent", "Write a colour as #"),
        ("authorities/new", {**BODY, "name": ""}, "name", "Write the full name of the body"),
        ("authorities/new", {**BODY, "kind": "king"}, "kind", "Choose what kind of body it is"),
        ("authorities/new", {**BODY, **day("from", 31, 2, 2003)}, "from", "Write a day, a month and a year in numbers"),
        ("authorities/new", {"name": "A", "kind": "fire"}, "from", "Write the day from which it takes part"),
        ("authorities/new", {**BODY, **day("to", 31, 3, 2003)}, "to", "Its last day is before its first"),
        ("groups/new", {**GROUP, "name": ""}, "name", "Write the name of the group"),
        ("groups/new", {**GROUP, "kind": "board"}, "kind", "There is a board already"),
        ("groups/new", {**GROUP, "quorum": "four"}, "quorum", "as a number such as 4"),
        ("groups/new", {**GROUP, "quorum": "0"}, "quorum", "as a number such as 4"),
        ("people", {"role": "", "person": "x", "body": ""}, "role", "Choose the role"),
        ("people", {"role": "resident", "person": "x", "body": ""}, "role", "Choose the role"),
        ("people", {"role": "manager", "person": "", "body": ""}, "person", "Write the office that the person holds"),
        ("people", {"role": "partner", "person": "x", "body": ""}, "body", "Choose the body for which"),
        ("people", {"role": "manager", "person": "x", "body": "nobody"}, "body", "Choose a body from the list"),
    ],
)
def test_what_cannot_be_taken_is_said_at_its_field_and_in_the_summary(opened, data, address, sent, field, words):
    opened.post("/setup/area/", {"area": "E06000001"})
    before = (data / "setup.json").read_text()
    answer = opened.post(f"/setup/{address}/", sent)
    page = text(answer)
    assert answer.status_code == 422 and "<title>Error: " in page
    assert re.search(rf'<li><a href="#{field}">[^<]*{re.escape(words)}', page)
    assert re.search(rf'id="{field}-error"[^>]*>.*{re.escape(words)}', page) and f'id="{field}"' in page
    assert (data / "setup.json").read_text() == before


@pytest.mark.parametrize("address", ["authorities/nobody", "groups/nothing"])
def test_a_row_that_is_not_there_is_not_found(opened, data, address):
    opened.post("/setup/area/", {"area": "E06000001"})
    assert opened.get(f"/setup/{address}/").status_code == 404


def test_a_folder_that_is_there_is_never_written_over(opened, data):
    opened.post("/setup/area/", {"area": "E06000001"})
    taken = data.parent / "partnerships" / "hartlepool-community-safety-partnership"
    taken.mkdir(parents=True)
    (taken / "mine.txt").write_text("mine")
    answer = opened.post("/setup/finish/")
    assert answer.status_code == 422 and "There is a folder for" in text(answer)
    assert [p.name for p in taken.iterdir()] == ["mine.txt"] and not Partnership.objects.exists()


def test_where_founding_is_refused_no_folder_stays(opened, data):
    opened.post("/setup/area/", {"area": "E06000001"})
    later = clock.parse("2027-01-01")
    audit.append(
        newest=audit.last(),
        at=later,
        by="terminal:k",
        role="terminal",
        action="a",
        partnership="gone",
        kind="k",
        ref="r",
        detail={},
    )
    assert "This folder already holds something done on 1 January 2027" in text(opened.post("/setup/finish/"))
    assert list((data.parent / "partnerships").iterdir()) == [] and (data / "setup.json").exists()


def test_a_person_invited_for_a_body_that_was_taken_out_is_named(opened, data):
    opened.post("/setup/area/", {"area": "E06000001"})
    opened.post("/setup/people/", {"role": "partner", "person": "Police performance officer", "body": "police"})
    opened.post("/setup/authorities/police/", {"do": "remove"})
    assert "Police performance officer is invited for a body that was taken out" in text(opened.post("/setup/finish/"))
    assert not Partnership.objects.exists() and not (data.parent / "partnerships").exists()


# ---- from a folder of csplan init ----------------------------------------------------------------


def test_a_folder_that_csplan_init_wrote_is_set_up_as_it_is(opened, data):
    from csplan.cycle import set_up
    from csplan.evidence import proposal

    made = proposal.propose("W06000002", name="Gwynedd Together", on=date(2026, 11, 23))
    folder = setting_up.write_folder(made.described, set_up.left(made.described, on=date(2026, 11, 23)))
    written = folder / "partnership.toml"
    written.write_text(written.read_text().replace("Gwynedd Council", "Cyngor Gwynedd"))
    assert "Set up gwynedd-together" in text(opened.get("/setup/"))
    done = text(opened.post("/setup/folder/", {"slug": "gwynedd-together"}))
    assert "Manager of the partnership" in done
    assert Partnership.objects.get().bodies.get(code="council").name == "Cyngor Gwynedd"


def test_the_examples_of_the_program_are_not_offered(opened, data):
    assert "Set up county-durham" not in text(opened.get("/setup/"))
    assert opened.post("/setup/folder/", {"slug": "county-durham"}).status_code == 302
    assert not Partnership.objects.exists()


# ---- every kind of area --------------------------------------------------------------------------


@pytest.mark.parametrize("code", ["E06000001", "E07000041", "E08000024", "E09000007", "W06000002", "E22000362", "E22000303"])
def test_the_public_pages_of_a_new_partnership_answer(opened, data, code):
    opened.post("/setup/area/", {"area": code})
    opened.post("/setup/name/", {"name": "New", "slug": "new", "contact": "Office"})
    opened.post("/setup/finish/")
    visitor = Client()
    home = text(visitor.get("/new/"))
    for address in sorted(set(re.findall(r'href="(/new/[^"#?]*)"', home))):
        assert visitor.get(address).status_code == 200, address
    assert User.objects.count() == 0


def test_several_districts_that_act_as_one_have_the_pages_of_their_area(opened, data):
    """Figures of a year in East and Mid Devon, drawn evenly over its small areas: every page that the site leads to answers."""
    from csplan.evidence import areas, build, load
    from csplan.evidence.store import Store

    lsoas, kinds = areas.lsoas("E22000362"), ("Burglary", "Drugs", "Shoplifting")
    head = "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,"
    for n in range(14):
        month = f"{2024 + n // 12}-{n % 12 + 1:02d}"
        rows = [
            f"{n:032x}{i:032x},{month},Devon & Cornwall Police,Devon & Cornwall Police,-3.5,50.7,On or near X,{lsoa},X,{kinds[i % 3]},Y,"
            for i, lsoa in enumerate(lsoas)
        ]
        file = data.parent / "in" / month / f"{month}-devon-and-cornwall-street.csv"
        file.parent.mkdir(parents=True)
        file.write_text("\n".join([f"{head}Last outcome category,Context", *rows]) + "\n", encoding="utf-8")
    load.load(Store(data), [data.parent / "in"], by="terminal:test")
    build.build(Store(data))
    opened.post("/setup/area/", {"area": "E22000362"})
    opened.post("/setup/name/", {"name": "Devon together", "slug": "together", "contact": "Office"})
    opened.post("/setup/finish/")
    visitor, asked, seen = (
        Client(),
        ["/together/", "/together/insight/areas/E22000362/", "/together/insight/areas/E07000040/"],
        set(),
    )
    while asked and len(seen) < 25:
        address = asked.pop(0)
        seen.add(address)
        answer = visitor.get(address)
        assert answer.status_code == 200, address
        if answer["Content-Type"].startswith("text/html"):
            asked += [a for a in re.findall(r'href="(/together/[^"#?]*)"', text(answer)) if a not in seen | set(asked)]
    assert "Community safety partnership E22000362" in text(visitor.get("/together/insight/areas/E22000362/"))
    assert visitor.get("/together/insight/areas/E07000041/").status_code == 404  # Exeter is next door
