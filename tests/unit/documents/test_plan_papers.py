"""The papers of a plan: whole, tagged, on one page, in easy words, and the same bytes twice."""

import io
from dataclasses import replace
from datetime import date
from typing import Any

import pikepdf
import pytest
from docx import Document
from docx.oxml.ns import qn
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from csplan.documents.easy_read import easy_read, easy_read_paper
from csplan.documents.html_writer import fragment
from csplan.documents.paper import Callout, Heading, Paper, Table
from csplan.documents.plan_paper import plan_paper
from csplan.documents.plan_paper_record import Changed, Indicator, Recorded
from csplan.documents.plan_summary import plan_summary, summary
from csplan.documents.settled import settle, walk, words_of
from csplan.documents.write import as_bytes

WORDS = st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1, max_size=60).filter(str.strip)
LINE = WORDS.filter(lambda words: not set(words) & set("\u2028\u2029\x85"))


def sealed() -> dict[str, Any]:
    """A version with every part that a plan may have; its words hold every sign that a mark is made of."""
    return {
        "kind": "plan version",
        "partnership": {"slug": "anywhere", "name": "Anywhere Partnership", "area": "E06000047"},
        "plan": {
            "slug": "2030-35",
            "title": "Anywhere Plan 2030-35",
            "from": "2030-04-01",
            "to": "2035-03-31",
            "is_example": False,
        },
        "version": 2,
        "vision": "Safe *and* well {here}",
        "priorities_agreed_in": "2029-11",
        "note": "A note.",
        "sections": [
            {"ref": "foreword", "title": "Foreword", "words": "Why **this** plan.\n\n1. first\n2. second"},
            {
                "ref": "evidence",
                "title": "What the evidence says",
                "words": "Burglary: {recorded-burglary.rate/E06000047/2029}.\n\n{chart recorded-burglary.count/E06000047/2029}",
            },
            {"ref": "resources", "title": "How resources are used", "words": "Together."},
            {"ref": "harbour", "title": "Our harbour", "words": "A section of our own."},
        ],
        "priorities": [
            {
                "ref": "1",
                "title": "Safer homes",
                "limbs": ["a"],
                "words": "Homes matter.",
                "work_areas": [{"ref": "1.1", "title": "Locks", "words": "What it covers."}, {"ref": "1.2", "title": "Fires"}],
                "deliverables": [
                    {
                        "ref": "1.1.1",
                        "title": "Fit locks",
                        "work_areas": ["1.1"],
                        "lead": "Housing office",
                        "group": "homes",
                        "contributors": ["Police"],
                        "starts": "2030-05-01",
                        "due": "2031-03-31",
                        "evidence": "record",
                        "mechanism": "A lock keeps a door shut.",
                        "resource": "£1",
                        "why": "",
                        "is_example": False,
                    },
                    {
                        "ref": "1.2.1",
                        "title": "Fit alarms",
                        "work_areas": ["1.1", "1.2"],
                        "lead": None,
                        "due": None,
                        "why": "not settled yet",
                        "is_example": True,
                    },
                ],
            },
            {"ref": "2", "title": "Fewer thefts", "limbs": ["a", "c"], "work_areas": [], "deliverables": []},
        ],
        "alignments": [
            {
                "slug": "vision",
                "title": "Anywhere 2040",
                "kind": "vision",
                "agreed_by": "the council",
                "ambitions": ["Jobs", "Homes"],
                "delivers": {"Homes": ["1", "1.1"]},
                "note": "It fits.",
            },
            {"slug": "health", "title": "Health report", "agreed_by": None, "ambitions": ["Long lives"], "note": ""},
        ],
        "assurance_areas": [
            {"ref": "A1", "title": "Modern slavery", "led_by": "Safeguarding board", "words": "Asked twice a year."}
        ],
        "risks": [{"ref": "R1", "title": "Money ends", "owner": "Board", "words": "- ask\n- save", "refs": ["1"]}],
        "dependencies": [{"ref": "N1", "title": "Data", "on": "Police", "words": "We wait."}],
        "resources": [
            {"ref": "M1", "title": "Grant", "given_by": "Council", "amount_gbp": 120000, "words": "For locks.", "refs": ["1.1"]},
            {"ref": "M2", "title": "A room", "given_by": "Fire"},
            {"ref": "M3", "title": "Fund", "amount_gbp": 500},
        ],
        "figures": [
            {
                "ref": "recorded-burglary.rate/E06000047/2029",
                "about": "Burglary, 2029",
                "words": "4.3 per 1,000 households",
                "full": "4.3 per 1,000 households (4.1 to 4.5)",
                "releases": [{"key": "police.uk/street 2029-12", "sha256": "0" * 64}],
            },
            {
                "ref": "chart recorded-burglary.count/E06000047/2029",
                "words": "Burglary month by month: 24 in all.",
                "rows": [["January 2029", "13"], ["February 2029", "11"]],
                "releases": [{"key": "police.uk/street 2029-12", "sha256": "0" * 64}],
            },
        ],
        "previous_sha256": "b" * 64,
        "sealed_at": "2030-01-07T09:00:00Z",
    }


