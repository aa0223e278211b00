"""Papers on the site: listed, read, and taken away as a file."""

import html
import io
import re
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db

PAPERS = "/county-durham/papers/"
REF = "committee-report-2020-01-09"
REPORT = f"{PAPERS}{REF}"


def reports(visitor: Client, day: str = "") -> list[dict[str, Any]]:
    """The reports to committees among the papers; those of plans are tried in test_plan_papers."""
    return [p for p in visitor.get(f"{PAPERS[:-1]}.json{day}").json()["papers"] if p["kind"] == "committee-report"]


def test_papers_as_data(demonstration: Client) -> None:
    (paper,) = reports(demonstration)
    assert paper == {
        "ref": REF,
        "kind": "committee-report",
        "title": "Draft Safe Durham Partnership Plan 2020-25",
        "meeting": "scrutiny-2020-01-09",
        "date": "2020-01-09",
        "state": "considered",
    }
    assert demonstration.get(f"{REPORT}.json").json() == {"paper": paper}


def test_a_paper_is_there_from_the_day_it_was_put_on_the_agenda(demonstration: Client) -> None:
    assert reports(demonstration, "?as_at=2019-12-29") == []
    for ending in ("/", ".json", ".pdf", ".docx", ".html"):
        assert demonstration.get(f"{REPORT}{ending}?as_at=2019-12-29").status_code == 404, ending
    assert [p["state"] for p in reports(demonstration, "?as_at=2019-12-30")] == ["listed"]


def test_a_paper_is_read_as_a_page(demonstration: Client) -> None:
    page = html.unescape(demonstration.get(f"{REPORT}/").content.decode())
    assert page.count("<h1") == 1
    for place in ("appendix-1", "appendix-2"):
        assert page.count(f'id="{place}"') == 1
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert "style=" not in page, "the policy of the site allows no style but its own sheet"


def test_a_paper_is_the_same_whenever_it_is_made_after_its_meeting(demonstration: Client) -> None:
    assert demonstration.get(f"{REPORT}.html").content == demonstration.get(f"{REPORT}.html?as_at=2020-01-09").content


@pytest.mark.parametrize(
    ("ending", "kind", "how"),
    [
        ("pdf", "application/pdf", "inline"),
        ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "attachment"),
        ("html", "text/html; charset=utf-8", "attachment"),
    ],
)
def test_a_paper_is_taken_away_as_a_file(demonstration: Client, ending: str, kind: str, how: str) -> None:
    answer = demonstration.get(f"{REPORT}.{ending}")
    assert (answer.status_code, answer["Content-Type"]) == (200, kind)
    assert answer["Content-Disposition"] == f'{how}; filename="{REF}.{ending}"'
    if ending == "pdf":
        assert answer.content.startswith(b"%PDF-")
    elif ending == "docx":
        assert zipfile.ZipFile(io.BytesIO(answer.content)).testzip() is None
    else:
        assert b"Electoral divisions affected" in answer.content


@pytest.mark.parametrize("address", [f"{REPORT}.odt", f"{PAPERS}nothing/", f"{PAPERS}nothing.pdf"])
def test_what_is_not_there_is_not_found(demonstration: Client, address: str) -> None:
    assert demonstration.get(address).status_code == 404


def test_the_desk_makes_a_paper_in_three_forms(demonstration: Client, person: Callable[[str], Any]) -> None:
    officer, desk = Client(), "/county-durham/desk/papers/"
    assert officer.get(desk).status_code == 302
    officer.force_login(person("manager"), backend="django.contrib.auth.backends.ModelBackend")
    page = html.unescape(officer.get(desk).content.decode())
    links = re.findall(rf'class="csp-button[^"]*" href="({REPORT}\.\w+)"', page)
    assert links == [f"{REPORT}.{form}" for form in ("html", "pdf", "docx")]
    assert all(officer.get(link).status_code == 200 for link in links)
    assert f"csplan paper committee-report {REF} --to {REF}.pdf" in page
