"""One paper, three writers: the same words, the same bytes twice, and what a screen reader needs."""

import io
import itertools
import re
import zipfile
from datetime import date
from html.parser import HTMLParser

import pikepdf
import pytest
from docx import Document
from docx.oxml.ns import qn
from lxml import etree

from csplan.documents import html_writer, pdf_writer
from csplan.documents.committee_report import committee_report
from csplan.documents.factsheet import area_factsheet
from csplan.documents.maps import locator
from csplan.documents.paper import Bullets, Masthead, Paper, Paragraph, verbatim
from csplan.documents.settled import settle, walk, words_of
from csplan.documents.write import as_bytes, write
from csplan.errors import CsplanError

RUDE = '**bold** {id} [click](https://example.org) <script>alert("x")</script> & \\*'


@pytest.fixture(params=["report", "area", "topic"])
def paper(request, report, findings) -> Paper:
    if request.param == "report":
        return committee_report(report)
    drawing = locator({"E02004340": (0, 0, 0), "E02004341": (1, 0, 0)}, ["E02004340"], title="Where", desc="In the south")
    return area_factsheet(
        findings,
        line="10,000 residents in 4,000 households",
        made_on=date(2026, 3, 16),
        partnership="Safe Durham Partnership: worked example",
        office="Community Safety Team",
        sources=("Recorded crime: data.police.uk.",),
        locator=drawing,
        locator_alt="Map with Shildon filled in",
        topic="burglary" if request.param == "topic" else None,
    )


def of_the_public(words: str) -> Paper:
    """A paper that prints words as someone wrote them."""
    head = Masthead("Answers", "What people wrote", "")
    return Paper(
        "Answers", "", "Office", date(2026, 3, 16), "", "", head, (Paragraph(verbatim(words)), Bullets((verbatim(words),)))
    )


# ---- all three ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", [".html", ".pdf", ".docx"])
def test_same_paper_gives_the_same_bytes(paper, ending):
    assert as_bytes(paper, ending) == as_bytes(paper, ending)


def test_every_word_stands_in_html_and_word(paper):
    wanted = {" ".join(w.split()) for w in words_of(settle(paper)) if w}
    unsaid = {paper.subject, paper.author} | {b.alt for b in walk(paper.blocks) if hasattr(b, "alt")}
    for name, said in (("html", html_words(as_bytes(paper, ".html"))), ("word", docx_words(as_bytes(paper, ".docx")))):
        lacking = {w for w in wanted - unsaid if w not in said}
        assert not lacking, name


@pytest.mark.parametrize("ending", [".html", ".docx"])
def test_words_of_the_public_are_printed_as_they_stand(ending):
    data = as_bytes(of_the_public(RUDE), ending)
    said = html_words(data) if ending == ".html" else docx_words(data)
    assert said.count(RUDE) == 2


def test_words_of_the_public_make_no_element_and_no_link_in_html():
    drawn = html_writer.write(of_the_public(RUDE))
    assert "<script" not in drawn
    assert "<a " not in drawn


def test_words_of_the_public_make_no_link_in_pdf():
    with pikepdf.open(io.BytesIO(as_bytes(of_the_public(RUDE), ".pdf"))) as pdf:
        assert not any("/Annots" in page for page in pdf.pages)


# ---- pdf ------------------------------------------------------------------------------------------------------


