"""A plan is signed at the desk: refused in words while a gate is shut, done once when all are open, and never about other words."""

import html
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.test import Client

from csplan.cycle import clock
from csplan.records.actions import equality, membership, plan_text
from csplan.records.actions import meeting as meetings
from csplan.records.actions import plan as plans
from csplan.records.models import Agreement, AuditEvent, Decision, Group, Lock, Meeting, PlanVersion, Variation

pytestmark = pytest.mark.django_db

HOME = "/county-durham/"
DESK = f"{HOME}desk/plans/2020-25/"
BOARD = "board-2020-03-09"
#: After the meeting of the board of 9 March 2020 began.
AFTER = "2020-03-09T12:05:00"


def words(answer: Any) -> str:
    return html.unescape(answer.content.decode())


@contextmanager
def at(instant: str) -> Iterator[None]:
    with clock.at(clock.parse(instant)):
        yield


def version(number: int = 2, slug: str = "2020-25") -> PlanVersion:
    return PlanVersion.objects.get(plan__slug=slug, number=number)


def held(person: Callable, *, quorate: bool = True) -> Meeting:
    """The board of 9 March 2020, recorded."""
    return meetings.record(
        meeting=Meeting.objects.get(ref=BOARD), was_quorate=quorate, minute="The board met.", by=person("manager")
    )


def agreement_of(n: int, **more: Any) -> dict[str, Any]:
    """The form as the page gives it, every finding accepted."""
    from csplan.records.reading import lint

    sealed = getattr(version(n), "seal", None)
    sent = {"sha256": sealed.sha256 if sealed else "", "accepted": list(lint.open_still(version(n))), "meeting": BOARD}
    return sent | more


def refused(answer: Any, sentence: str) -> None:
    assert answer.status_code == 422
    assert sentence in words(answer)
    assert not Agreement.objects.exists() and not Decision.objects.exists()
    assert not AuditEvent.objects.filter(action="plan.agree").exists()


@pytest.mark.parametrize(
    ("told_until", "when", "n", "quorate", "sentence"),
    [
        # the first version while people are still asked about it
        ("2020-02-14", "2020-02-14T23:59:59", 1, True, "The consultation on this version has not closed."),
        # closed, and no report says what was made of the answers
        ("2020-02-20", "2020-02-20T10:00:00", 1, True, "No consideration report on the consultation is approved."),
        # the second version before the equality officer signed
        ("2020-03-02", AFTER, 2, True, "The equality impact assessment of this version is not complete."),
        # everything but a quorum
        ("2020-03-09", AFTER, 2, False, "The meeting had no quorum."),
    ],
)
def test_agreement_is_refused_in_words_while_a_gate_is_shut(tell, person, signed_in, told_until, when, n, quorate, sentence):
    tell(told_until)
    with at(when):
        if when == AFTER:
            plans.freeze(version=version(), by=person("manager")) if told_until == "2020-03-02" else None
            held(person, quorate=quorate)
        board = signed_in("board")
        assert sentence.split(".")[0] in words(board.get(f"{DESK}{n}/agree/")) or not quorate
        shut = words(board.get(f"{DESK}{n}/agree/"))
        assert "Agreement waits for " in shut and "Record that the board agreed this version" not in shut
        refused(board.post(f"{DESK}{n}/agree/", agreement_of(n)), sentence)


def test_a_meeting_that_had_no_quorum_is_not_offered(tell, person, signed_in):
    tell("2020-03-09")
    with at(AFTER):
        held(person, quorate=False)
        page = words(signed_in("board").get(f"{DESK}2/agree/"))
        assert "No meeting of the board with a quorum is recorded since the version was frozen." in page
        assert f'value="{BOARD}"' not in page


