"""The parts of an answer that are in the person's own words: what is masked, coded and quoted, each by its name."""

from collections.abc import Mapping, Sequence
from typing import Any

from csplan.cycle.consultation import Answers, Given, Question, listed

#: The question by which a person lets their words be quoted, and the answer that lets.
QUOTE_CONSENT, MAY_QUOTE = "may-quote", "Yes, without anything that leads to me"

#: How the name of a part begins that is said of a passage of the draft.
PASSAGE = "passage-"


def parts(questions: Sequence[Question], answers: Answers, passages: Sequence[Mapping[str, Any]] = ()) -> dict[str, str]:
    """{part: words}: each question answered in one's own words by its reference, then `passage-1`, `passage-2` and so on."""
    written = {q.ref: answers[q.ref] for q in questions if q.kind == "text" and answers.get(q.ref)}
    said = {f"{PASSAGE}{n}": p["words"] for n, p in enumerate(passages, start=1)}
    return {part: words for part, words in {**written, **said}.items() if isinstance(words, str) and words.strip()}


def may_quote(answers: Answers) -> bool:
    """Whether the person let their words be quoted."""
    return answers.get(QUOTE_CONSENT) == MAY_QUOTE


def said(questions: Sequence[Question], answers: Answers) -> list[tuple[str, str]]:
    """(words of the question, what was answered) for each that was answered; an order is numbered."""
    return [(q.words, _said(q, given)) for q in questions if (given := answers.get(q.ref))]


def _said(q: Question, given: Given) -> str:
    chosen = listed(given)
    return "\n".join(f"{n}. {one}" for n, one in enumerate(chosen, start=1)) if q.kind == "rank" else "\n".join(chosen)
