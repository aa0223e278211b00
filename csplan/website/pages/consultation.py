"""Consultations: the hub, one of them, its form, its receipt, and what was said."""

from collections.abc import Mapping, Sequence
from typing import Any

from csplan.cycle import consultation as rules
from csplan.documents.sentences import count
from csplan.evidence.plain_words import capital, listed
from csplan.website.pages.plan import shortened

#: family of questions -> its heading in the form
HEADINGS = {"levels": "Where you live or work", "priorities": "What the plan should put first", "about": "About you"}
#: Where answers come from, in words.
SOURCES = {"web": "on this site", "paper": "on paper", "email": "by e-mail", "meeting": "at a meeting"}


def index(consultations: Sequence[dict[str, Any]], home: str) -> dict[str, Any]:
    """The hub: what is open first."""
    is_open = sum(c["state"] == "open" for c in consultations)
    lede = (
        f"{capital(count(is_open, 'consultation'))} {'is' if is_open == 1 else 'are'} open for answers. No account is needed."
        if is_open
        else "Nothing was open for answers on this day."
    )
    return {"lede": lede, "doors": [{**c, "url": address(c, home)} for c in consultations]}


def address(about: Mapping[str, Any], home: str) -> str:
    """Where a consultation stands."""
    return f"{home}consultations/{about['slug']}/"


def version_address(plan: Mapping[str, Any], home: str) -> str:
    """Where the frozen words stand that people are asked about."""
    return f"{home}plans/{plan['slug']}/versions/{plan['version']}/"


def page(found: dict[str, Any], home: str, *, may_write: bool) -> dict[str, Any]:
    """Everything the page of one consultation prints. may_write : False on an earlier day"""
    about = found["consultation"]
    plan = about["plan"]
    return {
        "url": address(about, home),
        "may_answer": may_write and about["state"] == "open",
        "is_open": about["state"] == "open",
        "is_closed": about["state"] == "closed",
        "received_words": received_words(found),
        "version_url": version_address(plan, home),
        "version_title": f"{plan['title']}, version {plan['version']}",
        "fingerprint": shortened(about["plan_version_sha256"]),
    }


def received_words(found: dict[str, Any]) -> str:
    """How many answers have come, and by which way."""
    if found["consultation"]["state"] == "closed" and not found["responses"]["received"]:
        return "No answers are held here."
    told, so_far = found["responses"], "" if found["consultation"]["state"] == "closed" else " so far"
    ways = [f"{told[source]:,} {words}" for source, words in SOURCES.items() if told[source]]
    by = f": {listed(ways)}" if ways else ""
    return f"{capital(count(told['received'], 'answer'))} received{so_far}{by}."


def results(found: dict[str, Any], home: str) -> dict[str, Any]:
    """What was said: a table for each question, or why there is none; and what was made of it."""
    about = found["consultation"]
    return {
        "url": address(about, home),
        "received_words": received_words(found),
        "tables": [_tally(t) for t in found["tallies"]],
        "fingerprint": found["root_sha256"],
    }


def _tally(t: dict[str, Any]) -> dict[str, Any]:
    return {
        "caption": t["words"],
        "sub": f"{capital(count(t['answered'], 'person', 'people'))} answered this question",
        "heads": ["Answer", "People"],
        "rows": [(c["choice"], f"{c['count']:,}") for c in t["choices"]],
        "numeric": (1,),
    }


# ---- the form ---------------------------------------------------------------------------------------


def field(ref: str) -> str:
    """The name of a question's field: also its id, to which the list of problems leads."""
    return f"answer-{ref}"


def answers(questions: Sequence[dict[str, Any]], sent: Mapping[str, str]) -> dict[str, str]:
    """{question ref: what was sent}, empty words for a question left out."""
    return {q["ref"]: sent.get(field(q["ref"]), "") for q in questions}


def form(found: dict[str, Any], said: Mapping[str, str], problems: Mapping[str, str], form_key: str, home: str) -> dict[str, Any]:
    """The form, with what was written in it and what to do about it. problems : {question ref: sentence}"""
    first = {q["family"]: q["ref"] for q in reversed(found["questions"])}
    return {
        "consultation": found["consultation"],
        "url": address(found["consultation"], home),
        "version_url": version_address(found["consultation"]["plan"], home),
        "form_key": form_key,
        "errors": {field(ref): words for ref, words in problems.items()},
        "longest": rules.LONGEST_TEXT,
        "asked": [_question(q, said.get(q["ref"], ""), starts=q["ref"] == first[q["family"]]) for q in found["questions"]],
    }


def _question(q: dict[str, Any], said: str, *, starts: bool) -> dict[str, Any]:
    """A question as the form asks it; the first of its family stands under a heading."""
    return {
        "field": field(q["ref"]),
        "words": f"{q['words']} (needed)" if q["is_needed"] else q["words"],
        "hint": q["hint"] or None,
        "choices": [(choice, choice) for choice in q["choices"]],
        "last_apart": bool(q["choices"]) and q["choices"][-1] == rules.RATHER_NOT,
        "said": said,
        "heading": HEADINGS[q["family"]] if starts else None,
        "is_about_person": q["family"] == "about",
    }


def words_said(questions: Sequence[dict[str, Any]], said: Mapping[str, str]) -> list[tuple[str, str]]:
    """(question, words) for what was written, to be read or copied."""
    return [(q["words"], said[q["ref"]].strip()) for q in questions if said[q["ref"]].strip()]


def receipt(code: str, questions: Sequence[dict[str, Any]], said: Mapping[str, str], *, was_held: bool) -> dict[str, Any]:
    """A receipt to show. The words are left out where the form had been sent before: only the first answer is held."""
    return {"code": code, "was_held": was_held, "said": [] if was_held else words_said(questions, said)}


def late(refusal: str, found: dict[str, Any], said: Mapping[str, str], home: str) -> dict[str, Any]:
    """An answer that was not taken: why, and the words to copy."""
    return {
        "refusal": refusal,
        "consultation": found["consultation"],
        "url": address(found["consultation"], home),
        "said": words_said(found["questions"], said),
        "write_to": found["consultation"]["write_to"],
    }
