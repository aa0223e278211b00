"""When an answer counts: every instant around opening and closing, over both clock changes and a leap day, wherever the server stands."""

import os
import time
from datetime import UTC, date, datetime, timedelta

import pytest

from csplan.cycle import clock
from csplan.errors import CsplanError
from csplan.records import receipts
from csplan.records.actions import answer
from csplan.records.actions import consultation as actions
from csplan.records.models import Closing, Consultation, EqualityAssessment, Question, Response

#: Closing days with the first instant that is too late, in UTC: an hour earlier in summer time.
CLOSINGS = [
    pytest.param(date(2020, 2, 14), datetime(2020, 2, 15, 0, 0, tzinfo=UTC), id="the report’s"),
    pytest.param(date(2020, 2, 29), datetime(2020, 3, 1, 0, 0, tzinfo=UTC), id="a leap day"),
    pytest.param(date(2020, 3, 28), datetime(2020, 3, 29, 0, 0, tzinfo=UTC), id="the night before summer time"),
    pytest.param(date(2020, 3, 29), datetime(2020, 3, 29, 23, 0, tzinfo=UTC), id="the day summer time begins"),
    pytest.param(date(2020, 10, 24), datetime(2020, 10, 24, 23, 0, tzinfo=UTC), id="the night before winter time"),
    pytest.param(date(2020, 10, 25), datetime(2020, 10, 26, 0, 0, tzinfo=UTC), id="the day winter time begins"),
    pytest.param(date(2020, 12, 31), datetime(2021, 1, 1, 0, 0, tzinfo=UTC), id="the last day of a year"),
]
AROUND = [timedelta(seconds=-3600), timedelta(seconds=-1), timedelta(microseconds=-1), timedelta(0), timedelta(seconds=1)]
ZONES = ["UTC", "America/New_York"]


@pytest.fixture(params=ZONES)
def server_zone(request):
    """The machine stands elsewhere than in London."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = request.param
    time.tzset()
    yield request.param
    os.environ.pop("TZ") if before is None else os.environ.update(TZ=before)
    time.tzset()


@pytest.fixture
def durham(tell):
    return tell("2020-01-09")


def asked(durham, person, *, opens_on: date, closes_on: date) -> Consultation:
    """A consultation on the frozen draft between two days, checked and opened on its first."""
    held = Consultation.objects.get(partnership=durham)
    described = {
        "slug": "instants",
        "title": "Instants",
        "introduction": "When does an answer count?",
        "opens_on": opens_on,
        "closes_on": closes_on,
        "write_to": "the office",
        "questions": [
            {"ref": q.ref, "kind": q.kind, "family": q.family, "words": q.words, "options": q.options}
            for q in Question.objects.filter(consultation=held)
        ],
    }
    assert EqualityAssessment.objects.filter(version=held.version).exists()
    with clock.at(max(clock.parse("2020-01-10"), clock.start_of(opens_on))):
        made = actions.plan(version=held.version, described=described, by=person("manager"))
        actions.check(consultation=made, by=person("analyst"))
        actions.open(consultation=made, by=person("manager"))
    return made


def is_taken(consultation: Consultation, at: datetime) -> bool:
    """Whether an answer that the server had at an instant is taken; what was written is taken back."""
    before = Response.objects.count()
    with clock.at(at):
        try:
            answer.respond(consultation=consultation, answers={"plan": "Agree"}, form_key=receipts.new_form_key(), received_at=at)
        except CsplanError as refused:
            assert "was not taken" in str(refused) and Response.objects.count() == before
            return False
    assert Response.objects.count() == before + 1
    return True


@pytest.mark.parametrize(("closes_on", "too_late"), CLOSINGS)
def test_an_answer_counts_until_midnight_in_london(durham, person, server_zone, closes_on, too_late):
    held = asked(durham, person, opens_on=date(2020, 1, 10), closes_on=closes_on)
    assert held.closes_at == too_late
    taken = [is_taken(held, too_late + by) for by in AROUND]
    assert taken == [True, True, True, False, False], server_zone


@pytest.mark.parametrize("opens_on", [date(2020, 1, 10), date(2020, 2, 29), date(2020, 3, 29), date(2020, 10, 25)])
def test_no_answer_is_taken_before_the_first_instant(durham, person, server_zone, opens_on):
    held = asked(durham, person, opens_on=opens_on, closes_on=opens_on + timedelta(days=30))
    first = max(held.opening.opened_at, clock.start_of(opens_on))
    assert is_taken(held, first - timedelta(seconds=1)) is False
    assert is_taken(held, first) is True
    assert clock.day_of(first) == opens_on, server_zone


def test_the_hour_kept_of_the_doubled_hour_is_the_hour_it_was(durham, person, server_zone):
    held = asked(durham, person, opens_on=date(2020, 10, 20), closes_on=date(2020, 11, 20))
    for hour in (0, 1):  # 01:30 comes twice in London on 25 October 2020: at 00:30 and at 01:30 UTC
        assert is_taken(held, datetime(2020, 10, 25, hour, 30, tzinfo=UTC))
    assert sorted(r.hour for r in Response.objects.all()) == [datetime(2020, 10, 25, h, tzinfo=UTC) for h in (0, 1)]


def test_an_extension_moves_the_last_instant_and_only_while_open(durham, person, server_zone):
    held = asked(durham, person, opens_on=date(2020, 1, 10), closes_on=date(2020, 3, 27))
    said = {"reason": "Snow closed the libraries.", "publicised": "On the website and in the library.", "by": person("manager")}
    with clock.at(held.closes_at - timedelta(seconds=1)):
        actions.extend(consultation=held, closes_on=date(2020, 3, 29), **said)
    held = Consultation.objects.get(pk=held.pk)
    assert held.closes_at == datetime(2020, 3, 29, 23, 0, tzinfo=UTC)
    assert is_taken(held, held.closes_at - timedelta(seconds=1)) and not is_taken(held, held.closes_at)
    with clock.at(held.closes_at), pytest.raises(CsplanError, match="Only an open consultation is extended"):
        actions.extend(consultation=held, closes_on=date(2020, 4, 29), **said)
    # Read as on a day before the extension, the first closing day stands.
    assert held.last_day(clock.parse("2020-03-01")) == date(2020, 3, 27)


def test_with_a_clock_of_the_server_s_own_zone_answers_would_be_refused_or_taken_wrongly(durham, person, monkeypatch):
    """The twin: were the day taken from New York's midnight, an answer of London's next day would count."""
    held = asked(durham, person, opens_on=date(2020, 1, 10), closes_on=date(2020, 2, 14))
    late = datetime(2020, 2, 15, 0, 0, 1, tzinfo=UTC)
    assert not is_taken(held, late)
    monkeypatch.setattr("csplan.cycle.consultation.closes_at", lambda day: datetime(2020, 2, 15, 5, 0, tzinfo=UTC))
    assert is_taken(held, late)


def test_counting_waits_five_minutes_and_is_done_once(durham, person):
    held = asked(durham, person, opens_on=date(2020, 1, 10), closes_on=date(2020, 3, 29))
    with clock.at(held.closes_at + timedelta(minutes=4, seconds=59)), pytest.raises(CsplanError, match="five minutes after"):
        actions.close(consultation=held, by="terminal:keeper")
    with clock.at(held.closes_at + timedelta(minutes=5)):
        actions.close(consultation=held, by="terminal:keeper")
        with pytest.raises(CsplanError, match="already closed"):
            actions.close(consultation=held, by="terminal:keeper")
    assert Closing.objects.filter(consultation=held).count() == 1
