"""A partnership brings in its plan and its history of indicators at the terminal: read first, kept only when it says so.

Below, what the actions behind the commands take and refuse.
"""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import docx
import pytest
from django.contrib.auth.models import User
from django.test import Client

from csplan import cli
from csplan.commands import performance, plan
from csplan.cycle import clock, kpi_import
from csplan.cycle.outline import Outline
from csplan.errors import CsplanError
from csplan.evidence.incoming import sheet_reader
from csplan.records.actions import column_match
from csplan.records.actions import kpi_import as kpi_actions
from csplan.records.actions import plan_import as plan_actions
from csplan.records.models import AuditEvent, ColumnMatch, Deliverable, Partnership, Plan, PlanVersion, Reading
from csplan.records.reading import kpi_import as kpi_reading
from csplan.records.reading import plan_import as plan_reading

pytestmark = pytest.mark.django_db

TABLE = (
    "Priority;Work area;Action;Owner;By when;RAG\n"
    "Safe homes;Doors;Fit locks;Housing;31/03/2031;Green\n"
    ";Windows;Mend panes;;ongoing;\n"
)  # fmt: skip
ABOUT = ("--title", "Safe Homes Plan", "--slug", "2029-33", "--from", "2029-04-01", "--to", "2033-03-31")
HISTORY = (
    "Indicator,Q3 2024/25,Q4 2024/25,Q1 2025,Notes\n"
    "Deliberate secondary fires,\"1,203\",[c],7,late\n"
    "Fires of another kind,5,6,8,\n"
)  # fmt: skip

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def csplan(demonstration: Client, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command on the records of the test: gives (exit code, what it said, what it said aside)."""
    for module in (plan, performance):
        monkeypatch.setattr(module, "website", lambda: None)  # it is started, over the test's own records

    def run(*words: object) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as left:
            cli.main(["--partnership", "county-durham", *map(str, words)])
        said = capsys.readouterr()
        code = left.value.code
        return code if isinstance(code, int) else 0, said.out, said.err

    return run


def file(folder: Path, name: str, held: str | bytes) -> Path:
    made = folder / name
    made.write_bytes(held.encode() if isinstance(held, str) else held)
    return made


def word_file(folder: Path) -> Path:
    document = docx.Document()
    document.add_heading("Safe Homes Plan 2029-33", 0)
    document.add_paragraph("The vision is “Everyone sleeps well at home”.")
    document.add_heading("Priority 1: Safe homes", 1)
    document.add_paragraph("By focusing on the following work areas:")
    document.add_paragraph("Doors", style="List Bullet")
    document.add_paragraph("Examples of the key deliverables are:")
    document.add_paragraph("Fit locks", style="List Bullet")
    made = folder / "plan.docx"
    document.save(str(made))
    return made


# ---- a plan ----


def test_a_plan_is_read_and_nothing_is_kept(csplan: Run, tmp_path: Path) -> None:
    before = AuditEvent.objects.count()
    code, out, err = csplan("plan", "import", file(tmp_path, "plan.csv", TABLE))
    assert (code, err) == (3, ""), "something was not understood"
    assert "    1.1.1   Fit locks (for work area 1.1; lead Housing; due 31 March 2031; stands on track)" in out.splitlines()
    assert "    row 3, column ‘By when’: ongoing [no one day that is understood]" in out.splitlines()
    assert out.splitlines()[-1] == "Nothing was kept. Say --yes and --by to make it a draft."
    told = json.loads(csplan("plan", "import", tmp_path / "plan.csv", "--json")[1])
    assert told["not_in_draft"] == [{"ref": "1.1.1", "state": "on track"}] and len(told["not_understood"]) == 1
    assert (told["counts"]["deliverables"], told["drafted"]) == (2, None)
    assert AuditEvent.objects.count() == before


def test_a_word_document_of_which_all_is_understood_becomes_a_draft(csplan: Run, tmp_path: Path) -> None:
    code, out, _ = csplan("plan", "import", word_file(tmp_path), "--yes", "--by", "manager", "--json")
    told = json.loads(out)
    assert (code, told["drafted"], told["not_understood"]) == (0, PlanVersion.objects.get(plan__slug="2029-33").ref, [])
    version = PlanVersion.objects.get(plan__slug="2029-33")
    assert (version.vision, version.drafted_by.username) == ("Everyone sleeps well at home", "manager")
    assert told["plan"]["plan"]["starts_on"] == "2029-04-01"
    assert told["plan"]["priorities"][0]["deliverables"][0]["why"] == "paired by order; no lead and no day in the file"


def test_what_a_column_means_is_said_and_remembered(csplan: Run, tmp_path: Path) -> None:
    given = file(tmp_path, "plan.csv", TABLE.replace("Owner", "Captain"))
    code, out, _ = csplan("plan", "import", given, "--match", "Captain=lead", "--yes", "--by", "manager", *ABOUT)
    assert code == 3 and out.startswith("Drafted: Safe Homes Plan, version 1.")
    assert Deliverable.objects.get(version__plan__slug="2029-33", ref="1.1.1").lead == "Housing"
    assert ColumnMatch.objects.get(kind="plan", heading="captain").field == "lead"
    _, out, _ = csplan("plan", "import", given)
    assert "lead Housing" in out, "the next file is read by itself"
    code, _, err = csplan("plan", "import", given, "--yes", "--by", "manager", *ABOUT)
    assert code == 2 and err.startswith("There is already a plan called 2029-33")


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (("--yes", *ABOUT), "A plan is drafted by a person, and terminal:"),
        (("--yes", "--by", "nobody", *ABOUT), "There is no account “nobody” here."),
        (("--yes", "--by", "auditor", *ABOUT), "You may not write a draft of the plan here."),
        (("--yes", "--by", "manager"), "The plan needs a title"),
        (("--match", "Owner=boss"), "“boss” is no field of a plan."),
        (("--match", "Owner"), "“Owner” does not match a heading to a field."),
        (("--match", "=lead"), "“=lead” does not match a heading to a field."),
        (("--from", "soon"), "Argument --from: “soon” is no day: write it as 2020-03-31."),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(csplan: Run, tmp_path: Path, said: tuple[str, ...], words: str) -> None:
    code, out, err = csplan("plan", "import", file(tmp_path, "plan.csv", TABLE), *said)
    assert (code, out) == (2, "") and err.startswith(words)
    assert not Plan.objects.filter(slug="2029-33").exists()


@pytest.mark.parametrize("command", ["plan", "performance"])
@pytest.mark.parametrize(
    ("name", "held", "words"),
    [
        ("plan.docx", b"", "plan.docx is empty."),
        ("plan.docx", b"<!DOCTYPE html><html><body>Plan</body></html>", "plan.docx is a web page, whatever its name says."),
        ("plan.docx", b"PK\x03\x04 cut short", "plan.docx is damaged or was cut short."),
        ("plan.xlsx", bytes.fromhex("d0cf11e0a1b11ae1") + b"x" * 600, "plan.xlsx is in the older Office format"),
        ("plan.txt", b"Priority 1: Safe homes", "plan.txt is no Word document, workbook or CSV file."),
    ],
)
def test_a_file_that_cannot_be_read_is_refused(
    csplan: Run, tmp_path: Path, command: str, name: str, held: bytes, words: str
) -> None:
    code, out, err = csplan(command, "import", file(tmp_path, name, held))
    assert (code, out) == (4, "") and err.startswith(words)


def test_a_file_that_is_not_there_is_refused(csplan: Run, tmp_path: Path) -> None:
    for command in ("plan", "performance"):
        code, _, err = csplan(command, "import", tmp_path / "none.csv")
        assert code == 2 and err.startswith("There is no file ")


# ---- a history of indicators ----


def test_a_history_is_read_and_nothing_is_returned(csplan: Run, tmp_path: Path) -> None:
    before = AuditEvent.objects.count()
    code, out, err = csplan("performance", "import", file(tmp_path, "history.csv", HISTORY))
    lines = out.splitlines()
    assert (code, err) == (3, "")
    assert lines[0] == "Deliberate secondary fires: K105" and "Fires of another kind: matched to no indicator" in lines
    assert "  2024/25 Q4             [c] (suppressed)" in lines
    assert "3 figures of 2 lines were found, 1 matched." in lines
    assert "    row 2, column ‘Q1 2025’: 7 [its column is taken as no period]" in lines, "it may mean two quarters"
    assert lines[-1] == "Nothing was kept. Say --yes and --by to return what is matched."
    assert AuditEvent.objects.count() == before


def test_figures_are_returned_for_another_to_approve(csplan: Run, tmp_path: Path) -> None:
    given, before = file(tmp_path, "history.csv", HISTORY), Reading.objects.count()
    said = ("--match", "Q1 2025=2024/25 Q2", "--yes", "--by", "lead")
    code, out, _ = csplan("performance", "import", given, *said, "--json")
    told = json.loads(out)
    returned = [o for o in told["outcomes"] if o["outcome"] == "returned"]
    assert code == 3, "a note was not understood"
    assert told["matched"] == {"Deliberate secondary fires": "K105"} and told["unmatched"] == ["Fires of another kind"]
    assert [(o["ref"], o["period"]) for o in returned] == [("K105", "2024/25 Q3"), ("K105", "2024/25 Q2")]
    assert [o["words"] for o in told["outcomes"] if o["outcome"] == "no number"] == [
        "The file says “[c]”: suppressed, never nought."
    ]
    assert Reading.objects.count() == before + 2
    made = Reading.objects.get(kpi__ref="K105", period="2024/25 Q3", commentary__startswith="Brought in from a file")
    assert (made.value, made.state(clock.now())) == (1203, "provisional")
    code, out, _ = csplan("performance", "import", given, *said)
    assert code == 3 and "1 no number, 2 refused, 3 not matched." in out.splitlines(), "a reading never changes"


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ((), "Readings are returned by a person, and terminal:"),
        (("--by", "auditor"), "You may not return a reading here."),
        (("--by", "lead", "--match", "Deliberate secondary fires="), "No line is matched to an indicator"),
        (
            ("--by", "lead", "--match", "Fires of another kind=K105"),
            "“Deliberate secondary fires” and “Fires of another kind” are",
        ),
        (("--by", "lead", "--match", "Floods=K105"), "“Floods=K105” matches nothing"),
        (("--by", "lead", "--match", "Fires of another kind=K999"), "“Fires of another kind=K999” matches nothing"),
        (("--by", "lead", "--match", "Q1 2025=spring"), "“Q1 2025=spring” matches nothing"),
    ],
)
def test_nothing_is_returned_that_cannot_be(csplan: Run, tmp_path: Path, said: tuple[str, ...], words: str) -> None:
    before = Reading.objects.count()
    code, out, err = csplan("performance", "import", file(tmp_path, "history.csv", HISTORY), "--yes", *said)
    assert (code, out) == (2, "") and err.startswith(words), err
    assert Reading.objects.count() == before


# ---- what the actions behind the commands take and refuse ----


@pytest.fixture
def durham(demonstration: Client) -> Partnership:
    return Partnership.objects.get(slug="county-durham")


def history(*rows: str) -> kpi_import.History:
    return kpi_import.read_history(sheet_reader.read_csv("\n".join(rows).encode(), "history.csv"))


def test_a_match_is_a_heading_and_a_field() -> None:
    assert plan_reading.said_matches(["By when = due", "A=B=lead", "Notes="]) == {"By when": "due", "A=B": "lead", "Notes": ""}


def test_a_file_without_priorities_is_no_plan(durham: Partnership, person: Callable[[str], User]) -> None:
    proposal = plan_reading.propose(durham, Outline(()))
    told = {"slug": "2029-33", "title": "A plan", "starts_on": date(2029, 4, 1), "ends_on": date(2033, 3, 31)}
    with pytest.raises(CsplanError, match="No priority was found in the file"):
        plan_actions.confirm(partnership=durham, proposal=proposal, **told, by=person("manager"))


@pytest.mark.parametrize("who", ["board", "scrutiny", "auditor", "administrator", "partner-fire"])
def test_only_those_who_write_plans_confirm_one(durham: Partnership, person: Callable[[str], User], who: str) -> None:
    proposal = plan_reading.propose(durham, sheet_reader.read_csv(TABLE.encode(), "plan.csv"))
    told = {"slug": "2029-33", "title": "A plan", "starts_on": date(2029, 4, 1), "ends_on": date(2033, 3, 31)}
    with pytest.raises(CsplanError, match="You may not write a draft of the plan"):
        plan_actions.confirm(partnership=durham, proposal=proposal, **told, by=person(who))
    assert not Plan.objects.filter(slug="2029-33").exists()


def test_each_figure_is_taken_or_refused_by_itself(durham: Partnership, person: Callable[[str], User]) -> None:
    read = history("Indicator,Q3 2024/25,Q4 2024/25,2024-12,Q1 2099/00", "Fires,12%,7,3,4", "Others,1,2,3,4")
    before = Reading.objects.count()
    outcomes = kpi_actions.confirm(partnership=durham, history=read, refs={"Fires": "K105"}, by=person("lead"))
    told = {(o.figure.indicator, o.figure.period): (o.outcome, o.words) for o in outcomes}
    assert told[("Fires", "2024/25 Q3")] == (
        "refused", "The file gives a percentage, and K105 is read in fires. Match the line to another indicator.",
    )  # fmt: skip
    assert told[("Fires", "2024/25 Q4")] == ("returned", "2024/25 Q4: 7")
    assert told[("Fires", "2024-12")][0] == "refused", "a month of an indicator that is read by quarters"
    assert told[("Fires", "2099/00 Q1")][0] == "refused", "it has not ended"
    assert {outcome for (line, _), (outcome, _) in told.items() if line == "Others"} == {"not matched"}
    assert Reading.objects.count() == before + 1
    again = kpi_actions.confirm(partnership=durham, history=read, refs={"Fires": "K105"}, by=person("lead"))
    assert [o.outcome for o in again].count("returned") == 0, "a reading never changes"
    assert "1 returned, 3 refused, 4 not matched." in kpi_reading.outcome_words(outcomes)


def test_a_partner_returns_a_history_of_its_own_body_alone(durham: Partnership, person: Callable[[str], User]) -> None:
    read = history("Indicator,Q4 2024/25", "Fires,7")
    mine = kpi_actions.confirm(partnership=durham, history=read, refs={"Fires": "K105"}, by=person("partner-fire"))
    assert [o.outcome for o in mine] == ["returned"]
    assert not ColumnMatch.objects.filter(kind="kpi").exists(), "a partner's choices are not remembered for all"
    others = kpi_actions.confirm(partnership=durham, history=read, refs={"Fires": "K105"}, by=person("partner-police"))
    assert [o.outcome for o in others] == ["refused"]


def test_an_indicator_that_is_not_adopted_is_refused(durham: Partnership, person: Callable[[str], User]) -> None:
    with pytest.raises(CsplanError, match="There is no indicator K999 here"):
        kpi_actions.confirm(
            partnership=durham, history=history("Indicator,2024/25", "Fires,7"), refs={"Fires": "K999"}, by=person("lead")
        )


def test_matches_are_remembered_in_one_event_and_only_where_they_change(
    durham: Partnership, person: Callable[[str], User]
) -> None:
    before = AuditEvent.objects.count()
    told = {"partnership": durham, "kind": "plan", "by": person("manager")}
    assert column_match.remember(matches={"By When?": "due", "Who": "lead"}, **told) == 2
    assert column_match.remember(matches={"by when": "due"}, **told) == 0
    assert column_match.remember(matches={"by when": "starts"}, **told) == 1
    assert AuditEvent.objects.count() == before + 2
    assert dict(ColumnMatch.objects.values_list("heading", "field")) == {"by when": "starts", "who": "lead"}
    with pytest.raises(CsplanError, match="no kind of file"):
        column_match.remember(matches={"Who": "lead"}, **{**told, "kind": "letters"})
    with pytest.raises(CsplanError, match="You may not match the columns"):
        column_match.remember(matches={"Who": ""}, **{**told, "by": person("board")})
