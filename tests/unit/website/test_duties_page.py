"""The page of the law: its message, its groups, and what an officer is led to."""

import pytest

from csplan.cycle import duties, roles
from csplan.errors import CsplanError
from csplan.website.pages import duties as pages


def rule(id="F14-1", status="met", severity="must", instrument="The Act", would_meet=None, evidence=()):
    return {
        "id": id,
        "status": status,
        "severity": severity,
        "instrument": instrument,
        "would_meet": would_meet,
        "evidence": list(evidence),
    }


def made(rules, held=(), status=""):
    summary = {s: sum(r["status"] == s for r in rules) for s in duties.STATUSES}
    found = {"partnership": "p", "rules": rules, "summary": summary}
    return pages.page(found, rules, status, path="/p/duties/", held=held)


@pytest.mark.parametrize(
    ("rules", "headline", "warning"),
    [
        # duties in law come first in the message; good practice is a warning beside it
        ([rule(), rule(status="not applicable")], "Every duty that applies is met on this day", ""),
        ([rule(status="not met")], "One duty is not met on this day", ""),
        ([rule(status="not met"), rule(status="not met"), rule(status="unknown")], "Two duties are not met on this day", ""),
        (
            [rule(status="unknown")],
            "No duty is known to be unmet on this day, and one duty is not shown by anything held here",
            "",
        ),
        (
            [rule(status="not met", severity="practice")],
            "Every duty that applies is met on this day",
            "One point of good practice is not followed: a warning, not a breach.",
        ),
    ],
)
def test_the_message(rules, headline, warning):
    page = made(rules)
    assert (page["headline"], page["warnings"]) == (headline, warning)


def test_rules_stand_under_their_instrument_duties_first():
    page = made([rule("A", instrument="One"), rule("B", instrument="Two", severity="practice"), rule("C", instrument="Two")])
    assert [(g["title"], [r["id"] for r in g["rules"]]) for g in page["groups"]] == [("One", ["A"]), ("Two", ["C", "B"])]


def test_what_would_show_an_unknown_duty_is_told_to_officers_only():
    unknown = [rule(status="unknown", would_meet="A document.")]
    assert made(unknown)["groups"][0]["rules"][0]["would_meet"] is None
    assert made(unknown, held=("manager",))["groups"][0]["rules"][0]["would_meet"] == "A document."
    unmet = [rule(status="not met", would_meet="A document.")]
    assert made(unmet)["groups"][0]["rules"][0]["would_meet"] == "A document."


@pytest.mark.parametrize(
    ("held", "status", "expected"),
    [
        # an act that has a page at the desk: for one who may, for one who may not, for the public; nothing where it is met
        (("performance",), "not met", [("Adopt an indicator", "/p/desk/readings/", "")]),
        (("lead",), "not met", [("Adopt an indicator", None, "board and performance")]),
        ((), "not met", []),
        (("performance",), "met", []),
    ],
)
def test_an_officer_is_led_to_the_desk(monkeypatch, held, status, expected):
    monkeypatch.setattr(pages, "NEXT", {"C2-K": (("kpi.adopt", "desk/readings/"),)})
    page = made([rule("C2-K", status=status, would_meet="Indicators.")], held=held)
    acts = page["groups"][0]["rules"][0]["next"]
    assert [(a["words"], a["url"], a["who"]) for a in acts] == expected


def test_an_act_without_a_page_is_not_named(monkeypatch):
    monkeypatch.setattr(pages, "NEXT", {"C2-K": (("kpi.adopt", "desk/nowhere/at/all/"),)})
    assert made([rule("C2-K", status="not met", would_meet="x.")], held=("performance",))["groups"][0]["rules"][0]["next"] == []


def test_every_next_act_is_of_a_rule_and_of_the_table_of_roles():
    assert set(pages.NEXT) <= {r.id for r in duties.RULES}
    assert {act for acts in pages.NEXT.values() for act, _path in acts} <= set(roles.ACTIONS)


def test_a_page_of_this_site_keeps_the_day_and_an_address_elsewhere_stays():
    shown = made([rule(evidence=[{"label": "a", "url": "https://example.org/x"}, {"label": "b", "url": "/p/about/"}])])
    assert [(e["url"], e["is_elsewhere"]) for e in shown["groups"][0]["rules"][0]["evidence"]] == [
        ("https://example.org/x", True),
        ("/p/about/", False),
    ]


def test_what_is_no_status_is_refused_in_words():
    assert pages.status_asked("") == "" and pages.status_asked("not met") == "not met"
    with pytest.raises(CsplanError, match="“perhaps” is not an answer of the checklist"):
        pages.status_asked("perhaps")
