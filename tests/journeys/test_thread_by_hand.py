"""The links of a small partnership, made and cut by hand: what is missing, exactly, and what is refused."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, connection, transaction

from csplan.cycle import clock
from csplan.cycle.thread import orphans
from csplan.errors import CsplanError
from csplan.records.actions import comment, equality, equality_action, finding, kpi, membership, plan, plan_text
from csplan.records.actions import thread as actions
from csplan.records.models import AuditEvent, Body, Finding, Office, Partnership
from csplan.records.plan_rows import clause
from csplan.records.reading import lint
from csplan.records.reading import thread as reading

pytestmark = pytest.mark.django_db


@pytest.fixture
def small(elsewhere: Partnership) -> Iterator[dict[str, Any]]:
    """Elsewhere with a plan of two priorities:

    1 Be safe ─── 1.1 Homes ─── 1.1.1 (lead)        K1 measures 1.1        K2 measures 9.9, which is not in the plan
    2 Feel safe ── 2.1 Streets (nothing)
    """
    with clock.at(clock.parse("2026-01-05")):
        people = {}
        for role in ("manager", "analyst", "performance", "equality", "lead", "auditor"):
            membership.invite(
                partnership=elsewhere, username=f"e-{role}", person=role, role=role, password_hash="!", by="terminal:keeper"
            )
            people[role] = User.objects.get(username=f"e-{role}")
        day = date(2020, 1, 1)
        body = Body.objects.create(
            partnership=elsewhere, code="council", name="Council", kind="council", category="responsible", from_on=day
        )
        office = Office.objects.create(partnership=elsewhere, slug="chair", title="Chair", body=body, from_on=day)
        described = {
            "plan": {"slug": "p", "title": "Plan", "starts_on": date(2026, 4, 1), "ends_on": date(2027, 3, 31)},
            "version": {"vision": "Safe"},
            "priorities": [
                {
                    "ref": "1",
                    "title": "Be safe",
                    "work_areas": [{"ref": "1.1", "title": "Homes"}],
                    "deliverables": [
                        {"ref": "1.1.1", "title": "Mend locks", "work_areas": ["1.1"], "lead": "Chair", "due": date(2026, 9, 1)}
                    ],
                },
                {"ref": "2", "title": "Feel safe", "work_areas": [{"ref": "2.1", "title": "Streets"}], "deliverables": []},
            ],
        }
        version = plan.draft(partnership=elsewhere, described=described, by=people["manager"])
        for ref, area in (("K1", "1.1"), ("K2", "9.9")):
            told_of = {
                "ref": ref,
                "title": ref,
                "definition": "d",
                "kind": "output",
                "priority_ref": area[0],
                "work_areas": [area],
            }
            told_of |= {
                "polarity": "lower_better",
                "unit": "locks",
                "frequency": "quarterly",
                "owner": "chair",
                "body": "council",
            }
            kpi.adopt(partnership=elsewhere, described={**told_of, "source": "s", "target": 1}, by=people["performance"])
        yield {"partnership": elsewhere, "version": version, "office": office, **people}


def missing(small: dict[str, Any]) -> list[tuple[str, str, str]]:
    graph = reading.graph(small["partnership"], small["version"], viewer=small["manager"], at=clock.now())
    return [(o.kind, o.ref, o.lacks) for o in orphans(graph)]


START = [
    ("priority", "1", "a finding of the evidence"),
    ("priority", "2", "a finding of the evidence"),
    ("work-area", "2.1", "a deliverable"),
    ("work-area", "2.1", "an indicator"),
    ("kpi", "K2", "a priority or work area in this plan"),
]


def test_the_missing_links_of_a_small_partnership_exactly(small: dict[str, Any]) -> None:
    assert missing(small) == START
    found = finding.record(partnership=small["partnership"], title="Locks fail", source="Survey", by=small["analyst"])
    assert ("finding", "F1", "a priority that takes it up, or the reason why none does") in missing(small)
    ends = {"above": ("finding", "F1"), "below": ("priority", "p/1")}
    actions.link(partnership=small["partnership"], **ends, by=small["lead"])
    assert missing(small) == START[1:]
    with pytest.raises(CsplanError, match="linked already"):
        actions.link(partnership=small["partnership"], **ends, by=small["lead"])
    with pytest.raises(CsplanError, match="F1 is taken up by a priority"):
        finding.not_taken_up(finding=found, why="No.", by=small["analyst"])
    with pytest.raises(CsplanError, match="Say why the link is cut"):
        actions.cut(partnership=small["partnership"], **ends, why=" ", by=small["lead"])
    actions.cut(partnership=small["partnership"], **ends, why="Not so.", by=small["lead"])
    finding.not_taken_up(finding=found, why="The landlord does it.", by=small["analyst"])
    assert missing(small) == START
    actions.link(partnership=small["partnership"], **ends, by=small["lead"])
    assert missing(small) == START[1:], "a link ends what was said"
    assert [e.action for e in AuditEvent.objects.filter(partnership="elsewhere").order_by("-number")[:4]] == [
        *("thread.link", "finding.record", "thread.link", "thread.link"),
    ]


@pytest.mark.parametrize(
    ("above", "below", "refusal"),
    [
        (("finding", "F9"), ("priority", "p/1"), "There is no finding “F9” here"),
        (("finding", "F1"), ("priority", "p/7"), "There is no priority “p/7” here"),
        (("finding", "F1"), ("priority", "q/1"), "There is no priority “q/1” here"),
        (("finding", "F1"), ("deliverable", "p/1.1.1"), "not linked by hand"),
        (("priority", "p/1"), ("work-area", "p/1.1"), "not linked by hand"),
        (("comment", "p/1/C9"), ("priority", "p/1"), "There is no comment “p/1/C9” here"),
        (("equality-action", "p/x/E1"), ("deliverable", "p/1.1.1"), "There is no equality action “p/x/E1” here"),
    ],
)
def test_a_link_to_what_is_not_there_is_refused(
    small: dict[str, Any], above: tuple[str, str], below: tuple[str, str], refusal: str
) -> None:
    finding.record(partnership=small["partnership"], title="Locks fail", source="Survey", by=small["analyst"])
    with pytest.raises(CsplanError, match=refusal):
        actions.link(partnership=small["partnership"], above=above, below=below, by=small["lead"])


@pytest.mark.parametrize(
    ("role", "told_of", "refusal"),
    [
        ("analyst", {"title": " ", "source": "s"}, "Say what was found"),
        ("analyst", {"title": "x"}, "Say what it rests on"),
        ("analyst", {"title": "x", "observation": "burglary"}, "does not name a figure"),
        ("lead", {"title": "x", "source": "s"}, "You may not record a finding"),
        ("auditor", {"title": "x", "source": "s"}, "You may not record a finding"),
    ],
)
def test_a_finding_that_rests_on_nothing_is_refused(
    small: dict[str, Any], role: str, told_of: dict[str, str], refusal: str
) -> None:
    with pytest.raises(CsplanError, match=refusal):
        finding.record(partnership=small["partnership"], **told_of, by=small[role])
    assert not Finding.objects.exists()


def test_an_accepted_comment_a_change_and_an_equality_action_are_followed(small: dict[str, Any]) -> None:
    version, manager = small["version"], small["manager"]
    plan.freeze(version=version, by=manager)
    said = comment.enter(version=version, words="Name the locks.", came_by="letter", clause="deliverable/1.1.1", by=manager)
    assert missing(small) == START, "an undecided comment asks for nothing yet"
    comment.decide(comment=said, disposition="accepted", reason="It is clearer.", by=manager)
    assert missing(small)[0] == ("comment", "1/C1", "the change that it led to")

    small["version"] = revised = plan.revise(version=version, by=manager)
    held = clause(revised, "deliverable/1.1.1")
    assert held is not None
    plan_text.write(
        version=revised,
        clause="deliverable/1.1.1",
        values={**held, "title": "Mend front-door locks"},
        began_from=plan_text.based_on(held),
        by=manager,
    )
    assert ("change", "2/deliverable/1.1.1", "a reason") in missing(small)
    plan_text.explain(version=revised, clause="deliverable/1.1.1", kind="comment", source="C1", reason="Asked for.", by=manager)
    assert missing(small) == START
    assert missing({**small, "version": version}) == START, "the version that was spoken about sees what followed"

    begun = equality.start(version=revised, owner=small["office"], by=manager)
    equality_action.act(assessment=begun, title="Ask tenants", owner="Chair", by=manager)
    assert ("equality-action", "2/E1", "a deliverable that carries it out") in missing(small)
    with pytest.raises(CsplanError, match="There is no deliverable 4.4.4"):
        equality_action.act(assessment=begun, title="Ask", owner="Chair", deliverable_ref="4.4.4", by=manager)
    with pytest.raises(CsplanError, match="which office answers for it"):
        equality_action.act(assessment=begun, title="Ask", owner=" ", by=manager)
    ends = {"above": ("equality-action", "p/2/E1"), "below": ("deliverable", "p/1.1.1")}
    actions.link(partnership=small["partnership"], **ends, by=manager)
    assert missing(small) == START
    with pytest.raises(CsplanError, match="is still a draft. Freeze it first"):
        equality.sign(assessment=begun, summary="None.", by=small["equality"])
    plan.freeze(version=revised, by=manager)
    equality.sign(assessment=begun, summary="None.", by=small["equality"])
    with pytest.raises(CsplanError, match="is signed"):
        equality_action.act(assessment=begun, title="Ask", owner="Chair", by=manager)


def test_what_is_still_open_is_named_only_where_it_holds(small: dict[str, Any]) -> None:
    assert lint.open_still(small["version"]) == {
        "evidence": "1 of 1 deliverables do not say what will show that they are done.",
        "groups": "1 of 1 deliverables name no group that owns them.",
        "indicators": "No indicator measures priority 2.",
        "outcomes": "The indicators of priority 1 count only what is done.",
        "findings": "No finding of the evidence is linked to priorities 1 and 2.",
        "work areas": "No deliverable names work area 2.1.",
    }
    rules = [(f["rule"], f["ref"]) for f in lint.findings(small["version"])]
    assert rules[:4] == [("P2", "1"), ("P1", "2"), ("D5", "1.1.1"), ("D6", "1.1.1")]
    assert ("K4", "K1") in rules and ("K8", "K2") in rules


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE records_finding SET title = 'Locks hold'",
        "DELETE FROM records_finding",
        "UPDATE records_threadlink SET to_ref = 'p/2'",
        "DELETE FROM records_threadlink",
    ],
)
def test_findings_and_links_refuse_raw_statements(small: dict[str, Any], statement: str) -> None:
    finding.record(partnership=small["partnership"], title="Locks fail", source="Survey", by=small["analyst"])
    actions.link(partnership=small["partnership"], above=("finding", "F1"), below=("priority", "p/1"), by=small["lead"])
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
