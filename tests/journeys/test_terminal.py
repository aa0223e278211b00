"""An analyst at the terminal: figures in, counts out, and refusals in one sentence each."""

import json
import os
import sqlite3
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from csplan import cli

HEAD = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,"
    "Last outcome category,Context"
)
FORCE = "Durham Constabulary,Durham Constabulary"


def row(month: str, lsoa: str, kind: str, number: int) -> str:
    return f"{number:064x},{month},{FORCE},-1.57,54.77,On or near High Street,{lsoa},Somewhere,{kind},Under investigation,"


def street(folder: Path, month: str, rows: list[str]) -> Path:
    """A street file as data.police.uk names it."""
    file = folder / month / f"{month}-durham-street.csv"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("\n".join([HEAD, *rows]) + "\n", encoding="utf-8")
    return file


def january(folder: Path) -> Path:
    rows = [row("2025-01", "E01020634", "Burglary", i) for i in range(3)]
    rows += [row("2025-01", "E01020635", "Drugs", 9), row("2025-01", "", "Drugs", 10)]
    return street(folder, "2025-01", rows)


@pytest.fixture
def csplan(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    """Run a command on a data folder of its own: gives (exit code, what it said, what it said aside)."""

    def run(*words: object) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as left:
            cli.main(["--data", str(tmp_path / "data"), *map(str, words)])
        said = capsys.readouterr()
        return left.value.code or 0, said.out, said.err

    return run


def test_figures_go_in_and_counts_come_out(csplan: Any, tmp_path: Path) -> None:
    code, out, err = csplan("evidence", "load", january(tmp_path), "--json")
    report = json.loads(out)
    assert (code, err) == (0, "")
    assert report["units"][0]["outcome"] == "accepted"
    assert report["totals"]["rows_loaded"] == 5
    code, out, _ = csplan("evidence", "count", "--area", "E06000047", "--from", "2025-01", "--to", "2025-02", "--json")
    counted = json.loads(out)
    assert counted["area"] == {"code": "E06000047", "name": "County Durham", "type": "district"}
    assert (counted["count"], counted["missing_months"], counted["unplaced"]) == (4, ["2025-02"], 1)


def test_the_same_file_again_changes_nothing(csplan: Any, tmp_path: Path) -> None:
    file = january(tmp_path)
    csplan("evidence", "load", file)
    before = json.loads(csplan("evidence", "status", "--json")[1])
    code, out, _ = csplan("evidence", "load", file)
    assert code == 0 and "unchanged" in out
    assert json.loads(csplan("evidence", "status", "--json")[1]) == before


def test_a_figure_is_followed_to_its_file(csplan: Any, tmp_path: Path) -> None:
    csplan("evidence", "load", january(tmp_path))
    asked = ("evidence", "trace", "recorded-burglary", "--area", "E06000047", "--period", "2025-01")
    code, out, _ = csplan(*asked)
    assert code == 0 and "recorded-burglary.count/E06000047/2025-01: 3" in out
    traced = json.loads(csplan(*asked, "--json")[1])
    [release] = traced["releases"]
    [unit] = release["units"]
    assert unit["sha256"] == release["sha256"] and unit["path"].endswith("2025-01-durham-street.csv")


def truncated_zip(folder: Path) -> Path:
    whole = folder / "2025-01.zip"
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as z:
        z.write(january(folder), "2025-01/2025-01-durham-street.csv")
    whole.write_bytes(whole.read_bytes()[:-40])
    return whole


def swapped_columns(folder: Path) -> Path:
    file = january(folder)
    file.write_text(file.read_text().replace("LSOA code,LSOA name,Crime type", "Crime type,LSOA name,LSOA code", 1))
    return file


def unknown_file(folder: Path) -> Path:
    file = folder / "minutes.csv"
    file.write_text("item,who\n1,chair\n")
    return file


def empty_file(folder: Path) -> Path:
    file = folder / "2025-03-durham-street.csv"
    file.write_text("")
    return file


@pytest.mark.parametrize("wrong", [truncated_zip, swapped_columns, unknown_file, empty_file])
def test_a_wrong_file_is_refused_with_a_sentence_and_changes_nothing(csplan: Any, tmp_path: Path, wrong: Any) -> None:
    held = tmp_path / "held"
    csplan("evidence", "load", street(held, "2024-12", [row("2024-12", "E01020634", "Robbery", 1)]))
    before = json.loads(csplan("evidence", "status", "--json")[1])
    code, out, err = csplan("evidence", "load", wrong(tmp_path), "--json")
    report = json.loads(out)
    assert (code, err) == (4, "")
    [unit] = report["units"]
    assert unit["outcome"] == "rejected"
    [reason] = unit["reasons"]
    assert reason["message"].endswith(".") and len(reason["message"]) < 240
    assert json.loads(csplan("evidence", "status", "--json")[1]) == before


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("evidence", "count", "--area", "E99", "--from", "2025-01", "--to", "2025-02"), "E99"),
        (("evidence", "count", "--area", "E06000047", "--from", "June", "--to", "2025-02"), "is not a month"),
        (("evidence", "load", "/nowhere/at/all.zip"), "Check how its name is written"),
        (("evidence", "approve", "police.uk/street durham 2025-01"), "needs a person's decision"),
        (("--as-at", "soon", "evidence", "status"), "is not a day"),
        (("factsheet", "E06000047", "--to", "sheet.doc"), ".docx"),
        (("verify",), "There are no records in"),
        (("duties",), "There are no records in"),
    ],
)
def test_a_mistake_is_a_sentence_and_never_a_traceback(csplan: Any, words: tuple[str, ...], says: str) -> None:
    code, out, err = csplan(*words)
    assert code == 2
    assert says in err and "Traceback" not in err
    assert out == ""


