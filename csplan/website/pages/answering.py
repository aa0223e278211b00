"""An answer while it is being written: what the form sent, what of it can be taken, and how each question is asked again.

What is written is carried by the form itself, from page to page, as the fields that the browser sent: `Written.raw` holds them by
question, a list for a question with several fields. So it needs no session, and nothing is lost by a mistake or by going back.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

from csplan.cycle import consultation as rules
from csplan.cycle import plan_text

#: family of questions -> its heading in the form
HEADINGS = {"levels": "Where you live or work", "priorities": "What the plan should put first", "about": "About you"}
#: What a comment on the draft is made of, as the form names its fields.
PASSAGE = ("clause", "quote", "words")
TWICE = "Give each place once. Two of your answers have the same place"
#: More than this is not kept behind a private link, whatever is sent.
LONGEST_KEPT = 200_000


@dataclass(frozen=True)
class Written:
    """An answer as it stands in the form.

    raw : {question ref: words, or the values of its several fields};  way : "whole" or "steps";  kept : the key of a private link
    """

    raw: Mapping[str, str | list[str]]
    passages: list[dict[str, str]] = field(default_factory=list)
    form_key: str = ""
    way: str = "whole"
    kept: str = ""


def name(ref: str) -> str:
    """The name of a question's field: also its id, to which the list of problems leads."""
    return f"answer-{ref}"


def read(questions: Sequence[dict[str, Any]], sent: QueryDict) -> Written:
    """What a form sent."""
    passages = zip(*(sent.getlist(f"passage-{part}") for part in PASSAGE), strict=False)
    return Written(
        {q["ref"]: _sent(q, sent) for q in questions},
        [dict(zip(PASSAGE, values, strict=True)) for values in passages],
        sent.get("form_key", ""),
        "steps" if sent.get("way") == "steps" else "whole",
        sent.get("kept", ""),
    )


def _sent(q: Mapping[str, Any], sent: QueryDict) -> str | list[str]:
    at = name(q["ref"])
    if q["kind"] == "rank":
        return [sent.get(f"{at}-place-{n}", "") for n in range(1, len(q["choices"]) + 1)]
    return sent.getlist(at) if q["kind"] == "multiple" else sent.get(at, "")


def to_keep(written: Written) -> dict[str, Any]:
    """What is kept behind a private link."""
    return {"answers": dict(written.raw), "passages": written.passages, "form_key": written.form_key, "way": written.way}


def from_kept(questions: Sequence[dict[str, Any]], kept: Mapping[str, Any], key: str) -> Written:
    """What was kept, in a form again."""
    answers = kept["answers"]
    raw = {q["ref"]: answers.get(q["ref"], "") for q in questions}
    return Written(raw, kept["passages"], kept["form_key"], kept.get("way", "whole"), key)


def given(questions: Sequence[dict[str, Any]], raw: Mapping[str, Any]) -> dict[str, rules.Given]:
    """{question ref: words, or the choices made} as an answer is kept; options that were put in order stand in that order."""
    return {q["ref"]: _ordered(q, raw[q["ref"]]) if q["kind"] == "rank" else raw[q["ref"]] for q in questions}


def _ordered(q: Mapping[str, Any], places: Sequence[str]) -> list[str]:
    found = [(int(p), choice) for p, choice in zip(places, q["choices"], strict=False) if p.isascii() and p.isdigit()]
    return [choice for _, choice in sorted(found, key=lambda placed: placed[0])]


def problems(questions: Sequence[dict[str, Any]], written: Written, *, only: str = "") -> dict[str, str]:
    """{question ref: what to do}. only : the question of a page, whose answer may be left out where it is not needed"""
    asked = [as_rule(q) for q in questions]
    said = given(questions, written.raw)
    found = rules.problems(asked, said, [p for p in written.passages if p["words"].strip()], may_be_empty=bool(only))
    found |= {q["ref"]: TWICE for q in questions if as_rule(q).is_asked(said) and _has_a_place_twice(q, written.raw[q["ref"]])}
    return {ref: words for ref, words in found.items() if not only or ref == only}


def _has_a_place_twice(q: Mapping[str, Any], places: str | Sequence[str]) -> bool:
    taken = [p for p in places if p] if q["kind"] == "rank" else []
    return len(set(taken)) < len(taken)


def as_rule(q: Mapping[str, Any]) -> rules.Question:
    """A question of a reading, as the rules read it."""
    options = () if q["kind"] == "agree" else tuple(q["choices"])
    return rules.Question(q["ref"], q["kind"], q["words"], q["family"], options, q["is_needed"], q["hint"], q["only_if"] or {})


def asked_of(questions: Sequence[dict[str, Any]], written: Written) -> list[dict[str, Any]]:
    """The questions that are asked of someone who has answered so far as written."""
    said = given(questions, written.raw)
    return [q for q in questions if as_rule(q).is_asked(said)]


