"""Machines that flood a consultation are refused; nobody's address is kept, and people on this machine are not counted."""

import time

import pytest
from django.test import RequestFactory

from csplan.website import rate

ELSEWHERE = {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "10.0.0.9, 203.0.113.5"}


def asking(**facts):
    return RequestFactory().post("/", facts.pop("sent", {}), **facts)


@pytest.fixture(autouse=True)
def counter(monkeypatch):
    fresh = rate.Counter()
    monkeypatch.setattr(rate, "_counter", fresh)
    monkeypatch.setenv(rate.LIMIT, "3")
    return fresh


@pytest.mark.parametrize(
    ("facts", "address"),
    [
        ({"REMOTE_ADDR": "127.0.0.1"}, None),
        ({"REMOTE_ADDR": ""}, None),
        (ELSEWHERE, "203.0.113.5"),
        ({"REMOTE_ADDR": "198.51.100.7", "HTTP_X_FORWARDED_FOR": "203.0.113.5"}, "198.51.100.7"),
        ({"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "nonsense"}, None),
        ({"REMOTE_ADDR": "2001:db8:1:2:3:4:5:6"}, "2001:db8:1:2::/64"),
    ],
)
def test_which_computer_asks(facts, address):
    assert rate.from_elsewhere(asking(**facts)) == address


def test_as_many_as_may_be_are_taken_and_the_next_is_refused():
    for _ in range(3):
        rate.check(asking(**ELSEWHERE), "answer")
        rate.count(asking(**ELSEWHERE), "answer")
    with pytest.raises(rate.TooMany, match="3 answers came from this computer"):
        rate.check(asking(**ELSEWHERE), "answer")
    rate.check(asking(**ELSEWHERE), "kept")
    rate.check(asking(REMOTE_ADDR="198.51.100.7"), "answer")


@pytest.mark.parametrize(("limit", "facts"), [("0", ELSEWHERE), ("3", {"REMOTE_ADDR": "127.0.0.1"})])
def test_without_a_limit_and_on_this_machine_nobody_is_refused(monkeypatch, limit, facts):
    monkeypatch.setenv(rate.LIMIT, limit)
    for _ in range(9):
        rate.count(asking(**facts), "answer")
    rate.check(asking(**facts), "answer")


def test_an_hour_forgets_and_no_address_is_held(counter):
    assert [counter.add("answer", "203.0.113.5", 7200.0 + n) for n in range(2)] == [1, 2]
    assert "203.0.113.5" not in repr(counter.__dict__)
    secret = counter.secret
    assert counter.add("answer", "203.0.113.5", 10800.0) == 1 and counter.secret == secret
    assert counter.add("answer", "203.0.113.5", 10800.0 + rate.DAY) == 1 and counter.secret != secret


@pytest.mark.parametrize(("after", "is_too_soon"), [(0, True), (1, True), (2, False), (9000, False)])
def test_a_form_that_comes_back_at_once_is_told(monkeypatch, after, is_too_soon):
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: float(int(now)))
    made = rate.made_now()
    monkeypatch.setattr(time, "time", lambda: float(int(now)) + after)
    assert rate.is_too_soon(asking(sent={"made": made}, **ELSEWHERE)) is is_too_soon
    assert not rate.is_too_soon(asking(sent={"made": made}, REMOTE_ADDR="127.0.0.1"))


@pytest.mark.parametrize("made", ["", "1", "1:forged"])
def test_a_form_without_our_instant_is_told(made):
    assert rate.is_too_soon(asking(sent={"made": made}, **ELSEWHERE))
