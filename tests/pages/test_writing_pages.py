"""The writing desk in a real browser: by keyboard alone, with an error, and two browsers on one clause."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
DRAFT = "/county-durham/desk/plans/2021-25/1/"


def violations(page: Page) -> list[str]:
    """What axe-core finds, one line for each node."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(
        "rules => axe.run(document, {runOnly: {type: 'tag', values: rules}, resultTypes: ['violations']})", RULES
    )
    return [f"{v['id']}: {n['target']} {n['failureSummary']}" for v in found["violations"] for n in v["nodes"]]


def sideways(page: Page) -> int:
    return page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")


def sign_in(page: Page, site: str, username: str) -> None:
    page.goto(f"{site}/accounts/login/", wait_until="load")
    page.locator(f"form:has(input[name=username][value={username}]) button").click()
    page.wait_for_url("**/desk/")


def edit(page: Page, site: str, clause: str) -> None:
    page.goto(f"{site}{DRAFT}edit/?clause={clause}", wait_until="load")


def save(page: Page) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name="Save", exact=True).click()


def pause(page: Page) -> None:
    """A pause in typing, by the browser's clock: not kept a moment before it is over."""
    page.clock.run_for(2_900)
    assert page.locator("#kept").inner_text() == ""
    page.clock.run_for(200)


@pytest.fixture
def browsers(browser: Browser, site: str) -> Iterator[tuple[Page, Page]]:
    """Two people, each in a browser of their own."""
    contexts = [browser.new_context(), browser.new_context()]
    pages = [context.new_page() for context in contexts]
    for page, username in zip(pages, ("manager", "lead"), strict=True):
        sign_in(page, site, username)
    yield pages[0], pages[1]
    for context in contexts:
        context.close()


