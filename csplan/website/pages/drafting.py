"""The draft that people are asked about, clause by clause, each with a place for a comment; and the comments as they travel with an answer."""

import re
from collections.abc import Mapping, Sequence
from html import unescape
from typing import Any

from csplan.cycle import consultation as rules
from csplan.cycle import plan_text, plan_values
from csplan.errors import CsplanError
from csplan.website.pages.answering import PASSAGE
from csplan.website.pages.plan_words import Figures, html

Draft = Mapping[str, Mapping[str, Any]]
#: kind of clause -> the level of its heading; others stand at the highest
LEVELS = {"work-area": 3, "deliverable": 4, "alignment": 3, "assurance-area": 3, "risk": 3, "dependency": 3, "resource": 3}
#: Kinds that stand together under a heading of their own.
GROUPS = {
    "alignment": "Other strategies",
    "assurance-area": "Led elsewhere",
    "risk": "Risks",
    "dependency": "What it depends on",
    "resource": "Resources",
}
#: Forms of fields that are references of the plan and not words to comment on.
NOT_WORDS = frozenset({"refs", "limbs", "pairs", "group"})
LONGEST_QUOTE, LONGEST_LABEL = 1000, 90
WHOLE = "All of it"


def page(
    draft: Draft, figures: Figures, passages: Sequence[Mapping[str, str]], new: Mapping[str, tuple[str, str]]
) -> dict[str, Any]:
    """{clauses, contents, problems, most}. new : {address: (quote, words)} of comments that were written and could not be taken"""
    clauses = [_clause(address, values, figures, passages, new.get(address, ("", ""))) for address, values in draft.items()]
    for before, c in zip([None, *clauses], clauses, strict=False):
        c["group"] = GROUPS.get(c["kind"]) if before is None or before["kind"] != c["kind"] else None
    elsewhere = [p for p in passages if p["clause"] not in draft]
    return {
        "clauses": clauses,
        "contents": [row for c in clauses for row in _contents(c)],
        "elsewhere": [(f"passage-{part}", p[part]) for p in elsewhere for part in PASSAGE],
        "longest": rules.LONGEST_TEXT,
    }


def _contents(c: Mapping[str, Any]) -> list[tuple[str, str]]:
    """(address on the page, title) of what the list of parts names: chapters, priorities, and groups by their first clause."""
    if c["group"]:
        return [(f"group-{c['kind']}", c["group"])]
    return [(c["id"], c["title"])] if c["level"] == 2 else []


def ident(address: str) -> str:
    """The name of a clause in a form and in an address of the page."""
    return re.sub(r"[^a-z0-9-]", "-", address.lower())


def _clause(
    address: str, values: Mapping[str, Any], figures: Figures, passages: Sequence[Mapping[str, str]], new: tuple[str, str]
) -> dict[str, Any]:
    kind, _ = plan_text.part_of(address)
    title = plan_text.title_of(address, values)
    is_long = kind.name == "deliverable"
    is_named = is_long or kind.name in ("section", "alignment") or not values.get("title")
    at = ident(address)
    body = _html(kind, values, figures)
    held = [{**p, "id": f"passage-{at}-{n}"} for n, p in enumerate((p for p in passages if p["clause"] == address), start=1)]
    return {
        "address": address,
        "kind": kind.name,
        "id": f"clause-{at}",
        "level": LEVELS.get(kind.name, 2),
        "title": title if is_named else f"{title}: {values['title']}",
        "opening": values["title"] if is_long else None,
        "html": body,
        "facts": _facts(kind, values),
        "held": held,
        "words_field": f"new-words-{at}",
        "quote_field": f"new-quote-{at}",
        "quote": new[0],
        "words": new[1],
        "quotes": _quotes(body, new[0]),
        "is_open": bool(held or new[1].strip()),
    }


def _html(kind: plan_text.Kind, values: Mapping[str, Any], figures: Figures) -> str:
    return "".join(html(str(values[f.name]), figures, top=5) for f in kind.fields if f.form == "words" and values[f.name])