@st.composite
def sealed_plans(draw: st.DrawFn) -> dict[str, Any]:
    """Any sealed plan: as many priorities, work areas and deliverables as fit a test, with any words."""
    priorities = []
    for n in range(1, draw(st.integers(0, 12)) + 1):
        areas = [{"ref": f"{n}.{k}", "title": draw(LINE)} for k in range(1, draw(st.integers(0, 5)) + 1)]
        deliverables = [
            {"ref": f"{n}.1.{k}", "title": draw(LINE), "work_areas": [a["ref"] for a in areas[:1]], "lead": None, "due": None, "why": "not said", "is_example": False}
            for k in range(1, draw(st.integers(0, 3)) + 1)
        ]  # fmt: skip
        priorities.append({"ref": str(n), "title": draw(LINE), "limbs": [], "words": draw(st.one_of(st.just(""), WORDS)), "work_areas": areas, "deliverables": deliverables})  # fmt: skip
    return {**sealed(), "vision": draw(LINE), "priorities": priorities, "alignments": [], "sections": []}


RECORDED = Recorded(
    state="Agreed by the board on 1 March 2030",
    is_agreed=True,
    deeds=("The Anywhere Board agreed it on 1 March 2030.", "It was sent to the Commissioner on 8 March 2030: by e-mail."),
    authorities=(("Anywhere Council", "It agreed it (1 March 2030)."), ("Anywhere Police", "")),
    groups={"homes": "Homes Group"},
    indicators=(Indicator("K101", "Homes with locks", "1", "40%, in 2029", "60% by 31 March 2035", True),),
    before="version 1",
    changes=(Changed("Vision", "changed", "Safe", "It was too short. From the scrutiny committee."),),
    address="/anywhere/plans/2030-35/versions/2.sealed.json",
)
SHA256 = "c" * 64
SAY = ("Have your say by 14 February 2030", "Answer on the partnership’s site, or write to the Community Safety Team.")


def whole(told: dict[str, Any] | None = None, recorded: Recorded = RECORDED) -> Paper:
    return plan_paper(told or sealed(), sha256=SHA256, author="Community Safety Team", on=date(2030, 1, 7), recorded=recorded)


def short(told: dict[str, Any] | None = None, recorded: Recorded = RECORDED) -> Paper:
    made = summary(told or sealed(), sha256=SHA256, recorded=recorded, say=SAY)
    return plan_summary(made, author="Community Safety Team", on=date(2030, 1, 7))


def easy(told: dict[str, Any] | None = None) -> Paper:
    made = easy_read(told or sealed(), is_agreed=True, contact="Community Safety Team")
    return easy_read_paper(made, author="Community Safety Team", on=date(2030, 1, 7), footer="Easy read")


PAPERS = pytest.mark.parametrize("make", [whole, short, easy], ids=["plan", "summary", "easy read"])


def said(paper: Paper) -> str:
    return "\n".join(words_of(settle(paper)))


