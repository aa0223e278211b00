"""Whether every file of a data folder is what it was when it was written: one changed byte is found, and its file named."""

import hashlib
import json
from collections.abc import Iterator

from csplan.evidence import results
from csplan.evidence.store import Store, fingerprint_of


def checked(store: Store) -> int:
    """How many files `problems` looks at."""
    return sum(1 for _ in _fingerprints(store)) + len(store.manifest().cube) + len(_results(store))


def problems(store: Store) -> Iterator[str]:
    """A sentence for each file that is missing or does not fit its fingerprint."""
    for name, wanted, of in _fingerprints(store):
        file = store.path(name)
        if not file.is_file():
            yield f"{name}, of {of}, is missing."
        elif fingerprint_of(file) != wanted:
            yield f"{name}, of {of}, does not fit its fingerprint."
    yield from _cube(store)
    yield from _worked_out(store)


def _fingerprints(store: Store) -> Iterator[tuple[str, str, str]]:
    """(file, its fingerprint, what it is of) for every file as received and its rows."""
    held = store.manifest()
    for unit in held.units:
        yield f"raw/{unit.sha256}", unit.sha256, unit.path
        yield unit.events, unit.events_sha256, unit.path
    for release in held.carried:
        for name, sha256 in release.files.items():
            yield f"raw/{release.sha256}/{name}", sha256, release.key


def _cube(store: Store) -> Iterator[str]:
    for force, block in store.manifest().cube.items():
        numbers, names = store.path(f"{block.file}.npy"), store.path(f"{block.file}.json")
        missing = next((file for file in (numbers, names) if not file.is_file()), None)
        if missing is not None:
            yield f"cube/{missing.name}, the counts of {force}, is missing. Run `csplan evidence build`."
        elif hashlib.sha256(names.read_bytes() + numbers.read_bytes()).hexdigest() != block.sha256:
            yield f"{block.file}, the counts of {force}, does not fit its fingerprint. Run `csplan evidence build`."


def _results(store: Store) -> dict[str, str]:
    """file -> fingerprint of the results that were worked out; none where none were, or an older program wrote them."""
    try:
        told = json.loads((store.folder / results.FOLDER / results.FINGERPRINTS).read_bytes())
    except FileNotFoundError:
        return {}
    except ValueError:
        return {results.FINGERPRINTS: ""}
    return told if isinstance(told, dict) else {results.FINGERPRINTS: ""}


def _worked_out(store: Store) -> Iterator[str]:
    for name, wanted in _results(store).items():
        file = store.folder / results.FOLDER / name
        if not file.is_file() or fingerprint_of(file) != wanted:
            yield f"{results.FOLDER}/{name} is missing or does not fit its fingerprint. Run `csplan evidence build`."
