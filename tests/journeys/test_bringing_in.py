"""A partnership brings in the plan it has and the history of its indicators: read, compared, confirmed, and never before."""

import html
import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from csplan.cycle import clock
from csplan.cycle.outline import Outline
from csplan.evidence.incoming import keeping
from csplan.records.models import AuditEvent, ColumnMatch, Deliverable, Plan, PlanVersion, Reading
from csplan.website import data_folder

pytestmark = pytest.mark.django_db

PLANS, PERFORMANCE = "/county-durham/desk/plans/import/", "/county-durham/desk/performance/import/"
TABLE = [
    ["Priority", "Work area", "Action", "Who", "By when", "RAG", "Weather"],
    ["Safe homes", "Doors", "Fit locks", "Housing", "31/03/2031", "Green", "wet"],
    ["", "Windows", "Mend panes", "", "soon", "", ""],
]
NAMED = {"title": "Safe Homes Plan 2029-33", "slug": "2029-33"}
DAYS = {f"{name}-{part}": value for name, day in (("starts", "1 4 2029"), ("ends", "31 3 2033")) for part, value in zip(
    ("day", "month", "year"), day.split(), strict=True
)}  # fmt: skip
HISTORY = (
    "Indicator;Q3 2024/25;Q4 2024/25;Q1 2025\n"
    "Deliberate secondary fires;1,203;[c];7\n"
    "Fires of another kind;5;6;8\n"
    "Note\n"
)  # fmt: skip


def word_file(title: str = "Safe Homes Plan 2029-33") -> SimpleUploadedFile:
    document = docx.Document()
    document.add_heading(title, 0)
    document.add_paragraph("The vision is “Everyone sleeps well at home”.")
    document.add_paragraph("We met in May.")
    made = document.add_table(len(TABLE), len(TABLE[0]))
    for row, words in zip(made.rows, TABLE, strict=True):
        for cell, text in zip(row.cells, words, strict=True):
            cell.text = text
    out = io.BytesIO()
    document.save(out)
    return SimpleUploadedFile("plan.docx", out.getvalue())


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CSPLAN_DATA", str(tmp_path))
    return tmp_path


@pytest.fixture
def at_desk(demonstration: Client, person: Callable[[str], User], folder: Path) -> Callable[[str], Client]:
    """A browser in which someone is signed in."""

    def signed_in(name: str) -> Client:
        client = Client()
        client.force_login(person(name), backend="django.contrib.auth.backends.ModelBackend")
        return client

    return signed_in


def words(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html.unescape(answer.content.decode())).split())


def upload(client: Client, address: str, file: SimpleUploadedFile) -> str:
    """Send a file; gives the address of its preview."""
    answer = client.post(address, {"do": "upload", "file": file})
    assert answer.status_code == 302, words(answer)
    return answer["Location"]


def choices(client: Client, preview: str) -> dict[str, str]:
    """Every select of a preview with what is chosen in it: {name: value}."""
    page = client.get(preview).content.decode()
    found = re.findall(r'<select[^>]* name="([^"]+)"[^>]*>(.*?)</select>', page, re.DOTALL)
    return {name: html.unescape((re.search(r'<option value="([^"]*)" selected', body) or ["", ""])[1]) for name, body in found}


def labels(client: Client, preview: str) -> dict[str, str]:
    page = client.get(preview).content.decode()
    return {
        html.unescape(label): name for name, label in re.findall(r'<label[^>]* for="((?:column|line)-\d+)">(.*?)</label>', page)
    }


# ---- a plan ----