def strings(value: Any) -> list[str]:
    """Every text that a sealed plan holds, its keys left out."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for inside in value.values() for text in strings(inside)]
    return [text for inside in value for text in strings(inside)] if isinstance(value, list) else []


# ---- the whole plan -------------------------------------------------------------------------------------------


def test_the_whole_plan_is_in_the_paper():
    words = said(whole())
    for fact in (
        *("Safe *and* well {here}", "A note.", "1 April 2030 to 31 March 2035", "November 2029", "Community Safety Team"),
        *("Why this plan.", "first", "4.3 per 1,000 households", "A section of our own.", "Homes matter.", "What it covers."),
        *("Fit locks", "Housing office\nwith Police", "Homes Group", "31 March 2031\nfrom 1 May 2030", "A record of attendance"),
        *("A lock keeps a door shut. It needs: £1.", "Lead and day of 1.2.1: not settled yet.", "Leads and days are examples."),
        *("This version names no deliverable for it.", "reducing crime and disorder", "reducing reoffending"),
        *("Anywhere 2040", "It is agreed by the council.", "all of it, 1.1", "Its ambitions are these.", "Long lives"),
        *("Modern slavery", "Safeguarding board", "Money ends", "ask\nsave", "Data", "We wait.", "Grant", "£120,000", "£120,500"),
        *("One line is without an amount.", "Homes with locks", "40%, in 2029", "60% by 31 March 2035"),
        *("It was too short. From the scrutiny committee.", "It agreed it (1 March 2030).", "Nothing is recorded."),
        *("Burglary month by month: 24 in all.", "February 2029", "4.3 per 1,000 households (4.1 to 4.5)", "Burglary, 2029"),
        *("by e-mail", "police.uk/street 2029-12", SHA256, "b" * 64, RECORDED.address),
    ):
        assert fact in words, fact
    assert "{recorded-burglary" not in words, "the figure is in words"


@pytest.mark.parametrize(
    ("recorded", "notes"),
    [
        (RECORDED, []),
        (replace(RECORDED, is_agreed=False, state="Frozen on 7 January 2030 and not agreed"), ["This is a draft"]),
        (replace(RECORDED, is_withdrawn=True), ["Withdrawn"]),
    ],
    ids=["agreed", "draft", "withdrawn"],
)
def test_a_plan_that_does_not_stand_says_so(recorded, notes):
    paper = whole(recorded=recorded)
    titles = [b.title for b in paper.blocks if isinstance(b, Callout)]
    assert [t for t in titles if not t.startswith("Version")] == notes
    assert ("(draft)" in paper.footer) is not recorded.is_agreed


def test_a_figure_that_was_not_sealed_stays_as_it_was_written():
    told = sealed() | {"figures": []}
    assert "{recorded-burglary.rate/E06000047/2029}" in said(whole(told))


def test_a_first_version_tells_no_changes_and_authorities_without_a_part_are_one_sentence():
    bare = Recorded(authorities=(("Council", ""), ("Police", "")))
    words = said(whole(recorded=bare))
    assert "What changed since" not in words
    assert "The responsible authorities are Council and Police. No part of theirs in this version is recorded." in words


def test_columns_that_would_say_nothing_are_not_printed():
    told = sealed()
    told["priorities"][0]["deliverables"] = [
        {"ref": "1.1.1", "title": "Fit locks", "work_areas": ["1.1"], "lead": None, "due": None, "why": "not stated in the report", "is_example": False}
    ]  # fmt: skip
    (table,) = [b for b in settle(whole(told)).blocks if isinstance(b, Table) and "Deliverables" in b.headline.plain]
    assert [h.plain for h in table.head] == ["Ref", "What"]
    assert table.source.plain == "Lead and day: not stated in the report."


def test_every_table_has_as_many_cells_as_heads_and_none_is_empty():
    for block in walk(settle(whole()).blocks):
        if isinstance(block, Table):
            assert all(len(row) == len(block.head) == len(block.widths) == len(block.align) for row in block.rows)
            assert all(cell.plain.strip() for row in (block.head, *block.rows) for cell in row), block.headline.plain


# ---- all three ------------------------------------------------------------------------------------------------


@PAPERS
@pytest.mark.parametrize("ending", [".pdf", ".docx", ".html"])
def test_the_same_plan_gives_the_same_bytes(make, ending):
    assert as_bytes(make(), ending) == as_bytes(make(), ending)


@PAPERS
def test_a_pdf_is_tagged_and_says_its_language_title_and_standard(make):
    paper = make()
    with pikepdf.open(io.BytesIO(as_bytes(paper, ".pdf"))) as pdf:
        assert str(pdf.Root.Lang) == "en-GB"
        assert bool(pdf.Root.MarkInfo.Marked)
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        assert tags(pdf).count("/H1") == 1
        with pdf.open_metadata() as meta:
            assert meta["dc:title"] == paper.title
            assert meta["pdfuaid:part"] == "1"


def tags(pdf: pikepdf.Pdf) -> list[str]:
    """The kind of every element of a PDF's structure."""
    found: list[str] = []

    def visit(node: Any) -> None:
        if isinstance(node, pikepdf.Array):
            for inner in node:
                visit(inner)
        elif isinstance(node, pikepdf.Dictionary):
            found.append(str(node.get("/S", "")))
            visit(node.get("/K"))

    visit(pdf.Root.StructTreeRoot.K)
    return found


