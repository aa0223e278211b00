"""What the figures of an area say, on a county drawn by hand: two small areas with something in them, all others empty."""

import json
from datetime import date
from types import SimpleNamespace

import pytest

from csplan.cycle import kpi, periods
from csplan.errors import CsplanError
from csplan.evidence import areas, changes, comparisons, findings, load, types
from csplan.evidence.store import Store
from csplan.evidence.view import View

HERE, THERE, COUNTY, FORCE, DARLINGTON = "E01020634", "E01020635", "E06000047", "E23000008", "E06000005"
MONTHS = [*periods.between("2024-01", "2024-04"), *periods.between("2025-01", "2025-12")]


@pytest.fixture(scope="module")
def view(draw: SimpleNamespace, tmp_path_factory: pytest.TempPathFactory) -> View:
    """Burglary in HERE halves after 2024, drug offences there stay, one robbery a month in THERE."""
    given = tmp_path_factory.mktemp("given")
    for month in MONTHS:
        burglaries = 40 if month < "2025" else 20
        rows = draw.rows(burglaries, month=month) + draw.rows(30, start=100, month=month, type="Drugs")
        rows += draw.rows(1, start=200, month=month, type="Robbery", lsoa=THERE)
        (given / f"{month}-durham-street.csv").write_bytes(draw.csv_bytes(rows))
    store = Store(tmp_path_factory.mktemp("data"))
    load.load(store, [given], by="terminal:test")
    return View(store, date(2026, 4, 1), COUNTY)


# ---- one area ---------------------------------------------------------------------------------------


def test_area_has_every_type_with_counts_that_add_up(view: View):
    found = findings.area_findings(view, COUNTY)
    assert [topic.topic for topic in found.topics] == list(types.TYPES)
    assert found.period.id == "2025"
    assert found.recorded == sum(topic.count for topic in found.topics) == 12 * (20 + 30 + 1)
    assert (found.missing_months, found.last_month, len(found.releases)) == ((), "2025-12", 16)


def test_halved_count_is_called_a_fall_and_a_level_one_is_not(view: View):
    found = findings.area_findings(view, HERE)
    fell, level = found.topic("burglary").change, found.topic("drugs").change
    assert (fell.verdict, fell.before, fell.after) == ("down", 160, 80)
    assert fell.before_months == ("2024-01", "2024-02", "2024-03", "2024-04")
    assert fell.after_months == ("2025-01", "2025-02", "2025-03", "2025-04")
    assert fell.q is not None and fell.p_value is not None and fell.q > fell.p_value  # two tests were made
    assert level.verdict == "no_clear_change"
    assert "fell by 50%" in fell.words


def test_rare_count_is_too_few(view: View):
    topic = findings.area_findings(view, THERE).topic("robbery")
    assert (topic.change.verdict, topic.change.percent, topic.count) == ("too_few", None, 12)


def test_rate_is_of_what_the_indicator_says(view: View):
    found = findings.area_findings(view, COUNTY)
    assert found.topic("burglary").denominator.id == "households-2021"
    assert found.topic("drugs").denominator.id == "residents-2021"
    assert found.topic("burglary").rate == pytest.approx(1000 * 240 / 234_785)


def test_nothing_recorded_is_zero_and_says_so(view: View):
    topic = findings.area_findings(view, COUNTY).topic("shoplifting")
    assert (topic.count, topic.rate, topic.status, topic.words) == (
        0,
        0.0,
        "zero",
        "Police recorded no shoplifting offences in 2025.",
    )


def test_period_with_a_gap_has_no_total(view: View):
    found = findings.area_findings(view, HERE, periods.parse("2024"))
    topic = found.topic("burglary")
    assert (topic.count, topic.rate, topic.status, found.recorded) == (None, None, "missing", None)
    assert found.missing_months == periods.between("2024-05", "2024-12")
    assert topic.words == topic.why == "May to December 2024 are not held, so there is no total for January to December 2024."
    assert topic.comparison.verdict == "not_compared"


def test_same_months_a_year_earlier_not_held(view: View):
    found = findings.area_findings(view, HERE, periods.parse("2024-01..2024-04"))
    assert {topic.change.verdict for topic in found.topics} == {"not_held"}
    assert found.topic("burglary").count == 160


def test_earlier_day_shows_nothing_later(view: View):
    found = findings.area_findings(View(view.store, date(2024, 8, 1), COUNTY), HERE)
    assert (found.period.id, found.last_month) == ("2024-01..2024-04", "2024-04")
    assert max(found.topic("burglary").series) == "2024-04"


def test_area_of_which_nothing_is_held_is_refused(view: View):
    with pytest.raises(CsplanError, match="No recorded crime is held for Hartlepool"):
        findings.area_findings(view, "E06000001")


