"""One figure, one verdict, one word for it, wherever a reader meets it; and no page promises or says what it should not."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client

from csplan.evidence import types

pytestmark = pytest.mark.django_db

P = "/county-durham/"
COUNTY = f"{P}insight/areas/E06000047"
#: Words of the desk that a resident should not meet (DECISIONS 34), and marks of other owners (DECISIONS 33).
DESK_WORDS = re.compile(r"\b(orphan|disposition|natural limits?|golden thread|hash(es|ed)?|we promise)\b", re.IGNORECASE)
#: A change said with a number.
CHANGE = re.compile(r"\b(?:up|down|fell by|rose by) (\d+)%|(\d+)% (?:fall|rise)\b")


class Text(HTMLParser):
    """The words and the links of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.links: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.hidden += tag in ("script", "style")
        self.links += [v for k, v in attrs if tag == "a" and k == "href" and v]

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag in ("script", "style")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.words.append(data)


@pytest.fixture(scope="module")
def read(demonstration: Client) -> Any:
    """A page as words and links; its answer must be 200."""
    known: dict[str, Text] = {}

    def page(address: str) -> Text:
        if address not in known:
            answer = demonstration.get(address)
            assert answer.status_code == 200, address
            known[address] = Text()
            known[address].feed(answer.content.decode())
        return known[address]

    return page


def joined(text: Text) -> str:
    return re.sub(r"\s+", " ", " ".join(text.words))


def test_every_change_of_the_county_is_said_alike_everywhere(demonstration: Client, read: Any) -> None:
    area = demonstration.get(f"{COUNTY}.json").json()
    for topic in area["topics"]:
        alone = demonstration.get(f"{COUNTY}/{topic['topic']}.json").json()["topic"]
        whole = demonstration.get(f"{P}insight/topics/{topic['topic']}.json").json()
        for key in ("count", "rate", "low", "high", "change"):
            assert alone[key] == topic[key], (topic["topic"], key)
            assert whole["topic"][key] == topic[key], (topic["topic"], key)
        assert topic["change"]["words"] in joined(read(f"{P}insight/topics/{topic['topic']}/"))
        assert topic["change"]["brief"] in joined(read(f"{COUNTY}/"))


def every_page() -> Iterator[str]:
    yield from (P, f"{P}insight/", f"{COUNTY}/", f"{P}performance/", f"{P}plans/2020-25/", f"{P}performance/recorded-burglary/")
    yield from (f"{P}insight/topics/{t}/" for t in types.TYPES)
    yield from (f"{P}plans/2020-25/{n}/" for n in range(1, 7))


def test_no_page_says_a_percentage_that_the_findings_do_not(demonstration: Client, read: Any) -> None:
    area = demonstration.get(f"{COUNTY}.json").json()
    said = " ".join(f"{t['change']['words']} {t['change']['brief']}" for t in area["topics"])
    allowed = {a or b for a, b in CHANGE.findall(said)}
    for address in every_page():
        found = {a or b for a, b in CHANGE.findall(joined(read(address)))}
        assert found <= allowed, (address, found - allowed)


def followed(demonstration: Client, start: str, most: int) -> dict[str, int]:
    """{address: status} of the pages reached from one, breadth first; of many of a kind only the first few are read."""
    seen: dict[str, int] = {}
    kinds: dict[str, int] = {}
    ahead = [start]
    while ahead and len(seen) < most:
        address = ahead.pop(0)
        kind = re.sub(r"[A-Z]\d{8}|\d+(\.\d+)*(?=/)", "*", urlsplit(address).path)
        if address in seen or kinds.get(kind, 0) >= 6:
            continue
        kinds[kind] = kinds.get(kind, 0) + 1
        answer = demonstration.get(address)
        seen[address] = answer.status_code
        if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
            text = Text()
            text.feed(answer.content.decode())
            ahead += [link.split("#")[0] for link in text.links if link.startswith("/") and not link.startswith("/accounts/")]
            found = DESK_WORDS.search(joined(text))
            assert not found, (address, found)
    return seen


EARLIER = [pytest.param(f"?as_at={day}", marks=pytest.mark.slow) for day in ("2020-01-09", "2020-03-09")]


@pytest.mark.parametrize("day", ["", *EARLIER])
def test_every_link_leads_somewhere(demonstration: Client, day: str) -> None:
    seen = followed(demonstration, P + day, 260)
    assert len(seen) > 60
    assert {a: s for a, s in seen.items() if s not in (200, 302)} == {}


def test_menu_and_documents_of_the_repository_name_no_other_owner() -> None:
    root = Path(__file__).resolve().parents[2] / "csplan" / "website"
    for file in [*root.glob("templates/**/*.html"), *root.glob("styles/*"), *root.glob("scripts/*")]:
        words = file.read_text(encoding="utf-8")
        assert not re.search(r"GDS Transport|govuk-crest|tudor crown", words, re.IGNORECASE), file


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("", "The last plan agreed, whose years ended on 31 March 2025:"),
        ("?as_at=2020-01-09", "The draft that people are asked about:"),
        ("?as_at=2020-02-20", "The draft that people were asked about:"),
        ("?as_at=2020-03-09", "The plan as it was agreed:"),
    ],
)
def test_home_says_what_the_plan_is_on_the_day(read: Any, day: str, words: str) -> None:
    assert words in joined(read(P + day))