def test_a_plan_is_read_compared_and_made_a_draft(at_desk: Callable[[str], Client], folder: Path) -> None:
    manager, before = at_desk("manager"), AuditEvent.objects.count()
    preview = upload(manager, PLANS, word_file())
    page = words(manager.get(preview))
    assert "1 priority, 2 work areas and 2 deliverables were found" in page
    assert "table 1, row 2, column ‘Action’ Fit locks Deliverable 1.1.1: Fit locks" in page
    assert "For work area 1.1; lead Housing; due 31 March 2031" in page
    assert "Everyone sleeps well at home" in page
    assert "1.1.1: on track" in page and "reported once the plan is agreed" in page
    assert "paragraph 3 We met in May." in page
    assert "table 1, row 3, column ‘By when’ soon no one day that is understood" in page
    assert "table 1, row 2, column ‘Weather’ wet its column is matched to nothing" in page
    assert 'value="2029-33"' in manager.get(preview).content.decode()
    assert not Plan.objects.filter(slug="2029-33").exists() and AuditEvent.objects.count() == before, "reading saves nothing"

    done = manager.post(preview, {**choices(manager, preview), **NAMED, **DAYS, "do": "confirm"}, follow=True)
    assert done.status_code == 200 and "A draft was made: Safe Homes Plan 2029-33, version 1" in words(done)
    version = PlanVersion.objects.get(plan__slug="2029-33")
    assert version.state(clock.now()) == "draft" and version.vision == "Everyone sleeps well at home"
    first, second = Deliverable.objects.filter(version=version).order_by("ref")
    assert (first.ref, first.title, first.work_areas, first.lead, str(first.due_on)) == (
        "1.1.1", "Fit locks", ["1.1"], "Housing", "2031-03-31",
    )  # fmt: skip
    assert (second.ref, second.lead, second.due_on, second.why) == ("1.2.1", None, None, "no lead and no day in the file")
    assert AuditEvent.objects.count() == before + 1, "nothing was chosen, so nothing is remembered"
    assert list((folder / keeping.FOLDER).iterdir()) == [], "what was read is forgotten"
    gone = manager.get(preview)
    assert gone.status_code == 422 and "no longer here" in words(gone)


def test_what_a_person_chose_for_a_column_is_remembered(at_desk: Callable[[str], Client]) -> None:
    manager = at_desk("manager")
    preview = upload(manager, PLANS, word_file())
    named = labels(manager, preview)
    chosen = {**choices(manager, preview), named["Weather"]: "resource", named["RAG"]: ""}
    again = manager.post(preview, {**chosen, **NAMED, **DAYS, "do": "read"})
    assert again.status_code == 200 and "needs wet" in words(again) and "1.1.1: on track" not in words(again)
    assert not ColumnMatch.objects.exists(), "choosing alone saves nothing"
    manager.post(preview, {**chosen, **NAMED, **DAYS, "do": "confirm"})
    assert dict(ColumnMatch.objects.values_list("heading", "field")) == {"weather": "resource", "rag": ""}
    assert Deliverable.objects.get(version__plan__slug="2029-33", ref="1.1.1").resource == "wet"
    next_one = upload(manager, PLANS, word_file())
    assert "needs wet" in words(manager.get(next_one)), "the next file is read by what is remembered"


