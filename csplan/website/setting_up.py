"""A set-up under way: kept in a file of the data folder until it is finished, and then made into a partnership in one go."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from csplan.cycle import clock, set_up
from csplan.documents import partnership_files
from csplan.documents.dress import Colours
from csplan.errors import CsplanError
from csplan.evidence import places, proposal
from csplan.website import set_up_code

FILE = "setup.json"
#: The steps, in order: address under /setup/, what it is about.
STEPS: dict[str, str] = {
    "area": "The area",
    "name": "Name and address",
    "colours": "Colours",
    "authorities": "Who takes part",
    "groups": "Who meets",
    "people": "Who is invited",
    "finish": "Finish",
}
#: Who acts when set-up founds a partnership: whoever holds the code that the terminal printed.
KEEPER = "terminal:set-up"
DAYS = ("from_on", "to_on")


@dataclass
class SetUp:
    """What has been said so far; None where a proposal stands. checked : the steps that were saved."""

    area: str | None = None
    name: str | None = None
    slug: str | None = None
    contact: str | None = None
    colours: dict[str, str] | None = None
    bodies: list[dict[str, Any]] | None = None
    groups: list[dict[str, Any]] | None = None
    invited: list[dict[str, Any]] = field(default_factory=list)
    checked: list[str] = field(default_factory=list)

    @property
    def dress(self) -> Colours | None:
        return Colours(**self.colours) if self.colours else None

    def described(self) -> dict[str, Any] | None:
        """The partnership in the shape of partnership.toml; None while no area is chosen."""
        if self.area is None:
            return None
        told = proposal.propose(self.area, name=self.name, slug=self.slug, on=clock.today()).described
        if self.contact is not None:
            told["partnership"]["contact"] = self.contact
        told["bodies"] = told["bodies"] if self.bodies is None else self.bodies
        told["groups"] = told["groups"] if self.groups is None else self.groups
        return told

    def notes(self) -> tuple[str, ...]:
        """What a person should know of the area."""
        return proposal.propose(self.area, on=clock.today()).notes if self.area else ()

    def left(self) -> list[set_up.Left]:
        """What is left to fill; the area first, without which nothing can be founded."""
        told = self.described()
        if told is None:
            return [set_up.Left("area", "Choose the area. Without it nothing can be set up.", "area", "")]
        invited = any(one["role"] == "manager" for one in self.invited)
        return set_up.left(told, on=clock.today(), checked=self.checked, is_invited=invited, has_colours=self.colours is not None)

    def check(self, step: str) -> None:
        """Note that a person has looked at a step."""
        if step not in self.checked:
            self.checked.append(step)

    def choose(self, area: str) -> None:
        """Take an area; bodies and groups of another one are proposed anew."""
        if area != self.area:
            self.area, self.bodies, self.groups = area, None, None
            self.checked = [step for step in self.checked if step not in ("authorities", "groups")]
        self.check("area")


def read(data: Path) -> SetUp:
    """What has been said so far."""
    file = data / FILE
    if not file.is_file():
        return SetUp()
    told = json.loads(file.read_text(encoding="utf-8"))
    for body in told["bodies"] or ():
        body.update({name: date.fromisoformat(body[name]) for name in DAYS if body.get(name)})
    return SetUp(**told)


def keep(data: Path, said: SetUp) -> None:
    """Keep what was said."""
    set_up_code.write(data / FILE, json.dumps(asdict(said), default=str, ensure_ascii=False, indent=1))


def forget(data: Path) -> None:
    """Take the file away: the partnership is set up."""
    (data / FILE).unlink(missing_ok=True)


def before(step: str) -> str | None:
    """The step before; None for the first."""
    steps = list(STEPS)
    place = steps.index(step)
    return steps[place - 1] if place else None


def after(step: str) -> str:
    """The step after; the last is its own."""
    steps = list(STEPS)
    return steps[min(steps.index(step) + 1, len(steps) - 1)]


def new_folder(slug: str) -> Path:
    """Where the files of a new partnership go. Raises CsplanError where a partnership of that address has its files."""
    folder = places.partnership_folders().get(slug)
    if folder is not None:
        raise CsplanError(f"There is a folder for “{slug}” already, in {folder.parent}. Choose another address.")
    return places.partnership_roots()[0] / slug


def write_folder(
    told: dict[str, Any], left: list[set_up.Left], notes: tuple[str, ...] = (), colours: Colours | None = None
) -> Path:
    """Write the files of a partnership, never over others. Gives the folder. Raises CsplanError with what to do."""
    folder = new_folder(told["partnership"]["slug"])
    try:
        partnership_files.write(folder, partnership_files.files(told, left=left, notes=notes, colours=colours))
    except FileExistsError as e:
        raise CsplanError(f"There is a folder {folder} already, and nothing is written over. Choose another address.") from e
    except OSError as e:
        raise CsplanError(
            f"{folder.parent} cannot be written: {e.strerror}. Give yourself the right to, or name a folder with CSPLAN_PARTNERSHIPS."
        ) from e
    return folder


def check_area(code: str) -> None:
    """Refuse a code that no partnership can be set up for."""
    proposal.propose(code, on=clock.today())


def finish(data: Path, said: SetUp) -> tuple[Any, list[Any]]:
    """Write the files, found the partnership and make its invitations. Gives (partnership, invitations with their codes).

    Where founding is refused, the files are taken away again and what was said stays as it is.
    """
    from csplan.records.actions import partnership as partnerships

    told = said.described()
    if told is None:
        raise CsplanError("No area is chosen, so there is nothing to set up. Choose one first.")
    _check_bodies_of_invited(told, said.invited)
    folder = write_folder(told, said.left(), said.notes(), said.dress)
    try:
        founded = partnerships.found(described=told, by=KEEPER)
    except BaseException:
        shutil.rmtree(folder)
        raise
    forget(data)
    set_up_code.forget(data)
    return founded, list(_invitations(founded, said.invited))


def _check_bodies_of_invited(told: dict[str, Any], invited: list[dict[str, Any]]) -> None:
    codes = {body["code"] for body in told["bodies"]}
    lost = next((one["person"] for one in invited if one.get("body") and one["body"] not in codes), None)
    if lost:
        raise CsplanError(f"{lost} is invited for a body that was taken out since. Take the person out too, or choose again.")


def _invitations(partnership: Any, invited: list[dict[str, Any]]) -> Iterator[Any]:
    from csplan.records.actions import invitation

    bodies = {body.code: body for body in partnership.bodies.all()}
    for one in invited:
        body = bodies.get(one.get("body") or "")
        yield invitation.make(partnership=partnership, role=one["role"], person=one["person"], body=body, by=KEEPER)


def invite_first_manager(partnership: Any) -> list[Any]:
    """The invitation of a partnership's first manager, with its code."""
    from csplan.records.actions import invitation

    return [invitation.make(partnership=partnership, role="manager", person="Manager of the partnership", by=KEEPER)]


def waiting_folders() -> dict[str, Path]:
    """{slug: folder} of partnerships that csplan init described and nobody has founded: not the examples of the program."""
    root = places.partnership_roots()[0]
    return {
        slug: folder
        for slug, folder in places.partnership_folders().items()
        if folder.parent == root and (folder / "partnership.toml").is_file() and not (folder / "story.toml").exists()
    }


def found_folder(slug: str, *, by: str = KEEPER) -> Any:
    """Found the partnership that a folder describes."""
    from csplan.records.actions import partnership as partnerships
    from csplan.records.story import files

    folder = places.partnership_folder(slug)
    return partnerships.found(described=files.read(folder, "partnership.toml"), by=by)
