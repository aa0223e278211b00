"""The committee report is made from the records as they stood when the committee met, and names offices only."""

import pytest

from csplan.cycle import clock
from csplan.documents.write import as_bytes
from csplan.errors import CsplanError
from csplan.records import papers
from csplan.records.lookup import NotHere
from csplan.records.reading import meeting

REF = "committee-report-2020-01-09"


def words(at):
    paper = papers.build("committee-report", REF, partnership="county-durham", at=clock.parse(at))
    return as_bytes(paper, ".html").decode()


def test_the_report_says_what_stood_in_the_records_that_day(tell):
    tell("2020-01-09")
    html = words("2020-01-09")
    for fact in (
        "Safer and Stronger Communities Overview and Scrutiny Committee",
        "Corporate Director of Adult and Health Services, Durham County Council",
        "A county where every adult and child will feel and be safe",
        "from 17 December 2019 to 14 February 2020",
        "60 days, of which 41 are working days",
        "9 March 2020",
        "November 2018",
        "County Durham Recovery Forum",
        "None is in the draft.",
        "and not complete yet",
        "No adverse implications.",
    ):
        assert fact in html, fact


def test_what_happened_after_the_meeting_is_not_in_it(tell):
    tell("2026-11-23")
    assert words("2026-11-23") == words("2020-01-09T12:00:00")


def test_the_report_is_not_there_before_it_is_listed_nor_elsewhere(tell, elsewhere):
    partnership = tell("2026-11-23")
    assert meeting.papers(partnership, viewer=None, at=clock.parse("2019-12-29")) == []
    with pytest.raises(NotHere):
        words("2019-12-29")
    with pytest.raises(NotHere):
        papers.make(elsewhere, "committee-report", REF, viewer=None, at=clock.parse("2026-11-23"))
    listed = meeting.papers(partnership, viewer=None, at=clock.parse("2020-01-09"))
    assert [(p["ref"], p["kind"], p["state"]) for p in listed] == [(REF, "committee-report", "listed")]


def test_a_kind_of_paper_that_is_not_made_is_refused(tell):
    tell("2020-01-09")
    with pytest.raises(CsplanError, match="no paper of the kind “poem”. Choose one of: committee-report"):
        papers.build("poem", REF, partnership="county-durham", at=clock.parse("2020-01-09"))


def test_with_several_partnerships_one_is_named(tell, elsewhere):
    tell("2020-01-09")
    with pytest.raises(CsplanError, match="Name one with --partnership"):
        papers.build("committee-report", REF, partnership=None, at=clock.parse("2020-01-09"))