def test_the_version_stands_alone(csplan: Any) -> None:
    import csplan as package

    assert csplan("--version") == (0, f"{package.__version__}\n", "")


@pytest.mark.real_data
def test_the_real_year_of_county_durham(csplan: Any, shared_data: Path) -> None:
    code, out, _ = csplan("evidence", "load", shared_data / "police" / "durham-street-2025-01-to-2025-12.zip", "--json")
    assert (code, json.loads(out)["totals"]["rows_loaded"]) == (0, 74_273)
    _, out, _ = csplan("evidence", "count", "--area", "E06000047", "--from", "2025-01", "--to", "2025-12", "--json")
    assert json.loads(out)["count"] == 59_949


def test_a_partnership_is_described_set_up_and_opened_to_its_manager_from_the_terminal(tmp_path: Path) -> None:
    """In processes of their own, as a keeper would: csplan init, a second time, csplan invite."""
    folder = tmp_path / "data"
    described = separate(folder, "--json", "init", "E07000041", "--name", "Safer Exeter", "--founds")
    told = json.loads(described.stdout)
    assert told["slug"] == "safer-exeter" and told["founded"] and "fire" in [one["ref"] for one in told["left"]]
    assert Path(told["folder"]) == tmp_path / "partnerships" / "safer-exeter"
    again = separate(folder, "init", "E07000041", "--name", "Safer Exeter")
    assert again.returncode == 2 and "There is a folder for “safer-exeter” already" in again.stderr
    invited = json.loads(separate(folder, "--json", "invite", "manager", "--office", "Community safety manager").stdout)
    assert invited["role"] == "manager" and len(invited["code"]) == 19
    refused = separate(folder, "setup-code")
    assert refused.returncode == 2 and "A partnership is set up here" in refused.stderr


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("init", "E99", "--name", "X"), "is not the code of a district"),
        (("init", "E06000001", "--name", "X", "--slug", "setup"), "begins addresses of the program itself"),
        (("init", "E06000001", "--name", "X", "--slug", "Two Words"), "An address is small letters"),
        (("init", "E06000001", "--name", "…"), "An address is small letters"),
        (("init", "E06000001"), "required: --name"),
        (("invite", "manager"), "There are no records in"),
        (("setup-code",), "There are no records in"),
    ],
)
def test_a_mistake_in_setting_up_is_a_sentence(csplan: Any, monkeypatch: pytest.MonkeyPatch, words: Any, says: str) -> None:
    monkeypatch.setenv("CSPLAN_DATA", "kept by the test")
    code, out, err = csplan(*words)
    assert code == 2 and says in err and "Traceback" not in err and out == ""


def separate(folder: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    """A command in a process of its own, with nothing of the tests' in its environment."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("CSPLAN_", "DJANGO_"))}
    command = [sys.executable, "-m", "csplan", "--data", str(folder), *words]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_records_of_an_older_program_are_refused_in_words(tmp_path: Path) -> None:
    """The newest migration forgotten, as in a folder that an older program wrote."""
    data = tmp_path / "data"
    run = [sys.executable, "-m", "csplan", "--data", str(data)]
    subprocess.run([*run, "--as-at", "2019-12-03", "demo", "--no-serve"], check=True, capture_output=True)
    with sqlite3.connect(data / "records.sqlite3") as records:
        records.execute("DELETE FROM django_migrations WHERE app = 'records' AND name LIKE '0007%'")
    told = subprocess.run([*run, "verify"], check=False, capture_output=True, text=True)
    assert told.returncode == 2 and "were written by an older csplan. Copy that folder, then run csplan serve once" in told.stderr
    assert "Traceback" not in told.stderr
