"""Every paragraph of the committee report has something that does it, and every link and command to it works."""

import html
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.test import Client

from csplan.terminal import GROUPS

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).resolve().parents[2]
REPORT = tomllib.loads((ROOT / "partnerships" / "county-durham" / "report.toml").read_text(encoding="utf-8"))
COMMANDS = sorted({command for p in REPORT["paragraphs"] for command in p.get("commands", ())})
PAGE = "/county-durham/about/report/"
#: The paragraphs of the report, by its own numbers; the second and third use of a number carries a letter.
NUMBERS = "1 2 3 4 5 6 7 8 9 10 11 12 13 13a 13b 13c 13d 13e 13f 9b 10b 11b 12b 12b(a) 12b(b) 12b(c) 12c".split()


def links(page: str) -> list[str]:
    main = page[page.index("<main") : page.index("</main>")]
    return [html.unescape(link) for link in re.findall(r'href="(/[^"]+)"', main)]


def test_every_paragraph_is_there_with_something_that_does_it() -> None:
    refs = [p["ref"] for p in REPORT["paragraphs"]]
    assert refs == [*NUMBERS, "Background papers", "Contact", "Appendix 1", "Appendix 2"]
    assert all(p["words"] and p["pages"] for p in REPORT["paragraphs"])


@pytest.mark.parametrize("day", ["", "2020-01-09", "2020-02-14", "2020-03-09", "2020-06-01"])
def test_every_link_is_answered_on_the_day_it_is_read(demonstration: Client, day: str) -> None:
    page = demonstration.get(PAGE, {"as_at": day} if day else {}).content.decode()
    found = links(page)
    assert len(found) >= len(REPORT["paragraphs"]) - 5
    for link in sorted(set(found)):
        answer = demonstration.get(link)
        assert answer.status_code == 200, link
        place = urlsplit(link).fragment
        assert not place or f'id="{place}"' in answer.content.decode(), link
        as_at = re.search(r"as_at=([\d-]+)", link)
        assert not day or (as_at and as_at[1] <= day), f"{link} leads past the day read"


def test_today_every_page_named_is_a_link(demonstration: Client) -> None:
    assert len(links(demonstration.get(PAGE).content.decode())) == sum(len(p["pages"]) for p in REPORT["paragraphs"])


def test_what_came_later_is_named_without_a_link(demonstration: Client) -> None:
    page = demonstration.get(f"{PAGE}?as_at=2020-01-09").content.decode()
    assert "One computed each month: recorded burglary (later)" in page


def test_before_it_was_written_there_is_no_report(demonstration: Client) -> None:
    assert demonstration.get(f"{PAGE}?as_at=2020-01-08").status_code == 404
    assert "about/report/" not in demonstration.get("/county-durham/about/?as_at=2020-01-08").content.decode()
    assert "about/report/" in demonstration.get("/county-durham/about/").content.decode()


@pytest.mark.parametrize("words", COMMANDS)
def test_every_command_is_one_that_the_program_has(words: str) -> None:
    program, *rest = words.split()
    if program == "make":
        assert re.search(rf"^{rest[0]}:", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
        return
    assert program == "csplan"
    names = rest[: 2 if rest[0] in GROUPS else 1]
    told = subprocess.run([sys.executable, "-m", "csplan", *names, "--help"], check=False, capture_output=True, text=True)
    assert told.returncode == 0, names
    assert [word for word in rest if word.startswith("--") and word not in told.stdout] == []


def test_the_page_beside_the_program_says_the_same() -> None:
    checked = subprocess.run([sys.executable, ROOT / "tools" / "mission_page.py", "--check"], check=False)
    assert checked.returncode == 0, "run: python tools/mission_page.py"
