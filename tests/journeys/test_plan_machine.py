"""Whatever people do, in whatever order: nothing unapproved is published, nobody approves what they wrote, nothing frozen moves.

A machine of random acts by random people over the versions of one plan, each act the real action on the real tables. After every
act the whole is looked at again. `make test` runs it fifteen times, `make test-all` two thousand.
"""

import os
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, connection, transaction
from django.test import TestCase
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from csplan.cycle import clock, plan_states
from csplan.errors import CsplanError
from csplan.records import audit, plan_rows, seal
from csplan.records.actions import agreement, consultation, equality, meeting, membership, partnership, plan, plan_text
from csplan.records.models import Agreement, Approval, Office, PlanVersion, Publication, Seal
from csplan.records.story import files

FOLDER = Path(__file__).resolve().parents[2] / "partnerships" / "county-durham"
RUNS = 2000 if os.environ.get("CSPLAN_TEST_ALL") else 15

#: Who there is, and the roles each holds: `both` writes and sits on the board, so that only the guard keeps the two apart.
PEOPLE = {
    "manager": ("manager",),
    "analyst": ("analyst",),
    "board": ("board",),
    "both": ("manager", "board"),
    "equality": ("equality",),
}
PERSON = st.sampled_from(sorted(PEOPLE))


#: Who writes and freezes: often the one who sits on the board too.
WRITER = st.sampled_from(["manager", "both", "both", "analyst", "equality"])


def mostly(name: str) -> st.SearchStrategy[str]:
    """Most often the person who may, so that runs go far; else anyone."""
    return st.one_of(st.just(name), st.just(name), st.just(name), PERSON)


CLAUSES = st.sampled_from(["vision", "priority/1", "deliverable/1.1.1", "section/foreword"])
WORDS = st.sampled_from(["Safe", "Safe and heard", "Every home is safe"])
PLAN = {
    "plan": {"slug": "plan", "title": "The plan", "starts_on": date(2020, 4, 1), "ends_on": date(2025, 3, 31)},
    "version": {"vision": "Be safe"},
    "priorities": [
        {
            "ref": "1",
            "title": "Safe homes",
            "limbs": ["a"],
            "work_areas": [{"ref": "1.1", "title": "Homes"}],
            "deliverables": [{"ref": "1.1.1", "title": "Locks", "work_areas": ["1.1"], "lead": None, "why": "not settled"}],
        }
    ],
}
QUESTIONS = [
    {"ref": "levels", "kind": "text", "family": "levels", "words": "What is it like?"},
    {"ref": "first", "kind": "text", "family": "priorities", "words": "What should come first?"},
]
#: The tables whose rows a seal holds, and a statement that would change each.
STATEMENTS = (
    "UPDATE records_seal SET sha256 = 'f'",
    "UPDATE records_planversion SET vision = 'Another' WHERE id IN (SELECT version_id FROM records_seal)",
    "DELETE FROM records_deliverable WHERE version_id IN (SELECT version_id FROM records_seal)",
    "UPDATE records_agreement SET version_sha256 = 'f'",
    "DELETE FROM records_publication",
)


