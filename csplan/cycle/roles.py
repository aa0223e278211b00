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
    "partnership.describe": frozenset({"manager", TERMINAL}),
    "membership.invite": frozenset({"manager", "administrator", TERMINAL}),
    "membership.accept": frozenset({PUBLIC}),
    "membership.end": frozenset({"manager", "administrator"}),
    "plan.draft": frozenset({"manager", "analyst", "lead"}),
    "plan.freeze": frozenset({"manager"}),
    "plan.agree": frozenset({"board"}),
    "plan.publish": frozenset({"manager"}),
    "plan.write": frozenset({"manager", "analyst", "lead"}),
    "plan.revise": frozenset({"manager"}),
    "plan.explain": frozenset({"manager", "analyst", "lead"}),
    "plan.approve": frozenset({"board"}),
    "plan.vary": frozenset({"board"}),
    "plan.lock": frozenset({"board"}),
    "plan.withdraw": frozenset({"manager", "board"}),
    "plan.dispatch": frozenset({"manager"}),
    "plan.refresh": frozenset({"manager"}),
    "plan.review": frozenset({"manager"}),
    "plan.close": frozenset({"board"}),
    "plan.name_reader": frozenset({"manager"}),
    "authority.record": frozenset({"manager", "board"}),
    "deliverable.report": frozenset({"lead", "chair", "manager"}),
    "finding.record": frozenset({"analyst", "manager"}),
    "thread.link": frozenset({"analyst", "manager", "lead"}),
    "comment.enter": frozenset({"manager", "scrutiny"}),
    "comment.decide": frozenset({"manager"}),
    "columns.match": frozenset({"manager", "analyst", "lead", "performance"}),
    "consultation.plan": frozenset({"manager"}),
    "consultation.check": frozenset({"manager", "analyst", "lead", "performance", "equality"}),
    "consultation.open": frozenset({"manager"}),
    "consultation.extend": frozenset({"manager"}),
    "consultation.record_earlier": frozenset({"manager"}),
    "consultation.respond": frozenset({"resident", PUBLIC}),
    "consultation.close": frozenset({"manager", TERMINAL}),
    "consultation.consider": frozenset({"manager"}),
    "answer.enter": frozenset({"manager", "analyst", "lead"}),
    # To compare is to read what was written, so it is for those who may read it.
    "answer.check": frozenset({"manager", "analyst"}),
    "answer.set_aside": frozenset({"manager"}),
    "answer.read": frozenset({"manager", "analyst"}),
    "answer.mask": frozenset({"manager", "analyst"}),
    "answer.code": frozenset({"manager", "analyst", "lead", "performance", "equality"}),
    "answer.settle": frozenset({"manager", "analyst"}),
    "alert.see": frozenset({"manager", "analyst"}),
    "theme.name": frozenset({"manager", "analyst"}),
    "theme.decide": frozenset({"manager"}),
    "stakeholder.name": frozenset({"manager", "analyst", "equality"}),
    "engagement.announce": frozenset({"manager", "analyst", "lead"}),
    "engagement.record": frozenset({"manager", "analyst", "lead"}),
    "equality.start": frozenset({"manager", "lead"}),
    "equality.write": frozenset({"manager", "lead", "analyst", "equality"}),
    "equality.sign": frozenset({"equality"}),
    "equality.act": frozenset({"manager", "lead", "equality"}),
    "scrutiny.recommend": frozenset({"scrutiny"}),
    "scrutiny.ask": frozenset({"scrutiny"}),
    "scrutiny.answer": frozenset({"manager", "lead"}),
    "recommendation.make": frozenset({"scrutiny"}),
    "recommendation.respond": frozenset({"manager", "scrutiny"}),
    "recommendation.follow": frozenset({"manager", "scrutiny"}),
    "meeting.record": frozenset({"manager"}),
    "kpi.adopt": frozenset({"performance", "board"}),
    "reading.record_computed": frozenset({"analyst", "performance", TERMINAL}),
    "reading.submit": frozenset({"partner", "lead", "performance"}),
    "reading.approve": frozenset({"performance"}),
    "supply.receive": frozenset({"manager", "analyst", "partner", TERMINAL}),
    "evidence.load": frozenset({"analyst", "manager", TERMINAL}),
    "evidence.decide": frozenset({"analyst", "manager"}),
}

