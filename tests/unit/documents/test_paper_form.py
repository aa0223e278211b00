"""The paper form holds every question with its choices, room for own words, by when and where to."""

import io
from datetime import date

import docx
import pytest

from csplan.documents.paper import Bullets, Figure, Heading, Paragraph, inline
from csplan.documents.paper_form import LARGE_SIZE, LINES, Form, paper_form
from csplan.documents.write import as_bytes

NASTY = "=1+1 {{ 7*7 }} #panic() *x* [a](b) {plan}"


def q(ref, kind, family, choices=(), only_if=None, words="What?"):
    return {"ref": ref, "kind": kind, "family": family, "words": words, "hint": "", "choices": list(choices), "only_if": only_if}


FORM = Form(
    title="Example plan",
    partnership="Example Partnership",
    introduction=NASTY,
    questions=[
        q("safe", "single", "levels", ["Yes", "No"], words="Do you feel safe?"),
        q("why", "text", "levels", only_if={"question": "safe", "answers": ["No"]}),
        q("order", "rank", "priorities", ["Lights", "Patrols"]),
        q("where", "area", "about", ["Easington", NASTY]),
        q("age", "single", "about", ["Under 25", "I would rather not say"]),
    ],
    opens_on=date(2026, 11, 9),
    closes_on=date(2027, 1, 5),
    write_to="Community Safety Team, [County] Hall",
    is_example=True,
)


def lines(paper):
    return [inline(b.text).plain for b in paper.blocks if isinstance(b, Paragraph)]


def choices(paper, mark):
    return [inline(item).plain for b in paper.blocks if isinstance(b, Bullets) and b.mark == mark for item in b.items]


def test_every_question_has_its_boxes_places_or_lines():
    made = paper_form(FORM)
    said = lines(made)
    assert next(b.text for b in made.blocks if isinstance(b, Heading) and b.level == 3) == "1. Do you feel safe?"
    boxes = choices(made, "box")
    assert boxes[:2] == ["Yes", "No"] and choices(made, "place") == ["Lights", "Patrols"] and NASTY in boxes
    drawn = [b for b in made.blocks if isinstance(b, Figure)]
    assert len(drawn) == 1 and drawn[0].svg.count("M0 ") == LINES
    assert "Answer this if you ticked “No” at question 1." in said
    assert boxes.count("I would rather not say") == 2, "about-you lets everyone say so, once for each question"


def test_it_says_by_when_and_where_to():
    said = " ".join(lines(paper_form(FORM)))
    assert "Tuesday 5 January 2027" in said and "Community Safety Team, [County] Hall" in said


@pytest.mark.parametrize("size", [12.0, LARGE_SIZE])
def test_it_is_written_in_each_form_with_words_as_they_stand(size):
    made = paper_form(FORM, size=size)
    assert as_bytes(made, ".pdf").startswith(b"%PDF") and made.size == size
    text = "\n".join(p.text for p in docx.Document(io.BytesIO(as_bytes(made, ".docx"))).paragraphs)
    assert NASTY in text
    assert "{{ 7*7 }}" in as_bytes(made, ".html").decode()
