"""What is decided around a plan at the desk: equality, scrutiny, comments, the yearly review, the refresh, and how deliverables stand."""

import html
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.test import Client

from csplan.cycle import clock
from csplan.documents.committee_report import IMPLICATIONS
from csplan.records import plan_rows
from csplan.records.actions import plan, plan_text
from csplan.records.models import (
    ClosingRecord,
    Comment,
    EqualityAction,
    EqualityAssessment,
    Plan,
    PlanClosing,
    PlanVersion,
    Progress,
    Review,
    ScrutinyItem,
)

pytestmark = pytest.mark.django_db

HOME = "/county-durham/"
DESK = f"{HOME}desk/"


def words(answer: Any) -> str:
    return html.unescape(answer.content.decode())


@contextmanager
def at(instant: str) -> Iterator[None]:
    with clock.at(clock.parse(instant)):
        yield


def mended(answer: Any, *fields: str) -> None:
    """The form is refused, with a sentence at each of these fields and a way to it from the summary."""
    page = words(answer)
    assert answer.status_code == 422 and "<title>Error: " in page
    for field in fields:
        assert f'id="{field}-error"' in page and f'href="#{field}"' in page and f'id="{field}"' in page, field


def day(name: str, typed: str) -> dict[str, str]:
    return dict(zip((f"{name}-day", f"{name}-month", f"{name}-year"), typed.split(), strict=True))


# ---- equality ---------------------------------------------------------------------------------------


def test_one_person_begins_an_assessment_and_another_signs_it(tell, person, signed_in):
    tell("2019-12-09T11:00:00")
    address = f"{DESK}equality/2020-25--1/"
    with at("2019-12-09T11:00:00"):
        manager, officer = signed_in("manager"), signed_in("equality")
        mended(manager.post(f"{DESK}equality/", {}), "version", "owner")
        assert officer.post(f"{DESK}equality/", {"version": "2020-25/1", "owner": "community-safety-team"}).status_code == 422
        assert manager.post(f"{DESK}equality/", {"version": "2020-25/1", "owner": "community-safety-team"}).status_code == 302
        action = {"do": "act", "title": "Ask what is not known", "owner": "Community Safety Team", "deliverable_ref": "1.1.1"}
        action |= {"kind": "gap", "characteristic": "age"}
        mended(manager.post(address, {"do": "act", **day("due", "30 2 2020")}), "title", "owner", "due")
        mended(manager.post(address, action | {"deliverable_ref": "9.9.9"}), "deliverable_ref")
        assert manager.post(address, action | day("due", "31 3 2020")).status_code == 302
        assert "under way. The board waits for it." in words(officer.get(DESK))
        refused = manager.post(address, {"do": "sign", "summary": "Nothing found."})
        assert refused.status_code == 422 and "You may not sign an equality impact assessment here." in words(refused)
        mended(officer.post(address, {"do": "sign", "summary": " "}), "summary")
        early = officer.post(address, {"do": "sign", "summary": "No adverse impact was found."})
        assert early.status_code == 422 and "is still a draft. Freeze it first" in words(early)
        plan.freeze(version=PlanVersion.objects.get(), by=person("manager"))
        assert officer.post(address, {"do": "sign", "summary": "No adverse impact was found."}).status_code == 302
        assert "is already signed. Nothing was changed." in words(officer.post(address, {"do": "sign", "summary": "Again."}))
        assert "The board waits for it." not in words(officer.get(DESK))
        assert Client().get(f"{HOME}equality/2020-25--1/").status_code == 404, "as private as its version"
    assert EqualityAssessment.objects.get().summary == "No adverse impact was found."
    assert EqualityAction.objects.get().deliverable_ref == "1.1.1"


def test_who_began_it_does_not_sign_it(tell, person, signed_in):
    from csplan.records.actions import membership

    partnership = tell("2019-12-16")
    with at("2019-12-16T10:00:00"):
        membership.invite(
            partnership=partnership, username="manager", person="Both", role="equality", password_hash="", by="terminal:keeper"
        )
        client = signed_in("manager")
        assert "so another person signs it" in words(client.get(f"{DESK}equality/2020-25--1/"))
        refused = client.post(f"{DESK}equality/2020-25--1/", {"do": "sign", "summary": "Nothing found."})
        assert refused.status_code == 422 and "that you wrote. Ask another person" in words(refused)


