"""How facts become words, rows and addresses on the pages of facts and figures."""

from dataclasses import replace
from datetime import date

import pytest

from csplan.cycle import periods
from csplan.evidence import catalogue, types
from csplan.evidence.areas import Area, Denominator
from csplan.evidence.findings_shapes import AreaFindings, ChangeFinding, ComparisonFinding, TopicFinding
from csplan.website.pages import area, area_topic, indicator, insight, pictures, releases, summary, topics
from csplan.website.pages.ground import ground

PLACE = Area("E02000001", "Littletown", "msoa", "E06000047")
OTHER = Area("E05000001", "Littletown", "division", "E06000047")
PERIOD = periods.parse("2025")
BEFORE, AFTER = periods.between("2024-01", "2024-04"), periods.between("2025-01", "2025-04")


def change(verdict: str = "no_clear_change", percent: float | None = None, before: int = 40, after: int = 30) -> ChangeFinding:
    low, high = (None, None) if percent is None else (percent - 10, percent + 10)
    return ChangeFinding(percent, low, high, 0.01, 0.02, verdict, before, after, 16, BEFORE, AFTER, "A sentence.", "a few words")


def comparison(verdict: str = "within", group_rate: float | None = 8.0) -> ComparisonFinding:
    return ComparisonFinding("the 65 neighbourhoods of Here", 65, verdict, "", group_rate, 0.5, "Where it lies.")


def topic(slug: str = "burglary", **other: object) -> TopicFinding:
    base = Denominator("households-2021", "households, Census 2021", 1000, 2021, date(2023, 1, 5), "Census")
    found = TopicFinding(
        topic=slug,
        title=types.get(slug).title,
        count=12,
        rate=12.0,
        low=6.2,
        high=21.0,
        per=1000,
        denominator=base,
        status="counted",
        why="",
        share=0.1,
        change=change(),
        comparison=comparison(),
        signal=None,
        series=dict.fromkeys(PERIOD.months, 1),
        chart=None,
        chart_months=(),
        words="Words.",
        headline="A headline",
    )
    return replace(found, **other)


def found(*some: TopicFinding) -> AreaFindings:
    return AreaFindings(PLACE, PERIOD, some, (), (), "2025-12")


# ---- sentences --------------------------------------------------------------------------------------


def test_changes_are_counted_by_the_one_verdict():
    words = summary.changes_words(
        found(
            topic(change=change("down", -30)), topic("drugs", change=change("up", 20)), topic("robbery"), topic("bicycle-theft")
        )
    )
    assert words == (
        "From January to April 2024 to the same months of 2025, burglary fell and drugs rose; for the other two types there is no "
        "clear change, or too few to tell."
    )


def test_no_change_is_said_plainly():
    words = summary.changes_words(found(topic(), topic("drugs")))
    assert words == "From January to April 2024 to the same months of 2025 there is no type of which a change can be told."


def test_when_nothing_is_held_to_compare_the_findings_own_sentence_stands():
    nothing = replace(change("not_held"), before_months=(), after_months=(), words="Nothing can be said.")
    assert summary.changes_words(found(topic(change=nothing))) == "Nothing can be said."
    assert summary.row_words(topic(change=nothing), PERIOD) == "12 in 2025. No months to compare are held"


def test_a_total_is_not_given_over_a_gap():
    assert "no total is given" in summary.recorded_words(found(topic(), topic("drugs", count=None)), "here")
    assert summary.recorded_words(found(topic(), topic("drugs")), "here").startswith("Police recorded 24 crimes")


@pytest.mark.parametrize(
    ("period", "words"),
    [("2025", "in 2025"), ("2025-06", "in June 2025"), ("2018-10..2019-02", "from October 2018 to February 2019")],
)
def test_when_is_said_as_people_say_it(period, words):
    assert summary.when(periods.parse(period)) == words


# ---- numbers ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("count", "is_rated"), [(9, False), (10, True), (11, True)])
def test_a_rate_stands_on_ten_events_or_more(count, is_rated):
    t = topic(count=count)
    assert pictures.is_rated(t) == is_rated
    assert ("per 1,000" in area.big_figure(t)["more"]) == is_rated
    assert (pictures.rate_cells(t)[0] == "12.0") == is_rated


def test_a_figure_without_a_rate_says_why():
    t = topic(rate=None, low=None, high=None, denominator=None, why="It was not published yet.")
    assert area.big_figure(t)["more"] == "It was not published yet."
    assert pictures.rates_table(found(t))["heads"] == ["Type", "Recorded"]


def test_a_change_stands_among_the_big_figures_only_when_the_test_told_one():
    told = area_topic.headline(topic(change=change("down", -30)), PERIOD)
    assert ("30%", "fewer") in [(n["value"], n["unit"]) for n in told]
    assert not any(n["value"].endswith("%") for n in area_topic.headline(topic(), PERIOD))


