"""Setting up in a real browser: csplan serve on an empty folder, every step accessible at both widths, and without scripts."""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 375, "height": 800}


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[tuple[str, str]]:
    """(address, code) of a site served from a folder that holds nothing."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("CSPLAN_", "DJANGO_"))}
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port = s.getsockname()[1]
    command = [sys.executable, "-m", "csplan", "--data", str(tmp_path / "data"), "serve", "--port", str(port)]
    server = subprocess.Popen(command, env=environment, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout
        said = server.stdout.readline()
        found = re.search(r"at (http://[^/]+)/setup/ with the code ([A-Z2-7-]{19})", said)
        assert found, said
        wait_until_it_answers(found[1])
        yield found[1], found[2]
    finally:
        server.terminate()
        server.wait(20)


def wait_until_it_answers(address: str) -> None:
    for _ in range(120):
        try:
            urllib.request.urlopen(f"{address}/healthz", timeout=2).close()
            return
        except OSError:
            time.sleep(0.25)
    raise AssertionError("the server did not answer within half a minute")


def check(page: Page, title: str) -> None:
    """The page is the one expected, accessible, and as wide as its window at both widths."""
    expect(page.locator("h1")).to_contain_text(title, timeout=15_000)
    page.wait_for_load_state("load")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    for size in (NARROW, WIDE):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        assert page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0, title
        found = page.evaluate(
            "rules => axe.run(document, {runOnly: {type: 'tag', values: rules}, resultTypes: ['violations']})", RULES
        )
        assert [(v["id"], n["target"]) for v in found["violations"] for n in v["nodes"]] == [], title


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).click()


def test_a_partnership_is_set_up_and_its_manager_comes_in(empty: tuple[str, str], browser: Browser) -> None:
    site, code = empty
    page = browser.new_context(viewport=WIDE).new_page()  # type: ignore[arg-type]
    broken: list[str] = []
    page.on("console", lambda m: broken.append(m.text) if m.type == "error" and "status of 4" not in m.text else None)
    page.goto(f"{site}/setup/")
    check(page, "Set up a partnership")
    page.fill("#code", "not the code")
    press(page, "Begin")
    check(page, "Set up a partnership")
    page.fill("#code", code)
    press(page, "Begin")
    check(page, "Set up a partnership")
    page.get_by_role("link", name="Go on").click()
    page.fill("#q", "hartlepool")
    press(page, "Search")
    check(page, "Which area is it for?")
    page.get_by_label("Hartlepool", exact=True).check()
    press(page, "Save and go on")
    check(page, "What is it called?")
    page.get_by_role("link", name="Skip this step").click()
    page.fill("#accent", "#88cc00")
    press(page, "Save and go on")
    check(page, "Which colours does it wear?")
    page.fill("#accent", "#00629b")
    page.fill("#deep", "#003b5c")
    page.fill("#tint", "#e6f2f8")
    press(page, "Save and go on")
    check(page, "Who takes part?")
    assert page.evaluate("() => getComputedStyle(document.documentElement).getPropertyValue('--csp-accent')") == "#00629b"
    page.get_by_role("link", name="Add a body").click()
    press(page, "Save")
    check(page, "Add a body")
    page.get_by_role("link", name="Back").click()
    press(page, "These are checked: go on")
    check(page, "Who meets?")
    press(page, "These are checked: go on")
    page.get_by_label("Manager", exact=True).check()
    page.fill("#person", "Community safety manager")
    press(page, "Add to the list")
    check(page, "Who is invited?")
    press(page, "That is everyone for now: go on")
    check(page, "Is this right?")
    press(page, "Set up the partnership")
    check(page, "is set up")
    page.goto(page.locator(".csp-sheet__link").inner_text())
    check(page, "You are invited")
    page.fill("#username", "manager")
    page.fill("#password", "three plain words here")
    page.fill("#again", "three plain words here")
    press(page, "Make the account and take the role")
    home = f"{site}/hartlepool-community-safety-partnership/desk/"
    assert page.url == home
    for address, title in (("people/", "People"), ("partnership/", "Hartlepool"), ("partnership/add/office/", "Add an office")):
        page.goto(home + address)
        check(page, title)
    page.goto(f"{home}people/")
    page.get_by_label("Analyst", exact=True).check()
    page.fill("#person", "Community safety analyst")
    press(page, "Make the invitation")
    check(page, "The invitation is made")
    page.emulate_media(media="print")
    assert page.locator(".csp-sheet__code").is_visible() and not page.locator(".csp-sheet__link").is_visible()
    assert broken == []


def test_it_goes_without_scripts(empty: tuple[str, str], plain_page: Page) -> None:
    site, code = empty
    plain_page.goto(f"{site}/")
    plain_page.get_by_role("link", name="Set up a partnership").click()
    plain_page.fill("#code", code)
    press(plain_page, "Begin")
    plain_page.goto(f"{site}/setup/area/?q=Gwynedd")
    plain_page.get_by_label("Gwynedd", exact=True).check()
    press(plain_page, "Save and go on")
    plain_page.goto(f"{site}/setup/finish/")
    press(plain_page, "Set up the partnership")
    assert "Gwynedd Community Safety Partnership is set up" in plain_page.locator("h1").inner_text()
    plain_page.goto(f"{site}/")
    assert plain_page.url == f"{site}/gwynedd-community-safety-partnership/"
