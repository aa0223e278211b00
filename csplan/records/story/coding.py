"""Events of a story in which answers are understood: themes named, comments coded and settled, themes decided on."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from csplan.records import lookup, receipts
from csplan.records.actions import answer as answers
from csplan.records.actions import coding
from csplan.records.actions import theme as themes
from csplan.records.models import Response, Theme

if TYPE_CHECKING:
    from csplan.records.story.acts import Scene


def form_key(name: str) -> str:
    """The key of the form by which an invented answer of a name is sent, so that later events find that answer again."""
    return receipts.check_form_key(f"example-answer-{name}".ljust(32, "-"))


def response(scene: "Scene", consultation: str, name: str) -> Response:
    """The invented answer of a name."""
    held = scene.consultation(consultation)
    found = answers.find(held, receipts.code(answers.address(held), form_key(name)))
    if found is None:
        raise lookup.NotHere(f"There is no answer “{name}” in the story of {held}. Correct its name.")
    return found


def name_theme(scene: "Scene", *, consultation: str, title: str, by: str, words: str = "", clause: str = "") -> None:
    held = scene.consultation(consultation)
    themes.name(consultation=held, title=title, words=words, clause=clause, is_example=True, by=scene.by(by))


def code_answer(
    scene: "Scene", *, consultation: str, answer: str, part: str, themes: list[str], by: str, clause: str = ""
) -> None:
    coding.code(response=response(scene, consultation, answer), part=part, themes=themes, clause=clause, by=scene.by(by))


def settle_answer(
    scene: "Scene", *, consultation: str, answer: str, part: str, themes: list[str], by: str, clause: str = ""
) -> None:
    coding.settle(response=response(scene, consultation, answer), part=part, themes=themes, clause=clause, by=scene.by(by))


def decide_theme(
    scene: "Scene",
    *,
    consultation: str,
    theme: str,
    disposition: str,
    reason: str,
    by: str,
    changes: tuple[str, ...] | list[str] = (),
    changed_in: int | None = None,
) -> None:
    held = scene.consultation(consultation)
    found = lookup.one(Theme.objects.filter(consultation=held), f"theme “{theme}”", ref=theme)
    versions = held.version.plan.versions.all()
    version = lookup.one(versions, f"version {changed_in} of {held.version.plan}", number=changed_in) if changed_in else None
    themes.decide(theme=found, disposition=disposition, reason=reason, changes=changes, changed_in=version, by=scene.by(by))


#: The name of an event in the story, and what does it.
ACTS: dict[str, Callable[..., None]] = {
    "name_theme": name_theme,
    "code_answer": code_answer,
    "settle_answer": settle_answer,
    "decide_theme": decide_theme,
}