def test_an_assessment_is_public_with_its_version(tell):
    tell("2020-03-31")
    with at("2020-03-31T10:00:00"):
        shown = Client().get(f"{HOME}equality/2020-25--2.json").json()["assessment"]
        assert shown["state"] == "complete" and shown["owner"] and [a["kind"] for a in shown["actions"]] == ["mitigation", "gap"]
        assert "five characteristics gain" in words(Client().get(f"{HOME}equality/2020-25--2/"))
        then = Client().get(f"{HOME}equality.json?as_at=2020-01-09").json()["assessments"]
        assert [(a["ref"], a["state"], a["summary"]) for a in then] == [("2020-25--1", "under way", None)]
        before = Client().get(f"{HOME}equality/2020-25--1/")
        assert f'href="{HOME}equality/2020-25--2/"' in words(before) and "Carried over" in words(before)
        for nothing in ("2020-25--9", "2020-25", "nothing--1", "--1", "2020-25--99999999999999999999"):
            assert Client().get(f"{HOME}equality/{nothing}/").status_code == 404, nothing


# ---- scrutiny ---------------------------------------------------------------------------------------


PARTICULARS = {
    "divisions_affected": "Countywide",
    "evidence_base": "Durham Insight",
    "consultation_place": "the council’s website",
    "lock": "The priorities stay for a year.",
}
REPORT = {
    "do": "put",
    "version": "2020-25/1",
    "meeting": "scrutiny-2020-01-09",
    "report_of": "corporate-director",
    "title": "A second report",
    "asked": "Comment on it.",
    **PARTICULARS,
    **{f"implication-{n}": "No adverse implications." for n in range(1, len(IMPLICATIONS) + 1)},
}


def test_every_heading_of_the_implications_is_answered_and_the_report_is_made(tell, signed_in):
    tell("2020-01-08")
    with at("2020-01-08T10:00:00"):
        manager = signed_in("manager")
        mended(
            manager.post(f"{DESK}scrutiny/", REPORT | {"implication-1": " ", "implication-11": ""}),
            "implication-1",
            "implication-11",
        )
        mended(manager.post(f"{DESK}scrutiny/", {"do": "put"}), "version", "meeting", "report_of", "title", "asked", *PARTICULARS)
        typed = {"implication-1": "See {nothing} and [here](javascript:alert(1)) *now*"}
        assert manager.post(f"{DESK}scrutiny/", REPORT | typed).status_code == 302
        item = ScrutinyItem.objects.exclude(ref="committee-report-2020-01-09").get()
        assert item.ref == "committee-report-2020-01-09-2" and len(item.implications) == 11
        page = Client().get(f"{HOME}papers/{item.ref}/")
        assert page.status_code == 200 and "See {nothing} and [here](javascript:alert(1)) *now*" in words(page)
        assert 'href="javascript' not in words(page)


def test_a_version_that_its_report_could_not_tell_of_is_refused(tell, signed_in):
    tell("2019-12-16")
    with at("2019-12-16T10:00:00"):
        answer = signed_in("manager").post(f"{DESK}scrutiny/", REPORT)
    mended(answer, "version")
    assert not ScrutinyItem.objects.exists()


def test_the_committee_recommends_once_its_meeting_has_begun(tell, signed_in):
    tell("2020-01-09T11:45:00")
    sent = {"do": "recommend", "item": "committee-report-2020-01-09"}
    field = "recommendation-committee-report-2020-01-09"
    with at("2020-01-09T11:50:00"):
        clerk = signed_in("scrutiny")
        assert "Nothing is recorded of what the committee recommends." in words(clerk.get(DESK))
        mended(clerk.post(f"{DESK}scrutiny/", sent | {field: ""}), field)
        assert signed_in("manager").post(f"{DESK}scrutiny/", sent | {field: "Go on."}).status_code == 422
        assert clerk.post(f"{DESK}scrutiny/", sent | {field: "That members comment."}).status_code == 302
        again = clerk.post(f"{DESK}scrutiny/", sent | {field: "Another."})
        assert again.status_code == 422 and "already recorded. Nothing was changed." in words(again)
        shown = Client().get(f"{HOME}scrutiny.json").json()["items"]
        assert [(i["ref"], i["recommendation"]) for i in shown] == [("committee-report-2020-01-09", "That members comment.")]
        assert "That members comment." in words(Client().get(f"{HOME}scrutiny/"))


# ---- comments ---------------------------------------------------------------------------------------


