"""The committee report: its sections, numbers that never jump, eleven implications, and no name of a person."""

from dataclasses import replace

import pytest

from csplan.documents import sentences
from csplan.documents.committee_report import IMPLICATIONS, committee_report
from csplan.documents.paper import Heading, Numbered, Paragraph, Table
from csplan.documents.settled import settle, walk, words_of


def plain(report) -> str:
    return "\n".join(words_of(settle(committee_report(report))))


def test_sections_stand_in_the_order_of_the_report(report):
    assert [b.text for b in committee_report(report).blocks if isinstance(b, Heading) and b.level == 2] == [
        "Purpose of the report",
        "Executive summary",
        "Recommendation",
        "Background",
        "The Safe Durham Partnership Plan 2020-25",
        "Engagement and consultation",
        "Conclusion",
        "Background papers",
        "Contact",
        "Appendix 1: Implications",
        "Appendix 2: The plan in summary",
    ]


def test_paragraphs_are_numbered_from_one_without_a_jump(report):
    numbers = [b.number for b in walk(settle(committee_report(report)).blocks) if isinstance(b, Numbered)]
    assert numbers == list(range(1, len(numbers) + 1))


def test_references_follow_their_paragraphs(report):
    blocks = settle(committee_report(report)).blocks
    number = {b.id: b.number for b in blocks if isinstance(b, Numbered)}
    assert f"The draft holds no indicators yet (paragraph {number['indicators']})." in plain(report)
    fewer = replace(report, alignments=report.alignments[:1])  # without a vision two paragraphs go
    assert f"(paragraph {number['indicators'] - 2})" in plain(fewer)


def test_all_eleven_implications_are_answered(report):
    blocks = committee_report(report).blocks
    heads = [b.text for b in blocks if isinstance(b, Heading) and b.level == 3]
    assert tuple(heads) == IMPLICATIONS
    assert len(heads) == 11
    assert all(isinstance(blocks[blocks.index(b) + 1], Paragraph) for b in blocks if isinstance(b, Heading) and b.level == 3)


def test_report_refused_without_an_implication(report):
    some = {k: v for k, v in report.implications.items() if k not in ("Risk", "Finance")}
    with pytest.raises(ValueError, match="Appendix 1 has no answer for Finance and Risk"):
        committee_report(replace(report, implications=some))


def test_plan_is_printed_word_for_word_whatever_signs_its_titles_hold(report):
    assert "Priority 2: Support *victims* [and] {people}" in plain(report)
    table = next(b for b in settle(committee_report(report)).blocks if isinstance(b, Table))
    assert [[c.plain for c in row] for row in table.rows] == [
        ["1", "Promote being safe", "1.1 Anti-social Behaviour\n1.2 Safer Homes", "– Raise reporting of hate incidents"],
        ["2", "Support *victims* [and] {people}", "2.1 Victims", "– Achieve good outcomes for victims"],
    ]


def test_window_is_counted_in_days_and_working_days(report):
    assert "from 17 December 2019 to 14 February 2020: 60 days, of which 41 are working days." in plain(report)


@pytest.mark.parametrize(("has_districts", "words"), [(False, "so none is required"), (True, "are making such an agreement")])
def test_county_agreement_depends_on_the_county(report, has_districts, words):
    assert words in plain(replace(report, county_has_districts=has_districts))


@pytest.mark.parametrize(
    ("indicators", "words"), [(0, "None is in the draft."), (1, "The draft holds one indicator."), (8, "eight indicators")]
)
def test_indicators_are_counted(report, indicators, words):
    assert words in plain(replace(report, indicators=indicators))


def test_vision_is_told_in_one_sentence(report):
    vision = replace(report.alignments[1], about="a vision for fifteen years. The plan takes some of it forward")
    words = plain(replace(report, alignments=(report.alignments[0], vision)))
    assert "The County Durham Vision 2035, a vision for fifteen years, has three ambitions:" in words


def test_no_word_to_avoid(report):
    sentences.check_words(words_of(settle(committee_report(report))))