def test_the_page_restates_what_is_agreed(tell, person, signed_in):
    tell("2020-03-09")
    with at(AFTER):
        held(person)
        page = words(signed_in("board").get(f"{DESK}2/agree/"))
    seal = version().seal.sha256
    assert f'<span class="csp-seal">{seal}</span>' in page and f'name="sha256" value="{seal}"' in page
    for said in (
        "Durham is a county where every adult and child will feel and be safe",
        "6 Tackle and prevent cyber enabled crime",
        "Safe Durham Partnership Board, 9 March 2020",
        "The board accepts this: 17 of 17 deliverables name no lead.",
        "You neither wrote nor froze this version.",
    ):
        assert said in page, said
    assert "The equality assessment is complete before the decision" not in page, "a duty that is met, for those who may see why"
    assert page.count(">Done</span>") == 7 and ">Waits</span>" not in page
    assert page.count("<h1") == 1


def test_the_board_agrees_once_however_often_it_is_sent(tell, person, signed_in):
    tell("2020-03-09")
    with at(AFTER):
        held(person)
        board = signed_in("board")
        sent = agreement_of(2)
        first = board.post(f"{DESK}2/agree/", sent, follow=True)
        assert first.status_code == 200 and "Agreed: Safe Durham Partnership Plan 2020-25, version 2" in words(first)
        again = board.post(f"{DESK}2/agree/", sent)
        assert again.status_code == 422 and "is already agreed. Nothing was changed." in words(again)
    assert Agreement.objects.count() == Decision.objects.count() == 1
    event = AuditEvent.objects.get(action="plan.agree")
    assert event.detail["sha256"] == version().seal.sha256 and event.detail["meeting"] == BOARD
    assert event.detail["accepted"] == sorted(sent["accepted"]) and set(event.detail["papers"]) >= {"pdf", "docx"}
    assert event.by == "board" and version().agreement.duties


def test_words_that_were_swapped_are_not_signed(tell, person, signed_in):
    tell("2020-03-09")
    with at(AFTER):
        held(person)
        board = signed_in("board")
        for other in (version(1).seal.sha256, "0" * 64, ""):
            refused(board.post(f"{DESK}2/agree/", agreement_of(2, sha256=other)), "What the page restated is not this version.")


def test_an_author_does_not_sign_what_they_wrote(tell, person, signed_in):
    partnership = tell("2020-03-09")
    with at("2020-03-09T09:30:00"):
        membership.invite(
            partnership=partnership, username="manager", person="Both", role="board", password_hash="", by="terminal:keeper"
        )
    with at(AFTER):
        held(person)
        manager = signed_in("manager")
        assert "You may not agree a plan that you wrote." in words(manager.get(f"{DESK}2/agree/"))
        refused(manager.post(f"{DESK}2/agree/", agreement_of(2)), "You may not agree a plan that you wrote.")


@pytest.mark.parametrize("who", ["manager", "analyst", "auditor", "performance"])
def test_other_roles_read_the_page_and_sign_nothing(tell, person, signed_in, who):
    tell("2020-03-09")
    with at(AFTER):
        held(person)
        client = signed_in(who)
        page = words(client.get(f"{DESK}2/agree/"))
        assert "Your role may not agree the plan." in page and "Record that the board agreed this version" not in page
        refused(client.post(f"{DESK}2/agree/", agreement_of(2)), "You may not agree the plan here. Ask someone who may: board.")


def test_what_is_not_ticked_is_said_at_its_field(tell, person, signed_in):
    tell("2020-03-09")
    with at(AFTER):
        held(person)
        answer = signed_in("board").post(f"{DESK}2/agree/", agreement_of(2, accepted=["days"], meeting=""))
    page = words(answer)
    refused(answer, "The board has not accepted: 17 of 17 deliverables name no lead.")
    assert 'href="#accepted"' in page and 'id="accepted-error"' in page
    assert 'href="#meeting"' in page and "Choose the meeting that decided it" in page
    assert 'value="days" checked' in page


def test_a_form_from_another_site_signs_nothing(tell, person, signed_in):
    tell("2020-03-09")
    with at(AFTER):
        held(person)
        strange = signed_in("board", enforce_csrf_checks=True)
        assert strange.post(f"{DESK}2/agree/", agreement_of(2)).status_code == 403
        assert strange.get(f"{DESK}2/agree/")["X-Frame-Options"] == "DENY"
    assert not Agreement.objects.exists()


