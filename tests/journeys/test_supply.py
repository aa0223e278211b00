"""The supply ledger: returns brought in at the desk and at the terminal, what came another way, and what the checklist says of it."""

import html
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from csplan import cli
from csplan.commands import returns, supply
from csplan.cycle import clock
from csplan.errors import CsplanError
from csplan.evidence import editions
from csplan.evidence.incoming import file as incoming
from csplan.evidence.incoming import keeping
from csplan.evidence.returns import workbook
from csplan.evidence.store import Store
from csplan.records.actions import supply as actions
from csplan.records.models import AuditEvent, Body, Partnership, Reading, Supply
from csplan.records.reading import supply as reading
from csplan.website import data_folder

pytestmark = pytest.mark.django_db

DESK = "/county-durham/desk/supply/"
HEADINGS = ["Group", "Sub-category", "Date", "Time", "Ward", "LSOA"]
GOOD = ["Burglary", "Burglary in a dwelling", "2026-08-03", "21:30", "Belmont", ""]
BAD = ["Burglary", "Burglary in a dwelling", "2026-08-04", "", "Belmnt", ""]
KPI = ["Indicator", "Partner", "Period", "Numerator", "Denominator", "Value"]


def made(*rows: list[str], headings: list[str] = HEADINGS, form: str = "xlsx", name: str = "") -> SimpleUploadedFile:
    data = workbook.as_bytes([workbook.Sheet("Return", [headings, *rows])], form)
    return SimpleUploadedFile(name or f"crimes.{form}", data)


def read(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return html.unescape(answer.content.decode())


@pytest.fixture
def desk(demonstration: Client, signed_in: Callable[..., Client]) -> Client:
    return signed_in("analyst")


@pytest.fixture
def bring(desk: Client) -> Callable[..., str]:
    """Send a file, and give the address of its preview."""

    def sent(file: SimpleUploadedFile, client: Client = desk) -> str:
        answer = client.post(DESK, {"do": "upload", "file": file})
        assert answer.status_code == 302, html.unescape(answer.content.decode())
        return str(answer.headers["Location"])

    return sent


def the_partnership() -> Partnership:
    return Partnership.objects.get(slug="county-durham")


# ---- the ledger -------------------------------------------------------------------------------------


def test_the_ledger_says_who_owes_what_and_how_it_stands(desk: Client) -> None:
    page = read(desk, DESK)
    assert "Three supplies are overdue" in page and "April to June 2026</a>: 3 overdue" in page
    assert page.count('<th scope="row">') == 10 and "by 31 December 2026" in page
    before = read(desk, f"{DESK}?quarter=2026-Q2")
    for words in ("Received late", "Overdue", "Nothing to report", "A letter to NHS North East and North Cumbria"):
        assert words in before
    assert desk.get(f"{DESK}?quarter=2019-Q1").status_code == 404


def test_an_earlier_day_is_read_as_it_stood(desk: Client) -> None:
    assert "No supply is overdue" in read(desk, f"{DESK}?as_at=2026-08-15")


def test_the_ledger_is_for_officers(demonstration: Client) -> None:
    assert demonstration.get(DESK).status_code == 302


def test_the_checklist_reads_the_ledger(demonstration: Client) -> None:
    rules = {rule["id"]: rule for rule in demonstration.get("/county-durham/duties.json").json()["rules"]}
    assert [rules[row]["status"] for row in ("P1-2", "P3", "P4-6", "P7-10", "A17A-1")] == [
        "met",
        "met",
        "met",
        "not met",
        "not met",
    ]
    assert "hospital admissions related to domestic abuse" in rules["P7-10"]["reason"]
    early = {r["id"]: r for r in demonstration.get("/county-durham/duties.json?as_at=2020-01-09").json()["rules"]}
    assert early["P1-2"]["status"] == "unknown"


# ---- without a return -------------------------------------------------------------------------------


def test_a_nil_return_is_noted_with_its_day(desk: Client) -> None:
    fields = {"do": "record", "quarter": "2026-Q3", "owed": "fire/fire-incidents", "way": "nil", "note": ""}
    fields |= {"received-day": "2", "received-month": "11", "received-year": "2026"}
    answer = desk.post(DESK, fields, follow=True)
    assert "Recorded: deliberate fires and violence against fire staff, from County Durham" in html.unescape(
        answer.content.decode()
    )
    kept = Supply.objects.get(data_set="fire-incidents", quarter="2026-Q3")
    assert (kept.way, clock.day_of(kept.received_at)) == ("nil", date(2026, 11, 2))
    assert AuditEvent.objects.filter(action="supply.receive", by="analyst", subject_ref="fire-incidents 2026-Q3").exists()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"owed": ""}, "Choose what came, and from whom."),
        ({"way": ""}, "Say how it came."),
        ({"way": "elsewhere", "note": ""}, "Say where it is kept."),
        (
            {"received-day": "1", "received-month": "12", "received-year": "2026"},
            "It cannot have come on a day that has not been yet.",
        ),
        ({"quarter": "2030-Q1"}, "Choose a quarter."),
    ],
)
def test_a_note_that_cannot_be_taken_is_asked_for_again(desk: Client, change: dict[str, str], sentence: str) -> None:
    before = Supply.objects.count()
    fields = {"do": "record", "quarter": "2026-Q3", "owed": "fire/fire-incidents", "way": "nil", "note": ""} | change
    answer = desk.post(DESK, fields)
    assert answer.status_code == 422 and sentence in html.unescape(answer.content.decode())
    assert Supply.objects.count() == before


