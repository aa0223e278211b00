"""An analyst asks what may be shown of a table, and what could be worked out of all that was published."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from csplan import cli

Run = Callable[..., tuple[int, str, str]]
FIRES = "Area,Period,Count\nE02000001,2025-Q1,3\nE02000002,2025-Q1,12\n"
LEDGER = {
    "tier": "S",
    "atoms": ["North 2025", "South 2025"],
    "published": [
        {"name": "the ward", "kind": "exact", "atoms": ["North 2025", "South 2025"], "value": 33, "out": True},
        {"name": "North", "kind": "exact", "atoms": ["North 2025"], "value": 30},
        {"name": "South", "kind": "mark", "atoms": ["South 2025"]},
    ],
}


@pytest.fixture
def csplan(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> Run:
    """Run a command: gives (exit code, what it said, what it said aside), the solver's own words among them."""

    def run(*words: object) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as left:
            cli.main(["--data", str(tmp_path / "data"), *map(str, words)])
        said = capfd.readouterr()
        code = left.value.code
        return code if isinstance(code, int) else 0, said.out, said.err

    return run


@pytest.fixture
def file(tmp_path: Path) -> Callable[[str, str], Path]:
    def made(name: str, text: str) -> Path:
        (tmp_path / name).write_text(text, encoding="utf-8")
        return tmp_path / name

    return made


def test_a_table_may_not_be_shown_as_it_stands_and_what_may_is_written(csplan: Run, file, tmp_path: Path) -> None:
    fires, to = file("fires.csv", FIRES), tmp_path / "shown.csv"
    code, out, err = csplan("disclosure", "check", fires, "--tier", "S")
    assert (code, err) == (1, "") and "1 is hidden" in out and "fires.csv may not be shown as it stands." in out
    assert "This looks at one table." in out
    code, out, _ = csplan("disclosure", "check", fires, "--tier", "S", "--to", to)
    assert code == 0 and f"Written to {to}. Show that, and not fires.csv." in out
    assert to.read_text(encoding="utf-8-sig").splitlines() == [
        "Area,Period,Count",
        "E02000001,2025-Q1,[c]",
        "E02000002,2025-Q1,10",
        "Sum of the counts shown,2025-Q1,10",
    ]
    assert csplan("disclosure", "check", fires, "--tier", "S", "--to", to)[0] == 2


def test_a_table_that_may_be_shown(csplan: Run, file) -> None:
    code, out, _ = csplan("disclosure", "check", file("t.csv", "Area,Count\nA,[c]\nB,10\n"), "--tier", "S")
    assert code == 0 and "t.csv may be shown as it stands." in out


def test_a_table_too_fine_is_not_written(csplan: Run, file, tmp_path: Path) -> None:
    fires, to = file("fires.csv", FIRES), tmp_path / "shown.csv"
    code, out, err = csplan("disclosure", "check", fires, "--tier", "V", "--to", to, "--json")
    told = json.loads(out)
    assert (code, err) == (1, "") and not to.exists()
    assert len(told["problems"]) == 2 and told["released"] == [] and told["file"] is None
    assert csplan("disclosure", "check", fires, "--tier", "V", "--authority", "--to", to, "--json")[0] == 0
    code, out, _ = csplan("disclosure", "check", fires, "--tier", "V")
    assert code == 1 and "Nothing is to be shown of this table until that is mended." in out


def test_a_check_as_json(csplan: Run, file) -> None:
    code, out, _ = csplan("disclosure", "check", file("fires.csv", FIRES), "--tier", "S", "--json")
    told = json.loads(out)
    assert code == 1 and (told["tier"], told["rows"], told["changed"], told["problems"]) == ("S", 2, ["row 2", "row 3"], [])
    assert told["released"][0] == {"Area": "E02000001", "Period": "2025-Q1", "Count": "[c]"}


def test_a_ledger_that_tells_too_much(csplan: Run, file) -> None:
    code, out, err = csplan("disclosure", "attack", file("l.json", json.dumps(LEDGER)), "--json")
    told = json.loads(out)
    assert code == 1 and err == "Asking of 3 counts whether they can be worked out.\n"
    assert told["safe"] is False and told["withdraw"] == ["North"] and told["limits"].startswith("This holds for the figures")
    code, out, _ = csplan("disclosure", "attack", file("l.json", json.dumps(LEDGER)))
    assert code == 1 and "South can be worked out: it is 3." in out and "Else withdraw: North." in out


def test_a_ledger_that_holds(csplan: Run, file) -> None:
    safe = LEDGER | {"published": [LEDGER["published"][0], LEDGER["published"][2]]}
    code, out, _ = csplan("disclosure", "attack", file("l.json", json.dumps(safe)))
    assert code == 0 and "can be worked out from these figures." in out


@pytest.mark.parametrize(
    ("name", "text", "words", "sentence"),
    [
        ("t.csv", "Area,Count\nA,few\n", ("check", "--tier", "S"), "t.csv, row 2: ‘few’ is no count."),
        ("l.json", "{", ("attack",), "l.json is no JSON document."),
    ],
)
def test_bad_input_is_one_sentence(csplan: Run, file, name: str, text: str, words: tuple[str, ...], sentence: str) -> None:
    code, out, err = csplan("disclosure", words[0], file(name, text), *words[1:])
    assert (code, out) == (4, "") and err.startswith(sentence) and "Traceback" not in err


def test_the_ledger_of_the_how_to_tells_what_it_says(csplan: Run, file) -> None:
    how_to = (Path(__file__).parents[2] / "docs/how-to/disclosure.md").read_text(encoding="utf-8")
    ledger = how_to.partition("```json\n")[2].partition("```")[0]
    code, out, _ = csplan("disclosure", "attack", file("l.json", ledger))
    assert code == 1 and out.splitlines()[1] in how_to
