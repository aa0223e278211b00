"""Markdown of officers: safe on a page, whole in a paper, with figures in words."""

import html
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csplan.documents.markdown import to_blocks, to_html, to_words
from csplan.documents.paper import Bullets, Heading, Paragraph, Steps, Table

FIGURES = {"recorded-burglary.rate/E06000047/2025": "4.3 per 1,000", "chart recorded-burglary": "A chart: down <a bit>"}
ALLOWED = {"p", "ul", "ol", "li", "h2", "h3", "h4", "h5", "h6", "em", "strong", "a", "br", "blockquote", "pre", "code", "hr"}


class Elements(HTMLParser):
    """Every element of a fragment with its attributes."""

    def __init__(self, drawn: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(drawn)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def words_of(blocks) -> str:
    out = []
    for b in blocks:
        texts = b.items if isinstance(b, Bullets | Steps) else (b.text,)
        out += [t if isinstance(t, str) else t.plain for t in texts]
    return "\n".join(out)


@pytest.mark.parametrize(
    ("said", "drawn"),
    [
        ("plain", '<p class="csp-body">plain</p>'),
        ("*soft* **loud**", '<p class="csp-body"><em>soft</em> <strong>loud</strong></p>'),
        ("[us](https://example.org)", '<p class="csp-body"><a href="https://example.org">us</a></p>'),
        ("[in](/county-durham/)", '<p class="csp-body"><a href="/county-durham/">in</a></p>'),
        # a link that would run something, or lead to another site without saying so, stays as written
        ("[x](javascript:alert(1))", '<p class="csp-body">[x](javascript:alert(1))</p>'),
        ("[x](//evil.example)", '<p class="csp-body">[x](//evil.example)</p>'),
        ("[x](data:text/html,a)", '<p class="csp-body">[x](data:text/html,a)</p>'),
        # elements of HTML are words
        ("<b>x</b>", '<p class="csp-body">&lt;b&gt;x&lt;/b&gt;</p>'),
        ("<script>alert(1)</script>", '<p class="csp-body">&lt;script&gt;alert(1)&lt;/script&gt;</p>'),
        # a picture from elsewhere is its words
        ("![a map](https://example.org/x.png)", '<p class="csp-body">a map</p>'),
        # figures: held, not held, in code, and a cross-reference, which is no figure
        ("{recorded-burglary.rate/E06000047/2025}", '<p class="csp-body">4.3 per 1,000</p>'),
        ("{robbery.rate/E06000047/2024/25 Q1}", '<p class="csp-body">{robbery.rate/E06000047/2024/25 Q1}</p>'),
        ("{chart recorded-burglary}", '<p class="csp-body">A chart: down &lt;a bit&gt;</p>'),
        ("{map nothing-held}", '<p class="csp-body">{map nothing-held}</p>'),
        ("{fig-burglary}", '<p class="csp-body">{fig-burglary}</p>'),
        # a heading without words is no heading
        ("#\n\nafter", '<p class="csp-body">after</p>'),
    ],
)
def test_to_html(said, drawn):
    assert to_html(said, FIGURES) == drawn


def test_headings_begin_where_they_are_told_and_leave_no_level_out():
    assert re.findall(r"<h(\d)", to_html("# One\n\n#### Two\n\n# Three", {}, top=3)) == ["3", "4", "3"]
    assert [b.level for b in to_blocks("## One\n\n##### Two", {}) if isinstance(b, Heading)] == [3, 3]


def test_blocks_of_a_paper():
    blocks = to_blocks("Why\nit matters.\n\n- one\n- two\n  - within\n\n3. three\n4. four\n\n> said", FIGURES)
    assert [type(b) for b in blocks] == [Paragraph, Bullets, Steps, Paragraph]
    assert words_of(blocks).splitlines() == ["Why it matters.", "one", "two", "– within", "three", "four", "said"]
    assert blocks[2].first == 3
    assert all(run.emphasis for run in blocks[3].text.runs)


def test_a_drawing_alone_on_its_line_is_a_table_of_its_rows_in_a_paper():
    rows = {"chart recorded-burglary": [("January 2025", "13"), ("February 2025", "11")]}
    (table,) = to_blocks("{chart recorded-burglary}", FIGURES, rows=rows)
    assert isinstance(table, Table)
    assert table.headline.plain == "A chart: down <a bit>"
    assert [[cell.plain for cell in row] for row in table.rows] == [["January 2025", "13"], ["February 2025", "11"]]
    (paragraph,) = to_blocks("So: {chart recorded-burglary}", FIGURES, rows=rows)
    assert isinstance(paragraph, Paragraph)


def test_a_link_within_the_site_is_words_in_a_paper():
    (paragraph,) = to_blocks("[in](/x) and [out](https://example.org)", {})
    assert [(r.text, r.link) for r in paragraph.text.runs] == [("in and ", ""), ("out", "https://example.org")]


def test_words_of_a_cell_are_lines():
    assert to_words("One.\n\n- a\n- b", {}).plain == "One.\na\nb"
    assert to_words("", {}).plain == ""


@given(st.text(max_size=200))
def test_whatever_is_typed_makes_no_element_but_those_of_words(said):
    for tag, attributes in Elements(to_html(said, {})).found:
        assert tag in ALLOWED
        assert set(attributes) <= {"class", "href", "start"}
        assert re.match(r"https?://|mailto:|tel:|/(?!/)|#", attributes.get("href") or "#", re.IGNORECASE)


@given(st.text(alphabet=st.characters(codec="utf-8", categories=("L", "N", "Zs", "P", "S")), max_size=120))
def test_letters_and_numbers_are_never_lost(said):
    kept = [c for c in html.unescape(said) if c.isalnum()]
    drawn = html.unescape(re.sub(r'<[^>]*href="([^"]*)"[^>]*>', r"\1", to_html(said, {})))
    assert not [c for c in kept if c not in drawn]
    to_blocks(said, {})