def test_who_owes_it_and_when_is_checked(demonstration: Client, person: Callable[[str], Any]) -> None:
    def receive(body: str, data_set: str, quarter: str, by: str = "analyst") -> None:
        held = Body.objects.get(partnership=the_partnership(), code=body)
        actions.receive(partnership=the_partnership(), body=held, data_set=data_set, quarter=quarter, way="nil", by=person(by))

    for told, sentence in (
        (("police", "fire-incidents", "2026-Q3"), "Durham Constabulary does not owe"),
        (
            ("health-county-durham", "health-ambulance", "2026-Q3"),
            "was no authority of the partnership in July to September 2026",
        ),
        (("police", "police-crimes", "2026-Q4"), "has not ended, so it cannot be complete"),
        (("fire", "fire-incidents", "2026-Q3", "partner-police"), "Ask someone there to supply it"),
    ):
        with pytest.raises(CsplanError, match=sentence):
            receive(*told)
    with pytest.raises(CsplanError):
        receive("police", "police-crimes", "2026-Q3", "board")
    receive("police", "police-crimes", "2026-Q3", "partner-police")


# ---- a return at the desk ----------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["xlsx", "ods", "csv"])
def test_a_return_is_shown_then_taken_in(desk: Client, bring: Callable[..., str], form: str) -> None:
    address = bring(made(GOOD, BAD, GOOD, form=form))
    page = read(desk, address)
    assert "Crimes recorded by the police, July to September 2026" in page and "Rows that can be taken: 2 of 3." in page
    assert "“Belmnt” is not a ward here. Did you mean Belmont?" in page
    assert not Supply.objects.filter(way="return").exists()
    answer = desk.post(address, {"do": "take"}, follow=True)
    assert "Rows taken: 2 of 3." in answer.content.decode()
    kept = Supply.objects.get(way="return")
    assert (kept.data_set, kept.quarter, kept.rows, kept.aside, kept.body.code) == ("police-crimes", "2026-Q3", 3, 1, "police")
    (unit,) = editions.returns(Store(data_folder()).manifest())
    assert (unit.sha256, unit.path, unit.by, unit.rows_loaded) == (kept.sha256, f"crimes.{form}", "analyst", 2)
    assert "Three rows; 1 put aside" in read(desk, f"{DESK}?quarter=2026-Q3")
    token = address.rpartition("=")[2]
    assert desk.get(address).status_code == 404 and not any(path.stem == token for path in waiting())
    _forget_returns()


