"""What is found from the figures carried in the repository, against numbers counted another way and against itself."""

import re
from datetime import date

import pytest

from csplan.cycle import kpi
from csplan.evidence import areas, findings, load, observations, places, plain_words, types
from csplan.evidence.carried import district_counts
from csplan.evidence.findings_shapes import AreaFindings, TopicFinding
from csplan.evidence.store import Store
from csplan.evidence.view import View

COUNTY = "E06000047"
#: Rows of the publisher's twelve files of 2025 whose area lies in County Durham, counted by type: 59,949 in all.
COUNTED_2025 = {
    "anti-social-behaviour": 11540, "bicycle-theft": 153, "burglary": 2248, "criminal-damage-and-arson": 7081, "drugs": 1241,
    "other-crime": 1938, "other-theft": 2752, "possession-of-weapons": 444, "public-order": 3747, "robbery": 254,
    "shoplifting": 5776, "theft-from-the-person": 181, "vehicle-crime": 1748, "violence-and-sexual-offences": 20846,
}  # fmt: skip


@pytest.fixture(scope="module")
def view(tmp_path_factory: pytest.TempPathFactory) -> View:
    store = Store(tmp_path_factory.mktemp("data"))
    load.carry(store, places.partnership_folder("county-durham") / "figures", by="terminal:test")
    return View(store, date(2026, 4, 1))


@pytest.fixture(scope="module")
def county(view: View) -> AreaFindings:
    return findings.area_findings(view, COUNTY)


@pytest.fixture(scope="module")
def everywhere(view: View, county: AreaFindings) -> list[AreaFindings]:
    """The county, its 65 MSOAs and its 51 divisions."""
    inside = [area for kind in ("msoa", "division") for area in areas.within(COUNTY, kind, view.day)]
    return [county, *(findings.area_findings(view, area.code) for area in inside)]


def test_county_in_2025(county: AreaFindings):
    assert county.recorded == 59_949
    assert {topic.topic: topic.count for topic in county.topics} == COUNTED_2025
    assert county.period.id == "2025"


def test_burglary_in_the_county(county: AreaFindings):
    topic = county.topic("burglary")
    assert (topic.count, topic.per, topic.denominator.label) == (2248, 1000, "households, Census 2021")
    assert (round(topic.rate, 1), round(topic.low, 1), round(topic.high, 1)) == (9.6, 9.2, 10.0)
    assert (topic.change.before, topic.change.after, topic.change.verdict) == (861, 735, "no_clear_change")
    assert topic.change.before_months == ("2024-01", "2024-02", "2024-03", "2024-04")


def test_control_chart_is_made_from_the_sixteen_months_held_of_two_years(county: AreaFindings):
    topic = county.topic("burglary")
    held = [value for value in topic.chart.values if value == value]
    assert (len(topic.chart_months), len(held)) == (24, 16)
    assert topic.chart.mean == pytest.approx((2248 + 861) / 16)
    assert len(topic.series) == 32


def test_verdicts_of_the_county(county: AreaFindings):
    moved = {topic.topic: topic.change.verdict for topic in county.topics if topic.change.verdict != "no_clear_change"}
    assert moved == {"bicycle-theft": "down", "drugs": "up", "vehicle-crime": "down"}


def test_neighbourhoods_add_up_to_the_county(view: View, county: AreaFindings):
    for slug, total in COUNTED_2025.items():
        found = findings.topic_findings(view, slug, "msoa")
        assert (len(found.areas), sum(value.count for value in found.areas)) == (65, total)


def test_carried_county_agrees_with_the_carried_districts(county: AreaFindings):
    table = district_counts()
    row = table.counts[:, table.districts.index(COUNTY)].sum(axis=1)
    assert dict(zip(table.types, row.tolist(), strict=True)) == {topic.topic: topic.count for topic in county.topics}


