"""A partner's return of indicators, given to `csplan evidence load`: each good row waits for approval, each other is told."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from csplan import cli
from csplan.commands import returns as commands
from csplan.evidence.returns import workbook
from csplan.records.models import AuditEvent, Kpi, Reading

pytestmark = pytest.mark.django_db

HEADINGS = ["Indicator", "Partner", "Period", "Numerator", "Denominator", "Value", "Commentary"]
GOOD = ["K105", "fire", "2025/26 Q4", "", "", "201", "Fewer bonfires"]

Run = Callable[..., tuple[int, dict[str, Any]]]


@pytest.fixture
def load(demonstration: Client, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    """Load rows as a return: gives (exit code, what became of it)."""
    monkeypatch.setattr(commands, "website", lambda: None)  # it is started, over the test's own records

    def run(*rows: list[str], form: str = "xlsx", headings: list[str] = HEADINGS, more: tuple[str, ...] = ()) -> Any:
        file = tmp_path / f"return.{form}"
        file.write_bytes(workbook.as_bytes([workbook.Sheet("Return", [headings, *rows])], form))
        words = ["--json", "--data", tmp_path / "data", "--partnership", "county-durham", "evidence", "load", file, *more]
        with pytest.raises(SystemExit) as left:
            cli.main([str(word) for word in words])
        code = left.value.code
        return code if isinstance(code, int) else 0, json.loads(capsys.readouterr().out)["units"][0]

    return run


BY = ("--by", "lead")


@pytest.mark.parametrize("form", ["xlsx", "ods", "csv"])
def test_a_good_row_is_a_reading_that_waits(load: Run, form: str) -> None:
    code, unit = load(GOOD, form=form, more=BY)
    assert (code, unit["outcome"], unit["source"]) == (0, "accepted", "return/kpi")
    assert (unit["rows_read"], unit["rows_loaded"], unit["rows_quarantined"]) == (1, 1, 0)
    made = Reading.objects.get(kpi__ref="K105", period="2025/26 Q4")
    assert (made.value, made.commentary, made.source) == (201, "Fewer bonfires", "submitted")
    assert AuditEvent.objects.filter(action="reading.submit", subject_ref="K105 2025/26 Q4").count() == 1
    assert load(GOOD, form=form, more=BY)[1]["outcome"] == "unchanged"


def test_a_rehearsal_records_nothing(load: Run) -> None:
    before = Reading.objects.count()
    code, unit = load(GOOD, ["K999", *GOOD[1:]], more=(*BY, "--dry-run"))
    assert (code, unit["outcome"], unit["rows_loaded"]) == (3, "quarantined", 1)
    assert Reading.objects.count() == before


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ({0: "K999"}, "There is no indicator “K999” here. Write the reference of one that is adopted."),
        ({0: "recorded-burglary"}, "is computed from open figures, so nobody returns it. Leave the row out."),
        (
            {1: "police"},
            "is returned by County Durham and Darlington Fire and Rescue Authority, whose code is fire. Correct the partner.",
        ),
        ({2: "2025/26 Q3"}, "already has a value for October to December 2025, which is approved and closed"),
        ({2: "2026/27 Q4"}, "January to March 2027 has not ended. Return its value when it has."),
        ({2: "2025/26"}, "K105 is read quarterly, and April 2025 to March 2026 is not such a period."),
        ({2: "last spring"}, "Row 3, Period: “last spring” is not a period. Write it as 2024/25 Q1."),
        ({5: "20.5"}, "The value 20.5 is no count: it must be a whole number of zero or more."),
        ({5: "about 20"}, "Row 3, Value: “about 20” is neither a number nor a mark. Write a number, or [c], [x] or [z]."),
        ({5: "20%"}, "The file gives a percentage, and K105 is read in"),
        ({}, "K105 has a second value for January to March 2026 in this file. Leave one of them out."),
    ],
)
def test_a_row_that_cannot_be_taken_is_told_and_keeps_no_other_out(load: Run, row: dict[int, str], sentence: str) -> None:
    bad = [row.get(i, cell) for i, cell in enumerate(GOOD)]
    code, unit = load(GOOD, bad, more=BY)
    assert (code, unit["outcome"], unit["rows_loaded"], unit["rows_quarantined"]) == (3, "quarantined", 1, 1)
    assert [reason["first_row"] for reason in unit["reasons"]] == [3]
    assert sentence in unit["reasons"][0]["message"]
    assert Reading.objects.filter(kpi__ref="K105", period="2025/26 Q4", value=201).count() == 1


@pytest.mark.parametrize("mark", ["[c]", "<5", "*", "[x]", "n/a", "[z]", "-", ""])
def test_a_mark_is_no_number_and_never_nought(load: Run, mark: str) -> None:
    code, unit = load([*GOOD[:5], mark, ""], more=BY)
    assert (code, unit["outcome"], unit["rows_loaded"]) == (0, "accepted_with_warnings", 0)
    assert "no reading is made of it, and it is never nought" in unit["reasons"][0]["message"]
    assert not Reading.objects.filter(kpi__ref="K105", period="2025/26 Q4").exists()


def test_a_value_agrees_with_its_parts(load: Run) -> None:
    share = Kpi.objects.get(ref="K122")
    row = ["K122", share.body.code, "2025/26 Q4", "60", "80", "75", ""]
    refused = load([*row[:5], "70", ""], more=BY)[1]
    assert "does not agree with 60 out of 80, which gives 75.0" in refused["reasons"][0]["message"]
    assert load(row, more=BY)[1]["outcome"] == "accepted"
    made = Reading.objects.get(kpi=share, period="2025/26 Q4")
    assert (made.numerator, made.denominator, made.value) == (60, 80, 75) and made.low < 75 < made.high


def test_the_terminal_returns_nothing_in_its_own_name(load: Run) -> None:
    code, unit = load(GOOD)
    assert (code, unit["outcome"]) == (4, "rejected")
    assert "Say who you are with --by and your user name" in unit["reasons"][0]["message"]


def test_a_partner_returns_for_its_own_body_alone(load: Run) -> None:
    code, unit = load(GOOD, more=("--by", "partner-police"))
    assert (code, unit["outcome"]) == (4, "rejected")
    assert "Ask someone there to return it" in unit["reasons"][0]["message"]
    assert load(GOOD, more=("--by", "partner-fire"))[1]["outcome"] == "accepted"


def test_a_rehearsal_refuses_what_the_return_would(load: Run) -> None:
    row = [*GOOD[:5], "-4", ""]
    told = [load(row, more=more)[1] for more in ((*BY, "--dry-run"), BY)]
    assert [unit["outcome"] for unit in told] == ["rejected", "rejected"] and told[0]["reasons"] == told[1]["reasons"]


def test_a_marked_copy_says_what_the_records_find(load: Run, tmp_path: Path) -> None:
    marked = tmp_path / "marked.csv"
    load(GOOD, ["K999", *GOOD[1:]], more=(*BY, "--dry-run", "--marked", str(marked)))
    lines = marked.read_text(encoding="utf-8-sig").splitlines()
    assert lines[0].endswith(",What to mend") and lines[1].endswith(",") and "There is no indicator “K999” here." in lines[2]
