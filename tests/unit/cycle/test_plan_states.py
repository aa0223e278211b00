"""The states of a version: one table, and instants that never pass by it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csplan.cycle import plan_states
from csplan.cycle.plan_states import MAY_FOLLOW, STATES, Moments, state
from csplan.errors import CsplanError

DAY = timedelta(days=1)
START = datetime(2019, 12, 1, tzinfo=UTC)
#: Moments in the order in which they come to a version.
ORDER = (
    "frozen_at",
    "considered_at",
    "agreed_at",
    "approved_at",
    "published_at",
    "in_force_at",
    "ended_at",
)


def after(days: int) -> datetime:
    return START + days * DAY


WHOLE = Moments(START, **{name: after(i + 1) for i, name in enumerate(ORDER)})


def test_the_table_is_whole():
    assert set(MAY_FOLLOW) == set(STATES)
    assert {after for to in MAY_FOLLOW.values() for after in to} == set(STATES) - {"draft"}
    assert set(STATES) > plan_states.AGREED and set(STATES) > plan_states.STANDING


@pytest.mark.parametrize(
    ("moments", "days", "expected"),
    [
        (WHOLE, -1, None),  # before it was drafted
        (WHOLE, 0, "draft"),
        (WHOLE, 1, "frozen"),
        (WHOLE, 2, "considered"),
        (WHOLE, 3, "agreed"),
        (WHOLE, 4, "approved"),
        (WHOLE, 5, "published"),
        (WHOLE, 6, "in force"),
        (WHOLE, 7, "ended"),
        (replace(WHOLE, approved_at=None), 4, "agreed"),  # no further body approves it
        (replace(WHOLE, agreed_at=None, approved_at=None, published_at=None, revised_at=after(3)), 3, "revised"),
        (replace(WHOLE, frozen_at=None, revised_at=after(3), agreed_at=None, published_at=None), 3, "draft"),
        (replace(WHOLE, reviews=((after(6), None),)), 6, "in review"),
        (replace(WHOLE, ended_at=None, reviews=((after(6), after(8)),)), 8, "in force"),  # the review is over
        (replace(WHOLE, superseded_at=after(6)), 6, "superseded"),
        (replace(WHOLE, refreshed_at=after(7)), 7, "refreshed"),
        (replace(WHOLE, refreshed_at=after(7), closed_at=after(8)), 8, "closed"),
        (replace(WHOLE, withdrawn_at=after(6)), 6, "withdrawn"),
    ],
)
def test_a_state_is_what_has_happened_by_then(moments, days, expected):
    assert state(moments, after(days)) == expected
    if expected is not None:
        assert state(moments, after(days) + DAY / 2) == expected


@given(st.lists(st.integers(0, 30), min_size=len(ORDER), max_size=len(ORDER)), st.booleans(), st.booleans())
def test_time_only_moves_a_version_along_the_table(gaps, has_approval, is_withdrawn):
    """Walked minute by minute over its moments, a version never jumps past what the table allows."""
    at, moments = START, {}
    for name, gap in zip(ORDER, gaps, strict=True):
        at += (gap + 1) * DAY
        moments[name] = at
    if not has_approval:
        moments["approved_at"] = None
    whole = Moments(START, **moments, withdrawn_at=at + DAY if is_withdrawn else None)
    instants = sorted({START, at + 2 * DAY, *(m for m in moments.values() if m)})
    seen = [state(whole, i) for i in instants]
    for before, now in pairwise(seen):
        assert before == now or plan_states.may_follow(before, now), (before, now)


@pytest.mark.parametrize(
    ("act", "before"), [("agree", "draft"), ("publish", "frozen"), ("freeze", "frozen"), ("agree", "withdrawn")]
)
def test_an_act_out_of_turn_is_refused_with_what_may_follow(act, before):
    with pytest.raises(CsplanError, match=f"The plan is .*What may follow: {next(iter(MAY_FOLLOW[before].values()), 'nothing')}"):
        plan_states.check_may(act, before, name="The plan")


def test_the_chart_draws_every_step_once():
    drawn = plan_states.chart().splitlines()
    steps = sum(len(to) for to in MAY_FOLLOW.values())
    assert sum("-->" in line for line in drawn) == steps + 1 + sum(not to for to in MAY_FOLLOW.values())