def test_nothing_is_signed_on_an_earlier_day(tell, signed_in):
    tell("2020-03-10")
    with at("2020-03-10T10:00:00"):
        board = signed_in("board")
        day = "?as_at=2020-03-09T11:00:00"
        assert "nothing can be done on it" in words(board.get(f"{DESK}2/agree/{day}"))
        assert board.post(f"{DESK}2/agree/{day}", agreement_of(2)).status_code == 400


def test_a_version_that_was_revised_meanwhile_is_not_signed(tell, person, signed_in):
    tell("2020-03-09")
    with at(AFTER):
        held(person)
        board, sent = signed_in("board"), agreement_of(2)
        assert "Record that the board agreed this version" in words(board.get(f"{DESK}2/agree/"))
        plans.revise(version=version(), by=person("manager"))
        refused(board.post(f"{DESK}2/agree/", sent), "Have that one signed, or withdraw it first.")


def test_a_meeting_before_the_words_were_fixed_cannot_have_agreed_them(tell, person, signed_in):
    partnership = tell("2020-03-01")
    with at("2020-03-01T10:00:00"):
        board = Group.objects.get(partnership=partnership, kind="board")
        early = meetings.announce(group=board, ref="early", title="Early", starts_at=clock.now(), by=person("manager"))
        meetings.record(meeting=early, was_quorate=True, minute="Met.", by=person("manager"))
    tell("2020-03-09")
    with at(AFTER):
        client = signed_in("board")
        assert 'value="early"' not in words(client.get(f"{DESK}2/agree/"))
        refused(client.post(f"{DESK}2/agree/", agreement_of(2, meeting="early")), "Choose a meeting that had it before it.")


def test_a_stranger_and_a_role_that_may_not_read_it_find_nothing(tell, signed_in):
    tell("2019-12-16")
    with at("2019-12-16T10:00:00"):
        assert Client().get(f"{DESK}1/agree/").status_code == 302
        for who in ("board", "scrutiny", "partner-police", "administrator"):
            for act in ("agree", "withdraw", "readers", "authorities"):
                assert signed_in(who).get(f"{DESK}1/{act}/").status_code == 404, (who, act)


# ---- after the agreement ----------------------------------------------------------------------------


def test_bodies_approve_in_order_and_then_it_is_published(tell, person, signed_in):
    partnership = tell("2020-03-09")
    for slug, name in (("cabinet", "Cabinet"), ("council", "Full Council")):
        Group.objects.create(partnership=partnership, slug=slug, name=name, kind="approving")
    plan = version().plan
    plan.approving = ["cabinet", "council"]
    plan.save()
    sha = version().seal.sha256
    with at(AFTER):
        held(person)
        board, manager = signed_in("board"), signed_in("manager")
        board.post(f"{DESK}2/agree/", agreement_of(2))
        late = manager.post(f"{DESK}2/publish/", {"sha256": sha})
        assert late.status_code == 422 and "not yet approved by every body that must" in words(late)
        for slug in ("council", "cabinet"):
            group = Group.objects.get(slug=slug)
            met = meetings.announce(group=group, ref=slug, title=slug, starts_at=clock.now(), by=person("manager"))
            meetings.record(meeting=met, was_quorate=True, minute="Met.", by=person("manager"))
        page = words(board.get(f"{DESK}2/approve/"))
        assert "Cabinet approves it next. After it: Full Council." in page and 'value="council"' not in page
        out_of_turn = board.post(f"{DESK}2/approve/", {"sha256": sha, "meeting": "council"})
        assert out_of_turn.status_code == 422 and "Cabinet approves it next." in words(out_of_turn)
        swapped = board.post(f"{DESK}2/approve/", {"sha256": version(1).seal.sha256, "meeting": "cabinet"})
        assert swapped.status_code == 422 and not version().approvals.exists()
        for slug in ("cabinet", "council"):
            assert board.post(f"{DESK}2/approve/", {"sha256": sha, "meeting": slug}).status_code == 302
        assert manager.post(f"{DESK}2/publish/", {"sha256": sha}).status_code == 302
        twice = manager.post(f"{DESK}2/publish/", {"sha256": sha})
        assert twice.status_code == 422 and "already published" in words(twice)
    assert version().state(clock.parse("2020-03-09T13:00:00")) == "published"


