"""Who may do what: one table, printed in the documentation and tested to be complete.

A role is held in one partnership by one person. An action that is not in the table does not exist.
Author and approver of the same thing are never the same person: that is checked where the thing is known.
"""

from collections.abc import Collection, Iterable

from csplan.errors import CsplanError

#: role -> what it is, in words
ROLES: dict[str, str] = {
    "resident": "Anyone, without an account",
    "partner": "Returns figures for one body",
    "lead": "Leads a work area: updates deliverables and returns readings",
    "chair": "Chairs a sub-group: endorses indicators and updates",
    "analyst": "Loads evidence, writes and scores",
    "performance": "Keeps the indicators and approves readings",
    "equality": "Signs equality impact assessments",
    "manager": "Runs the partnership’s year: checks, freezes, opens, publishes",
    "board": "Agrees the plan",
    "scrutiny": "Examines and recommends",
    "auditor": "Reads everything and changes nothing",
    "administrator": "Looks after accounts and cannot approve content",
}

#: Words in `by` for acts that no account made: a resident's answer, and the terminal of the machine's keeper.
PUBLIC = "public"
TERMINAL = "terminal"

#: action -> the roles that may do it
ACTIONS: dict[str, frozenset[str]] = {
    "partnership.found": frozenset({TERMINAL}),
    "membership.invite": frozenset({"manager", "administrator", TERMINAL}),
    "plan.draft": frozenset({"manager", "analyst", "lead"}),
    "plan.freeze": frozenset({"manager"}),
    "plan.agree": frozenset({"board"}),
    "plan.publish": frozenset({"manager"}),
    "consultation.plan": frozenset({"manager"}),
    "consultation.open": frozenset({"manager"}),
    "consultation.respond": frozenset({"resident", PUBLIC}),
    "consultation.close": frozenset({"manager", TERMINAL}),
    "consultation.consider": frozenset({"manager"}),
    "equality.start": frozenset({"manager", "lead"}),
    "equality.sign": frozenset({"equality"}),
    "scrutiny.recommend": frozenset({"scrutiny"}),
    "meeting.record": frozenset({"manager"}),
    "kpi.adopt": frozenset({"performance", "board"}),
    "reading.record_computed": frozenset({"analyst", "performance", TERMINAL}),
    "reading.submit": frozenset({"partner", "lead", "performance"}),
    "reading.approve": frozenset({"performance"}),
    "evidence.load": frozenset({"analyst", "manager", TERMINAL}),
    "evidence.decide": frozenset({"analyst", "manager"}),
}

#: action -> the act in words, for a refusal
WORDS: dict[str, str] = {
    "partnership.found": "set up a partnership",
    "membership.invite": "invite people",
    "plan.draft": "write a draft of the plan",
    "plan.freeze": "freeze a version of the plan",
    "plan.agree": "agree the plan",
    "plan.publish": "publish the plan",
    "consultation.plan": "prepare a consultation",
    "consultation.open": "open a consultation",
    "consultation.respond": "answer a consultation",
    "consultation.close": "close a consultation",
    "consultation.consider": "approve a consideration report",
    "equality.start": "start an equality impact assessment",
    "equality.sign": "sign an equality impact assessment",
    "scrutiny.recommend": "record what scrutiny recommends",
    "meeting.record": "record a meeting",
    "kpi.adopt": "adopt an indicator",
    "reading.record_computed": "record a computed reading",
    "reading.submit": "return a reading",
    "reading.approve": "approve a reading",
    "evidence.load": "load evidence",
    "evidence.decide": "decide on a held release",
}

#: Who may see what is not yet public: every officer of the partnership, and nobody else.
MAY_READ_DRAFTS = frozenset(ROLES) - {"resident"}


def may(action: str, roles: Iterable[str]) -> bool:
    """Whether any of the roles held may do the action."""
    return not ACTIONS[action].isdisjoint(roles)


def check_may(action: str, roles: Collection[str]) -> None:
    """Refuse, in words, an action that none of the roles held may do."""
    if not may(action, roles):
        allowed = " or ".join(sorted(ACTIONS[action] & set(ROLES))) or "the keeper of the machine, from the terminal"
        raise CsplanError(f"You may not {WORDS[action]} here. Ask someone who may: {allowed}.")


def check_different_people(author: object, approver: object, what: str) -> None:
    """Refuse an approval by the person who wrote the thing."""
    if author == approver:
        raise CsplanError(f"You may not approve {what} that you wrote. Ask another person to approve it.")


def table() -> list[tuple[str, str, str]]:
    """(action, in words, roles) for the documentation."""
    return [(action, WORDS[action], ", ".join(sorted(roles))) for action, roles in sorted(ACTIONS.items())]