def test_two_columns_cannot_mean_one_thing(at_desk: Callable[[str], Client]) -> None:
    manager = at_desk("manager")
    preview = upload(manager, PLANS, word_file())
    field = labels(manager, preview)["Weather"]
    for do in ("read", "confirm"):
        refused = manager.post(preview, {**choices(manager, preview), **NAMED, **DAYS, field: "lead", "do": do})
        assert refused.status_code == 422
        page = html.unescape(refused.content.decode())
        assert f'id="{field}-error"' in page and f'href="#{field}"' in page and "cannot both be “Who answers for it”" in page
    assert not Plan.objects.filter(slug="2029-33").exists()


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"title": ""}, "title", "Write the plan’s title"),
        ({"slug": "Two Words"}, "", "small letters, numbers and hyphens"),
        ({"slug": "2020-25"}, "", "There is already a plan called 2020-25"),
        ({"starts-year": "x"}, "starts", "Write a day, a month and a year"),
        ({"ends-year": "2028"}, "", "A plan ends after it starts"),
    ],
)
def test_what_is_wrong_with_the_plan_itself_is_said_at_its_field(
    at_desk: Callable[[str], Client], typed: dict[str, str], field: str, sentence: str
) -> None:
    manager, plans = at_desk("manager"), Plan.objects.count()
    preview = upload(manager, PLANS, word_file())
    refused = manager.post(preview, {**choices(manager, preview), **NAMED, **DAYS, **typed, "do": "confirm"})
    assert refused.status_code == 422 and sentence in words(refused)
    assert not field or f'id="{field}-error"' in refused.content.decode()
    assert Plan.objects.count() == plans
    assert "Fit locks" in words(refused), "what was read is still there"


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("plan.docx", b"<html><body>", "is a web page"),
        ("plan.pdf", b"%PDF-1.7", "is a PDF"),
        ("plan.docx", b"PK\x03\x04zzz", "is damaged"),
        ("plan.csv", b" ", "is empty"),
    ],
)
def test_a_file_that_cannot_be_read_is_said_at_the_field(
    at_desk: Callable[[str], Client], folder: Path, name: str, data: bytes, sentence: str
) -> None:
    refused = at_desk("manager").post(PLANS, {"do": "upload", "file": SimpleUploadedFile(name, data)})
    page = refused.content.decode()
    assert refused.status_code == 422 and sentence in words(refused)
    assert 'id="file-error"' in page and 'href="#file"' in page
    assert list(folder.iterdir()) == []


def test_no_file_is_said_at_the_field(at_desk: Callable[[str], Client]) -> None:
    assert "Choose a file" in words(at_desk("manager").post(PLANS, {"do": "upload"}))


def test_what_was_read_is_for_one_person_at_one_partnership(at_desk: Callable[[str], Client], folder: Path) -> None:
    manager = at_desk("manager")
    preview = upload(manager, PLANS, word_file())
    kept = next((folder / keeping.FOLDER).iterdir())
    assert kept.stat().st_mode & 0o077 == 0, "its owner alone may read it"
    assert at_desk("lead").get(preview).status_code == 422
    assert manager.get(preview.replace("/plans/", "/performance/")).status_code in (200, 422)
    assert "Fit locks" not in words(manager.get(preview.replace("/plans/", "/performance/")))
    for token in ("../records", f"{'0' * 12}-{'x' * 43}", "%2e%2e"):
        assert manager.get(f"{PLANS}?file={token}").status_code == 422
    forgotten = manager.post(preview, {"do": "forget"}, follow=True)
    assert "Nothing was saved" in words(forgotten) and not kept.exists()


def test_what_was_read_is_gone_after_a_day(at_desk: Callable[[str], Client], folder: Path) -> None:
    import os
    import time

    manager = at_desk("manager")
    preview = upload(manager, PLANS, word_file())
    kept = next((folder / keeping.FOLDER).iterdir())
    old = time.time() - keeping.KEPT_SECONDS - 1
    os.utime(kept, (old, old))
    assert manager.get(preview).status_code == 422 and not kept.exists()


def test_one_person_keeps_ten_at_most(folder: Path) -> None:
    told = {"kind": "plan", "name": "plan.docx", "partnership": "p"}
    tokens = [keeping.keep(folder, Outline(()), person="manager", **told) for _ in range(keeping.MOST + 2)]
    other = keeping.keep(folder, Outline(()), person="lead", **told)
    held = {path.stem for path in (folder / keeping.FOLDER).iterdir()}
    assert len(held & set(tokens)) == keeping.MOST and {tokens[-1], other} <= held


@pytest.mark.parametrize("who", ["board", "scrutiny", "auditor", "partner-fire"])
def test_those_who_write_no_plan_bring_none_in(at_desk: Callable[[str], Client], folder: Path, who: str) -> None:
    client = at_desk(who)
    assert "Your role writes no plans" in words(client.get(PLANS))
    assert "Your role writes no plans" in words(client.post(PLANS, {"do": "upload", "file": word_file()}))
    assert list(folder.iterdir()) == []