class Machine(RuleBasedStateMachine):
    """The people, the plan, and a day that moves on."""

    def __init__(self) -> None:
        super().__init__()
        self.atomics = TestCase._enter_atomics()
        self.now = datetime(2019, 12, 2, 9, tzinfo=clock.LONDON)
        self.frozen: dict[int, bytes] = {}
        self.published: dict[int, str] = {}
        self.withdrawn: set[int] = set()

    def teardown(self) -> None:
        TestCase._rollback_atomics(self.atomics)

    def act(self, do: Callable[[], Any]) -> Any:
        """Try an act at the machine's day. What is refused is refused in words, and changes nothing."""
        self.now += timedelta(minutes=7)
        before = audit.last()
        with clock.at(self.now):
            try:
                return do()
            except CsplanError as refused:
                assert str(refused).endswith((".", "”", "!")), refused
                assert audit.last() == before
        return None

    def by(self, name: str) -> User:
        return User.objects.get(username=name)

    def newest(self) -> PlanVersion:
        return PlanVersion.objects.select_related("plan").latest("number")

    @initialize(head_start=st.integers(0, 5), has_cabinet=st.booleans(), writer=WRITER)
    def found(self, head_start: int, has_cabinet: bool, writer: str) -> None:
        """A partnership with a draft; in some runs it has gone some of the way already."""
        with clock.at(self.now):
            told = files.read(FOLDER, "partnership.toml")
            told["groups"].append({"slug": "cabinet", "name": "Cabinet", "kind": "cabinet"})
            self.here = partnership.found(described=told, by="terminal:keeper")
            for name, roles in PEOPLE.items():
                for role in roles:
                    membership.invite(
                        partnership=self.here, username=name, person=name, role=role, password_hash="!", by="terminal:keeper"
                    )
            about = {**PLAN["plan"], "approving": ["cabinet"] if has_cabinet else []}
            plan.draft(partnership=self.here, described={**PLAN, "plan": about}, by=self.by("manager"))
        self.write("vision", "Safe", writer)
        steps: tuple[Callable[[], None], ...] = (
            lambda: self.freeze("manager"),
            lambda: self.consult("manager"),
            lambda: self.assess_equality("manager", "equality"),
            lambda: self.agree(0, True, "board"),
            lambda: self.publish("manager") if not has_cabinet else self.approve(True, "board"),
        )
        for step in steps[:head_start]:
            step()

    @rule(days=st.integers(1, 50))
    def days_pass(self, days: int) -> None:
        self.now += timedelta(days=days)

    @rule(clause=CLAUSES, words=WORDS, who=WRITER)
    def write(self, clause: str, words: str, who: str) -> None:
        version = self.newest()
        field = "words" if clause in ("vision", "section/foreword") else "title"
        values = {field: words} | ({"title": "Foreword"} if clause.startswith("section") else {})
        began = plan_text.based_on(plan_rows.clause(version, clause))
        self.act(lambda: plan_text.write(version=version, clause=clause, values=values, began_from=began, by=self.by(who)))

    @rule(clause=CLAUSES, who=mostly("manager"))
    def explain(self, clause: str, who: str) -> None:
        said = {"kind": "officer", "reason": "It reads better."}
        self.act(lambda: plan_text.explain(version=self.newest(), clause=clause, **said, by=self.by(who)))

    @rule(who=WRITER)
    def revise(self, who: str) -> None:
        self.act(lambda: plan.revise(version=self.newest(), by=self.by(who)))

    @rule(who=WRITER)
    def freeze(self, who: str) -> None:
        self.act(lambda: plan.freeze(version=self.newest(), by=self.by(who)))

    @rule(which=st.integers(0, 3), who=PERSON)
    def withdraw(self, which: int, who: str) -> None:
        versions = list(PlanVersion.objects.order_by("number"))
        version = versions[which % len(versions)]
        if which == 3:  # seldom, so that most runs go far
            self.act(lambda: plan.withdraw(version=version, reason="A mistake.", by=self.by(who)))

    @rule(who=mostly("manager"))
    def consult(self, who: str) -> None:
        """Ask about the newest version for a month, to the end: opened, closed, considered."""
        version, opens = self.newest(), clock.day_of(self.now)
        about = {
            "slug": f"asked-{version.number}-{opens}",
            "title": "Have your say",
            "introduction": "",
            "opens_on": opens,
            "closes_on": opens + timedelta(days=28),
            "write_to": "the team",
            "questions": QUESTIONS,
        }
        asked = self.act(lambda: consultation.plan(version=version, described=about, by=self.by(who)))
        owner = Office.objects.filter(partnership=self.here).first()
        self.act(lambda: equality.start(version=version, owner=owner, by=self.by("manager")))
        if asked:
            self.act(lambda: consultation.check(consultation=asked, by=self.by("analyst")))
        if asked and self.act(lambda: consultation.open(consultation=asked, by=self.by(who))):
            self.now += timedelta(days=30)
            asked.refresh_from_db()
            if self.act(lambda: consultation.close(consultation=asked, by="terminal:keeper")):
                self.act(lambda: consultation.consider(consultation=asked, summary="Nothing new.", by=self.by(who)))

    @rule(starter=mostly("manager"), signer=mostly("equality"))
    def assess_equality(self, starter: str, signer: str) -> None:
        version = self.newest()
        owner = Office.objects.filter(partnership=self.here).first()
        self.act(lambda: equality.start(version=version, owner=owner, by=self.by(starter)))
        version = PlanVersion.objects.get(pk=version.pk)
        if hasattr(version, "equality_assessment"):
            held = version.equality_assessment
            self.act(lambda: equality.sign(assessment=held, summary="No harm found.", by=self.by(signer)))

    def hold(self, kind: str, quorate: bool) -> Any:
        """A meeting that has just been held."""
        group, manager = self.here.groups.get(kind=kind), self.by("manager")
        ref = f"{kind}-{self.now:%Y%m%d%H%M%S}"
        held = self.act(lambda: meeting.announce(group=group, ref=ref, title=kind, starts_at=self.now, by=manager))
        return held and self.act(lambda: meeting.record(meeting=held, was_quorate=quorate, minute="Held.", by=manager))

    @rule(
        which=st.integers(0, 5),
        quorate=st.sampled_from([True, True, True, False]),
        who=st.sampled_from(["board", "both"]),
    )
    def agree(self, which: int, quorate: bool, who: str) -> None:
        versions = list(PlanVersion.objects.order_by("-number"))
        version = versions[0 if which < 4 else which % len(versions)]
        held = self.hold("board", quorate)
        if held:
            open_still = tuple(agreement.findings(version))
            self.act(lambda: agreement.agree(version=version, meeting=held, accepted=open_still, by=self.by(who)))

    @rule(quorate=st.sampled_from([True, True, False]), who=st.sampled_from(["board", "both"]))
    def approve(self, quorate: bool, who: str) -> None:
        """Cabinet meets on the newest version."""
        version = self.newest()
        held = self.hold("cabinet", quorate)
        if held:
            self.act(lambda: agreement.approve(version=version, meeting=held, by=self.by(who)))

    @rule(who=mostly("manager"))
    def publish(self, who: str) -> None:
        self.act(lambda: plan.publish(version=self.newest(), by=self.by(who)))

    @rule(statement=st.sampled_from(STATEMENTS))
    def tamper(self, statement: str) -> None:
        """By raw SQL: refused wherever there is something to change."""
        with transaction.atomic(), connection.cursor() as cursor:
            try:
                with transaction.atomic():
                    cursor.execute(statement)
                    assert cursor.rowcount <= 0, statement
            except IntegrityError as refused:
                assert "never change" in str(refused)

    @invariant()
    def what_is_frozen_stays(self) -> None:
        for held in Seal.objects.select_related("version"):
            content = bytes(held.content)
            assert self.frozen.setdefault(held.version_id, content) == content
            assert seal.digest(content) == held.sha256
        assert seal.problems() == []

    @invariant()
    def nobody_approves_what_they_wrote(self) -> None:
        for signed in Agreement.objects.select_related("version"):
            assert signed.agreed_by_id not in agreement.authors(signed.version)
            assert signed.meeting.was_quorate and signed.version_sha256 == signed.version.seal.sha256
        for approved in Approval.objects.select_related("version"):
            assert approved.approved_by_id not in agreement.authors(approved.version)

    @invariant()
    def what_is_published_was_agreed_as_it_stands(self) -> None:
        for publication in Publication.objects.select_related("version"):
            version = publication.version
            assert version.agreement.version_sha256 == seal.digest(self.frozen[version.pk])
            assert version.agreement.agreed_at <= publication.published_at
            approvers = set(version.approvals.values_list("group__slug", flat=True))
            assert approvers == set(version.plan.approving)
            assert version.pk not in self.withdrawn or version.pk in self.published
            self.published[version.pk] = version.agreement.version_sha256
        self.withdrawn |= set(PlanVersion.objects.filter(withdrawal__isnull=False).values_list("pk", flat=True))

    @invariant()
    def every_version_is_in_a_state_of_the_table(self) -> None:
        for version in PlanVersion.objects.all():
            assert version.state(self.now + timedelta(seconds=1)) in plan_states.STATES


def run(runs: int) -> None:
    run_state_machine_as_test(
        Machine,
        settings=settings(
            max_examples=runs, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck), print_blob=True
        ),
    )


@pytest.mark.django_db
def test_no_path_publishes_what_was_not_agreed_or_moves_what_is_frozen():
    run(RUNS)
