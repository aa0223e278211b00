"""Consultations at the desk: the list, one of them with what the checker says, and the forms that write it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from csplan.cycle import consultation as rules
from csplan.cycle import consultation_draft, roles
from csplan.cycle.consultation_checks import Note
from csplan.documents.sentences import count
from csplan.evidence.plain_words import capital
from csplan.website.pages.consultation_doors import DOORS
from csplan.website.typed import Typed, day_parts

SEVERITIES = {"must": "Needed to open", "should": "Mend this", "note": "Weigh this"}
STATES = {"planned": "Being prepared", "open": "Open", "closed": "Closed"}
#: How many documents a form offers room for.
ROOM = 6
#: Fields of the answers that a question follows on.
FOLLOWS = ("only_if", "only_if-2", "only_if-3")
LONGEST = 4_000


def index(rows: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Every consultation, those being prepared or open first."""
    found = list(rows)
    is_open = sum(r["state"] == "open" for r in found)
    told = f"{capital(count(is_open, 'consultation'))} {'is' if is_open == 1 else 'are'} open"
    return {"headline": told, "rows": [{**r, "tag": STATES[r["state"]]} for r in found]}


def notes(found: Sequence[Note]) -> dict[str, Any]:
    """What the checker says: what is to mend, then what is as it ought to be."""
    to_mend = [{"tag": SEVERITIES[n.severity], "words": n.words, "source": n.source} for n in found if not n.is_met]
    return {
        "to_mend": to_mend,
        "met": [{"words": n.words, "source": n.source} for n in found if n.is_met],
        "may_open": all(n.is_met for n in found if n.severity == "must"),
    }


def doors(held: Iterable[str], at_desk: str) -> list[dict[str, Any]]:
    """The pages of one consultation that whoever holds these roles may use."""
    return [{"url": f"{at_desk}{d.path}", "title": d.title, "words": d.words} for d in DOORS if roles.may(d.action, list(held))]


# ---- forms ------------------------------------------------------------------------------------------


def templates(held: Iterable[Any]) -> dict[str, str]:
    """What a consultation can begin from, in words: our templates, and the questions of each that is there."""
    asked = {f"{consultation_draft.LIKE}{c.slug}": f"The questions of “{c.title}”" for c in held}
    return {**consultation_draft.TEMPLATES, **asked}


def begun(typed: Typed, versions: Mapping[str, Any], offered: Mapping[str, str]) -> dict[str, Any]:
    """What was typed to begin a consultation. offered : of `templates`"""
    version = typed.choice("version", versions, "Choose the version that people are asked about")
    template = typed.choice("template", offered, "Choose what to begin from")
    told = {
        "title": typed.text("title", "Write the title that people will see", longest=200),
        "slug": _slug(typed),
        "opens_on": typed.day("opens_on", "Write the day on which it opens"),
        "closes_on": typed.day("closes_on", "Write the last day on which people can answer"),
        "write_to": typed.text("write_to", "Write the office that people may write to", longest=200),
    }
    return {"version": versions.get(version), "template": template, "described": told}


def _slug(typed: Typed) -> str:
    words = typed.text("slug", "Write a short name for its address, such as plan-2027", longest=50).casefold()
    if words and not all(c.isascii() and (c.isalnum() or c == "-") for c in words):
        typed.problems["slug"] = "Use small letters, figures and hyphens only, such as plan-2027."
    return words


def as_typed(draft: Mapping[str, Any]) -> dict[str, str]:
    """The words of a draft as the form shows them."""
    documents: dict[str, str] = {}
    for n, d in enumerate(draft["documents"], start=1):
        documents |= {f"document-kind-{n}": d["kind"], f"document-title-{n}": d["title"], f"document-url-{n}": d["url"]}
    plain = ("title", "introduction", "why", "can_change", "write_to", "alert_email")
    return {
        **{name: draft[name] for name in plain},
        **day_parts("opens_on", draft["opens_on"]),
        **day_parts("closes_on", draft["closes_on"]),
        "alerts_to": draft["alerts_to"].get_username() if draft["alerts_to"] else "",
        "is_coded_twice": "yes" if draft["is_coded_twice"] else "",
        **documents,
    }


def words(typed: Typed, people: Mapping[str, Any]) -> dict[str, Any]:
    """What was typed of the words, days, documents and alerts."""
    alerts_to = typed.choice("alerts_to", ["", *people], "Choose who is told at once of danger")
    email = typed.text("alert_email", longest=200)
    if email and ("@" not in email or any(c.isspace() for c in email)):
        typed.problems["alert_email"] = "Write an e-mail address, such as name@example.org, or leave it empty."
    return {
        "title": typed.text("title", "Write the title that people will see", longest=200),
        "introduction": typed.text("introduction", "Write what people are invited to, in a few sentences", longest=LONGEST),
        "why": typed.text("why", longest=LONGEST),
        "can_change": typed.text("can_change", longest=LONGEST),
        "opens_on": typed.day("opens_on", "Write the day on which it opens"),
        "closes_on": typed.day("closes_on", "Write the last day on which people can answer"),
        "write_to": typed.text("write_to", "Write the office that people may write to", longest=200),
        "alerts_to": people.get(alerts_to),
        "alert_email": email,
        "is_coded_twice": typed.sent.get("is_coded_twice") == "yes",
        "documents": _documents(typed),
    }


