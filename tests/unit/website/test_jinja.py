from datetime import date, datetime

import jinja2
import pytest

from csplan.cycle import clock
from csplan.website.jinja import environment


@pytest.fixture(scope="module")
def env() -> jinja2.Environment:
    return environment(autoescape=True)


@pytest.mark.parametrize(
    ("source", "value", "words"),
    [
        ("{{ v|number }}", 12345, "12,345"),
        ("{{ v|number }}", 0, "0"),  # counted, and none
        ("{{ v|number }}", None, "not held"),  # not counted
        ("{{ v|number }}", float("nan"), "not held"),
        ("{{ v|decimal }}", 1234.56, "1,234.6"),
        ("{{ v|decimal(2) }}", -0.5, "−0.50"),
        ("{{ v|date }}", date(2020, 2, 14), "14 February 2020"),
        ("{{ v|date }}", datetime(2020, 7, 1, 23, 30, tzinfo=clock.UTC), "2 July 2020"),  # half past midnight in London
        ("{{ v|weekday }}", date(2020, 2, 14), "Friday 14 February 2020"),
        ("{{ v|month }}", "2025-06", "June 2025"),
        ("{{ v|moment }}", datetime(2020, 1, 9, 9, 30, tzinfo=clock.UTC), "09:30 on Thursday 9 January 2020"),
        ("{{ v|until }}", clock.end_of(date(2020, 2, 14)), "23:59 on Friday 14 February 2020"),
        ("{{ v|until }}", datetime(2020, 2, 14, 17, 0, tzinfo=clock.UTC), "17:00 on Friday 14 February 2020"),
        ("{{ v }}", "<b>", "&lt;b&gt;"),
    ],
)
def test_values_are_printed_as_people_write_them(env, source, value, words):
    assert env.from_string(source).render(v=value) == words


def test_an_undefined_name_is_an_error(env):
    with pytest.raises(jinja2.UndefinedError):
        env.from_string("{{ nobody }}").render()


def test_fixed_words_go_through_gettext(env):
    assert env.from_string("{% trans n=2 %}{{ n }} plans{% endtrans %}, {{ _('and') }}").render() == "2 plans, and"
