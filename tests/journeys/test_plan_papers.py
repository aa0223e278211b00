"""The plan is taken away: as files, on one page, in easy words; what was agreed is served as it was kept."""

import base64
import hashlib
import html
import io
import itertools
import json
import re

import pikepdf
import pytest
from django.contrib.auth.models import User
from django.test import Client
from docx import Document

from csplan.cycle import clock
from csplan.documents import plan_exchange
from csplan.records import papers, plan_papers
from csplan.records.models import PlanVersion, StoredPaper

pytestmark = pytest.mark.django_db

HOME = "/county-durham/"
PLAN = f"{HOME}plans/2020-25"
PAPER = f"{PLAN}/versions/2/paper"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def agreed() -> PlanVersion:
    return PlanVersion.objects.get(plan__slug="2020-25", number=2)


@pytest.mark.parametrize(
    ("address", "kind", "name"),
    [
        (f"{PLAN}/plan.pdf", "application/pdf", "2020-25-plan-version-2.pdf"),
        (f"{PLAN}/plan.docx", WORD, "2020-25-plan-version-2.docx"),
        (f"{PLAN}/plan.html", "text/html; charset=utf-8", "2020-25-plan-version-2.html"),
        (f"{PAPER}.pdf", "application/pdf", "2020-25-plan-version-2.pdf"),
        (f"{PAPER}.docx", WORD, "2020-25-plan-version-2.docx"),
        (f"{PLAN}/versions/1/paper.pdf", "application/pdf", "2020-25-plan-version-1.pdf"),
        (f"{PLAN}/summary.pdf", "application/pdf", "2020-25-summary-version-2.pdf"),
        (f"{PLAN}/summary.docx", WORD, "2020-25-summary-version-2.docx"),
        (f"{PLAN}/easy-read.pdf", "application/pdf", "2020-25-easy-read-version-2.pdf"),
    ],
)
def test_each_file_says_what_it_is_and_its_fingerprint(demonstration: Client, address: str, kind: str, name: str) -> None:
    answer = demonstration.get(address)
    assert answer.status_code == 200
    assert answer["Content-Type"] == kind
    assert f'filename="{name}"' in answer["Content-Disposition"]
    sha256 = hashlib.sha256(answer.content).digest()
    assert answer["ETag"] == f'"{sha256.hex()}"'
    assert answer["Repr-Digest"] == f"sha-256=:{base64.b64encode(sha256).decode()}:"
    assert demonstration.get(address, headers={"If-None-Match": answer["ETag"]}).status_code == 304


def test_a_form_that_is_not_made_and_a_plan_that_is_not_there(demonstration: Client) -> None:
    assert demonstration.get(f"{PLAN}/plan.odt").status_code == 404
    assert demonstration.get(f"{HOME}plans/2099-05/plan.pdf").status_code == 404
    assert demonstration.get(f"{PLAN}/versions/9/paper.pdf").status_code == 404


