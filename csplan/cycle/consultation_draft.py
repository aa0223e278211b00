"""A consultation while it is prepared: templates to begin from, and its questions changed one at a time.

A draft is the mapping that `actions.consultation.plan` takes; each function gives a new one and leaves the old as it was.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from csplan.cycle import about_you
from csplan.cycle.consultation import Question
from csplan.errors import CsplanError

Draft = Mapping[str, Any]
#: What a consultation can begin as.
TEMPLATES: dict[str, str] = {
    "whole": "The plan and each of its priorities, with both families of questions and questions about the person",
    "short": "Four questions on one page: what people see, how far they agree, what they would change",
}

#: How a choice begins that takes the questions of another consultation, before its slug.
LIKE = "like-"


def template(name: str, priorities: Sequence[tuple[str, str]]) -> list[dict[str, Any]]:
    """The questions to begin with. priorities : (reference, title) of each priority of the version"""
    if name not in TEMPLATES:
        raise CsplanError(f"There is no template “{name}”. Choose one of: {', '.join(TEMPLATES)}.")
    levels = [_more_or_less(), _seen()] if name == "whole" else [_seen()]
    each = [_agree_priority(ref, title) for ref, title in priorities] if name == "whole" else []
    about = about_you.questions() if name == "whole" else [about_you.consent()]
    return [
        *levels,
        _agree_plan(),
        *each,
        *([_put_first(priorities)] if name == "whole" and len(priorities) > 1 else []),
        _change(),
        *about,
    ]


def _more_or_less() -> dict[str, Any]:
    return {
        "ref": "more-or-less",
        "kind": "single",
        "family": "levels",
        "words": "Compared with a year ago, is there more or less crime and disorder where you live or work?",
        "options": ["Much more", "A little more", "About the same", "A little less", "Much less", "I do not know"],
    }


def _seen() -> dict[str, Any]:
    return {
        "ref": "what-you-see",
        "kind": "text",
        "family": "levels",
        "words": "What should we know about crime and disorder where you live or work?",
        "hint": "Do not name anyone, and do not describe a crime that has not been reported.",
    }


def _agree_plan() -> dict[str, Any]:
    return {
        "ref": "plan",
        "kind": "agree",
        "family": "priorities",
        "words": "How far do you agree with the draft plan as a whole?",
    }


def _agree_priority(ref: str, title: str) -> dict[str, Any]:
    words = f"Priority {ref}: {title}. How far do you agree?"
    return {"ref": f"priority-{ref}", "kind": "agree", "family": "priorities", "words": words, "clause": f"priority/{ref}"}


def _put_first(priorities: Sequence[tuple[str, str]]) -> dict[str, Any]:
    return {
        "ref": "put-first",
        "kind": "rank",
        "family": "priorities",
        "words": "Which priorities should come first?",
        "hint": "Number those that matter most to you, 1 for the first. You need not number all.",
        "options": [title for _, title in priorities],
    }


def _change() -> dict[str, Any]:
    return {
        "ref": "what-to-change",
        "kind": "text",
        "family": "priorities",
        "words": "What would you change in the plan, or add to it?",
    }


# ---- one question at a time -------------------------------------------------------------------------


def put(draft: Draft, question: Mapping[str, Any], *, instead_of: str = "") -> dict[str, Any]:
    """The draft with a question in the place of another, or at the end."""
    held = [dict(q) for q in draft["questions"]]
    place = next((i for i, q in enumerate(held) if q["ref"] == instead_of), None)
    if place is None:
        # Before the questions about the person, which stand last.
        place = next((i for i, q in enumerate(held) if q["family"] == "about" and question["family"] != "about"), len(held))
        held.insert(place, dict(question))
    else:
        held[place] = dict(question)
    return {**draft, "questions": held}


def take_out(draft: Draft, ref: str) -> dict[str, Any]:
    """The draft without a question, and without its words in other languages. Refused while another follows on it."""
    follows = [q["ref"] for q in draft["questions"] if q.get("only_if", {}).get("question") == ref]
    if follows:
        raise CsplanError(f"Question {', '.join(follows)} follows on this one. Change that first.")
    told = [{**t, "words": _without(t["words"], ref)} for t in draft.get("translations", ())]
    return {**draft, "questions": [q for q in draft["questions"] if q["ref"] != ref], "translations": told}


def _without(words: Mapping[str, Any], ref: str) -> dict[str, Any]:
    """The words of a language without those of a question."""
    asked = {name: said for name, said in words.get("questions", {}).items() if name != ref}
    return {**words, "questions": asked} if "questions" in words else dict(words)


def move(draft: Draft, ref: str, by: int) -> dict[str, Any]:
    """The draft with a question one place up (-1) or down (1); at either end it stays."""
    held = list(draft["questions"])
    at = next(i for i, q in enumerate(held) if q["ref"] == ref)
    to = min(max(at + by, 0), len(held) - 1)
    held.insert(to, held.pop(at))
    return {**draft, "questions": held}


def reference(words: str, taken: Sequence[str]) -> str:
    """A short name for a question, from its words, that no other has."""
    plain = "-".join(re.findall(r"[a-z0-9]+", words.casefold())[:4])[:40].strip("-") or "question"
    number, ref = 1, plain
    while ref in taken:
        number += 1
        ref = f"{plain}-{number}"
    return ref


def words_to_translate(title: str, introduction: str, questions: Sequence[Question]) -> dict[str, Any]:
    """Every word of a consultation in the shape that a translation has, to be written over in another language."""
    return {
        "title": title,
        "introduction": introduction,
        "questions": {
            q.ref: {
                "words": q.words,
                **({"hint": q.hint} if q.hint else {}),
                **({"options": list(q.choices)} if q.choices else {}),
            }
            for q in questions
        },
    }