def test_nothing_is_brought_in_on_an_earlier_day_or_without_signing_in(at_desk: Callable[[str], Client]) -> None:
    assert "You are reading an earlier day" in words(at_desk("manager").get(f"{PLANS}?as_at=2020-01-09"))
    assert Client().get(PLANS).status_code == 302


def test_no_markup_of_a_file_is_run(at_desk: Callable[[str], Client]) -> None:
    manager = at_desk("manager")
    preview = upload(manager, PLANS, word_file("<script>alert(1)</script> Plan 2029-33"))
    assert b"<script>alert" not in manager.get(preview).content


# ---- a history of indicators ----


def csv_file() -> SimpleUploadedFile:
    return SimpleUploadedFile("history.csv", HISTORY.encode("utf-8-sig"))


def test_a_history_is_matched_and_returned_for_another_to_approve(at_desk: Callable[[str], Client], folder: Path) -> None:
    lead, before = at_desk("lead"), Reading.objects.count()
    preview = upload(lead, PERFORMANCE, csv_file())
    page, named = words(lead.get(preview)), labels(lead, preview)
    assert "3 figures of 2 lines were found, 1 matched" in page
    assert "[c] No figure: suppressed" in page
    assert "Q1 2025" in named, "a heading that may mean two quarters is asked"
    chosen = choices(lead, preview)
    assert [chosen[f"line-{i}"] for i in (0, 1)] == ["K105", ""], "a line in an indicator's own words is matched by itself"
    done = lead.post(preview, {**chosen, "do": "confirm"})
    assert done.status_code == 200 and Reading.objects.count() == before + 1, words(done)
    made = Reading.objects.order_by("-id").first()
    assert made is not None
    assert (made.kpi.ref, made.period, made.value, made.source) == ("K105", "2024/25 Q3", 1203, "submitted")
    assert made.state(clock.now()) == "provisional"
    assert made.commentary == "Brought in from a file: row 2, column ‘Q3 2024/25’."
    assert "The file says “[c]”: suppressed, never nought." in words(done)
    assert not Reading.objects.filter(kpi__ref="K105", period="2024/25 Q4", commentary__startswith="Brought in").exists()
    assert ColumnMatch.objects.get(kind="kpi", heading="deliberate secondary fires").field == "K105"
    assert list((folder / keeping.FOLDER).iterdir()) == []


def test_a_history_in_which_nothing_is_matched_is_not_returned(at_desk: Callable[[str], Client]) -> None:
    lead, before = at_desk("lead"), Reading.objects.count()
    preview = upload(lead, PERFORMANCE, csv_file())
    refused = lead.post(preview, {**choices(lead, preview), "line-0": "", "line-1": "", "do": "confirm"})
    assert refused.status_code == 422 and "Match at least one line" in words(refused)
    assert Reading.objects.count() == before


def test_two_lines_are_not_both_returned_for_one_indicator(at_desk: Callable[[str], Client]) -> None:
    lead, before = at_desk("lead"), Reading.objects.count()
    preview = upload(lead, PERFORMANCE, csv_file())
    refused = lead.post(preview, {**choices(lead, preview), "line-1": "K105", "do": "confirm"})
    assert refused.status_code == 422 and Reading.objects.count() == before
    assert "“Deliberate secondary fires” is matched to the same indicator, and both say something of" in words(refused)


def test_a_heading_that_means_two_quarters_is_chosen(at_desk: Callable[[str], Client]) -> None:
    lead = at_desk("lead")
    preview = upload(lead, PERFORMANCE, csv_file())
    field = labels(lead, preview)["Q1 2025"]
    again = lead.post(preview, {**choices(lead, preview), field: "2025/26 Q1", "do": "read"})
    assert "April to June 2025 7 A figure" in words(again)


def test_the_data_folder_of_the_page_is_the_one_of_the_process(folder: Path) -> None:
    assert data_folder() == folder.resolve()