@pytest.mark.parametrize("form", plan_papers.FORMS)
def test_the_bytes_kept_at_the_agreement_are_served_for_ever(
    demonstration: Client, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = StoredPaper.objects.get(version=agreed(), kind="plan", form=form)
    before = demonstration.get(f"{PAPER}.{form}")
    assert before.content == bytes(kept.content)
    assert before["X-Kept-Since-Agreement"] == "yes"
    monkeypatch.setattr(plan_papers, "as_bytes", lambda paper, ending: b"made by another version of the program")
    assert demonstration.get(f"{PAPER}.{form}").content == bytes(kept.content)
    assert demonstration.get(f"{PLAN}/plan.{form}").content == b"made by another version of the program"


def test_the_same_program_makes_the_same_bytes_again(demonstration: Client) -> None:
    made = {form: (content, sha256) for form, content, sha256 in plan_papers.as_agreed(agreed())}
    kept = {p.form: (bytes(p.content), p.sha256) for p in StoredPaper.objects.filter(version=agreed(), kind="plan")}
    assert made == kept
    assert set(kept) == set(plan_papers.FORMS)


def test_a_file_is_not_there_before_its_version_is(demonstration: Client) -> None:
    assert demonstration.get(f"{PLAN}/plan.pdf?as_at=2019-12-16").status_code == 404
    assert demonstration.get(f"{PLAN}/plan.pdf?as_at=2019-12-17").status_code == 200
    assert demonstration.get(f"{PAPER}.pdf?as_at=2020-03-08").status_code == 404
    assert demonstration.get(f"{PAPER}.pdf?as_at=2020-03-09").status_code == 200


def test_before_the_agreement_the_plan_is_a_draft_and_after_it_tells_how_it_was_agreed(demonstration: Client) -> None:
    before = html.unescape(demonstration.get(f"{PLAN}/plan.html?as_at=2020-01-09").content.decode())
    assert "This is a draft" in before
    assert "How it was agreed" not in before
    after = html.unescape(demonstration.get(f"{PLAN}/plan.html").content.decode())
    assert "This is a draft" not in after
    for fact in (
        "The Safe Durham Partnership Board agreed it on 9 March 2020",
        "It was sent to the Durham Police and Crime Commissioner on 16 March 2020",
        "What changed since version 1",
        "A county where every adult and child will feel and be safe",  # what the vision said before
        agreed().seal.sha256,
    ):
        assert fact in after, fact


def test_the_pdf_is_tagged_and_the_word_file_has_headings(demonstration: Client) -> None:
    with pikepdf.open(io.BytesIO(demonstration.get(f"{PAPER}.pdf").content)) as pdf:
        assert str(pdf.Root.Lang) == "en-GB"
        assert bool(pdf.Root.MarkInfo.Marked)
        with pdf.open_metadata() as meta:
            assert (meta["dc:title"], meta["pdfuaid:part"]) == ("Safe Durham Partnership Plan 2020-25", "1")
    headings = [
        p.text for p in Document(io.BytesIO(demonstration.get(f"{PAPER}.docx").content)).paragraphs if p.style.name == "Heading 1"
    ]
    assert "1 Promote being safe and feeling safe in your community" in headings
    assert "Fingerprint of this version" in headings


def test_the_summary_page_and_its_paper_say_the_same(demonstration: Client) -> None:
    page = html.unescape(demonstration.get(f"{PLAN}/summary/").content.decode())
    told = demonstration.get(f"{PLAN}/summary.json").json()["summary"]
    assert page.count("<h1") == 1 and "style=" not in page
    for fact in (told["vision"], told["sha256"], *told["say"], *told["known"], *(p["title"] for p in told["priorities"])):
        assert fact in page, fact
    assert [p["ref"] for p in told["priorities"]] == list("123456")
    with pikepdf.open(io.BytesIO(demonstration.get(f"{PLAN}/summary.pdf").content)) as pdf:
        assert len(pdf.pages) == 1


def test_the_summary_says_how_to_answer_while_a_consultation_is_open(demonstration: Client) -> None:
    told = demonstration.get(f"{PLAN}/summary.json?as_at=2020-01-09").json()["summary"]
    assert told["say"][0] == "Have your say by 14 February 2020"
    assert "/county-durham/consultations/plan-2020-25/" in told["say"][1]
    assert demonstration.get(f"{PLAN}/summary.json?as_at=2020-02-16").json()["summary"]["say"][0] == "How to have a say"


def test_the_easy_read_page_says_that_it_was_made_by_rule(demonstration: Client) -> None:
    page = html.unescape(demonstration.get(f"{PLAN}/easy-read/").content.decode())
    assert page.count("<h1") == 1 and "style=" not in page
    for words in (
        "A computer made these easy words from the plan.",
        "Nobody has tested them with readers yet.",
        "If you are in danger, call 999.",
    ):
        assert words in page
    levels = [int(n) for n in re.findall(r"<h(\d)", page)]
    assert levels[0] == 1 and all(b <= a + 1 for a, b in itertools.pairwise(levels))


def test_the_plan_is_among_the_papers(demonstration: Client) -> None:
    listed = demonstration.get(f"{HOME}papers.json").json()["papers"]
    found = {p["ref"]: p for p in listed if p["kind"] == "plan"}
    assert (found["2020-25"]["state"], found["2020-25"]["meeting"], found["2020-25"]["date"]) == (
        "ended",
        "board-2020-03-09",
        "2020-03-09",
    )
    assert (found["example-refresh"]["meeting"], found["example-refresh"]["why"]) == (None, "No meeting has agreed it yet.")
    page = html.unescape(demonstration.get(f"{HOME}papers/2020-25/").content.decode())
    assert page.count("<h1") == 1 and "style=" not in page
    assert demonstration.get(f"{HOME}papers/2020-25.pdf").content == demonstration.get(f"{PLAN}/plan.pdf").content


@pytest.mark.parametrize("kind", ["plan", "plan-summary", "easy-read"])
def test_the_terminal_makes_each_kind(demonstration: Client, kind: str) -> None:
    for ref in ("2020-25", "2020-25/1"):
        assert papers.build(kind, ref, partnership="county-durham", at=clock.now()).title.startswith(
            "Safe Durham Partnership Plan 2020-25"
        )


def test_the_page_of_a_plan_answers_in_the_plan_format(demonstration: Client) -> None:
    for slug in ("2020-25", "example-refresh"):
        told = demonstration.get(f"{HOME}plans/{slug}.json").json()
        assert plan_exchange.problems(told) == []
        assert set(told["plan"]) >= {"slug", "title", "from", "to", "state", "version", "sha256", "vision"}
        assert set(told["kpis"][0]) >= {"id", "title", "priority", "polarity", "baseline", "target", "monitor_only_reason"}
    sent = demonstration.get(f"{PLAN}.json").json()["dispatches"]
    assert [(d["on"], d["body"]) for d in sent] == [("2020-03-16", "commissioner")]


def test_a_draft_has_no_paper(demonstration: Client) -> None:
    officer = Client()
    officer.force_login(User.objects.get(username="manager"))
    refused = officer.get(f"{HOME}plans/2021-25/plan.pdf")
    assert refused.status_code == 404
    assert "still a draft" in html.unescape(refused.content.decode())
    assert demonstration.get(f"{HOME}plans/2021-25/plan.pdf").status_code == 404


def test_json_of_the_pages_is_json(demonstration: Client) -> None:
    for name in ("summary", "easy-read"):
        assert json.loads(demonstration.get(f"{PLAN}/{name}.json").content)
