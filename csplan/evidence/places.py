"""Where the files of an area are: the folders of partnerships, and the figures that come with the program."""

import os
import tomllib
from pathlib import Path

from csplan.errors import CsplanError

_PACKAGE = Path(__file__).resolve().parent.parent

#: Tables for England and Wales that every partnership uses.
COUNTRY_FIGURES = Path(__file__).resolve().parent / "figures"


def partnership_roots() -> tuple[Path, ...]:
    """The folders that may hold partnerships, first choice first.

    CSPLAN_PARTNERSHIPS alone when it is set; else `partnerships/` beside the data folder, then the program's own: inside
    the package when installed, at the root of the repository when run from a clone.
    """
    asked = os.environ.get("CSPLAN_PARTNERSHIPS")
    if asked:
        return (Path(asked),)
    beside = Path(os.environ.get("CSPLAN_DATA") or "var").resolve().parent / "partnerships"
    inside = _PACKAGE / "partnerships"
    return (beside, inside if inside.is_dir() else _PACKAGE.parent / "partnerships")


def partnership_folders() -> dict[str, Path]:
    """{slug: folder} of every partnership; of two with one slug the first choice stands."""
    found: dict[str, Path] = {}
    for root in partnership_roots():
        if root.is_dir():
            for folder in sorted(root.iterdir()):
                if folder.is_dir() and not folder.name.startswith("."):
                    found.setdefault(folder.name, folder)
    return found


def partnership_folder(slug: str) -> Path:
    """The folder of one partnership, or a refusal that says where it was looked for."""
    folder = partnership_folders().get(slug)
    if folder is None:
        looked = " and ".join(str(root) for root in partnership_roots())
        raise CsplanError(f"There is no partnership “{slug}” in {looked}. Check the name, or make it with csplan init.")
    return folder


def figures_folders() -> tuple[Path, ...]:
    """The figures of every partnership that carries any, in order of slug."""
    return tuple(folder / "figures" for _, folder in sorted(partnership_folders().items()) if (folder / "figures").is_dir())


def district_of(slug: str | None) -> str | None:
    """The code of the area of a partnership; of the only one where none is named; None where it is not told."""
    folders = partnership_folders()
    folder = partnership_folder(slug) if slug else next(iter(folders.values())) if len(folders) == 1 else None
    try:
        told = tomllib.loads((folder / "partnership.toml").read_text(encoding="utf-8")) if folder else {}
    except (OSError, ValueError):
        return None
    return str(told.get("partnership", {}).get("area_code", "")) or None