def test_the_tables_of_the_pdf_have_heads():
    with pikepdf.open(io.BytesIO(as_bytes(whole(), ".pdf"))) as pdf:
        kinds = tags(pdf)
    assert kinds.count("/Table") == len([b for b in whole().blocks if isinstance(b, Table)])
    assert kinds.count("/TH") >= kinds.count("/Table") * 2


def test_word_has_real_headings_and_heads_that_repeat():
    document = Document(io.BytesIO(as_bytes(whole(), ".docx")))
    by_style = {
        style: [p.text for p in document.paragraphs if p.style.name == style] for style in ("Title", "Heading 1", "Heading 2")
    }
    assert by_style["Title"] == ["Anywhere Plan 2030-35"]
    for heading in ("1 Safer homes", "2 Fewer thefts", "What the plan fits with", "Fingerprint of this version"):
        assert heading in by_style["Heading 1"]
    assert "What will be done" in by_style["Heading 2"]
    heads = [t.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None for t in document.tables]
    assert heads and all(heads)
    assert document.core_properties.title == "Anywhere Plan 2030-35"
    steps = [p.text for p in document.paragraphs if p.style.name == "List Number"]
    assert steps[:2] == ["first", "second"]


def test_the_sections_are_listed_in_front_and_lead_there():
    drawn = fragment(whole())
    for heading in (b for b in whole().blocks if isinstance(b, Heading) and b.level == 2):
        assert f'<a href="#{heading.id}">' in drawn
        assert drawn.count(f'id="{heading.id}"') == 1


# Printing costs more than drawing a plan: a failing plan is shown as it was drawn, not made smaller.
@settings(max_examples=10, phases=[Phase.reuse, Phase.generate])
@given(sealed_plans())
def test_any_plan_can_be_printed_whole_and_in_short(told):
    assert as_bytes(whole(told), ".pdf").startswith(b"%PDF")
    with pikepdf.open(io.BytesIO(as_bytes(short(told), ".pdf"))) as pdf:
        assert len(pdf.pages) == 1
    as_bytes(easy(told), ".pdf")


@pytest.mark.parametrize("words", ["at least 80% ≥ 75%", "ŵyl", "a\x0bb", "😀", "tab\there"])
def test_no_sign_that_somebody_wrote_stops_a_paper(words):
    told = sealed()
    told["priorities"][0]["title"] = words
    for ending in (".pdf", ".docx", ".html"):
        as_bytes(whole(told), ending)


# ---- one page -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("priorities", [1, 6, 12, 20, 30])
def test_the_summary_is_one_page(priorities):
    told = sealed()
    areas = [
        {"ref": f"1.{k}", "title": "Work with partners so that people in every part of the county feel and are safe"}
        for k in range(1, 7)
    ]
    told["priorities"] = [
        {
            "ref": str(n),
            "title": "Support victims and protect vulnerable people from harm",
            "work_areas": areas,
            "deliverables": [],
        }
        for n in range(1, priorities + 1)
    ]
    with pikepdf.open(io.BytesIO(as_bytes(short(told), ".pdf"))) as pdf:
        assert len(pdf.pages) == 1


def test_the_summary_says_how_to_have_a_say_how_it_is_known_and_its_fingerprint():
    words = said(short())
    for fact in (*SAY, "One indicator measure", "Locks; Fires.", SHA256, "Safe *and* well {here}"):
        assert fact in words.replace("measures", "measure"), fact


def test_the_words_of_the_partnership_go_before_rules():
    told = sealed()
    told["sections"].append({"ref": "easy-read", "title": "Easy read", "words": "# Our plan\n\nWe fit **locks**."})
    made = easy_read(told, is_agreed=True, contact="Office")
    assert not made.is_by_rule and not made.ideas
    words = said(easy(told))
    assert "We fit locks." in words and "The partnership wrote these words." in words
    assert "We fit locks" not in said(whole(told)), "the easy words are a paper of their own"