def test_a_comment_is_entered_on_a_clause_and_decided_once_with_the_reason(tell, signed_in):
    tell("2020-01-09T14:10:00")
    sent = {"do": "enter", "version": "2020-25/1", "came_by": "letter", "clause": "priority/6", "words": "<b>Too long</b>"}
    with at("2020-01-09T15:00:00"):
        manager = signed_in("manager")
        mended(
            manager.post(f"{DESK}comments/", sent | {"came_by": "rumour", "clause": "priority/9", "words": ""}),
            "came_by", "clause", "words",
        )  # fmt: skip
        assert manager.post(f"{DESK}comments/", sent).status_code == 302
        assert "2 comments to decide" in words(manager.get(DESK))
        page = manager.get(f"{DESK}comments/?version=2020-25/1").content.decode()
        assert "&lt;b&gt;Too long&lt;/b&gt;" in page and "Priority 6: Tackle and prevent cyber enabled crime" in page
        decision = {"do": "decide", "version": "2020-25/1", "comment": "C2"}
        mended(manager.post(f"{DESK}comments/", decision), "disposition-C2", "reason-C2")
        told = decision | {"disposition-C2": "not accepted", "reason-C2": "It is the agreed title."}
        assert signed_in("analyst").post(f"{DESK}comments/", told).status_code == 422
        assert manager.post(f"{DESK}comments/", told).status_code == 302
        again = manager.post(f"{DESK}comments/", told | {"disposition-C2": "accepted"})
        assert again.status_code == 422 and "is already decided. Nothing was changed." in words(again)
        assert manager.post(f"{DESK}comments/", decision | {"comment": "C9"}).status_code == 404
        assert manager.get(f"{DESK}comments/?version=nothing/1").status_code == 404
    assert Comment.objects.get(ref="C2").disposition == "not accepted"


# ---- review -----------------------------------------------------------------------------------------


def review_of(plan: str) -> dict[str, str]:
    refs = PlanVersion.objects.get(plan__slug=plan, number=2).deliverables.values_list("ref", flat=True)
    said = {f"state-{ref}": "on track" for ref in refs}
    return {"do": "complete", **said, "what_changed": "Nothing did.", "decision": "continue"}


def test_a_review_is_begun_filled_in_from_what_is_held_and_completed_once(tell, signed_in):
    tell("2021-01-12")
    address = f"{DESK}plans/2020-25/review/"
    with at("2021-01-12T10:00:00"):
        manager = signed_in("manager")
        assert "The review of Safe Durham Partnership Plan 2020-25 for 2020/21" in words(manager.get(DESK))
        second = manager.post(address, {"do": "begin", "year": "2021/22"})
        assert second.status_code == 422 and "The review for 2020/21 is not completed yet." in words(second)
        report = {"deliverable": "2020-25/1.1.1", "state": "at risk", "words": "The fires came back."}
        assert manager.post(f"{DESK}deliverables/", report).status_code == 302
        page = words(manager.get(address))
        assert '<option value="at risk" selected>' in page and "The fires came back." in page
        assert "No reading has been returned and approved yet." in page, "each indicator says what is known of it"
        sent = review_of("2020-25")
        mended(manager.post(address, sent | {"state-1.1.1": "", "what_changed": "", "decision": "stop"}),
               "state-1.1.1", "what_changed", "decision")  # fmt: skip
        assert signed_in("board").post(address, sent).status_code == 422
        assert not Review.objects.filter(completed_at__isnull=False).exists()
        assert manager.post(address, sent).status_code == 302
        twice = manager.post(address, sent)
        assert twice.status_code == 422 and "is already completed. Nothing was changed." in words(twice)
        assert "Completed on 12 January 2021: the plan goes on as it is." in words(manager.get(address))
        mended(manager.post(address, {"do": "begin", "year": ""}), "year")
        outside = manager.post(address, {"do": "begin", "year": "2031/32"})
        assert outside.status_code == 422 and "2031/32 is not a year of this plan." in words(outside)
    assert Review.objects.get().implementation["1.1.1"] == {"state": "on track", "words": ""}


# ---- refresh ----------------------------------------------------------------------------------------


FOLLOWING = {"do": "start", "title": "The next plan", "slug": "next", **day("starts", "1 4 2025"), **day("ends", "31 3 2030")}


def test_a_refresh_begins_with_the_words_of_the_plan_before(tell, signed_in):
    tell("2020-03-31")
    address = f"{DESK}plans/2020-25/refresh/"
    with at("2020-04-02T10:00:00"):
        manager = signed_in("manager")
        mended(manager.post(address, {"do": "start", "slug": "no spaces!"}), "slug", "title", "starts", "ends")
        backwards = manager.post(address, FOLLOWING | day("ends", "1 4 2024"))
        assert backwards.status_code == 422 and "A plan ends after it starts." in words(backwards)
        taken = manager.post(address, FOLLOWING | {"slug": "2020-25"})
        assert taken.status_code == 422 and "There is already a plan “2020-25” here." in words(taken)
        assert signed_in("board").post(address, FOLLOWING).status_code == 422
        assert manager.post(address, FOLLOWING).headers["Location"] == f"{DESK}plans/next/refresh/"
        page = words(manager.get(f"{DESK}plans/next/refresh/"))
        assert page.count("It is in the new plan, so nothing is to be closed.") == 6
    assert Plan.objects.get(slug="next").refreshes.slug == "2020-25"


