"""Consultations: the hub, one of them, its form, its receipt, and what was said."""

from collections.abc import Mapping, Sequence
from typing import Any

from csplan.cycle import calendar, clock
from csplan.cycle import consultation as rules
from csplan.documents.sentences import count
from csplan.evidence.plain_words import capital, listed
from csplan.website.context import leads_somewhere
from csplan.website.pages import answering
from csplan.website.pages.answering import Written
from csplan.website.pages.plan import shortened

#: Where answers come from, in words.
SOURCES = {"web": "on this site", "paper": "on paper", "email": "by e-mail", "meeting": "at a meeting"}


def index(consultations: Sequence[dict[str, Any]], earlier: Sequence[dict[str, Any]], home: str) -> dict[str, Any]:
    """The hub: what is open, what is closed, what is decided, and results from before. groups : those in which something stands"""
    is_open = sum(c["state"] == "open" for c in consultations)
    lede = (
        f"{capital(count(is_open, 'consultation'))} {'is' if is_open == 1 else 'are'} open for answers. No account is needed."
        if is_open
        else "Nothing was open for answers on this day."
    )
    doors = [{**c, "url": address(c, home), "words": _door_words(c)} for c in consultations]
    groups = [
        ("Open for answers", [d for d in doors if d["state"] == "open"]),
        ("Closed, not decided yet", [d for d in doors if d["state"] != "open" and not d["decided_at"]]),
        ("Decided", [d for d in doors if d["state"] != "open" and d["decided_at"]]),
    ]
    told = [{**e, "facts": _earlier_facts(e)} for e in earlier]
    return {"lede": lede, "groups": [(title, rows) for title, rows in groups if rows], "before": told}


def _door_words(c: Mapping[str, Any]) -> str:
    decided = f" Report on the answers approved on {calendar.in_words(clock.day_of(c['decided_at']))}." if c["decided_at"] else ""
    return f"{c['window']}{decided}"


def _earlier_facts(e: Mapping[str, Any]) -> list[tuple[str, str]]:
    """(label, words) of a result that was published elsewhere."""
    days = [calendar.in_words(day) for day in (e["opened_on"], e["closed_on"]) if day]
    measured = [(f["words"], _figure(f)) for f in e["figures"]]
    said = [("Asked", " to ".join(days)), ("Answers", f"{e['received']:,}" if e["received"] is not None else "")]
    return [(label, words) for label, words in [*said, *measured, ("What was decided", e["outcome"])] if words]


def _figure(f: Mapping[str, Any]) -> str:
    sign = "%" if f.get("unit") == "percent" else ""
    low, high = f["low"], f["high"]
    told = f"{low}{sign}" if low == high else f"{low}{sign} to {high}{sign}"
    between = f.get("interval")
    return f"{told} (95% interval {between['low']:.0f}% to {between['high']:.0f}%, worked out here)" if between else told


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
        "paper_form": paper_form(address(about, home)),
        "longer": [_longer(e) for e in found["extensions"]],
        "lang": lang(found["language"]),
        "tail": tail(found["language"]),
        "in_words": languages(found, address(about, home)),
    }


def paper_form(at: str) -> str | None:
    """The address of the form to print, where there is one."""
    return f"{at}paper-form.pdf" if leads_somewhere(f"{at}paper-form.pdf") else None


def _longer(e: Mapping[str, Any]) -> dict[str, str]:
    """A later closing day in words."""
    made = calendar.in_words(clock.day_of(e["extended_at"]))
    return {"words": f"On {made} the closing day became {calendar.with_weekday(e['closes_on'])}.", **e}


def lang(language: str | None) -> str | None:
    """The language of words for a browser that reads aloud; None where they are in that of the page."""
    return None if language in (None, "easy-read") else language


def tail(language: str | None) -> str:
    """What stands at the end of an address so that it keeps a language."""
    return f"?language={language}" if language else ""


def languages(found: Mapping[str, Any], at: str) -> list[dict[str, Any]]:
    """The languages to choose from, with the first: {name, address, lang, here}; empty where there is one only."""
    others = [
        {
            "name": t["name"],
            "address": f"{at}{tail(t['language'])}",
            "lang": lang(t["language"]),
            "here": t["language"] == found["language"],
        }
        for t in found["languages"]
    ]
    return [{"name": "English", "address": at, "lang": None, "here": not found["language"]}, *others] if others else []


def received_words(found: dict[str, Any]) -> str:
    """How many answers have come, and by which way."""
    if found["consultation"]["state"] == "closed" and not found["responses"]["received"]:
        return "No answers are held here."
    told, so_far = found["responses"], "" if found["consultation"]["state"] == "closed" else " so far"
    ways = [f"{told[source]:,} {words}" for source, words in SOURCES.items() if told[source]]
    by = f": {listed(ways)}" if ways else ""
    return f"{capital(count(told['received'], 'answer'))} received{so_far}{by}."


