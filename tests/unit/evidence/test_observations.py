"""One figure of one indicator in one area and period: its name, its value, or why there is none."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

from csplan.cycle import clock, periods
from csplan.errors import CsplanError
from csplan.evidence import load, results, trace
from csplan.evidence.catalogue import get
from csplan.evidence.observations import observation_id, observe, parse_id
from csplan.evidence.store import Store
from csplan.evidence.view import View

HERE, COUNTY = "E01020634", "E06000047"
#: Burglaries in one small area in each month held; drug offences are always one more.
BURGLARIES = dict(
    zip([*periods.between("2024-01", "2024-04"), *periods.between("2025-01", "2025-12")], [9] * 4 + [6] * 12, strict=True)
)


@pytest.fixture(scope="module")
def view(draw: SimpleNamespace, tmp_path_factory: pytest.TempPathFactory) -> View:
    given = tmp_path_factory.mktemp("given")
    for month, n in BURGLARIES.items():
        rows = draw.rows(n, month=month) + draw.rows(n + 1, start=n, month=month, type="Drugs")
        (given / f"{month}-durham-street.csv").write_bytes(draw.csv_bytes(rows))
    store = Store(tmp_path_factory.mktemp("data"))
    load.load(store, [given], by="terminal:test")
    return View(store, date(2026, 4, 1), COUNTY)


def test_name_of_an_observation():
    assert observation_id("recorded-burglary", "rate", COUNTY, "2025") == "recorded-burglary.rate/E06000047/2025"
    assert observation_id("K101", "count", HERE, periods.parse("2024/25 Q1")) == "K101.count/E01020634/2024/25 Q1"


@pytest.mark.parametrize(
    ("name", "period"),
    [("K101.rate/E06000047/2024/25 Q1", "2024/25 Q1"), ("recorded-burglary.share/local-dales/2025-06", "2025-06")],
)
def test_name_is_read_back(name: str, period: str):
    found = parse_id(name)
    assert observation_id(found.indicator, found.measure, found.area, found.period) == name
    assert found.period.id == period


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("recorded-burglary/E06000047/2025", "does not name a figure"),
        ("recorded-burglary.rank/E06000047/2025", "does not name a figure"),
        ("recorded-burglary.rate/Durham/2025", "does not name a figure"),
        ("K999.rate/E06000047/2025", "no indicator “K999”"),
        ("K101.rate/E06000047/last year", "not a period"),
    ],
)
def test_name_of_nothing_is_refused(name: str, sentence: str):
    with pytest.raises(CsplanError, match=sentence):
        parse_id(name)


def test_count(view: View):
    found = observe(view, "recorded-burglary", "count", HERE, "2025")
    assert (found.value, found.numerator, found.denominator, found.per, found.status) == (72.0, 72, None, 1, "counted")
    assert found.why == ""
    assert len(found.releases) == 12


def test_rate_with_its_limits(view: View):
    found = observe(view, "recorded-burglary", "rate", COUNTY, "2025-06")
    # 6 burglaries; exact limits of 6 are 2.2019 to 13.0595 (Garwood); 234,785 households at the census of 2021
    assert (found.numerator, found.denominator, found.per, found.base) == (6, 234_785, 1000, "households-2021")
    assert found.value == pytest.approx(1000 * 6 / 234_785)
    assert (found.low, found.high) == (
        pytest.approx(1000 * 2.2019 / 234_785, rel=1e-4),
        pytest.approx(1000 * 13.0595 / 234_785, rel=1e-4),
    )


def test_share_of_everything_recorded(view: View):
    found = observe(view, "recorded-burglary", "share", HERE, "2025")
    assert (found.numerator, found.denominator, found.per) == (72, 72 + 84, 100)
    assert found.value == pytest.approx(100 * 72 / 156)
    assert found.low < found.value < found.high


def test_share_of_nothing_is_none(view: View):
    found = observe(view, "recorded-burglary", "share", "E01020635", "2025")
    assert (found.value, found.status) == (None, "zero")
    assert found.why.startswith("Nothing was recorded")


def test_change_compares_the_months_held_a_year_earlier(view: View):
    found = observe(view, "recorded-burglary", "change", HERE, "2025")
    assert (found.numerator, found.denominator) == (24, 36)
    # 24 in 120 days after 36 in 121
    assert found.value == pytest.approx(100 * (24 / 120 / (36 / 121) - 1))


def test_change_of_few_events_has_no_percentage(view: View):
    found = observe(view, "recorded-burglary", "change", HERE, "2025-01")
    assert (found.value, found.numerator, found.denominator) == (None, 6, 9)
    assert "too few to tell" in found.why


def test_change_without_the_year_before_says_so(view: View):
    found = observe(view, "recorded-burglary", "change", HERE, "2024-01..2024-04")
    assert (found.value, found.status) == (None, "missing")
    assert "a year earlier are not held" in found.why


def test_nothing_recorded_is_zero(view: View):
    found = observe(view, "recorded-robbery", "count", HERE, "2025")
    assert (found.value, found.status) == (0.0, "zero")


def test_total_over_a_gap_is_refused(view: View):
    found = observe(view, "recorded-burglary", "count", HERE, "2024")
    assert (found.value, found.numerator, found.status, found.releases) == (None, None, "missing", ())
    assert found.why == "May to December 2024 are not held, so there is no total for January to December 2024."


def test_run_of_held_months_is_no_gap(view: View):
    assert observe(view, "recorded-burglary", "count", HERE, "2024-01..2024-04").value == 36


#: Every form of a period, with the burglaries of its months: 6 in each month of 2025, 9 in each of the first four of 2024.
PERIODS = [
    ("2025-06", 6),
    ("2025-Q2", 18),
    ("2025", 72),
    ("2025/26 Q1", 18),
    ("12m-to-2025-12", 72),
    ("2025-01..2025-04", 24),
    ("2024-01..2024-04", 36),
    ("2024-04", 9),
]


@pytest.mark.parametrize(("period", "burglaries"), PERIODS)
def test_every_form_of_a_period_has_its_count_rate_and_share(view: View, period: str, burglaries: int):
    count, rate, share = (observe(view, "recorded-burglary", measure, COUNTY, period) for measure in ("count", "rate", "share"))
    assert (count.value, count.period) == (burglaries, period)
    assert (rate.numerator, rate.denominator, rate.base) == (burglaries, 234_785, "households-2021")
    assert rate.value == pytest.approx(1000 * burglaries / 234_785) and rate.low < rate.value < rate.high
    assert (share.numerator, share.denominator) == (burglaries, 2 * burglaries + len(periods.parse(period).months))


@pytest.mark.parametrize("period", ["2024/25", "2024/25 Q1", "12m-to-2025-06", "2024-Q2", "2023-12..2024-01"])
@pytest.mark.parametrize("measure", ["count", "rate", "share", "change"])
def test_every_form_of_a_period_with_a_gap_says_which_months_it_lacks(view: View, period: str, measure: str):
    found = observe(view, "recorded-burglary", measure, HERE, period)
    assert (found.value, found.status, found.period) == (None, "missing", period)
    assert "not held, so there is no total for" in found.why


@pytest.mark.parametrize(
    ("period", "before", "after"),
    [("2025-Q1", 27, 18), ("2025", 36, 24), ("12m-to-2025-12", 36, 24), ("2025-01..2025-04", 36, 24)],
)
def test_change_of_every_form_is_over_the_months_held_in_both_years(view: View, period: str, before: int, after: int):
    found = observe(view, "recorded-burglary", "change", HERE, period)
    assert (found.denominator, found.numerator) == (before, after)


@pytest.mark.parametrize("period", [name for name, _ in PERIODS] + ["2024/25", "2024/25 Q1", "12m-to-2025-06"])
def test_trace_answers_every_form_of_a_period(view: View, period: str):
    with clock.at(clock.parse("2026-04-01")):
        traced = trace.trace(view.store, "recorded-burglary.rate", HERE, period)
    figure = traced["observation"]
    assert figure["observation"] == f"recorded-burglary.rate/{HERE}/{period}" and figure["period"]["id"] == period
    held = figure["value"] is not None
    assert held == bool(traced["releases"]) and held == (figure["why"] is None)
    assert len(traced["releases"]) == (len(periods.parse(period).months) if held else 0)


def test_people_of_another_year_are_used_for_a_recorded_reason(view: View):
    far = observe(view, "recorded-burglary", "rate", HERE, "2025")
    assert far.base_why == (
        "Households are those of the census of 2021, the last published by the day of reading, whatever the year of the count."
    )
    assert far.as_json()["base_why"] == far.base_why
    assert replace(far, period="2022-06").base_why == "" and replace(far, period="2020/21").base_why == ""
    assert replace(far, period="2019-12..2021-03").base_why != ""
    count = observe(view, "recorded-burglary", "count", HERE, "2025")
    assert (count.base_why, count.as_json()["base_why"]) == ("", None)
    assert observe(view, "recorded-burglary", "share", HERE, "2025").base_why == ""


def test_month_not_published_yet_is_missing(view: View):
    early = View(view.store, date(2026, 2, 28), COUNTY)
    assert observe(early, "recorded-burglary", "count", HERE, "2025-12").status == "missing"
    assert observe(view, "recorded-burglary", "count", HERE, "2025-12").status == "counted"


def test_rate_before_the_census_was_published_says_so(view: View):
    early = View(view.store, date(2022, 1, 1), COUNTY)
    assert observe(early, "recorded-burglary", "rate", HERE, "2025").status == "missing"


def test_figure_that_partners_return_is_not_collected_here(view: View):
    found = observe(view, "K105", "rate", COUNTY, "2025")
    assert (found.value, found.status, found.releases) == (None, "not_collected", ())
    assert get("K105").source in found.why


def test_measure_an_indicator_does_not_have_is_refused(view: View):
    with pytest.raises(CsplanError, match="has no rate. Choose one of: share"):
        observe(view, "K122", "rate", COUNTY, "2025")


def test_json_of_an_observation(view: View):
    facts = observe(view, "recorded-burglary", "rate", COUNTY, "2025-06").as_json()
    assert facts["observation"] == "recorded-burglary.rate/E06000047/2025-06"
    assert facts["period"] == {"id": "2025-06", "from": "2025-06", "to": "2025-06"}
    assert facts["why"] is None
    assert {"value", "low", "high", "numerator", "denominator", "per", "status", "releases"} <= facts.keys()


# ---- results ----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def folder(view: View, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("results")
    results.write(view, folder)
    return folder


@pytest.mark.parametrize("area", [COUNTY, HERE, "E02004314", "E05016183"])
def test_results_hold_what_is_observed(view: View, folder: Path, area: str):
    held = results.read(folder, area=area)
    assert {o.period for o in held if o.area != COUNTY} <= {"2025", "2024-01..2024-04"}
    for one in held:
        seen = observe(view, one.indicator, one.measure, area, one.period)
        numbers = ("value", "low", "high")
        assert [getattr(one, n) for n in numbers] == [
            v if v is None else pytest.approx(v) for v in (seen.value, seen.low, seen.high)
        ]
        same = ("id", "status", "numerator", "denominator", "per", "base", "why", "releases")
        assert [getattr(one, n) for n in same] == [getattr(seen, n) for n in same]


def test_results_hold_the_county_month_by_month(folder: Path):
    [june] = [
        o for o in results.read(folder, indicator="recorded-burglary", area=COUNTY, period="2025-06") if o.measure == "count"
    ]
    assert june.value == 6


def test_results_of_the_same_view_are_the_same_bytes(view: View, folder: Path, tmp_path: Path):
    results.write(view, tmp_path)
    for name in ("observations.parquet", "releases.parquet"):
        assert (tmp_path / "results" / name).read_bytes() == (folder / "results" / name).read_bytes()


def test_results_of_a_day_without_figures_are_refused_in_words(view: View, tmp_path: Path):
    early = View(view.store, date(2022, 1, 1), COUNTY)
    with pytest.raises(CsplanError, match="No recorded crime is held for County Durham"):
        results.write(early, tmp_path)


def test_results_not_written_are_refused_in_words(tmp_path: Path):
    with pytest.raises(CsplanError, match="csplan evidence build"):
        results.read(tmp_path)


def test_no_figure_is_named_twice(folder: Path):
    names = [o.id for o in results.read(folder)]
    assert len(names) == len(set(names))
