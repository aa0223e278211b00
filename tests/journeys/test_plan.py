"""A plan is drafted, frozen, consulted on, and agreed by the board when every gate is open; its words never change after."""

import hashlib
import json
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from csplan.cycle import clock
from csplan.errors import CsplanError
from csplan.records.actions import agreement, meeting, membership
from csplan.records.actions import plan as actions
from csplan.records.lookup import NotHere
from csplan.records.models import Meeting, PlanVersion
from csplan.records.reading import plan

FINDINGS = ("leads", "days", "evidence", "groups", "indicators", "findings")
#: Everything the report names in its examples of deliverables; the words are ours, these are kept.
NAMED = """deliberate fires; fly-tipping; derelict or abandoned properties; horses; target hardening; domestic violence; harassment;
self-neglect; hoarding; Hate Hurts; domestic abuse and sexual violence; risk and needs; Durham Safeguarding Children Partnership;
county lines; staff and partners; intelligence; victims and witnesses; PREVENT; specified authorities; child care sector; refer;
suspicious incidents; professionals and the community; intergenerational offending; Restorative Justice (RJ) Hub; illicit drugs;
counterfeit alcohol; communities; holistic package of care; specialist drug and alcohol services; range of settings; safeguarding;
risk management; children, young people and adults; overdose; substance misuse related death; domestic abuse; sexual exploitation;
voice of service users; County Durham Recovery Forum; cybercrime; other partnerships; joint working; business sector;
Cyber Essentials; programmes of support"""
TITLES = """Promote being safe and feeling safe in your community
Anti-social Behaviour
Safer Homes
Hate Crime and Community Tensions
Support victims and protect vulnerable people from harm
Domestic Abuse and Sexual Violence
Organised Crime; County Lines
Victims
Prevent: Counter Terrorism, Radicalisation and Violent Extremism
Prevent people being drawn into terrorism
Support the work to strengthen our protection against terrorist attacks and mitigate the impact of such an attack
Reduce re-offending
Prevent inter-generational offending
Prevent repeat offending
Alcohol and substance misuse reduction
Prevention and early intervention
Providing specialist interventions to promote recovery
Protecting children and vulnerable adults at risk
Strengthening leadership, management and governance
Tackle and prevent cyber enabled crime
Raise awareness of the general population about staying safe online
Reduce risk to the most vulnerable groups
Build resilience of local businesses of the threat of cyber crime"""


def read(partnership, day, slug="2020-25", viewer=None, **more):
    return plan.plan(partnership, slug, viewer=viewer, at=clock.parse(day), **more)


def deliverables(told):
    for priority in told["priorities"]:
        yield from priority["deliverables"]
        for area in priority["work_areas"]:
            yield from area["deliverables"]


def test_titles_stand_word_for_word_and_deliverables_keep_what_the_report_names(tell):
    told = read(tell("2020-01-09"), "2020-01-09")
    assert told["plan"]["vision"] == "A county where every adult and child will feel and be safe"
    assert [line for p in told["priorities"] for line in (p["title"], *(w["title"] for w in p["work_areas"]))] == TITLES.split(
        "\n"
    )
    every = list(deliverables(told))
    words = " ".join(d["title"] for d in every)
    assert [name for name in " ".join(NAMED.split()).split("; ") if name not in words] == []
    assert len(every) == 17 and len({d["ref"] for d in every}) == 17
    assert {(d["lead"], d["due"], d["why"]) for d in every} == {(None, None, "not stated in the report of 9 January 2020")}


def test_a_draft_is_seen_by_officers_and_not_by_the_public(tell, person):
    partnership = tell("2019-12-16")
    assert plan.plans(partnership, viewer=None, at=clock.parse("2019-12-16")) == []
    with pytest.raises(NotHere):
        read(partnership, "2019-12-16")
    with clock.at(clock.parse("2019-12-16")):
        assert read(partnership, "2019-12-16", viewer=person("analyst"))["plan"]["state"] == "draft"


@pytest.mark.parametrize(
    ("day", "state"),
    [
        ("2019-12-17", "frozen"),
        ("2020-01-09", "frozen"),
        # Agreed at 12:10 and published at 15:00: until then the public sees the version that was asked about.
        ("2020-03-09T12:10:00", "revised"),
        ("2020-03-10", "published"),
        ("2020-06-01", "in force"),
        ("2026-06-01", "ended"),
    ],
)
def test_each_day_shows_the_state_of_that_day_and_nothing_later(tell, day, state):
    told = read(tell("2020-03-31"), day)
    assert told["plan"]["state"] == state
    assert all(line["on"] is None or line["on"] <= clock.day_of(clock.parse(day)) for line in told["history"])


