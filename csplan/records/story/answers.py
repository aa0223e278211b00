"""Events of a story in which people answer: invented answers sent by the public's own action, read for personal data, and coded."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from csplan.records.actions import answer, coding, earlier_consultation, masking
from csplan.records.reading import understanding
from csplan.records.story import coding as named
from csplan.records.story import files

if TYPE_CHECKING:
    from csplan.records.story.acts import Scene


def respond_all(scene: "Scene", *, consultation: str) -> None:
    held = scene.consultation(consultation)
    for row in files.read(scene.folder, "example-answers.toml")["answers"]:
        answer.respond(consultation=held, answers=row["given"], form_key=named.form_key(row["name"]))


def mask_all(scene: "Scene", *, consultation: str, by: str) -> None:
    held = scene.consultation(consultation)
    waiting = [(held.responses.get(pk=p.response_id), p.part) for p in understanding.parts(held) if p.masked is None]
    masking.confirm_clear(consultation=held, parts=waiting, by=scene.by(by))


def code_all(scene: "Scene", *, consultation: str, by: str) -> None:
    for row in files.read(scene.folder, "example-answers.toml")["answers"]:
        if "themes" in row:
            response = named.response(scene, consultation, row["name"])
            coding.code(response=response, part=row["part"], themes=row["themes"], by=scene.by(by))


def record_earlier(scene: "Scene", *, by: str) -> None:
    for row in files.read(scene.folder, "earlier-consultations.toml")["results"]:
        earlier_consultation.record(partnership=scene.partnership, **row, by=scene.by(by))


#: The name of an event in the story, and what does it.
ACTS: dict[str, Callable[..., None]] = {
    "respond_all": respond_all,
    "mask_all": mask_all,
    "code_all": code_all,
    "record_earlier": record_earlier,
}
