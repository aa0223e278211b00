"""Working days and bank holidays, against the days that gov.uk printed."""

from datetime import date

import pytest

from csplan.cycle import calendar, consultation


@pytest.mark.parametrize(
    ("year", "days"),
    [
        # nothing moved
        (2019, ["01-01", "04-19", "04-22", "05-06", "05-27", "08-26", "12-25", "12-26"]),
        # early May moved to the Friday; Boxing Day on a Saturday
        (2020, ["01-01", "04-10", "04-13", "05-08", "05-25", "08-31", "12-25", "12-28"]),
        # both days of Christmas on a weekend
        (2021, ["01-01", "04-02", "04-05", "05-03", "05-31", "08-30", "12-27", "12-28"]),
        # jubilee, funeral, New Year's Day on a Saturday, Christmas Day on a Sunday
        (2022, ["01-03", "04-15", "04-18", "05-02", "06-02", "06-03", "08-29", "09-19", "12-26", "12-27"]),
        (2023, ["01-02", "04-07", "04-10", "05-01", "05-08", "05-29", "08-28", "12-25", "12-26"]),
        (2024, ["01-01", "03-29", "04-01", "05-06", "05-27", "08-26", "12-25", "12-26"]),
    ],
)
def test_bank_holidays_are_those_of_the_year(year, days):
    assert [f"{d:%m-%d}" for d in calendar.bank_holidays(year)] == days


def test_christmas_of_2022_was_kept_on_the_tuesday():
    assert calendar.bank_holidays(2022)[date(2022, 12, 27)] == "Christmas Day"


def test_the_consultation_of_the_report_had_60_days_and_41_working_days():
    notes = consultation.notes_on_window(date(2019, 12, 17), date(2020, 2, 14))
    assert notes[0] == "60 days, of which 41 are working days."
    assert [name in notes[1] for name in ("Christmas Day", "Boxing Day", "New Year’s Day")] == [True] * 3


def test_a_leap_day_a_year_on_is_the_28th():
    assert calendar.add_years(date(2020, 2, 29), 1) == date(2021, 2, 28)
    assert calendar.with_weekday(date(2020, 2, 14)) == "Friday 14 February 2020"
