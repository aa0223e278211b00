"""Season, trend and forecast of one type of an area, or why none can be told."""

from datetime import date

import numpy as np
import pytest

from csplan.cycle import periods
from csplan.evidence import areas, types
from csplan.evidence.over_time import of_months, told
from csplan.evidence.plain_words import avoided
from csplan.evidence.series_events import SeriesEvent
from csplan.evidence.view import View
from csplan.statistics.forecast import forecast
from csplan.statistics.seasonality import month_index
from csplan.statistics.trend import monthly_trend

DEMONSTRATION = (*periods.between("2024-01", "2024-04"), *periods.between("2025-01", "2025-12"))


def series(first="2020-01", last="2025-12", level=200.0, rise=0.0):
    """A summer high and a steady rise, with a little unrest; whole numbers."""
    months = periods.between(first, last)
    unrest = np.random.default_rng(1).normal(0, 0.03, len(months))
    return {
        month: round(level * (1 + 0.3 * np.sin(np.pi * (int(month[-2:]) - 4) / 6)) * (1 + rise) ** (i / 12) * (1 + unrest[i]))
        for i, month in enumerate(months)
    }


def break_in(month, **kind):
    return SeriesEvent(
        "one", kind.get("kind", "recording"), periods.parse(month), None, "What.", "Who", "https://www.example.org/"
    )


def test_all_three_are_told_and_are_those_of_the_statistics():
    given = series(rise=-0.06)
    found = told(given)
    counts, days = list(given.values()), [periods.days(month) for month in given]
    assert found.months == tuple(given)
    assert found.season.index.tolist() == month_index(counts, days).index.tolist()
    assert found.trend == monthly_trend(counts, days)
    assert found.forecast.mean.tolist() == forecast(counts, days, [31, 28, 31]).mean.tolist()
    assert found.ahead == ("2026-01", "2026-02", "2026-03")
    assert "July is usually highest" in found.season_words and "January lowest" in found.season_words
    assert "fell by about" in found.trend_words and "January 2026 is likely to hold about" in found.forecast_words
    assert found.words == f"{found.season_words} {found.trend_words} {found.forecast_words}"
    assert not avoided(found.words)


def test_names_and_numbers_keep_the_calendar_when_the_series_begins_in_spring():
    found = told(series("2020-05"))
    assert "July is usually highest" in found.season_words
    index = found.as_json()["season"]["index"]
    assert list(index) == [f"{month:02d}" for month in range(1, 13)]
    assert max(index, key=index.get) == "07" and min(index, key=index.get) == "01"


def test_the_json_holds_every_part():
    found = told(series()).as_json()
    assert (found["months"], found["from"], found["to"]) == (72, "2020-01", "2025-12")
    assert set(found["trend"]) == {"percent", "low", "high", "p_value", "words"}
    assert [month["month"] for month in found["forecast"]["months"]] == ["2026-01", "2026-02", "2026-03"]
    assert found["forecast"]["months"][0]["low80"] <= found["forecast"]["months"][0]["mean"]
    assert 0.5 < found["forecast"]["coverage80"] <= 1 and found["forecast"]["method"] in found["forecast"]["mase"]


def test_sixteen_months_refuse_all_in_one_sentence():
    found = told(dict.fromkeys(DEMONSTRATION, 50))
    assert found.words == (
        "Only 16 months are held: a season needs 24, a trend over the years 36 and a forecast 36 in a row, so none is given."
    )
    told_as_json = found.as_json()
    assert [told_as_json[part] for part in ("season", "trend", "forecast")] == [None] * 3
    assert told_as_json["months"] == 16 and not avoided(found.words)


def test_nothing_held_says_so():
    assert told({}).words == "No month is held, so no season, trend or forecast can be given."
    assert told({}).as_json()["from"] is None


def test_nothing_is_told_across_a_break():
    found = told(series(), (break_in("2024-08"),))
    assert found.months == periods.between("2024-08", "2025-12")
    assert found.words.startswith("Only 17 months, August 2024 and after, can be compared: a season needs 24")
    later = told(series(), (break_in("2022-03"),))
    assert later.months[0] == "2022-03" and later.trend.months == later.forecast.months == 46


def test_an_event_that_breaks_nothing_is_no_bar():
    assert told(series(), (break_in("2024-08", kind="campaign"),)).months == tuple(series())


def test_between_two_and_three_years_only_a_season():
    found = told(series("2023-04"))
    assert found.season is not None and found.trend is None and found.forecast is None and found.ahead == ()
    assert found.trend_words == "A trend over the years needs 36 months that can be compared, and 33 are held."
    assert found.forecast_words == "A forecast needs 36 months in a row that can be compared, and 33 are held."


def test_a_gap_stops_the_forecast_and_not_the_trend():
    given = series()
    del given["2023-05"]
    found = told(given)
    assert found.forecast is None and found.forecast_words.endswith("and 31 are held.")
    assert found.trend.months == 71 and found.season is not None
    early = {month: n for month, n in series().items() if month != "2021-05"}
    assert told(early).forecast.months == 55


def test_few_events_tell_nothing_and_say_so():
    found = told(dict.fromkeys(series(), 0))
    assert found.season is None and found.trend is None and found.forecast is None
    assert found.season_words == "Too few were recorded to tell a season from chance."
    assert found.trend_words == "Too few were recorded to tell a trend over the years."
    assert found.forecast_words == "The months are too much alike to say how far a forecast may miss."


def test_gaps_that_hide_a_month_of_the_year():
    given = {month: n for month, n in series("2021-01").items() if month[-2:] not in ("05", "11")}
    assert told(given).season_words == "The months held leave too many gaps to tell a season."


@pytest.fixture
def view(draw, take, store):
    rows = draw.rows(3)
    take("2025-06-durham-street.csv", draw.csv_bytes(rows))
    return View(store, date(2026, 1, 1), "E06000047")


def test_of_a_district_as_it_is_held(view):
    found = of_months(view, types.get("burglary"), areas.get("E06000047"))
    assert found.months == ("2025-06",) and found.words.startswith("Only 1 month is held: a season needs 24")