def tags(data: bytes) -> list[pikepdf.Dictionary]:
    """Every element of a PDF's structure, in order."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        found = []

        def visit(node) -> None:
            if isinstance(node, pikepdf.Array):
                for inner in node:
                    visit(inner)
            elif isinstance(node, pikepdf.Dictionary):
                found.append((str(node.get("/S", "")), str(node.get("/Alt", "")), str(node.get("/A", ""))))
                visit(node.get("/K"))

        visit(pdf.Root.StructTreeRoot.K)
    return found


def test_pdf_says_its_language_title_and_standard(paper):
    with pikepdf.open(io.BytesIO(as_bytes(paper, ".pdf"))) as pdf:
        assert str(pdf.Root.Lang) == "en-GB"
        assert bool(pdf.Root.MarkInfo.Marked)
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        with pdf.open_metadata() as meta:
            assert meta["dc:title"] == paper.title
            assert meta["pdfuaid:part"] == "1"


def test_pdf_has_one_title_alternative_text_and_table_heads(paper):
    found = tags(as_bytes(paper, ".pdf"))
    kinds = [kind for kind, _, _ in found]
    figures = [alt for kind, alt, _ in found if kind == "/Figure"]
    assert kinds.count("/H1") == 1
    assert len(figures) == sum(hasattr(b, "alt") for b in walk(paper.blocks))
    assert all(figures)
    assert kinds.count("/Table") >= 1
    assert kinds.count("/TH") >= 4


def test_factsheet_is_two_pages_at_most(paper):
    with pikepdf.open(io.BytesIO(as_bytes(paper, ".pdf"))) as pdf:
        assert len(pdf.pages) <= (5 if paper.title.startswith("Draft") else 2)


def test_sign_that_the_font_lacks_is_never_printed_as_an_empty_box():
    with pytest.raises(CsplanError, match="no sign for"):
        pdf_writer.write(of_the_public("Ti\N{SNOWMAN}"))
    assert as_bytes(of_the_public("Ti\N{SNOWMAN}"), ".pdf") == as_bytes(of_the_public("Ti[sign U+2603]"), ".pdf")


# ---- word -----------------------------------------------------------------------------------------------------


def docx_words(data: bytes) -> str:
    """Every word of a Word file, a paragraph to a line, running lines and list numbers apart."""
    with zipfile.ZipFile(io.BytesIO(data)) as held:
        parts = [n for n in held.namelist() if re.fullmatch(r"word/(document|header\d|footer\d)\.xml", n)]
        rows = []
        for name in parts:
            for p in etree.fromstring(held.read(name)).iter(qn("w:p")):
                texts = (e.text or "" if e.tag == qn("w:t") else "\t" for e in p.iter(qn("w:t"), qn("w:br"), qn("w:tab")))
                rows.append(" ".join("".join(texts).split()))
    return "\n".join(rows)


def test_word_has_real_styles_language_and_properties(paper):
    data = as_bytes(paper, ".docx")
    held = Document(io.BytesIO(data))
    styles = [p.style.name for p in held.paragraphs]
    assert styles.count("Title") == 1
    assert "Heading 1" in styles
    assert (held.core_properties.title, held.core_properties.language) == (paper.title, "en-GB")
    assert held.core_properties.author == paper.author
    with zipfile.ZipFile(io.BytesIO(data)) as z:
        assert b'w:lang w:val="en-GB"' in z.read("word/styles.xml")
        assert len({i.date_time for i in z.infolist()}) == 1


def test_word_describes_every_picture_and_repeats_table_heads(paper):
    held = Document(io.BytesIO(as_bytes(paper, ".docx")))
    described = [p.get("descr") for p in held.element.body.iter(qn("wp:docPr"))]
    assert described == [b.alt for b in walk(paper.blocks) if hasattr(b, "alt")]
    heads = [t.rows[0]._tr.trPr.find(qn("w:tblHeader")) for t in held.tables if t.rows[0]._tr.trPr is not None]
    assert heads
    assert all(h is not None for h in heads)


#: The order that Word's schema asks of the paragraph properties used here.
ORDER = "pStyle keepNext keepLines pageBreakBefore widowControl numPr pBdr shd tabs spacing ind jc rPr sectPr".split()


def test_word_keeps_the_order_of_its_schema(paper):
    for props in Document(io.BytesIO(as_bytes(paper, ".docx"))).element.body.iter(qn("w:pPr")):
        places = [ORDER.index(child.tag.split("}")[1]) for child in props]
        assert places == sorted(places)


# ---- html -----------------------------------------------------------------------------------------------------


class _Words(HTMLParser):
    """Words outside drawings, one element to a line; links and emphasis stay in their sentence."""

    INSIDE = frozenset({"strong", "em", "a", "span"})

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag, attrs):
        self.hidden += tag in ("svg", "style")
        self.said += [] if tag in self.INSIDE else [" " if tag == "br" else "\n"]

    def handle_endtag(self, tag):
        self.hidden -= tag in ("svg", "style")
        self.said += [] if tag in self.INSIDE else ["\n"]

    def handle_data(self, data):
        if not self.hidden:
            self.said.append(data)


def html_words(data: bytes) -> str:
    reader = _Words()
    reader.feed(data.decode())
    return "\n".join(" ".join(row.split()) for row in "".join(reader.said).split("\n"))


def test_html_has_one_title_language_and_headed_tables(paper):
    drawn = html_writer.write(paper)
    assert drawn.startswith('<!DOCTYPE html>\n<html lang="en-GB">')
    assert len(re.findall(r"<h1", drawn)) == 1
    levels = [int(n) for n in re.findall(r"<h(\d)", drawn)]
    assert all(b - a <= 1 for a, b in itertools.pairwise(levels))
    assert len(re.findall(r'<th scope="col"', drawn)) >= 4
    assert len(re.findall(r'<th scope="row"', drawn)) >= 1


def test_html_ids_are_unique_and_links_lead_somewhere(paper):
    drawn = html_writer.write(paper)
    ids = re.findall(r'\bid="([^"]+)"', drawn)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', drawn)) <= set(ids)
    assert set(" ".join(re.findall(r'aria-labelledby="([^"]+)"', drawn)).split()) <= set(ids)


def test_html_fragment_has_no_style_of_its_own(paper):
    drawn = html_writer.fragment(paper)
    assert drawn.count("<article") == 1
    assert "<style" not in drawn
    assert "style=" not in drawn
    assert "<html" not in drawn


# ---- files ----------------------------------------------------------------------------------------------------


def test_write_picks_the_form_by_the_ending(tmp_path):
    made = {e: write(of_the_public("Hello"), tmp_path / f"a{e}").read_bytes()[:4] for e in (".html", ".pdf", ".DOCX")}
    assert made == {".html": b"<!DO", ".pdf": b"%PDF", ".DOCX": b"PK\x03\x04"}
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.DOCX", "a.html", "a.pdf"]


@pytest.mark.parametrize("name", ["paper.odt", "paper", "paper.txt"])
def test_write_refuses_other_endings(tmp_path, name):
    with pytest.raises(CsplanError, match=r"Use \.html, \.pdf or \.docx"):
        write(of_the_public("Hello"), tmp_path / name)
    assert not list(tmp_path.iterdir())


def test_write_refuses_a_folder_that_is_not_there(tmp_path):
    with pytest.raises(CsplanError, match="There is no folder"):
        write(of_the_public("Hello"), tmp_path / "nowhere" / "a.html")