@pytest.mark.parametrize(("share", "words"), [(0.0099, "Less than 1%"), (0.01, "1%"), (0.354, "35%")])
def test_a_small_part_is_no_zero(share, words):
    assert area_topic.share_words(share) == f"{words} of everything recorded"


def test_gaps_stand_in_the_table_of_months_and_are_no_zeros():
    t = topic(series={"2024-01": 3, "2024-02": 0, "2024-06": 5})
    rows = pictures.months_table(t, "Littletown", {"2024-06": "outside the usual range"})["rows"]
    assert rows == [
        ("January 2024", "3", "–"),
        ("February 2024", "0", "–"),
        ("March to May 2024", "not held", "–"),
        ("June 2024", "5", "outside the usual range"),
    ]


def test_no_months_no_chart():
    assert pictures.control(topic(series={}), "Littletown") is None


def test_areas_that_are_not_compared_are_not_drawn_beside_others():
    assert pictures.beside_others(found(topic(comparison=comparison("not_compared", None)))) is None
    drawn = pictures.beside_others(found(topic(comparison=comparison("above")), topic("drugs")))
    assert drawn is not None and drawn["head"].startswith("Of 2 types compared, one lies above the range")


# ---- months held ------------------------------------------------------------------------------------


def test_gaps_are_between_the_first_and_last_month_held():
    assert releases.gaps(("2024-11", "2025-02")) == ["2024-12", "2025-01"]
    assert releases.gaps(()) == [] and releases.months_table(()) is None


def test_the_calendar_tells_not_held_from_outside():
    rows = releases.months_table(("2024-11", "2025-02"))["rows"]
    assert rows[0] == ("2024", *["–"] * 10, "held", "not held")
    assert rows[1] == ("2025", "not held", "held", *["–"] * 10)


# ---- the search -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "some", "leads_to"),
    [
        ("DH1 5UL", [PLACE, OTHER], PLACE),  # a postcode: its neighbourhood
        ("littletown", [PLACE, OTHER], PLACE),  # the one neighbourhood of that name
        ("little", [PLACE, OTHER], None),  # the beginning of several names
        ("little", [OTHER], OTHER),  # the only one
        (
            "Littletown",
            [OTHER, replace(PLACE, name="Littletown East")],
            None,
        ),  # a division's name, but neighbourhoods bear it too
        ("DH1 5UL", [], None),  # a postcode elsewhere
    ],
)
def test_where_a_search_leads(asked, some, leads_to):
    assert insight.straight_to(asked, some) == leads_to


@pytest.mark.parametrize(
    ("asked", "slugs"),
    [
        ("burglary", ["burglary"]),
        ("Theft", ["bicycle-theft", "other-theft", "theft-from-the-person"]),
        ("asb", ["anti-social-behaviour"]),
        ("rob", []),  # too short to be a topic's name
        ("", []),
        ("shildon", []),
    ],
)
def test_topics_by_name(asked, slugs):
    assert [t["topic"] for t in topics.named(asked, "/p/insight/")] == slugs


def test_every_other_word_for_a_topic_leads_to_one_there_is():
    assert set(topics.ALSO.values()) <= types.TYPES.keys()


# ---- definitions and ground -------------------------------------------------------------------------


@pytest.mark.parametrize("i", catalogue.all(), ids=lambda i: i.id)
def test_every_definition_has_words_for_every_row(i):
    rows = indicator.rows(i, date(2030, 1, 1))
    assert all(name and words for name, words in rows)


def test_a_change_of_definition_does_not_show_before_its_day():
    i = catalogue.get("recorded-burglary")
    assert indicator.page(i, "/p/insight/", date(2020, 1, 9), paged=())["changes"] == []
    assert "Looked at again by" not in dict(indicator.rows(i, date(2020, 1, 9)))


def test_the_ground_of_the_worked_example_fits_together():
    durham = ground("county-durham")
    assert len(durham.seats["msoa"]) == 65 and len(durham.seats["lsoa"]) == 330
    assert all(set(codes) <= durham.seats["msoa"].keys() for _, codes in durham.towns)
    assert set(durham.topics) <= types.TYPES.keys() and len(durham.topics) == 8
    assert len(durham.indicators) == 3


def test_tables_that_were_loaded_are_listed_from_the_day_they_came(tmp_path):
    from csplan.evidence.load import load
    from csplan.evidence.store import Store
    from csplan.evidence.view import View

    wards = tmp_path / "wards.csv"
    wards.write_text("ward17_code,lsoa11_code\nE05009288,E01020590\n")
    store = Store(tmp_path / "data")
    assert releases.loaded_table(releases.loaded(View(store, date(2199, 1, 1)), date(2199, 1, 1))) is None
    load(store, [wards], by="terminal:test")
    view = View(store, date(2199, 1, 1))
    assert releases.loaded(view, date(2020, 1, 1)) == []
    (row,) = releases.loaded_table(releases.loaded(view, date(2199, 1, 1)))["rows"]
    assert row[:4] == ("Small areas of 2011 with their ward of 2017", "Office for National Statistics", "2017", "1")
