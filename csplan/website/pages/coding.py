"""Themes, coding, agreement and the report on a consultation, as the desk prints them."""

import textwrap
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from csplan.cycle import calendar, plan_changes, suggest
from csplan.documents.sentences import count
from csplan.evidence.plain_words import capital
from csplan.records.actions.theme import LONGEST_TITLE
from csplan.records.reading.coding import Progress
from csplan.website.pages import plan_comments
from csplan.website.pages.plan_versions import address
from csplan.website.typed import Said, Typed

#: The choice that no theme fits, apart from the themes so that nothing is kept by a slip.
NONE_FITS = "none"
WHOLE_PLAN = ("", "The plan as a whole")
#: How many comments under a theme are shown on one page.
MOST = 50


def home(partnership: str, slug: str) -> str:
    """The address of a consultation at the desk."""
    return f"/{partnership}/desk/consultations/{slug}/"


def trail(title: str, at_desk: str, *below: tuple[str, str | None]) -> list[tuple[str, str | None]]:
    """Where a page stands, from the room of consultations down."""
    return [("Consultations", at_desk.rsplit("/", 2)[0] + "/"), (title, at_desk), *below]


def clause_options(clauses: Mapping[str, str]) -> list[tuple[str, str]]:
    """Clauses as a list offers them."""
    return [WHOLE_PLAN, *((address, textwrap.shorten(words, 110, placeholder=" …")) for address, words in clauses.items())]


# ---- themes -----------------------------------------------------------------------------------------


def themes(rows: Sequence[Mapping[str, Any]], at_desk: str) -> dict[str, Any]:
    """The list: those that wait for a decision first."""
    waiting = sum(not t["is_decided"] for t in rows)
    told = "No theme is named yet" if not rows else "Every theme is decided"
    if waiting:
        told = f"{capital(count(waiting, 'theme'))} {'waits' if waiting == 1 else 'wait'} for a decision"
    lines = [theme_line(t, at_desk) for t in rows]
    return {"headline": told, "rows": sorted(lines, key=lambda r: r["is_decided"])}


def theme_line(t: Mapping[str, Any], at_desk: str) -> dict[str, Any]:
    """A theme in a line: what was said, by how many comments, and what was decided."""
    about = f" About: {t['clause_title']}." if t["clause_title"] else ""
    return {
        "ref": t["ref"],
        "title": t["title"],
        "said": t["words"],
        "url": f"{at_desk}themes/{t['ref']}/",
        "tag": capital(t["decision_words"]) if t["is_decided"] else "To decide",
        "words": f"{capital(count(t['comments'], 'comment'))}.{about}",
        "is_decided": t["is_decided"],
        "is_example": t["is_example"],
    }


def theme(t: Mapping[str, Any], plan: Mapping[str, Any], groups: Mapping[str, str], home: str) -> dict[str, Any]:
    """One theme, with each passage that was changed for it before and after."""
    decided = f"Decided on {calendar.in_words(t['decided_on'])}." if t["decided_on"] else ""
    shown = [plan_comments.passage(p, plan, groups, home) for p in t["passages"]]
    hidden = t["changes"] and not shown
    return {
        "decision": capital(t["decision_words"]) if t["is_decided"] else None,
        "decided": decided,
        "passages": shown,
        "hidden": "The text was changed in a version that you may not read yet." if hidden else None,
        "about": t["clause_title"] or "the plan as a whole",
        "comments": capital(count(t["comments"], "comment")) + " counted under it",
    }


def named(typed: Typed, clauses: Collection[str]) -> dict[str, str]:
    """What was typed to name a theme, or to word it anew."""
    return {
        "title": typed.text("title", "Write a short title, such as “Street lighting”", longest=LONGEST_TITLE),
        "words": typed.text("words", "Write in a sentence what people said", longest=2_000),
        "clause": typed.choice("clause", {"", *clauses}, "Choose a clause of this version, or the plan as a whole"),
    }


