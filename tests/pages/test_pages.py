"""Every kind of page in a real browser: accessible at both widths, readable without scripts, and no link leads nowhere."""

from pathlib import Path

import pytest
from playwright.sync_api import Page

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
P = "/county-durham/"
#: name -> address; those that the issue names come first
PAGES = {
    "home": P,
    "area": f"{P}insight/areas/E06000047/",
    "topic": f"{P}insight/topics/burglary/",
    "plan": f"{P}plans/2020-25/",
    "scorecard": f"{P}performance/",
    "small area": f"{P}insight/areas/E02004297/",
    "insight": f"{P}insight/",
    "search": f"{P}search/?q=durham",
    "data": f"{P}insight/data/",
    "indicator": f"{P}insight/indicators/recorded-burglary/",
    "priority": f"{P}plans/2020-25/1/",
    "version": f"{P}plans/2020-25/versions/1/",
    "versions": f"{P}plans/2020-25/versions/",
    "version signed": f"{P}plans/2020-25/versions/2/",
    "side by side": f"{P}plans/2020-25/versions/1/compare/2/",
    "plans side by side": f"{P}plans/2020-25/versions/2/compare/example-refresh/1/",
    "what was decided": f"{P}plans/2020-25/comments/",
    "alignment": f"{P}plans/example-refresh/alignment/",
    "plan in full": f"{P}plans/example-refresh/",
    "deliverable": f"{P}plans/example-refresh/1.2.1/",
    "consultations": f"{P}consultations/",
    "consultation": f"{P}consultations/plan-2020-25/",
    "kpi": f"{P}performance/recorded-burglary/",
    "duties": f"{P}duties/",
    "duties on a day": f"{P}duties/?as_at=2020-01-09",
    "home on a day": f"{P}?as_at=2020-01-09",
    "papers": f"{P}papers/",
    "paper": f"{P}papers/committee-report-2020-01-09/",
    "report it": f"{P}report-it/",
    "the report": f"{P}about/report/",
    "about": f"{P}about/",
    "accessibility": f"{P}accessibility/",
    "privacy": f"{P}privacy/",
    "sign in": "/accounts/login/",
    "not found": f"{P}nothing-here/",
}


def violations(page: Page) -> list[str]:
    """What axe-core finds, one line for each node."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(
        "rules => axe.run(document, {runOnly: {type: 'tag', values: rules}, resultTypes: ['violations']})", RULES
    )
    return [f"{v['id']}: {n['target']} {n['failureSummary']}" for v in found["violations"] for n in v["nodes"]]


def sideways(page: Page) -> int:
    """How many pixels the page is wider than its window."""
    return page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")


#: Judged wide too by `make test`; the others only narrow, where more is folded away, and by `make test-all` at both widths.
BOTH = ("home", "area", "topic", "plan", "scorecard", "consultation", "data", "paper")


@pytest.mark.parametrize("name", PAGES)
def test_page_is_accessible_and_does_not_scroll_sideways(site: str, page: Page, name: str) -> None:
    judge(page, site + PAGES[name])


@pytest.mark.parametrize("name", BOTH)
def test_page_is_accessible_when_it_is_wide(site: str, wide_page: Page, name: str) -> None:
    judge(wide_page, site + PAGES[name])


def judge(page: Page, address: str) -> None:
    page.goto(address, wait_until="load")
    assert page.locator("h1").count() == 1
    assert violations(page) == []
    assert sideways(page) <= 0


def open_consultation(site: str, page: Page) -> str:
    """The address of the form of the consultation that is open today."""
    page.goto(f"{site}{P}consultations/", wait_until="load")
    address = page.locator("main .csp-doors a").first.get_attribute("href")
    assert address
    return f"{site}{address}respond/"


def needed(page: Page) -> list[str]:
    """The names of the fields that the form cannot do without: those it asks for when it is sent empty."""
    page.get_by_role("button", name="Send your answer").click()
    page.locator(".govuk-error-summary").wait_for()
    return [a.get_attribute("href").removeprefix("#") for a in page.locator(".govuk-error-summary a").all()]


def test_consultation_form_with_an_error_is_accessible(site: str, page: Page) -> None:
    page.goto(open_consultation(site, page), wait_until="load")
    assert violations(page) == []
    with page.expect_navigation():
        page.get_by_role("button", name="Send your answer").click()
    summary = page.locator(".govuk-error-summary")
    assert summary.count() == 1
    assert page.evaluate("() => document.activeElement.classList.contains('govuk-error-summary')")
    target = summary.locator("a").first.get_attribute("href")
    assert target and page.locator(target).count() == 1
    assert page.title().startswith("Error: ")
    assert violations(page) == []
    assert sideways(page) <= 0


def test_a_resident_answers_by_keyboard_alone(site: str, page: Page) -> None:
    page.goto(open_consultation(site, page), wait_until="load")
    for name in needed(page):
        page.locator(f"input[name={name}]").first.focus()
        page.keyboard.press("Space")
    page.get_by_role("button", name="Send your answer").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "Your answer is in" in page.locator("h1").inner_text()
    code = page.locator(".csp-call__code").inner_text().strip()
    assert len(code) >= 8
    assert violations(page) == []


@pytest.mark.parametrize("name", [name if name in BOTH else pytest.param(name, marks=pytest.mark.slow) for name in PAGES])
def test_page_reads_without_scripts(site: str, plain_page: Page, name: str) -> None:
    plain_page.goto(site + PAGES[name], wait_until="load")
    assert plain_page.locator("h1").is_visible()
    for panel in plain_page.locator(".govuk-tabs__panel").all():
        assert panel.is_visible()


def test_a_resident_answers_without_scripts(site: str, plain_page: Page) -> None:
    plain_page.goto(open_consultation(site, plain_page), wait_until="load")
    for name in needed(plain_page):
        plain_page.locator(f"input[name={name}]").first.check()
    plain_page.get_by_role("button", name="Send your answer").click()
    assert "Your answer is in" in plain_page.locator("h1").inner_text()


def test_strict_policy_holds_on_the_page(site: str, page: Page) -> None:
    answer = page.goto(f"{site}{P}", wait_until="load")
    assert answer
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe-inline" not in policy and "unsafe-eval" not in policy


def test_going_back_and_sending_again_makes_no_second_answer(site: str, page: Page) -> None:
    page.goto(open_consultation(site, page), wait_until="load")
    page.locator("main input[type=radio]").first.check()
    codes = []
    for _ in range(2):
        with page.expect_navigation():
            page.get_by_role("button", name="Send your answer").click()
        codes.append(page.locator(".csp-call__code").inner_text().strip())
        page.go_back(wait_until="load")
    assert codes[0] == codes[1]