def _documents(typed: Typed) -> list[dict[str, str]]:
    found = []
    for n in range(1, ROOM + 1):
        title, url = typed.text(f"document-title-{n}", longest=200), typed.text(f"document-url-{n}", longest=400)
        kind = typed.sent.get(f"document-kind-{n}", "")
        if not title and not url:
            continue
        if kind not in rules.DOCUMENTS:
            typed.problems[f"document-kind-{n}"] = "Choose what kind of document it is"
        if not title:
            typed.problems[f"document-title-{n}"] = "Write the title of the document"
        if not url.startswith(("/", "https://")) or url.startswith("//"):
            typed.problems[f"document-url-{n}"] = (
                "Give an address of this site that begins with /, or one that begins with https://"
            )
        found.append({"kind": kind, "title": title, "url": url})
    return found


def question(
    typed: Typed, draft: Mapping[str, Any], held: Mapping[str, Any] | None, areas: Sequence[str], clauses: Collection[str]
) -> dict[str, Any]:
    """What was typed of one question. held : the question as it was, None for a new one;  areas, clauses : what to offer"""
    kind = typed.choice("kind", rules.KINDS, "Choose how people answer")
    asked = typed.text("words", "Write the question", longest=600)
    options = [line.strip() for line in typed.text("options", longest=8_000).splitlines() if line.strip()]
    if kind == "area" and not options:
        options = [*areas, rules.RATHER_NOT]
    if kind in rules.WITH_OPTIONS and len(options) < 2:
        typed.problems["options"] = "Write at least two answers to choose from, each on a line"
    taken = [q["ref"] for q in draft["questions"]]
    return {
        "ref": held["ref"] if held else consultation_draft.reference(asked, taken),
        "kind": kind,
        "family": typed.choice("family", rules.FAMILIES, "Choose what it asks about"),
        "words": asked,
        "hint": typed.text("hint", longest=400),
        "options": options if kind in rules.WITH_OPTIONS else [],
        "is_needed": typed.sent.get("is_needed") == "yes",
        "only_if": _only_if(typed, draft, held),
        "characteristic": held["characteristic"] if held else "area" if kind == "area" else "",
        "clause": typed.choice("clause", ["", *clauses], "Choose a clause from the list"),
    }


def _only_if(typed: Typed, draft: Mapping[str, Any], held: Mapping[str, Any] | None) -> dict[str, Any]:
    """The answers it follows on, chosen from lists whose values are “question / number of the answer”.

    A condition that was not touched stays whole, also one on more answers than there are lists.
    """
    chosen = [value for name in FOLLOWS if (value := typed.sent.get(name, ""))]
    on = (held or {}).get("only_if") or {}
    if on and chosen == [f"{on['question']}/{place}" for place in on["places"][: len(FOLLOWS)]]:
        return {"question": on["question"], "answers": on["answers"]}
    found = [_answer(draft, value) for value in chosen]
    if None in found:
        typed.problems["only_if"] = "Choose an answer from the list"
        return {}
    pairs = list(dict.fromkeys(pair for pair in found if pair))
    if len({ref for ref, _ in pairs}) > 1:
        typed.problems["only_if"] = "Choose answers to one question. A question follows on one other."
        return {}
    return {"question": pairs[0][0], "answers": [answer for _, answer in pairs]} if pairs else {}


def _answer(draft: Mapping[str, Any], value: str) -> tuple[str, str] | None:
    """(question, answer) of a value of a list; None where the list has no such."""
    ref, _, number = value.rpartition("/")
    choices = next((_choices(q) for q in draft["questions"] if q["ref"] == ref), ())
    is_there = number.isascii() and number.isdigit() and len(number) < 5 and int(number) < len(choices)
    return (ref, choices[int(number)]) if is_there else None


def _choices(q: Mapping[str, Any]) -> Sequence[str]:
    return rules.AGREE_SCALE if q["kind"] == "agree" else q.get("options", ())


def question_typed(q: Mapping[str, Any]) -> dict[str, str]:
    """A question as its form shows it."""
    on = q.get("only_if") or {}
    return {
        "kind": q["kind"],
        "family": q["family"],
        "words": q["words"],
        "hint": q["hint"],
        "options": "\n".join(q["options"]),
        "is_needed": "yes" if q["is_needed"] else "",
        "clause": q["clause"],
        **{name: f"{on['question']}/{place}" for name, place in zip(FOLLOWS, on.get("places", ()), strict=False)},
    }


def follows_on(draft: Mapping[str, Any], ref: str) -> list[tuple[str, str]]:
    """Every answer of the questions before one, as a list offers them."""
    out = [("", "Everyone")]
    for q in draft["questions"]:
        if q["ref"] == ref:
            break
        out += [(f"{q['ref']}/{n}", f"Who answered “{choice}” to: {q['words'][:60]}") for n, choice in enumerate(_choices(q))]
    return out


def placed(q: Mapping[str, Any], draft: Mapping[str, Any]) -> dict[str, Any]:
    """A question with the places of the answers it follows on."""
    on = q.get("only_if") or {}
    if not on:
        return dict(q)
    choices = list(next((_choices(o) for o in draft["questions"] if o["ref"] == on["question"]), ()))
    return {**q, "only_if": {**on, "places": [choices.index(answer) for answer in on["answers"] if answer in choices]}}


def _follows(answers: Sequence[str]) -> str:
    return f"Asked only of those who answered {' or '.join(f'“{a}”' for a in answers)}."


def lines(draft: Mapping[str, Any], at_desk: str) -> list[dict[str, Any]]:
    """Every question in a line, with where it is changed."""
    return [
        {
            "ref": q["ref"],
            "words": q["words"],
            "kind": f"{capital(rules.KINDS[q['kind']])}. Asks about {rules.FAMILIES[q['family']]}.",
            "follows": _follows(q["only_if"]["answers"]) if q.get("only_if") else None,
            "url": f"{at_desk}questions/{q['ref']}/",
            "is_first": i == 0,
            "is_last": i == len(draft["questions"]) - 1,
        }
        for i, q in enumerate(draft["questions"])
    ]