def _forget_returns() -> None:
    """The folder is shared by the tests of this file: leave it as it was."""
    store = Store(data_folder())
    with store.writing() as draft:
        units = tuple(unit for unit in draft.manifest.units if not unit.is_return)
        draft.commit(type(draft.manifest)(**{**vars(draft.manifest), "units": units}))
        draft.sweep()


@pytest.mark.parametrize("name", ["...", "crimes.zip", "a/../b.XLSX", "returns"])
def test_a_workbook_is_taken_in_whatever_its_name(desk: Client, bring: Callable[..., str], name: str) -> None:
    answer = desk.post(bring(made(GOOD, name=name)), {"do": "take"}, follow=True)
    assert "Rows taken: 1 of 1." in answer.content.decode()
    _forget_returns()


def test_a_marked_copy_is_sent_back(desk: Client, bring: Callable[..., str]) -> None:
    address = bring(made(GOOD, BAD))
    answer = desk.get(address.replace("?", "marked.xlsx?"))
    assert answer.headers["Content-Disposition"] == 'attachment; filename="crimes-marked.xlsx"'
    (table,) = incoming.read(answer.content, "a.xlsx").tables
    assert table.heads[-1] == "What to mend" and table.rows[1].cells[-1].startswith("Ward: “Belmnt” is not a ward here.")
    assert desk.get(address.replace("?", "marked.doc?")).status_code == 404


def test_a_file_is_another_persons_to_nobody(bring: Callable[..., str], signed_in: Callable[..., Client]) -> None:
    address = bring(made(GOOD))
    assert signed_in("manager").get(address).status_code == 404


def test_nothing_is_kept_of_a_file_that_is_not_wanted(desk: Client, bring: Callable[..., str]) -> None:
    address = bring(made(GOOD))
    assert "Nothing was saved" in desk.post(address, {"do": "forget"}, follow=True).content.decode()
    assert desk.get(address).status_code == 404 and not Supply.objects.filter(way="return").exists()


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (None, "Choose a file."),
        (SimpleUploadedFile("a.xlsx", b"PK\x03\x04 cut"), "is damaged or was cut short"),
        (SimpleUploadedFile("a.pdf", b"%PDF-1.7"), "is a PDF"),
        (made(["1", "2"], headings=["a", "b"]), "has no sheet with the headings of a return"),
        (made(), "Where nothing happened in the quarter, note that there was nothing to report"),
        (made([*GOOD[:1], "call 0191 496 0123", *GOOD[2:]]), "holds what looks like a telephone number"),
    ],
)
def test_a_file_that_cannot_be_read_is_said_at_its_field(desk: Client, file: Any, sentence: str) -> None:
    before = waiting()
    answer = desk.post(DESK, {"do": "upload"} | ({"file": file} if file else {}))
    assert answer.status_code == 422 and sentence in html.unescape(answer.content.decode())
    assert waiting() == before


def waiting() -> set[Path]:
    """The files that wait to be confirmed."""
    return set((data_folder() / keeping.FOLDER).glob("*"))


def test_a_partner_takes_in_its_own_return_alone(bring: Callable[..., str], signed_in: Callable[..., Client]) -> None:
    other, own = signed_in("partner-fire"), signed_in("partner-police")
    refused = other.post(bring(made(GOOD), other), {"do": "take"})
    assert refused.status_code == 422 and "Ask someone there to supply it" in refused.content.decode()
    assert editions.returns(Store(data_folder()).manifest()) == ()
    assert own.post(bring(made(GOOD), own), {"do": "take"}, follow=True).status_code == 200
    assert Supply.objects.get(way="return").body.code == "police"
    _forget_returns()


