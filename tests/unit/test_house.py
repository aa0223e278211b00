"""The house keeps its own rules."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LONGEST = 400


def kept_files() -> list[Path]:
    """Every file that is in the repository or would be added to it."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True, check=True
    )
    return [p for name in listed.stdout.decode().split("\0") if name and (p := ROOT / name).is_file()]


def text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def test_no_file_is_longer_than_a_reader_takes_in():
    long = {p.name: n for p in kept_files() if p.suffix == ".py" and (n := len(text_of(p).splitlines())) > LONGEST}
    assert not long


def test_locks_hold_hashes_and_name_no_host():
    for name in (
        "requirements/main.txt",
        "requirements/dev.txt",
        "requirements/bench.txt",
        "requirements/spark.txt",
        "package-lock.json",
    ):
        words = text_of(ROOT / name)
        assert "://" not in re.sub(r'"url": "https?://[^"]*"', "", words) or name == "package-lock.json"
        assert '"resolved"' not in words
        assert "sha256:" in words or "sha512-" in words
    assert not (ROOT / "uv.lock").exists() or "uv.lock" in text_of(ROOT / ".gitignore")


def test_dependencies_each_have_their_reason():
    project = tomllib.loads(text_of(ROOT / "pyproject.toml"))["project"]
    reasons = text_of(ROOT / "docs/decisions/0006-dependencies.md")
    names = [re.split(r"[<>=\[ ]", d)[0] for d in project["dependencies"]]
    assert [n for n in names if n not in reasons] == []


def test_nothing_third_party_is_kept():
    wrong = [
        p.name
        for p in kept_files()
        if re.search(r"\.(min\.js|min\.css|woff2?|ttf|otf|geojson|topojson|shp|gpkg)(\.gz)?$", p.name)
    ]
    assert wrong == []


def test_no_file_is_over_a_megabyte():
    assert [p.name for p in kept_files() if p.stat().st_size > 1_000_000] == []


#: The persons whom the report of 2020 names; the product knows their offices only.
NAMED_IN_THE_REPORT = re.compile(r"\b(Andrea\s+P|Julie\s+B|Jane\s+R)[a-z]+\b")


def test_no_person_of_the_report_and_no_path_of_a_machine_is_named():
    own = Path(__file__).resolve()
    for path in kept_files():
        if path == own:
            continue
        words = text_of(path)
        assert not NAMED_IN_THE_REPORT.search(words), path
        assert not re.search(r"(?<![\w./])/(work|home|root)/[a-z]", words), path


@pytest.mark.parametrize(
    "name", ["README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "LICENSE", "docs/glossary.md", "docs/mission.md"]
)
def test_what_a_newcomer_looks_for_is_there(name):
    assert len(text_of(ROOT / name)) > 300


def test_links_between_documents_lead_somewhere():
    broken = []
    for path in kept_files():
        if path.suffix != ".md":
            continue
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", text_of(path)):
            if not (path.parent / target).exists():
                broken.append((path.name, target))
    assert broken == []
