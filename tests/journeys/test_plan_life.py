"""What happens to a plan is on its pages at once, and on an earlier day it is not: drafts, parts, approvals, reviews, endings."""

import html
import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from csplan.cycle import clock
from csplan.records.actions import agreement, authority, comment, meeting, plan_refresh, plan_review, progress
from csplan.records.actions import plan as actions
from csplan.records.actions import plan_text as writing
from csplan.records.models import AuthorityPart, Body, Comment, Plan, PlanVersion

pytestmark = pytest.mark.django_db

P = "/county-durham/"
PLAN = f"{P}plans/2020-25/"
REFRESH = f"{P}plans/example-refresh/"
Person = Callable[[str], Any]


def read(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, (address, answer.status_code)
    return re.sub(r"\s+", " ", html.unescape(answer.content.decode()))


def data(client: Client, address: str, day: str = "") -> dict[str, Any]:
    answer = client.get(f"{address.rstrip('/')}.json{day}")
    assert answer.status_code == 200, address
    return answer.json()


def signed_in(person: Person, name: str) -> Client:
    client = Client()
    client.force_login(person(name), backend="django.contrib.auth.backends.ModelBackend")
    return client


def version(number: int, slug: str = "2020-25") -> PlanVersion:
    return PlanVersion.objects.get(plan__slug=slug, number=number)


def board(partnership: Any, person: Person, ref: str = "board-test") -> Any:
    """A meeting of the board that is held with a quorum at the clock's instant."""
    group = partnership.groups.get(kind="board")
    held = meeting.announce(group=group, ref=ref, title=f"Board {ref}", starts_at=clock.now(), by=person("manager"))
    return meeting.record(meeting=held, was_quorate=True, minute="Held.", by=person("manager"))


def test_a_draft_is_there_for_those_who_write_it_and_for_nobody_else(tell: Any, person: Person) -> None:
    tell("2020-02-28")
    with clock.at(clock.parse("2020-02-28T10:00:00")):
        for address in ("versions/2/", "versions/2.json", "versions/1/compare/2/", "versions/1/compare/2.json"):
            for reader in (Client(), signed_in(person, "board"), signed_in(person, "partner-police")):
                assert reader.get(PLAN + address).status_code == 404, address
            assert signed_in(person, "auditor").get(PLAN + address).status_code == 200, address
        page = read(signed_in(person, "auditor"), f"{PLAN}versions/2/")
        assert "Version 2, as it stands" in page and "Only officers of the partnership see this page: it is a draft." in page
        assert data(signed_in(person, "auditor"), f"{PLAN}versions/2/")["sealed"] is None
        assert [v["number"] for v in data(Client(), f"{PLAN}versions/")["versions"]] == [1]
        assert "compare/2/" not in read(Client(), PLAN)


def test_a_withdrawn_version_stays_and_says_so(tell: Any, person: Person) -> None:
    tell("2020-01-09")
    with clock.at(clock.parse("2020-01-10T10:00:00")):
        actions.withdraw(version=version(1), reason="It is written anew.", by=person("manager"))
        words = "This version was withdrawn on 10 January 2020. It is kept here, and is no longer the partnership’s. Why: It is written anew."
        for address in (PLAN, f"{PLAN}versions/1/"):
            assert words in read(Client(), address)
        assert "Withdrawn: It is written anew." in read(Client(), f"{PLAN}versions/")
        assert "Version 1 was withdrawn" in [h["words"] for h in data(Client(), PLAN)["history"]]
        assert Client().get(f"{PLAN}versions/1.sealed.json").status_code == 200, "its bytes stay at their address"
        assert words not in read(Client(), f"{PLAN}versions/1/?as_at=2020-01-09")


def test_each_authority_has_its_newest_part_or_nothing(tell: Any, person: Person) -> None:
    partnership = tell("2020-01-09")
    AuthorityPart.objects.all().delete()
    fire = Body.objects.get(code="fire")
    with clock.at(clock.parse("2020-01-20T10:00:00")):
        authority.record(version=version(1), body=fire, part="commented", on=date(2020, 1, 15), by=person("manager"))
        authority.record(
            version=version(1),
            body=fire,
            part="reservation",
            on=date(2020, 1, 19),
            words="Too little on fires.",
            by=person("manager"),
        )
        told = {a["body"]: a for a in data(Client(), PLAN)["authorities"]}
        page = read(Client(), PLAN)
    assert told["fire"]["part"] == "reservation" and told["police"]["part"] is None
    assert "Agreed it with a reservation, 19 January 2020.<br>“Too little on fires.”" in page
    assert "A part is recorded for one of seven responsible authorities." in page
    assert "health" not in told and "health-north-durham" in told, "the bodies of that day"
    assert partnership.slug == "county-durham"


def test_bodies_that_approve_stand_in_their_order(tell: Any, person: Person) -> None:
    partnership = tell("2020-03-09T12:15:00")
    for slug in ("cabinet", "council"):
        partnership.groups.create(slug=slug, name=slug.title(), kind="council")
    Plan.objects.filter(slug="2020-25").update(approving=["cabinet", "council"])
    with clock.at(clock.parse("2020-03-12T10:00:00")):
        held = meeting.announce(
            group=partnership.groups.get(slug="cabinet"),
            ref="cabinet-1",
            title="Cabinet, 12 March",
            starts_at=clock.now(),
            by=person("manager"),
        )
        meeting.record(meeting=held, was_quorate=True, minute="Held.", by=person("manager"))
        agreement.approve(version=version(2), meeting=held, by=person("board"))
        officer = signed_in(person, "auditor")
        told = data(officer, f"{PLAN}versions/2/")["approvals"]
        page = read(officer, f"{PLAN}versions/2/")
    assert [(a["group"], a["on"]) for a in told] == [("cabinet", "2020-03-12"), ("council", None)]
    assert page.index("Approved it on 12 March 2020.") < page.index("Has not approved it yet.")


def test_progress_is_the_status_of_a_deliverable_newest_first(tell: Any, person: Person) -> None:
    tell("2020-03-31")
    plan = Plan.objects.get(slug="2020-25")
    for day, state, words in (("2020-06-01", "on track", ""), ("2020-09-01", "at risk", "Homes cannot be visited.")):
        with clock.at(clock.parse(f"{day}T10:00:00")):
            progress.report(plan=plan, ref="1.2.1", state=state, words=words, by=person("lead"))
    with clock.at(clock.parse("2020-10-01")):
        found = data(Client(), f"{PLAN}1.2.1/")
        assert (found["part"]["status"], found["part"]["status_on"]) == ("at risk", "2020-09-01")
        assert [r["state"] for r in found["progress"]] == ["at risk", "on track"]
        assert data(Client(), f"{PLAN}1.2.1/", "?as_at=2020-07-01")["part"]["status"] == "on track"
        assert data(Client(), f"{PLAN}1.2.1/", "?as_at=2020-05-01")["part"]["status"] is None
        page = read(Client(), f"{PLAN}1.2.1/")
        assert page.index("<strong>At risk</strong>: may not be done in time. Homes cannot be visited.") < page.index("On track")
        assert "At risk on 1 September 2020." in read(Client(), f"{PLAN}1/")
        area = data(Client(), PLAN)["priorities"][0]["work_areas"][1]
        assert area["deliverables"][0]["status"] == "at risk"


def test_a_review_is_public_once_it_is_completed(tell: Any, person: Person) -> None:
    tell("2021-01-05")
    address = f"{PLAN}reviews/2020--21/"
    review = Plan.objects.get(slug="2020-25").reviews.get()
    refs = list(version(2).deliverables.values_list("ref", flat=True))
    said = {ref: {"state": "on track", "words": f"Work on {ref} went on."} for ref in refs}
    with clock.at(clock.parse("2021-03-01T10:00:00")):
        assert Client().get(address).status_code == 404
        assert "not completed yet" in read(signed_in(person, "auditor"), address)
        assert "This plan is being reviewed." in read(Client(), PLAN)
        plan_review.complete(
            review=review,
            implementation=said | {"1.2.1": {"state": "at risk", "words": "Homes could not be visited."}},
            indicators={"recorded-burglary": "No clear change."},
            what_changed="A year of restrictions.",
            decision="continue",
            by=person("manager"),
        )
        page = read(Client(), address)
        assert "17 deliverables reviewed: 16 on track, 1 at risk." in page
        assert "Homes could not be visited." in page and "A year of restrictions." in page
        assert "The plan goes on as it is." in page
        assert data(Client(), address)["review"]["decision"] == "continue"
        assert Client().get(f"{address}?as_at=2021-02-01").status_code == 404
        assert "Review for 2020/21" in read(Client(), PLAN) and "This plan is being reviewed." not in read(Client(), PLAN)
        then = data(signed_in(person, "auditor"), address, "?as_at=2021-02-01")["review"]
        assert (then["state"], then["implementation"], then["decision"]) == ("under way", {}, None)


def closed_priority(partnership: Any, person: Person) -> None:
    """A refresh that leaves priority 6 out, closed with a record, frozen and agreed by no one yet."""
    draft = version(1, "2021-25")
    for clause in [c for c in writing.plan_text.clauses(writing.plan_rows.document(draft)) if re.match(r"[a-z-]+/6", c)][::-1]:
        held = writing.plan_rows.clause(draft, clause)
        writing.take_out(version=draft, clause=clause, began_from=writing.based_on(held), by=person("manager"))
    plan_refresh.close_priority(
        version=draft,
        ref="6",
        outcome="merged",
        into="1",
        claimed="Fewer people would be deceived.",
        evidence="No figure was held.",
        grade="cannot say",
        lesson="Ask for figures first.",
        by=person("manager"),
    )


def test_a_priority_that_is_left_out_is_closed_with_a_record_on_both_pages(tell: Any, person: Person) -> None:
    partnership = tell("2021-01-12")
    with clock.at(clock.parse("2021-01-20T10:00:00")):
        closed_priority(partnership, person)
        officer = signed_in(person, "auditor")
        for address in (f"{P}plans/2021-25/", f"{PLAN}6/", f"{P}plans/2021-25/1/"):
            page = read(officer, address)
            assert "Fewer people would be deceived." in page and "Cannot be said from what is held." in page, address
            assert "Ask for figures first." in page and "Went into another priority." in page
        assert "Fewer people would be deceived." not in read(Client(), f"{PLAN}6/"), "the new plan is a draft"
        told = data(officer, f"{PLAN}versions/2/compare/2021-25/1/")
        [removed] = [d for d in told["differences"] if d["clause"] == "priority/6"]
        assert removed["kind"] == "removed" and removed["closing"]["lesson"] == "Ask for figures first."
        assert "Ask for figures first." in read(officer, f"{PLAN}versions/2/compare/2021-25/1/")


def test_a_change_inside_the_lock_and_the_end_of_a_plan_are_told(tell: Any, person: Person) -> None:
    partnership = tell("2020-03-31")
    plan = Plan.objects.get(slug="2020-25")
    with clock.at(clock.parse("2020-09-01T10:00:00")):
        held = board(partnership, person)
        agreement.vary(plan=plan, meeting=held, refs=["6"], reason="The wording misled.", by=person("board"))
        page = read(Client(), PLAN)
        assert "On 1 September 2020 the board let priority 6 change inside the lock: The wording misled." in page
        assert f'href="{P}meetings/board-test/"' in page
        plan_refresh.close(plan=plan, meeting=held, reason="Its work is done.", by=person("board"))
        page = read(Client(), PLAN)
        assert "The board closed this plan on 1 September 2020. Its work is done." in page
        told = [h["words"] for h in data(Client(), PLAN)["history"]]
        assert told[-2:] == ["The board let priority 6 change inside the lock", "The board closed the plan"]


def test_a_comment_is_followed_into_the_clause_that_names_it(tell: Any, person: Person) -> None:
    tell("2020-02-26")
    first, second, by = version(1), version(2), person("manager")
    with clock.at(clock.parse("2020-02-26T10:00:00")):
        for words, disposition in (("Say more on homes.", "partly"), ("Build a wall.", "not accepted")):
            entered = comment.enter(version=first, words=words, came_by="letter", clause="work-area/1.2", by=by)
            comment.decide(comment=entered, disposition=disposition, reason="Because.", by=by)
        held = writing.plan_rows.clause(second, "work-area/1.1")
        writing.write(
            version=second,
            clause="work-area/1.1",
            values={"words": "Noise too."},
            began_from=writing.based_on(held),
            by=by,
        )
        writing.explain(version=second, clause="work-area/1.1", kind="comment", source="C2", reason="Asked for.", by=by)
        told = {c["ref"]: c for c in data(signed_in(person, "auditor"), f"{PLAN}comments/")["comments"]}
        assert [p["clause"] for p in told["C2"]["passages"]] == ["work-area/1.1"], "the clause whose change names it"
        assert told["C3"]["passages"] == []
        page = read(signed_in(person, "auditor"), f"{PLAN}comments/")
        assert "The plan was not changed because of it." in page
        compared = data(signed_in(person, "auditor"), f"{PLAN}versions/1/compare/2/")["differences"]
        [reason] = next(d for d in compared if d["clause"] == "work-area/1.1")["reasons"]
        assert reason["address"] == "plans/2020-25/comments/#C2"
    assert Comment.objects.count() == 3


HOSTILE = "<script>alert(1)</script> <img src=x onerror=alert(1)> [x](javascript:alert(1))"


def test_markup_typed_into_a_clause_does_nothing_on_any_page(tell: Any, person: Person) -> None:
    tell("2020-02-26")
    second, by = version(2), person("manager")
    with clock.at(clock.parse("2020-02-26T10:00:00")):
        for clause, values in (
            ("section/foreword", {"title": HOSTILE, "words": HOSTILE}),
            ("priority/1", {"words": HOSTILE}),
            ("risk/R1", {"title": HOSTILE, "words": HOSTILE, "owner": HOSTILE, "refs": ["1"]}),
            ("alignment/vision-2035", {"note": HOSTILE}),
        ):
            began_from = writing.based_on(writing.plan_rows.clause(second, clause))
            writing.write(version=second, clause=clause, values=values, began_from=began_from, by=by)
        officer = signed_in(person, "auditor")
        pages = ("versions/2/", "versions/1/compare/2/")
        for address in pages:
            raw = officer.get(PLAN + address).content.decode()
            assert "alert(1)" in raw, address
            assert "<script>alert" not in raw and "<img" not in raw and 'href="javascript:' not in raw, address


def test_a_board_that_meets_while_people_are_asked_is_not_the_one_that_decides(tell: Any, person: Person) -> None:
    tell("2020-01-09")
    with clock.at(clock.parse("2020-01-09T12:00:00")):
        group = version(1).plan.partnership.groups.get(kind="board")
        early = clock.parse("2020-01-20T10:00:00")
        meeting.announce(group=group, ref="board-early", title="Board, 20 January 2020", starts_at=early, by=person("manager"))
        page = read(Client(), PLAN)
        assert "The board is to decide on 9 March 2020." in page and "20 January 2020" not in page