def hidden(questions: Iterable[dict[str, Any]], written: Written, *, passages: bool = True) -> list[tuple[str, str]]:
    """(name, value) of each field that a page carries on without showing it."""
    held = [(at, value) for q in questions for at, value in _fields(q, written.raw[q["ref"]]) if value]
    if passages:
        held += [(f"passage-{part}", p[part]) for p in written.passages for part in PASSAGE]
    return held


def _fields(q: Mapping[str, Any], raw: str | list[str]) -> list[tuple[str, str]]:
    at = name(q["ref"])
    if q["kind"] == "rank":
        return [(f"{at}-place-{n}", place) for n, place in enumerate(raw, start=1)]
    return [(at, value) for value in (raw if isinstance(raw, list) else [raw])]


# ---- how a question is asked --------------------------------------------------------------------------


def asked(questions: Sequence[dict[str, Any]], written: Written) -> list[dict[str, Any]]:
    """Every question as a form asks it; the first of its family stands under a heading."""
    first = {q["family"]: q["ref"] for q in reversed(questions)}
    by_ref = {q["ref"]: q for q in questions}
    return [question(q, written, by_ref, starts=q["ref"] == first[q["family"]]) for q in questions]


def question(
    q: dict[str, Any], written: Written, by_ref: Mapping[str, dict[str, Any]], *, starts: bool = False
) -> dict[str, Any]:
    """One question as a form asks it. kind : radios, checkboxes, select, rank or text"""
    raw = written.raw[q["ref"]]
    choices = list(zip(q["choices"], q["labels"], strict=True))
    return {
        "field": name(q["ref"]),
        "kind": {"multiple": "checkboxes", "area": "select", "rank": "rank", "text": "text"}.get(q["kind"], "radios"),
        "words": f"{q['words']} (needed)" if q["is_needed"] else q["words"],
        "hint": q["hint"] or None,
        "is_needed": q["is_needed"],
        "choices": [("", "Choose an area"), *choices] if q["kind"] == "area" else choices,
        "places": _places(q, raw) if q["kind"] == "rank" else [],
        "last_apart": bool(choices) and choices[-1][0] == rules.RATHER_NOT,
        "said": raw,
        "heading": HEADINGS[q["family"]] if starts else None,
        "is_about_person": q["family"] == "about",
        "follows": _follows(q, by_ref),
    }


def _places(q: Mapping[str, Any], raw: str | Sequence[str]) -> list[dict[str, Any]]:
    """A field for each option: its name, its label, the place chosen. The first has the id to which the list of problems leads."""
    at = name(q["ref"])
    return [
        {
            "name": f"{at}-place-{n}",
            "id": at if n == 1 else f"{at}-place-{n}",
            "label": label,
            "said": raw[n - 1] if len(raw) >= n else "",
        }
        for n, label in enumerate(q["labels"], start=1)
    ]


def _follows(q: Mapping[str, Any], by_ref: Mapping[str, dict[str, Any]]) -> dict[str, Any] | None:
    """{words, field, answers} of a question that is asked of some only: the sentence for whoever sees all questions."""
    if not q["only_if"]:
        return None
    on = by_ref[q["only_if"]["question"]]
    labels = dict(zip(on["choices"], on["labels"], strict=True))
    answers = q["only_if"]["answers"]
    quoted = " or ".join(f"“{labels[a]}”" for a in answers)
    return {"words": f"If you answered {quoted} to “{on['words']}” above:", "field": name(on["ref"]), "answers": answers}


def words_said(questions: Sequence[dict[str, Any]], written: Written) -> list[tuple[str, str]]:
    """(question, words) for what was written, to be read or copied; comments on the draft come last."""
    said = [(q["words"], words) for q in asked_of(questions, written) if (words := words_of(q, written.raw))]
    return said + [(_about(p), p["words"].strip()) for p in written.passages if p["words"].strip()]


def _about(p: Mapping[str, str]) -> str:
    """What a comment is a comment on: the clause by its kind and number, and the words quoted from it."""
    kind, _, ref = p["clause"].partition("/")
    called = f"{plan_text.KINDS[kind].title} {ref}".strip() if kind in plan_text.KINDS else "the draft"
    return f"Your comment on {called}: “{p['quote']}”" if p["quote"] else f"Your comment on {called}"


def words_of(q: Mapping[str, Any], raw: Mapping[str, Any]) -> str:
    """What was answered to one question, in the language in which it was asked; empty where nothing was."""
    said = given([dict(q)], {q["ref"]: raw[q["ref"]]})[q["ref"]]
    labels = dict(zip(q["choices"], q["labels"], strict=True))
    if isinstance(said, str):
        return labels.get(said, said).strip()
    chosen = [labels.get(one, one) for one in said]
    return "\n".join(f"{n}. {one}" for n, one in enumerate(chosen, start=1)) if q["kind"] == "rank" else "\n".join(chosen)
