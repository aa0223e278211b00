"""Signing at the desk: what is restated before it is done, which gates are open, and what may be done with each version."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from csplan.cycle import calendar, clock, plan_states, roles
from csplan.cycle import plan as rules
from csplan.documents.sentences import count
from csplan.evidence.plain_words import capital
from csplan.website.pages.plan import STATES
from csplan.website.typed import Typed

#: gate -> (its title, what is true while it is open, the words of its link)
GATES: dict[str, tuple[str, str, str]] = {
    "is_frozen": ("The words are fixed", "It is frozen: its words no longer change.", "The plan at the desk"),
    "consultation_closed": ("The consultation is over", "Every consultation on it has closed.", "The consultation"),
    "consideration_approved": (
        "What people said is considered",
        "A report that says what was made of the answers is approved.",
        "What people said",
    ),
    "equality_complete": ("Equality is assessed", "The assessment of this version is complete and signed.", "The assessment"),
    "meeting_was_quorate": (
        "The board has met with a quorum",
        "A meeting of the board with a quorum is recorded. Choose it below.",
        "Meetings",
    ),
    "approver_is_author": ("You are not its author", "You neither wrote nor froze this version.", ""),
}
NO_MEETING = "No meeting of the board with a quorum is recorded since the version was frozen. Record one."
#: act at the desk -> (the action that it asks, its words as a link, in which order it stands)
ACTS: dict[str, tuple[str, str]] = {
    "agree": ("plan.agree", "Record that the board agreed it"),
    "approve": ("plan.approve", "Record that a further body approved it"),
    "publish": ("plan.publish", "Publish it"),
    "dispatch": ("plan.dispatch", "Record that it was sent to the local policing body"),
    "authorities": ("authority.record", "Record what each authority did about it"),
    "lock": ("plan.lock", "Lock its priorities"),
    "vary": ("plan.vary", "Let locked priorities change"),
    "readers": ("plan.name_reader", "Name who may read it before it is public"),
    "withdraw": ("plan.withdraw", "Withdraw it"),
}


def restated(about: Mapping[str, Any], home: str) -> dict[str, Any]:
    """A version as a confirm page restates it. about : of `reading.signing.about`"""
    n = about["version"]
    return {
        "title": about["title"],
        "name": about["name"],
        "words": f"Version {n}: {STATES[about['state']]}",
        "years": f"{calendar.in_words(about['from'])} to {calendar.in_words(about['to'])}",
        "vision": about["vision"],
        "priorities": about["priorities"],
        "deliverables": capital(count(about["deliverables"], "deliverable")),
        "sha256": about["sha256"],
        "why": about["why"],
        "url": f"{home}plans/{about['slug']}/versions/{n}/",
        "is_example": about["is_example"],
    }


def may_follow(about: Mapping[str, Any], act: str) -> bool:
    """Whether the table of states lets an act be done to a version as it stands."""
    if act == "dispatch":
        return about["state"] in plan_states.AGREED
    return act in plan_states.MAY_FOLLOW[about["state"]].values()


def is_offered(about: Mapping[str, Any], act: str) -> bool:
    """Whether the form of an act is shown: the state lets it, and the bodies that approve have all done so before it is published."""
    if act in ("lock", "vary"):
        return bool(about["has_agreed"])
    waits = bool(about["to_approve"])
    return may_follow(about, act) and (act != "approve" or waits) and (act != "publish" or not waits)


def not_now(about: Mapping[str, Any], act: str) -> str:
    """Why an act is not offered: what the version is now."""
    if about["withdrawn"]:
        return f"{about['name']} is withdrawn: {about['withdrawn']}"
    if act in ("approve", "publish") and may_follow(about, act):
        return approving_words(about)
    if act in ("lock", "vary"):
        return "No version of the plan is agreed, so there is nothing to lock yet."
    return f"{about['name']} is {plan_states.STATES[about['state']]}, so there is nothing to do on this page now."


def who_may(action: str) -> str:
    """Who does what the viewer may not."""
    allowed = " or ".join(f"the {role}" for role in sorted(roles.ACTIONS[action] & set(roles.ROLES)))
    return f"Your role may not {roles.WORDS[action]}. Whoever holds the role of {allowed} does."


def gate_lines(
    gates: Sequence[Mapping[str, Any]],
    consultations: Sequence[Mapping[str, Any]],
    about: Mapping[str, Any],
    home: str,
    leads: Callable[[str], bool],
) -> list[dict[str, Any]]:
    """Each gate with its title, its sentence, and the page that opens it or shows why it is open."""
    urls = gate_urls(consultations, about, home)
    return [_gate(g, urls.get(g["name"], ""), leads) for g in gates]


def _gate(g: Mapping[str, Any], url: str, leads: Callable[[str], bool]) -> dict[str, Any]:
    title, opened, words = GATES[g["name"]]
    shut = NO_MEETING if g["name"] == "meeting_was_quorate" else g["refuses"]
    there = url if url and leads(url) else None
    return {"title": title, "is_open": g["is_open"], "words": opened if g["is_open"] else shut, "url": there, "link": words}


def gate_urls(consultations: Sequence[Mapping[str, Any]], about: Mapping[str, Any], home: str) -> dict[str, str]:
    """Where each gate is opened, or read."""
    asked = f"{home}consultations/{consultations[-1]['slug']}/" if consultations else f"{home}consultations/"
    return {
        "is_frozen": f"{home}desk/plans/{about['slug']}/{about['version']}/",
        "consultation_closed": asked,
        "consideration_approved": f"{asked}results/" if consultations else asked,
        "equality_complete": f"{home}desk/equality/",
        "meeting_was_quorate": f"{home}desk/meetings/",
    }


def lock_line(refuses: str | None, vary: str) -> dict[str, Any]:
    """The lock on the priorities, in the shape of a gate."""
    return {
        "title": "Locked priorities stay as they are",
        "is_open": refuses is None,
        "words": refuses or "No locked priority changes, or the board has agreed that it may.",
        "url": vary if refuses else None,
        "link": "Let them change",
    }


def waits(gates: Sequence[Mapping[str, Any]]) -> str:
    """Why the form is not offered yet; empty where every gate is open."""
    shut = sum(1 for g in gates if not g["is_open"])
    if not shut:
        return ""
    return f"Agreement waits for {count(shut, 'thing')} above. It can be recorded here once each is done."


def duties(found: Mapping[str, Any], home: str) -> dict[str, Any]:
    """The duties as they stand: how many of each status, and those that are not met. found : of `reading.duties.findings`"""
    told = ", ".join(f"{n} {status}" for status, n in found["summary"].items() if n)
    unmet = [
        {"title": r["title"], "words": r["reason"], "url": f"{home}duties/#{r['id']}"}
        for r in found["rules"]
        if r["status"] == "not met"
    ]
    return {"words": f"{capital(told)}." if told else "No duty is asked about.", "unmet": unmet, "url": f"{home}duties/"}


def meeting_options(meetings: Sequence[Any]) -> list[tuple[str, str, str]]:
    """Meetings to choose from: the title, and the day below it."""
    return [(m.ref, m.title, calendar.with_weekday(clock.day_of(m.starts_at))) for m in meetings]


def finding_options(open_still: Mapping[str, str]) -> list[tuple[str, str]]:
    """What is still open, each to be accepted by the board."""
    return [(name, f"The board accepts this: {words}") for name, words in open_still.items()]


def not_accepted(open_still: Mapping[str, str], accepted: Collection[str]) -> str:
    """What to say of findings that were not ticked; empty where every one was."""
    lacking = [words for name, words in open_still.items() if name not in accepted]
    return (
        f"The board has not accepted: {' '.join(lacking)} Tick each that it accepts, or have it mended first." if lacking else ""
    )


def approving_words(about: Mapping[str, Any]) -> str:
    """Which body approves next, and which after it."""
    names = [body["name"] for body in about["to_approve"]]
    if not names:
        return "No further body has to approve it."
    after = f" After it: {', then '.join(names[1:])}." if names[1:] else ""
    return f"{names[0]} approves it next.{after}"


# ---- lock and variation -----------------------------------------------------------------------------


def lock_fields(typed: Typed, meetings: Collection[str]) -> dict[str, Any]:
    """What was typed to lock the priorities."""
    return {
        "meeting": typed.choice("meeting", meetings, "Choose the meeting that decided it"),
        "starts_on": typed.day("starts", "Write the first day of the lock"),
        "ends_on": typed.day("ends", "Write the first day on which the priorities are free again"),
        "waits_for": typed.text("waits_for", longest=200),
    }


def priority_options(priorities: Sequence[Mapping[str, Any]]) -> list[tuple[str, str]]:
    """Priorities to tick."""
    return [(p["ref"], f"{p['ref']} {p['title']}") for p in priorities]


# ---- authorities ------------------------------------------------------------------------------------


def authority_lines(authorities: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Each responsible authority with what it did, in words, and its day."""
    return [
        {"name": a["name"], "tag": (a["part"] or "nothing recorded").capitalize(), "words": authority_words(a)}
        for a in authorities
    ]