# ---- the form ---------------------------------------------------------------------------------------


def _common(found: Mapping[str, Any], written: Written, home: str) -> dict[str, Any]:
    """What every page of an answer prints and carries on."""
    at = address(found["consultation"], home)
    return {
        "consultation": found["consultation"],
        "url": at,
        "version_url": version_address(found["consultation"]["plan"], home),
        "form_key": written.form_key,
        "kept_key": written.kept,
        "way": written.way,
        "lang": lang(found["language"]),
        "tail": tail(found["language"]),
        "is_easy": found["language"] == "easy-read",
        "longest": rules.LONGEST_TEXT,
    }


def errors(problems: Mapping[str, str]) -> dict[str, str]:
    """{field: sentence} for {question ref, or `passages`: sentence}."""
    return {ref if ref == "passages" else answering.name(ref): words for ref, words in problems.items()}


def form(
    found: dict[str, Any], written: Written, passages: Sequence[dict[str, Any]], problems: Mapping[str, str], home: str
) -> dict[str, Any]:
    """The form on one page, with what was written in it and what to do about it. problems : {question ref: sentence}"""
    return {
        **_common(found, written, home),
        "errors": errors(problems),
        "asked": answering.asked(found["questions"], written),
        "passages": passages,
        "in_words": languages(found, f"{address(found['consultation'], home)}respond/whole/"),
    }


def step(
    found: dict[str, Any], written: Written, ref: str, problems: Mapping[str, str], home: str, *, then: str
) -> dict[str, Any]:
    """One question on a page of its own. then : "check" where the check page sent here"""
    by_ref = {q["ref"]: q for q in found["questions"]}
    asked = [q["ref"] for q in answering.asked_of(found["questions"], written)]
    shown = answering.question(by_ref[ref], written, by_ref, starts=True)
    others = [q for q in found["questions"] if q["ref"] != ref]
    return {
        **_common(found, written, home),
        "errors": errors(problems),
        "q": {**shown, "follows": None},
        "ref": ref,
        "place": f"Question {asked.index(ref) + 1} of {len(asked)}",
        "is_first": asked[0] == ref,
        "then": then,
        "carried": answering.hidden(others, written),
    }


def check(
    found: dict[str, Any], written: Written, passages: Sequence[dict[str, Any]], problems: Mapping[str, str], home: str
) -> dict[str, Any]:
    """What was answered, to be read once more before it is sent."""
    asked = answering.asked_of(found["questions"], written)
    rows = [
        {"ref": q["ref"], "field": answering.name(q["ref"]), "words": q["words"], "said": answering.words_of(q, written.raw)}
        for q in asked
    ]
    return {
        **_common(found, written, home),
        "errors": errors(problems),
        "rows": rows,
        "passages": passages,
        "carried": answering.hidden(found["questions"], written),
    }


def draft(
    found: dict[str, Any], written: Written, shown: Mapping[str, Any], problems: Mapping[str, str], home: str
) -> dict[str, Any]:
    """The draft to comment on. shown : of `pages.drafting.page`"""
    carried = answering.hidden(found["questions"], written, passages=False)
    return {**_common(found, written, home), **shown, "errors": dict(problems), "carried": carried}


def again(found: dict[str, Any], written: Written, home: str) -> dict[str, Any]:
    """An answer that is given back with a button to send it: its words, and the fields that carry it."""
    said = answering.words_said(found["questions"], written)
    return {**_common(found, written, home), "said": said, "carried": answering.hidden(found["questions"], written)}


def receipt(code: str, found: dict[str, Any], written: Written, home: str, *, was_held: bool) -> dict[str, Any]:
    """A receipt to show. The words are left out where the form had been sent before: only the first answer is held."""
    shown = again(found, written, home)
    return {**shown, "receipt": {"code": code, "was_held": was_held, "said": [] if was_held else shown["said"]}}


def late(refusal: str, found: dict[str, Any], written: Written, home: str) -> dict[str, Any]:
    """An answer that was not taken: why, and the words to copy. may_send : whether a button sends it again"""
    write_to = found["consultation"]["write_to"]
    return {**again(found, written, home), "refusal": refusal, "write_to": write_to, "may_send": False}


def copy(code: str, found: dict[str, Any], written: Written, address_here: str) -> str:
    """What a person may keep of an answer: a text of its own, made from the words of the form."""
    about = found["consultation"]
    said = answering.words_said(found["questions"], written)
    parts = [
        about["title"],
        "A copy of your answer",
        f"Receipt: {code}",
        f"Check at any time that it is in: {address_here}receipt/",
    ]
    return "\r\n\r\n".join([*parts, *(f"{asked}\r\n{_indented(words)}" for asked, words in said)]) + "\r\n"


def _indented(words: str) -> str:
    return "\r\n".join(f"    {line}" for line in words.splitlines())
