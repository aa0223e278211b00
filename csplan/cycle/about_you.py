"""Questions about the person who answers, in bands that a census can be set beside; each may be left with “I would rather not say”."""

from typing import Any

from csplan.cycle.answer_parts import MAY_QUOTE, QUOTE_CONSENT
from csplan.cycle.consultation import RATHER_NOT

#: characteristic -> (what is asked, hint, answers)
_ASKED: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "age": ("How old are you?", "", ("Under 16", "16 to 24", "25 to 44", "45 to 64", "65 to 74", "75 or over")),
    "sex": ("What is your sex?", "", ("Female", "Male")),
    "ethnicity": (
        "What is your ethnic group?",
        "The five groups of the census in England and Wales.",
        (
            "Asian, Asian British or Asian Welsh",
            "Black, Black British, Black Welsh, Caribbean or African",
            "Mixed or multiple ethnic groups",
            "White",
            "Another ethnic group",
        ),
    ),
    "disability": (
        "Do any physical or mental health conditions or illnesses that have lasted or are expected to last 12 months or more "
        "reduce what you can do from day to day?",
        "As the census asks it.",
        ("Yes, a lot", "Yes, a little", "No"),
    ),
}

#: characteristic -> {answer: band that the population is known by}
BANDS: dict[str, dict[str, str]] = {
    "age": {
        "Under 16": "Under 16",
        **dict.fromkeys(("16 to 24", "25 to 44", "45 to 64"), "16 to 64"),
        **dict.fromkeys(("65 to 74", "75 or over"), "65 or over"),
    },
    "sex": {"Female": "Female", "Male": "Male"},
    "ethnicity": {answer: answer for answer in _ASKED["ethnicity"][2]},
    "disability": {"Yes, a lot": "Disabled", "Yes, a little": "Disabled", "No": "Not disabled"},
}
#: What each characteristic is called in a table.
TITLES = {"age": "Age", "sex": "Sex", "ethnicity": "Ethnic group", "disability": "Disability", "area": "Area"}


def questions() -> list[dict[str, Any]]:
    """The questions as `actions.consultation.plan` takes them, with the one that lets words be quoted at the end."""
    asked = [
        {
            "ref": f"about-{characteristic}",
            "kind": "single",
            "family": "about",
            "words": words,
            "hint": hint,
            "options": [*options, RATHER_NOT],
            "characteristic": characteristic,
        }
        for characteristic, (words, hint, options) in _ASKED.items()
    ]
    return [*asked, consent()]


def consent() -> dict[str, Any]:
    """The question by which a person lets their words be quoted."""
    return {
        "ref": QUOTE_CONSENT,
        "kind": "single",
        "family": "about",
        "words": "May we quote your words when we publish what people said?",
        "hint": "What leads to you or to others is covered before anything is quoted.",
        "options": [MAY_QUOTE, "No"],
    }


def band(characteristic: str, answer: str) -> str | None:
    """The band of an answer; None where the person would rather not say, or the question is another."""
    return BANDS.get(characteristic, {}).get(answer)
