"""One changed byte in any file of the evidence is found, and its file named."""

from pathlib import Path

import pytest

from csplan.evidence import build, load, results, whole
from csplan.evidence.store import Store

FIGURES = Path(__file__).resolve().parents[3] / "partnerships" / "county-durham" / "figures"
WARDS = b"ward17_code,lsoa11_code\nE05009288,E01020590\nE05009289,E01020591\n"


@pytest.fixture(scope="module")
def store(tmp_path_factory, street_bytes):
    """A folder with a street file, a table, carried counts, their cube and results."""
    folder = tmp_path_factory.mktemp("whole")
    held = Store(folder / "data")
    files = {"2025-06-durham-street.csv": street_bytes, "wards.csv": WARDS}
    for name, data in files.items():
        (folder / name).write_bytes(data)
    load.load(held, [folder / name for name in files], by="terminal:test")
    load.carry(held, FIGURES, by="terminal:test")
    build.build(held)
    return held


@pytest.fixture(scope="module")
def street_bytes():
    heads = (
        "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,"
        "Last outcome category,Context"
    )
    force = "Durham Constabulary,Durham Constabulary"
    rows = [f"{n:064x},2025-06,{force},-1.57,54.77,On or near High Street,E01020634,Here 001A,Burglary,," for n in range(9)]
    return "\n".join([heads, *rows, ""]).encode()


def files(store):
    """Every file that says something: not the lock, and not what says which files count."""
    left_out = {"lock", "manifest.json", results.FINGERPRINTS}
    return [p for p in sorted(store.folder.rglob("*")) if p.is_file() and p.name not in left_out]


def test_a_whole_folder_has_no_problem(store):
    assert list(whole.problems(store)) == []
    kinds = {p.relative_to(store.folder).parts[0] for p in files(store)}
    assert kinds == {"raw", "events", "tables", "cube", "results"} and whole.checked(store) >= len(files(store)) - 1


def test_every_changed_byte_is_found_and_its_file_named(store):
    for file in files(store):
        data = file.read_bytes()
        name = file.relative_to(store.folder).as_posix()
        for place in {0, len(data) // 3, len(data) // 2, len(data) - 1}:
            file.write_bytes(data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :])
            found = list(whole.problems(store))
            # The two files of a table of counts have one fingerprint between them.
            assert len(found) == 1 and name.removesuffix(".npy").removesuffix(".json") in found[0], (name, place)
        file.write_bytes(data)
    assert list(whole.problems(store)) == []


def test_a_file_that_is_gone_is_named(store):
    for file in files(store):
        data = file.read_bytes()
        file.unlink()
        found = list(whole.problems(store))
        assert len(found) == 1 and file.name.removesuffix(".json") in found[0], file
        file.write_bytes(data)


def test_a_damaged_list_of_fingerprints_is_said(store):
    file = store.folder / results.FOLDER / results.FINGERPRINTS
    data = file.read_bytes()
    for wrong in (b"{", b"[]", data.replace(b"a", b"b")):
        file.write_bytes(wrong)
        assert list(whole.problems(store))
    file.write_bytes(data)