def changes(
    asked: Any, versions: Sequence[tuple[Any, Sequence[Mapping[str, Any]]]], said: Mapping[int, Collection[str]], home: str
) -> list[dict[str, Any]]:
    """What each later version says otherwise, as boxes to tick.

    asked : the version people were asked about;  versions : (version, its differences);  said : boxes ticked of each
    """
    return [
        {
            "name": f"changes-{version.number}",
            "number": version.number,
            "title": f"version {version.number}",
            "is_draft": not hasattr(version, "seal"),
            "options": [(d["clause"], capital(_differs(d))) for d in differences],
            "ticked": said.get(version.number, ()),
            "url": address((asked.plan.slug, asked.number), (asked.plan.slug, version.number), home),
        }
        for version, differences in versions
        if differences
    ]


def _differs(d: Mapping[str, Any]) -> str:
    title = d["title"] if not d["words"] or d["words"] == d["title"] else f"{d['title']}: {d['words']}"
    short = textwrap.shorten(str(title), 110, placeholder=" …")
    return short if d["kind"] == "changed" else f"{short} ({'new' if d['kind'] == 'added' else 'left out'})"


def decided(typed: Typed, versions: Mapping[int, Any], offered: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """What was typed to decide on a theme. offered : of `changes`"""
    ticked = {group["number"]: typed.choices(group["name"], [clause for clause, _ in group["options"]]) for group in offered}
    chosen = {number: clauses for number, clauses in ticked.items() if clauses}
    if len(chosen) > 1:
        name = f"changes-{max(chosen)}"
        typed.problems[name] = "Tick clauses of one version only: the one in which the change was made"
    number = next(iter(chosen), None)
    return {
        "disposition": typed.choice("disposition", plan_changes.DISPOSITIONS, "Choose what is done about it"),
        "reason": typed.text("reason", "Write why, in words that the people who said it would understand", longest=5_000),
        "changes": chosen[number] if number is not None else [],
        "changed_in": versions[number] if number is not None else None,
    }


def dispositions() -> list[tuple[str, str]]:
    """What may be decided, as a list offers it."""
    return [(name, capital(words)) for name, words in plan_changes.DISPOSITIONS.items()]


# ---- coding -----------------------------------------------------------------------------------------


def progress(p: Progress) -> dict[str, Any]:
    """How far the coding is, in words and as a list of facts."""
    if p.left:
        told = f"{capital(count(p.left, 'comment'))} {'waits' if p.left == 1 else 'wait'} for you to code"
    elif not p.comments:
        told = "Nobody wrote in their own words, so there is nothing to code"
    else:
        told = "There is nothing for you to code just now"
    facts = [
        ("Comments in people’s own words", f"{p.comments:,}"),
        ("Waiting for masking", f"{p.unmasked:,}"),
        ("Coded by anyone", f"{p.coded:,}"),
        ("Coded by you", f"{p.by_you:,}"),
    ]
    cannot = ""
    if p.unmasked:
        many = capital(count(p.unmasked, "comment"))
        cannot = (
            f"{many} cannot be coded yet: an officer first confirms what is covered in {'it' if p.unmasked == 1 else 'them'}."
        )
    return {"headline": told, "facts": facts, "twice": p.twice, "again": p.again, "unmasked_words": cannot, "left": p.left}


def task(
    told: Mapping[str, Any], themes: Sequence[Any], clauses: Mapping[str, str], said: Said, ticked: Collection[str]
) -> dict[str, Any]:
    """One comment with its boxes. said, ticked : what stands in the form"""
    because = {s.theme: suggested(s) for s in told["suggestions"]}
    rows = [
        {
            "ref": t.ref,
            "title": t.title,
            "words": t.words,
            "suggested": because.get(t.ref),
            "ticked": t.ref in ticked,
            "key": str(n) if n < 10 else None,
        }
        for n, t in enumerate(themes, start=1)
    ]
    alike = told["alike"]
    on = told["on_clause"]
    return {
        **told,
        "rows": rows,
        "none_ticked": NONE_FITS in ticked,
        "clauses": clause_options(clauses),
        "clause": said["clause"] or (on if on in clauses and not ticked else ""),
        "on_clause_words": clauses.get(on, on) if on else None,
        "alike_words": f"{capital(count(alike, 'more answer'))} {'is' if alike == 1 else 'are'} in the very same words"
        if alike
        else None,
        "alike_ticked": bool(said["alike"]) or (alike > 0 and "do" not in said),
    }


def suggested(s: suggest.Suggestion) -> str:
    """Why a theme is suggested."""
    words = ", ".join(s.words)
    near = f"like a comment that you coded ({words})" if s.because == suggest.NEAR else words
    return f"Suggested, from words alone: {near}"


def coded(typed: Typed, themes: Collection[str], clauses: Collection[str]) -> dict[str, Any]:
    """What was typed to code or to settle a comment."""
    ticked = typed.choices("themes", [*themes, NONE_FITS])
    if not ticked:
        typed.problems["themes"] = "Tick each theme that the comment speaks of, or “No theme fits”"
    elif NONE_FITS in ticked and len(ticked) > 1:
        typed.problems["themes"] = "Tick themes, or “No theme fits”, and not both"
    clause = typed.choice("clause", {"", *clauses}, "Choose a clause of this version, or the plan as a whole")
    return {"themes": [ref for ref in ticked if ref != NONE_FITS], "clause": clause}


# ---- agreement --------------------------------------------------------------------------------------


def agreement(found: Mapping[str, Any]) -> dict[str, Any]:
    """How far two coders agree: a sentence, and a table with a line for each theme."""
    if found["why"]:
        return {"headline": "Nothing was coded twice yet", "why": found["why"], "rows": [], "pooled": None, "facts": []}
    facts = [
        ("Comments coded by two people", f"{found['comments']:,}"),
        ("Of these, with words of their own", f"{found['distinct']:,}"),
        ("Coded differently", f"{found['differed']:,}"),
        ("Settled", f"{found['settled']:,}"),
    ]
    pooled = found["pooled"]
    return {
        "headline": pooled["words"].rstrip("."),
        "why": None,
        "words": found["words"],
        "facts": facts,
        "pooled": {**kappa(pooled), "title": "All themes together"},
        "rows": [{**kappa(t), "title": t["title"], "ref": t["ref"], "both": t["both"], "one": t["one"]} for t in found["themes"]],
    }


def waits(n: int) -> str:
    """How many differences are left to settle."""
    return (
        "One comment waits to be settled" if n == 1 else f"{capital(count(n, 'comment'))} wait to be settled: the first of them"
    )


def kappa(k: Mapping[str, Any]) -> dict[str, Any]:
    """A kappa in figures and in words."""
    if k["kappa"] is None:
        return {"value": "Not defined", "range": "", "share": _share(k["agreement"]), "words": k["words"]}
    limits = f"{_signed(k['low'])} to {_signed(k['high'])}" if k["low"] is not None else "No range"
    words = f"{k['words']} {k['note']}".strip()
    return {"value": _signed(k["kappa"]), "range": limits, "share": _share(k["agreement"]), "words": words}


def _signed(value: float) -> str:
    return f"{value:.2f}".replace("-0.00", "0.00").replace("-", "−")


def _share(value: float | None) -> str:
    return "" if value is None else f"{value:.0%}"


def disagreement(told: Mapping[str, Any], codings: Mapping[int, Sequence[str]], titles: Mapping[str, str]) -> dict[str, Any]:
    """A comment with what each of the two found, in the order in which they coded."""
    found = [[titles.get(ref, ref) for ref in refs] for refs in codings.values()]
    return {
        **told,
        "found": [("First", ", ".join(found[0]) or "No theme"), ("Second", ", ".join(found[1]) or "No theme")],
        "both": [ref for ref in titles if all(ref in refs for refs in codings.values())],
    }