def test_unknown_area_is_refused(view: View):
    with pytest.raises(CsplanError, match="E06009999"):
        findings.area_findings(view, "E06009999")


def test_force_is_not_compared(view: View):
    topic = findings.area_findings(view, FORCE).topic("burglary")
    assert (topic.comparison.verdict, topic.comparison.why) == (
        "not_compared",
        "A police force is not compared here: its districts are.",
    )


# ---- comparison -------------------------------------------------------------------------------------


def test_area_with_all_of_it_stands_above_the_rest(view: View):
    here, there = (findings.area_findings(view, code).topic("burglary").comparison for code in (HERE, THERE))
    assert (here.verdict, there.verdict, here.areas) == ("above", "not_compared", 330)
    assert (there.why, there.group_rate) == (comparisons.TOO_FEW, here.group_rate)
    assert here.group == "the 330 small areas of County Durham"


def test_type_recorded_nowhere_is_not_compared(view: View):
    comparison = findings.area_findings(view, HERE).topic("bicycle-theft").comparison
    assert (comparison.verdict, comparison.why) == ("not_compared", "No bicycle thefts were recorded in any of them.")


@pytest.mark.parametrize("slug", ["anti-social-behaviour", "other-crime"])
def test_types_that_forces_count_differently_are_not_compared_between_districts(view: View, slug: str):
    comparison = findings.area_findings(view, COUNTY).topic(slug).comparison
    assert (comparison.verdict, comparison.why) == ("not_compared", types.get(slug).why_not_compared)


def test_districts_are_compared_for_the_year_carried_alone(view: View):
    year = findings.area_findings(view, COUNTY).topic("burglary").comparison
    quarter = findings.area_findings(view, COUNTY, periods.parse("2025-Q1")).topic("burglary").comparison
    assert year.verdict == "below"  # 240 burglaries in a county is far fewer than anywhere
    assert "English districts" in year.group
    assert (quarter.verdict, quarter.group_rate) == ("not_compared", None)
    assert quarter.why.startswith("Other districts’ figures are held for 2025 alone")


def test_district_too_small_for_groups_is_not_compared_inside(view: View):
    found = findings.topic_findings(view, "burglary", "division", district=DARLINGTON)
    assert (found.areas, found.why) == ((), "There are too few areas of its kind to compare.")


def test_welsh_district_is_not_set_beside_english_ones(view: View):
    group = comparisons.of_districts(view, types.get("burglary"), areas.get("W06000001"), periods.parse("2025"))
    assert group.finding("W06000001", 1000, 30).why == "Districts are compared within England alone."


def test_comparison_of_an_unfinished_year_of_others_is_not_shown_early(view: View):
    early = View(view.store, date(2026, 2, 28), COUNTY)
    group = comparisons.of_districts(early, types.get("burglary"), areas.get(COUNTY), periods.parse("2025"))
    assert group.why == "Other districts’ figures were not published yet, so no comparison is made."


def test_old_division_is_not_set_beside_those_in_force(view: View):
    comparison = findings.area_findings(view, "E05009030").topic("burglary").comparison
    assert (comparison.verdict, comparison.why) == (
        "not_compared",
        "It is not one of the 51 electoral divisions of County Durham.",
    )


# ---- one type in all areas --------------------------------------------------------------------------


def test_topic_turns_the_table_round(view: View):
    found = findings.topic_findings(view, "burglary", "lsoa")
    by_code = {value.area.code: value for value in found.areas}
    assert len(by_code) == 330
    assert (by_code[HERE].count, by_code[HERE].verdict, by_code[THERE].count, by_code[THERE].status) == (240, "above", 0, "zero")
    assert by_code[THERE].verdict == "not_compared"
    assert [value.area.code for value in found.standing("above")] == [HERE]
    of_area = findings.area_findings(view, HERE).topic("burglary")
    assert (by_code[HERE].rate, by_code[HERE].low, by_code[HERE].high) == (of_area.rate, of_area.low, of_area.high)
    assert found.group_rate == of_area.comparison.group_rate


def test_all_crime_is_counted_and_not_compared(view: View):
    found = findings.topic_findings(view, types.ALL, "msoa")
    assert sum(value.count for value in found.areas) == 12 * (20 + 30 + 1)
    assert {value.verdict for value in found.areas} == {"not_compared"}
    assert found.why == types.ALL_CRIME.why_not_compared


@pytest.mark.parametrize("kind", ["district", "region", "street"])
def test_kind_of_area_that_lies_in_no_district_is_refused(view: View, kind: str):
    with pytest.raises(CsplanError, match="Choose lsoa, msoa or division"):
        findings.topic_findings(view, "burglary", kind)


# ---- months worth asking about ----------------------------------------------------------------------

YEAR = periods.between("2025-01", "2025-12")


