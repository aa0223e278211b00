"""The golden case: Safe Durham from the priorities of November 2018 to the refresh of 2021, by the clock."""

import json
from datetime import date

import pytest

from csplan.cycle import clock
from csplan.errors import CsplanError
from csplan.records.actions import agreement, meeting
from csplan.records.models import PlanVersion
from csplan.records.reading import duties, plan

FIRST = "A county where every adult and child will feel and be safe"
SECOND = "Durham is a county where every adult and child will feel and be safe"


def read(partnership, day, viewer=None):
    return plan.plan(partnership, "2020-25", viewer=viewer, at=clock.parse(day))


def rules(partnership, day):
    return {r["id"]: r for r in duties.findings(partnership, date.fromisoformat(day))["rules"]}


def test_the_story_in_order(tell):
    told = read(tell("2021-02-01"), "2021-02-01")
    lines = [(line["in"] or line["on"].isoformat(), line["words"]) for line in told["history"]]
    wanted = [
        ("2018-11", "The board agreed the priorities"),
        ("2019-12-17", "Version 1 was frozen for consultation"),
        ("2019-12-17", "The consultation opened"),
        ("2020-01-09", "considered the draft"),
        ("2020-02-14", "Last day of the consultation"),
        ("2020-03-02", "Version 2 was frozen"),
        ("2020-03-09", "The board agreed version 2"),
        ("2020-03-09", "Version 2 was published"),
        ("2021-01-11", "refresh"),
    ]
    places = [next(i for i, (on, words) in enumerate(lines) if on == day and part in words) for day, part in wanted]
    assert places == sorted(places), lines
    assert told["plan"]["state"] == "in review"


def test_agreement_is_refused_in_words_while_the_equality_assessment_is_unfinished(tell, person):
    """Told up to the eve of the signature, the board meets early."""
    partnership = tell("2020-03-02T12:00:00")
    with clock.at(clock.parse("2020-03-02T13:00:00")):
        board = partnership.groups.get(kind="board")
        held = meeting.announce(group=board, ref="early", title="Board", starts_at=clock.now(), by=person("manager"))
        meeting.record(meeting=held, was_quorate=True, minute="Held.", by=person("manager"))
        version = PlanVersion.objects.get(plan__slug="2020-25", number=2)
        with pytest.raises(CsplanError) as refused:
            agreement.agree(version=version, meeting=held, accepted=agreement.findings(version), by=person("board"))
    assert str(refused.value) == ("The equality impact assessment of this version is not complete. Have it completed and signed.")
    assert read(tell("2020-03-10"), "2020-03-10")["plan"]["state"] == "published"


def test_the_wording_of_the_vision_changed_after_scrutiny_and_is_traced_to_it(tell):
    partnership = tell("2020-03-31")
    assert read(partnership, "2020-01-09")["plan"]["vision"] == FIRST
    assert read(partnership, "2020-03-10")["plan"]["vision"] == SECOND
    change = PlanVersion.objects.get(number=2).changes.get()
    assert (change.clause, change.kind, change.source) == ("vision", "scrutiny", "committee-report-2020-01-09")
    comment = PlanVersion.objects.get(number=1).comments.get()
    assert (comment.clause, comment.disposition) == ("vision", "accepted")
    sealed = json.loads(bytes(PlanVersion.objects.get(number=2).seal.content))
    assert sealed["revises"] == "2020-25/1" and sealed["changes"][0]["source"] == "committee-report-2020-01-09"


def test_the_refresh_of_2021_begins_from_the_agreed_words_and_is_nobody_elses_to_read(tell, person):
    tell("2021-02-01")
    version = PlanVersion.objects.get(plan__slug="2021-25")
    assert version.revises.ref == "2020-25/2" and version.vision == SECOND
    assert version.plan.refreshes.slug == "2020-25"
    at = clock.parse("2021-02-01")
    assert not PlanVersion.objects.visible_to(None, at).filter(pk=version.pk).exists()
    with clock.at(at):
        assert PlanVersion.objects.visible_to(person("manager"), at).filter(pk=version.pk).exists()
        assert not PlanVersion.objects.visible_to(person("scrutiny"), at).filter(pk=version.pk).exists()


def test_the_law_finds_what_the_case_expects(tell):
    partnership = tell("2023-06-01")
    then = rules(partnership, "2020-01-09")
    county = then["F9-1"]
    assert county["status"] == "not applicable" and "single council" in county["reason"]
    limbs = rules(partnership, "2020-06-01")["A6-1"]
    assert limbs["status"] == "met"
    later = rules(partnership, "2023-06-01")["A6-1"]
    assert later["status"] == "not met" and "serious violence" in later["reason"] and later["would_meet"]
    window = " ".join(r["reason"] for r in then.values())
    assert "60 days" in window and "25 December" in window and "1 January" in window
    warned = [r for r in then.values() if r["status"] == "not met" and "indicator" in (r["title"] + r["reason"]).lower()]
    assert warned and all(r["severity"] == "practice" for r in warned)
    formative = [r for r in then.values() if r["advisory"] and "November 2018" in r["reason"]]
    assert formative and formative[0]["status"] == "not met"