def authority_words(a: Mapping[str, Any]) -> str:
    """ "Agreed it on 9 March 2020." """
    if a["part"] is None:
        return "Nothing is recorded of what it did about this version."
    return f"It {rules.PARTS[a['part']]} ({calendar.in_words(a['on'])}).{' ' + a['words'] if a['words'] else ''}"


def part_options() -> list[tuple[str, str]]:
    """What an authority may have done."""
    return [(part, capital(words)) for part, words in rules.PARTS.items()]


# ---- the list ---------------------------------------------------------------------------------------


def index(versions: Sequence[Mapping[str, Any]], held: Collection[str], home: str) -> dict[str, Any]:
    """Every version with its state and what the viewer may do with it now."""
    rows = [
        {
            "title": about["name"],
            "tag": capital(about["state"]),
            "words": f"{capital(plan_states.STATES[about['state']])}.",
            "url": f"{home}plans/{about['slug']}/versions/{about['version']}/"
            if about["sha256"]
            else f"{home}plans/{about['slug']}/",
            "acts": [
                (words, f"{home}desk/plans/{about['slug']}/{about['version']}/{act}/") for act, words in offered(about, held)
            ],
        }
        for about in versions
    ]
    return {"rows": rows, "headline": "What may be signed" if any(r["acts"] for r in rows) else "Nothing is yours to sign now"}