def test_county_is_set_beside_the_districts_of_forces_that_published_the_year(county: AreaFindings):
    comparison = county.topic("burglary").comparison
    table = district_counts()
    left_out = {areas.force_of(code).slug for i, code in enumerate(table.districts) if not table.held[i].all()}
    assert {"metropolitan", "greater-manchester", "west-yorkshire", "west-midlands"} <= left_out
    assert comparison.verdict in ("above", "within", "below")
    assert comparison.areas == sum(
        bool(row.all()) and code[0] == "E" for code, row in zip(table.districts, table.held, strict=True)
    )


def test_a_few_neighbourhoods_stand_above_the_rest_and_most_do_not(view: View):
    found = findings.topic_findings(view, "burglary", "msoa")
    assert {"Durham City", "Horden", "Shildon"} <= {value.area.name for value in found.standing("above")}
    assert len(found.standing("within")) > 55


def test_every_area_of_the_county_is_found_in_every_type(everywhere: list[AreaFindings]):
    assert len(everywhere) == 117
    for found in everywhere:
        assert [topic.topic for topic in found.topics] == list(types.TYPES)
        assert {topic.status for topic in found.topics} <= {"counted", "zero"}


def said(topic: TopicFinding) -> list[str]:
    signal = [topic.signal.words] if topic.signal else []
    return [topic.words, topic.headline, topic.change.words, topic.change.brief, topic.comparison.words, *signal]


def test_no_sentence_holds_a_word_to_avoid(everywhere: list[AreaFindings]):
    held = [sentence for found in everywhere for topic in found.topics for sentence in said(topic)]
    assert len(held) > 117 * 14 * 4
    assert [sentence for sentence in held if plain_words.avoided(sentence)] == []


def test_every_sentence_is_whole_and_every_headline_fits(everywhere: list[AreaFindings]):
    for topic in (topic for found in everywhere for topic in found.topics):
        for sentence in said(topic):
            assert sentence == " ".join(sentence.split()) != ""
            assert not re.search(r"\b(None|nan|inf)\b", sentence)
        assert len(topic.headline) < 90 and not topic.headline.endswith(".")


def test_words_rise_and_fall_only_with_the_verdict(everywhere: list[AreaFindings]):
    for topic in (topic for found in everywhere for topic in found.topics):
        claims = re.findall(r"\b(rose|fell) by\b", f"{topic.change.words} {topic.headline}")
        assert bool(claims) == (topic.change.verdict in ("up", "down"))
        assert (topic.change.percent is None) == (topic.change.verdict in ("too_few", "not_held"))
        if topic.change.percent is not None:
            assert min(topic.change.before, topic.change.after) >= 20


def test_every_verdict_is_one_of_the_words_of_the_house(everywhere: list[AreaFindings]):
    for topic in (topic for found in everywhere for topic in found.topics):
        assert topic.change.verdict in kpi.VERDICTS
        assert topic.comparison.verdict in kpi.COMPARISONS
        assert topic.signal is None or topic.signal.kind in kpi.SIGNALS


def test_observations_are_the_same_figures(view: View, county: AreaFindings):
    for topic in county.topics:
        of = f"recorded-{topic.topic}"
        rate = observations.observe(view, of, "rate", COUNTY, "2025")
        change = observations.observe(view, of, "change", COUNTY, "2025")
        assert (rate.value, rate.low, rate.high, rate.numerator) == (topic.rate, topic.low, topic.high, topic.count)
        assert (change.value, change.low, change.high) == (topic.change.percent, topic.change.low, topic.change.high)


def test_january_2020_shows_nothing_later(view: View):
    then = View(view.store, date(2020, 1, 9))
    found = findings.area_findings(then, COUNTY)
    assert (found.period.id, found.last_month) == ("2018-10..2019-02", "2019-02")
    for topic in found.topics:
        assert max(topic.series) <= "2019-02"
        assert topic.denominator.year == 2011
        assert topic.change.verdict == "not_held"
        assert topic.comparison.verdict == "not_compared"
    small = findings.area_findings(then, "E02004314").topic("burglary")
    assert (small.rate, small.why) == (
        None,
        "How many households there are is not held here for areas of this size on this day, so there is no rate.",
    )