def test_a_return_of_indicators_becomes_readings(signed_in: Callable[..., Client], bring: Callable[..., str]) -> None:
    lead = signed_in("lead")
    rows = (["K105", "fire", "2025/26 Q4", "", "", "201"], ["K999", "fire", "2025/26 Q4", "", "", "3"])
    address = bring(made(*rows, headings=KPI), lead)
    page = read(lead, address)
    assert (
        "Values of indicators" in page
        and "Rows that can be taken: 1 of 2." in page
        and "There is no indicator “K999” here." in page
    )
    assert not Reading.objects.filter(kpi__ref="K105", period="2025/26 Q4").exists()
    lead.post(address, {"do": "take"}, follow=True)
    assert Reading.objects.get(kpi__ref="K105", period="2025/26 Q4").value == 201


@pytest.mark.parametrize("form", ["xlsx", "ods", "csv"])
def test_empty_returns_are_had_at_the_desk(desk: Client, form: str) -> None:
    answer = desk.get(f"{DESK}templates/police-crimes.{form}")
    assert answer.status_code == 200 and answer.headers["Content-Type"] == workbook.FORMATS[form]
    assert desk.get(f"{DESK}templates/none.{form}").status_code == 404
    assert desk.get(f"{DESK}templates/police-crimes.pdf").status_code == 404


# ---- at the terminal ---------------------------------------------------------------------------------


@pytest.fixture
def csplan(demonstration: Client, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Any:
    """Run a command on the records of the test: gives (exit code, its document, what it said aside)."""
    for module in (supply, returns):
        monkeypatch.setattr(module, "website", lambda: None)  # it is started, over the test's own records
    monkeypatch.setattr("csplan.website.database.is_elsewhere", lambda: True)

    def run(*words: object) -> tuple[int, Any, str]:
        with pytest.raises(SystemExit) as left:
            cli.main(["--json", "--data", str(tmp_path), "--partnership", "county-durham", *map(str, words)])
        said = capsys.readouterr()
        code = left.value.code
        return code if isinstance(code, int) else 0, json.loads(said.out) if said.out else None, said.err

    return run


def test_the_ledger_at_the_terminal(csplan: Any) -> None:
    code, told, _ = csplan("supply", "status", "--quarter", "2026-Q2")
    assert code == 1 and [row["state"] for row in told["supplies"]].count("overdue") == 3
    code, told, _ = csplan("supply", "status")
    assert code == 0 and told["quarter"] == "2026-Q3"
    assert "(paragraph 7)" in csplan("supply", "chase", "health")[1]["letter"]
    assert csplan("supply", "chase", "nobody")[1]["letter"] is None
    assert csplan("supply", "status", "--quarter", "2025")[0] == 2


def test_a_supply_noted_at_the_terminal(csplan: Any) -> None:
    words = ("supply", "receive", "council-exclusions", "--quarter", "2026-Q3", "--by", "analyst")
    assert csplan(*words)[0] == 2 and csplan(*words, "--nil", "--elsewhere", "x")[0] == 2
    assert csplan(*words, "--nil")[1] == {"supply": "council-exclusions 2026-Q3", "body": "council"}
    assert csplan(*words[:5], "--nil")[0] == 2  # nobody is named


def test_a_return_loaded_at_the_terminal_stands_in_the_ledger_once(csplan: Any, tmp_path: Path) -> None:
    file = tmp_path / "crimes.csv"
    file.write_bytes(made(GOOD, form="csv").read())
    for _ in range(2):
        code, told, _ = csplan("evidence", "load", file)
        assert code == 0 and told["units"][0]["period"] == "2026-Q3"
    kept = Supply.objects.get(way="return")
    assert (kept.data_set, kept.rows, kept.recorded_by) == ("police-crimes", 1, None)


def test_an_older_return_makes_nothing_else_of_its_quarter_overdue(csplan: Any, tmp_path: Path) -> None:
    file = tmp_path / "crimes.csv"
    file.write_bytes(made([*GOOD[:2], "2025-06-30", *GOOD[3:]], form="csv").read())
    csplan("evidence", "load", file)
    assert [row["data_set"] for row in csplan("supply", "status", "--quarter", "2025-Q2")[1]["supplies"]] == ["police-crimes"]
    assert reading.quarters(the_partnership(), date(2026, 11, 23)) == ["2026-Q3", "2026-Q2", "2025-Q2"]