def test_another_partnership_does_not_find_it(tell, elsewhere):
    tell("2020-01-09")
    with pytest.raises(NotHere, match="There is no plan “2020-25” here"):
        read(elsewhere, "2020-01-09")


def test_an_officer_of_another_partnership_sees_no_draft(tell, elsewhere, person):
    partnership = tell("2019-12-16")
    with clock.at(clock.parse("2019-12-16T10:00:00")):
        membership.invite(
            partnership=elsewhere, username="stranger", person="Stranger", role="manager", password_hash="!", by="terminal:keeper"
        )
        assert plan.plans(partnership, viewer=person("stranger"), at=clock.now()) == []


def test_the_fingerprint_is_of_exactly_the_bytes_that_are_served_for_ever(tell):
    partnership = tell("2020-01-09")
    at = clock.parse("2020-01-09")
    sealed = plan.sealed(partnership, "2020-25", 1, viewer=None, at=at)
    sha256 = read(partnership, "2020-01-09")["plan"]["sha256"]
    assert hashlib.sha256(sealed).hexdigest() == sha256
    tell("2020-03-31")
    assert plan.sealed(partnership, "2020-25", 1, viewer=None, at=clock.parse("2026-01-01")) == sealed
    text = json.loads(sealed)
    assert text["previous_sha256"] is None and len(text["priorities"]) == 6


def test_the_next_version_names_the_one_before(tell, person):
    partnership = tell("2020-03-31")
    described = {
        "plan": {"slug": "2020-25"},
        "version": {"vision": "A safer county"},
        "priorities": [{"ref": "1", "title": "Be safe", "work_areas": []}],
    }
    with clock.at(clock.parse("2020-04-20")):
        third = actions.draft(partnership=partnership, described=described, by=person("manager"))
        seal = actions.freeze(version=third, by=person("manager"))
    second = PlanVersion.objects.get(number=2)
    assert third.number == 3 and seal.previous_sha256 == second.seal.sha256
    assert json.loads(bytes(seal.content))["previous_sha256"] == second.seal.sha256


def agree(partnership, person, when, *, by="board", accepted=FINDINGS, was_quorate=True):
    """Hold the board meeting at an instant and agree the newest version there."""
    with clock.at(clock.parse(when)):
        board = partnership.groups.get(kind="board")
        held = meeting.announce(group=board, ref="test", title="Board", starts_at=clock.now(), by=person("manager"))
        meeting.record(meeting=held, was_quorate=was_quorate, minute="Held.", by=person("manager"))
        version = PlanVersion.objects.filter(plan__slug="2020-25").latest("number")
        return agreement.agree(version=version, meeting=held, accepted=accepted, by=person(by))


@pytest.mark.parametrize(
    ("told_until", "when", "how", "refusal"),
    [
        ("2019-12-16", "2019-12-16T10:00:00", {}, "This version is still a draft"),
        ("2020-02-14", "2020-02-14T23:59:59", {}, "The consultation on this version has not closed"),
        ("2020-02-20", "2020-02-20T10:00:00", {}, "No consideration report on the consultation is approved"),
        (
            "2020-02-28",
            "2020-02-28T10:00:00",
            {},
            "This version is still a draft.*The equality impact assessment of this version is not complete",
        ),
        ("2020-03-09", "2020-03-09T11:00:00", {"was_quorate": False}, "The meeting had no quorum"),
        ("2020-03-09", "2020-03-09T11:00:00", {"by": "manager"}, "You may not agree a plan that you wrote"),
        ("2020-03-09", "2020-03-09T11:00:00", {"by": "analyst"}, "You may not agree the plan here. Ask someone who may: board"),
        ("2020-03-09", "2020-03-09T11:00:00", {"accepted": ()}, "17 of 17 deliverables name no lead"),
    ],
)
def test_agreement_waits_for_every_gate(tell, person, told_until, when, how, refusal):
    partnership = tell(told_until)
    if how.get("by") == "manager":
        with clock.at(clock.parse(told_until)):
            membership.invite(
                partnership=partnership, username="manager", person="Both", role="board", password_hash="", by="terminal:keeper"
            )
    with pytest.raises(CsplanError, match=refusal):
        agree(partnership, person, when, **how)
    assert not PlanVersion.objects.filter(agreement__isnull=False).exists()


