"""The pages of set-up: where one stands among the steps, what was said, and what to mend at its field."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode

from csplan.cycle import invitation, set_up
from csplan.documents import dress
from csplan.evidence import proposal
from csplan.website.pages import register
from csplan.website.pages.people import ROLES
from csplan.website.setting_up import STEPS, SetUp, after, before

#: The longest list of areas that a search answers with.
MOST_AREAS = 40
LONGEST_CONTACT = 200


def frame(step: str) -> dict[str, Any]:
    """Where a step stands: its number, title, and the steps before and after."""
    number = list(STEPS).index(step) + 1
    back = before(step)
    return {
        "step": step,
        "title": STEPS[step],
        "number": number,
        "of": len(STEPS),
        "back": f"/setup/{back}/" if back else "/setup/",
        "skip": f"/setup/{after(step)}/",
    }


def overview(said: SetUp) -> list[dict[str, Any]]:
    """Each step with how it stands, in a word."""
    return [
        {"tag": "Done" if step in said.checked else "To do", "title": title, "path": f"/setup/{step}/"}
        for step, title in STEPS.items()
        if step != "finish"
    ]


def next_step(said: SetUp) -> str:
    """The address of the first step that nobody has saved."""
    return f"/setup/{next((step for step in STEPS if step not in said.checked), 'finish')}/"


def area(said: SetUp, asked: str) -> dict[str, Any]:
    """The search for an area, what it finds, and the one that is chosen."""
    found = proposal.choices(asked) if asked else []
    return {
        "asked": asked,
        "found": [(c.code, c.name, f"{c.words}. {c.code}") for c in found[:MOST_AREAS]],
        "more": max(0, len(found) - MOST_AREAS),
        "taken": said.area or (found[0].code if len(found) == 1 else ""),
        "chosen": chosen(said),
        "notes": said.notes(),
    }


def chosen(said: SetUp) -> str | None:
    """The area chosen, as people call it; None while none is."""
    told = said.described()
    return f"{told['partnership']['area_name']} ({told['partnership']['area_code']})" if told else None


def name_form(said: SetUp) -> dict[str, str]:
    """The fields of the name: what was said, else what is proposed."""
    told = said.described()
    about = told["partnership"] if told else {"name": said.name or "", "slug": said.slug or "", "contact": said.contact or ""}
    return {name: about[name] for name in ("name", "slug", "contact")}


def name_said(sent: Mapping[str, str]) -> dict[str, str]:
    """What was typed. An address left empty is made from the name."""
    words = {name: " ".join(sent.get(name, "").split()) for name in ("name", "slug", "contact")}
    return {**words, "slug": words["slug"] or set_up.slug_of(words["name"])}


def name_problems(words: Mapping[str, str], taken: bool) -> dict[str, str]:
    """{field: what to mend}. taken : whether a folder or a partnership has the address."""
    problems = {}
    if not words["name"]:
        problems["name"] = "Write the name of the partnership"
    elif len(words["name"]) > set_up.LONGEST_NAME:
        problems["name"] = f"Write the name in {set_up.LONGEST_NAME} characters or fewer"
    if wrong := set_up.wrong_slug(words["slug"]) if words["slug"] or words["name"] else None:
        problems["slug"] = wrong
    elif taken:
        problems["slug"] = f"“{words['slug']}” is taken. Choose another address"
    if not words["contact"]:
        problems["contact"] = "Write the office that people write to, never a person"
    elif len(words["contact"]) > LONGEST_CONTACT:
        problems["contact"] = f"Write the office in {LONGEST_CONTACT} characters or fewer"
    return problems


def colours_form(said: SetUp) -> dict[str, str]:
    """The three colours: those chosen, else the house's own."""
    held = said.dress or dress.HOUSE
    return {name: getattr(held, name) for name in dress.NAMES}


def colours_said(sent: Mapping[str, str]) -> dict[str, str]:
    """The three colours as they were typed, tidied."""
    return {name: dress.tidy(sent.get(name, "")) for name in dress.NAMES}


def bodies(said: SetUp, today: date) -> dict[str, Any]:
    """Who takes part: each body with its days, and those that the law names and nobody entered."""
    told = said.described()
    rows = told["bodies"] if told else []
    lacking = [one for one in said.left() if one.step == "authorities" and one.ref != "authorities"]
    return {
        "chosen": chosen(said),
        "rows": [
            {
                "name": b["name"],
                "kind": dict(register.KINDS)[b["kind"]],
                "days": register.days_in_words(b["from_on"], b.get("to_on")),
                "path": f"/setup/authorities/{b['code']}/",
            }
            for b in rows
        ],
        "lacking": [{"words": one.words, "path": f"/setup/authorities/new/?{urlencode({'kind': one.ref})}"} for one in lacking],
    }


def groups(said: SetUp) -> dict[str, Any]:
    """Who meets: each group with its kind and quorum, and what is left."""
    told = said.described()
    rows = told["groups"] if told else []
    return {
        "chosen": chosen(said),
        "rows": [
            {
                "name": g["name"],
                "kind": set_up.GROUP_KINDS[g["kind"]],
                "quorum": f"Quorum: {g['quorum']}" if g.get("quorum") else "No quorum is set",
                "path": f"/setup/groups/{g['slug']}/",
            }
            for g in rows
        ],
        "lacking": [one.words for one in said.left() if one.step == "groups"],
    }


def people(said: SetUp) -> dict[str, Any]:
    """Who is to be invited, and what an invitation may offer."""
    told = said.described()
    names = {b["code"]: b["name"] for b in told["bodies"]} if told else {}
    rows = [
        {"person": one["person"], "role": one["role"].capitalize(), "body": names.get(one.get("body") or "", ""), "place": place}
        for place, one in enumerate(said.invited)
    ]
    return {"rows": rows, "roles": ROLES, "bodies": [("", "No body"), *names.items()]}


def person_problems(words: Mapping[str, str], bodies: Mapping[str, Any]) -> dict[str, str]:
    """{field: what to mend} of a person to invite. bodies : those that there are, by their short names"""
    problems = invitation.wrong_offer(words["role"], words["person"], has_body=bool(words["body"]))
    return problems | ({"body": "Choose a body from the list"} if words["body"] and words["body"] not in bodies else {})


def finish(said: SetUp) -> dict[str, Any]:
    """What will be made, and what is left with the step that asks it."""
    told = said.described()
    left = [{"words": one.words, "path": f"/setup/{one.step}/" if one.step else None} for one in said.left()]
    facts = []
    if told:
        about = told["partnership"]
        facts = [
            ("Area", chosen(said)),
            ("Name", about["name"]),
            ("Address", f"/{about['slug']}/"),
            ("Write to", about["contact"]),
            ("Colours", "Its own" if said.colours else "The program’s own"),
            ("Bodies", str(len(told["bodies"]))),
            ("Groups", str(len(told["groups"]))),
            ("Invitations", str(len(said.invited))),
        ]
    return {"facts": facts, "left": left, "may_finish": told is not None}