def offered(about: Mapping[str, Any], held: Collection[str]) -> list[tuple[str, str]]:
    """(act, words) of what may be done with a version as it stands, by someone who holds these roles."""
    agreed = about["state"] in plan_states.AGREED
    fits = {
        "agree": may_follow(about, "agree"),
        "approve": is_offered(about, "approve"),
        "publish": is_offered(about, "publish"),
        "dispatch": agreed,
        "authorities": about["sha256"] is not None and not about["withdrawn"],
        "lock": agreed,
        "vary": agreed or (about["has_agreed"] and about["state"] in ("draft", "frozen", "considered")),
        "readers": about["published_at"] is None and not about["withdrawn"],
        "withdraw": may_follow(about, "withdraw") and rules.WITHDRAWN_BY[agreed] in held,
    }
    return [(act, words) for act, (action, words) in ACTS.items() if fits[act] and roles.may(action, held)]


def offered_of_plan(about: Mapping[str, Any], held: Collection[str]) -> list[tuple[str, str]]:
    """(act, words) of what may be done with the whole plan while this version is its agreed one, or its first draft after another plan."""
    is_agreed = about["state"] in plan_states.AGREED
    is_new = about["state"] == "draft" and about["follows"] is not None
    may = {action: roles.may(action, held) for action in ("plan.review", "plan.refresh", "plan.close")}
    found = [("review", "Review the plan")] if is_agreed and may["plan.review"] else []
    if is_agreed and may["plan.refresh"]:
        found.append(("refresh", "Begin the plan that follows"))
    elif is_new and may["plan.refresh"]:
        found.append(("refresh", "Close the priorities that it leaves out"))
    elif is_agreed and may["plan.close"]:
        found.append(("refresh", "Close the plan"))
    return found
