"""The paper tree: marks, words that must not be read as marks, numbers and references."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csplan.documents.paper import (
    Bullets,
    Columns,
    Figure,
    Heading,
    Masthead,
    Numbered,
    Paper,
    Paragraph,
    Part,
    Run,
    Table,
    Words,
    escape,
    inline,
    verbatim,
)
from csplan.documents.settled import as_values, settle, walk, words_of


def paper(*blocks) -> Paper:
    return Paper(
        "Title", "Subject", "Office", date(2026, 3, 16), "Header", "Footer", Masthead("Kicker", "Title", "*line*"), blocks
    )


def figure(id: str) -> Figure:
    return Figure("<svg/>", "Headline", "Alt", id=id)


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("plain", [Run("plain")]),
        ("a **b** c", [Run("a "), Run("b", strong=True), Run(" c")]),
        ("*b*", [Run("b", emphasis=True)]),
        ("[words](https://example.org/a)", [Run("words", link="https://example.org/a")]),
        ("see {fig}", [Run("see "), Run("Figure 1", link="#fig")]),
        (r"\*not\* \{this\}", [Run("*not* {this}")]),  # a sign with a backslash is a sign
        ("2 * 3 = 6 [sic] {2}", [Run("2 * 3 = 6 [sic] {2}")]),  # no mark, so plain
        (r"**a \*\* b**", [Run("a ** b", strong=True)]),
    ],
)
def test_marks(text, runs):
    assert list(inline(text, {"fig": "Figure 1"}).runs) == runs


def test_reference_to_nothing_is_an_error():
    with pytest.raises(KeyError, match="no-such"):
        inline("{no-such}", {})


@given(st.text())
def test_escaped_words_come_out_as_they_went_in(words):
    assert inline(escape(words)).plain == words
    assert all(not (r.strong or r.emphasis or r.link) for r in inline(escape(words)).runs)


@given(st.text())
def test_escaped_words_keep_their_place_between_marks(words):
    strong = inline(f"**x{escape(words)}**")
    assert strong.plain == f"x{words}"
    assert all(r.strong for r in strong.runs)


@given(st.text())
def test_words_of_the_public_are_never_read_as_marks(words):
    assert inline(verbatim(words)) == Words((Run(words),))


def test_numbers_run_on_through_headings_and_columns():
    made = settle(
        paper(
            Numbered("First", id="first"),
            Heading(2, "Next", id="next"),
            Columns((figure("a"),), (figure("b"),)),
            Numbered("Second: {first}, {b} in {next}"),
            figure(""),
        )
    )
    assert [b.number for b in walk(made.blocks) if isinstance(b, (Numbered, Figure))] == [1, 1, 2, 2, 0]
    assert made.blocks[3].text.plain == "Second: paragraph 1, Figure 2 in Next"


def test_tables_and_figures_are_numbered_apart():
    table = Table("H", ("A",), (("1",),), "l", (1,), id="t")
    made = settle(paper(figure("f"), table, Paragraph("{t} and {f}")))
    assert made.blocks[2].text.plain == "Table 1 and Figure 1"


def test_two_things_of_one_name_are_an_error():
    with pytest.raises(ValueError, match="two things"):
        settle(paper(figure("a"), Heading(2, "A", id="a")))


def test_marks_are_read_at_every_depth():
    made = settle(
        paper(Numbered("a", (Part("**b**", ("*c*",)),)), Bullets(("**d**",)), Table("", ("**e**",), (("**f**",),), "l", (1,)))
    )
    strong = [r.text for w in _words(made) for r in w.runs if r.strong]
    assert strong == ["b", "d", "e", "f"]
    assert made.head.line.runs == (Run("line", emphasis=True),)


def _words(value):
    """Every `Words` in a tree, in order."""
    if isinstance(value, Words):
        yield value
    elif isinstance(value, tuple):
        for v in value:
            yield from _words(v)
    elif hasattr(value, "__dataclass_fields__"):
        for name in value.__dataclass_fields__:
            yield from _words(getattr(value, name))


def test_headings_are_not_read_for_marks():
    assert settle(paper(Heading(2, "A * B {c}"))).blocks[0].text == "A * B {c}"


def test_values_for_templates_are_plain():
    values = as_values(settle(paper(Paragraph("**a** b"))))
    assert values["date"] == [2026, 3, 16]
    assert values["blocks"] == [
        {
            "kind": "Paragraph",
            "text": {
                "runs": [
                    {"text": "a", "strong": True, "emphasis": False, "link": ""},
                    {"text": " b", "strong": False, "emphasis": False, "link": ""},
                ],
                "plain": "a b",
            },
            "style": "body",
        }
    ]


def test_words_of_a_paper_hold_what_is_read_and_no_drawing():
    said = list(words_of(settle(paper(figure("f"), Paragraph("**Strong** words")))))
    assert "Strong words" in said
    assert "Alt" in said
    assert not any("<svg" in words for words in said)
