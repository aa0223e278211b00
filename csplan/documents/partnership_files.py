"""The files of a new partnership's folder, as words: what it is, how its site names itself, and where to report what."""

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from csplan.cycle.set_up import Left
from csplan.documents import toml_writer
from csplan.documents.dress import Colours

DOORS = Path(__file__).with_name("templates") / "report-it.toml"
#: What every site says of the figures it shows.
SOURCES = (
    "Crime figures: data.police.uk. Population, households and boundaries: Office for National Statistics. Deprivation: Ministry "
    "of Housing, Communities and Local Government. All under the Open Government Licence v3.0. Contains OS data © Crown "
    "copyright and database right 2026.",
)
HEADS = {
    "partnership": "The area, by its code of the Office for National Statistics. The slug begins every address.",
    "bodies": "Who takes part, with the days between which they do. kind: what section 5 of the Crime and Disorder Act 1998 calls it.",
    "groups": "Who meets. The board is the strategy group of SI 2007/1830; quorum: how many of its members can decide.",
    "offices": "Posts, never persons. group: the group that the body appoints the office to.",
    "left": "What is still to fill, for programs. Take a line out when it is done; the desk works it out by itself.",
}


def partnership(described: Mapping[str, Any], left: Sequence[Left], notes: Sequence[str] = ()) -> str:
    """`partnership.toml`. What is left is said twice: in words at the top, and as [[left]] for programs."""
    head = "A partnership, described for csplan. Change it here until it is set up; afterwards at the desk.\n"
    for note in notes:
        head += f"\n{note}\n"
    if left:
        head += "\nLeft to fill:\n" + "\n".join(f"- {one.words}" for one in left)
    rows = [{"ref": one.ref, "words": one.words, "step": one.step or None} for one in left]
    return toml_writer.write({**described, "left": rows} if rows else described, head=head, heads=HEADS)


def website(name: str, area: str, colours: Colours | None) -> str:
    """`website.toml`: masthead, tagline, sources and, where the partnership chose them, its colours."""
    told: dict[str, Any] = {"masthead": name, "tagline": f"Community safety in {area}", "sources": list(SOURCES)}
    if colours:
        told["colours"] = {"accent": colours.accent, "deep": colours.deep, "tint": colours.tint}
    heads = {"colours": "Links and buttons; dark grounds; pale grounds. Every word on them must keep a contrast of 4.5 to 1."}
    return toml_writer.write(told, head="What the website says of this partnership.", heads=heads)


def report_it(jurisdiction: str) -> str:
    """`report-it.toml`: the country's own services. The council's and the police's pages are the partnership's to add."""
    told = tomllib.loads(DOORS.read_text(encoding="utf-8"))
    for door in told["doors"]:
        there = [c for c in door["contacts"] if c.get("only", jurisdiction) == jurisdiction]
        door["contacts"] = [{key: value for key, value in c.items() if key != "only"} for c in there]
    return toml_writer.write(
        told,
        head="Who takes which report, and how they are reached. This site takes none itself.\n\n"
        "Add the council’s own page and the police’s to the doors they belong to. When every number and address has been\n"
        "tried, write the day:\nchecked_on = 2027-01-31",
    )


def files(
    described: Mapping[str, Any], *, left: Sequence[Left], notes: Sequence[str] = (), colours: Colours | None = None
) -> dict[str, str]:
    """{name of file: its words} of a partnership's folder."""
    about = described["partnership"]
    return {
        "partnership.toml": partnership(described, left, notes),
        "website.toml": website(about["name"], about["area_name"], colours),
        "report-it.toml": report_it(about["jurisdiction"]),
    }


def write(folder: Path, held: Mapping[str, str]) -> None:
    """Make a folder with these files: whole or not at all, and never over one that is there. Raises FileExistsError."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    if folder.exists():
        raise FileExistsError(folder)
    part = folder.with_name(f".{folder.name}.part")
    part.mkdir(exist_ok=True)
    for name, words in held.items():
        (part / name).write_text(words, encoding="utf-8")
    part.rename(folder)
