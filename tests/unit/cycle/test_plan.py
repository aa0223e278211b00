"""States, gates and the lock of a plan."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from csplan.cycle import plan, plan_states
from csplan.errors import CsplanError

DRAFTED = datetime(2019, 12, 1, tzinfo=UTC)
SECOND = timedelta(seconds=1)
WHOLE = plan_states.Moments(
    DRAFTED,
    frozen_at=datetime(2019, 12, 17, tzinfo=UTC),
    agreed_at=datetime(2020, 3, 9, 14, tzinfo=UTC),
    published_at=datetime(2020, 3, 16, tzinfo=UTC),
    superseded_at=datetime(2021, 3, 10, tzinfo=UTC),
)


@pytest.mark.parametrize(
    ("moment", "before", "on"),
    [
        (WHOLE.drafted_at, None, "draft"),
        (WHOLE.frozen_at, "draft", "frozen"),
        (WHOLE.agreed_at, "frozen", "agreed"),
        (WHOLE.published_at, "agreed", "published"),
        (WHOLE.superseded_at, "published", "superseded"),
    ],
)
def test_a_state_begins_at_its_moment(moment, before, on):
    assert plan_states.state(WHOLE, moment - SECOND) == before
    assert plan_states.state(WHOLE, moment) == plan_states.state(WHOLE, moment + SECOND) == on


@pytest.mark.parametrize(
    ("ref", "level"), [("1", "priority"), ("6", "priority"), ("1.2", "work area"), ("5.4", "work area"), ("1.2.3", "deliverable")]
)
def test_a_reference_tells_its_level(ref, level):
    assert plan.level(ref) == level


@pytest.mark.parametrize("ref", ["", "0", "1.", "a.1", "1.2.3.4", "1.0"])
def test_what_is_no_reference_is_refused(ref):
    with pytest.raises(CsplanError, match="is not a reference of a plan"):
        plan.level(ref)


OPEN_GATES = plan.Gates(True, True, True, True, True, approver_is_author=False)


def test_a_plan_is_agreed_when_every_gate_is_open():
    assert set(plan.GATES) == set(OPEN_GATES.__dataclass_fields__)
    plan.check_may_agree(OPEN_GATES)


@pytest.mark.parametrize("gate", list(plan.GATES))
def test_each_gate_refuses_alone_with_its_own_sentence(gate):
    shut = replace(OPEN_GATES, **{gate: not getattr(OPEN_GATES, gate)})
    assert plan.refusals(shut) == (plan.GATES[gate][1],)
    with pytest.raises(CsplanError):
        plan.check_may_agree(shut)


LOCK = plan.Lock(date(2020, 3, 9), date(2021, 3, 9), waits_for="strategic governance review")


@pytest.mark.parametrize(
    ("on", "locked", "words"),
    [
        (date(2020, 3, 8), False, "will be locked from 9 March 2020 until 9 March 2021"),
        (date(2020, 3, 9), True, "locked until 9 March 2021 while the strategic governance review takes place"),
        (date(2021, 3, 8), True, "locked until 9 March 2021"),
        (
            date(2021, 3, 9),
            False,
            "ended on 9 March 2021. No end of the strategic governance review is recorded, so it is shown as late",
        ),
    ],
)
def test_the_lock_ends_on_its_date_and_an_open_review_extends_nothing(on, locked, words):
    assert plan.is_locked(LOCK, on) is locked
    assert words in plan.lock_in_words(LOCK, on)


def test_a_review_that_is_done_is_not_late():
    done = replace(LOCK, review_done_on=date(2021, 2, 1))
    assert plan.lock_in_words(done, date(2021, 4, 1)) == "The lock on the priorities ended on 9 March 2021."


@pytest.mark.parametrize(
    ("on", "letters"),
    [(date(2009, 4, 1), "ab"), (date(2010, 4, 1), "abc"), (date(2023, 1, 30), "abc"), (date(2023, 1, 31), "abcd")],
)
def test_the_purposes_of_section_6_are_those_of_the_day(on, letters):
    assert "".join(letter for letter, _ in plan.limbs_in_force(on)) == letters