def _facts(kind: plan_text.Kind, values: Mapping[str, Any]) -> list[tuple[str, str]]:
    """(label, words) of what else a clause says."""
    told = [f for f in kind.fields if f.form not in NOT_WORDS and f.form != "words" and f.name != "title"]
    return [(f.label, _told(f, values[f.name])) for f in told if not plan_text.is_empty(values[f.name])]


def _told(f: plan_text.Field, value: Any) -> str:
    return f.choices.get(value, str(value)) if f.choices else plan_values.to_form(f, value)


def _quotes(body: str, chosen: str) -> list[tuple[str, str]]:
    """(words, label) of the passages of a clause that may be chosen from a list: the whole, then each paragraph."""
    found = [words for words in paragraphs(body) if words]
    offered = found if len(found) > 1 else []
    extra = [chosen] if chosen and chosen not in offered else []
    return [("", WHOLE), *((words, _label(words)) for words in [*offered, *extra])]


def _label(words: str) -> str:
    return words if len(words) <= LONGEST_LABEL else f"{words[:LONGEST_LABEL].rsplit(' ', 1)[0]} …"


def paragraphs(body: str) -> list[str]:
    """The words of each paragraph, heading or line of a list, as they are read on the page."""
    blocks = re.findall(r"<(p|li|h[1-6]|td|th)\b[^>]*>(.*?)</\1>", body, flags=re.DOTALL)
    return [words[:LONGEST_QUOTE] for _, inner in blocks if (words := _plain(inner))]


def _plain(text: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", text)).split())


def says(clause: Mapping[str, Any], quote: str) -> bool:
    """Whether a clause has the words that are quoted from it; blanks and lines do not matter."""
    facts = " ".join(f"{label} {words}" for label, words in clause["facts"])
    whole = f"{clause['title']} {clause['opening'] or ''} {_plain(clause['html'])} {facts}"
    return "".join(quote.split()) in "".join(whole.split())


def checked(clauses: Sequence[Mapping[str, Any]], passages: Sequence[Mapping[str, str]]) -> list[dict[str, str]]:
    """Comments on clauses of the draft; a quotation that the clause does not have is left out, and the words stay.

    Raises CsplanError for a comment on what is not in the draft.
    """
    by_address = {c["address"]: c for c in clauses}
    if any(p["clause"] not in by_address for p in passages):
        raise CsplanError(
            "A comment names a part of the draft that is not there. Open the draft from this form and comment again."
        )
    return [{**p, "quote": p["quote"] if says(by_address[p["clause"]], p["quote"]) else ""} for p in passages]


def new_ones(draft: Draft, sent: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """{address: (quote, words)} of the comments that a page of the draft sent."""
    fields = {
        address: (sent.get(f"new-quote-{ident(address)}", ""), sent.get(f"new-words-{ident(address)}", "")) for address in draft
    }
    return {address: (quote[:LONGEST_QUOTE], words) for address, (quote, words) in fields.items() if words.strip()}


def problems(passages: Sequence[Mapping[str, str]], new: Mapping[str, tuple[str, str]]) -> dict[str, str]:
    """{field: what to do} about comments that are too long or too many."""
    found = {
        f"new-words-{ident(address)}": f"Your words are {len(words) - rules.LONGEST_TEXT:,} characters too long. Cut them to {rules.LONGEST_TEXT:,}"
        for address, (_, words) in new.items()
        if len(words) > rules.LONGEST_TEXT
    }
    if len(passages) + len(new) > rules.MOST_PASSAGES:
        found[""] = f"Comment on at most {rules.MOST_PASSAGES} passages. Empty those that matter least to you"
    return found


def named(draft: Draft, passages: Sequence[Mapping[str, str]]) -> list[dict[str, Any]]:
    """Comments as a form and the check page show them: with the title of their clause, and an id for each field."""
    titles = {p["clause"]: plan_text.title_of(p["clause"], draft[p["clause"]]) for p in passages if p["clause"] in draft}
    return [{**p, "id": f"passage-{n}", "title": titles.get(p["clause"], p["clause"])} for n, p in enumerate(passages, start=1)]