#: action -> the act in words, for a refusal
WORDS: dict[str, str] = {
    "partnership.found": "set up a partnership",
    "partnership.describe": "change how the partnership is set up",
    "membership.invite": "invite people",
    "membership.accept": "take up an invitation",
    "membership.end": "end a person’s role",
    "plan.draft": "write a draft of the plan",
    "plan.freeze": "freeze a version of the plan",
    "plan.agree": "agree the plan",
    "plan.publish": "publish the plan",
    "plan.write": "write in a draft of the plan",
    "plan.revise": "begin a revised version of the plan",
    "plan.explain": "say why the plan was changed",
    "plan.approve": "record that a further body approved the plan",
    "plan.vary": "record that the board varied locked priorities",
    "plan.lock": "record that the board locked the priorities",
    "plan.withdraw": "withdraw a version of the plan",
    "plan.dispatch": "send the plan to the local policing body",
    "plan.refresh": "begin a refresh of the plan",
    "plan.review": "review the plan",
    "plan.close": "close the plan",
    "plan.name_reader": "let a person read a version before it is public",
    "authority.record": "record what an authority did about the plan",
    "deliverable.report": "report how a deliverable stands",
    "finding.record": "record a finding of the evidence",
    "thread.link": "link two things of the golden thread",
    "comment.enter": "enter a comment on the plan",
    "comment.decide": "decide what is done about a comment",
    "columns.match": "match the columns of a file",
    "consultation.plan": "prepare a consultation",
    "consultation.check": "check a consultation that another person prepared",
    "consultation.open": "open a consultation",
    "consultation.extend": "extend a consultation",
    "consultation.record_earlier": "record the published result of an earlier consultation",
    "consultation.respond": "answer a consultation",
    "consultation.close": "close a consultation",
    "consultation.consider": "approve a consideration report",
    "answer.enter": "enter an answer that came on paper, by e-mail or at a meeting",
    "answer.check": "check an answer that another person entered",
    "answer.set_aside": "set an answer aside",
    "answer.read": "read an answer as it was written",
    "answer.mask": "cover personal data in an answer",
    "answer.code": "code an answer to themes",
    "answer.settle": "settle under which themes an answer is counted",
    "alert.see": "see to an answer that suggests danger",
    "theme.name": "name a theme",
    "theme.decide": "decide what is done about a theme",
    "stakeholder.name": "name a group that ought to be heard",
    "engagement.announce": "announce a meeting, briefing or stall",
    "engagement.record": "record what was said at a meeting, briefing or stall",
    "equality.start": "start an equality impact assessment",
    "equality.write": "write in an equality impact assessment",
    "equality.sign": "sign an equality impact assessment",
    "equality.act": "set an action of an equality impact assessment",
    "scrutiny.recommend": "record what scrutiny recommends",
    "scrutiny.ask": "ask a question for the scrutiny committee",
    "scrutiny.answer": "answer a question of the scrutiny committee",
    "recommendation.make": "record a recommendation to a body",
    "recommendation.respond": "record what a body answered to a recommendation",
    "recommendation.follow": "record how a recommendation stands",
    "meeting.record": "record a meeting",
    "kpi.adopt": "adopt an indicator",
    "reading.record_computed": "record a computed reading",
    "reading.submit": "return a reading",
    "reading.approve": "approve a reading",
    "supply.receive": "record what a body supplied",
    "evidence.load": "load evidence",
    "evidence.decide": "decide on a held release",
}

#: Who may see what is not yet public, of readings, consultations and the like: every officer of the partnership, and nobody else.
MAY_READ_DRAFTS = frozenset(ROLES) - {"resident"}
#: Who may read a plan while it is written: those who write it and those who check it. Others are named, one by one.
MAY_READ_DRAFT_PLANS = frozenset({"manager", "analyst", "lead", "performance", "equality", "auditor"})
#: Who may read a version that is frozen and not public: those who decide on it, too.
MAY_READ_FROZEN_PLANS = MAY_READ_DRAFT_PLANS | {"board", "chair"}


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