def test_it_is_sent_to_the_policing_body_and_withdrawn_with_a_reason(tell, signed_in):
    tell("2020-03-10")
    sha = version().seal.sha256
    with at("2020-03-10T10:00:00"):
        manager = signed_in("manager")
        empty = manager.post(f"{DESK}2/dispatch/", {"sha256": sha, "body": "police", "how": " "})
        assert empty.status_code == 422
        assert all(f'id="{field}-error"' in words(empty) for field in ("body", "how"))
        sent = {"sha256": sha, "body": "commissioner", "how": "By e-mail to the office"}
        assert manager.post(f"{DESK}2/dispatch/", sent).status_code == 302
        assert "By e-mail to the office" in words(manager.get(f"{DESK}2/dispatch/"))
        silent = manager.post(f"{DESK}2/withdraw/", {"sha256": sha, "reason": ""})
        assert silent.status_code == 422 and 'id="reason-error"' in words(silent) and not hasattr(version(), "withdrawal")
        gone = {"sha256": sha, "reason": "A figure in it was wrong."}
        alone = manager.post(f"{DESK}2/withdraw/", gone)
        assert alone.status_code == 422 and "so only the board withdraws it. Ask its clerk to record that." in words(alone)
        assert signed_in("board").post(f"{DESK}2/withdraw/", gone).status_code == 302
        assert "is withdrawn: A figure in it was wrong." in words(manager.get(f"{DESK}2/publish/"))


def test_a_locked_priority_changes_only_where_the_minutes_name_it(tell, person, signed_in):
    """The lock of 9 March 2020, a third version that words priority 6 anew, and the board's variation."""
    tell("2020-03-31")
    with at("2020-04-01T09:00:00"):
        third = plans.revise(version=version(), by=person("manager"))
        began = plan_text.based_on(plan_text.plan_rows.clause(third, "priority/6"))
        plan_text.write(
            version=third, clause="priority/6", values={"title": "Cyber crime"}, began_from=began, by=person("manager")
        )
        plan_text.explain(version=third, clause="priority/6", kind="officer", reason="Shorter.", by=person("manager"))
        plans.freeze(version=third, by=person("manager"))
        equality.sign(assessment=third.equality_assessment, summary="No change.", by=person("equality"))
        group = Group.objects.get(kind="board")
        met = meetings.announce(group=group, ref="april", title="April", starts_at=clock.now(), by=person("manager"))
        meetings.record(meeting=met, was_quorate=True, minute="Met.", by=person("manager"))
        board = signed_in("board")
        refusal = "Priority 6 would change, and the priorities are locked until 9 March 2021."
        assert refusal in words(board.get(f"{DESK}3/agree/"))
        shut = board.post(f"{DESK}3/agree/", agreement_of(3, meeting="april"))
        assert shut.status_code == 422 and refusal in words(shut) and not hasattr(version(3), "agreement")
        nothing = board.post(f"{DESK}3/vary/", {"sha256": version(3).seal.sha256})
        assert all(f'id="{field}-error"' in words(nothing) for field in ("meeting", "refs", "reason"))
        vary = {"sha256": version(3).seal.sha256, "meeting": "april", "refs": ["6"], "reason": "The title was too long."}
        assert board.post(f"{DESK}3/vary/", vary).status_code == 302
        assert Variation.objects.get().refs == ["6"]
        assert board.post(f"{DESK}3/agree/", agreement_of(3, meeting="april")).status_code == 302
    assert version(3).agreement.meeting.ref == "april"


