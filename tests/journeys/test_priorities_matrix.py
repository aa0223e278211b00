"""An analyst ranks issues by a matrix of scores at the terminal."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from csplan import cli

SCORES = (
    "Issue;Criterion;Score;Scorer\n"
    "Café thefts;Harm;2;Police\nCafé thefts;Volume;4;Police\nCafé thefts;Harm;3;Council\nCafé thefts;Volume;5;Council\n"
    "Abuse;Harm;5;Police\nAbuse;Volume;4;Police\nAbuse;Harm;5;Council\nAbuse;Volume;;Council\n"
    "Arson;Harm;1;Police\nArson;Volume;1;Police\nArson;Harm;1;Council\nArson;Volume;1;Council\n"
)
WEIGHTS = "Criterion,Weight,Lowest,Highest\nHarm,60%,1,5\nVolume,40%,0,5\n"

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def csplan(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command beside the two tables: gives (exit code, what it said, what it said aside)."""
    (tmp_path / "scores.csv").write_bytes(SCORES.encode("cp1252"))
    (tmp_path / "weights.csv").write_text(WEIGHTS, encoding="utf-8")

    def run(*words: object) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as left:
            cli.main(["--data", str(tmp_path / "data"), "priorities", *map(str, words)])
        said = capsys.readouterr()
        return int(left.value.code or 0), said.out, said.err

    return run


def test_issues_are_ranked_in_words(csplan: Run, tmp_path: Path) -> None:
    code, out, err = csplan(tmp_path / "scores.csv", "--weights", tmp_path / "weights.csv", "--top", 1)
    assert (code, err) == (0, "")
    assert "Arson: 3rd whatever the weights." in out.splitlines() and "Café thefts: Its place depends" in out
    assert "It is not MoRiLE" in out and not (tmp_path / "data").exists(), "nothing is kept"


def test_json_is_one_document_and_the_same_each_time(csplan: Run, tmp_path: Path) -> None:
    asked = (tmp_path / "scores.csv", "--weights", tmp_path / "weights.csv", "--json")
    code, out, err = csplan(*asked)
    told = json.loads(out)
    assert (code, err) == (0, "") and csplan(*asked)[1] == out
    assert [(i["place"], i["issue"]) for i in told["issues"]] == [(1, "Abuse"), (2, "Café thefts"), (3, "Arson")]
    assert [(c["criterion"], c["weight"], c["lowest"], c["highest"]) for c in told["criteria"]] == [
        ("Harm", 0.6, 1, 5),
        ("Volume", 0.4, 0, 5),
    ]
    assert told["issues"][0]["scores"][1] == {"criterion": "Volume", "score": 0.8, "scored_by": 1, "spread": None}


@pytest.mark.parametrize(
    ("changed", "code", "sentence"),
    [
        (SCORES + "Noise;Harm;lots;Police\n", 4, "scores.csv, row 14: the score “lots” is no number. Write it as 3 or 3.5."),
        (SCORES + "Noise;Harm;9;Police\n", 4, "scores.csv, row 14: the score 9 lies outside the scale of “Harm”, 1 to 5."),
        ("Issue;Points\nArson;1\n", 4, "scores.csv has no table with the headings Issue, Criterion and Score"),
        ("", 4, "scores.csv is empty."),
        ("Issue;Criterion;Score\nArson;Harm;1\n", 2, "Fewer than two issues were scored on every criterion"),
    ],
)
def test_bad_input_is_one_sentence(csplan: Run, tmp_path: Path, changed: str, code: int, sentence: str) -> None:
    (tmp_path / "scores.csv").write_text(changed, encoding="utf-8")
    found, out, err = csplan(tmp_path / "scores.csv", "--json")
    assert (found, out) == (code, "") and err.startswith(sentence) and len(err.splitlines()) == 1


def test_what_is_asked_wrongly_is_said(csplan: Run, tmp_path: Path) -> None:
    assert csplan(tmp_path / "none.csv")[0] == 2
    code, _, err = csplan(tmp_path / "scores.csv", "--top", 3)
    assert code == 2 and err.startswith("--top is 3: it must be at least 1 and less than the 3 issues")
    assert csplan(tmp_path / "scores.csv", "--top", "many")[0] == 2


def test_help_does_not_read_numpy() -> None:
    asked = "import sys; from csplan.terminal import parser; import csplan.cli; parser(); sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", asked], check=False).returncode == 0
