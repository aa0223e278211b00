"""What a reader sees in a Word document is what is read: headings, numbers that Word prints, tracked changes, tables."""

from collections.abc import Callable
from typing import Any

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from csplan.cycle.outline import Outline
from csplan.errors import CsplanError
from csplan.evidence.incoming import docx_reader


def read(word: Any) -> Outline:
    return docx_reader.read(word.bytes(), "plan.docx")


def lines(outline: Outline) -> list[tuple[str, int, str, str]]:
    return [(b.kind, b.level, b.number, b.words) for b in outline.blocks]


def test_headings_are_told_by_style_by_outline_and_by_bold_lines(word: Callable[[], Any]):
    made = word()
    made.heading("The plan", 0)
    made.heading("First", 1)
    made.heading("Second", 2)
    made.paragraph("", bold="A bold line")
    made.paragraph("", bold="A bold sentence that ends with a stop.")
    made.paragraph(" and the rest", bold="Bold at its start")
    own = made.paragraph("By its outline level")
    own._p.get_or_add_pPr().append(parse_xml(f'<w:outlineLvl {nsdecls("w")} w:val="2"/>'))
    found = read(made)
    assert lines(found) == [
        ("heading", 1, "", "The plan"),
        ("heading", 1, "", "First"),
        ("heading", 2, "", "Second"),
        ("heading", 10, "", "A bold line"),
        ("paragraph", 0, "", "A bold sentence that ends with a stop."),
        ("paragraph", 0, "", "Bold at its start and the rest"),
        ("heading", 3, "", "By its outline level"),
    ]
    assert found.title == "The plan"
    assert [b.strong for b in found.blocks][3:6] == ["A bold line", "A bold sentence that ends with a stop.", "Bold at its start"]
    assert [b.place for b in found.blocks] == [f"paragraph {n}" for n in range(1, 8)]


def test_a_style_of_ones_own_inherits_heading_and_bold(word: Callable[[], Any]):
    made = word()
    styles = made.document.styles
    mine = styles.add_style("Council heading", 1)
    mine.base_style = styles["Heading 2"]
    made.paragraph("From its style", style="Council heading")
    strong = styles.add_style("Council strong", 1)
    strong.font.bold = True
    made.paragraph("Bold by its style", style="Council strong")
    assert lines(read(made)) == [("heading", 2, "", "From its style"), ("heading", 10, "", "Bold by its style")]


def test_the_numbers_of_a_real_list_are_those_that_word_prints(word: Callable[[], Any]):
    made = word()
    for level, words in ((0, "one"), (1, "a"), (2, "i"), (2, "ii"), (3, "sign"), (1, "b"), (2, "i again"), (0, "two")):
        made.item(words, level)
    assert lines(read(made)) == [
        ("item", 0, "1)", "one"),
        ("item", 1, "(a)", "a"),
        ("item", 2, "(i)", "i"),
        ("item", 2, "(ii)", "ii"),
        ("item", 3, "•", "sign"),
        ("item", 1, "(b)", "b"),
        ("item", 2, "(i)", "i again"),
        ("item", 0, "2)", "two"),
    ]


def test_a_list_goes_on_after_text_and_starts_again_where_word_says(word: Callable[[], Any]):
    made = word()
    numbering = made.document.part.numbering_part.element
    numbering.append(
        parse_xml(
            f'<w:num {nsdecls("w")} w:numId="78"><w:abstractNumId w:val="77"/>'
            '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>'
        )
    )
    made.item("one", 0)
    made.paragraph("Text between.")
    made.item("two", 0)
    made.item("starts again", 0)
    made.document.paragraphs[-1]._p.pPr.find(qn("w:numPr")).find(qn("w:numId")).set(qn("w:val"), "78")
    assert [b.number for b in read(made).blocks] == ["1)", "", "2)", "5)"]


def test_lists_by_style_nest_by_indent(word: Callable[[], Any]):
    made = word()
    for style, words in (("List Number", "one"), ("List Bullet 2", "inside"), ("List Number", "two"), ("List Bullet", "beside")):
        made.paragraph(words, style=style)
    assert [(level, number) for _, level, number, _ in lines(read(made))] == [(0, "1."), (1, "•"), (0, "2."), (1, "•")]