def test_the_board_locks_the_priorities_between_two_days(tell, signed_in):
    tell("2020-03-31")
    sent = {"sha256": version().seal.sha256, "meeting": BOARD, "waits_for": "review"}
    days = {"starts-day": "1", "starts-month": "4", "starts-year": "2021", "ends-day": "1", "ends-month": "4"}
    with at("2020-04-01T09:00:00"):
        board = signed_in("board")
        wrong = board.post(f"{DESK}2/lock/", sent | days | {"ends-year": "soon"})
        assert wrong.status_code == 422 and 'id="ends-error"' in words(wrong) and 'value="soon"' in words(wrong)
        back = board.post(f"{DESK}2/lock/", sent | days | {"ends-year": "2020"})
        assert back.status_code == 422 and "A lock ends after it starts." in words(back)
        assert board.post(f"{DESK}2/lock/", sent | days | {"ends-year": "2022"}).status_code == 302
    assert Lock.objects.count() == 2


def test_nothing_is_locked_before_a_version_is_agreed(tell, person, signed_in):
    tell("2020-03-09")
    sent = {"sha256": version().seal.sha256, "meeting": BOARD, "refs": ["6"], "reason": "Why."}
    days = {
        "starts-day": "9",
        "starts-month": "3",
        "starts-year": "2020",
        "ends-day": "9",
        "ends-month": "3",
        "ends-year": "2021",
    }
    with at(AFTER):
        held(person)
        board = signed_in("board")
        for act in ("lock", "vary"):
            assert "there is nothing to lock yet" in words(board.get(f"{DESK}2/{act}/"))
            refused(board.post(f"{DESK}2/{act}/", sent | days), "its priorities cannot be locked yet")


def test_each_authority_is_recorded_with_its_day_and_the_newest_stands(tell, signed_in):
    tell("2020-03-09")
    on = {"on-day": "5", "on-month": "3", "on-year": "2020"}
    with at(AFTER):
        manager = signed_in("manager")
        address = f"{DESK}2/authorities/"
        page = words(manager.get(address))
        assert "NHS North Durham Clinical Commissioning Group" in page and "Integrated Care Board" not in page
        bare = manager.post(address, {"body": "police", "part": "reservation", **on, "words": ""})
        assert bare.status_code == 422 and 'id="words-error"' in words(bare)
        early = manager.post(address, {"body": "police", "part": "agreed", "on-day": "1", "on-month": "4", "on-year": "2020"})
        assert early.status_code == 422 and "has not come yet" in words(early)
        for part in ("commented", "agreed"):
            assert manager.post(address, {"body": "police", "part": part, **on, "words": ""}).status_code == 302
        assert "It agreed it (5 March 2020)." in words(manager.get(address))
        assert "commented on it" not in words(manager.get(address)).split("<form")[1]
        assert signed_in("auditor").post(address, {"body": "police", "part": "agreed", **on}).status_code == 422


def test_the_desk_says_what_waits_for_whom(tell, person, signed_in):
    tell("2020-03-09")
    with at("2020-03-09T10:30:00"):
        assert "It was announced, and nothing is recorded of it yet." in words(signed_in("manager").get(f"{HOME}desk/"))
        assert "every gate is open" not in words(signed_in("board").get(f"{HOME}desk/"))
    with at(AFTER):
        held(person)
        board, manager = signed_in("board"), signed_in("manager")
        page = words(board.get(f"{HOME}desk/"))
        assert "The board met on 9 March 2020 with a quorum, and every gate is open." in page and f"{DESK}2/agree/" in page
        assert f'href="{DESK}2/agree/"' in words(board.get(f"{HOME}desk/signing/"))
        assert f'href="{DESK}2/agree/"' not in words(manager.get(f"{HOME}desk/signing/"))
        board.post(f"{DESK}2/agree/", agreement_of(2))
        assert "every gate is open" not in words(board.get(f"{HOME}desk/"))
        assert "It is agreed and not published." in words(manager.get(f"{HOME}desk/"))