def test_the_board_agrees_when_every_gate_is_open(tell, person):
    partnership = tell("2020-03-09")
    agreed = agree(partnership, person, "2020-03-09T11:00:00")
    assert agreed.accepted["leads"] == "17 of 17 deliverables name no lead."
    with pytest.raises(CsplanError, match="already agreed"), clock.at(clock.parse("2020-03-09T12:00:00")):
        held = Meeting.objects.get(ref="test")
        agreement.agree(version=agreed.version, meeting=held, accepted=FINDINGS, by=person("board"))


def test_a_meeting_of_another_group_is_no_board(tell, person):
    partnership = tell("2020-03-09")
    with clock.at(clock.parse("2020-03-09T11:00:00")):
        version = PlanVersion.objects.get(number=2)
        scrutiny = Meeting.objects.get(group__kind="scrutiny")
        with pytest.raises(CsplanError, match="The meeting had no quorum"):
            agreement.agree(version=version, meeting=scrutiny, accepted=FINDINGS, by=person("board"))
    assert partnership.slug == "county-durham"


def test_publication_waits_for_agreement(tell, person):
    tell("2020-01-09")
    with clock.at(clock.parse("2020-01-10")), pytest.raises(CsplanError, match="is not agreed yet"):
        actions.publish(version=PlanVersion.objects.get(), by=person("manager"))


@pytest.mark.parametrize(
    ("day", "is_locked", "words"),
    [
        ("2020-03-10", True, "The priorities are locked until 9 March 2021 while the strategic governance review takes place."),
        ("2021-03-08", True, "locked until 9 March 2021"),
        ("2021-03-09", False, "The lock on the priorities ended on 9 March 2021. No end of the strategic governance review"),
    ],
)
def test_the_lock_ends_on_its_date_whatever_it_waits_for(tell, day, is_locked, words):
    lock = read(tell("2020-03-31"), day)["lock"]
    assert lock["is_locked"] is is_locked and words in lock["words"]


def test_what_stands_around_the_plan(tell):
    told = read(tell("2020-03-31"), "2020-03-31")
    assert told["plan"]["priorities_agreed_in"] == "2018-11"
    vision = told["alignments"][0]
    assert vision["agreed_by"] == "County Durham Partnership"
    assert vision["ambitions"] == ["More and better jobs", "People live long and independent lives", "Connected communities"]
    assert told["alignments"][1]["title"] == "Director of Public Health Annual Report 2018"
    assert told["board"]["on"] == date(2020, 3, 9) and told["equality"]["state"] == "complete"
    assert told["scrutiny"][0]["on"] == date(2020, 1, 9)
    part = plan.part(Meeting.objects.first().partnership, "2020-25", "6.2", viewer=None, at=clock.parse("2020-03-31"))
    assert part["level"] == "work area" and part["part"]["deliverables"][0]["work_areas"] == ["6.1", "6.2", "6.3"]


RAW_STATEMENTS = (
    "UPDATE records_planversion SET vision = 'Another' WHERE number = 1",
    "UPDATE records_priority SET title = 'Another'",
    "UPDATE records_workarea SET title = 'Another' WHERE ref = '1.2'",
    "UPDATE records_deliverable SET lead = 'Someone', why = ''",
    "UPDATE records_alignment SET note = 'Another'",
    "UPDATE records_change SET reason = 'Another'",
    "DELETE FROM records_deliverable WHERE ref = '6.3.1'",
    "DELETE FROM records_seal",
    "UPDATE records_seal SET sha256 = 'f'",
    "UPDATE records_agreement SET accepted = '{}'",
    "UPDATE records_decision SET words = 'Another'",
    "DELETE FROM records_storedpaper",
    "DELETE FROM records_publication",
    "UPDATE records_dispatch SET how = 'Another'",
    "UPDATE records_authoritypart SET words = 'Another'",
    "UPDATE records_equalityassessment SET summary = 'Another' WHERE completed_at IS NOT NULL",
    "UPDATE records_meeting SET was_quorate = 0",
    "UPDATE records_comment SET reason = 'Another' WHERE decided_at IS NOT NULL",
    "UPDATE records_edit SET after = NULL",
    "INSERT INTO records_workarea (version_id, priority_id, ref, title, words) "
    "SELECT version_id, id, '1.9', 'New', '' FROM records_priority LIMIT 1",
    "UPDATE records_question SET words = 'Another?'",
    "UPDATE records_consultation SET closes_on = '2030-01-01'",
)


def test_what_is_frozen_refuses_raw_statements(tell):
    """One partnership, every statement: what goes through is named."""
    tell("2020-03-31")
    through = []
    for statement in RAW_STATEMENTS:
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)
                through.append(statement)
        except IntegrityError as refused:
            assert "never change" in str(refused) or "is kept as it was recorded" in str(refused), statement
    assert through == []
