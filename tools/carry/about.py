"""The words about each carried file. A file that country.toml or county.toml does not describe is not written."""

import json
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

#: Where country.toml wants the force-months that the national counts lack; only the figures themselves can say which.
PLACE = "# MISSING\n"


def described(words: Path, names: Sequence[str], missing: Sequence[Mapping[str, object]] = ()) -> bytes:
    """figures.toml for exactly the files named, with the force-months missing from them."""
    text = words.read_text(encoding="utf-8")
    said = [entry["name"] for entry in tomllib.loads(text)["file"]]
    if said != sorted(names):
        raise SystemExit(
            f"{words.name} and the tables differ: {sorted(set(said) ^ set(names))}. Describe each file once, by name."
        )
    entries = [
        "\n".join(["[[file.missing]]", *(f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in entry.items())])
        for entry in missing
    ]
    return text.replace(PLACE, "\n\n".join(entries) + "\n").encode()
