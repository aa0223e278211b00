"""Questions rest on the findings' own sentences, one a topic at most, and three of them fit on one page."""

import io
from dataclasses import replace
from datetime import date

import pikepdf
import pytest

from csplan.documents import questions, sentences
from csplan.documents.settled import settle, words_of
from csplan.documents.write import as_bytes


def make(findings):
    return questions.three_questions(
        findings, line="A place", made_on=date(2026, 3, 16), partnership="P", office="Team", sources=("S.",)
    )


def test_each_rests_on_a_sentence_of_the_findings(findings):
    told = {t.words for t in findings.topics} | {t.change.words for t in findings.topics}
    told |= {t.comparison.words for t in findings.topics} | {t.signal.words for t in findings.topics if t.signal}
    asked = questions.questions(findings)
    assert asked and all(q.because in told for q in asked)
    assert len({q.topic for q in asked}) == len(asked)


def test_a_clear_rise_comes_first_and_judges_nothing(findings):
    first = questions.three(findings)[0]
    assert (first.kind, first.topic) == ("rise", "burglary")
    assert first.asked.startswith("What is behind the rise in burglaries")


def test_there_are_three_while_three_topics_are_held(findings):
    assert len(questions.three(findings)) == 3
    calm = [
        replace(
            t,
            change=replace(t.change, verdict="no_clear_change"),
            comparison=replace(t.comparison, verdict="within"),
            signal=None,
        )
        for t in findings.topics
    ]
    quiet = replace(findings, topics=tuple(calm))
    assert [q.kind for q in questions.three(quiet)] == ["largest"] * len(questions.three(quiet))
    assert len(questions.three(quiet)) == min(3, sum(bool(t.count) for t in calm))


def test_months_that_are_not_held_are_asked_for(findings):
    short = replace(findings, missing_months=("2025-05",))
    asked = [q for q in questions.questions(short) if q.kind == "not held"]
    assert [q.because for q in asked] == ["Police figures for May 2025 are not held."]


def test_where_nothing_is_held_the_paper_says_so(findings):
    empty = replace(findings, topics=())
    assert "raise no question by themselves" in "\n".join(words_of(settle(make(empty))))


def test_no_word_to_avoid(findings):
    sentences.check_words(words_of(settle(make(findings))))


@pytest.mark.parametrize("form", [".html", ".docx"])
def test_it_is_written_as_a_page_and_for_word(findings, form):
    assert as_bytes(make(findings), form)


def test_it_is_one_page(findings):
    with pikepdf.open(io.BytesIO(as_bytes(make(findings), ".pdf"))) as made:
        assert len(made.pages) == 1