@pytest.fixture
def wide_page(browser: Browser) -> Iterator[Page]:
    """A page at one width, for what does not change with it."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


PAGES = {
    "plans": "/county-durham/desk/plans/",
    "begin a plan": "/county-durham/desk/plans/new/",
    "contents": DRAFT,
    "contents of a frozen version": "/county-durham/desk/plans/2020-25/2/",
    "deliverable": f"{DRAFT}edit/?clause=deliverable/1.2.1",
    "new risk": f"{DRAFT}edit/?new=risk",
    "priority": f"{DRAFT}edit/?clause=priority/1",
    "figures": "/county-durham/desk/plans/figures/?q=burglary",
    "take out": f"{DRAFT}take-out/?clause=deliverable/1.2.1",
    "reasons": f"{DRAFT}reasons/",
    "freeze": f"{DRAFT}freeze/",
}


def test_every_page_of_the_desk_is_accessible(site: str, page: Page) -> None:
    sign_in(page, site, "manager")
    for name, address in PAGES.items():
        page.goto(site + address, wait_until="load")
        assert page.locator("h1").count() == 1, name
        assert violations(page) == [], name
        assert sideways(page) <= 0, name


def test_the_form_with_an_error_and_a_figure_not_found_is_accessible(site: str, page: Page) -> None:
    sign_in(page, site, "manager")
    edit(page, site, "deliverable/1.2.1")
    page.get_by_label("Due on").fill("soon")
    page.get_by_label("How it is meant to work").fill("From {recorded-burglry.rate/E06000047/2025} down.")
    save(page)
    assert page.title().startswith("Error: ")
    assert page.evaluate("() => document.activeElement.classList.contains('govuk-error-summary')")
    page.locator(".govuk-error-summary a").click()
    assert page.evaluate("() => document.activeElement.id") == "due"
    described = page.locator("#due").get_attribute("aria-describedby") or ""
    assert "due-error" in described and page.locator("#due-error").count() == 1
    assert "figure not found" in page.locator(".csp-preview").inner_text()
    assert violations(page) == [] and sideways(page) <= 0


def test_a_chart_and_a_map_stand_in_the_preview(site: str, page: Page) -> None:
    sign_in(page, site, "analyst")
    edit(page, site, "section/evidence")
    page.locator("#words").fill(
        "Homes: {recorded-burglary.rate/E06000047/2025}.\n\n{chart recorded-burglary.count/E06000047/2025}\n\n"
        "{map recorded-burglary.rate/E06000047/2025}\n\n{table recorded-burglary.count/E06000047/2025}"
    )
    with page.expect_navigation():
        page.get_by_role("button", name="See it first").click()
    assert page.locator(".csp-preview svg[role=img]").count() == 4, "a wide and a narrow drawing of the chart and of the map"
    assert page.locator(".csp-preview .csp-live").first.inner_text() == "9.6"
    assert violations(page) == [] and sideways(page) <= 0


def test_a_clause_is_written_by_keyboard_alone(site: str, wide_page: Page) -> None:
    sign_in(wide_page, site, "manager")
    edit(wide_page, site, "deliverable/1.1.1")
    reached: list[str] = []
    for _ in range(80):
        wide_page.keyboard.press("Tab")
        name = wide_page.evaluate("() => document.activeElement.name || document.activeElement.textContent.trim()")
        value = wide_page.evaluate("() => document.activeElement.value || ''")
        if name == "lead":
            wide_page.keyboard.press("ControlOrMeta+A")
            wide_page.keyboard.type("Head of neighbourhoods")
        if name in (
            "title",
            "work_areas",
            "lead",
            "group",
            "contributors",
            "starts",
            "due",
            "resource",
            "mechanism",
            "evidence",
            "why",
        ):
            reached.append(name)
        if (name, value) == ("do", "save"):
            break
    assert reached == [
        *("title", "work_areas", "lead", "group", "contributors", "starts", "due", "resource", "mechanism", "evidence", "why")
    ]
    with wide_page.expect_navigation():
        wide_page.keyboard.press("Enter")
    expect(wide_page.locator(".csp-message")).to_contain_text("Deliverable 1.1.1")
    edit(wide_page, site, "deliverable/1.1.1")
    assert wide_page.locator("#lead").input_value() == "Head of neighbourhoods"


def test_words_are_kept_after_a_pause_and_it_is_said_politely(site: str, page: Page) -> None:
    page.clock.install()
    sign_in(page, site, "analyst")
    edit(page, site, "section/strategy")
    page.locator("#words").fill("Half a thought")
    pause(page)
    kept = page.locator("#kept")
    assert kept.get_attribute("role") == "status"
    expect(kept).to_have_text(re.compile(r"^Kept at \d\d:\d\d, not sent$"), timeout=15_000)
    edit(page, site, "section/strategy")
    assert "You kept words here" in page.locator("main").inner_text() and page.locator("#words").input_value() == ""
    assert violations(page) == [] and sideways(page) <= 0
    page.get_by_role("link", name="Go on with what I kept").click()
    assert page.locator("#words").input_value() == "Half a thought"
    edit(page, site, "section/strategy")
    with page.expect_navigation():
        page.get_by_role("button", name="Forget what I kept").click()
    edit(page, site, "section/strategy")
    assert "You kept words here" not in page.locator("main").inner_text()


def test_a_lost_session_is_said_while_typing(site: str, wide_page: Page) -> None:
    wide_page.clock.install()
    sign_in(wide_page, site, "lead")
    edit(wide_page, site, "section/measuring")
    wide_page.context.clear_cookies(name="sessionid")
    wide_page.locator("#words").fill("Half a thought")
    pause(wide_page)
    expect(wide_page.locator("#kept")).to_contain_text("Not kept: you are signed out", timeout=15_000)
    with wide_page.expect_navigation():
        wide_page.get_by_role("button", name="Save", exact=True).click()
    assert "Your words were not sent" in wide_page.locator("h1").inner_text()
    assert "Half a thought" in wide_page.locator("textarea").all()[1].input_value()
    assert violations(wide_page) == [] and sideways(wide_page) <= 0
    other = wide_page.context.new_page()
    sign_in(other, site, "lead")
    for _ in range(2):
        with wide_page.expect_navigation():
            wide_page.get_by_role("button", name="Send my words again").click()
        if wide_page.get_by_role("button", name="Send my words again").count() == 0:
            break
    expect(wide_page.locator(".csp-message")).to_contain_text("Saved: ")
    edit(wide_page, site, "section/measuring")
    assert wide_page.locator("#words").input_value() == "Half a thought"


@pytest.mark.parametrize(("first", "clause"), [(0, "priority/2"), (1, "priority/3")], ids=["manager first", "lead first"])
def test_two_browsers_on_one_section_lose_nothing_in_either_order(
    site: str, browsers: tuple[Page, Page], first: int, clause: str
) -> None:
    one, other = browsers[first], browsers[1 - first]
    for page in (one, other):
        edit(page, site, clause)
    one.locator("#words").fill("Words of the first")
    other.locator("#words").fill("Words of the second")
    save(one)
    save(other)
    text = other.locator("main").inner_text()
    assert "changed this while you were writing" in text and "Words of the first" in text and "Words of the second" in text
    assert violations(other) == []
    other.set_viewport_size({"width": 375, "height": 800})
    assert violations(other) == [] and sideways(other) <= 0
    other.get_by_label("Both: theirs first").check()
    with other.expect_navigation():
        other.get_by_role("button", name="Save the two put together").click()
    for page in (one, other):
        edit(page, site, clause)
        assert page.locator("#words").input_value() == "Words of the first\n\nWords of the second"


def test_the_form_works_without_scripts(site: str, plain_page: Page) -> None:
    sign_in(plain_page, site, "lead")
    edit(plain_page, site, "section/governance")
    plain_page.locator("#words").fill("The board *decides*.")
    plain_page.get_by_role("button", name="See it first").click()
    assert plain_page.locator(".csp-preview em").inner_text() == "decides"
    plain_page.get_by_role("button", name="Keep as my own draft").click()
    assert "not sent" in plain_page.locator("main").inner_text()
    plain_page.get_by_role("button", name="Save", exact=True).click()
    assert "Saved: How it is overseen." in plain_page.locator("main").inner_text()