def test_a_list_taken_off_a_paragraph_is_none(word: Callable[[], Any]):
    made = word()
    made.item("not in the list", 0)
    made.document.paragraphs[-1]._p.pPr.find(qn("w:numPr")).find(qn("w:numId")).set(qn("w:val"), "0")
    assert lines(read(made)) == [("paragraph", 0, "", "not in the list")]


def test_typed_numbers_nest_by_their_style(word: Callable[[], Any]):
    made = word()
    for words in ("1) one", "(a) a", "(i) i", "(ii) ii", "- sign", "(b) b", "(c) c", "2) two", "1.1 Out of line"):
        made.paragraph(words)
    assert [(level, number) for _, level, number, _ in lines(read(made))] == [
        (0, "1)"), (1, "(a)"), (2, "(i)"), (2, "(ii)"), (3, "•"), (1, "(b)"), (1, "(c)"), (0, "2)"), (1, "1.1"),
    ]  # fmt: skip


def test_a_list_typed_with_line_ends_in_one_paragraph_is_several_lines(word: Callable[[], Any]):
    made = word()
    made.paragraph("• one\n• two\n• three")
    made.paragraph("One sentence\nover two lines")
    found = read(made)
    assert [(b.words, b.place) for b in found.blocks] == [
        ("one", "paragraph 1, line 1"),
        ("two", "paragraph 1, line 2"),
        ("three", "paragraph 1, line 3"),
        ("One sentence over two lines", "paragraph 2"),
    ]


def test_deleted_words_are_out_and_inserted_words_are_in(word: Callable[[], Any]):
    made = word()
    made.xml('<w:p><w:r><w:t xml:space="preserve">Keep </w:t></w:r><w:del><w:r><w:delText>old</w:delText></w:r></w:del>'
             '<w:ins><w:r><w:t>new</w:t></w:r></w:ins></w:p>')  # fmt: skip
    made.xml("<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>This line</w:t></w:r></w:p>")
    made.xml("<w:p><w:r><w:t>goes on here</w:t></w:r></w:p>")
    made.xml(
        "<w:p><w:moveFrom><w:r><w:t>moved away</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>moved here</w:t></w:r></w:moveTo></w:p>"
    )
    found = read(made)
    assert [b.words for b in found.blocks] == ["Keep new", "This line goes on here", "moved here"]
    assert [b.place for b in found.blocks] == ["paragraph 1", "paragraph 2", "paragraph 3"]


def test_links_and_controls_are_read_and_field_codes_are_not(word: Callable[[], Any]):
    made = word()
    made.xml('<w:p><w:r><w:t xml:space="preserve">See </w:t></w:r><w:hyperlink w:anchor="x"><w:r><w:t>the strategy</w:t></w:r></w:hyperlink>'
             '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGE </w:instrText></w:r>'
             '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t xml:space="preserve"> on 7</w:t></w:r></w:p>')  # fmt: skip
    made.document.element.body.insert(
        -1,
        parse_xml(
            f"<w:sdt {nsdecls('w')}><w:sdtContent><w:p><w:r><w:t>Inside a control</w:t></w:r></w:p></w:sdtContent></w:sdt>"
        ),
    )
    assert [b.words for b in read(made).blocks] == ["See the strategy on 7", "Inside a control"]


def test_what_stands_apart_is_listed_and_not_read(word: Callable[[], Any]):
    made = word()
    made.paragraph("First.")
    made.xml('<w:p><w:r><w:t>Second.</w:t></w:r><w:r><w:pict><w:txbxContent><w:p><w:r><w:t>In a box</w:t></w:r></w:p></w:txbxContent>'
             '</w:pict></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r></w:p>')  # fmt: skip
    made.document.add_comment(made.document.paragraphs[0].runs, text="Is this so?", author="an officer")
    made.document.sections[0].header.paragraphs[0].text = "Not for publication"
    found = read(made)
    assert [b.words for b in found.blocks] == ["First.", "Second."]
    assert [(u.place, u.words, u.why) for u in found.unread] == [
        ("paragraph 1", "Is this so?", "a comment is about the text, not part of it"),
        ("paragraph 2", "In a box", "a text box is not part of the text's own order"),
        ("paragraph 2", "hidden", "these words are hidden in the file"),
        ("the header of the pages", "Not for publication", "the head of the pages is not part of the text"),
    ]


def test_a_table_of_contents_is_listed_and_not_read(word: Callable[[], Any]):
    made = word()
    made.document.styles.add_style("toc 1", 1)
    made.paragraph("Priority 1: Safe homes 3", style="toc 1")
    made.heading("Priority 1: Safe homes")
    found = read(made)
    assert [b.words for b in found.blocks] == ["Priority 1: Safe homes"]
    assert [u.words for u in found.unread] == ["Priority 1: Safe homes 3"]


