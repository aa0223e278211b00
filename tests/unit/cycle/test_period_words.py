"""Periods and days as people write them."""

from datetime import date

import pytest

from csplan.cycle import period_words


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Q1 2019/20", "2019/20 Q1"),
        ("2019/20 Q1", "2019/20 Q1"),
        ("Quarter 1 2019-20", "2019/20 Q1"),
        ("Q4 (2019/2020)", "2019/20 Q4"),
        ("Q2 19/20", "2019/20 Q2"),
        ("2019-20 Qtr 3", "2019/20 Q3"),
        ("Apr-Jun 2019", "2019/20 Q1"),
        ("January to March 2020", "2019/20 Q4"),
        ("Oct – Dec 2019", "2019/20 Q3"),
        ("Apr 2019 - Mar 2020", "2019/20"),
        ("Jan-Feb 2020", "2020-01..2020-02"),  # no quarter: the months themselves
        ("2019-06", "2019-06"),
        ("Jun-19", "2019-06"),
        ("June 2019", "2019-06"),
        ("Sept ’19", "2019-09"),
        ("06/2019", "2019-06"),
        ("2019-06-01", "2019-06"),  # a heading that Excel made a day
        ("2019-06-30", "2019-06"),
        ("2019/20", "2019/20"),
        ("2019-20", "2019/20"),
        ("2019/2020", "2019/20"),
        ("FY 2019/20", "2019/20"),
        ("2019/20 outturn", "2019/20"),
        ("2019-Q2", "2019-Q2"),  # csplan's own name of a calendar quarter
        ("2019", "2019"),
        ("12 months to June 2019", "12m-to-2019-06"),
        ("Year ending March 2020", "12m-to-2020-03"),
        ("Q1 2019", None),  # of the calendar or of the financial year
        ("2019/21", None),  # no financial year
        ("Nov-Jan 2020", None),  # which November?
        ("2019-06-12", None),  # a day inside a month
        ("Target", None),
        ("Q5 2019/20", None),
        ("2019-13", None),
        ("", None),
    ],
)
def test_a_period_is_understood_where_it_means_one_thing(words: str, name: str | None):
    found = period_words.period(words)
    assert (found.id if found else None) == name


@pytest.mark.parametrize(
    ("headings", "names"),
    [
        (["2009-10"], ["2009-10"]),  # alone: October 2009
        (["2009-10", "2010-11"], ["2009/10", "2010/11"]),  # years in a row
        (["2009-10", "2010-11", "2011-12", "2012-13"], ["2009/10", "2010/11", "2011/12", "2012/13"]),  # one can be no month
        (["2009-10", "2009-11", "2009-12"], ["2009-10", "2009-11", "2009-12"]),  # months in a row
        (["2009-10", "Target"], ["2009-10", None]),  # beside what is no period
    ],
)
def test_headings_of_one_table_tell_together(headings: list[str], names: list[str | None]):
    assert [p.id if p else None for p in period_words.together(headings)] == names


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("31 March 2021", "2021-03-31", "2021-03-31"),
        ("31st March 2021", "2021-03-31", "2021-03-31"),
        ("Wednesday 31 March 2021", "2021-03-31", "2021-03-31"),
        ("31/03/2021", "2021-03-31", "2021-03-31"),
        ("31.3.21", "2021-03-31", "2021-03-31"),
        ("03/04/2021", "2021-04-03", "2021-04-03"),  # the day stands before the month
        ("31-Mar-21", "2021-03-31", "2021-03-31"),
        ("March 31, 2021", "2021-03-31", "2021-03-31"),
        ("2021-03-31", "2021-03-31", "2021-03-31"),
        ("2021-03-31 14:30", "2021-03-31", "2021-03-31"),
        ("March 2021", "2021-03-01", "2021-03-31"),
        ("by end of March 2021", "2021-03-01", "2021-03-31"),
        ("Q2 2020/21", "2020-07-01", "2020-09-30"),
        ("2020/21", "2020-04-01", "2021-03-31"),
        ("2021", None, None),  # which year?
        ("31/02/2021", None, None),  # no such day
        ("Ongoing", None, None),
        ("March 2021 and March 2022", None, None),  # two days
        ("Q2 2020", None, None),
    ],
)
def test_a_day_is_the_first_or_the_last_of_what_is_named(words: str, first: str | None, last: str | None):
    assert period_words.day(words, last=False) == (date.fromisoformat(first) if first else None)
    assert period_words.day(words, last=True) == (date.fromisoformat(last) if last else None)
