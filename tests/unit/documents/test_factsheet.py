"""The factsheet repeats the findings' own words, gives no rate below ten events, and names what is not held."""

from dataclasses import replace
from datetime import date

import pytest

from csplan.cycle import periods
from csplan.documents import sentences
from csplan.documents.factsheet import area_factsheet
from csplan.documents.paper import Columns, Figure, KeyFigure, Paper, Table
from csplan.documents.settled import settle, walk, words_of
from csplan.documents.svg import NARROW


def make(findings, **asked) -> Paper:
    given = {"line": "A place", "made_on": date(2026, 3, 16), "partnership": "P", "office": "Team", "sources": ("S.",)}
    return area_factsheet(findings, **{**given, **asked})


def said(paper: Paper) -> str:
    return "\n".join(words_of(settle(paper)))


def cells(paper: Paper, name: str) -> tuple[str, ...]:
    table = next(b for b in settle(paper).blocks if isinstance(b, Table))
    return next(tuple(c.plain for c in row) for row in table.rows if row[0].plain == name)


@pytest.mark.parametrize("topic", [None, "burglary", "drugs", "robbery"])
def test_no_word_to_avoid(findings, topic):
    sentences.check_words(words_of(settle(make(findings, topic=topic))))


def test_lead_says_what_changed_and_what_lies_apart(findings):
    assert make(findings).blocks[0].text == (
        "Police recorded more burglaries than a year before. "
        "The rate of burglary lies above the range of the 65 neighbourhoods of County Durham."
    )


def test_quiet_area_claims_nothing(findings):
    quiet = type(findings)(**{**findings.__dict__, "topics": findings.topics[1:]})
    assert make(quiet).blocks[0].text == "No topic shows a clear change from a year before."


def test_untested_changes_are_not_called_unclear(findings):
    topics = tuple(replace(t, change=replace(t.change, verdict="not_held")) for t in findings.topics)
    text = make(replace(findings, topics=topics)).blocks[0].text
    assert text.startswith("The same months a year earlier are not held, so no change is told.")


def test_a_period_of_which_nothing_is_held_has_a_sentence_and_no_chart(findings):
    later = periods.parse("2099")
    topics = tuple(
        replace(
            t,
            count=None,
            rate=None,
            low=None,
            high=None,
            status="missing",
            why="Not held.",
            chart=None,
            chart_months=later.months,
        )
        for t in findings.topics
    )
    nothing = replace(findings, period=later, topics=topics, missing_months=later.months)
    assert make(nothing)
    told = said(make(nothing, topic="burglary"))
    assert "No month of January to December 2099 is held, so no chart is drawn." in told


def test_verdict_words_are_those_of_the_finding(findings):
    assert findings.topic("burglary").change.words in said(make(findings))
    assert cells(make(findings), "Burglary")[-2:] == ("No clear change (36 to 36)", "Above")


def test_no_rate_below_ten_events(findings):
    assert cells(make(findings), "Robbery")[1:4] == ("4", "–", "too few")
    assert "Fewer than ten were recorded of robbery: too few for a rate." in said(make(findings))


def test_rates_say_what_they_are_of(findings):
    assert "Rates are per 1,000 residents, Census 2021; burglary per 1,000 households, Census 2021." in said(make(findings))


def test_months_that_are_not_held_are_named_and_give_no_total(missing):
    told = said(make(missing))
    assert "No total" in told
    assert "Not held, and so in no number here: November and December 2025." in told
    assert cells(make(missing), "Burglary")[1:4] == ("Not held", "–", "not given")


def test_one_topic_has_its_chart_and_every_month_held(findings):
    paper = make(findings, topic="burglary")
    chart = next(b for b in walk(paper.blocks) if isinstance(b, Figure))
    assert "December 2025 lies above the usual range" in chart.alt
    assert f'width="{NARROW}"' in chart.narrow
    table = next(b for b in paper.blocks if isinstance(b, Table))
    assert [row[0] for row in table.rows] == ["2024", "2025"]
    assert table.rows[0][1:6] == ("9", "8", "10", "9", "–")
    assert table.rows[1][12] == "30"


def test_ambiguous_topic_gives_its_reason_and_no_judgement(findings):
    paper = make(findings, topic="drugs")
    assert "the count measures police activity" in said(paper)


def test_place_and_facts_are_shown_where_they_are_given(findings):
    paper = make(findings, locator="<svg/>", locator_alt="Map", facts=[KeyFigure("4 of 6", "small areas", "IMD")])
    assert any(isinstance(b, Columns) for b in paper.blocks)
    assert "4 of 6" in said(paper)
    assert not any(isinstance(b, Columns) for b in make(findings).blocks)


def test_every_figure_and_table_that_is_named_is_there(findings):
    told = said(make(findings))
    assert "The figures are in Table 1." in told