def test_tables_stand_in_their_order_with_their_rows(word: Callable[[], Any]):
    made = word()
    made.paragraph("Before.")
    made.table(
        [["Priority", "Action", "Lead"], ["Homes", "Fit locks", "Housing"], ["", "Ask", ""], ["", "", ""]], merge_down=(0,)
    )
    made.paragraph("After.")
    found = read(made)
    assert [(b.kind, b.place) for b in found.blocks] == [
        ("paragraph", "paragraph 1"), ("table", "table 1"), ("paragraph", "paragraph 2"),
    ]  # fmt: skip
    table = found.table("table 1")
    assert table.heads == ("Priority", "Action", "Lead")
    assert [(r.cells, r.place) for r in table.rows] == [
        (("Homes", "Fit locks", "Housing"), "table 1, row 2"),
        (("", "Ask", ""), "table 1, row 3"),
    ]


def test_cells_merged_across_and_deleted_rows(word: Callable[[], Any]):
    made = word()
    made.table([["Action", "Lead", "Due"], ["Priority 1: Homes", "", ""], ["Old", "x", "y"], ["Fit locks", "Housing", ""]])
    rows = made.document.tables[0]._tbl.tr_lst
    made.document.tables[0].rows[1].cells[0].merge(made.document.tables[0].rows[1].cells[2])
    rows[2].get_or_add_trPr().append(parse_xml(f"<w:del {nsdecls('w')}/>"))
    assert [r.cells for r in read(made).tables[0].rows] == [("Priority 1: Homes", "", ""), ("Fit locks", "Housing", "")]


def test_a_table_of_one_column_is_text_and_one_with_a_title_row_has_its_heads_below(word: Callable[[], Any]):
    made = word()
    made.table([["Our vision"], ["Safer streets"]])
    made.table([["Action plan 2020-25", ""], ["Action", "Lead"], ["Fit locks", "Housing"]])
    found = read(made)
    assert [(b.kind, b.words, b.place) for b in found.blocks] == [
        ("paragraph", "Our vision", "table 1, row 1"),
        ("paragraph", "Safer streets", "table 1, row 2"),
        ("paragraph", "Action plan 2020-25", "table 2, row 1"),
        ("table", "", "table 2"),
    ]
    assert found.tables[0].heads == ("Action", "Lead")


def test_headings_of_a_table_are_never_blank_and_never_alike(word: Callable[[], Any]):
    made = word()
    made.table([["Action", "", "Lead", "Lead"], ["Fit locks", "by May", "Housing", "Police"]])
    assert read(made).tables[0].heads == ("Action", "Column 2", "Lead", "Lead (2)")


def test_too_many_cells_are_refused(word: Callable[[], Any], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(docx_reader, "CELLS", 5)
    made = word()
    made.table([["Action", "Lead"], ["Fit locks", "Housing"], ["Ask", "Police"]])
    with pytest.raises(CsplanError, match="holds tables of more than"):
        read(made)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_damaged_document_is_read_or_refused_with_a_sentence(word: Callable[[], Any], data: st.DataObject):
    is_read_or_refused(word(), data)


@pytest.mark.slow
@settings(max_examples=600, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_many_damaged_documents_are_read_or_refused(word: Callable[[], Any], data: st.DataObject):
    is_read_or_refused(word(), data)


def is_read_or_refused(made: Any, data: st.DataObject) -> None:
    """Read a document into whose parts a few wrong bytes are drawn."""
    import io
    import zipfile

    made.item("one", 0)
    made.table([["Action", "Lead"], ["Fit locks", "Housing"]])
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made.bytes())) as whole, zipfile.ZipFile(out, "w") as broken:
        for info in whole.infolist():
            content = whole.read(info)
            if info.filename in ("word/document.xml", "word/numbering.xml", "word/_rels/document.xml.rels"):
                at = data.draw(st.integers(0, len(content) - 1))
                content = content[:at] + data.draw(st.binary(max_size=3)) + content[at + data.draw(st.integers(0, 3)) :]
            broken.writestr(info.filename, content)
    try:
        docx_reader.read(out.getvalue(), "plan.docx")
    except CsplanError as refused:
        assert str(refused).startswith("plan.docx is damaged")