def chart_of(*counts: int | None):
    series = {month: n for month, n in zip(YEAR, counts, strict=True) if n is not None}
    return findings.control_chart(series, YEAR)


def test_chart_needs_twelve_months():
    assert chart_of(*[10] * 11, None) is None
    assert chart_of(*[10] * 12) is not None


@pytest.mark.parametrize(
    ("counts", "kind", "direction", "months"),
    [
        # one month far out
        ((20, 30, 15, 28, 12, 30, 95, 20, 28, 15, 30, 18), "outside", "up", ("2025-07",)),
        # seven above the average, five below; none far out
        ((8, 16, 9, 17, 8, 22, 30, 21, 31, 22, 29, 23), "run", "up", YEAR[5:]),
        # nothing
        ((30, 31, 30, 31, 30, 31, 30, 31, 30, 31, 30, 31), None, None, None),
    ],
)
def test_strongest_signal_is_told(counts, kind, direction, months):
    chart = chart_of(*counts)
    found = findings.signal(chart, YEAR, within=YEAR)
    assert (found and (found.kind, found.direction, found.months)) == (kind and (kind, direction, months))


def test_signal_outside_the_period_is_not_told():
    chart = chart_of(95, 20, 30, 15, 28, 12, 30, 20, 28, 15, 30, 18)
    assert findings.signal(chart, YEAR, within=YEAR).months == ("2025-01",)
    assert findings.signal(chart, YEAR, within=YEAR[1:]) is None


def test_trend_points_the_way_it_goes():
    chart = chart_of(20, 30, 20, 30, 20, 21, 22, 23, 24, 25, 26, 27)
    found = findings.signal(chart, YEAR, within=YEAR)
    assert (found.kind, found.direction, found.months) == ("trend", "up", YEAR[4:])


# ---- the months compared ----------------------------------------------------------------------------


def test_only_months_held_a_year_earlier_are_compared():
    series = dict.fromkeys(["2024-01", "2024-03", "2025-01", "2025-02", "2025-03"], 5)
    assert changes.compared(series, periods.parse("2025")) == (("2024-01", "2024-03"), ("2025-01", "2025-03"))


def test_of_a_long_period_the_last_year_is_compared():
    series = dict.fromkeys(periods.between("2023-01", "2025-12"), 5)
    before, after = changes.compared(series, periods.parse("2023-01..2025-12"))
    assert (before, after) == (periods.between("2024-01", "2024-12"), periods.between("2025-01", "2025-12"))


@pytest.mark.parametrize(
    ("period", "last_month", "first", "last"),
    [
        ("2025", "2025-12", "2024-01", "2025-12"),
        ("2025-Q1", "2025-12", "2024-01", "2025-12"),  # still within the last two years
        ("2018-10..2019-02", "2025-12", "2017-03", "2019-02"),  # an older period ends its own two years
    ],
)
def test_two_years_a_series_is_known_by(period: str, last_month: str, first: str, last: str):
    assert changes.shown(periods.parse(period), last_month) == periods.between(first, last)


def test_older_comparison_is_known_by_its_own_two_years():
    series = dict.fromkeys(periods.between("2017-01", "2025-12"), 50)
    examined = changes.examine(series, periods.parse("2018"), "2025-12")
    assert (examined.test.held, examined.test.before, examined.test.after) == (24, 600, 600)


# ---- JSON -------------------------------------------------------------------------------------------


def test_area_as_json_has_the_keys_others_rely_on(view: View):
    facts = findings.area_findings(view, COUNTY).as_json()
    assert {"area", "period", "topics", "releases", "missing_months"} <= facts.keys()
    assert facts["area"] == {"code": COUNTY, "name": "County Durham", "type": "district"}
    assert facts["period"] == {"id": "2025", "from": "2025-01", "to": "2025-12"}
    for topic in facts["topics"]:
        wanted = {"topic", "title", "count", "rate", "low", "high", "per", "denominator", "status", "change", "comparison"}
        assert wanted <= topic.keys()
        assert topic["denominator"].keys() >= {"id", "label", "year"}
        assert topic["change"].keys() >= {"percent", "low", "high", "p_value", "verdict", "words"}
        assert topic["comparison"].keys() >= {"group", "verdict"}
        assert topic["status"] in kpi.STATUSES and topic["change"]["verdict"] in kpi.VERDICTS
        assert topic["comparison"]["verdict"] in kpi.COMPARISONS
    json.dumps(facts, allow_nan=False)


def test_topic_as_json_holds_every_area(view: View):
    facts = findings.topic_findings(view, "burglary", "msoa").as_json()
    assert len(facts["areas"]) == 65
    assert facts["areas"][0].keys() >= {"code", "name", "count", "rate", "low", "high", "status", "verdict"}
    json.dumps(facts, allow_nan=False)