def test_a_priority_that_is_left_out_is_closed_with_a_record(tell, person, signed_in):
    tell("2021-01-12")
    address = f"{DESK}plans/2021-25/refresh/"
    sent = {"do": "priority", "ref": "6", "outcome": "merged", "into": "1", "claimed": "It fell.", "evidence": "None is held.",
            "grade": "cannot say", "lesson": "Count first."}  # fmt: skip
    with at("2021-01-12T10:00:00"):
        manager, draft = signed_in("manager"), PlanVersion.objects.get(plan__slug="2021-25")
        assert manager.post(address, sent).status_code == 422, "priority 6 is still there"
        clauses = list(plan_text.plan_text.clauses(plan_rows.document(draft)))
        under = [c for c in clauses if c.startswith(("work-area/6.", "deliverable/6."))]
        for clause in [*under, "priority/6"]:
            began = plan_text.based_on(plan_rows.clause(draft, clause))
            plan_text.take_out(version=draft, clause=clause, began_from=began, by=person("manager"))
        assert "Write its closing record before the version is frozen." in words(manager.get(address))
        mended(manager.post(address, {"do": "priority"}), "ref", "outcome", "claimed", "evidence", "grade", "lesson")
        mended(manager.post(address, sent | {"into": ""}), "into")
        elsewhere = manager.post(address, sent | {"into": "9"})
        assert elsewhere.status_code == 422 and "9 is not in Safe Durham Partnership Plan 2021-25" in words(elsewhere)
        assert manager.post(address, sent).status_code == 302
        assert "It went into another priority (1). Claimed: It fell." in words(manager.get(address))
    assert ClosingRecord.objects.get().lesson == "Count first."


def test_a_plan_is_closed_by_the_board_and_nothing_more_is_done_under_it(tell, signed_in):
    tell("2020-03-31")
    address, sent = f"{DESK}plans/2020-25/refresh/", {"do": "close", "meeting": "board-2020-03-09", "reason": "It was replaced."}
    with at("2020-04-02T10:00:00"):
        board = signed_in("board")
        mended(board.post(address, {"do": "close"}), "meeting", "reason")
        assert signed_in("manager").post(address, sent).status_code == 422
        assert board.post(address, sent).status_code == 302
        assert "This plan is closed." in words(board.get(address))
        again = board.post(address, sent)
        assert again.status_code == 422 and "is already closed. Nothing was changed." in words(again)
        report = {"deliverable": "2020-25/1.1.1", "state": "on track"}
        late = signed_in("lead").post(f"{DESK}deliverables/", report)
        assert late.status_code == 422 and "is closed, so nothing more is reported under it." in words(late)
    assert PlanClosing.objects.count() == 1 and not Progress.objects.exists()


# ---- progress ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sent", "fields"),
    [
        ({}, ("deliverable", "state")),
        ({"deliverable": "2020-25/9.9.9", "state": "on track"}, ("deliverable",)),
        ({"deliverable": "2020-25/1.1.1", "state": "proposed"}, ("state",)),  # a draft's state only
        ({"deliverable": "2020-25/1.1.1", "state": "complete"}, ("evidence",)),
        ({"deliverable": "2020-25/1.1.1", "state": "cancelled"}, ("words",)),
        ({"deliverable": "2020-25/1.1.1", "state": "blocked", "words": " "}, ("words",)),
        ({"deliverable": "2020-25/1.1.1", "state": "on track", "words": "x" * 4001}, ("words",)),
    ],
)
def test_a_report_that_lacks_something_says_so_at_its_field(tell, signed_in, sent, fields):
    tell("2020-03-31")
    with at("2020-04-02T10:00:00"):
        mended(signed_in("lead").post(f"{DESK}deliverables/", sent), *fields)
    assert not Progress.objects.exists()


def test_a_deliverable_is_reported_until_it_is_done_and_no_further(tell, signed_in):
    tell("2020-03-31")
    with at("2020-04-02T10:00:00"):
        lead, address = signed_in("lead"), f"{DESK}deliverables/"
        assert "17 deliverables without a report" in words(lead.get(DESK))
        assert '<option value="2020-25/1.1.1" selected>' in words(lead.get(f"{address}?plan=2020-25&ref=1.1.1"))
        for state, more in (("on track", {}), ("complete", {"evidence": "The minute of 1 April, kept by the team."})):
            assert lead.post(address, {"deliverable": "2020-25/1.1.1", "state": state, **more}).status_code == 302
        mended(lead.post(address, {"deliverable": "2020-25/1.1.1", "state": "on track"}), "deliverable")
        refused = signed_in("performance").post(address, {"deliverable": "2020-25/1.2.1", "state": "on track"})
        assert refused.status_code == 422 and "You may not report how a deliverable stands here." in words(refused)
        assert "16 deliverables without a report" in words(lead.get(DESK))
    assert [p.state for p in Progress.objects.order_by("id")] == ["on track", "complete"]
